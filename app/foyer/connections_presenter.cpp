#include "app/foyer/connections_presenter.h"

#include <QDateTime>
#include <QPointer>
#include <cmath>

#include "app/foyer/clock.h"
#include "app/foyer/error_text.h"
#include "app/foyer/path_text.h"
#include "app/foyer/text.h"
#include "core/engine/stun_setting.h"

namespace foyer::app {

using engine::TurnServerView;
using engine::TurnTestView;

namespace {

const QString kObserversKey = QStringLiteral("stun_servers");

// A relay's name and a TURN server's fail in the same way and need other words.
QString sentenceOf(Fault fault) {
  if (fault.stage == "resolve") fault.stage = "turn_resolve";
  return textOf(fault).sentence();
}

QString whenText(std::int64_t unixMs) { return dateText(unixMs) + u' ' + timeText(unixMs); }

QString transportText(const std::string& transport) {
  if (transport == "tcp") return ConnectionsPresenter::tr("over TCP");
  if (transport == "tls") return ConnectionsPresenter::tr("over TLS");
  return ConnectionsPresenter::tr("over UDP");
}

QString untilText(const std::optional<std::int64_t>& unixMs) {
  if (!unixMs) return {};
  return *unixMs > unixNowMs()
             ? ConnectionsPresenter::tr("valid until %1").arg(whenText(*unixMs))
             : ConnectionsPresenter::tr("its credentials expired on %1").arg(whenText(*unixMs));
}

QString testText(const TurnTestView& found) {
  if (found.fault) return sentenceOf(*found.fault);
  QString text = found.roundTripMs ? ConnectionsPresenter::tr("It works and answers in %1.")
                                         .arg(delayText(*found.roundTripMs))
                                   : ConnectionsPresenter::tr("It works.");
  if (found.isRelaying) {
    if (found.relayRoundTripMs)
      text += u' ' + ConnectionsPresenter::tr("A packet sent through it comes back after %1.")
                         .arg(delayText(*found.relayRoundTripMs));
  } else {
    text += u' ' + ConnectionsPresenter::tr(
                       "A packet sent through it to itself did not come back. Many servers forbid "
                       "that; calls may still work.");
  }
  if (found.goodUntilMs)
    text += u' ' + ConnectionsPresenter::tr("User name and password are valid until %1.")
                       .arg(whenText(*found.goodUntilMs));
  return text;
}

}  // namespace

ConnectionsPresenter::ConnectionsPresenter(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine), m_servers(engine.turnServers()) {
  using engine::EngineInterface;
  connect(&m_engine, &EngineInterface::settingChanged, this, &ConnectionsPresenter::changed);
  connect(&m_engine, &EngineInterface::turnServersChanged, this, [this] {
    m_servers = m_engine.turnServers();
    emit changed();
  });
}

QStringList ConnectionsPresenter::observers() const {
  QStringList shown;
  for (const std::string& server :
       engine::stunServersOf(m_engine.setting(kObserversKey).toStdString()))
    shown.append(fromUtf8(server));
  return shown;
}

bool ConnectionsPresenter::addObserver(const QString& typed) {
  const auto setting =
      engine::withStunServer(m_engine.setting(kObserversKey).toStdString(), typed.toStdString());
  m_observerError = setting ? QString() : textOf(setting.error()).sentence();
  if (setting) m_engine.setSetting(kObserversKey, fromUtf8(*setting));
  emit changed();
  return static_cast<bool>(setting);
}

void ConnectionsPresenter::removeObserver(int at) {
  if (at < 0) return;
  m_engine.setSetting(kObserversKey, fromUtf8(engine::withoutStunServer(
                                         m_engine.setting(kObserversKey).toStdString(),
                                         static_cast<std::size_t>(at))));
}

QList<QStringList> ConnectionsPresenter::servers() const {
  QList<QStringList> rows;
  for (const TurnServerView& server : m_servers) {
    const QString link = fromUtf8(server.link);
    QStringList about;
    if (server.fromRelay) {
      const QString relay = relayNameOf(m_engine, *server.fromRelay);
      about.append(relay.isEmpty() ? tr("lent by a relay") : tr("lent by %1").arg(relay));
    } else {
      about.append(fromUtf8(server.userName));
    }
    about.append(transportText(server.transport));
    if (const QString until = untilText(server.goodUntilMs); !until.isEmpty()) about.append(until);
    QString state, sign = QStringLiteral("info");
    if (link == m_testedLink && !m_testedText.isEmpty()) {
      state = m_testedText;
      sign = m_isTestedGood ? QStringLiteral("check") : QStringLiteral("warning");
    } else if (!server.hasPassword && !server.fromRelay) {
      state = tr("Its password is no longer stored. Add the server again.");
      sign = QStringLiteral("warning");
    } else if (server.fault) {
      state = sentenceOf(*server.fault);
      sign = QStringLiteral("warning");
    } else if (server.isInUse) {
      state = tr("In use by a call now.");
      sign = QStringLiteral("check");
    }
    rows.append({link, fromUtf8(server.host.empty() ? server.link : server.host),
                 about.join(QStringLiteral(" · ")), state, sign,
                 server.fromRelay ? QString() : QStringLiteral("own")});
  }
  return rows;
}

void ConnectionsPresenter::addServer(const QString& link, const QString& user,
                                     const QString& password) {
  if (m_isBusy) return;
  m_isBusy = true;
  m_testedLink.clear();
  m_testedText.clear();
  m_serverError.clear();
  m_serverVerdict.clear();
  emit changed();
  const QPointer<ConnectionsPresenter> self(this);
  m_engine.addTurnServer(link.trimmed(), user.trimmed(), password.toStdString(),
                         [self](Result<void, Fault> done) {
                           if (!self) return;
                           self->m_isBusy = false;
                           if (!done) self->refuse(done.error());
                           emit self->changed();
                           if (!done) return;
                           emit self->added();
                           emit self->said(tr("Added. Calls use it when there is no shorter way."));
                         });
}

void ConnectionsPresenter::removeServer(int at) {
  if (at < 0 || static_cast<std::size_t>(at) >= m_servers.size()) return;
  if (m_servers[static_cast<std::size_t>(at)].fromRelay) return;  // gone with that relay
  const QPointer<ConnectionsPresenter> self(this);
  m_engine.removeTurnServer(fromUtf8(m_servers[static_cast<std::size_t>(at)].link),
                            [self](Result<void, Fault> done) {
                              if (!self) return;
                              if (done)
                                emit self->said(tr("Removed, along with its password."));
                              else
                                emit self->said(sentenceOf(done.error()));
                            });
}

void ConnectionsPresenter::testTyped(const QString& link, const QString& user,
                                     const QString& password) {
  if (m_isBusy) return;
  m_testedLink.clear();
  test(link.trimmed(), user.trimmed(), password.toStdString());
}

void ConnectionsPresenter::testServer(int at) {
  if (m_isBusy || at < 0 || static_cast<std::size_t>(at) >= m_servers.size()) return;
  const TurnServerView& server = m_servers[static_cast<std::size_t>(at)];
  m_testedLink = fromUtf8(server.link);
  test(m_testedLink, fromUtf8(server.userName), {});
}

void ConnectionsPresenter::test(const QString& link, const QString& user,
                                const std::string& password) {
  m_isBusy = true;
  m_serverError.clear();
  m_serverVerdict.clear();
  m_testedText = m_testedLink.isEmpty() ? QString() : tr("Testing…");
  m_isTestedGood = true;
  emit changed();
  const QPointer<ConnectionsPresenter> self(this);
  m_engine.testTurnServer(link, user, password, [self](Result<TurnTestView, Fault> found) {
    if (!self) return;
    self->m_isBusy = false;
    if (found) {
      self->m_faultyField = NoField;
      self->showTest(testText(*found), found->isUsable);
      return;
    }
    if (self->m_testedLink.isEmpty()) {
      self->refuse(found.error());
      emit self->changed();
    } else {
      self->showTest(sentenceOf(found.error()), false);
    }
  });
}

void ConnectionsPresenter::refuse(const Fault& fault) {
  m_serverError = sentenceOf(fault);
  m_faultyField = fault.stage == "turn_link"                                    ? LinkField
                  : fault.stage != "turn"                                       ? NoField
                  : fault.code == "no_user" || fault.code == "bad_user"         ? UserField
                  : fault.code == "no_password" || fault.code == "bad_password" ? PasswordField
                                                                                : NoField;
}

void ConnectionsPresenter::showTest(const QString& sentence, bool isGood) {
  if (m_testedLink.isEmpty()) {
    (isGood ? m_serverVerdict : m_serverError) = sentence;
  } else {
    m_testedText = sentence;
    m_isTestedGood = isGood;
  }
  emit changed();
}

void ConnectionsPresenter::forgetErrors() {
  forgetServerError();
  forgetObserverError();
}

void ConnectionsPresenter::forgetServerError() {
  m_serverError.clear();
  m_serverVerdict.clear();
  emit changed();
}

void ConnectionsPresenter::forgetObserverError() {
  m_observerError.clear();
  emit changed();
}

}  // namespace foyer::app
