// What is known about the NAT in front of this host, by the classes of RFC 4787, how that follows
// from what observers said, and what it means for calls, in words that stay the same (records,
// JSON; the sentences for people are made above). Leaves out how it is measured: nat_check.h.
// Values and pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/address.h"
#include "core/base/time.h"
#include "core/net/port_allocation.h"

namespace foyer::net {

enum class NatAnswer : std::uint8_t { Unknown, No, Yes };
// "unknown", "no", "yes".
[[nodiscard]] const char* toString(NatAnswer answer);

// Whether one socket keeps its external address towards different destinations (RFC 4787 section
// 4.1).
enum class NatMapping : std::uint8_t {
  Unknown,
  EndpointIndependent,
  AddressDependent,
  AddressAndPortDependent,
  // It changes, but nobody with two ports was there to tell which of the two it is.
  EndpointDependent,
};
// "unknown", "endpoint_independent", "address_dependent", …
[[nodiscard]] const char* toString(NatMapping mapping);

// Whose datagrams reach a socket that has sent to somebody (RFC 4787 section 5).
enum class NatFiltering : std::uint8_t {
  Unknown,
  EndpointIndependent,      // anybody's
  AddressDependent,         // those of hosts it has sent to
  AddressAndPortDependent,  // only of the very sockets it has sent to
};
[[nodiscard]] const char* toString(NatFiltering filtering);

// One observer's word: "to `to` this socket appears as `mapped`". What an observer says of its
// second address counts as its own word too, hence `voter`: observers of one IP address share one.
struct NatSample {
  std::size_t voter = 0;
  SocketAddress to;
  SocketAddress mapped;
};

struct NatVerdict {
  NatMapping mapping = NatMapping::Unknown;
  // What more than half of the voters see and at least two; one voter's word if there is one only.
  std::optional<SocketAddress> mapped;
  // The external IP address of which the same is true.
  std::optional<IpAddress> ip;
  // At least two voters agree about `ip`.
  bool isConfirmed = false;
  // Voters whose word does not fit what the others see. All of them, if nobody is in the majority.
  std::vector<std::size_t> disagreeing;
};

// All samples are of one socket and one family. Lies are outvoted when honest voters are more than
// half; a liar against one honest voter makes the verdict more careful. The word of a single voter
// is all there is then (isConfirmed).
[[nodiscard]] NatVerdict concludeMapping(std::span<const NatSample> samples);

struct NatReport {
  // No: none of the observers that were asked has answered.
  NatAnswer udp = NatAnswer::Unknown;
  NatAnswer ipv4 = NatAnswer::Unknown;
  NatAnswer ipv6 = NatAnswer::Unknown;
  // What follows is measured over this family: IPv4 if it works.
  IpAddress::Family family = IpAddress::Family::V4;
  // No: observers see an address of this host itself, so there is no NAT (perhaps a firewall).
  NatAnswer translated = NatAnswer::Unknown;
  NatMapping mapping = NatMapping::Unknown;
  NatFiltering filtering = NatFiltering::Unknown;
  PortAllocation allocation;
  // Two sockets behind this NAT reach each other by their external addresses.
  NatAnswer hairpin = NatAnswer::Unknown;
  // A silent mapping lived at least so long (zero: not measured), and not so long (unset: it lived
  // through all waits).
  Duration lifetimeAtLeast{};
  std::optional<Duration> lifetimeBelow;

  // As the observers see the main sockets; personal data, redact before it is kept or sent.
  std::optional<SocketAddress> mappedV4;
  std::optional<SocketAddress> mappedV6;
  // The external port of the newest mapping: where a prediction begins.
  std::optional<std::uint16_t> newestPort;
  // The external IP address, also where each mapping has another port. Personal data.
  std::optional<IpAddress> externalIp;
  // An observer whose word fits what the others say: to be asked again in a call.
  std::optional<SocketAddress> observer;

  // The shortest of all; unset when nobody answered.
  std::optional<Duration> roundTrip;
  std::size_t observersAsked = 0;
  std::size_t observersAnswered = 0;
  // Whose word does not fit, by the addresses that were asked.
  std::vector<SocketAddress> disagreeing;
};

// From here a call sounds like a satellite's.
constexpr Duration kSlowRoundTrip = 500ms;

// What calls can expect on this side's account; the peer's side has its own.
enum class NatOutlook : std::uint8_t {
  Unknown,
  RelayOverTcp,        // no UDP at all
  DirectWithAll,       // can be reached at one address, by everybody it has asked or anybody
  DirectWithMost,      // one address, but each peer must be sent to: all but random symmetric peers
  DirectByPrediction,  // a new port for each peer, and one that can be told in advance
  DirectWithEasy,      // random ports: peers that keep one address only
};
// "unknown", "relay_over_tcp", "direct_with_all", …
[[nodiscard]] const char* toString(NatOutlook outlook);
[[nodiscard]] NatOutlook outlookOf(const NatReport& report);

// Every finding as a name and a word or number, for JSON and for records; no addresses.
[[nodiscard]] std::vector<std::pair<std::string_view, std::string>> describe(
    const NatReport& report);

}  // namespace foyer::net
