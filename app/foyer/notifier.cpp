#include "app/foyer/notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QVariantMap>

namespace foyer::app {
namespace {

const auto kService = QStringLiteral("org.freedesktop.Notifications");
const auto kPath = QStringLiteral("/org/freedesktop/Notifications");
const auto kAccept = QStringLiteral("accept");
const auto kDecline = QStringLiteral("decline");
const auto kDefault = QStringLiteral("default");
constexpr uchar kCritical = 2;  // stays until it is answered

}  // namespace

Notifier::Notifier(AppPresenter& app, QObject* parent) : QObject(parent), m_app(app) {
  connect(app.incoming(), &IncomingPresenter::changed, this, &Notifier::refresh);
}

void Notifier::refresh() {
  const bool rings = m_app.incoming()->shown().ringing;
  if (rings == m_isRinging) return;
  m_isRinging = rings;
  rings ? show() : withdraw();
}

void Notifier::show() {
  QDBusConnection bus = QDBusConnection::sessionBus();
  if (!bus.isConnected()) return;
  if (!m_isConnected) {
    m_isConnected = true;
    bus.connect(kService, kPath, kService, QStringLiteral("ActionInvoked"), this,
                SLOT(actionInvoked(uint, QString)));
    bus.connect(kService, kPath, kService, QStringLiteral("NotificationClosed"), this,
                SLOT(notificationClosed(uint, uint)));
  }
  const IncomingShown& shown = m_app.incoming()->shown();
  QDBusMessage message =
      QDBusMessage::createMethodCall(kService, kPath, kService, QStringLiteral("Notify"));
  const QStringList actions = {
      kAccept,  shown.second ? tr("End this call and accept") : tr("Accept"),
      kDecline, tr("Decline"),
      kDefault, tr("Show")};
  const QVariantMap hints = {{QStringLiteral("urgency"), QVariant::fromValue(kCritical)},
                             {QStringLiteral("category"), QStringLiteral("call.incoming")},
                             {QStringLiteral("resident"), true}};
  message << QStringLiteral("Foyer") << uint{0} << QStringLiteral("foyer")
          << tr("%1 is calling").arg(shown.name.toHtmlEscaped())
          << shown.trustText + QStringLiteral(" · ") + shown.microphone << actions << hints
          << int{0};
  auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(message), this);
  connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
    watcher->deleteLater();
    const QDBusPendingReply<uint> reply = *watcher;
    if (reply.isError()) return;
    m_id = reply.value();
    if (!m_isRinging) withdraw();  // it was decided before the desktop had answered
  });
}

void Notifier::withdraw() {
  if (m_id == 0) return;
  QDBusMessage message = QDBusMessage::createMethodCall(kService, kPath, kService,
                                                        QStringLiteral("CloseNotification"));
  message << m_id;
  QDBusConnection::sessionBus().send(message);
  m_id = 0;
}

void Notifier::actionInvoked(uint id, const QString& action) {
  if (id != m_id || m_id == 0 || !m_isRinging) return;
  if (action == kAccept) m_app.incoming()->accept();
  if (action == kDecline) m_app.incoming()->decline();
  if (action != kDecline) emit windowWanted();
}

void Notifier::notificationClosed(uint id, uint) {
  if (id == m_id) m_id = 0;
}

}  // namespace foyer::app
