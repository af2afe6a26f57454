#include "core/engine/capabilities.h"

#include <gtest/gtest.h>

namespace foyer::engine {
namespace {

using enum CapabilityState;

// A computer that can do everything.
CapabilityFacts allOfIt() {
  CapabilityFacts facts;
  facts.audio.inputs = {{"mic", "Microphone", true, true}};
  facts.audio.outputs = {{"out", "Speakers", true, true}};
  facts.seedHome = "keyring";
  facts.mdns = io::MdnsState::Running;
  facts.net = NetFacts{true, true, true, true, true, {}};
  facts.mappingV4.state = PortMappingState::Open;
  facts.mappingV4.way = net::MappingWay::NatPmp;
  facts.isAudioRealTime = facts.hasDred = facts.hasOsce = true;
  return facts;
}

CapabilityView of(Capability what, const CapabilityFacts& facts) {
  for (const CapabilityView& each : capabilitiesOf(facts))
    if (each.what == what) return each;
  ADD_FAILURE() << "no row for " << toString(what);
  return {};
}

void expectIs(const CapabilityFacts& facts, Capability what, CapabilityState state,
              const char* reason) {
  const CapabilityView found = of(what, facts);
  EXPECT_EQ(found.state, state) << toString(what) << ' ' << reason;
  EXPECT_EQ(found.reason, reason) << toString(what);
}

TEST(Capabilities, eachIsThereOnceAndAvailableWhereEverythingIs) {
  const auto all = capabilitiesOf(allOfIt());
  ASSERT_EQ(all.size(), static_cast<std::size_t>(Capability::Osce) + 1);
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(static_cast<std::size_t>(all[i].what), i);
    EXPECT_EQ(all[i].state, Available) << toString(all[i].what);
  }
  expectIs(allOfIt(), Capability::PortMapping, Available, "nat-pmp");
}

TEST(Capabilities, aMissingDeviceSaysWhy) {
  CapabilityFacts facts = allOfIt();
  facts.audio.inputs.clear();
  expectIs(facts, Capability::Microphone, Missing, "no_device");
  expectIs(facts, Capability::Output, Available, "");
  facts.audio.fault = Fault{"capture", "device_busy", true, {}};
  expectIs(facts, Capability::Microphone, Missing, "device_busy");
  expectIs(facts, Capability::Output, Available, "");
  // Without a sound server there is neither.
  facts.audio.fault = Fault{"capture", "no_sound_server", true, {}};
  expectIs(facts, Capability::Output, Missing, "no_sound_server");
  facts = allOfIt();
  facts.audio.isKnown = false;
  expectIs(facts, Capability::Microphone, NotKnown, "asking");
  facts.isInputPaced = true;
  expectIs(facts, Capability::Microphone, Available, "not_a_device");
}

TEST(Capabilities, theKeyRingIsWhereTheSeedIs) {
  CapabilityFacts facts = allOfIt();
  facts.seedHome = "file";
  expectIs(facts, Capability::KeyRing, Missing, "in_file");
  facts.keyRingProblem = "no_session_bus";
  expectIs(facts, Capability::KeyRing, Missing, "no_session_bus");
  facts = allOfIt();
  facts.blocked = Fault{"identity", "secret_lost", false, {}};
  expectIs(facts, Capability::KeyRing, Missing, "secret_lost");
}

TEST(Capabilities, ofTheNetworkTheFirstThingThatIsMissingIsSaid) {
  CapabilityFacts facts = allOfIt();
  facts.net->hasRouteV6 = false;
  expectIs(facts, Capability::Ipv6, Missing, "no_route");
  facts.net->hasAddressV6 = false;
  expectIs(facts, Capability::Ipv6, Missing, "no_address");
  facts.net->hasSocketV6 = false;
  expectIs(facts, Capability::Ipv6, Missing, "no_socket");
  facts.net->hasSegmentation = facts.net->isRealTime = false;
  expectIs(facts, Capability::Segmentation, Missing, "kernel");
  expectIs(facts, Capability::RealTimeNet, Missing, "refused");
  facts.net.reset();
  for (const Capability what :
       {Capability::Ipv6, Capability::Segmentation, Capability::RealTimeNet})
    expectIs(facts, what, NotKnown, "not_running");
  facts.mdns = io::MdnsState::Unavailable;
  expectIs(facts, Capability::Mdns, Missing, "no_daemon");
  facts.discovers = false;
  expectIs(facts, Capability::Mdns, Missing, "off");
}

TEST(Capabilities, aPortAtTheRouterIsOpenRefusedOrNotAskedFor) {
  CapabilityFacts facts = allOfIt();
  facts.mappingV4.state = PortMappingState::Refused;
  expectIs(facts, Capability::PortMapping, Missing, "refused");
  facts.mappingV6.state = PortMappingState::Asking;
  expectIs(facts, Capability::PortMapping, NotKnown, "asking");
  facts.mappingV6.state = PortMappingState::Open;
  facts.mappingV6.way = net::MappingWay::Pcp;
  expectIs(facts, Capability::PortMapping, Available, "pcp");
  facts.mappingV4.state = facts.mappingV6.state = PortMappingState::NoRouter;
  expectIs(facts, Capability::PortMapping, Missing, "no_router");
  facts.mappingV4.state = facts.mappingV6.state = PortMappingState::Off;
  expectIs(facts, Capability::PortMapping, NotKnown, "not_needed_yet");
  facts.mapsPorts = false;
  expectIs(facts, Capability::PortMapping, Missing, "off");
  facts.goesDirect = false;
  expectIs(facts, Capability::PortMapping, Missing, "direct_calls_off");
}

TEST(Capabilities, whatWasNotTriedIsNotSaidToBeMissing) {
  CapabilityFacts facts = allOfIt();
  facts.isAudioRealTime.reset();
  expectIs(facts, Capability::RealTimeAudio, NotKnown, "not_opened");
  facts.isAudioRealTime = false;
  expectIs(facts, Capability::RealTimeAudio, Missing, "refused");
  facts.hasDred = facts.hasOsce = false;
  expectIs(facts, Capability::Dred, Missing, "not_built");
  expectIs(facts, Capability::Osce, Missing, "not_built");
}

}  // namespace
}  // namespace foyer::engine
