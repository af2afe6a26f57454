#include "app/foyer/relay_access.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <algorithm>
#include <iterator>

#include "app/foyer/clock.h"
#include "app/foyer/error_text.h"
#include "app/foyer/history_model.h"
#include "app/foyer/text.h"

namespace foyer::app {

namespace {

using engine::EngineInterface;

// What is offered; other numbers can be set by script. 0: as the relay is by itself.
constexpr int kPeople[] = {8, 25, 100, 0};
// A call in the best quality sends about 80 kbit/s, with copies against loss up to twice that.
constexpr int kKbps[] = {64, 128, 256, 0};
// A timer of Qt counts in int ms; what ends later is looked at again before.
constexpr std::int64_t kLongestWaitMs = 3'600'000;

template <std::size_t N>
int indexOf(const int (&offered)[N], const QString& set) {
  const int* found = std::find(std::begin(offered), std::end(offered), set.toInt());
  return found == std::end(offered) ? -1 : static_cast<int>(found - offered);
}

}  // namespace

RelayAccess::RelayAccess(EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine) {
  m_nextEnd.setSingleShot(true);
  connect(&m_nextEnd, &QTimer::timeout, this, &RelayAccess::refresh);
  connect(&m_engine, &EngineInterface::hostedRelayChanged, this, &RelayAccess::refresh);
  connect(&m_engine, &EngineInterface::settingChanged, this, [this](const QString& key) {
    if (key == QLatin1String("host_relay") || key.startsWith(QLatin1String("relay_"))) refresh();
  });
  refresh();
}

QString RelayAccess::untilText(const engine::RelayInviteView& invite) const {
  if (!invite.untilMs) return tr("Valid until you take it back");
  const QString time = timeText(*invite.untilMs);
  const QDate day = QDateTime::fromMSecsSinceEpoch(*invite.untilMs).date();
  const bool isToday = day == QDateTime::fromMSecsSinceEpoch(unixNowMs()).date();
  if (isToday)
    return (invite.isOver ? tr("Expired at %1 today") : tr("Valid until %1 today")).arg(time);
  //: a time and a date
  return (invite.isOver ? tr("Expired at %1 on %2") : tr("Valid until %1 on %2"))
      .arg(time, dateText(*invite.untilMs));
}

void RelayAccess::refresh() {
  m_hosted = m_engine.hostedRelay();
  std::int64_t wait = -1;
  for (const engine::RelayInviteView& invite : m_hosted.invites) {
    if (invite.isOver || !invite.untilMs) continue;
    const std::int64_t left = std::max<std::int64_t>(1, *invite.untilMs - unixNowMs());
    wait = wait < 0 ? left : std::min(wait, left);
  }
  m_nextEnd.stop();
  if (wait > 0) m_nextEnd.start(static_cast<int>(std::min(wait, kLongestWaitMs)));
  emit changed();
}

bool RelayAccess::isOn(const char* key, bool byItself) const {
  const QString value = m_engine.setting(QString::fromLatin1(key));
  return value.isEmpty() ? byItself : value == QLatin1String("on");
}

void RelayAccess::set(const char* key, const char* value) {
  m_engine.setSetting(QString::fromLatin1(key), QString::fromLatin1(value));
}

// ---- invites

QList<QStringList> RelayAccess::invites() const {
  QList<QStringList> rows;
  for (const engine::RelayInviteView& invite : m_hosted.invites) {
    rows.append({fromUtf8(invite.link), untilText(invite),
                 invite.isOver ? QStringLiteral("over") : QStringLiteral("good")});
  }
  return rows;
}

void RelayAccess::makeInvite(int life) {
  std::optional<Duration> length;
  if (life == Hour) length = std::chrono::hours(1);
  if (life == Day) length = std::chrono::hours(24);
  m_engine.makeInvite(length, [this](const Result<engine::RelayInviteView, Fault>& made) {
    m_inviteError = made ? QString() : textOf(made.error()).sentence();
    if (made && !made->link.empty()) {
      QGuiApplication::clipboard()->setText(fromUtf8(made->link));
      emit said(tr("Invite made and copied."));
    }
    emit changed();
  });
}

void RelayAccess::copyInvite(int index) {
  if (index < 0 || index >= static_cast<int>(m_hosted.invites.size())) return;
  const std::string& link = m_hosted.invites[static_cast<std::size_t>(index)].link;
  if (link.empty()) return;
  QGuiApplication::clipboard()->setText(fromUtf8(link));
  emit said(tr("Invite copied. Anyone who opens it can join your relay."));
}

void RelayAccess::revokeInvite(int index) {
  if (index < 0 || index >= static_cast<int>(m_hosted.invites.size())) return;
  m_inviteError.clear();
  m_engine.revokeInvite(m_hosted.invites[static_cast<std::size_t>(index)].number);
}

// ---- port and limits

QString RelayAccess::port() const { return m_engine.setting(QStringLiteral("relay_port")); }

bool RelayAccess::choosePort(const QString& typed) {
  const QString text = typed.trimmed();
  bool isNumber = false;
  const int port = text.toInt(&isNumber);
  // Below 1024 the system lets nobody listen without special rights.
  constexpr int kLeast = 1024, kMost = 65535;
  const bool isGood = text.isEmpty() || (isNumber && port >= kLeast && port <= kMost);
  m_portError = isGood ? QString() : tr("A port is a number from %1 to %2.").arg(kLeast).arg(kMost);
  if (isGood) m_engine.setSetting(QStringLiteral("relay_port"), text);
  emit portErrorChanged();
  return isGood;
}

void RelayAccess::forgetPortError() {
  if (m_portError.isEmpty()) return;
  m_portError.clear();
  emit portErrorChanged();
}

QStringList RelayAccess::peopleNames() const {
  QStringList names;
  for (const int people : kPeople)
    names.append(QString::number(people == 0 ? EngineInterface::kMaxRelayPeople : people));
  return names;
}

int RelayAccess::people() const {
  return indexOf(kPeople, m_engine.setting(QStringLiteral("relay_max_people")));
}

void RelayAccess::choosePeople(int index) {
  if (index < 0 || index >= static_cast<int>(std::size(kPeople))) return;
  const int people = kPeople[index];
  m_engine.setSetting(QStringLiteral("relay_max_people"),
                      people == 0 ? QString() : QString::number(people));
}

QStringList RelayAccess::rateNames() const {
  QStringList names;
  for (const int kbps : kKbps) names.append(kbps == 0 ? tr("4 Mbit/s") : tr("%1 kbit/s").arg(kbps));
  return names;
}

int RelayAccess::rate() const {
  return indexOf(kKbps, m_engine.setting(QStringLiteral("relay_max_kbps")));
}

void RelayAccess::chooseRate(int index) {
  if (index < 0 || index >= static_cast<int>(std::size(kKbps))) return;
  const int kbps = kKbps[index];
  m_engine.setSetting(QStringLiteral("relay_max_kbps"),
                      kbps == 0 ? QString() : QString::number(kbps));
}

// ---- the log

QString RelayAccess::whyText(const engine::RelayRunView& run) const {
  const QString why = fromUtf8(run.why);
  if (why == QLatin1String("running")) return tr("running now");
  if (why == QLatin1String("stopped")) return tr("stopped by you");
  if (why == QLatin1String("quit")) return tr("stopped with Foyer");
  if (why.startsWith(QLatin1String("failed:"))) {
    const QStringList parts = why.split(u':');
    const Fault fault{.stage = parts.value(1).toStdString(),
                      .code = parts.value(2).toStdString(),
                      .retryable = false,
                      .detail = {}};
    return tr("did not start: %1").arg(textOf(fault).title);
  }
  return tr("Foyer quit unexpectedly");
}

QList<QStringList> RelayAccess::runs() const {
  QList<QStringList> rows;
  for (const engine::RelayRunView& run : m_hosted.runs) {
    if (rows.size() == static_cast<qsizetype>(kMaxRunsShown)) break;
    const bool hasFailed = run.why.starts_with("failed");
    const QString lasted = run.endedAtMs && !hasFailed
                               ? tr("ran %1").arg(lengthText(*run.endedAtMs - run.startedAtMs))
                               : QString();
    const QString most =
        run.mostPeople == 0 ? QString() : tr("up to %n people", nullptr, run.mostPeople);
    const bool isBad = run.why == "cut" || hasFailed;
    QStringList said{dayText(run.startedAtMs) + tr(", ") + timeText(run.startedAtMs), lasted, most,
                     whyText(run)};
    said.removeAll(QString());
    rows.append({said.join(QStringLiteral(" · ")), isBad ? QStringLiteral("warning")
                                                   : run.why == "running"
                                                       ? QStringLiteral("check")
                                                       : QStringLiteral("info")});
  }
  return rows;
}

}  // namespace foyer::app
