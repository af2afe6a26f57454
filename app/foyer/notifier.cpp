#include "app/foyer/notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QVariantMap>
#include <utility>

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
  connect(app.lobby(), &LobbyPresenter::changed, this, &Notifier::tellMissed);
  connect(app.relay(), &RelayPresenter::changed, this, &Notifier::tellRelayFault);
}

void Notifier::refresh() {
  const IncomingShown& shown = m_app.incoming()->shown();
  const bool rings = shown.ringing;
  // Another one may have rung meanwhile, and is shown when the first gives up.
  const QString caller = rings ? shown.name + u' ' + shown.tag : QString();
  if (rings == m_isRinging && caller == m_caller) return;
  m_caller = caller;
  m_isRinging = rings;
  m_hasRung = m_hasRung || rings;
  rings ? show() : withdraw();
}

void Notifier::listen(QDBusConnection& bus) {
  if (!m_isConnected) {
    m_isConnected = true;
    bus.connect(kService, kPath, kService, QStringLiteral("ActionInvoked"), this,
                SLOT(actionInvoked(uint, QString)));
    bus.connect(kService, kPath, kService, QStringLiteral("NotificationClosed"), this,
                SLOT(notificationClosed(uint, uint)));
  }
}

void Notifier::tellMissed() {
  const QString missed = m_app.lobby()->shown().missed;
  if (missed == m_missed.words) return;
  m_missed.words = missed;
  // Calls of an earlier day are no news, and who is not to be disturbed was not rung.
  if (missed.isEmpty() || std::exchange(m_hasRung, false)) tell(m_missed, {}, "call.unanswered");
}

void Notifier::tellRelayFault() {
  const RelayShown& shown = m_app.relay()->shown();
  if (shown.faultTitle == m_relayFault.words) return;
  m_relayFault.words = shown.faultTitle;
  // Who has the window before them reads it there.
  if (shown.faultTitle.isEmpty() || QGuiApplication::applicationState() != Qt::ApplicationActive)
    tell(m_relayFault, tr("Relay on this computer") + QStringLiteral(". ") + shown.faultAdvice,
         "network.error");
}

void Notifier::tell(Told& told, const QString& body, const char* category) {
  QDBusConnection bus = QDBusConnection::sessionBus();
  if (!bus.isConnected()) return;
  if (told.words.isEmpty()) {
    if (told.id != 0) close(std::exchange(told.id, 0));
    return;
  }
  listen(bus);
  QDBusMessage message =
      QDBusMessage::createMethodCall(kService, kPath, kService, QStringLiteral("Notify"));
  const QVariantMap hints = {{QStringLiteral("category"), QString::fromLatin1(category)}};
  message << QStringLiteral("Foyer") << told.id << QStringLiteral("foyer") << told.words
          << body.toHtmlEscaped() << QStringList{kDefault, tr("Show")} << hints << int{-1};
  auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(message), this);
  connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, &told] {
    watcher->deleteLater();
    const QDBusPendingReply<uint> reply = *watcher;
    if (reply.isError()) return;
    told.id = reply.value();
    if (told.words.isEmpty()) close(std::exchange(told.id, 0));
  });
}

void Notifier::show() {
  QDBusConnection bus = QDBusConnection::sessionBus();
  if (!bus.isConnected()) return;
  listen(bus);
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
  message << QStringLiteral("Foyer") << m_id << QStringLiteral("foyer")
          << tr("%1 is calling").arg(shown.name.toHtmlEscaped())
          << shown.trustText + QStringLiteral(" · ") + shown.microphone << actions << hints
          << int{0};
  auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(message), this);
  connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
    watcher->deleteLater();
    const QDBusPendingReply<uint> reply = *watcher;
    if (reply.isError()) return;
    // Asked before the one before it was answered: that one could not be replaced.
    if (m_id != 0 && m_id != reply.value()) close(m_id);
    m_id = reply.value();
    if (!m_isRinging) withdraw();  // it was decided before the desktop had answered
  });
}

void Notifier::withdraw() {
  if (m_id != 0) close(std::exchange(m_id, 0));
}

void Notifier::close(uint id) {
  QDBusMessage message = QDBusMessage::createMethodCall(kService, kPath, kService,
                                                        QStringLiteral("CloseNotification"));
  message << id;
  QDBusConnection::sessionBus().send(message);
}

void Notifier::actionInvoked(uint id, const QString& action) {
  if (id != 0 && id == m_relayFault.id) m_app.showRelay();
  if (id != 0 && (id == m_missed.id || id == m_relayFault.id)) {
    emit windowWanted();
    return;
  }
  if (id != m_id || m_id == 0 || !m_isRinging) return;
  if (action == kAccept) m_app.incoming()->accept();
  if (action == kDecline) m_app.incoming()->decline();
  if (action != kDecline) emit windowWanted();
}

void Notifier::notificationClosed(uint id, uint) {
  if (id == m_id) m_id = 0;
  if (id == m_missed.id) m_missed.id = 0;
  if (id == m_relayFault.id) m_relayFault.id = 0;
}

}  // namespace foyer::app
