#include "core/engine/diagnostics_views.h"

namespace foyer::engine {

const char* toString(LogLevel level) {
  switch (level) {
    case LogLevel::Note:
      return "note";
    case LogLevel::Warning:
      return "warning";
    case LogLevel::Error:
      return "error";
  }
  return "note";
}

const char* toString(LogRoom room) {
  switch (room) {
    case LogRoom::Calls:
      return "calls";
    case LogRoom::Relays:
      return "relays";
    case LogRoom::Sound:
      return "sound";
    case LogRoom::Network:
      return "network";
    case LogRoom::Program:
      return "program";
  }
  return "program";
}

const char* toString(Capability what) {
  switch (what) {
    case Capability::Microphone:
      return "microphone";
    case Capability::Output:
      return "output";
    case Capability::KeyRing:
      return "key_ring";
    case Capability::Mdns:
      return "mdns";
    case Capability::Ipv6:
      return "ipv6";
    case Capability::PortMapping:
      return "port_mapping";
    case Capability::Segmentation:
      return "segmentation";
    case Capability::RealTimeNet:
      return "real_time_net";
    case Capability::RealTimeAudio:
      return "real_time_audio";
    case Capability::Dred:
      return "dred";
    case Capability::Osce:
      return "osce";
  }
  return "";
}

const char* toString(CapabilityState state) {
  switch (state) {
    case CapabilityState::Available:
      return "available";
    case CapabilityState::Missing:
      return "missing";
    case CapabilityState::NotKnown:
      return "not_known";
  }
  return "not_known";
}

}  // namespace foyer::engine
