#include "app/foyer/shortcut_portal.h"

#include <QDBusArgument>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <utility>

namespace foyer::app {

// One key as the portal is told of it: a name that only the two know, and what it is.
struct PortalShortcut {
  QString id;
  QVariantMap about;
};
QDBusArgument& operator<<(QDBusArgument& out, const PortalShortcut& shortcut) {
  out.beginStructure();
  out << shortcut.id << shortcut.about;
  out.endStructure();
  return out;
}
const QDBusArgument& operator>>(const QDBusArgument& in, PortalShortcut& shortcut) {
  in.beginStructure();
  in >> shortcut.id >> shortcut.about;
  in.endStructure();
  return in;
}

}  // namespace foyer::app
Q_DECLARE_METATYPE(foyer::app::PortalShortcut)

namespace foyer::app {
namespace {

const auto kService = QStringLiteral("org.freedesktop.portal.Desktop");
const auto kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const auto kShortcuts = QStringLiteral("org.freedesktop.portal.GlobalShortcuts");
const auto kRequest = QStringLiteral("org.freedesktop.portal.Request");
const auto kSession = QStringLiteral("org.freedesktop.portal.Session");
const auto kTalk = QStringLiteral("talk");
constexpr uint kGranted = 0;
constexpr int kMaxKeyWords = 60;  // the desktop's word stands in a sentence

}  // namespace

ShortcutPortal::ShortcutPortal(QObject* parent)
    : QObject(parent), m_bus(QDBusConnection::sessionBus()) {
  // By its name too: Qt looks the types of a slot up so, and refuses a slot whose type it never
  // met.
  qRegisterMetaType<QDBusObjectPath>();
  qDBusRegisterMetaType<PortalShortcut>();
  qDBusRegisterMetaType<QList<PortalShortcut>>();
  connect(&m_watcher, &QDBusServiceWatcher::serviceUnregistered, this, [this] {
    // The portal itself is gone: nobody has refused anything.
    if (m_state != State::Asking && m_state != State::Bound) return;
    leave();
    setState(State::Absent);
  });
}

void ShortcutPortal::setState(State state) {
  m_state = state;
  if (state != State::Bound) letGo();
  emit changed();
}

void ShortcutPortal::letGo() {
  if (std::exchange(m_isDown, false)) emit released();
}

QDBusMessage ShortcutPortal::question(const QString& method) const {
  return QDBusMessage::createMethodCall(kService, kPath, kShortcuts, method);
}

QString ShortcutPortal::awaitResponse(const char* slot) {
  const QString token = QStringLiteral("foyer%1").arg(++m_tokens);
  QString sender = m_bus.baseService().mid(1);
  sender.replace(u'.', u'_');
  m_requestPath =
      QStringLiteral("/org/freedesktop/portal/desktop/request/%1/%2").arg(sender, token);
  m_bus.connect(kService, m_requestPath, kRequest, QStringLiteral("Response"), this, slot);
  return token;
}

void ShortcutPortal::send(const QDBusMessage& asked) {
  auto* watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(asked), this);
  connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, round = m_round] {
    watcher->deleteLater();
    if (watcher->isError() && round == m_round) setState(State::Absent);
  });
}

void ShortcutPortal::ask(const QString& description, const QString& trigger) {
  leave();
  m_description = description;
  m_trigger = trigger;
  if (!m_bus.isConnected()) return setState(State::Absent);
  if (!m_isConnected) {
    m_isConnected = true;
    m_watcher.setConnection(m_bus);
    m_watcher.addWatchedService(kService);
    m_watcher.setWatchMode(QDBusServiceWatcher::WatchForUnregistration);
    m_bus.connect(kService, kPath, kShortcuts, QStringLiteral("Activated"), this,
                  SLOT(activated(QDBusObjectPath, QString, qulonglong, QVariantMap)));
    m_bus.connect(kService, kPath, kShortcuts, QStringLiteral("Deactivated"), this,
                  SLOT(deactivated(QDBusObjectPath, QString, qulonglong, QVariantMap)));
    m_bus.connect(kService, kPath, kShortcuts, QStringLiteral("ShortcutsChanged"), this,
                  SLOT(shortcutsChanged(QDBusMessage)));
  }
  setState(State::Asking);
  createSession();
}

void ShortcutPortal::createSession() {
  QDBusMessage create = question(QStringLiteral("CreateSession"));
  const QString token = awaitResponse(SLOT(sessionAnswered(uint, QVariantMap)));
  create << QVariantMap{{QStringLiteral("handle_token"), token},
                        {QStringLiteral("session_handle_token"), token}};
  send(create);
}

