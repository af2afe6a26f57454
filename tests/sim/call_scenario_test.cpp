#include "core/sim/call_scenario.h"

#include <gtest/gtest.h>

#include <map>

namespace foyer::sim {
namespace {

Result<std::string, Fault> readTrace(const std::string& path) {
  static const std::map<std::string, std::string> kFiles{
      {"loss.txt", "0\n1\n0\n"}, {"delay.txt", "10\n20.5\n"}, {"empty.txt", ""}, {"odd.txt", "a"}};
  const auto it = kFiles.find(path);
  if (it == kFiles.end()) return Failure(Fault{"storage", "not_found", false, "no such file"});
  return it->second;
}

CallScenario parsed(const std::string& json) {
  const auto scenario = parseCallScenario(json, readTrace);
  EXPECT_TRUE(scenario) << json << ": " << (scenario ? "" : scenario.error().detail);
  return scenario.value_or(CallScenario{});
}

TEST(CallScenario, everyKeyIsRead) {
  const CallScenario s = parsed(R"({
    "seed": 9, "seconds": 12.5, "relay": false, "tier": "low", "drift_ppm": -150, "calls": 2,
    "series": true, "codec": "sized-frames", "device_ms": 30,
    "links": {
      "up": {"delay_ms": 30, "jitter_ms": 7.5, "loss": 0.1, "burst": 3, "reorder": 0.2,
             "duplicate": 0.3, "rate_kbps": 24, "queue_ms": 400, "max_payload_kbps": 32},
      "down": {"loss_trace": "loss.txt", "delay_trace": "delay.txt"}}})");
  EXPECT_EQ(s.seed, 9U);
  EXPECT_EQ(s.length, 12500ms);
  EXPECT_FALSE(s.isRelayed);
  EXPECT_EQ(s.tier.tier, wire::Tier::Low);
  EXPECT_EQ(s.driftPpm, -150);
  EXPECT_EQ(s.calls, 2);
  EXPECT_TRUE(s.wantsSeries);
  EXPECT_EQ(s.codec, SimCodec::SizedFrames);
  EXPECT_EQ(s.deviceDelay, 30ms);
  EXPECT_EQ(s.up.link.delay, 30ms);
  EXPECT_EQ(s.up.link.jitter, 7500us);
  EXPECT_EQ(s.up.link.loss, 0.1);
  EXPECT_EQ(s.up.link.burstPackets, 3);
  EXPECT_EQ(s.up.link.reorder, 0.2);
  EXPECT_EQ(s.up.link.duplicate, 0.3);
  EXPECT_EQ(s.up.link.rateBps, 24000);
  EXPECT_EQ(s.up.link.queueLimit, 400ms);
  EXPECT_EQ(s.up.maxPayloadBps, 32000);
  EXPECT_FALSE(s.down.maxPayloadBps);
  EXPECT_EQ(s.down.link.lossTrace, (std::vector<bool>{false, true, false}));
  EXPECT_EQ(s.down.link.delayTrace, (std::vector<Duration>{10ms, 20500us}));
}

TEST(CallScenario, anEmptyOneHasItsDefaults) {
  const CallScenario s = parsed("{}");
  EXPECT_EQ(s.seed, 1U);
  EXPECT_FALSE(s.length);
  EXPECT_TRUE(s.isRelayed);
  EXPECT_FALSE(s.tier.tier);
  EXPECT_EQ(s.calls, 1);
  EXPECT_EQ(s.codec, SimCodec::Opus);
  EXPECT_FALSE(s.up.link.rateBps);
  EXPECT_FALSE(parsed(R"({"tier": "auto", "links": {"up": {"rate_kbps": 0}}})").up.link.rateBps);
}

TEST(CallScenario, someKeysMayStandWithAWayOrWithTheWhole) {
  const CallScenario s = parsed(
      R"({"max_payload_kbps": 32, "links": {"down": {"max_payload_kbps": 16, "drift_ppm": 20}}})");
  EXPECT_EQ(s.up.maxPayloadBps, 32000);
  EXPECT_EQ(s.down.maxPayloadBps, 16000);
  EXPECT_EQ(s.driftPpm, 20);
}

TEST(CallScenario, stepsOverrideWhatTheyNameAndComeInOrderOfTime) {
  const CallScenario s = parsed(R"({
    "links": {"up": {"delay_ms": 30, "rate_kbps": 200, "steps": [{"at_s": 20, "loss": 0.2}]},
              "down": {"delay_ms": 40, "loss_trace": "loss.txt"}},
    "steps": [{"at_s": 30, "up": {"loss_trace": "loss.txt"}, "tier": "good", "drift_ppm": 5},
              {"at_s": 10, "rate_kbps": 24, "down": {"delay_ms": 50, "loss": 0}}]})");
  ASSERT_EQ(s.steps.size(), 3U);
  const ScenarioStep& first = s.steps[0];
  EXPECT_EQ(first.at, 10s);
  ASSERT_TRUE(first.up && first.down);
  EXPECT_EQ(first.up->rateBps, 24000);
  EXPECT_EQ(first.up->delay, 30ms);
  EXPECT_EQ(first.down->rateBps, 24000);
  EXPECT_EQ(first.down->delay, 50ms);
  EXPECT_TRUE(first.down->lossTrace.empty()) << "loss takes the place of the trace";
  EXPECT_FALSE(first.tier || first.driftPpm);

