// Ann and Ben at one relay, for scenarios that begin with a call.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "core/sim/world.h"
#include "tests/support/talking.h"

namespace foyer::sim {

using client::CallEnd;
using client::CallPhase;

struct TwoPeople {
  explicit TwoPeople(std::uint64_t seed, SimClientOptions options = {})
      : world(seed), relay(world.addRelay()) {
    world.network.setDefaultLink({.delay = 10ms});
    options.alias = "Ann";
    a = &world.addClient(options);
    options.alias = "Ben";
    b = &world.addClient(options);
  }
  CallId talk() {
    EXPECT_TRUE(world.meet(*a, *b, relay));
    return test::talk(world, *a, *b);
  }
  // Both sides still talk after what was done to them: speech both ways during the next seconds.
  void expectAlive(const CallId& call) {
    const auto packets = [&](SimClient& side) { return world.status(side, call)->rx.packets; };
    const std::uint64_t beforeA = packets(*a), beforeB = packets(*b);
    world.network.runFor(3s);
    for (SimClient* side : {a, b}) {
      const auto status = world.status(*side, call);
      EXPECT_EQ(status->phase, CallPhase::Active) << static_cast<int>(status->end);
      EXPECT_FALSE(status->isReconnecting);
    }
    EXPECT_GE(packets(*a) - beforeA, 140U);
    EXPECT_GE(packets(*b) - beforeB, 140U);
  }
  static std::ptrdiff_t rings(const SimClient& side) {
    return std::count_if(side.events().begin(), side.events().end(),
                         [](const auto& e) { return std::holds_alternative<client::CallRang>(e); });
  }

  World world;
  SimRelay& relay;
  SimClient* a = nullptr;
  SimClient* b = nullptr;
};

}  // namespace foyer::sim
