// A scripted home router for the tests of port mappings: honest by default, every lie a switch.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "core/net/port_mapping.h"

namespace foyer::test {

using namespace foyer::net;

struct MappingRouter {
  bool speaksPcp = true;
  bool speaksNatPmp = true;  // else: refuses its version if it speaks PCP, is silent if it does not
  bool isSilent = false;
  bool answersInGarbage = false;
  IpAddress external = IpAddress::v4(203, 0, 113, 7);
  std::uint16_t portOffset = 0;      // gives another external port than the one wished for
  std::uint16_t internalOffset = 0;  // lies: answers for another port of ours
  bool changesNonce = false;
  std::uint32_t lifetimeS = 3600;  // at most
  PcpResult pcpResult = PcpResult::Success;
  NatPmpResult natPmpResult = NatPmpResult::Success;
  std::uint32_t errorLifetimeS = 0;
  TimePoint booted = TimePoint(-1000s);
  std::optional<std::uint32_t> brokenClock;  // always says this

  std::map<std::uint16_t, std::uint16_t> table;  // external to internal port
  std::vector<Bytes> asked;

  [[nodiscard]] std::uint32_t epochS(TimePoint now) const {
    if (brokenClock) return *brokenClock;
    return static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::seconds>(now - booted).count());
  }
  void restart(TimePoint now) {
    booted = now;
    table.clear();
  }

  std::optional<Bytes> answer(TimePoint now, ByteView bytes) {
    asked.push_back(toBytes(bytes));
    if (isSilent) return std::nullopt;
    if (answersInGarbage) return Bytes{2, 0x81, 0, 0, 1, 2, 3};
    if (const auto natPmp = decodeNatPmpRequest(bytes)) return answerNatPmp(now, *natPmp);
    if (const auto pcp = decodePcpRequest(bytes)) return answerPcp(now, *pcp);
    ADD_FAILURE() << "not a request: " << toHex(bytes);
    return std::nullopt;
  }

  std::optional<Bytes> answerNatPmp(TimePoint now, const NatPmpRequest& request) {
    if (!speaksNatPmp) {
      if (!speaksPcp) return std::nullopt;
      return encode(PcpReply{PcpResult::UnsupportedVersion, 0, epochS(now), std::nullopt});
    }
    NatPmpReply reply;
    reply.opcode = request.opcode;
    reply.epochS = epochS(now);
    if (request.opcode == NatPmpOpcode::ExternalAddress) {
      reply.externalAddress = external;
      return encode(reply);
    }
    reply.result = natPmpResult;
    if (reply.result == NatPmpResult::Success) {
      reply.internalPort = static_cast<std::uint16_t>(request.internalPort + internalOffset);
      reply.externalPort = map(request.internalPort, request.suggestedPort, request.lifetimeS);
      reply.lifetimeS = std::min(request.lifetimeS, lifetimeS);
    }
    return encode(reply);
  }

  std::optional<Bytes> answerPcp(TimePoint now, const PcpRequest& request) {
    if (!speaksPcp) {
      if (!speaksNatPmp) return std::nullopt;
      return encode(NatPmpReply{
          NatPmpOpcode::MapUdp, NatPmpResult::UnsupportedVersion, epochS(now), {}, 0, 0, 0});
    }
    PcpReply reply{pcpResult, 0, epochS(now), request.map};
    if (!request.map) {
      reply.result = PcpResult::Success;
      return encode(reply);
    }
    if (pcpResult != PcpResult::Success) {
      reply.lifetimeS = errorLifetimeS;
      return encode(reply);
    }
    reply.map->external = {
        external, map(request.map->internalPort, request.map->external.port, request.lifetimeS)};
    reply.map->internalPort = static_cast<std::uint16_t>(reply.map->internalPort + internalOffset);
    reply.lifetimeS = std::min(request.lifetimeS, lifetimeS);
    if (changesNonce) reply.map->nonce[3] ^= 1;
    return encode(reply);
  }

  std::uint16_t map(std::uint16_t internal, std::uint16_t wished, std::uint32_t lifetime) {
    std::erase_if(table, [&](const auto& entry) { return entry.second == internal; });
    if (lifetime == 0) return 0;
    const auto port = static_cast<std::uint16_t>((wished != 0 ? wished : internal) + portOffset);
    table[port] = internal;
    return port;
  }
};

}  // namespace foyer::test
