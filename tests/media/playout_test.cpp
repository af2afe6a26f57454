#include "core/media/playout.h"

#include <gtest/gtest.h>

#include "tests/media/media_trace.h"

namespace foyer::media {
namespace {

using namespace test;

const VoiceCodecFactory kOpus;
const SizedCodecFactory kSized;

double toMs(Duration d) { return static_cast<double>(d.count()) * 1e-6; }

// Level of each 5 ms, dB above -60 dBFS.
std::vector<double> envelope(std::span<const std::int16_t> pcm) {
  std::vector<double> out;
  for (std::size_t i = 0; i + 240 <= pcm.size(); i += 240)
    out.push_back(std::max(0.0, 60.0 + levelDbfs(pcm.subspan(i, 240))));
  return out;
}

// Best correlation of the two envelopes at any lag up to 300 ms. Speech codecs do not keep the
// waveform (0.6 at 24 kb/s, 0.8 at 64), but they keep this.
double similarity(std::span<const std::int16_t> spoken, std::span<const std::int16_t> heard) {
  const std::vector<double> a = envelope(spoken);
  const std::vector<double> b = envelope(heard);
  double best = 0;
  for (std::size_t lag = 0; lag < 60; ++lag) {
    const std::size_t n = std::min(a.size(), b.size() - lag);
    double ma = 0;
    double mb = 0;
    for (std::size_t i = 0; i < n; ++i) {
      ma += a[i] / static_cast<double>(n);
      mb += b[i + lag] / static_cast<double>(n);
    }
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (std::size_t i = 0; i < n; ++i) {
      ab += (a[i] - ma) * (b[i + lag] - mb);
      aa += (a[i] - ma) * (a[i] - ma);
      bb += (b[i + lag] - mb) * (b[i + lag] - mb);
    }
    best = std::max(best, ab / std::sqrt(aa * bb));
  }
  return best;
}

// Three partials of a low voice: every sample step is bounded, so a click shows.
std::vector<std::int16_t> hum() {
  std::vector<std::int16_t> pcm(48'000);
  for (std::size_t i = 0; i < pcm.size(); ++i) {
    const double t = 2 * 3.14159265358979 * static_cast<double>(i) / 48'000;
    pcm[i] = static_cast<std::int16_t>(5000 * std::sin(150 * t) + 2500 * std::sin(300 * t + 1) +
                                       1500 * std::sin(450 * t + 2));
  }
  return pcm;
}

ReceivedFrame opusFrame(std::uint64_t counter, std::uint16_t mediaTime, TimePoint at) {
  static const std::vector<EncodedFrame> encoded = [] {
    std::vector<EncodedFrame> frames;
    Capture capture(kOpus);
    capture.push(TimePoint(1s), hum(), [&](const EncodedFrame& f) { frames.push_back(f); });
    return frames;
  }();
  const EncodedFrame& from = encoded[counter % encoded.size()];
  ReceivedFrame frame;
  frame.counter = counter;
  frame.arrivedAt = at;
  frame.codec = from.codec;
  frame.time = from.time;
  frame.mediaTime = mediaTime;
  frame.size = from.size;
  frame.bytes = from.bytes;
  return frame;
}

TEST(Playout, silentBeforeTheFirstFrame) {
  Playout playout(kOpus);
  std::vector<std::int16_t> out(480, 1234);
  const PlayoutReport& report = playout.pull(TimePoint(1s), out);
  EXPECT_FALSE(report.isPlaying);
  EXPECT_EQ(levelDbfs(out), kDigitalSilenceDb);
  EXPECT_EQ(report.counters.concealedSamples, 0U);
}

TEST(Playout, speechWithoutLossArrivesAsItWas) {
  const auto speech = clip("clip_a.wav");
  ASSERT_EQ(speech.size(), 480'000U);
  const CallResult call = runCall({.factory = &kOpus, .seconds = 10, .speech = &speech});
  EXPECT_EQ(call.report.counters.plc, 0U);
  EXPECT_EQ(call.report.counters.lost, 0U);
  EXPECT_GT(call.report.counters.decoded, 490U);
  // The second time the clip says it; delay has settled by then.
  const std::span<const std::int16_t> spoken(speech);
  const std::span<const std::int16_t> heard(call.heard);
  EXPECT_GT(similarity(spoken.subspan(240'000, 192'000), heard.subspan(240'000)), 0.97);
  EXPECT_LT(similarity(spoken.subspan(48'000, 100'000), heard.subspan(240'000)), 0.8);
  ASSERT_TRUE(call.report.firstSoundAt);
  EXPECT_LT(*call.report.firstSoundAt - TimePoint(100s), 100ms);
}

TEST(Playout, aCleanLanHasLessDelayThanAFrame) {
  const auto speech = clip("clip_a.wav");
  const CallResult call = runCall({.factory = &kOpus, .seconds = 30, .speech = &speech});
  EXPECT_LE(call.delayMs[60], 40) << "before anything is known";
  EXPECT_LE(call.maxDelayMs, 40);
  EXPECT_LE(call.meanDelayMs, 22);
  EXPECT_LE(toMs(call.report.target), 20);
  EXPECT_LT(call.concealedShare, 0.001);
}

TEST(Playout, targetGrowsWithTheLengthOfAPull) {
  // Of frames of 10 ms every second one waits for a pull.
  const CallResult call = runCall({.factory = &kSized,
                                   .encoding = {.time = wire::PacketTime::Ms10},
                                   .seconds = 30,
                                   .pullSamples = 960});
  EXPECT_GE(call.report.target, 10ms);
  EXPECT_LT(call.concealedShare, 0.001);
}

TEST(Playout, latencyOfTheDeviceIsNotTakenForDelay) {
  const auto speech = clip("clip_a.wav");
  const CallResult call = runCall(
      {.factory = &kOpus, .seconds = 30, .pullLead = 45ms, .pullSamples = 120, .speech = &speech});
  EXPECT_NEAR(toMs(call.report.lead), 45, 0.1);
  EXPECT_LT(call.concealedShare, 0.001);
  EXPECT_LT(call.meanDelayMs, 25);
}

TEST(Playout, lossIsMostlyRecoveredFromTheNextPacket) {
  const auto speech = clip("clip_a.wav");
  const CallResult call =
      runCall({.factory = &kOpus, .network = lossy(0.1), .seconds = 60, .speech = &speech});
  const PlayoutCounters& c = call.report.counters;
  EXPECT_GT(c.lost, 200U);
  EXPECT_GT(static_cast<double>(c.lbrr), 0.65 * static_cast<double>(c.lost));
  EXPECT_LT(call.concealedShare, 0.04);
}

// Figures of a call whose packets carry the frames sent `distances` packets ago.
struct CopyRow {
  const char* name;
  Network network;
  std::vector<std::size_t> distances;
  double meanMs;     // bound of the mean delay
  double recovered;  // at least this share of the lost frames came as copies
};
Network bursts(double share, int length) {
  return [=, left = 0](double, SeededRandom& r) mutable -> std::optional<Duration> {
    if (left == 0 && r.unit() < share / length / (1 - share)) left = length;
    if (left > 0) {
      --left;
      return std::nullopt;
    }
    return ms(2 + exponential(r, 0.5));
  };
}
class PlayoutCopies : public testing::TestWithParam<CopyRow> {};

TEST_P(PlayoutCopies, lostFramesArePlayedFromTheirCopies) {
  const CopyRow& row = GetParam();
  for (const double phase : {0.0, 3.0, 7.0}) {
    const Network shifted = [network = row.network, phase](double t, SeededRandom& r) mutable {
      auto delay = network(t, r);
      if (delay) *delay += ms(phase);
      return delay;
    };
    const CallResult call = runCall({.factory = &kSized,
                                     .network = shifted,
                                     .copyDistances = row.distances,
                                     .seconds = 120,
                                     .seed = 9});
    const PlayoutCounters& c = call.report.counters;
    EXPECT_LE(call.meanDelayMs, row.meanMs) << "phase " << phase;
    EXPECT_GE(static_cast<double>(c.copies), row.recovered * static_cast<double>(c.copies + c.lost))
        << "phase " << phase;
    EXPECT_EQ(c.duplicates, 0U);
    EXPECT_LE(c.late, 6000 / 500U);
    EXPECT_EQ(c.resyncs, 0U);
  }
}
INSTANTIATE_TEST_SUITE_P(Losses, PlayoutCopies,
                         testing::Values(CopyRow{"tenth", lossy(0.1), {1, 2}, 55, 0.85},
                                         CopyRow{"fifth", lossy(0.2), {1, 3}, 80, 0.94},
                                         CopyRow{"third", lossy(0.3), {1, 3}, 80, 0.88},
                                         CopyRow{"twoFifths", lossy(0.4), {1, 3}, 80, 0.81},
                                         CopyRow{"twoAndFour", lossy(0.2), {2, 4}, 100, 0.94},
                                         CopyRow{"burstsOfThree", bursts(0.2, 3), {1, 3}, 80, 0.75},
                                         CopyRow{"burstsOfSix", bursts(0.2, 6), {2, 5}, 120, 0.6}),
                         [](const auto& row) { return row.param.name; });

struct LossRow {
  const char* name;
  double loss;
};
class PlayoutLoss : public testing::TestWithParam<LossRow> {};

TEST_P(PlayoutLoss, concealmentDoesNotClick) {
  const auto voice = hum();
  const int own = largestStep(voice);
  const CallResult call = runCall({.factory = &kOpus,
                                   .network = lossy(GetParam().loss),
                                   .seconds = 30,
                                   .seed = 7,
                                   .speech = &voice});
  EXPECT_GT(call.report.counters.lost, 0U);
  // The codec's own ringing is in it; a hard splice of this sound steps by up to 17 000.
  EXPECT_LT(largestStep(call.heard), 3 * own) << "the voice's own largest step is " << own;

  const auto speech = clip("clip_b.wav");
  const CallResult spoken = runCall({.factory = &kOpus,
                                     .network = lossy(GetParam().loss),
                                     .seconds = 20,
                                     .seed = 8,
                                     .speech = &speech});
  EXPECT_LT(largestStep(spoken.heard), largestStep(speech) * 5 / 4);
}
INSTANTIATE_TEST_SUITE_P(Rates, PlayoutLoss,
                         testing::Values(LossRow{"two", 0.02}, LossRow{"ten", 0.1},
                                         LossRow{"twenty", 0.2}),
                         [](const auto& row) { return row.param.name; });

TEST(Playout, stretchingDoesNotClick) {
  const auto voice = hum();
  const CallResult call =
      runCall({.factory = &kOpus, .network = wifiSpikes(), .seconds = 60, .speech = &voice});
  EXPECT_GT(call.report.counters.accelerated, 10U);
  EXPECT_GT(call.report.counters.expanded, 1U);
  EXPECT_LT(largestStep(call.heard), 3 * largestStep(voice));
}

struct TraceRow {
  const char* name;
  Network network;
  double meanMs;     // bound of the mean delay
  double concealed;  // bound of the concealed share
};
class PlayoutTrace : public testing::TestWithParam<TraceRow> {};

// A NetEq-like controller has 32, 92, 90 and 234 ms on traces of these kinds.
TEST_P(PlayoutTrace, delayFollowsTheNetworkAndStaysBounded) {
  const auto speech = clip("clip_a.wav");
  const CallResult spoken =
      runCall({.factory = &kOpus, .network = GetParam().network, .seconds = 60, .speech = &speech});
  RecordProperty("meanDelayMs", std::to_string(spoken.meanDelayMs));
  RecordProperty("concealedShare", std::to_string(spoken.concealedShare));
  EXPECT_LT(spoken.meanDelayMs, GetParam().meanMs);
  EXPECT_LT(spoken.concealedShare, GetParam().concealed);
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const CallResult call =
        runCall({.factory = &kSized, .network = GetParam().network, .seconds = 600, .seed = seed});
    EXPECT_LT(call.meanDelayMs, GetParam().meanMs) << "seed " << seed;
    EXPECT_LT(call.maxDelayMs, 350) << "seed " << seed;
    EXPECT_LT(call.concealedShare, GetParam().concealed) << "seed " << seed;
    EXPECT_EQ(call.report.counters.discarded, 0U);
    EXPECT_EQ(call.report.counters.resyncs, 0U);
  }
}
INSTANTIATE_TEST_SUITE_P(Networks, PlayoutTrace,
                         testing::Values(TraceRow{"lan", lan(), 17, 0.0005},
                                         TraceRow{"wifi", wifiSpikes(), 75, 0.01},
                                         TraceRow{"lte", lteDrift(), 60, 0.015},
                                         TraceRow{"vpn", vpnBursts(), 190, 0.03}),
                         [](const auto& row) { return row.param.name; });

TEST(Playout, afterAStallDelayIsBackWithinFiveSeconds) {
  const auto speech = clip("clip_a.wav");
  for (const double stallMs : {150.0, 300.0, 450.0, 500.0}) {
    const Network stall = [=](double t, SeededRandom& r) -> std::optional<Duration> {
      const double sinceStall = 1000 * (t - 15);
      return ms(2 + exponential(r, 0.5) +
                (sinceStall >= 0 && sinceStall < stallMs ? stallMs - sinceStall : 0));
    };
    const CallResult call =
        runCall({.factory = &kOpus, .network = stall, .seconds = 30, .speech = &speech});
    const double before = call.delayMs[1490];
    EXPECT_GT(*std::max_element(call.delayMs.begin() + 1500, call.delayMs.begin() + 1600),
              before + (stallMs < 490 ? 0.3 * stallMs : 0))
        << stallMs << ": it slips, unless that is over the ceiling";
    for (std::size_t pull = 2060; pull < call.delayMs.size(); ++pull)
      ASSERT_LT(call.delayMs[pull], before + 5) << stallMs << " at " << pull;
  }
}

TEST(Playout, anHourOfClockDriftLeavesDelayWhereItWas) {
  for (const double ppm : {200.0, -200.0}) {
    const CallResult call = runCall({.factory = &kSized, .seconds = 3600, .senderPpm = ppm});
    EXPECT_LT(call.maxDelayMs, 40) << ppm;
    EXPECT_LT(call.lastDelayMs, 30) << ppm;
    EXPECT_EQ(call.report.counters.concealedSamples, 0U) << "no underrun at " << ppm;
    EXPECT_EQ(call.report.counters.late, 0U) << ppm;
    const std::int64_t net =
        call.report.counters.stretchedOutSamples - call.report.counters.stretchedInSamples;
    // 200 ppm of an hour are 720 ms; the start adds some.
    EXPECT_NEAR(static_cast<double>(net) / 48, ppm * 3.6, 60) << ppm;
  }
}

TEST(Playout, speechFollowsADriftingClockWithoutConcealment) {
  const auto speech = clip("clip_b.wav");
  for (const double ppm : {200.0, -200.0}) {
    const CallResult call =
        runCall({.factory = &kOpus, .seconds = 120, .senderPpm = ppm, .speech = &speech});
    EXPECT_LT(call.maxDelayMs, 45) << ppm;
    EXPECT_LT(call.concealedShare, 0.002) << ppm;
  }
}

TEST(Playout, delayReturnsAfterAStorm) {
  // Wi-Fi at its worst for 20 s, then a clean line for 60 s.
  const Network storm = [bad = vpnBursts(), good = lan()](double t, SeededRandom& r) {
    return t < 20 ? bad(t, r) : good(t, r);
  };
  const CallResult call = runCall({.factory = &kSized, .network = storm, .seconds = 80});
  EXPECT_GT(call.maxDelayMs, 100);
  EXPECT_LT(call.lastDelayMs, 25);
}

TEST(Playout, anOutageOfASecondDoesNotStayAsDelay) {
  // Everything sent in one second comes at its end, as after a change of network.
  const Network stall = [](double t, SeededRandom&) -> std::optional<Duration> {
    return ms(t > 10 && t < 11 ? (11 - t) * 1000 + 5 : 5);
  };
  const CallResult call = runCall({.factory = &kSized, .network = stall, .seconds = 40});
  EXPECT_GT(call.report.counters.discarded, 0U) << "a second is over the ceiling";
  EXPECT_LT(call.lastDelayMs, 40);
}

TEST(Playout, aLongerRouteIsFollowed) {
  const Network moved = [](double t, SeededRandom&) -> std::optional<Duration> {
    return ms(t < 10 ? 5 : 120);
  };
  const CallResult call = runCall({.factory = &kSized, .network = moved, .seconds = 40});
  EXPECT_LT(call.lastDelayMs, 40);
  EXPECT_LT(call.concealedShare, 0.01);
}

TEST(Playout, longLossFadesToSilenceAndSpeechComesBack) {
  const auto voice = hum();
  const Network hole = [](double t, SeededRandom&) -> std::optional<Duration> {
    if (t > 3 && t < 4) return std::nullopt;
    return ms(5);
  };
  const CallResult call =
      runCall({.factory = &kOpus, .network = hole, .seconds = 6, .speech = &voice});
  const auto levelAt = [&](double t) {
    return levelDbfs({call.heard.data() + static_cast<std::size_t>(t * 48'000), 960});
  };
  EXPECT_GT(levelAt(2.9), -20);
  EXPECT_GT(levelAt(3.08), -40) << "the voice goes on for a while";
  EXPECT_LT(levelAt(3.5), -90);
  EXPECT_GT(levelAt(4.5), -20);
  EXPECT_LT(largestStep(call.heard), 3 * largestStep(voice));
  EXPECT_LT(call.lastDelayMs, 40);
}

// White noise of about -55 dBFS, as of a quiet room.
std::vector<std::int16_t> roomNoise() {
  SeededRandom random(5);
  std::vector<std::int16_t> pcm(480'000);
  for (std::int16_t& sample : pcm) sample = static_cast<std::int16_t>(100 * random.unit() - 50);
  return pcm;
}

TEST(Playout, aLongLossInAQuietRoomSoundsLikeTheRoom) {
  const auto room = roomNoise();
  const Network hole = [](double t, SeededRandom&) -> std::optional<Duration> {
    if (t > 4 && t < 5) return std::nullopt;
    return ms(5);
  };
  const CallResult call = runCall({.factory = &kOpus,
                                   .encoding = {.bitrateBps = 64'000},
                                   .network = hole,
                                   .seconds = 6,
                                   .speech = &room});
  const auto levelOf = [&](double from, double to) {
    return levelDbfs({call.heard.data() + static_cast<std::size_t>(from * 48'000),
                      static_cast<std::size_t>((to - from) * 48'000)});
  };
  const int before = levelOf(3, 3.9);
  EXPECT_LT(before, -50);
  EXPECT_GT(before, -70);
  for (double t = 4.3; t < 4.9; t += 0.1) EXPECT_NEAR(levelOf(t, t + 0.1), before, 5) << "at " << t;
}

struct RecoveryRow {
  const char* name;
  double loss;
  EncoderSettings encoding;
  std::vector<std::size_t> distances;
  std::uint64_t PlayoutCounters::*by;
  double atLeast;  // of the frames whose own packet was lost
};
class PlayoutRecovery : public testing::TestWithParam<RecoveryRow> {};

TEST_P(PlayoutRecovery, worksWithoutClicksAndIsCountedApart) {
  const RecoveryRow& row = GetParam();
  if (row.by == &PlayoutCounters::dred && !opusFeatures().dred)
    GTEST_SKIP() << "this libopus has no deep redundancy";
  const auto speech = clip("clip_a.wav");
  const CallResult call = runCall({.factory = &kOpus,
                                   .encoding = row.encoding,
                                   .network = lossy(row.loss),
                                   .copyDistances = row.distances,
                                   .seconds = 40,
                                   .seed = 21,
                                   .speech = &speech});
  const PlayoutCounters& c = call.report.counters;
  const auto gone = static_cast<double>(c.lost + c.copies);
  EXPECT_GT(gone, 0.8 * row.loss * 2000);
  EXPECT_GE(static_cast<double>(c.*row.by), row.atLeast * gone);
  EXPECT_LE(call.meanDelayMs, 80);
  EXPECT_LT(largestStep(call.heard), largestStep(speech) * 5 / 4);
  RecordProperty("copies", std::to_string(c.copies));
  RecordProperty("lbrr", std::to_string(c.lbrr));
  RecordProperty("dred", std::to_string(c.dred));
  RecordProperty("plc", std::to_string(c.plc));
  RecordProperty("meanDelayMs", std::to_string(call.meanDelayMs));
}
const EncoderSettings kCopied{.bitrateBps = 10'600, .inBandFec = false, .expectedLossPercent = 0};
INSTANTIATE_TEST_SUITE_P(
    Ladder, PlayoutRecovery,
    testing::Values(
        RecoveryRow{"copies", 0.2, kCopied, {1, 3}, &PlayoutCounters::copies, 0.9},
        RecoveryRow{"copiesOfMuch", 0.4, kCopied, {1, 3}, &PlayoutCounters::copies, 0.75},
        RecoveryRow{"lbrr", 0.1, {.expectedLossPercent = 10}, {}, &PlayoutCounters::lbrr, 0.7},
        RecoveryRow{
            "dred",
            0.3,
            {.bitrateBps = 32'000, .inBandFec = false, .expectedLossPercent = 30, .dred = 400ms},
            {},
            &PlayoutCounters::dred,
            0.7}),
    [](const auto& row) { return row.param.name; });

TEST(Playout, playingEndsAfterTwoSecondsAndBeginsAfresh) {
  Playout playout(kOpus);
  std::vector<std::int16_t> out(480);
  TimePoint now(10s);
  const auto run = [&](int pulls) {
    for (int i = 0; i < pulls; ++i, now += 10ms) playout.pull(now, out);
  };
  for (std::uint64_t c = 0; c < 5; ++c)
    playout.push(opusFrame(c, static_cast<std::uint16_t>(c * 8), now));
  run(20);
  EXPECT_TRUE(playout.report().isPlaying);
  run(250);
  EXPECT_FALSE(playout.report().isPlaying);
  const std::uint64_t before = playout.report().counters.concealedSamples;
  run(1000);
  EXPECT_EQ(playout.report().counters.concealedSamples, before);
  // The peer's clock went on, or began anew: both play.
  playout.push(opusFrame(6, 40'000, now));
  run(20);
  EXPECT_TRUE(playout.report().isPlaying);
  EXPECT_EQ(playout.report().counters.late, 0U);
}

TEST(Playout, aPeerWhoseTimeJumpsIsFollowed) {
  for (const int jump : {-20'000, -2'000, 1'000, 20'000, 32'767}) {
    Playout playout(kOpus);
    std::vector<std::int16_t> out(960);
    TimePoint now(10s);
    std::uint64_t decoded = 0;
    for (std::uint64_t c = 0; c < 400; ++c, now += 20ms) {
      const int shift = c < 200 ? 0 : jump;
      playout.push(opusFrame(c, static_cast<std::uint16_t>(static_cast<int>(c) * 8 + shift), now));
      playout.pull(now + 3ms, out);
      if (c == 250) decoded = playout.report().counters.decoded;
    }
    EXPECT_GE(playout.report().counters.decoded, decoded + 140) << jump;
    EXPECT_LT(playout.report().bufferDelay, 100ms) << jump;
  }
}

TEST(Playout, duplicatesAndLateFramesAreCountedAndNotPlayed) {
  Playout playout(kOpus);
  std::vector<std::int16_t> out(960);
  TimePoint now(10s);
  for (std::uint64_t c = 10; c < 60; ++c, now += 20ms) {
    const auto time = static_cast<std::uint16_t>(c * 8);
    playout.push(opusFrame(c, time, now));
    playout.push(opusFrame(c, time, now));
    if (c == 40) playout.push(opusFrame(20, 20 * 8, now));
    playout.pull(now, out);
  }
  const PlayoutCounters& c = playout.report().counters;
  EXPECT_EQ(c.duplicates, 51U);
  EXPECT_EQ(c.late, 0U);
  EXPECT_LE(c.decoded, 50U);
  EXPECT_EQ(c.resyncs, 0U);
}

TEST(Playout, liesAboutCodecSizeAndLengthAreCounted) {
  Playout playout(kOpus);
  std::vector<std::int16_t> out(480);
  ReceivedFrame frame = opusFrame(1, 8, TimePoint(10s));
  frame.codec = wire::CodecId::Sized;  // the simulator's alone
  playout.push(frame);
  frame = opusFrame(2, 16, TimePoint(10s));
  frame.size = 0;
  playout.push(frame);
  frame.size = 60'000;
  playout.push(frame);
  EXPECT_EQ(playout.report().counters.undecodable, 3U);
  frame = opusFrame(3, 24, TimePoint(10s));
  frame.time = wire::PacketTime::Ms120;  // it holds 20 ms
  playout.push(frame);
  for (int i = 0; i < 20; ++i) playout.pull(TimePoint(10s) + 10ms * i, out);
  EXPECT_EQ(playout.report().counters.undecodable, 4U);
  EXPECT_EQ(playout.report().counters.decoded, 0U);
  EXPECT_EQ(levelDbfs(out), kDigitalSilenceDb);
}

TEST(Playout, packetTimeAndRateMayChangeWithEveryPacket) {
  const auto speech = clip("clip_a.wav");
  const wire::PacketTime times[] = {wire::PacketTime::Ms20, wire::PacketTime::Ms60,
                                    wire::PacketTime::Ms10, wire::PacketTime::Ms120,
                                    wire::PacketTime::Ms40, wire::PacketTime::Ms2_5};
  std::size_t n = 0;
  const CallResult call = runCall({.factory = &kOpus,
                                   .seconds = 20,
                                   .speech = &speech,
                                   .eachPull = [&](double, Capture& capture, Playout&) {
                                     capture.setEncoding({.time = times[n % std::size(times)],
                                                          .bitrateBps = n % 2 ? 24'000 : 64'000});
                                     ++n;
                                   }});
  EXPECT_EQ(call.report.counters.undecodable, 0U);
  EXPECT_LT(call.concealedShare, 0.02);
  EXPECT_LT(call.maxDelayMs, 200);
  EXPECT_LT(largestStep(call.heard), largestStep(speech) * 5 / 4);
}

TEST(Playout, aChangeOfCodecIsFollowed) {
  // A factory that decodes both, as a build with more than one codec has.
  class Both final : public CodecFactory {
   public:
    [[nodiscard]] std::unique_ptr<Encoder> makeEncoder(wire::CodecId) const override {
      return nullptr;
    }
    [[nodiscard]] std::unique_ptr<Decoder> makeDecoder(wire::CodecId codec) const override {
      return codec == wire::CodecId::Sized ? kSized.makeDecoder(codec) : kOpus.makeDecoder(codec);
    }
  };
  Playout playout(Both{});
  std::vector<std::int16_t> out(960);
  std::vector<std::int16_t> heard;
  TimePoint now(10s);
  for (std::uint64_t c = 0; c < 200; ++c, now += 20ms) {
    ReceivedFrame frame = opusFrame(c % 50, static_cast<std::uint16_t>(c * 8), now);
    frame.counter = c;
    if (c % 2 == 1) frame.codec = wire::CodecId::Sized;
    playout.push(frame);
    playout.pull(now, out);
    heard.insert(heard.end(), out.begin(), out.end());
  }
  EXPECT_EQ(playout.report().counters.undecodable, 0U);
  EXPECT_GT(playout.report().counters.decoded, 190U);
  // A decoder that begins anew rings; a hard splice steps by thousands.
  EXPECT_LT(largestStep(heard), 5 * largestStep(hum()));
}

TEST(Playout, playingMediaTimeIsThatOfTheSoundHandedOut) {
  Playout playout(kSized);
  std::vector<std::int16_t> out(960);
  TimePoint now(10s);
  for (std::uint64_t c = 0; c < 100; ++c, now += 20ms) {
    ReceivedFrame frame = opusFrame(c, static_cast<std::uint16_t>(65'000 + c * 8), now);
    frame.codec = wire::CodecId::Sized;
    playout.push(frame);
    playout.pull(now, out);
  }
  const PlayoutReport& report = playout.report();
  const auto newest = static_cast<std::uint16_t>(65'000 + 99 * 8);
  const auto behind = static_cast<std::uint16_t>(newest - report.playingMediaTime);
  EXPECT_NEAR(behind * 2.5, toMs(report.bufferDelay), 20);
}

}  // namespace
}  // namespace foyer::media
