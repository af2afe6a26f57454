#include "core/engine/metrics_text.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <sstream>

#include "core/engine/metrics_address.h"

namespace foyer::engine {
namespace {

CallView activeCall() {
  CallView call;
  call.call.bytes.fill(0xab);
  call.peer.bytes.fill(0xcd);
  call.peerAlias = "Amina \"the\\first\"";
  call.state = CallState::Active;
  call.stats.path = "direct_ipv4";
  call.stats.rttMs = 38;
  call.stats.rx = {1000, 50'000, 32.5, .08};
  call.stats.tx = {900, 40'000, 31, 0};
  call.stats.pathDetail = "198.51.100.7";
  return call;
}

MetricsInput input(const EventTally& events) {
  MetricsInput made;
  made.version = "1.2.3";
  made.uptimeMs = 90'500;
  RelayView relay;
  relay.link = "foyer://relay/192.168.4.20:4710";
  relay.state = RelayState::Connected;
  relay.rttMs = 3;
  made.relays = {relay};
  PersonView person;
  person.alias = "Amina";
  person.state = PersonState::DoNotDisturb;
  made.people = {person};
  made.calls = {activeCall()};
  made.events = &events;
  return made;
}

// What the exposition format 0.0.4 asks for: HELP and TYPE once and before the samples of a name,
// all samples of a name together, no sample twice, and lines of the right shape.
void expectValid(const std::string& page) {
  static const std::regex kSample(
      R"re(([a-z_][a-z0-9_]*)(\{[a-z_]+="[^"\\\n]*"(,[a-z_]+="[^"\\\n]*")*\})? (-?[0-9.e+-]+))re");
  std::set<std::string> done, samples;
  std::string current, type;
  std::istringstream lines(page);
  for (std::string line; std::getline(lines, line);) {
    std::smatch parts;
    if (line.starts_with("# HELP ")) {
      const std::string name = line.substr(7, line.find(' ', 7) - 7);
      EXPECT_TRUE(done.insert(name).second) << name << " twice";
      current = name;
      type.clear();
    } else if (line.starts_with("# TYPE ")) {
      EXPECT_EQ(line.substr(7, line.find(' ', 7) - 7), current);
      type = line.substr(line.rfind(' ') + 1);
      EXPECT_TRUE(type == "gauge" || type == "counter") << line;
    } else {
      ASSERT_TRUE(std::regex_match(line, parts, kSample)) << line;
      EXPECT_EQ(parts[1], current) << line;
      EXPECT_FALSE(type.empty()) << line;
      EXPECT_EQ(type == "counter", current.ends_with("_total")) << line;
      EXPECT_TRUE(samples.insert(parts[1].str() + parts[2].str()).second) << line;
    }
  }
  EXPECT_TRUE(page.ends_with('\n'));
}

TEST(MetricsText, thePageIsValidAndHasTheFigures) {
  EventTally events;
  events.add(Event{.name = "call:active"});
  for (int i = 0; i < 2; ++i)
    events.add(Event{
        .name = "call:ended",
        .about = {{"direction", std::string("incoming")}, {"reason", std::string("missed")}}});
  events.add(Overflow{3, 0});
  const std::string page = metricsText(input(events));
  expectValid(page);
  for (const char* line :
       {"foyer_build_info{version=\"1.2.3\"} 1\n", "foyer_uptime_seconds 90.5\n",
        "foyer_relays{state=\"connected\"} 1\n", "foyer_relays{state=\"replaced\"} 0\n",
        "foyer_relay_round_trip_seconds 0.003\n", "foyer_people{state=\"dnd\"} 1\n",
        "foyer_calls{state=\"active\"} 1\n", "foyer_call_loss_ratio{direction=\"heard\"} 0.08\n",
        "foyer_call_packets_total{direction=\"heard\"} 1000\n",
        "foyer_call_round_trip_seconds 0.038\n", "foyer_call_path{path=\"direct_ipv4\"} 1\n",
        "foyer_events_total{event=\"call:ended\"} 2\n", "foyer_events_lost_total 3\n",
        "foyer_calls_ended_total{direction=\"incoming\",reason=\"missed\"} 2\n",
        "foyer_impaired 0\n"})
    EXPECT_NE(page.find(line), std::string::npos) << line << page;
}

TEST(MetricsText, nothingIdentifiesAnybody) {
  EventTally events;
  const std::string page = metricsText(input(events));
  for (const char* secret : {"Amina", "abab", "cdcd", "192.168", "198.51", "4710", "foyer://"})
    EXPECT_EQ(page.find(secret), std::string::npos) << secret;
}

TEST(MetricsText, whatIsNotKnownIsLeftOut) {
  EventTally events;
  MetricsInput bare;
  bare.events = &events;
  const std::string page = metricsText(bare);
  expectValid(page);
  EXPECT_EQ(page.find("foyer_call_"), std::string::npos);
  EXPECT_EQ(page.find("round_trip"), std::string::npos);
}

TEST(MetricsText, namesOfEventsAreBounded) {
  EventTally events;
  for (std::size_t i = 0; i < EventTally::kMaxNames + 50; ++i)
    events.add(Event{.name = "made:up" + std::to_string(i)});
  EXPECT_LE(events.byName().size(), EventTally::kMaxNames + 1);
  EXPECT_EQ(events.byName().at("other"), 50U);
}

TEST(MetricsAddress, onlyThisComputerCanBeNamed) {
  EXPECT_EQ(parseMetricsAddress("unix:/run/user/1000/foyer.metrics")->path,
            "/run/user/1000/foyer.metrics");
  EXPECT_EQ(parseMetricsAddress("127.0.0.1:9464")->loopback.toString(), "127.0.0.1:9464");
  EXPECT_EQ(parseMetricsAddress("[::1]:9464")->loopback.toString(), "[::1]:9464");
  for (const char* bad : {"",
                          "9464",
                          ":9464",
                          "0.0.0.0:9464",
                          "127.0.0.2:9464",
                          "192.168.1.2:9464",
                          "[::]:9464",
                          "localhost:9464",
                          "example.org:9464",
                          "127.0.0.1",
                          "127.0.0.1:",
                          "127.0.0.1:0",
                          "127.0.0.1:65536",
                          "127.0.0.1:94 ",
                          "127.0.0.1:+9",
                          "unix:",
                          "unix:/",
                          "unix:relative",
                          "[::1]:x",
                          "http://127.0.0.1:9464"})
    EXPECT_FALSE(parseMetricsAddress(bad)) << bad;
  EXPECT_FALSE(parseMetricsAddress("unix:/" + std::string(107, 'x')));
}

}  // namespace
}  // namespace foyer::engine
