// Hours and days of virtual time: what only shows when it goes on for long. Label slow; run by
// `packaging/test --slow`.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "core/io/files.h"
#include "core/media/wav.h"
#include "core/sim/call_scenario.h"
#include "tests/scenarios/two_people.h"

namespace foyer::sim {
namespace {

constexpr double kMebi = 1024.0 * 1024.0;
// Virtual minutes; FOYER_LONG_MINUTES shortens a trial run of these tests.
int minutesOr(int whole) {
  const char* asked = std::getenv("FOYER_LONG_MINUTES");
  return asked == nullptr ? whole : std::min(whole, std::max(std::atoi(asked), 1));
}

double residentMib() {
  std::ifstream file("/proc/self/statm");
  double whole = 0, resident = 0;
  file >> whole >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / kMebi;
}

std::vector<std::int16_t> clip(const char* name) {
  constexpr std::size_t kMaxBytes = 16 << 20;
  const auto file =
      io::readFile(std::string(FOYER_SOURCE_DIR) + "/resources/speech/" + name, kMaxBytes);
  if (!file) return {};
  auto wav = media::parseWav(*file);
  return wav ? std::move(wav->samples) : std::vector<std::int16_t>{};
}

TEST(Long, anHourWithOpusOverAFairLinkGivesTheSameReportTwice) {
  CallScenario scenario;
  scenario.seed = 301;
  scenario.length = std::chrono::minutes(minutesOr(60));
  scenario.codec = SimCodec::Opus;
  scenario.up.link = scenario.down.link = {.delay = 40ms, .jitter = 10ms, .loss = 0.004};
  const auto a = clip("clip_a.wav"), b = clip("clip_b.wav");
  ASSERT_FALSE(a.empty() || b.empty());
  const CallScenarioResult first = runCallScenario(scenario, a, b);
  EXPECT_TRUE(first.ok) << first.report;
  EXPECT_NE(first.report.find("\"codec\": \"opus\""), std::string::npos) << first.report;
  EXPECT_EQ(runCallScenario(scenario, a, b).report, first.report);
}

// Weather that changes each minute, an address that changes each seven: the delay of the buffer and
// the memory stay where they are, and the call is alive at the end.
TEST(Long, anHourOfChangingWeatherKeepsDelayAndMemoryBounded) {
  TwoPeople people(302);
  const CallId call = people.talk();
  const LinkSpec weathers[] = {{.delay = 10ms},
                               {.delay = 30ms, .jitter = 30ms, .loss = 0.02},
                               {.delay = 80ms, .jitter = 10ms, .loss = 0.05, .burstPackets = 4},
                               {.delay = 20ms, .jitter = 60ms, .reorder = 0.05, .duplicate = 0.01}};
  // Twice the worst jitter, a packet and a device block are far below this.
  constexpr Duration kMostDelay = 250ms;
  const int minutes = minutesOr(60);
  SeededRandom random(303);
  double early = 0;
  for (int minute = 0; minute < minutes; ++minute) {
    const LinkSpec& weather = weathers[random.below(std::size(weathers))];
    people.world.network.setLink(*people.a, people.relay, weather);
    people.world.network.setLink(*people.b, people.relay, weather);
    if (minute % 7 == 3) {
      people.world.network.rebind(
          *people.a, {IpAddress::v4(10, 9, 0, 1), static_cast<std::uint16_t>(20000 + minute)});
    }
    people.world.network.runFor(1min);
    for (SimClient* side : {people.a, people.b}) {
      const auto& seam = side->sounds().at(call).seam;
      EXPECT_LE(Duration(seam->report.bufferDelayNs.load()), kMostDelay) << "minute " << minute;
    }
    if (minute == minutes / 6) early = residentMib();
  }
  EXPECT_LE(residentMib() - early, 8) << "MiB more than after a sixth of the time";
  for (SimClient* side : {people.a, people.b})
    people.world.network.setLink(*side, people.relay, {.delay = 10ms});
  people.world.network.runFor(10s);
  people.expectAlive(call);
}

// Two hundred people who come, go, and change their word about themselves, for a day.
TEST(Long, aDayOfTwoHundredPeopleComingAndGoingLeavesNothingBehind) {
  constexpr std::size_t kPeople = 200;
  World world(304);
  world.network.setDefaultLink({.delay = 10ms});
  relaylite::RelayConfig config;
  config.limits.maxClientsPerAddress = kPeople;
  SimRelay& relay = world.addRelay(config);
  std::vector<SimClient*> clients;
  std::vector<bool> isIn(kPeople, true), isBusy(kPeople);
  for (std::size_t i = 0; i < kPeople; ++i) {
    clients.push_back(&world.addClient({.alias = "Person " + std::to_string(i)}));
    world.connect(*clients.back(), relay);
    world.network.runFor(100ms);
  }
  const auto here = [&] {
    return static_cast<std::size_t>(std::count(isIn.begin(), isIn.end(), true));
  };
  SeededRandom random(305);
  const int minutes = minutesOr(24 * 60);
  double early = 0;
  for (int minute = 0; minute < minutes; ++minute) {
    for (int change = 0; change < 4; ++change) {
      const std::size_t who = random.below(kPeople);
      if (random.below(2) == 0 && isIn[who]) {
        isBusy[who] = !isBusy[who];
        clients[who]->tell([&](client::Client& c, TimePoint) { c.setDoNotDisturb(isBusy[who]); });
      } else if (isIn[who]) {
        clients[who]->tell(
            [&](client::Client& c, TimePoint now) { c.disconnectRelay(now, relay.fingerprint()); });
        isIn[who] = false;
      } else {
        world.connect(*clients[who], relay);
        isIn[who] = true;
      }
      world.network.runFor(15s);
    }
    if (minute == minutes / 6) early = residentMib();
  }
  EXPECT_LE(residentMib() - early, 8) << "MiB more than after a sixth of the time";
  // Whoever left without a word is forgotten by then; then every list is the truth.
  world.network.runFor(5min);
  for (std::size_t i = 0; i < kPeople; ++i) {
    if (!isIn[i]) continue;
    const auto people = clients[i]->client().people();
    EXPECT_EQ(people.size(), here() - 1) << "person " << i;
  }
  EXPECT_EQ(relay.relay().metrics().closedForFlood, 0U);
}

}  // namespace
}  // namespace foyer::sim
