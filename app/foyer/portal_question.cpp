#include "app/foyer/portal_question.h"

#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>

namespace foyer::app {
namespace {

const auto kRequest = QStringLiteral("org.freedesktop.portal.Request");
const auto kResponse = QStringLiteral("Response");

// Of the whole program: two questions under one token would hear each other's answers.
QString nextToken() {
  static int count = 0;
  return QStringLiteral("foyer%1").arg(++count);
}

}  // namespace

const QString PortalQuestion::kService = QStringLiteral("org.freedesktop.portal.Desktop");
const QString PortalQuestion::kPath = QStringLiteral("/org/freedesktop/portal/desktop");

PortalQuestion::PortalQuestion(const QString& interface, QObject* parent)
    : QObject(parent), m_interface(interface) {
  // By its name too: Qt looks the types of a slot up so, and refuses a slot whose type it never
  // met.
  qRegisterMetaType<QDBusObjectPath>();
  connect(&m_watcher, &QDBusServiceWatcher::serviceUnregistered, this, &PortalQuestion::gone);
}

bool PortalQuestion::reach() {
  if (!m_bus.isConnected()) m_bus = QDBusConnection::sessionBus();
  if (!m_bus.isConnected()) return false;
  if (m_watcher.watchedServices().isEmpty()) {
    m_watcher.setConnection(m_bus);
    m_watcher.addWatchedService(kService);
    m_watcher.setWatchMode(QDBusServiceWatcher::WatchForUnregistration);
  }
  return true;
}

QDBusMessage PortalQuestion::call(const QString& method) const {
  return QDBusMessage::createMethodCall(kService, kPath, m_interface, method);
}

QString PortalQuestion::awaitAnswer() {
  const QString token = nextToken();
  QString sender = m_bus.baseService().mid(1);
  sender.replace(u'.', u'_');
  m_requestPath =
      QStringLiteral("/org/freedesktop/portal/desktop/request/%1/%2").arg(sender, token);
  m_bus.connect(kService, m_requestPath, kRequest, kResponse, this,
                SLOT(responded(uint, QVariantMap)));
  return token;
}

void PortalQuestion::send(const QDBusMessage& question) {
  auto* watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(question), this);
  connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, round = m_round] {
    watcher->deleteLater();
    if (!watcher->isError() || round != m_round) return;
    // A dialog that comes late all the same would ask for nobody.
    withdraw();
    emit failed();
  });
}

void PortalQuestion::stopListening() {
  ++m_round;
  if (m_requestPath.isEmpty()) return;
  m_bus.disconnect(kService, m_requestPath, kRequest, kResponse, this,
                   SLOT(responded(uint, QVariantMap)));
  m_requestPath.clear();
}

void PortalQuestion::responded(uint response, const QVariantMap& results) {
  if (m_requestPath.isEmpty()) return;
  stopListening();
  emit answered(response, results);
}

void PortalQuestion::withdraw() {
  if (m_requestPath.isEmpty()) return;
  QDBusMessage close =
      QDBusMessage::createMethodCall(kService, m_requestPath, kRequest, QStringLiteral("Close"));
  // A portal that is gone is not started to hear it.
  close.setAutoStartService(false);
  m_bus.send(close);
  stopListening();
}

}  // namespace foyer::app
