#include "core/net/impairment.h"

#include <gtest/gtest.h>

#include <vector>

namespace foyer::net {
namespace {

class ImpairmentTest : public ::testing::Test {
 protected:
  struct Left {
    TimePoint at;
    std::size_t size;
    SocketAddress remote;
    std::uint8_t ecn;
  };
  // So many packets of `size` bytes in one batch.
  void send(std::size_t packets, std::size_t size = 100) {
    const Bytes bytes(packets * size, 0x5a);
    TransmitBatch batch;
    batch.remote = *SocketAddress::parse("192.0.2.1:4710");
    batch.ecn = 2;
    batch.segmentSize = size;
    batch.payload = bytes;
    impairment.take(now, batch, sink());
    impairment.release(now, sink());
  }
  TransmitSink sink() {
    return [this](const TransmitBatch& batch) {
      ++batches;
      for (std::size_t i = 0; i < batch.packets(); ++i)
        left.push_back({now, batch.segmentSize, batch.remote, batch.ecn});
    };
  }
  void runUntil(TimePoint end) {
    for (auto next = impairment.pollTimeout(); next && *next <= end;
         next = impairment.pollTimeout()) {
      ASSERT_GE(*next, now) << "a wake-up in the past would spin the loop";
      now = *next;
      impairment.release(now, sink());
    }
    now = end;
  }
  static ImpairmentSpec with(int delayMs, int jitterMs, double lossPercent, int rateKbps) {
    return {delayMs, jitterMs, lossPercent, rateKbps};
  }

  SeededRandom random{7};
  Impairment impairment{random};
  TimePoint now = TimePoint{} + std::chrono::seconds(10);
  const TimePoint start = now;
  std::vector<Left> left;
  int batches = 0;
};

TEST_F(ImpairmentTest, withoutAnyABatchGoesOnUntouched) {
  send(5);
  EXPECT_EQ(batches, 1) << "still one segmented message";
  EXPECT_EQ(left.size(), 5U);
  EXPECT_FALSE(impairment.pollTimeout());
}

TEST_F(ImpairmentTest, aDelayIsKeptToTheNanosecondAndNothingElseChanges) {
  impairment.configure(with(120, 0, 0, 0));
  send(3, 200);
  EXPECT_TRUE(left.empty());
  runUntil(start + std::chrono::seconds(1));
  ASSERT_EQ(left.size(), 3U);
  for (const Left& packet : left) {
    EXPECT_EQ(packet.at, start + std::chrono::milliseconds(120));
    EXPECT_EQ(packet.size, 200U);
    EXPECT_EQ(packet.ecn, 2);
    EXPECT_EQ(packet.remote.toString(), "192.0.2.1:4710");
  }
  EXPECT_EQ(impairment.counters().sent, 3U);
}

TEST_F(ImpairmentTest, lossTakesTheWantedShare) {
  impairment.configure(with(0, 0, 20, 0));
  for (int i = 0; i < 1000; ++i) send(10);
  EXPECT_NEAR(static_cast<double>(left.size()), 8000, 200);
  EXPECT_EQ(impairment.counters().lost + left.size(), 10'000U);
  impairment.configure(with(0, 0, 100, 0));
  left.clear();
  send(50);
  EXPECT_TRUE(left.empty());
}

TEST_F(ImpairmentTest, jitterSpreadsAndKeepsTheOrder) {
  impairment.configure(with(50, 40, 0, 0));
  for (std::size_t i = 1; i <= 300; ++i) {
    send(1, i);  // the size is the number
    runUntil(now + std::chrono::milliseconds(20));
  }
  runUntil(now + std::chrono::seconds(1));
  ASSERT_EQ(left.size(), 300U);
  Duration least = std::chrono::seconds(1), most{};
  for (std::size_t i = 0; i < left.size(); ++i) {
    ASSERT_EQ(left[i].size, i + 1);
    const Duration took = left[i].at - (start + std::chrono::milliseconds(20 * i));
    least = std::min(least, took);
    most = std::max(most, took);
  }
  EXPECT_GE(least, std::chrono::milliseconds(50));
  EXPECT_LT(least, std::chrono::milliseconds(55));
  EXPECT_GT(most, std::chrono::milliseconds(85));
  EXPECT_LE(most, std::chrono::milliseconds(90));
}

TEST_F(ImpairmentTest, theRateHoldsAndItsQueueIsShort) {
  impairment.configure(with(0, 0, 0, 80));  // 10 bytes a millisecond
  send(100, 72);                            // each 100 bytes of IP: 10 ms
  runUntil(start + std::chrono::seconds(5));
  // 200 ms fit, and the one on the way.
  EXPECT_EQ(left.size(), 21U);
  EXPECT_EQ(left.front().at, start + std::chrono::milliseconds(10));
  EXPECT_EQ(left.back().at, start + std::chrono::milliseconds(210));
  EXPECT_EQ(impairment.counters().overflowed, 79U);
}

TEST_F(ImpairmentTest, whatWaitsStaysInFrontWhenItIsSwitchedOff) {
  impairment.configure(with(100, 0, 0, 0));
  send(1, 1);
  impairment.configure({});
  send(1, 2);
  runUntil(start + std::chrono::seconds(1));
  ASSERT_EQ(left.size(), 2U);
  EXPECT_EQ(left[0].size, 1U);
  EXPECT_EQ(left[1].size, 2U);
  send(1, 3);
  EXPECT_EQ(left.size(), 3U) << "and then it is as if it had never been";
}

TEST_F(ImpairmentTest, itsMemoryIsBounded) {
  impairment.configure(with(ImpairmentSpec::kMostDelayMs, 0, 0, 0));
  for (int i = 0; i < 100; ++i) send(60);
  runUntil(start + std::chrono::seconds(10));
  EXPECT_EQ(left.size(), Impairment::kMaxWaiting);
  EXPECT_EQ(impairment.counters().overflowed, 6000 - Impairment::kMaxWaiting);
}

TEST_F(ImpairmentTest, whatMakesNoSenseChangesNothing) {
  impairment.configure(with(10, 0, 0, 0));
  for (const ImpairmentSpec& bad : {with(-1, 0, 0, 0), with(5001, 0, 0, 0), with(0, -1, 0, 0),
                                    with(0, 0, 101, 0), with(0, 0, -1, 0), with(0, 0, 0, 3)}) {
    EXPECT_FALSE(bad.isValid());
    impairment.configure(bad);
    EXPECT_EQ(impairment.spec(), with(10, 0, 0, 0));
  }
}

}  // namespace
}  // namespace foyer::net