void ShortcutPortal::sessionAnswered(uint response, const QVariantMap& results) {
  m_bus.disconnect(kService, m_requestPath, kRequest, QStringLiteral("Response"), this,
                   SLOT(sessionAnswered(uint, QVariantMap)));
  if (m_state != State::Asking || !m_session.isEmpty()) return;
  const QVariant handle = results.value(QStringLiteral("session_handle"));
  // The specification's mistake, kept for its first users: a string where a path is meant.
  m_session = handle.canConvert<QDBusObjectPath>() ? handle.value<QDBusObjectPath>().path()
                                                   : handle.toString();
  if (response != kGranted || !m_session.startsWith(u'/')) {
    m_session.clear();
    return setState(State::Refused);
  }
  m_bus.connect(kService, m_session, kSession, QStringLiteral("Closed"), this,
                SLOT(sessionClosed()));
  bind();
}

void ShortcutPortal::bind() {
  QDBusMessage ask = question(QStringLiteral("BindShortcuts"));
  const QList<PortalShortcut> wanted{{kTalk,
                                      {{QStringLiteral("description"), m_description},
                                       {QStringLiteral("preferred_trigger"), m_trigger}}}};
  const QString token = awaitResponse(SLOT(bindAnswered(uint, QVariantMap)));
  ask << QVariant::fromValue(QDBusObjectPath(m_session)) << QVariant::fromValue(wanted) << QString()
      << QVariantMap{{QStringLiteral("handle_token"), token}};
  send(ask);
}

void ShortcutPortal::bindAnswered(uint response, const QVariantMap& results) {
  m_bus.disconnect(kService, m_requestPath, kRequest, QStringLiteral("Response"), this,
                   SLOT(bindAnswered(uint, QVariantMap)));
  if (m_state != State::Asking) return;
  const auto bound = qdbus_cast<QList<PortalShortcut>>(results.value(QStringLiteral("shortcuts")));
  for (const PortalShortcut& shortcut : bound) {
    if (response != kGranted || shortcut.id != kTalk) continue;
    m_keyWords = shortcut.about.value(QStringLiteral("trigger_description"))
                     .toString()
                     .simplified()
                     .left(kMaxKeyWords);
    return setState(State::Bound);
  }
  leave();
  setState(State::Refused);
}

void ShortcutPortal::shortcutsChanged(const QDBusMessage& message) {
  const QVariantList arguments = message.arguments();
  if (m_state != State::Bound || arguments.size() != 2) return;
  if (arguments[0].value<QDBusObjectPath>().path() != m_session) return;
  for (const PortalShortcut& shortcut : qdbus_cast<QList<PortalShortcut>>(arguments[1])) {
    if (shortcut.id != kTalk) continue;
    m_keyWords = shortcut.about.value(QStringLiteral("trigger_description"))
                     .toString()
                     .simplified()
                     .left(kMaxKeyWords);
    emit changed();
  }
}

bool ShortcutPortal::isOurs(const QDBusObjectPath& session, const QString& id) const {
  return m_state == State::Bound && session.path() == m_session && id == kTalk;
}

void ShortcutPortal::activated(const QDBusObjectPath& session, const QString& id, qulonglong,
                               const QVariantMap&) {
  if (isOurs(session, id) && !std::exchange(m_isDown, true)) emit pressed();
}

void ShortcutPortal::deactivated(const QDBusObjectPath& session, const QString& id, qulonglong,
                                 const QVariantMap&) {
  if (isOurs(session, id)) letGo();
}

void ShortcutPortal::sessionClosed() {
  // Nothing is asked again by itself: the desktop has just said that it does not want it.
  leave();
  setState(State::Refused);
}

void ShortcutPortal::leave() {
  ++m_round;
  if (!m_requestPath.isEmpty()) {
    for (const char* slot :
         {SLOT(sessionAnswered(uint, QVariantMap)), SLOT(bindAnswered(uint, QVariantMap))})
      m_bus.disconnect(kService, m_requestPath, kRequest, QStringLiteral("Response"), this, slot);
    m_requestPath.clear();
  }
  if (!m_session.isEmpty()) {
    m_bus.disconnect(kService, m_session, kSession, QStringLiteral("Closed"), this,
                     SLOT(sessionClosed()));
    m_bus.send(
        QDBusMessage::createMethodCall(kService, m_session, kSession, QStringLiteral("Close")));
    m_session.clear();
  }
  m_keyWords.clear();
  m_state = State::Idle;
  letGo();
}

}  // namespace foyer::app
