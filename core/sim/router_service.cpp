#include "core/sim/router_service.h"

#include "core/net/nat_pmp.h"
#include "core/net/pcp.h"

namespace foyer::sim {
namespace {

using std::chrono::seconds;

// What a refusal says of how long it will stay, in seconds.
constexpr std::uint32_t kRefusalLifetimeS = 1800;

std::uint32_t epochOf(const Router& router, TimePoint now) {
  return static_cast<std::uint32_t>(
      std::chrono::duration_cast<seconds>(now - router.bootedAt()).count());
}

std::uint32_t inSeconds(Duration lifetime) {
  return static_cast<std::uint32_t>(std::chrono::duration_cast<seconds>(lifetime).count());
}

net::NatPmpResult natPmpResult(MappingRefusal refusal) {
  switch (refusal) {
    case MappingRefusal::NotAllowed:
    case MappingRefusal::NotInside:
      return net::NatPmpResult::NotAuthorized;
    case MappingRefusal::Full:
      return net::NatPmpResult::OutOfResources;
  }
  return net::NatPmpResult::NotAuthorized;
}

net::PcpResult pcpResult(MappingRefusal refusal) {
  switch (refusal) {
    case MappingRefusal::NotAllowed:
      return net::PcpResult::NotAuthorized;
    case MappingRefusal::NotInside:
      return net::PcpResult::AddressMismatch;
    case MappingRefusal::Full:
      return net::PcpResult::NoResources;
  }
  return net::PcpResult::NotAuthorized;
}

net::NatPmpReply answer(Router& router, TimePoint now, const SocketAddress& from,
                        const net::NatPmpRequest& request) {
  net::NatPmpReply reply;
  reply.opcode = request.opcode;
  reply.epochS = epochOf(router, now);
  reply.internalPort = request.internalPort;
  switch (request.opcode) {
    case net::NatPmpOpcode::ExternalAddress:
      if (router.outside())
        reply.externalAddress = *router.outside();
      else
        reply.result = net::NatPmpResult::NetworkFailure;
      return reply;
    case net::NatPmpOpcode::MapTcp:
      reply.result = net::NatPmpResult::UnsupportedOpcode;
      return reply;
    case net::NatPmpOpcode::MapUdp:
      break;
  }
  const auto grant = router.addMapping(now, {from.ip, request.internalPort}, request.suggestedPort,
                                       seconds(request.lifetimeS));
  if (!grant) {
    reply.result = natPmpResult(grant.error());
    return reply;
  }
  reply.externalPort = grant->outside.port;
  reply.lifetimeS = inSeconds(grant->lifetime);
  return reply;
}

net::PcpReply answer(Router& router, TimePoint now, const SocketAddress& from,
                     const net::PcpRequest& request) {
  net::PcpReply reply;
  reply.epochS = epochOf(router, now);
  reply.map = request.map;
  // RFC 6887 section 8.2: another NAT in between would give the mapping to the wrong host.
  if (request.client != from.ip) {
    reply.result = net::PcpResult::AddressMismatch;
    reply.lifetimeS = kRefusalLifetimeS;
    return reply;
  }
  if (!reply.map) return reply;
  const auto grant = router.addMapping(now, {from.ip, reply.map->internalPort},
                                       reply.map->external.port, seconds(request.lifetimeS));
  if (!grant) {
    reply.result = pcpResult(grant.error());
    reply.lifetimeS = kRefusalLifetimeS;
    return reply;
  }
  if (grant->lifetime > Duration::zero()) reply.map->external = grant->outside;
  reply.lifetimeS = inSeconds(grant->lifetime);
  return reply;
}

}  // namespace

Router::Service mappingService(Router& router, MappingProtocols speaks) {
  return [&router, speaks](TimePoint now, const SocketAddress& from, std::uint16_t port,
                           ByteView datagram) {
    std::vector<Bytes> answers;
    if (port != net::kMappingServerPort) return answers;
    if (speaks.natPmp && from.ip.isV4())
      if (const auto request = net::decodeNatPmpRequest(datagram))
        answers.push_back(net::encode(answer(router, now, from, *request)));
    if (speaks.pcp)
      if (const auto request = net::decodePcpRequest(datagram))
        answers.push_back(net::encode(answer(router, now, from, *request)));
    return answers;
  };
}

}  // namespace foyer::sim
