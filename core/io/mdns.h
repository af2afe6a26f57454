// Relays in the local network by mDNS/DNS-SD (RFC 6762, 6763) through the Avahi daemon: announces
// `_foyer._udp` and browses for it. Everything Avahi and D-Bus do happens in a thread of its own,
// so a hanging daemon stalls nobody. An absent or restarted daemon is a state, not an error. What
// is found is a hint: only the connection proves a key.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/address.h"
#include "core/base/ids.h"

namespace foyer::io {

inline constexpr char kMdnsServiceType[] = "_foyer._udp";
// Value of the TXT key "v".
inline constexpr int kMdnsProtocolVersion = 1;

struct MdnsAnnouncement {
  std::string name;  // shown to people; at most 63 bytes; a clash gets a number appended
  std::uint16_t port = 0;
  Fingerprint fingerprint;  // TXT fp=<32 hex digits>
  bool operator==(const MdnsAnnouncement&) const = default;
};

struct MdnsRelay {
  std::string name;
  std::vector<SocketAddress> addresses;    // best first; loopback and link-local IPv6 last
  std::optional<Fingerprint> fingerprint;  // TXT fp, a hint
  int version = 0;                         // TXT v; 0 = not said
  bool operator==(const MdnsRelay&) const = default;
};

enum class MdnsState : std::uint8_t {
  Off,          // neither announcing nor browsing was asked for
  Unavailable,  // no system bus or no daemon; tried again by itself
  Running,
};
[[nodiscard]] const char* toString(MdnsState state);

class Mdns {
 public:
  // Called in the mDNS thread: hand on by posting. `onRelays` gets the whole list after a change.
  struct Callbacks {
    std::function<void(MdnsState)> onState;
    std::function<void(std::vector<MdnsRelay>)> onRelays;
    // The name as announced, once the network agreed to it; empty when the announcement failed.
    std::function<void(std::string)> onAnnounced;
  };
  // Relays remembered at most; a network with more, or a flood, keeps the first ones.
  static constexpr std::size_t kMaxRelays = 256;

  explicit Mdns(Callbacks callbacks);
  // Withdraws, stops and joins. No callback runs afterwards.
  ~Mdns();
  Mdns(const Mdns&) = delete;
  Mdns& operator=(const Mdns&) = delete;

  // Any thread. Announcing again replaces; nullopt withdraws.
  void announce(std::optional<MdnsAnnouncement> announcement);
  void browse(bool wanted);

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

// The TXT record's strings, and back. Pure; unknown keys are skipped.
[[nodiscard]] std::vector<std::string> mdnsTxt(const Fingerprint& fingerprint);
void readMdnsTxt(const std::vector<std::string>& txt, MdnsRelay& into);

}  // namespace foyer::io
