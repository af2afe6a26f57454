#include "app/foyer/desktop_quiet.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

namespace foyer::app {
namespace {

const auto kService = QStringLiteral("org.freedesktop.Notifications");
const auto kPath = QStringLiteral("/org/freedesktop/Notifications");
const auto kProperties = QStringLiteral("org.freedesktop.DBus.Properties");
const auto kInhibited = QStringLiteral("Inhibited");

}  // namespace

void DesktopQuiet::start() {
  QDBusConnection bus = QDBusConnection::sessionBus();
  if (!bus.isConnected()) return;
  bus.connect(kService, kPath, kProperties, QStringLiteral("PropertiesChanged"), this,
              SLOT(propertiesChanged(QString, QVariantMap, QStringList)));
  ask();
}

void DesktopQuiet::ask() {
  QDBusMessage question =
      QDBusMessage::createMethodCall(kService, kPath, kProperties, QStringLiteral("Get"));
  question << kService << kInhibited;
  // Nobody is started for it: a desktop without such a service disturbs as it likes.
  question.setAutoStartService(false);
  auto* watcher =
      new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(question), this);
  connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
    watcher->deleteLater();
    const QDBusPendingReply<QDBusVariant> reply = *watcher;
    take(!reply.isError() && reply.value().variant().toBool());
  });
}

void DesktopQuiet::propertiesChanged(const QString& interface, const QVariantMap& now,
                                     const QStringList& invalid) {
  if (interface != kService) return;
  if (now.contains(kInhibited)) return take(now.value(kInhibited).toBool());
  if (invalid.contains(kInhibited)) ask();
}

void DesktopQuiet::take(bool isQuiet) {
  if (isQuiet == m_isQuiet) return;
  m_isQuiet = isQuiet;
  emit changed();
}

}  // namespace foyer::app
