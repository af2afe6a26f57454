// The control socket itself, with a handler of the test's own: what strangers, slow readers and old
// files may do to it.
#include "core/engine/control_socket.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

namespace foyer::engine {
namespace {

QCoreApplication& application() {
  static int argc = 1;
  static char name[] = "control_tests";
  static char* argv[] = {name, nullptr};
  static QCoreApplication app(argc, argv);
  return app;
}

bool spinUntil(const std::function<bool()>& done, int limitMs = 10000) {
  QElapsedTimer timer;
  timer.start();
  while (!done() && timer.elapsed() < limitMs)
    QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 20);
  return done();
}

class ControlSocketTest : public ::testing::Test {
 protected:
  void SetUp() override {
    application();
    path = dir.filePath(QStringLiteral("control.sock"));
    control = std::make_unique<ControlSocket>(
        bus, [this](const ControlRequest&, const ControlReply& reply) { reply(answer); });
  }
  void connectClient() {
    client.connectToServer(path);
    ASSERT_TRUE(client.waitForConnected(1000));
  }
  void ask(const char* line) {
    client.write(line);
    client.write("\n");
    client.flush();
  }
  nlohmann::json nextLine() {
    if (!spinUntil([this] { return client.canReadLine(); })) return {};
    const QByteArray line = client.readLine();
    return nlohmann::json::parse(line.toStdString(), nullptr, false);
  }

