// What becomes of a direct call when a side's machine or network changes under it.
#include "tests/scenarios/direct_call.h"

namespace foyer::sim {
namespace {

TEST(DirectCall, anotherNetworkIsHeardForAtMost700MsAnd60WhileTheOldOneStands) {
  for (const bool ofCaller : {true, false})
    for (const bool isOldGone : {true, false}) {
      SCOPED_TRACE(std::string(ofCaller ? "caller" : "callee") + (isOldGone ? ", old gone" : ""));
      DirectCall lab;
      SimClient& mover = ofCaller ? lab.a : lab.b;
      const Home other = lab.world.addHome(*findHomeType("cgnat+port-restricted"));
      InterfaceSpec mobile = interfaceIn(other, 0, "mobile");
      mobile.metric = kPlainMetric - 1;
      lab.mark();
      if (isOldGone) lab.world.network.setInterfaceUp(mover, "eth0", false);
      lab.world.network.addInterface(mover, mobile);
      lab.world.network.runFor(20s);
      EXPECT_LE(lab.gap(), isOldGone ? 700ms : 60ms);
      lab.expectAlive();
      EXPECT_TRUE(lab.goesDirect(5s));
    }
}

// A tunnel that takes all traffic when it is up and takes it down with it, again and again.
TEST(DirectCall, aTunnelThatComesAndGoesIsHeardForAtMost700MsEachTime) {
  for (const bool ofCaller : {true, false}) {
    SCOPED_TRACE(ofCaller);
    DirectCall lab;
    SimClient& mover = ofCaller ? lab.a : lab.b;
    const Home other = lab.world.addHome(*findHomeType("cgnat+port-restricted"));
    InterfaceSpec tunnel = interfaceIn(other, 0, "tun0");
    tunnel.metric = kPlainMetric - 1;
    for (int time = 0; time < 4; ++time) {
      SCOPED_TRACE(time);
      lab.mark();
      lab.world.network.addInterface(mover, tunnel);
      lab.world.network.runFor(5s);
      lab.world.network.removeInterface(mover, "tun0");
      lab.world.network.runFor(5s);
      EXPECT_LE(lab.gap(), 700ms);
    }
    lab.expectAlive();
    EXPECT_TRUE(lab.goesDirect(20s));
  }
}

// Ten seconds of sleep: nothing comes in or goes out, and the relay is dialled anew afterwards.
TEST(DirectCall, aSideThatSleptComesBackToTheDirectWay) {
  for (const bool ofCaller : {true, false}) {
    SCOPED_TRACE(ofCaller);
    DirectCall lab;
    SimClient& sleeper = ofCaller ? lab.a : lab.b;
    lab.world.network.setInterfaceCut(sleeper, "eth0", true);
    lab.world.network.runFor(10s);
    lab.world.network.setInterfaceCut(sleeper, "eth0", false);
    lab.mark();
    sleeper.tell([](client::Client& c, TimePoint now) { c.wakeUp(now); });
    lab.world.network.runFor(3s);
    EXPECT_LE(lab.gap(), 1500ms);
    EXPECT_TRUE(lab.goesDirect(60s));
    lab.world.network.runFor(2s);
    lab.expectAlive();
  }
}

// Muted, a call still sends; but a provider's NAT with a short memory must not end it either.
TEST(DirectCall, aNatThatForgetsAfter20sIsNotNoticed) {
  for (const bool isProviders : {false, true}) {
    SCOPED_TRACE(isProviders);
    HomeType forgetful = *findHomeType(isProviders ? "cgnat+port-restricted" : "port-restricted");
    (isProviders ? forgetful.outerNat : forgetful.nat)->lifetime = 20s;
    DirectCall lab(forgetful);
    for (SimClient* side : {&lab.a, &lab.b})
      side->tell([](client::Client& c, TimePoint now) { c.setMuted(now, true); });
    lab.world.network.runFor(10min);
    for (SimClient* side : {&lab.a, &lab.b})
      side->tell([](client::Client& c, TimePoint now) { c.setMuted(now, false); });
    EXPECT_TRUE(lab.goesDirect(1s));
    lab.world.network.runFor(1s);
    lab.expectAlive();
  }
}

}  // namespace
}  // namespace foyer::sim
