// Pauses that are not sent: what it saves, and that the listener neither hears nor counts a loss.
#include <gtest/gtest.h>

#include "core/media/play_replay.h"
#include "tests/media/media_trace.h"

namespace foyer::media {
namespace {

const VoiceCodecFactory kCodecs;
constexpr std::size_t kSecond = 48'000;

// Three seconds of speech, then four of a quiet room, again and again.
std::vector<std::int16_t> speechWithPauses() {
  std::vector<std::int16_t> sound = test::clip("clip_a.wav");
  sound.resize(3 * kSecond);
  SeededRandom random(3);
  for (std::size_t i = 0; i < 4 * kSecond; ++i)
    sound.push_back(static_cast<std::int16_t>(static_cast<int>(random.below(121)) - 60));
  return sound;
}

test::CallResult talk(const std::vector<std::int16_t>& speech, int bitrateBps, bool isDtx,
                      const test::Network& network) {
  return test::runCall({.factory = &kCodecs,
                        .encoding = {.bitrateBps = bitrateBps,
                                     .inBandFec = false,
                                     .expectedLossPercent = 0,
                                     .isDtx = isDtx},
                        .network = network,
                        .seconds = 28,
                        .speech = &speech});
}

TEST(SilenceSaving, pausesAreNotSentAndNothingCountsAsLost) {
  const auto speech = speechWithPauses();
  for (const int bitrate : {16'000, 24'000, 64'000}) {
    SCOPED_TRACE(bitrate);
    const auto plain = talk(speech, bitrate, false, test::lan());
    const auto saving = talk(speech, bitrate, true, test::lan());
    const PlayoutCounters& counters = saving.report.counters;
    EXPECT_NEAR(static_cast<double>(plain.report.counters.received), 1400, 3);
    EXPECT_LT(counters.received, 850U);
    EXPECT_EQ(counters.lost, 0U);
    EXPECT_EQ(counters.late, 0U);
    EXPECT_EQ(counters.plc, plain.report.counters.plc);
    EXPECT_EQ(counters.resyncs, 0U);
    EXPECT_NEAR(saving.meanDelayMs, plain.meanDelayMs, 3);
    // In the last second of each pause: the room, as loud as it was.
    for (const std::size_t pauseEnds : {7, 14, 21}) {
      const auto levelOf = [&](const std::vector<std::int16_t>& heard) {
        return int{levelDbfs({heard.data() + (pauseEnds - 1) * kSecond, kSecond * 9 / 10})};
      };
      EXPECT_NEAR(levelOf(saving.heard), levelOf(plain.heard), 6) << pauseEnds;
    }
    // A click would be a step that speech does not make.
    EXPECT_LE(test::largestStep(saving.heard), test::largestStep(plain.heard) * 11 / 10);
  }
}

TEST(SilenceSaving, whatIsLostOnTheWayIsStillCounted) {
  const auto speech = speechWithPauses();
  const auto plain = talk(speech, 24'000, false, test::lossy(0.1));
  const auto saving = talk(speech, 24'000, true, test::lossy(0.1));
  EXPECT_GT(saving.report.counters.lost, 30U);
  EXPECT_LT(saving.report.counters.lost, 2 * plain.report.counters.lost);
  EXPECT_EQ(saving.report.counters.resyncs, 0U);
}

TEST(SilenceSaving, aPauseIsNoGapOfTheRecord) {
  PlayRecord record;
  TimePoint now(100s);
  std::uint16_t mediaTime = 0;
  const auto frame = [&](std::uint16_t size) {
    record.events.push_back({.kind = PlayEventKind::Frame,
                             .result = true,
                             .codec = wire::CodecId::Opus,
                             .time = wire::PacketTime::Ms20,
                             .mediaTime = mediaTime,
                             .size = size,
                             .counter = mediaTime,
                             .at = now});
    record.events.push_back({.kind = PlayEventKind::Decode,
                             .result = true,
                             .mediaTime = mediaTime,
                             .counter = mediaTime});
    mediaTime = static_cast<std::uint16_t>(mediaTime + 8);
    now += 20ms;
  };
  frame(60);
  frame(1);
  mediaTime = static_cast<std::uint16_t>(mediaTime + 8 * 19);
  frame(60);
  EXPECT_TRUE(findGaps(record).empty());
  mediaTime = static_cast<std::uint16_t>(mediaTime + 8);
  frame(60);
  EXPECT_EQ(findGaps(record).size(), 1U) << "nothing announced this one";
}

}  // namespace
}  // namespace foyer::media
