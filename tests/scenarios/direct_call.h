// Two people at home in a call that goes directly, for the tests of what may happen to it; gaps are
// counted in samples.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "core/sim/nat_grid.h"
#include "core/sim/world.h"
#include "tests/support/talking.h"

namespace foyer::sim {

inline SimClientOptions talkative() {
  SimClientOptions options;
  options.codec = SimCodec::SizedTone;
  options.sound.assign(SimClient::kTickSamples, 1000);
  options.loopsSound = true;
  options.recordsSound = true;
  return options;
}

// So that a call between them may go directly.
inline void befriend(SimClient& a, SimClient& b) {
  for (const auto& [who, whom] : {std::pair{&a, &b}, std::pair{&b, &a}})
    who->contacts().set(whom->key(), {.isKnown = true});
}

struct DirectCall {
  explicit DirectCall(const HomeType& typeA = *findHomeType("port-restricted"),
                      const HomeType& typeB = *findHomeType("linux"))
      : world(1),
        relay(world.addPublicRelay()),
        homeA(world.addHome(typeA)),
        homeB(world.addHome(typeB)),
        a(world.addClient(homeA, talkative())),
        b(world.addClient(homeB, talkative())) {
    world.network.setDefaultLink({.delay = 20ms});
    befriend(a, b);
    EXPECT_TRUE(world.meet(a, b, relay));
    call = test::talk(world, a, b);
    EXPECT_TRUE(goesDirect(5s));
    world.network.runFor(2s);
  }
  [[nodiscard]] std::uint64_t directPackets(SimClient& from, SimClient& to) {
    return world.network.link(from, to).counters().media;
  }
  // Both voices take the direct way within `limit` from now.
  bool goesDirect(Duration limit) {
    const std::uint64_t fromA = directPackets(a, b), fromB = directPackets(b, a);
    return world.network.runUntil(
        [&] { return directPackets(a, b) > fromA && directPackets(b, a) > fromB; }, limit);
  }
  void mark() { marked = world.network.now(); }
  // The longest that either was not heard since mark().
  [[nodiscard]] Duration gap() const {
    const TimePoint now = world.network.now();
    return std::max(a.longestSilence(call, marked, now), b.longestSilence(call, marked, now));
  }
  void expectAlive() {
    for (SimClient* side : {&a, &b})
      EXPECT_EQ(world.status(*side, call)->phase, client::CallPhase::Active);
    const TimePoint now = world.network.now();
    world.network.runFor(1s);
    EXPECT_EQ(a.longestSilence(call, now, now + 1s), 0ms);
    EXPECT_EQ(b.longestSilence(call, now, now + 1s), 0ms);
  }

  World world;
  SimRelay& relay;
  Home homeA, homeB;
  SimClient& a;
  SimClient& b;
  CallId call;
  TimePoint marked{};
};

}  // namespace foyer::sim