  const ScenarioStep& second = s.steps[1];
  EXPECT_EQ(second.at, 20s);
  ASSERT_TRUE(second.up);
  EXPECT_FALSE(second.down);
  EXPECT_EQ(second.up->loss, 0.2);
  EXPECT_EQ(second.up->rateBps, 24000) << "what an earlier step changed stays";

  const ScenarioStep& third = s.steps[2];
  EXPECT_EQ(third.at, 30s);
  ASSERT_TRUE(third.up && third.down && third.tier && third.driftPpm);
  EXPECT_EQ(third.up->lossTrace.size(), 3U);
  EXPECT_EQ(third.down->delay, 50ms);
  EXPECT_EQ(third.tier->tier, wire::Tier::Good);
  EXPECT_EQ(third.driftPpm, 5);
}

TEST(CallScenario, aBadKeyIsNamed) {
  const struct {
    const char* json;
    const char* code;
    const char* key;
  } cases[] = {
      {"", "malformed", ""},
      {"[]", "malformed", ""},
      {"{\"seed\": 1", "malformed", ""},
      {R"({"sede": 1})", "unknown_key", "sede"},
      {R"({"seed": -1})", "bad_value", "seed"},
      {R"({"seed": "1"})", "bad_value", "seed"},
      {R"({"seconds": 0})", "bad_value", "seconds"},
      {R"({"relay": 1})", "bad_value", "relay"},
      {R"({"tier": "best"})", "bad_value", "tier"},
      {R"({"tier": 3})", "bad_value", "tier"},
      {R"({"codec": "mp3"})", "bad_value", "codec"},
      {R"({"codec": {}})", "bad_value", "codec"},
      {R"({"calls": 3})", "bad_value", "calls"},
      {R"({"series": "yes"})", "bad_value", "series"},
      {R"({"drift_ppm": 1e9})", "bad_value", "drift_ppm"},
      {R"({"links": 1})", "bad_value", "links"},
      {R"({"links": {"left": {}}})", "unknown_key", "links.left"},
      {R"({"links": {"up": []}})", "bad_value", "links.up"},
      {R"({"links": {"up": {"loss": 1.5}}})", "bad_value", "links.up.loss"},
      {R"({"links": {"up": {"lost": 0.5}}})", "unknown_key", "links.up.lost"},
      {R"({"links": {"down": {"delay_ms": -3}}})", "bad_value", "links.down.delay_ms"},
      {R"({"links": {"down": {"queue_ms": null}}})", "bad_value", "links.down.queue_ms"},
      {R"({"links": {"up": {"max_payload_kbps": 0}}})", "bad_value", "links.up.max_payload_kbps"},
      {R"({"links": {"up": {"loss_trace": [0]}}})", "bad_value", "links.up.loss_trace"},
      {R"({"links": {"up": {"loss_trace": "gone.txt"}}})", "unreadable", "links.up.loss_trace"},
      {R"({"links": {"up": {"loss_trace": "empty.txt"}}})", "bad_value", "links.up.loss_trace"},
      {R"({"links": {"up": {"delay_trace": "odd.txt"}}})", "bad_value", "links.up.delay_trace"},
      {R"({"links": {"up": {"steps": [{"loss": 0}]}}})", "bad_value", "links.up.steps[0].at_s"},
      {R"({"links": {"up": {"steps": [{"at_s": 1, "up": {}}]}}})", "unknown_key",
       "links.up.steps[0].up"},
      {R"({"steps": {}})", "bad_value", "steps"},
      {R"({"steps": [1]})", "bad_value", "steps[0]"},
      {R"({"steps": [{"at_s": 1}, {"at_s": "2"}]})", "bad_value", "steps[1].at_s"},
      {R"({"steps": [{"at_s": 1, "seed": 2}]})", "unknown_key", "steps[0].seed"},
      {R"({"steps": [{"at_s": 1, "down": {"rate": 2}}]})", "unknown_key", "steps[0].down.rate"},
      {R"({"steps": [{"at_s": 1, "max_payload_kbps": 2}]})", "bad_value",
       "steps[0].max_payload_kbps"},
  };
  for (const auto& c : cases) {
    const auto scenario = parseCallScenario(c.json, readTrace);
    ASSERT_FALSE(scenario) << c.json;
    EXPECT_EQ(scenario.error().stage, "scenario");
    EXPECT_EQ(scenario.error().code, c.code) << c.json << ": " << scenario.error().detail;
    EXPECT_TRUE(scenario.error().detail.starts_with(*c.key == '\0' ? std::string("the file")
                                                                   : std::string(c.key) + ":"))
        << c.json << ": " << scenario.error().detail;
  }
}

}  // namespace
}  // namespace foyer::sim
