// Calls between homes of which one has a NAT that gives every destination another port: ports are
// predicted or tried (ADR 0018), within the budget, or the relay is said to be the way.
#include <gtest/gtest.h>

#include <set>

#include "core/sim/nat_grid.h"
#include "core/sim/world.h"
#include "tests/support/talking.h"

namespace foyer::sim {
namespace {

struct HardCall {
  HardCall(const char* callerHome, const char* calleeHome, std::uint64_t seed = 1,
           bool triesPorts = true)
      : world(seed), relay(world.addPublicRelay()) {
    world.network.setDefaultLink({.delay = 20ms});
    world.addObservers();
    SimClientOptions options;
    options.codec = SimCodec::SizedTone;
    options.sound.assign(SimClient::kTickSamples, 1000);
    options.loopsSound = true;
    options.triesPorts = triesPorts;
    homeA = world.addHome(*findHomeType(callerHome));
    homeB = world.addHome(*findHomeType(calleeHome));
    a = &world.addClient(homeA, options);
    b = &world.addClient(homeB, options);
    for (const auto& [who, whom] : {std::pair{a, b}, std::pair{b, a}})
      who->contacts().set(whom->key(), {.isKnown = true});
    EXPECT_TRUE(world.meet(*a, *b, relay));
    EXPECT_TRUE(world.network.runUntil([&] { return a->natReport() && b->natReport(); }, 15s));
  }
  void talk() { call = test::talk(world, *a, *b); }
  [[nodiscard]] client::PathFigures path(SimClient& of) const {
    return of.client().call(world.network.now(), call)->path;
  }
  bool goesDirect(Duration limit) {
    return world.network.runUntil(
        [&] {
          return path(*a).kind == client::PathKind::DirectV4 &&
                 path(*b).kind == client::PathKind::DirectV4;
        },
        limit);
  }

  World world;
  SimRelay& relay;
  Home homeA, homeB;
  SimClient* a = nullptr;
  SimClient* b = nullptr;
  CallId call;
};

TEST(HardNats, debug) {
  HardCall lab("port-restricted", "symmetric-sequential");
  lab.talk();
  EXPECT_TRUE(lab.goesDirect(5s));
  for (SimClient* who : {lab.a, lab.b})
    for (const auto& note : lab.world.status(*who, lab.call)->pathNotes)
      std::printf("%s %6lld %s %s %s %s\n", who == lab.a ? "a" : "b",
                  (long long)toMilliseconds(note.at - TimePoint{}), client::toString(note.step),
                  wire::toString(note.kind), note.address ? note.address->toString().c_str() : "",
                  note.reason.c_str());
}

}  // namespace
}  // namespace foyer::sim
