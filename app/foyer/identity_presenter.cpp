#include "app/foyer/identity_presenter.h"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>

#include "app/foyer/error_text.h"
#include "app/foyer/people_model.h"
#include "app/foyer/text.h"

namespace foyer::app {
namespace {

constexpr const char* kDoNotDisturb = "do_not_disturb";
constexpr const char* kInvisible = "invisible";

// The full name of the account, or nothing: the login name says less than the alias.
QString fullNameOfAccount() {
  const passwd* entry = ::getpwuid(::getuid());
  if (entry == nullptr || entry->pw_gecos == nullptr) return {};
  const QString name = QString::fromLocal8Bit(entry->pw_gecos).section(u',', 0, 0).simplified();
  const QString login = QString::fromLocal8Bit(entry->pw_name);
  return name.compare(login, Qt::CaseInsensitive) == 0
             ? QString()
             : name.left(IdentityPresenter::kMaxNameLength);
}

}  // namespace

IdentityPresenter::IdentityPresenter(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine), m_accountName(fullNameOfAccount()) {
  using engine::EngineInterface;
  connect(&m_engine, &EngineInterface::identityChanged, this, &IdentityPresenter::refresh);
  connect(&m_engine, &EngineInterface::relaysChanged, this, &IdentityPresenter::refresh);
  connect(&m_engine, &EngineInterface::settingChanged, this, [this](const QString& key) {
    if (key == QLatin1String(kDoNotDisturb) || key == QLatin1String(kInvisible)) emit changed();
  });
  refresh();
}

void IdentityPresenter::refresh() {
  m_view = m_engine.identity();
  m_isFirstStart = m_engine.isFirstStart() && !m_hasEntered;
  emit changed();
}

QString IdentityPresenter::name() const { return fromUtf8(m_view.alias); }
QString IdentityPresenter::initialsText() const { return initials(name()); }
int IdentityPresenter::hue() const { return hueOf(m_view.fingerprint); }
QString IdentityPresenter::stateText() const {
  const auto relays = m_engine.relays();
  const bool isConnected = std::any_of(relays.begin(), relays.end(), [](const auto& relay) {
    return relay.state == engine::RelayState::Connected;
  });
  if (!isConnected) return tr("Not connected");
  if (invisible()) return tr("Invisible");
  return stateWord(doNotDisturb() ? engine::PersonState::DoNotDisturb
                   : m_isAway     ? engine::PersonState::Away
                                  : engine::PersonState::Available);
}

bool IdentityPresenter::invisible() const {
  return m_engine.setting(QLatin1String(kInvisible)) == QLatin1String("on");
}

void IdentityPresenter::setInvisible(bool isOn) {
  if (isOn) setDoNotDisturb(false);
  m_engine.setSetting(QLatin1String(kInvisible), isOn ? QStringLiteral("on") : QString());
}

void IdentityPresenter::setAway(bool isAway) {
  m_isAway = isAway;
  emit changed();
}

bool IdentityPresenter::doNotDisturb() const {
  return m_engine.setting(QLatin1String(kDoNotDisturb)) == QLatin1String("on");
}

void IdentityPresenter::setDoNotDisturb(bool isOn) {
  if (isOn) setInvisible(false);
  m_engine.setSetting(QLatin1String(kDoNotDisturb), isOn ? QStringLiteral("on") : QString());
}

QString IdentityPresenter::keyLine() const { return keyText(m_view.fingerprint); }

QString IdentityPresenter::seedHomeText() const {
  return m_view.seedHome == "file"
             ? tr("Your secret key is in a file that only you can read, because there is no key "
                  "ring here. It never leaves this computer unless you back it up.")
             : tr("Your secret key never leaves this computer unless you back it up.");
}

QString IdentityPresenter::blockedTitle() const {
  return m_view.blocked ? textOf(*m_view.blocked).title : QString();
}

QString IdentityPresenter::blockedAdvice() const {
  return m_view.blocked ? textOf(*m_view.blocked).advice : QString();
}

bool IdentityPresenter::resettable() const {
  return m_view.blocked && m_view.blocked->stage == "identity";
}

QString IdentityPresenter::initialsOf(const QString& name) const { return initials(name); }

void IdentityPresenter::enterLobby(const QString& name) {
  const QString chosen = name.simplified().left(kMaxNameLength);
  m_hasEntered = true;  // the window does not wait for the disk
  m_engine.finishFirstStart(chosen.isEmpty() ? fromUtf8(m_view.alias) : chosen);
  refresh();
}

void IdentityPresenter::resetIdentity() { m_engine.resetIdentity(); }

}  // namespace foyer::app
