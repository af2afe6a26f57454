// What the diagnostics show besides calls: the log of events, what this computer can and cannot do
// for calls, which versions are at work, and how much worse the own sending was made on purpose.
// Plain values like those of views.h. No thread, no Qt.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/net/impairment_spec.h"

namespace foyer::engine {

enum class LogLevel : std::uint8_t { Note, Warning, Error };
// "note", "warning", "error"
[[nodiscard]] const char* toString(LogLevel level);

// What an event is about, for who filters.
enum class LogRoom : std::uint8_t { Calls, Relays, Sound, Network, Program };
inline constexpr int kLogRooms = 5;
// "calls", "relays", "sound", "network", "program"
[[nodiscard]] const char* toString(LogRoom room);

// One event, redacted as the log on disk is.
struct LogLine {
  std::uint64_t number = 0;  // ascending; grows by one from line to line
  std::int64_t uptimeMs = 0;
  std::int64_t unixMs = 0;
  LogLevel level = LogLevel::Note;
  LogRoom room = LogRoom::Program;
  std::string name;   // "relay:connected"
  std::string about;  // "relay=84a4f101… lobby_ms=23"
};

enum class Capability : std::uint8_t {
  Microphone,
  Output,
  KeyRing,
  Mdns,
  Ipv6,
  PortMapping,
  Segmentation,   // several datagrams in one call of the kernel (UDP_SEGMENT)
  RealTimeNet,    // SCHED_RR for the thread of the network
  RealTimeAudio,  // … of the sound
  Dred,           // Opus: deep redundancy
  Osce,           // Opus: speech made better than it was coded
};
// "microphone", "output", "key_ring", "mdns", "ipv6", "port_mapping", "segmentation",
// "real_time_net", "real_time_audio", "dred", "osce"
[[nodiscard]] const char* toString(Capability what);

enum class CapabilityState : std::uint8_t {
  Available,
  Missing,
  NotKnown,  // not tried yet, or being asked
};
// "available", "missing", "not_known"
[[nodiscard]] const char* toString(CapabilityState state);

// What this program found out by itself, and why it is missing or not known.
struct CapabilityView {
  Capability what = Capability::Microphone;
  CapabilityState state = CapabilityState::NotKnown;
  std::string reason;  // stable code (docs/control.md); of Available "" or how
};

struct LibraryVersion {
  std::string name, version;  // of the library that runs, not of its headers
};

struct RelayVersionView {
  Fingerprint relay;
  bool isConnected = false;
  bool isOwn = false;  // the relay inside this program
  std::string build;   // as the relay says; empty: it has not told any
};

// Three that are never made one: this program, each relay, and the protocol they speak.
struct VersionsView {
  std::string program;
  std::string commit;  // empty: built outside a clone. Never told to anybody over the wire
  int protocol = 0;
  int control = 0;  // contract of the control socket
  std::vector<RelayVersionView> relays;
  std::vector<LibraryVersion> libraries;
};

// The own sending made worse on purpose, by who tests; off after a restart.
struct ImpairmentView {
  net::ImpairmentSpec spec;
  [[nodiscard]] bool isOn() const { return spec.isOn(); }
};

}  // namespace foyer::engine
