#include "core/io/interfaces.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "tests/io/wait.h"

namespace foyer::io {
namespace {

TEST(Interfaces, loopbackAndLinkLocalV6RankLast) {
  const auto ip = [](const char* text) { return *IpAddress::parse(text); };
  std::vector<IpAddress> addresses{ip("127.0.0.1"),   ip("fe80::1"),     ip("::1"),
                                   ip("169.254.9.9"), ip("2001:db8::1"), ip("192.168.1.5")};
  rankAddresses(addresses);
  EXPECT_EQ(addresses,
            (std::vector<IpAddress>{ip("192.168.1.5"), ip("2001:db8::1"), ip("169.254.9.9"),
                                    ip("fe80::1"), ip("127.0.0.1"), ip("::1")}));
}

TEST(Interfaces, listsThisMachinesLoopback) {
  const auto all = listLocalAddresses();
  EXPECT_TRUE(std::ranges::any_of(all, [](const LocalAddress& a) { return a.ip.isLoopback(); }));
  const auto best = bestLocalAddress();
  const auto loopback = std::ranges::find(all, IpAddress::v4(127, 0, 0, 1), &LocalAddress::ip);
  ASSERT_NE(loopback, all.end());
  EXPECT_EQ(loopback->prefixBits, 8);
  if (best) {
    EXPECT_FALSE(best->isLoopback());
    EXPECT_EQ(*best, all.front().ip);
  }
}

TEST(AddressWatcher, aNewAddressIsToldAtOnceAndAgainAfterItSettled) {
  // An address of the documentation range on lo, which needs root; gone again in any case.
  SystemClock clock;
  EventLoop loop(clock);
  std::vector<TimePoint> calls;
  const auto watcher = AddressWatcher::start(loop, [&](TimePoint now) { calls.push_back(now); });
  ASSERT_TRUE(watcher);
  if (std::system("ip addr add 192.0.2.77/32 dev lo 2>/dev/null") != 0) {
    GTEST_SKIP() << "changing addresses is not permitted here";
  }
  EXPECT_TRUE(turnUntil(loop, [&] { return !calls.empty(); }));
  const auto all = listLocalAddresses();
  EXPECT_TRUE(std::ranges::any_of(
      all, [](const LocalAddress& a) { return a.ip == IpAddress::v4(192, 0, 2, 77); }));
  ASSERT_TRUE(turnUntil(loop, [&] { return calls.size() == 2; }));
  EXPECT_GE(calls[1] - calls[0], AddressWatcher::kSettle - AddressWatcher::kGather - 5ms);
  EXPECT_EQ(std::system("ip addr del 192.0.2.77/32 dev lo"), 0);
  EXPECT_TRUE(turnUntil(loop, [&] { return calls.size() == 4; }));
}

}  // namespace
}  // namespace foyer::io
