// Whole clients in every kind of home: over the relay everybody hears everybody.
#include <gtest/gtest.h>

#include "core/sim/world.h"
#include "tests/support/talking.h"

namespace foyer::sim {
namespace {

TEST(Homes, overTheRelayTheVoiceGoesFromEveryKindOfHome) {
  for (const HomeType& type : homeTypes()) {
    SCOPED_TRACE(type.name);
    World world(11);
    world.network.setDefaultLink({.delay = 20ms});
    SimRelay& relay = world.addPublicRelay();
    SimClient& a = world.addClient(world.addHome(type));
    SimClient& b = world.addClient(world.addHome(*findHomeType("linux")));
    ASSERT_TRUE(world.meet(a, b, relay));
    const CallId call = test::talk(world, a, b);
    world.network.runFor(3s);
    EXPECT_GE(world.status(a, call)->rx.packets, 140U);
    EXPECT_GE(world.status(b, call)->rx.packets, 140U);
  }
}

// The router of either gets another table, another address, or the cable is pulled for Wi-Fi.
TEST(Homes, aCallLivesThroughWhatRoutersAndInterfacesDo) {
  World world(12);
  world.network.setDefaultLink({.delay = 20ms});
  SimRelay& relay = world.addPublicRelay();
  const Home home = world.addHome(*findHomeType("port-restricted"));
  const Home mobile = world.addHome(*findHomeType("cgnat+port-restricted"));
  SimClient& a = world.addClient(home);
  SimClient& b = world.addClient(world.addHome(*findHomeType("symmetric-random")));
  ASSERT_TRUE(world.meet(a, b, relay));
  const CallId call = test::talk(world, a, b);
  const auto expectAlive = [&](const char* after) {
    SCOPED_TRACE(after);
    world.network.runFor(10s);
    const auto beforeA = world.status(a, call)->rx.packets;
    const auto beforeB = world.status(b, call)->rx.packets;
    world.network.runFor(3s);
    EXPECT_GE(world.status(a, call)->rx.packets - beforeA, 140U);
    EXPECT_GE(world.status(b, call)->rx.packets - beforeB, 140U);
  };
  home.router->rebind();
  expectAlive("a rebinding");
  home.router->reboot(world.network.now());
  expectAlive("a restart of the router");
  world.network.setOutside(*home.router, IpAddress::v4(81, 250, 0, 1));
  expectAlive("another public address");
  world.network.addInterface(a, interfaceIn(mobile, 50, "mobile"));
  world.network.setInterfaceUp(a, "eth0", false);
  expectAlive("another network, the old one gone");
  world.network.setInterfaceUp(a, "eth0", true);
  world.network.removeInterface(a, "mobile");
  expectAlive("home again");
}

}  // namespace
}  // namespace foyer::sim
