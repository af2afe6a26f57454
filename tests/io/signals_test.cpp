#include "core/io/signals.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <cstring>

#include "core/io/resolver.h"
#include "tests/io/wait.h"

namespace foyer::io {
namespace {

TEST(Signals, arriveInTheLoopOneByOne) {
  blockSignals({SIGUSR1, SIGUSR2});
  SystemClock clock;
  EventLoop loop(clock);
  std::vector<int> got;
  const auto watcher =
      SignalWatcher::start(loop, {SIGUSR1, SIGUSR2}, [&](int signal) { got.push_back(signal); });
  ASSERT_TRUE(watcher);
  kill(getpid(), SIGUSR2);
  EXPECT_TRUE(turnUntil(loop, [&] { return got.size() == 1; }));
  kill(getpid(), SIGUSR1);
  EXPECT_TRUE(turnUntil(loop, [&] { return got.size() == 2; }));
  EXPECT_EQ(got, (std::vector<int>{SIGUSR2, SIGUSR1}));
}

TEST(Signals, theServiceManagerIsToldWhereItListens) {
  unsetenv("NOTIFY_SOCKET");
  EXPECT_FALSE(notifyServiceManager("READY=1"));

  const std::string name = "@foyer-notify-test-" + std::to_string(getpid());
  const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path + 1, name.data() + 1, name.size() - 1);
  const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + name.size());
  ASSERT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), length), 0);
  setenv("NOTIFY_SOCKET", name.c_str(), 1);
  EXPECT_TRUE(notifyServiceManager("READY=1"));
  std::array<char, 64> text{};
  EXPECT_EQ(recv(fd, text.data(), text.size(), MSG_DONTWAIT), 7);
  EXPECT_STREQ(text.data(), "READY=1");
  close(fd);
  EXPECT_FALSE(notifyServiceManager("STOPPING=1")) << "nobody listens any more";
  unsetenv("NOTIFY_SOCKET");
}

TEST(Resolver, addressesAndLocalhostComeBackInTheLoop) {
  SystemClock clock;
  EventLoop loop(clock);
  Resolver resolver(loop);
  std::vector<Resolver::Answer> answers;
  resolver.resolve("192.0.2.1", 7, [&](Resolver::Answer a) { answers.push_back(std::move(a)); });
  EXPECT_TRUE(answers.empty()) << "never inside the call";
  EXPECT_TRUE(turnUntil(loop, [&] { return answers.size() == 1; }));
  ASSERT_TRUE(answers[0]);
  EXPECT_EQ(answers[0]->front(), (SocketAddress{IpAddress::v4(192, 0, 2, 1), 7}));
  resolver.resolve("localhost", 8, [&](Resolver::Answer a) { answers.push_back(std::move(a)); });
  EXPECT_TRUE(turnUntil(loop, [&] { return answers.size() == 2; }));
  ASSERT_TRUE(answers[1]);
  EXPECT_TRUE(answers[1]->front().ip.isLoopback());
  EXPECT_EQ(answers[1]->front().port, 8);
}

TEST(Resolver, nothingArrivesAfterItIsGone) {
  SystemClock clock;
  EventLoop loop(clock);
  bool called = false;
  {
    Resolver resolver(loop);
    resolver.resolve("127.0.0.1", 1, [&](const Resolver::Answer&) { called = true; });
    resolver.resolve("localhost", 1, [&](const Resolver::Answer&) { called = true; });
  }
  for (int i = 0; i < 20; ++i) loop.runOnce(1ms);
  EXPECT_FALSE(called);
}

}  // namespace
}  // namespace foyer::io
