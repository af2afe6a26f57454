#include "app/foyer/tray_presenter.h"

#include <QCoreApplication>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <algorithm>
#include <utility>

#include "app/foyer/tray_interfaces.h"

namespace foyer::app {
namespace {

const auto kWatcher = QStringLiteral("org.kde.StatusNotifierWatcher");
const auto kWatcherPath = QStringLiteral("/StatusNotifierWatcher");
const auto kTray = QStringLiteral("tray");
const auto kClose = QStringLiteral("close_to_tray");
constexpr int kAnswerMs = 2000;  // a tray that takes longer cannot be relied on

QVariantMap item(const QString& label, bool isEnabled = true) {
  // A low line would underline the letter after it.
  return {{QStringLiteral("label"), QString(label).replace(u'_', QStringLiteral("__"))},
          {QStringLiteral("enabled"), isEnabled},
          {QStringLiteral("visible"), true}};
}

QVariantMap toggle(const QString& label, bool isOn, bool isEnabled = true) {
  QVariantMap made = item(label, isEnabled);
  made[QStringLiteral("toggle-type")] = QStringLiteral("checkmark");
  made[QStringLiteral("toggle-state")] = isOn ? 1 : 0;
  return made;
}

}  // namespace

TrayPresenter::TrayPresenter(engine::EngineInterface& engine, IdentityPresenter& identity,
                             CallPresenter& call, IncomingPresenter& incoming, QObject* parent)
    : QObject(parent), m_engine(engine), m_identity(identity), m_call(call), m_incoming(incoming) {
  connect(&m_identity, &IdentityPresenter::changed, this, &TrayPresenter::refresh);
  connect(&m_call, &CallPresenter::changed, this, &TrayPresenter::refresh);
  connect(&m_incoming, &IncomingPresenter::changed, this, &TrayPresenter::refresh);
  connect(&m_engine, &engine::EngineInterface::historyChanged, this, &TrayPresenter::refresh);
  connect(&m_engine, &engine::EngineInterface::settingChanged, this, [this](const QString& key) {
    if (key == kTray && m_isStarted) lookForTray();
  });
}

TrayPresenter::~TrayPresenter() { withdraw(); }

bool TrayPresenter::isWanted() const { return m_engine.setting(kTray) != QLatin1String("off"); }

void TrayPresenter::start() {
  m_isStarted = true;
  const QDBusConnection bus = QDBusConnection::sessionBus();
  if (!bus.isConnected()) return settle(false);
  registerTrayTypes();
  m_watcher.setConnection(bus);
  m_watcher.setWatchMode(QDBusServiceWatcher::WatchForOwnerChange);
  m_watcher.addWatchedService(kWatcher);
  // A tray that begins later, or again, is told anew.
  connect(&m_watcher, &QDBusServiceWatcher::serviceOwnerChanged, this,
          [this](const QString&, const QString&, const QString& owner) {
            owner.isEmpty() ? settle(false) : lookForTray();
          });
  // The one that draws may come later than the one that keeps the list, and end before it.
  for (const char* change : {"StatusNotifierHostRegistered", "StatusNotifierHostUnregistered"})
    QDBusConnection(bus).connect(kWatcher, kWatcherPath, kWatcher, QLatin1String(change), this,
                                 SLOT(lookForTray()));
  lookForTray();
}

void TrayPresenter::settle(bool isThere) {
  if (!isThere) withdraw();
  m_isSettled = true;
  if (std::exchange(m_isThere, isThere) != isThere) emit thereChanged();
  emit settled();
}

void TrayPresenter::lookForTray() {
  if (!isWanted()) return settle(false);
  QDBusMessage question = QDBusMessage::createMethodCall(
      kWatcher, kWatcherPath, QStringLiteral("org.freedesktop.DBus.Properties"),
      QStringLiteral("Get"));
  question << kWatcher << QStringLiteral("IsStatusNotifierHostRegistered");
  auto* watcher = new QDBusPendingCallWatcher(
      QDBusConnection::sessionBus().asyncCall(question, kAnswerMs), this);
  connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
    watcher->deleteLater();
    const QDBusPendingReply<QDBusVariant> reply = *watcher;
    // A watcher without a host keeps a list that nobody draws.
    const bool isDrawn = !reply.isError() && reply.value().variant().toBool();
    if (!isDrawn || !isWanted()) return settle(false);
    show();
  });
}

