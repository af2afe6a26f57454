// The real SystemNetwork against a message bus of its own, on which this same program, started
// once more, answers as NetworkManager. Skipped where dbus-daemon or Qt's plugin is missing.
#include "core/engine/system_network.h"

#include <gtest/gtest.h>

#include <unistd.h>
#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QDBusVirtualObject>
#include <QElapsedTimer>
#include <QNetworkInformation>
#include <QProcess>
#include <QSignalSpy>
#include <QSocketNotifier>
#include <QStandardPaths>
#include <cstdio>

namespace foyer::engine {
namespace {

constexpr const char* kService = "org.freedesktop.NetworkManager";
constexpr const char* kPath = "/org/freedesktop/NetworkManager";
constexpr const char* kProperties = "org.freedesktop.DBus.Properties";
constexpr uint kYes = 1, kNo = 2;       // NMMetered
constexpr uint kPortal = 2, kFull = 4;  // NMConnectivityState
constexpr int kDeadlineMs = 10'000;

// NetworkManager as far as it is asked: its properties.
class Manager : public QDBusVirtualObject {
 public:
  [[nodiscard]] QString introspect(const QString&) const override { return {}; }
  bool handleMessage(const QDBusMessage& message, const QDBusConnection& bus) override {
    const QVariantMap all = properties();
    if (message.member() == QLatin1String("GetAll"))
      return bus.send(message.createReply(QVariant(all)));
    if (message.member() != QLatin1String("Get")) return false;
    const QVariant value = all.value(message.arguments().value(1).toString());
    return bus.send(message.createReply(QVariant::fromValue(QDBusVariant(value))));
  }
  void setMetered(uint metered) { tell("Metered", m_metered = metered); }
  void setConnectivity(uint state) { tell("Connectivity", m_connectivity = state); }

 private:
  static void tell(const char* name, uint value) {
    QDBusMessage changed = QDBusMessage::createSignal(kPath, kProperties, "PropertiesChanged");
    changed << QString(kService) << QVariantMap{{name, value}} << QStringList();
    QDBusConnection::systemBus().send(changed);
  }
  [[nodiscard]] QVariantMap properties() const {
    return {{"Metered", m_metered}, {"Connectivity", m_connectivity}, {"State", uint{70}}};
  }
  uint m_metered = kNo;
  uint m_connectivity = kFull;
};

// On standard input "m" or "c" and a digit are the new value of Metered or Connectivity; ends with
// it.
int serve() {
  Manager manager;
  auto bus = QDBusConnection::systemBus();
  if (!bus.registerVirtualObject(kPath, &manager) || !bus.registerService(kService)) return 1;
  QSocketNotifier commands(STDIN_FILENO, QSocketNotifier::Read);
  QObject::connect(&commands, &QSocketNotifier::activated, [&manager] {
    char what[2] = {};
    if (read(STDIN_FILENO, what, sizeof what) != sizeof what) return QCoreApplication::quit();
    const auto value = static_cast<uint>(what[1] - '0');
    if (what[0] == 'm') manager.setMetered(value);
    if (what[0] == 'c') manager.setConnectivity(value);
  });
  std::puts("serving");
  std::fflush(stdout);
  return QCoreApplication::exec();
}

QByteArray lineOf(QProcess& process) {
  QElapsedTimer timer;
  timer.start();
  while (!process.canReadLine() && timer.elapsed() < kDeadlineMs) process.waitForReadyRead(50);
  return process.readLine().trimmed();
}

TEST(SystemNetwork, followsWhatNetworkManagerSays) {
  const QString daemon = QStandardPaths::findExecutable("dbus-daemon");
  if (daemon.isEmpty()) GTEST_SKIP() << "dbus-daemon is missing";
  QProcess bus;
  bus.start(daemon, {"--session", "--nofork", "--nopidfile", "--print-address=1"});
  const QByteArray address = lineOf(bus);
  ASSERT_FALSE(address.isEmpty());
  // Before anything here looked at the system's bus.
  qputenv("DBUS_SYSTEM_BUS_ADDRESS", address);
  QProcess manager;
  manager.start(QCoreApplication::applicationFilePath(), {"--serve"});
  ASSERT_EQ(lineOf(manager), "serving");

  SystemNetwork network;
  if (QNetworkInformation::instance() == nullptr) GTEST_SKIP() << "Qt has no plugin for it";
  QSignalSpy changed(&network, &SystemNetwork::changed);
  const auto becomes = [&](bool isMetered, bool isCaptive) {
    const auto is = [&] {
      return network.isMetered() == isMetered && network.isCaptive() == isCaptive;
    };
    QElapsedTimer timer;
    timer.start();
    while (!is() && timer.elapsed() < kDeadlineMs)
      QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    return is();
  };
  EXPECT_TRUE(becomes(false, false));
  manager.write("m" + QByteArray::number(kYes));
  EXPECT_TRUE(becomes(true, false));
  manager.write("c" + QByteArray::number(kPortal));
  EXPECT_TRUE(becomes(true, true));
  manager.write("m" + QByteArray::number(kNo));
  EXPECT_TRUE(becomes(false, true));
  manager.write("c" + QByteArray::number(kFull));
  EXPECT_TRUE(becomes(false, false));
  EXPECT_EQ(changed.size(), 4);
  manager.closeWriteChannel();
  EXPECT_TRUE(manager.waitForFinished(kDeadlineMs));
  bus.terminate();
  EXPECT_TRUE(bus.waitForFinished(kDeadlineMs));
}

}  // namespace
}  // namespace foyer::engine

int main(int argc, char** argv) {
  QCoreApplication application(argc, argv);
  if (application.arguments().contains("--serve")) return foyer::engine::serve();
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
