// What this computer can do for calls, from facts that the rooms found out by themselves. A value
// function; who asks the rooms is Engine.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/engine/diagnostics_views.h"
#include "core/engine/views.h"
#include "core/io/mdns.h"

namespace foyer::engine {

// Of the NET thread.
struct NetFacts {
  bool hasSocketV6 = false;
  bool hasAddressV6 = false;  // one that others could use
  bool hasRouteV6 = false;
  bool hasSegmentation = false;
  bool isRealTime = false;
  net::ImpairmentCounters impairment;
};

struct CapabilityFacts {
  AudioView audio;
  bool isInputPaced = false, isOutputPaced = false;  // a file or nothing stands for the device
  std::string seedHome;                              // as in IdentityView
  std::optional<Fault> blocked;
  std::string keyRingProblem;  // store::keyRingProblem()
  bool discovers = true;
  io::MdnsState mdns = io::MdnsState::Off;
  std::optional<NetFacts> net;  // none: no identity, so nothing runs
  bool goesDirect = true, mapsPorts = true;
  PortMappingView mappingV4, mappingV6;
  std::optional<bool> isAudioRealTime;  // none: no device was opened yet
  std::optional<bool> hasDred, hasOsce;
};

// One of each, in the order of Capability.
[[nodiscard]] std::vector<CapabilityView> capabilitiesOf(const CapabilityFacts& facts);

}  // namespace foyer::engine
