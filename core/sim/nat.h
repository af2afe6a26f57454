// A network address translator (RFC 4787) or a stateful firewall as a value: it knows no network,
// only which packet of which time goes through and under which address. UDP alone, one public
// address. Left out: fragments, ICMP, parity and contiguity of ports.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "core/base/address.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/base/time.h"

namespace foyer::sim {

// RFC 4787 sections 4.1 (mapping) and 5 (filtering).
enum class NatRule : std::uint8_t {
  EndpointIndependent,
  AddressDependent,
  AddressAndPortDependent,
};
[[nodiscard]] const char* toString(NatRule rule);

enum class PortChoice : std::uint8_t {
  Preserving,  // the inside port, else the next free one above it
  Sequential,  // the last one and `delta`
  Random,
};
[[nodiscard]] const char* toString(PortChoice choice);

enum class NatDrop : std::uint8_t {
  TableFull,  // what is new is dropped, what is known goes on
  NoPort,     // every port is taken
  NoMapping,  // nobody inside has this address
  Filtered,   // somebody has, and never spoke to the sender
  Hairpin,    // from the inside to the own outside, and this NAT does not turn it around
};
[[nodiscard]] const char* toString(NatDrop drop);

// RFC 4787 REQ-5: at least two minutes.
constexpr Duration kNatLifetime = 120s;

struct NatSpec {
  NatRule mapping = NatRule::EndpointIndependent;
  NatRule filtering = NatRule::AddressAndPortDependent;
  PortChoice ports = PortChoice::Preserving;
  std::uint16_t delta = 1;  // of Sequential
  // One outside port may serve mappings towards different remotes at once, as Linux does: with
  // Preserving, a mapping that depends on the remote then looks independent until two inside hosts
  // want one port towards one remote.
  bool sharesPorts = false;
  bool hairpins = true;
  // Since the last packet outward; with `inboundRefreshes` inward too.
  Duration lifetime = kNatLifetime;
  bool inboundRefreshes = false;
  std::size_t tableLimit = 4096;  // pairs of a mapping and a remote it may hear
  std::uint16_t firstPort = 1024, lastPort = 65535;
  // Of Sequential: what other people behind the same NAT take meanwhile.
  double foreignPortsPerSecond = 0;
  // False: a firewall. Outside addresses are the inside ones, filtering and table stay.
  bool translates = true;
};

struct NatCounters {
  std::uint64_t outward = 0, inward = 0, mappingsMade = 0;
  std::map<NatDrop, std::uint64_t> drops;
};

class Nat {
 public:
  // `outside` is ignored by a firewall.
  Nat(const NatSpec& spec, const IpAddress& outside, std::uint64_t seed);

  // The outside address that a packet `inside` -> `remote` gets.
  [[nodiscard]] Result<SocketAddress, NatDrop> outbound(TimePoint now, const SocketAddress& inside,
                                                        const SocketAddress& remote);
  // The inside address that a packet `from` -> `outside` goes to.
  [[nodiscard]] Result<SocketAddress, NatDrop> inbound(TimePoint now, const SocketAddress& outside,
                                                       const SocketAddress& from);
  // Who has an outside address now, filtering apart; changes nothing.
  [[nodiscard]] std::optional<SocketAddress> insideOf(TimePoint now,
                                                      const SocketAddress& outside) const;

  // Opens an outside port to everybody, as a mapping protocol or a person in the router's pages
  // does: `wanted` when it is free, else another. Asking again for the same inside renews and keeps
  // the port. nullopt: no port is free, or the table is full.
  [[nodiscard]] std::optional<SocketAddress> forward(TimePoint now, const SocketAddress& inside,
                                                     std::uint16_t wanted, Duration lifetime);
  void endForward(const SocketAddress& inside);

  // The table is lost, forwarded ports too.
  void reboot();
  // Every flow gets another outside port from its next packet on; forwarded ports stay.
  void rebind();
  // Another public address; the table is lost.
  void setOutside(const IpAddress& outside);

  [[nodiscard]] const IpAddress& outside() const { return m_outside; }
  [[nodiscard]] const NatSpec& spec() const { return m_spec; }
  [[nodiscard]] const NatCounters& counters() const { return m_counters; }
  // Pairs in the table that are alive.
  [[nodiscard]] std::size_t tableSize(TimePoint now) const;

 private:
  // A remote of which the parts that a rule ignores are zero.
  using Remote = SocketAddress;
  struct Key {
    SocketAddress inside;
    Remote remote;
    auto operator<=>(const Key&) const = default;
  };
  struct Mapping {
    SocketAddress outside;
    TimePoint expiresAt{};
    std::map<Remote, TimePoint> heard;  // whom the filter lets in, and until when
  };
  struct Forward {
    SocketAddress outside;
    TimePoint expiresAt{};
    std::map<SocketAddress, TimePoint> guests;  // answers to them leave from the forwarded port
  };

  [[nodiscard]] static Remote reduced(NatRule rule, const SocketAddress& remote);
  [[nodiscard]] Result<SocketAddress, NatDrop> dropped(NatDrop drop);
  // Extends or adds one entry of a table; false: it is new and the table is full.
  bool refresh(TimePoint now, std::map<SocketAddress, TimePoint>& entries,
               const SocketAddress& entry);
  void sweep(TimePoint now);
  [[nodiscard]] bool isFree(TimePoint now, const SocketAddress& outside, const Key& key) const;
  [[nodiscard]] std::optional<SocketAddress> choosePort(TimePoint now, const Key& key);
  [[nodiscard]] std::optional<SocketAddress> nextFree(TimePoint now, std::uint16_t from,
                                                      std::uint32_t stride, const Key& key) const;
  [[nodiscard]] std::uint32_t portCount() const {
    return static_cast<std::uint32_t>(m_spec.lastPort) - m_spec.firstPort + 1;
  }
  // The port `steps` after `port`, around the end.
  [[nodiscard]] std::uint16_t portAfter(std::uint16_t port, std::uint64_t steps) const;

  NatSpec m_spec;
  IpAddress m_outside;
  SeededRandom m_random;
  NatCounters m_counters;
  std::map<Key, Mapping> m_mappings;
  std::map<SocketAddress, std::set<Key>> m_byOutside;
  std::map<SocketAddress, Forward> m_forwards;  // by inside
  std::map<SocketAddress, SocketAddress> m_forwardInside;
  std::set<SocketAddress> m_burnt;  // outside addresses that rebind() took away
  std::size_t m_entries = 0;        // in all tables, the expired ones that were not swept too
  std::uint16_t m_lastPort = 0;
  std::optional<TimePoint> m_lastAllocation;
};

}  // namespace foyer::sim
