#include "core/engine/capabilities.h"

namespace foyer::engine {
namespace {

using enum CapabilityState;

CapabilityView device(Capability what, const std::vector<AudioDeviceView>& devices, bool isPaced,
                      const CapabilityFacts& facts, const char* stage) {
  if (isPaced) return {what, Available, "not_a_device"};
  const auto& fault = facts.audio.fault;
  if (fault && (fault->stage == stage || fault->code == "no_sound_server"))
    return {what, Missing, fault->code};
  if (!facts.audio.isKnown) return {what, NotKnown, "asking"};
  if (devices.empty()) return {what, Missing, "no_device"};
  return {what, Available, {}};
}

CapabilityView keyRing(const CapabilityFacts& facts) {
  constexpr auto kWhat = Capability::KeyRing;
  if (facts.blocked) return {kWhat, Missing, facts.blocked->code};
  if (facts.seedHome == "keyring") return {kWhat, Available, {}};
  if (!facts.keyRingProblem.empty()) return {kWhat, Missing, facts.keyRingProblem};
  if (facts.seedHome.empty()) return {kWhat, NotKnown, "asking"};
  // One is there now; when the identity was made there was none, and it stays where it is.
  return {kWhat, Missing, "in_file"};
}

CapabilityView mdns(const CapabilityFacts& facts) {
  constexpr auto kWhat = Capability::Mdns;
  if (!facts.discovers) return {kWhat, Missing, "off"};
  switch (facts.mdns) {
    case io::MdnsState::Off:
      return {kWhat, NotKnown, "asking"};
    case io::MdnsState::Unavailable:
      return {kWhat, Missing, "no_daemon"};
    case io::MdnsState::Running:
      return {kWhat, Available, {}};
  }
  return {kWhat, NotKnown, "asking"};
}

CapabilityView ipv6(const NetFacts& net) {
  constexpr auto kWhat = Capability::Ipv6;
  if (!net.hasSocketV6) return {kWhat, Missing, "no_socket"};
  if (!net.hasAddressV6) return {kWhat, Missing, "no_address"};
  if (!net.hasRouteV6) return {kWhat, Missing, "no_route"};
  return {kWhat, Available, {}};
}

CapabilityView portMapping(const CapabilityFacts& facts) {
  constexpr auto kWhat = Capability::PortMapping;
  if (!facts.goesDirect) return {kWhat, Missing, "direct_calls_off"};
  if (!facts.mapsPorts) return {kWhat, Missing, "off"};
  const PortMappingView& v4 = facts.mappingV4;
  const PortMappingView& v6 = facts.mappingV6;
  for (const PortMappingView* view : {&v4, &v6})
    if (view->state == PortMappingState::Open) return {kWhat, Available, net::toString(view->way)};
  const auto either = [&](PortMappingState state) {
    return v4.state == state || v6.state == state;
  };
  if (either(PortMappingState::Asking)) return {kWhat, NotKnown, "asking"};
  if (either(PortMappingState::Refused)) return {kWhat, Missing, "refused"};
  if (either(PortMappingState::NoRouter)) return {kWhat, Missing, "no_router"};
  return {kWhat, NotKnown, "not_needed_yet"};
}

CapabilityView flag(Capability what, std::optional<bool> has, const char* unknown,
                    const char* missing) {
  if (!has) return {what, NotKnown, unknown};
  if (!*has) return {what, Missing, missing};
  return {what, Available, {}};
}

}  // namespace

std::vector<CapabilityView> capabilitiesOf(const CapabilityFacts& facts) {
  const auto ofNet = [&](bool NetFacts::*has) {
    return facts.net ? std::optional<bool>((*facts.net).*has) : std::nullopt;
  };
  return {
      device(Capability::Microphone, facts.audio.inputs, facts.isInputPaced, facts, "capture"),
      device(Capability::Output, facts.audio.outputs, facts.isOutputPaced, facts, "playout"),
      keyRing(facts),
      mdns(facts),
      facts.net ? ipv6(*facts.net) : CapabilityView{Capability::Ipv6, NotKnown, "not_running"},
      portMapping(facts),
      flag(Capability::Segmentation, ofNet(&NetFacts::hasSegmentation), "not_running", "kernel"),
      flag(Capability::RealTimeNet, ofNet(&NetFacts::isRealTime), "not_running", "refused"),
      flag(Capability::RealTimeAudio, facts.isAudioRealTime, "not_opened", "refused"),
      flag(Capability::Dred, facts.hasDred, "asking", "not_built"),
      flag(Capability::Osce, facts.hasOsce, "asking", "not_built"),
  };
}

}  // namespace foyer::engine
