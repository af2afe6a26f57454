#include "app/foyer/away_watch.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QEvent>
#include <algorithm>
#include <array>

#include "app/foyer/clock.h"

namespace foyer::app {
namespace {

const auto kSetting = QStringLiteral("auto_away");
const auto kMutter = QStringLiteral("org.gnome.Mutter.IdleMonitor");
const auto kMutterPath = QStringLiteral("/org/gnome/Mutter/IdleMonitor/Core");
constexpr int kMinuteMs = 60'000;
constexpr int kMaxMinutes = 1440;  // a day
constexpr std::array kOffered{5, 15, 30};
// A person who is away for minutes is shown so within this; who is back, sooner.
constexpr int kLookMs = 10'000;
constexpr int kLookWhileAwayMs = 1'000;
constexpr int kAnswerMs = 2'000;  // the desktop's; late answers are about another moment

}  // namespace

AwayWatch::AwayWatch(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine) {
  connect(&m_timer, &QTimer::timeout, this, &AwayWatch::look);
  connect(&m_engine, &engine::EngineInterface::settingChanged, this, [this](const QString& key) {
    if (key == kSetting) refresh();
  });
}

AwayWatch::~AwayWatch() = default;

int AwayWatch::minutes() const {
  const int minutes = m_engine.setting(kSetting).toInt();
  return minutes > 0 && minutes <= kMaxMinutes ? minutes : 0;
}

void AwayWatch::setMinutes(int minutes) {
  m_engine.setSetting(kSetting, minutes > 0 ? QString::number(minutes) : QString());
}

QStringList AwayWatch::choices() const {
  QStringList words{tr("Never")};
  for (const int minutes : kOffered) words.append(QString::number(minutes));
  return words;
}

int AwayWatch::choice() const {
  const int now = minutes();
  if (now == 0) return 0;
  const auto* at = std::find(kOffered.begin(), kOffered.end(), now);
  return at == kOffered.end() ? -1 : static_cast<int>(at - kOffered.begin()) + 1;
}

void AwayWatch::setChoice(int choice) {
  const auto at = static_cast<std::size_t>(choice - 1);
  setMinutes(choice > 0 && at < kOffered.size() ? kOffered[at] : 0);
}

void AwayWatch::start(bool hasX11) {
  m_isStarted = true;
  m_hasX11 = hasX11;
  refresh();
}

void AwayWatch::refresh() {
  if (!m_isStarted) return;
  if (minutes() == 0) {
    m_timer.stop();
    m_keyboard.reset();
    QCoreApplication::instance()->removeEventFilter(this);
    m_source = Source::None;
    setAway(false);
    emit changed();
    return;
  }
  if (!m_timer.isActive()) m_timer.start(kLookMs);
  if (m_source == Source::None) {
    m_lastInputMs = steadyNowMs();
    if (m_hasX11) m_keyboard = std::make_unique<X11Keyboard>();
    if (m_keyboard && m_keyboard->idleMs()) m_source = Source::X11;
  }
  emit changed();
  look();
}

void AwayWatch::look() {
  if (minutes() == 0) return;
  switch (m_source) {
    case Source::X11:
      if (const auto idle = m_keyboard->idleMs()) return judge(*idle);
      return useOwnWindow();  // the server is gone
    case Source::None:
    case Source::Desktop:
      return askDesktop();
    case Source::OwnWindow:
      return judge(steadyNowMs() - m_lastInputMs);
  }
}

void AwayWatch::askDesktop() {
  if (m_isAsked) return;
  QDBusConnection bus = QDBusConnection::sessionBus();
  if (!bus.isConnected()) return useOwnWindow();
  m_isAsked = true;
  const QDBusMessage question =
      QDBusMessage::createMethodCall(kMutter, kMutterPath, kMutter, QStringLiteral("GetIdletime"));
  auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(question, kAnswerMs), this);
  connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
    watcher->deleteLater();
    m_isAsked = false;
    if (minutes() == 0) return;
    const QDBusPendingReply<qulonglong> reply = *watcher;
    if (reply.isError()) {
      // A desktop that has answered before is busy, and is asked again at the next look.
      const QDBusError::ErrorType type = reply.error().type();
      const bool isLate = type == QDBusError::NoReply || type == QDBusError::Timeout ||
                          type == QDBusError::TimedOut;
      return m_source == Source::Desktop && isLate ? void() : useOwnWindow();
    }
    if (m_source != Source::Desktop) {
      m_source = Source::Desktop;
      emit changed();
    }
    judge(static_cast<std::int64_t>(reply.value()));
  });
}

void AwayWatch::useOwnWindow() {
  if (m_source != Source::OwnWindow) {
    m_source = Source::OwnWindow;
    m_lastInputMs = steadyNowMs();  // what was before was not watched
    QCoreApplication::instance()->installEventFilter(this);
    emit changed();
  }
  judge(steadyNowMs() - m_lastInputMs);
}

bool AwayWatch::eventFilter(QObject*, QEvent* event) {
  switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::Wheel:
    case QEvent::TouchBegin:
      m_lastInputMs = steadyNowMs();
      setAway(false);
      break;
    default:
      break;  // the hundreds of other kinds of event say nothing of a person
  }
  return false;
}

void AwayWatch::judge(std::int64_t idleMs) {
  setAway(idleMs >= std::int64_t{kMinuteMs} * minutes());
}

void AwayWatch::setAway(bool isAway) {
  if (isAway == m_isAway) return;
  m_isAway = isAway;
  if (m_timer.isActive()) m_timer.start(isAway ? kLookWhileAwayMs : kLookMs);
  m_engine.setAway(isAway);
  emit changed();
}

QString AwayWatch::sentence() const {
  if (minutes() == 0) return tr("Others see you as available until you choose something else.");
  switch (m_source) {
    case Source::X11:
    case Source::Desktop:
      return tr("After %n minutes without keyboard and mouse, in any program.", nullptr, minutes());
    case Source::OwnWindow:
      return tr(
          "After %n minutes without keyboard and mouse in Foyer’s window: this desktop does "
          "not tell what you do elsewhere.",
          nullptr, minutes());
    case Source::None:
      break;
  }
  return tr("After %n minutes without keyboard and mouse.", nullptr, minutes());
}

}  // namespace foyer::app
