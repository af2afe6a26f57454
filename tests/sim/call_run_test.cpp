// Whole calls over described ways: what a report says must be what the way did.
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <numbers>

#include "core/media/play_replay.h"
#include "core/sim/call_meter.h"
#include "core/sim/call_scenario.h"
#include "core/sim/sound_match.h"
#include "core/sim/world.h"
#include "tests/support/talking.h"

namespace foyer::sim {
namespace {

using Json = nlohmann::json;

// Syllables of a hum with pauses between them: has an envelope to find again, and a codec takes it
// for a voice.
std::vector<std::int16_t> babble(Duration length, std::uint64_t seed) {
  SeededRandom random(seed);
  std::vector<std::int16_t> pcm;
  const auto samples = static_cast<std::size_t>(length / 1ms) * 48;
  double phase = 0;
  while (pcm.size() < samples) {
    const auto syllable = static_cast<std::size_t>(48 * (60 + random.below(180)));
    const double loudness = random.unit() < 0.3 ? 0 : 2000 + random.unit() * 8000;
    const double pitch = 100 + random.unit() * 120;
    for (std::size_t i = 0; i < syllable && pcm.size() < samples; ++i) {
      phase += 2 * std::numbers::pi * pitch / 48000;
      const double fade = std::sin(std::numbers::pi * static_cast<double>(i) / double(syllable));
      pcm.push_back(static_cast<std::int16_t>(
          loudness * fade * (std::sin(phase) + std::sin(2 * phase) / 2 + std::sin(5 * phase) / 4)));
    }
  }
  return pcm;
}

struct Outcome {
  CallScenarioResult result;
  Json report;
};

Outcome run(const CallScenario& scenario, const std::vector<std::int16_t>& a = {},
            const std::vector<std::int16_t>& b = {}) {
  Outcome outcome{runCallScenario(scenario, a, b), {}};
  outcome.report = Json::parse(outcome.result.report);
  EXPECT_TRUE(outcome.result.ok) << outcome.result.report;
  return outcome;
}

CallScenario sized(Duration length) {
  CallScenario scenario;
  scenario.codec = SimCodec::SizedFrames;
  scenario.length = length;
  return scenario;
}

TEST(CallRun, theHeardSoundBeginsWithTheSaidOneAndIsLongerByItsDelay) {
  CallScenario scenario;
  scenario.up.link.delay = 70ms;
  scenario.down.link.delay = 10ms;
  const auto a = babble(4s, 1);
  const auto b = babble(3s, 2);
  const Outcome outcome = run(scenario, a, b);
  EXPECT_EQ(outcome.report["seconds"], 5);  // the longer one and a second
  const struct {
    const char* way;
    const std::vector<std::int16_t>& said;
    const std::vector<std::int16_t>& heard;
    double networkMs;
  } ways[] = {{"a_to_b", a, outcome.result.heardAtB, 70},
              {"b_to_a", b, outcome.result.heardAtA, 10}};
  for (const auto& way : ways) {
    const Json& report = outcome.report[way.way];
    EXPECT_TRUE(report["heard"]) << report;
    const double delay = report["delay_ms"];
    EXPECT_GT(delay, way.networkMs + 20) << "the network and a packet at least";
    EXPECT_LT(delay, way.networkMs + 120);
    EXPECT_EQ(way.heard.size(),
              way.said.size() + static_cast<std::size_t>(std::lround(delay * 48)));
    const auto match = matchSound(way.said, way.heard, 0ms, 500ms);
    ASSERT_TRUE(match);
    EXPECT_NEAR(std::chrono::duration<double>(match->delay).count() * 1000, delay, 0.5);
    // Nothing can be heard before it was said.
    const auto silent = static_cast<std::ptrdiff_t>(way.networkMs * 48);
    EXPECT_TRUE(std::all_of(way.heard.begin(), way.heard.begin() + silent,
                            [](std::int16_t s) { return std::abs(s) < 100; }));
  }
}

TEST(CallRun, aShorterTalkThanItsInputIsCutThere) {
  CallScenario scenario;
  scenario.length = 2s;
  const Outcome outcome = run(scenario, babble(4s, 1));
  const double delay = outcome.report["a_to_b"]["delay_ms"];
  EXPECT_EQ(outcome.result.heardAtB.size(),
            2 * 48000 + static_cast<std::size_t>(std::lround(delay * 48)));
  EXPECT_EQ(outcome.result.heardAtA.size(), 2U * 48000)
      << "nothing said there: as long as the talk";
  EXPECT_TRUE(outcome.report["b_to_a"]["delay_ms"].is_null());
}

TEST(CallRun, theSameSeedGivesTheSameReportAndAnotherDoesNot) {
  CallScenario scenario = sized(5s);
  scenario.up.link = {.delay = 20ms, .jitter = 20ms, .loss = 0.1};
  scenario.down.link = {.delay = 20ms, .loss = 0.05, .burstPackets = 3};
  const Outcome first = run(scenario);
  EXPECT_EQ(run(scenario).result.report, first.result.report);
  scenario.seed = 2;
  EXPECT_NE(run(scenario).report["a_to_b"], first.report["a_to_b"]);
}

TEST(CallRun, everyFourthMediaPacketIsLostAndNothingElse) {
  CallScenario scenario = sized(20s);
  scenario.up.link.lossTrace = {false, false, false, true};
  const Outcome outcome = run(scenario);
  const Json& up = outcome.report["a_to_b"];
  EXPECT_NEAR(up["packets_lost"].get<double>(), up["packets"].get<double>() / 4, 1);
  EXPECT_EQ(outcome.report["b_to_a"]["packets_lost"], 0);
}

// Where a trace stands follows from the datagrams that the client handed out, whatever else it
// sent between them.
TEST(CallRun, mediaPacketsAreKnownExactly) {
  World world(5);
  SimRelay& relay = world.addRelay();
  SimClient& a = world.addClient({.alias = "A"});
  SimClient& b = world.addClient({.alias = "B"});
  ASSERT_TRUE(world.meet(a, b, relay));
  Link& link = world.network.link(a, relay);
  EXPECT_EQ(link.counters().media, 0U) << "handshake, admission and lobby are not media";
  EXPECT_GT(link.counters().sent, 3U);
  const CallId call = test::talk(world, a, b);
  const std::uint64_t before = link.counters().media;
  world.network.runFor(10s);
  // A tick of the devices may fall on either side of an end.
  EXPECT_NEAR(static_cast<double>(link.counters().media - before), 500, 1) << "one for each frame";
  const std::uint64_t media = link.counters().media;
  const std::uint64_t played = b.sounds().at(call).seam->report.decoded.load();
  EXPECT_LE(media - played, 5U) << "frames that wait in the buffer, or came before the devices";
  const auto sent = world.status(a, call)->tx.packets;
  EXPECT_GE(sent - media, 9U) << "the reports of each second are not the stream";
  EXPECT_GT(link.counters().sent, media) << "acknowledgements too";
  EXPECT_EQ(a.traffic().mediaPackets, media);
  EXPECT_EQ(a.traffic().mediaPackets + a.traffic().otherPackets, link.counters().sent);
  EXPECT_EQ(a.traffic().mediaBytes + a.traffic().otherBytes, link.counters().bytes);
}

TEST(CallRun, aDelayTraceMovesTheBufferAndNotTheOtherWay) {
  CallScenario scenario = sized(10s);
  for (int i = 0; i < 50; ++i) scenario.up.link.delayTrace.push_back(i % 10 == 9 ? 100ms : 20ms);
  scenario.down.link.delayTrace = {20ms};
  const Outcome outcome = run(scenario);
  const double shaken = outcome.report["a_to_b"]["jitter_buffer_ms"]["mean"];
  const double still = outcome.report["b_to_a"]["jitter_buffer_ms"]["mean"];
  EXPECT_GT(shaken, 40);
  EXPECT_LT(still, 30);
}

TEST(CallRun, aStepTakesEffectAtItsSecond) {
  CallScenario scenario = sized(12s);
  LinkSpec narrow;
  narrow.rateBps = 30'000;
  narrow.queueLimit = 400ms;
  scenario.steps.push_back({.at = 4s, .up = narrow});
  scenario.steps.push_back({.at = 8s, .up = LinkSpec{}});
  scenario.wantsSeries = true;
  const Outcome outcome = run(scenario);
  const Json& queue = outcome.report["a_to_b"]["queueing_ms"];
  ASSERT_EQ(queue["after_steps"].size(), 2U);
  EXPECT_EQ(queue["after_steps"][0]["at_s"], 4);
  EXPECT_GT(queue["after_steps"][0]["max"].get<double>(), 1);
  EXPECT_GE(queue["max"], queue["after_steps"][0]["max"]);
  const Json& series = queue["series"];
  ASSERT_EQ(series.size(), 48U);
  for (std::size_t i = 0; i < 16; ++i) EXPECT_EQ(series[i], 0) << i;
  EXPECT_TRUE(
      std::any_of(series.begin() + 16, series.begin() + 32, [](const Json& ms) { return ms > 0; }));
  EXPECT_EQ(outcome.report["b_to_a"]["queueing_ms"]["max"], 0);
}

TEST(CallRun, aChosenTierIsSentAndAStepChangesIt) {
  CallScenario scenario = sized(6s);
  scenario.tier = {wire::Tier::Low};
  scenario.steps.push_back({.at = 3s, .tier = TierChoice{wire::Tier::Studio48}});
  const Json report = run(scenario).report["a_to_b"];
  EXPECT_EQ(report["tier_at_start"], "low");
  EXPECT_EQ(report["tier_at_end"], "studio48");
  ASSERT_EQ(report["tier_changes"].size(), 1U);
  EXPECT_NEAR(report["tier_changes"][0]["at_s"].get<double>(), 3, 0.1);
}

// Acknowledgements ride in media packets while both talk; they are counted apart all the same.
TEST(CallRun, mediaBytesAreWhatTheTierSays) {
  CallScenario scenario = sized(20s);
  scenario.tier = {wire::Tier::Good};
  const Json report = run(scenario).report["a_to_b"];
  const double told = wire::wireBitrateBps(wire::Tier::Good) / 1000.0;
  EXPECT_NEAR(report["packets"].get<double>(), 1000, 1);
  EXPECT_NEAR(report["wire_kbps"].get<double>(), told, 0.1);
  EXPECT_GT(report["ack_kbps"].get<double>(), 0);
}

TEST(CallRun, devicesThatRunFasterTakeAndGiveMore) {
  // 5000 ppm make a difference of 50 ms in ten seconds.
  World world(3);
  SimRelay& relay = world.addRelay();
  SimClient& a = world.addClient({.alias = "A", .recordsSound = true});
  SimClient& b = world.addClient({.alias = "B", .recordsSound = true, .driftPpm = 5000});
  ASSERT_TRUE(world.meet(a, b, relay));
  const CallId call = test::talk(world, a, b);
  const std::size_t atA = a.sounds().at(call).played.size();
  const std::size_t atB = b.sounds().at(call).played.size();
  world.network.runFor(10s);
  EXPECT_EQ(a.sounds().at(call).played.size() - atA, 480000U);
  EXPECT_NEAR(static_cast<double>(b.sounds().at(call).played.size() - atB), 482400, 480);
  EXPECT_EQ(a.deviceTime(48000), 1s);
  EXPECT_EQ(b.deviceTime(48240), 1s);
}

TEST(CallRun, driftIsFollowedWithoutGrowth) {
  // Sixty milliseconds come together, too much at A and too little at B.
  CallScenario scenario = sized(300s);
  scenario.driftPpm = 200;
  const Json report = run(scenario).report;
  for (const char* way : {"a_to_b", "b_to_a"}) {
    EXPECT_LT(report[way]["jitter_buffer_ms"]["p95"].get<double>(), 40) << way;
    EXPECT_EQ(report[way]["late_share"], 0) << way;
  }
}

TEST(CallRun, twoCallsShareOneQueue) {
  CallScenario scenario = sized(8s);
  scenario.calls = 2;
  scenario.tier = {wire::Tier::Studio64};
  scenario.up.link = {.delay = 10ms, .rateBps = 500'000};
  const Outcome outcome = run(scenario);
  ASSERT_TRUE(outcome.report.contains("second_call"));
  const Json& first = outcome.report["a_to_b"];
  const Json& second = outcome.report["second_call"]["a_to_b"];
  EXPECT_NEAR(first["end_kbps"].get<double>(), second["end_kbps"].get<double>(),
              0.25 * first["end_kbps"].get<double>());
  EXPECT_EQ(first["queueing_ms"], second["queueing_ms"]) << "it is the same queue";
}

// At any one moment one of them may be trying more, or giving way.
TEST(CallRun, twoCallsOnANarrowLinkShareIt) {
  int alike = 0, ways = 0;
  for (const Duration delay : {10ms, 27ms, 60ms}) {
    CallScenario scenario = sized(90s);
    scenario.calls = 2;
    scenario.up.link = scenario.down.link = {.delay = delay, .rateBps = 100'000};
    const Json report = run(scenario).report;
    for (const char* way : {"a_to_b", "b_to_a"}) {
      const auto one = report[way]["wire_kbps"].get<double>();
      const auto two = report["second_call"][way]["wire_kbps"].get<double>();
      EXPECT_GE(std::min(one, two), 0.6 * std::max(one, two)) << way << toMilliseconds(delay);
      alike += std::min(one, two) >= 0.75 * std::max(one, two) ? 1 : 0;
      ++ways;
    }
  }
  EXPECT_GE(alike, ways - 1);
}

TEST(CallRun, theEstimateFromMouthToEarIsWhatTheSoundSays) {
  for (const Duration delay : {10ms, 60ms}) {
    CallScenario scenario;
    scenario.tier = {wire::Tier::Good};
    scenario.deviceDelay = 20ms;
    scenario.up.link = scenario.down.link = {.delay = delay, .jitter = 10ms};
    const Json report = run(scenario, babble(8s, 7)).report["a_to_b"];
    ASSERT_TRUE(report["mouth_to_ear_ms"].is_number());
    EXPECT_NEAR(report["mouth_to_ear_ms"].get<double>(), report["delay_ms"].get<double>(), 15);
  }
}

TEST(CallRun, aRecordReplaysBitForBitWithTheRealCodec) {
  CallScenario scenario;
  scenario.wantsRecord = true;
  scenario.up.link = {.delay = 30ms, .jitter = 40ms, .loss = 0.15, .reorder = 0.02};
  const Outcome outcome = run(scenario, babble(8s, 6));
  const auto record = media::decodePlayRecord(outcome.result.record);
  ASSERT_TRUE(record) << media::toString(record.error());
  const media::PlayReplay again = media::replay(*record);
  EXPECT_FALSE(again.differsAt) << *again.differsAt;
  // The record goes on after the figures end.
  EXPECT_GE(again.report.counters.decoded, outcome.report["a_to_b"]["recovery"]["decoded"]);
  EXPECT_GT(media::findGaps(*record).size(), 20U);
}

// The longest sound that was invented between two frames.
Duration longestInvented(const media::PlayRecord& record) {
  std::int64_t run = 0, longest = 0;
  for (const media::PlayEvent& event : record.events) {
    if (event.kind == media::PlayEventKind::Decode) run = 0;
    if (event.kind == media::PlayEventKind::Conceal) run += event.samples;
    longest = std::max(longest, run);
  }
  return media::samplesToDuration(longest);
}

TEST(CallRun, tiersChosenByHandFollowEachOtherWithoutALongHole) {
  CallScenario scenario;
  scenario.wantsRecord = true;
  scenario.tier = {wire::Tier::Good};
  scenario.up.link = scenario.down.link = {.delay = 30ms, .jitter = 5ms};
  Duration at = 4s;
  for (const wire::Tier tier : {wire::Tier::Degraded, wire::Tier::Good, wire::Tier::Catastrophic,
                                wire::Tier::Low, wire::Tier::Degraded, wire::Tier::Studio64}) {
    scenario.steps.push_back({.at = at, .tier = TierChoice{tier}});
    at += 3s;
  }
  scenario.length = at;
  const Outcome outcome = run(scenario, babble(at, 9));
  EXPECT_EQ(outcome.report["a_to_b"]["tier_changes"].size(), scenario.steps.size());
  const auto record = media::decodePlayRecord(outcome.result.record);
  ASSERT_TRUE(record);
  EXPECT_LE(longestInvented(*record), 45ms);
}

// The steps on the way to long packets cost more than those, and must not keep the queue full.
TEST(CallRun, theQueueOfAWayThatBecameNarrowIsGoneWithinThreeSeconds) {
  CallScenario scenario = sized(12s);
  LinkSpec narrow;
  narrow.rateBps = 24'000;
  narrow.queueLimit = 400ms;
  scenario.steps.push_back({.at = 4s, .up = narrow});
  const Json up = run(scenario).report["a_to_b"];
  EXPECT_LE(up["queueing_ms"]["after_steps"][0]["over_100_ms_for_s"].get<double>(), 3);
  EXPECT_EQ(up["tier_at_end"], "degraded");
}

// The reports that would say so are in the same queues, and a long queue holds more than they tell.
TEST(CallRun, bothWaysBecomingNarrowTogetherIsNoticedWhateverTheQueues) {
  for (const Duration queue : {100ms, 300ms, 1000ms}) {
    CallScenario scenario = sized(30s);
    LinkSpec wide;
    wide.delay = 20ms;
    wide.rateBps = 200'000;
    wide.queueLimit = queue;
    scenario.up.link = scenario.down.link = wide;
    LinkSpec narrow = wide;
    narrow.rateBps = 24'000;
    scenario.steps.push_back({.at = 20s, .up = narrow, .down = narrow});
    const Json report = run(scenario).report;
    for (const char* way : {"a_to_b", "b_to_a"}) {
      const Json& after = report[way]["queueing_ms"]["after_steps"][0];
      EXPECT_LE(after["over_100_ms_for_s"].get<double>(), 3) << way << toMilliseconds(queue);
    }
  }
}

// No delay was ever smaller, so that only the pace at which packets come tells that the way is
// full.
TEST(CallRun, aWayThatIsTooNarrowFromTheStartIsNotTakenForALossyOne) {
  CallScenario scenario = sized(20s);
  scenario.up.link = {.delay = 30ms, .rateBps = 48'000};
  scenario.down.link = {.delay = 30ms, .rateBps = 80'000};
  const Json report = run(scenario).report;
  EXPECT_EQ(report["a_to_b"]["tier_at_end"], "good");
  EXPECT_EQ(report["a_to_b"]["packet_time_ms"], 40);
  EXPECT_EQ(report["b_to_a"]["tier_at_end"], "good");
  EXPECT_EQ(report["b_to_a"]["packet_time_ms"], 20);
  EXPECT_LE(report["a_to_b"]["queueing_ms"]["mean"].get<double>(), 60);
}

// Full from the first packet on, there is never room for two packets in a row; what is heard must
// get through all the same.
TEST(CallRun, aCallOnANarrowWayIsSetUpAndFindsItsTier) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    CallScenario scenario = sized(15s);
    scenario.seed = seed;
    scenario.up.link = scenario.down.link = {.delay = 30ms, .rateBps = 24'000};
    const Json report = run(scenario).report;
    EXPECT_LE(report["set_up_ms"].get<double>(), 10'000);
    for (const char* way : {"a_to_b", "b_to_a"}) EXPECT_EQ(report[way]["tier_at_end"], "degraded");
  }
}

TEST(CallRun, aWayThatLosesAllFailsAtAStage) {
  CallScenario scenario = sized(5s);
  scenario.up.link.loss = 1;
  const auto result = runCallScenario(scenario, {}, {});
  EXPECT_FALSE(result.ok);
  const Json report = Json::parse(result.report);
  EXPECT_EQ(report["failed_at"], "ringing") << result.report;
  EXPECT_FALSE(report["ok"]);
}

TEST(CallRun, aCallGoesDirectlyWhereItMayAndMeetsTheSameWeather) {
  CallScenario scenario = sized(5s);
  scenario.up.link.delay = 30ms;
  scenario.down.link.loss = 0.1;
  Json report = run(scenario).report;
  EXPECT_EQ(report["path"], "relay");
  scenario.isRelayed = false;
  report = run(scenario).report;
  EXPECT_EQ(report["path"], "direct_ipv4") << report;
  EXPECT_EQ(report["a_to_b"]["packets_lost"], 0);
  EXPECT_GT(report["b_to_a"]["packets_lost"], 0);
  scenario.calls = 2;
  report = run(scenario).report;
  EXPECT_EQ(report["path"], "direct_ipv4");
}

}  // namespace
}  // namespace foyer::sim
