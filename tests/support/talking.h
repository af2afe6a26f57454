// Two simulated people who have met on a relay, from the call to speech both ways. Each step is an
// expectation of its own, so that a failure says how far they came.
#pragma once

#include <gtest/gtest.h>

#include "core/sim/world.h"

namespace foyer::test {

inline CallId talk(sim::World& world, sim::SimClient& caller, sim::SimClient& callee) {
  const auto placed = world.call(caller, callee);
  EXPECT_TRUE(placed) << placed.error().code;
  if (!placed) return {};
  EXPECT_TRUE(world.waitForPhase(callee, *placed, client::CallPhase::Ringing));
  callee.tell([&](client::Client& c, TimePoint now) { return c.answer(now, *placed, true); });
  EXPECT_TRUE(world.waitForPhase(caller, *placed, client::CallPhase::Active));
  EXPECT_TRUE(world.waitForPhase(callee, *placed, client::CallPhase::Active));
  return *placed;
}

}  // namespace foyer::test
