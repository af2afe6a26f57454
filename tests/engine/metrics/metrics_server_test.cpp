// The page of metrics over its real sockets: what it answers, and what strangers may do to it.
#include "core/engine/metrics_server.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QLocalSocket>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <algorithm>
#include <memory>
#include <vector>

namespace foyer::engine {
namespace {

QCoreApplication& application() {
  static int argc = 1;
  static char name[] = "metrics_tests";
  static char* argv[] = {name, nullptr};
  static QCoreApplication app(argc, argv);
  return app;
}

bool spinUntil(const std::function<bool()>& done, int limitMs = 15000) {
  QElapsedTimer timer;
  timer.start();
  while (!done() && timer.elapsed() < limitMs)
    QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 20);
  return done();
}

class MetricsServerTest : public ::testing::Test {
 protected:
  void SetUp() override { application(); }
  // A port that was free a moment ago.
  static MetricsAddress freePort() {
    QTcpServer probe;
    EXPECT_TRUE(probe.listen(QHostAddress::LocalHost, 0));
    return {{}, {*IpAddress::parse("127.0.0.1"), probe.serverPort()}};
  }
  QByteArray askAt(const MetricsAddress& where, const QByteArray& request) {
    QTcpSocket client;
    client.connectToHost(QHostAddress::LocalHost, where.loopback.port);
    bool isClosed = false;
    QObject::connect(&client, &QTcpSocket::disconnected, [&] { isClosed = true; });
    EXPECT_TRUE(spinUntil([&] { return client.state() == QAbstractSocket::ConnectedState; }));
    client.write(request);
    EXPECT_TRUE(spinUntil([&] { return isClosed; })) << request.toStdString();
    return client.readAll();
  }

  QTemporaryDir dir;
  int asked = 0;
  MetricsServer server{[this] {
    ++asked;
    return std::string("foyer_up 1\n");
  }};
};

TEST_F(MetricsServerTest, aLoopbackPortAnswersGetMetricsAndNothingElse) {
  const MetricsAddress where = freePort();
  ASSERT_TRUE(server.listen(where));
  const QByteArray page = askAt(where, "GET /metrics HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(page.startsWith("HTTP/1.0 200 OK\r\n")) << page.toStdString();
  EXPECT_TRUE(page.contains("Content-Type: text/plain; version=0.0.4"));
  EXPECT_TRUE(page.contains("Content-Length: 11\r\n"));
  EXPECT_TRUE(page.endsWith("\r\n\r\nfoyer_up 1\n"));
  EXPECT_EQ(asked, 1);
  struct Row {
    const char* request;
    const char* status;
  };
  for (const Row& row : {
           Row{"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "404"},
           Row{"POST /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n", "405"},
           Row{"GET /metrics HTTP/1.1\r\nHost: evil.example:80\r\n\r\n", "403"},
           Row{"GET /metrics HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\n\r\n", "403"},
           Row{"nonsense\r\n\r\n", "400"},
       })
    EXPECT_TRUE(askAt(where, row.request).startsWith(QByteArray("HTTP/1.0 ") + row.status))
        << row.request;
  EXPECT_EQ(asked, 1) << "nobody else was told anything";
  EXPECT_TRUE(askAt(where, "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:9464\r\n\r\n")
                  .startsWith("HTTP/1.0 200"));
}

TEST_F(MetricsServerTest, whoAsksForTooMuchIsCutOff) {
  const MetricsAddress where = freePort();
  ASSERT_TRUE(server.listen(where));
  const QByteArray answer =
      askAt(where, "GET /metrics HTTP/1.0\r\nX: " + QByteArray(20'000, 'x') + "\r\n\r\n");
  EXPECT_FALSE(answer.contains("foyer_up"));
  EXPECT_EQ(asked, 0);
}

TEST_F(MetricsServerTest, moreThanAFewAtOnceAreTurnedAwayAndSilentOnesEnd) {
  const MetricsAddress where = freePort();
  ASSERT_TRUE(server.listen(where));
  std::vector<std::unique_ptr<QTcpSocket>> silent;
  for (int i = 0; i < MetricsServer::kMaxConnections + 3; ++i) {
    silent.push_back(std::make_unique<QTcpSocket>());
    silent.back()->connectToHost(QHostAddress::LocalHost, where.loopback.port);
    ASSERT_TRUE(silent.back()->waitForConnected(5000));
  }
  const auto open = [&] {
    return std::count_if(silent.begin(), silent.end(), [](const auto& socket) {
      return socket->state() == QAbstractSocket::ConnectedState;
    });
  };
  EXPECT_TRUE(spinUntil([&] { return open() <= MetricsServer::kMaxConnections; }));
  // Those who say nothing make room again.
  EXPECT_TRUE(spinUntil([&] { return open() == 0; }));
  EXPECT_TRUE(askAt(where, "GET /metrics HTTP/1.0\r\n\r\n").contains("foyer_up"));
}

TEST_F(MetricsServerTest, aTakenPortIsSaid) {
  QTcpServer other;
  ASSERT_TRUE(other.listen(QHostAddress::LocalHost, 0));
  const auto listening = server.listen({{}, {*IpAddress::parse("127.0.0.1"), other.serverPort()}});
  ASSERT_FALSE(listening);
  EXPECT_EQ(listening.error().stage, "metrics");
  EXPECT_EQ(listening.error().code, "port_taken");
}

TEST_F(MetricsServerTest, aLocalSocketIsTheOwnersAloneAndAnOldOneIsReplaced) {
  const QString path = dir.filePath("metrics.sock");
  const MetricsAddress where{path.toStdString(), {}};
  ASSERT_TRUE(server.listen(where));
  struct stat info {};
  ASSERT_EQ(::stat(QFile::encodeName(path).constData(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
  QLocalSocket client;
  client.connectToServer(path);
  bool isClosed = false;
  QObject::connect(&client, &QLocalSocket::disconnected, [&] { isClosed = true; });
  client.write("GET /metrics HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(spinUntil([&] { return isClosed; }));
  EXPECT_TRUE(client.readAll().endsWith("foyer_up 1\n"));

  // One that answers stays; a file that is no socket stays; one that nobody answers on goes.
  MetricsServer second{[] { return std::string(); }};
  const auto taken = second.listen(where);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, "path_taken");
  QFile file(dir.filePath("file"));
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  EXPECT_FALSE(second.listen({file.fileName().toStdString(), {}}));
  EXPECT_TRUE(file.exists());
  EXPECT_FALSE(second.listen({dir.filePath("absent/metrics").toStdString(), {}}));
}

}  // namespace
}  // namespace foyer::engine
