#include "app/foyer/shortcut_portal.h"

#include <QDBusArgument>
#include <QDBusMetaType>
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

const auto kShortcuts = QStringLiteral("org.freedesktop.portal.GlobalShortcuts");
const auto kSession = QStringLiteral("org.freedesktop.portal.Session");
const auto kTalk = QStringLiteral("talk");
constexpr uint kGranted = 0;
constexpr int kMaxKeyWords = 60;  // the desktop's word stands in a sentence

}  // namespace

ShortcutPortal::ShortcutPortal(QObject* parent) : QObject(parent), m_question(kShortcuts) {
  qDBusRegisterMetaType<PortalShortcut>();
  qDBusRegisterMetaType<QList<PortalShortcut>>();
  connect(&m_question, &PortalQuestion::answered, this,
          [this](uint response, const QVariantMap& results) {
            if (m_state != State::Asking) return;
            m_session.isEmpty() ? sessionAnswered(response, results)
                                : bindAnswered(response, results);
          });
  connect(&m_question, &PortalQuestion::failed, this, [this] { setState(State::Absent); });
  connect(&m_question, &PortalQuestion::gone, this, [this] {
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

void ShortcutPortal::ask(const QString& description, const QString& trigger) {
  leave();
  m_description = description;
  m_trigger = trigger;
  if (!m_question.reach()) return setState(State::Absent);
  if (!m_isConnected) {
    m_isConnected = true;
    QDBusConnection& bus = m_question.bus();
    bus.connect(PortalQuestion::kService, PortalQuestion::kPath, kShortcuts,
                QStringLiteral("Activated"), this,
                SLOT(activated(QDBusObjectPath, QString, qulonglong, QVariantMap)));
    bus.connect(PortalQuestion::kService, PortalQuestion::kPath, kShortcuts,
                QStringLiteral("Deactivated"), this,
                SLOT(deactivated(QDBusObjectPath, QString, qulonglong, QVariantMap)));
    bus.connect(PortalQuestion::kService, PortalQuestion::kPath, kShortcuts,
                QStringLiteral("ShortcutsChanged"), this, SLOT(shortcutsChanged(QDBusMessage)));
  }
  setState(State::Asking);
  createSession();
}

void ShortcutPortal::createSession() {
  QDBusMessage create = m_question.call(QStringLiteral("CreateSession"));
  const QString token = m_question.awaitAnswer();
  create << QVariantMap{{QStringLiteral("handle_token"), token},
                        {QStringLiteral("session_handle_token"), token}};
  m_question.send(create);
}

void ShortcutPortal::sessionAnswered(uint response, const QVariantMap& results) {
  const QVariant handle = results.value(QStringLiteral("session_handle"));
  // The specification's mistake, kept for its first users: a string where a path is meant.
  m_session = handle.canConvert<QDBusObjectPath>() ? handle.value<QDBusObjectPath>().path()
                                                   : handle.toString();
  if (response != kGranted || !m_session.startsWith(u'/')) {
    m_session.clear();
    return setState(State::Refused);
  }
  m_question.bus().connect(PortalQuestion::kService, m_session, kSession, QStringLiteral("Closed"),
                           this, SLOT(sessionClosed()));
  bind();
}

void ShortcutPortal::bind() {
  QDBusMessage ask = m_question.call(QStringLiteral("BindShortcuts"));
  const QList<PortalShortcut> wanted{{kTalk,
                                      {{QStringLiteral("description"), m_description},
                                       {QStringLiteral("preferred_trigger"), m_trigger}}}};
  const QString token = m_question.awaitAnswer();
  ask << QVariant::fromValue(QDBusObjectPath(m_session)) << QVariant::fromValue(wanted) << QString()
      << QVariantMap{{QStringLiteral("handle_token"), token}};
  m_question.send(ask);
}

void ShortcutPortal::bindAnswered(uint response, const QVariantMap& results) {
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
  m_question.withdraw();
  if (!m_session.isEmpty()) {
    QDBusConnection& bus = m_question.bus();
    bus.disconnect(PortalQuestion::kService, m_session, kSession, QStringLiteral("Closed"), this,
                   SLOT(sessionClosed()));
    bus.send(QDBusMessage::createMethodCall(PortalQuestion::kService, m_session, kSession,
                                            QStringLiteral("Close")));
    m_session.clear();
  }
  m_keyWords.clear();
  m_state = State::Idle;
  letGo();
}

}  // namespace foyer::app