  QTemporaryDir dir;
  QString path;
  EventBus bus;
  std::string answer = R"({"fine":true})";
  std::unique_ptr<ControlSocket> control;
  QLocalSocket client;
};

TEST_F(ControlSocketTest, isTheOwnersAloneAndAnswers) {
  ASSERT_TRUE(control->listen(path));
  struct stat info {};
  ASSERT_EQ(stat(path.toUtf8().constData(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
  connectClient();
  ask(R"({"v":1,"id":7,"verb":"x"})");
  EXPECT_EQ(nextLine(), nlohmann::json::parse(R"({"id":7,"result":{"fine":true}})"));
}

TEST_F(ControlSocketTest, whatIsNoRequestIsRefusedByName) {
  ASSERT_TRUE(control->listen(path));
  connectClient();
  for (const char* line : {"", "[]", "{", "7", R"({"verb":7})", R"({"verb":"x","args":[1]})"}) {
    ask(line);
    const auto reply = nextLine();
    ASSERT_TRUE(reply.contains("error")) << line;
    EXPECT_EQ(reply["error"]["code"], "malformed") << line;
  }
  ask(R"({"v":2,"verb":"x"})");
  EXPECT_EQ(nextLine()["error"]["code"], "version");
}

TEST_F(ControlSocketTest, aLineWithoutEndEndsTheConnectionAndNotTheService) {
  ASSERT_TRUE(control->listen(path));
  connectClient();
  client.write(QByteArray(ControlSocket::kMaxLineBytes + 1000, 'a'));
  EXPECT_TRUE(spinUntil([this] { return client.state() == QLocalSocket::UnconnectedState; }));
  connectClient();
  ask(R"({"verb":"x"})");
  EXPECT_TRUE(nextLine().contains("result"));
}

TEST_F(ControlSocketTest, aReaderThatSleptHearsHowMuchItMissedAndThenGoesOn) {
  ASSERT_TRUE(control->listen(path));
  connectClient();
  ask(R"({"verb":"events"})");
  ASSERT_TRUE(nextLine().contains("result"));
  client.setReadBufferSize(1);  // takes nothing out of the kernel's buffer any more
  const std::string text(500, 'x');
  std::int64_t published = 0;
  // More than the kernel, the socket's own buffer and the bus hold together.
  for (int round = 0; round < 40; ++round) {
    for (int i = 0; i < 1000; ++i, ++published)
      bus.publish({.name = "n", .timeMs = published, .about = {{"text", text}}});
    QCoreApplication::processEvents();
  }
  client.setReadBufferSize(0);
  std::int64_t heard = 0, lost = 0;
  while (lost == 0) {
    const auto line = nextLine();
    ASSERT_TRUE(line.is_object());
    ASSERT_TRUE(line["time_ms"].is_number_integer()) << line;
    if (line["event"] == "events:overflow")
      lost = line["lost"].get<std::int64_t>();
    else
      ASSERT_EQ(line["time_ms"], heard++) << "in order and without a gap before the overflow";
  }
  EXPECT_EQ(heard + lost, published);
  bus.publish({.name = "after", .timeMs = published});
  EXPECT_EQ(nextLine()["event"], "after");
}

TEST_F(ControlSocketTest, whoAsksOnAndOnWithoutReadingIsCutOff) {
  answer = R"({"text":")" + std::string(60000, 'x') + R"("})";
  ASSERT_TRUE(control->listen(path));
  connectClient();
  client.setReadBufferSize(1);
  const int needed = static_cast<int>(ControlSocket::kMaxUnsentBytes / 60000) * 4;
  int asked = 0;
  while (asked < needed && client.state() == QLocalSocket::ConnectedState) {
    ask(R"({"verb":"x"})");
    ++asked;
    QCoreApplication::processEvents();
  }
  client.setReadBufferSize(0);
  EXPECT_TRUE(spinUntil([this] {
    if (client.isOpen()) client.readAll();
    return client.state() == QLocalSocket::UnconnectedState;
  }));
}

TEST_F(ControlSocketTest, aDeadSocketIsReplacedALiveOneIsNot) {
  ASSERT_TRUE(control->listen(path));
  ControlSocket second(bus, [](const ControlRequest&, const ControlReply&) {});
  const auto refused = second.listen(path);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "already_running");
  // What a killed program leaves behind: the file, and nobody who listens.
  const QString dead = dir.filePath(QStringLiteral("dead.sock"));
  QLocalServer killed;
  killed.listen(path + "x");
  ASSERT_EQ(rename(QFile::encodeName(path + "x").constData(), QFile::encodeName(dead).constData()),
            0);
  killed.close();
  ASSERT_TRUE(QFile::exists(dead));
  EXPECT_TRUE(second.listen(dead));
}

TEST_F(ControlSocketTest, aFileOfSomebodyElseStays) {
  std::ofstream(path.toStdString()) << "my notes";
  const auto refused = control->listen(path);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "path_taken");
  EXPECT_TRUE(QFile::exists(path));
}

TEST_F(ControlSocketTest, moreConnectionsThanScriptsNeedAreClosed) {
  ASSERT_TRUE(control->listen(path));
  std::vector<std::unique_ptr<QLocalSocket>> many;
  for (int i = 0; i < ControlSocket::kMaxConnections + 4; ++i) {
    many.push_back(std::make_unique<QLocalSocket>());
    many.back()->connectToServer(path);
    ASSERT_TRUE(many.back()->waitForConnected(1000));
    QCoreApplication::processEvents();
  }
  const auto closed = [&] {
    return std::count_if(many.begin(), many.end(), [](const auto& socket) {
      return socket->state() == QLocalSocket::UnconnectedState;
    });
  };
  EXPECT_TRUE(spinUntil([&] { return closed() == 4; })) << closed();
  // A place that was left is free again, once the server has seen it.
  many.front()->abort();
  bool isServed = false;
  for (int attempt = 0; attempt < 50 && !isServed; ++attempt) {
    client.abort();
    client.connectToServer(path);
    client.waitForConnected(1000);
    ask(R"({"verb":"x"})");
    spinUntil(
        [&] { return client.canReadLine() || client.state() != QLocalSocket::ConnectedState; });
    isServed = client.canReadLine();
  }
  EXPECT_TRUE(isServed);
}

}  // namespace
}  // namespace foyer::engine
