// Packets become longer in steps: how much sound has to be invented when a call changes its tier.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/wire/tiers.h"
#include "tests/media/media_trace.h"

namespace foyer::media {
namespace {

using wire::PacketTime;
using wire::Tier;

const VoiceCodecFactory kCodecs;

EncoderSettings settingsOf(Tier name) {
  const wire::TierInfo& tier = wire::tierInfo(name);
  return {.codec = tier.codec,
          .time = tier.packetTime,
          .bitrateBps = static_cast<int>(tier.bitrateBps),
          .inBandFec = false,
          .expectedLossPercent = 0};
}

using Times = std::vector<int>;  // ms

// Of the next frames after one of `from`, until `count` were made.
Times timesAfter(PacketTime from, wire::CodecId codec, PacketTime wanted, int count) {
  PacketTimeSteps steps;
  for (int i = 0; i < 10; ++i) steps.onFrame(from);
  Times times;
  for (int i = 0; i < count; ++i) {
    const PacketTime time = steps.next(codec, wanted);
    EXPECT_EQ(steps.next(codec, wanted), time) << "asking changes nothing";
    steps.onFrame(time);
    times.push_back(static_cast<int>(toMilliseconds(wire::durationOf(time))));
  }
  return times;
}

TEST(PacketTimeSteps, areTwoPacketsOfEachAndWithinSixTenthsOfASecond) {
  constexpr auto kOpus = wire::CodecId::Opus;
  const struct {
    PacketTime from;
    wire::CodecId codec;
    PacketTime wanted;
    Times times;
  } rows[] = {
      {PacketTime::Ms20, kOpus, PacketTime::Ms120, {40, 40, 60, 60, 80, 80, 100, 100, 120, 120}},
      {PacketTime::Ms40, kOpus, PacketTime::Ms120, {60, 60, 80, 80, 100, 100, 120, 120}},
      {PacketTime::Ms10, kOpus, PacketTime::Ms20, {20, 20, 20}},
      {PacketTime::Ms10, kOpus, PacketTime::Ms40, {20, 20, 40, 40}},
      {PacketTime::Ms20, wire::CodecId::Codec2_1200, PacketTime::Ms120, {40, 40, 80, 80, 120, 120}},
      {PacketTime::Ms60, wire::CodecId::Codec2_1200, PacketTime::Ms120, {80, 80, 120, 120}},
      {PacketTime::Ms20, wire::CodecId::Codec2_3200, PacketTime::Ms60, {40, 40, 60, 60}},
      // Shorter ones at once.
      {PacketTime::Ms120, kOpus, PacketTime::Ms20, {20, 20}},
      {PacketTime::Ms120, wire::CodecId::Codec2_3200, PacketTime::Ms60, {60, 60}},
      {PacketTime::Ms120, kOpus, PacketTime::Ms120, {120, 120}},
  };
  for (const auto& row : rows) {
    const auto count = static_cast<int>(row.times.size());
    EXPECT_EQ(timesAfter(row.from, row.codec, row.wanted, count), row.times);
    int before = 0;
    for (const int ms : row.times)
      if (ms < row.times.back()) before += ms;
    EXPECT_LE(before, 600);
  }
}

TEST(PacketTimeSteps, theFirstPacketOfACallHasWhatIsWanted) {
  EXPECT_EQ(PacketTimeSteps{}.next(wire::CodecId::Opus, PacketTime::Ms120), PacketTime::Ms120);
}

TEST(PacketTimeSteps, aChangeOfMindOnTheWayTurnsAtOnce) {
  PacketTimeSteps steps;
  steps.onFrame(PacketTime::Ms20);
  steps.onFrame(PacketTime::Ms20);
  for (int i = 0; i < 3; ++i) steps.onFrame(steps.next(wire::CodecId::Opus, PacketTime::Ms120));
  EXPECT_EQ(steps.next(wire::CodecId::Opus, PacketTime::Ms20), PacketTime::Ms20);
  EXPECT_EQ(steps.next(wire::CodecId::Opus, PacketTime::Ms120), PacketTime::Ms60) << "the second";
  EXPECT_EQ(steps.next(wire::CodecId::Codec2_1200, PacketTime::Ms120), PacketTime::Ms80)
      << "a codec without 60 ms";
}

// Bits a second on an IPv4 wire of one frame a packet, as wire::wireBitrateBps() for a tier.
double wireKbps(const EncodedFrame& frame) {
  const std::size_t inner = 3 + wire::varintSize(frame.size) + frame.size;
  const auto bucket =
      std::upper_bound(wire::kMediaBuckets.begin(), wire::kMediaBuckets.end(), inner);
  constexpr std::size_t kHeaders = 78;
  return static_cast<double>((*bucket + kHeaders) * 8) /
         static_cast<double>(toMilliseconds(wire::durationOf(frame.time)));
}

std::vector<EncodedFrame> framesAfter(Tier first, Tier second) {
  const auto speech = test::clip("clip_a.wav");
  Capture capture(kCodecs, settingsOf(first));
  std::vector<EncodedFrame> frames;
  const auto take = [&](const EncodedFrame& frame) { frames.push_back(frame); };
  capture.push(TimePoint(5s), {speech.data(), 24'000}, take);
  frames.clear();
  EXPECT_TRUE(capture.setEncoding(settingsOf(second)));
  capture.push(TimePoint(5500ms), {speech.data() + 24'000, 48'000}, take);
  return frames;
}

TEST(PacketTimeSteps, onTheWireAreNotMoreThanTheTierThatIsLeft) {
  for (const wire::TierInfo& first : wire::tierTable())
    for (const wire::TierInfo& second : wire::tierTable()) {
      if (wire::wireBitrateBps(first.tier) < wire::wireBitrateBps(second.tier)) continue;
      const double left = wire::wireBitrateBps(first.tier) / 1000.0;
      const auto frames = framesAfter(first.tier, second.tier);
      ASSERT_FALSE(frames.empty());
      EXPECT_EQ(frames.back().time, second.packetTime);
      EXPECT_EQ(frames.back().size, second.frameBytes);
      // The first one may have been begun before.
      for (std::size_t i = 1; i < frames.size(); ++i)
        EXPECT_LE(wireKbps(frames[i]), left + 0.01)
            << first.name << " to " << second.name << ", packet " << i;
    }
}

// The most that is invented between two frames, ms, for a listener on a good network while the tier
// changes to and fro.
double longestHoleBetween(Tier first, Tier second) {
  const auto speech = test::clip("clip_a.wav");
  test::CallSetup setup;
  setup.factory = &kCodecs;
  setup.encoding = settingsOf(first);
  setup.speech = &speech;
  setup.seconds = 9;
  double longest = 0;
  std::uint64_t before = 0, frames = 0;
  double run = 0;
  setup.eachPull = [&, turns = 0](double t, Capture& capture, Playout& playout) mutable {
    // Twice down and twice up, out of step with the packets, after two seconds in each.
    if (const int turn = static_cast<int>(t / 2.13); turn != turns) {
      turns = turn;
      EXPECT_TRUE(capture.setEncoding(settingsOf(turn % 2 == 0 ? first : second)));
    }
    const PlayoutCounters& now = playout.report().counters;
    const double more = static_cast<double>(now.concealedSamples - before) / 48.0;
    run = now.decoded == frames ? run + more : more;
    if (t > 1) longest = std::max(longest, run);
    before = now.concealedSamples;
    frames = now.decoded;
  };
  (void)test::runCall(setup);
  return longest;
}

TEST(PacketTime, noChangeOfTierLeavesAHoleThatIsHeard) {
  for (const wire::TierInfo& first : wire::tierTable())
    for (const wire::TierInfo& second : wire::tierTable()) {
      if (first.tier >= second.tier) continue;
      // 100 ms when packets became longer at once.
      const bool isModel =
          first.codec == wire::CodecId::Codec2_1200 || second.codec == wire::CodecId::Codec2_1200;
      EXPECT_LE(longestHoleBetween(first.tier, second.tier), isModel ? 45 : 25)
          << first.name << " and " << second.name;
    }
}

}  // namespace
}  // namespace foyer::media
