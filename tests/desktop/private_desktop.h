// A session bus and an X11 server of the test's own, in the environment of the process while this
// lives; helpers to wait for an event and to press keys as a person would.
#pragma once

#include <sys/prctl.h>
#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>

#include <QDeadlineTimer>
#include <QEventLoop>
#include <QProcess>
#include <QStandardPaths>
#include <QStringList>
#include <csignal>
#include <functional>

namespace foyer::test {

// Runs the event loop until `holds` does; false after `ms`.
inline bool waitUntil(const std::function<bool()>& holds, int ms = 5000) {
  const QDeadlineTimer deadline(ms);
  while (!holds()) {
    if (deadline.hasExpired()) return false;
    QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  }
  return true;
}

class PrivateDesktop {
 public:
  PrivateDesktop() {
    // A test that crashes leaves nothing behind.
    for (QProcess* process : {&m_screen, &m_bus})
      process->setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_bus.start(QStringLiteral("dbus-daemon"),
                {QStringLiteral("--session"), QStringLiteral("--nofork"),
                 QStringLiteral("--nopidfile"), QStringLiteral("--print-address=1")});
    qputenv("DBUS_SESSION_BUS_ADDRESS", firstLineOf(m_bus));
    m_screen.start(QStringLiteral("Xvfb"),
                   {QStringLiteral("-displayfd"), QStringLiteral("1"), QStringLiteral("-screen"),
                    QStringLiteral("0"), QStringLiteral("320x240x24"), QStringLiteral("-nolisten"),
                    QStringLiteral("tcp")});
    qputenv("DISPLAY", ":" + firstLineOf(m_screen));
  }
  ~PrivateDesktop() {
    for (QProcess* process : {&m_screen, &m_bus}) {
      process->terminate();
      if (!process->waitForFinished(3000)) process->kill();
    }
  }
  PrivateDesktop(const PrivateDesktop&) = delete;
  PrivateDesktop& operator=(const PrivateDesktop&) = delete;

  [[nodiscard]] static bool hasKeys() {
    return !QStandardPaths::findExecutable(QStringLiteral("Xvfb")).isEmpty() &&
           !QStandardPaths::findExecutable(QStringLiteral("xdotool")).isEmpty();
  }
  // "keydown F9", "key --clearmodifiers a".
  static bool xdotool(const QString& words) {
    return QProcess::execute(QStringLiteral("xdotool"), words.split(u' ')) == 0;
  }

 private:
  static QByteArray firstLineOf(QProcess& process) {
    constexpr int kStartMs = 10'000;
    const QDeadlineTimer deadline(kStartMs);
    while (!process.canReadLine() && !deadline.hasExpired()) process.waitForReadyRead(200);
    return process.readLine().trimmed();
  }

  QProcess m_bus, m_screen;
};

// A service of the desktop on a connection of its own, answering what a test lets it answer. Every
// call is kept; `answer` makes the reply, or an error, or nothing at all.
class StandIn : public QDBusVirtualObject {
 public:
  using Answer = std::function<QDBusMessage(const QDBusMessage&)>;

  StandIn(const QString& service, const QString& path, Answer answer)
      : m_answer(std::move(answer)),
        m_name(service + QStringLiteral(" stand-in")),
        m_service(service),
        m_bus(QDBusConnection::connectToBus(QDBusConnection::SessionBus, m_name)) {
    m_bus.registerVirtualObject(path, this, QDBusConnection::SubPath);
    m_isThere = m_bus.registerService(service);
  }
  ~StandIn() override {
    m_bus.unregisterService(m_service);
    QDBusConnection::disconnectFromBus(m_name);
  }

  [[nodiscard]] bool isThere() const { return m_isThere; }
  [[nodiscard]] QDBusConnection& bus() { return m_bus; }
  [[nodiscard]] int countOf(const QString& member) const {
    int count = 0;
    for (const auto& call : calls) count += call.member() == member ? 1 : 0;
    return count;
  }
  // A signal of this service.
  void tell(const QString& path, const QString& interface, const QString& member,
            const QVariantList& arguments) {
    QDBusMessage signal = QDBusMessage::createSignal(path, interface, member);
    signal.setArguments(arguments);
    m_bus.send(signal);
  }

  [[nodiscard]] QString introspect(const QString&) const override { return {}; }
  bool handleMessage(const QDBusMessage& message, const QDBusConnection& connection) override {
    // Qt calls this in its bus thread.
    QMetaObject::invokeMethod(
        this,
        [this, message, connection] {
          calls.append(message);
          const QDBusMessage reply = m_answer(message);
          if (reply.type() != QDBusMessage::InvalidMessage) connection.send(reply);
        },
        Qt::QueuedConnection);
    return true;
  }

  QList<QDBusMessage> calls;

 private:
  Answer m_answer;
  QString m_name, m_service;
  QDBusConnection m_bus;
  bool m_isThere = false;
};

}  // namespace foyer::test