void TrayPresenter::show() {
  QDBusConnection bus = QDBusConnection::sessionBus();
  if (m_service.isEmpty()) {
    draw();
    auto* exportedItem = new QObject(this);
    exportedItem->setObjectName(kTrayItemPath);
    new TrayItemInterface(exportedItem, *this);
    auto* exportedMenu = new QObject(this);
    exportedMenu->setObjectName(kTrayMenuPath);
    new TrayMenuInterface(exportedMenu, *this);
    m_service =
        QStringLiteral("org.kde.StatusNotifierItem-%1-1").arg(QCoreApplication::applicationPid());
    if (!bus.registerObject(kTrayItemPath, exportedItem) ||
        !bus.registerObject(kTrayMenuPath, exportedMenu) || !bus.registerService(m_service))
      return settle(false);
  }
  QDBusMessage call = QDBusMessage::createMethodCall(kWatcher, kWatcherPath, kWatcher,
                                                     QStringLiteral("RegisterStatusNotifierItem"));
  call << m_service;
  auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call, kAnswerMs), this);
  connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
    watcher->deleteLater();
    settle(!watcher->isError() && isWanted());
  });
}

void TrayPresenter::withdraw() {
  if (m_service.isEmpty()) return;
  QDBusConnection bus = QDBusConnection::sessionBus();
  bus.unregisterService(m_service);
  m_service.clear();
  for (const char* path : {kTrayItemPath, kTrayMenuPath}) {
    bus.unregisterObject(path);
    delete findChild<QObject*>(path, Qt::FindDirectChildrenOnly);
  }
}

int TrayPresenter::closing() const {
  if (!m_isThere) return Quits;
  const QString kept = m_engine.setting(kClose);
  if (kept.isEmpty()) return Asks;
  return kept == QLatin1String("on") ? Hides : Quits;
}

void TrayPresenter::chooseClosing(bool hides) {
  m_engine.setSetting(kClose, hides ? QStringLiteral("on") : QStringLiteral("off"));
}

QString TrayPresenter::words() const {
  if (m_incoming.shown().ringing) return tr("%1 is calling").arg(m_incoming.shown().name);
  const CallShown& call = m_call.shown();
  if (call.stage == CallPresenter::Active)
    return call.muted ? tr("In a call with %1, muted").arg(call.name)
                      : tr("In a call with %1").arg(call.name);
  const QString state = m_identity.stateText();
  return missed() == 0 ? state
                       : state + QStringLiteral(" · ") +
                             tr("%n missed calls", nullptr, static_cast<int>(missed()));
}

std::ptrdiff_t TrayPresenter::missed() const {
  const auto past = m_engine.history();
  return std::count_if(past.begin(), past.end(), [](const auto& each) { return !each.isSeen; });
}

TrayMark TrayPresenter::mark() const {
  if (m_incoming.shown().ringing) return TrayMark::Wanted;
  const CallShown& call = m_call.shown();
  if (call.stage == CallPresenter::Active) return call.muted ? TrayMark::Muted : TrayMark::Call;
  return missed() > 0 ? TrayMark::Wanted : TrayMark::None;
}

void TrayPresenter::draw() {
  m_drawnMark = mark();
  m_pictures = trayPicturesOf(QIcon(QStringLiteral(":/foyer/app/app-icon-small.svg")), m_drawnMark);
}

QString TrayPresenter::status() const {
  return m_incoming.shown().ringing ? QStringLiteral("NeedsAttention") : QStringLiteral("Active");
}

QVariantMap TrayPresenter::propertiesOf(int which) const {
  const bool inCall = m_call.shown().stage == CallPresenter::Active;
  switch (which) {
    case Open:
      return item(tr("Open Foyer"));
    case DoNotDisturb:
      return toggle(tr("Do not disturb"), m_identity.doNotDisturb());
    case Mute:
      return toggle(tr("Mute your microphone"), inCall && m_call.shown().muted, inCall);
    case Separator:
      return {{QStringLiteral("type"), QStringLiteral("separator")}};
    case Quit:
      return item(tr("Quit Foyer"));
    default:
      return {};
  }
}

MenuNode TrayPresenter::menu() const {
  MenuNode root{Root, {{QStringLiteral("children-display"), QStringLiteral("submenu")}}, {}};
  for (const int which : {Open, DoNotDisturb, Mute, Separator, Quit})
    root.children.append({which, propertiesOf(which), {}});
  return root;
}

void TrayPresenter::choose(int which) {
  switch (which) {
    case Open:
      return activate();
    case DoNotDisturb:
      return m_identity.setDoNotDisturb(!m_identity.doNotDisturb());
    case Mute:
      return m_call.toggleMute();
    case Quit:
      emit quitWanted();
      return;
    default:
      return;
  }
}

void TrayPresenter::refresh() {
  if (m_service.isEmpty()) return;
  QList<QVariantMap> items;
  for (const int which : {DoNotDisturb, Mute}) items.append(propertiesOf(which));
  if (items != m_shownItems) {
    m_shownItems = items;
    emit menuChanged();
  }
  if (mark() != m_drawnMark) {
    draw();
    emit picturesChanged();
  }
  if (words() == m_shownWords && status() == m_shownStatus) return;
  m_shownWords = words();
  m_shownStatus = status();
  emit wordsChanged();
}

}  // namespace foyer::app
