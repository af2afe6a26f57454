#include "core/base/bytes.h"

#include <gtest/gtest.h>

#include "core/base/address.h"
#include "core/base/bounded_queue.h"
#include "core/base/random.h"
#include "core/base/spsc_ring.h"

#include <thread>

namespace foyer {
namespace {

TEST(Bytes, everyLengthSurvivesBothTextForms) {
  SeededRandom random(1);
  for (std::size_t length = 0; length < 70; ++length) {
    Bytes bytes(length);
    random.fill(bytes);
    EXPECT_EQ(fromHex(toHex(bytes)), bytes);
    EXPECT_EQ(fromBase64Url(toBase64Url(bytes)), bytes);
  }
}

TEST(Bytes, onlyTheCanonicalTextDecodes) {
  EXPECT_EQ(toBase64Url(viewOf("\xff\xfe")), "__4");
  EXPECT_FALSE(fromBase64Url("__5"));   // left-over bits set
  EXPECT_FALSE(fromBase64Url("__4="));  // padding
  EXPECT_FALSE(fromBase64Url("a"));
  EXPECT_FALSE(fromBase64Url("a+b/"));
  EXPECT_FALSE(fromHex("0"));
  EXPECT_FALSE(fromHex("AB"));
  EXPECT_FALSE(fromHex("0g"));
}

TEST(Address, textFormsRoundTrip) {
  for (const char* text : {"127.0.0.1:1", "10.0.0.1:65535", "[2001:db8::1]:443", "[fe80::1%3]:9"}) {
    const auto parsed = SocketAddress::parse(text);
    ASSERT_TRUE(parsed) << text;
    EXPECT_EQ(parsed->toString(), text);
  }
  for (const char* text : {"", ":1", "1.2.3.4", "1.2.3.4:", "1.2.3.4:65536", "::1:5", "[1.2.3.4]:5",
                           "[::1]5", "[::1", "1.2.3.4:5x", "1.2.3.4:-5"})
    EXPECT_FALSE(SocketAddress::parse(text)) << text;
  EXPECT_FALSE(IpAddress::parse(std::string_view("1.2.3.4\0.example", 16)));
}

TEST(Address, mappedAddressesAreOneAddress) {
  EXPECT_EQ(IpAddress::parse("::ffff:10.0.0.1"), IpAddress::v4(10, 0, 0, 1));
  EXPECT_TRUE(IpAddress::v4(100, 64, 0, 1).isPrivate());
  EXPECT_FALSE(IpAddress::v4(100, 128, 0, 1).isPrivate());
  EXPECT_TRUE(IpAddress::parse("fd00::1")->isPrivate());
  EXPECT_TRUE(IpAddress::parse("fe80::1")->isLinkLocal());
  EXPECT_TRUE(IpAddress::parse("::1")->isLoopback());
}

TEST(BoundedQueue, dropsTheOldestAndCountsIt) {
  BoundedQueue<int> queue(2, WhenFull::DropOldest);
  EXPECT_TRUE(queue.push(1));
  EXPECT_TRUE(queue.push(2));
  EXPECT_TRUE(queue.push(3));
  EXPECT_EQ(queue.dropped(), 1U);
  EXPECT_EQ(queue.pop(), 2);
  EXPECT_EQ(queue.pop(), 3);
  EXPECT_EQ(queue.pop(), std::nullopt);
}

TEST(SpscRing, twoThreadsSeeEveryItemInOrder) {
  constexpr int kItems = 200000;
  SpscRing<int> ring(64);
  std::thread producer([&] {
    for (int i = 0; i < kItems; ++i)
      while (!ring.tryPush(i)) std::this_thread::yield();
  });
  int expected = 0;
  while (expected < kItems) {
    int got = 0;
    if (ring.tryPop(got)) {
      ASSERT_EQ(got, expected);
      ++expected;
    }
  }
  producer.join();
  EXPECT_TRUE(ring.isEmpty());
}

TEST(Random, boundedDrawsAreUniformAndInRange) {
  SeededRandom random(7);
  std::array<int, 6> seen{};
  for (int i = 0; i < 60000; ++i) ++seen[random.below(6)];
  for (const int n : seen) EXPECT_NEAR(n, 10000, 500);
}

}  // namespace
}  // namespace foyer
