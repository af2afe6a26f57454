#include "core/net/candidate.h"

#include <algorithm>

#include "core/wire/limits.h"

namespace foyer::net {
namespace {

constexpr std::uint16_t kLeastPort = 1024;
// What most home networks have, where the system did not tell.
constexpr int kUsualV4Prefix = 24;
constexpr int kUsualV6Prefix = 64;

bool isMulticast(const IpAddress& ip) {
  return ip.isV4() ? (ip.bytes[0] & 0xF0) == 0xE0 : ip.bytes[0] == 0xFF;
}
// 0/8, 240/4 and the broadcast address (RFC 1122 section 3.2.1.3, RFC 1112).
bool isReserved(const IpAddress& ip) {
  return ip.isV4() && (ip.bytes[0] == 0 || (ip.bytes[0] & 0xF0) == 0xF0);
}

bool hasPrefix(const IpAddress& a, const IpAddress& b, int bits) {
  for (int i = 0; i < bits; ++i) {
    const auto byte = static_cast<std::size_t>(i / 8);
    const int mask = 0x80 >> (i % 8);
    if (((a.bytes[byte] ^ b.bytes[byte]) & mask) != 0) return false;
  }
  return true;
}

}  // namespace

bool isOfferable(const IpAddress& ip) {
  return !ip.isUnspecified() && !ip.isLoopback() && !ip.isLinkLocal() && !isMulticast(ip) &&
         !isReserved(ip);
}

std::vector<wire::Candidate> candidatesOf(std::span<const SocketAddress> hosts,
                                          std::span<const SocketAddress> mapped,
                                          std::span<const SocketAddress> observed,
                                          std::span<const SocketAddress> relayed,
                                          std::span<const SocketAddress> predicted) {
  std::vector<wire::Candidate> all;
  const auto add = [&](wire::CandidateKind kind, const SocketAddress& at) {
    const bool isKnown =
        std::any_of(all.begin(), all.end(), [&](const auto& known) { return known.at == at; });
    if (!isKnown && at.port != 0 && isOfferable(at.ip) && all.size() < wire::kMaxCandidates)
      all.push_back({kind, at});
  };
  // Room is left for the others: a machine with many interfaces would offer nothing else.
  constexpr std::size_t kMostHosts = wire::kMaxCandidates / 2;
  for (const SocketAddress& at : hosts.first(std::min(hosts.size(), kMostHosts)))
    add(wire::CandidateKind::Host, at);
  for (const SocketAddress& at : mapped) add(wire::CandidateKind::Mapped, at);
  for (const SocketAddress& at : observed) add(wire::CandidateKind::Reflexive, at);
  for (const SocketAddress& at : relayed) add(wire::CandidateKind::Relayed, at);
  for (const SocketAddress& at : predicted) add(wire::CandidateKind::Predicted, at);
  return all;
}

const char* toString(CandidateRefusal refusal) {
  switch (refusal) {
    case CandidateRefusal::Unusable:
      return "unusable";
    case CandidateRefusal::PortTooLow:
      return "port_too_low";
    case CandidateRefusal::ForeignLan:
      return "foreign_lan";
    case CandidateRefusal::NoSuchFamily:
      return "no_such_family";
  }
  return "unusable";
}

bool isOnOwnNetwork(const IpAddress& ip, std::span<const HostAddress> own) {
  return std::any_of(own.begin(), own.end(), [&](const HostAddress& host) {
    if (host.ip.family != ip.family) return false;
    const int usual = ip.isV4() ? kUsualV4Prefix : kUsualV6Prefix;
    return hasPrefix(host.ip, ip, host.prefixBits > 0 ? host.prefixBits : usual);
  });
}

std::optional<CandidateRefusal> refusalOf(const SocketAddress& candidate,
                                          std::span<const HostAddress> own) {
  if (!isOfferable(candidate.ip)) return CandidateRefusal::Unusable;
  if (candidate.port < kLeastPort) return CandidateRefusal::PortTooLow;
  const bool hasFamily = std::any_of(own.begin(), own.end(), [&](const HostAddress& host) {
    return host.ip.family == candidate.ip.family && isOfferable(host.ip);
  });
  if (!hasFamily) return CandidateRefusal::NoSuchFamily;
  if (candidate.ip.isPrivate() && !isOnOwnNetwork(candidate.ip, own))
    return CandidateRefusal::ForeignLan;
  return std::nullopt;
}

}  // namespace foyer::net
