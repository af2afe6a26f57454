// What a router, or whoever speaks in its name, sends back when a port is asked for. The first byte
// chooses: 0 the codecs and the answers to the search; else a whole mapping, fed with records of
// one byte kind, one byte length and that many bytes.
#include <algorithm>

#include "core/base/assert.h"
#include "core/net/nat_pmp.h"
#include "core/net/pcp.h"
#include "core/net/port_mapping.h"
#include "core/net/port_mapping_ssdp.h"

using namespace foyer;
using namespace foyer::net;

namespace {

const IpAddress kGateway = IpAddress::v4(192, 168, 1, 1);
constexpr std::uint16_t kPort = 41000;

// A message that was understood means the same when it is written again.
void checkCodecs(ByteView bytes) {
  if (const auto reply = decodeNatPmpReply(bytes);
      reply && reply->result != NatPmpResult::Unknown) {
    FOYER_ASSERT(decodeNatPmpReply(encode(*reply)) == *reply, "NAT-PMP reply comes back");
  }
  if (const auto request = decodeNatPmpRequest(bytes)) {
    FOYER_ASSERT(encode(*request).size() == bytes.size(), "NAT-PMP request has one form");
    FOYER_ASSERT(decodeNatPmpRequest(encode(*request)) == *request, "NAT-PMP request comes back");
  }
  if (const auto reply = decodePcpReply(bytes); reply &&
                                                reply->result != PcpResult::UnsupportedVersion &&
                                                reply->result != PcpResult::Unknown) {
    FOYER_ASSERT(decodePcpReply(encode(*reply)) == *reply, "PCP reply comes back");
  }
  if (const auto request = decodePcpRequest(bytes)) {
    FOYER_ASSERT(decodePcpRequest(encode(*request)) == *request, "PCP request comes back");
  }
  if (const auto location = ssdpLocation(bytes, kGateway)) {
    FOYER_ASSERT(isUrlOf(*location, kGateway), "what is fetched is the router's");
  }
}

// Drains; what one input sets off has a bound.
void drain(PortMapping& mapping) {
  int sent = 0;
  while (mapping.pollTransmit()) ++sent;
  FOYER_ASSERT(sent <= 4, "one input sends few datagrams");
  while (mapping.pollUpnp()) ++sent;
  while (mapping.pollEvent()) ++sent;
  FOYER_ASSERT(sent <= 8, "one input tells little");
  if (const auto& held = mapping.held()) {
    FOYER_ASSERT(externalKind(held->external.ip) != ExternalKind::Unusable, "an address of use");
    FOYER_ASSERT(held->external.port != 0, "and a port");
  }
}

void runMapping(ByteView records) {
  SeededRandom random(1);
  PcpNonce nonce{};
  SeededRandom(1).fill(nonce);  // the mapping's own, so that its replies can be forged
  TimePoint now(1000s);
  PortMapping mapping({kGateway, IpAddress::v4(192, 168, 1, 9), kPort, true}, random);
  mapping.start(now);
  drain(mapping);
  while (records.size() >= 2) {
    const std::uint8_t kind = records[0] % 8;
    const std::size_t length = std::min<std::size_t>(records[1], records.size() - 2);
    Bytes body = toBytes(records.subspan(2, length));
    records = records.subspan(2 + length);
    switch (kind) {
      case 0:
        if (body.size() >= 60) {  // a PCP mapping that fits the question
          std::copy(nonce.begin(), nonce.end(), body.begin() + 24);
          body[40] = kPort >> 8;
          body[41] = kPort & 0xff;
        } else if (body.size() == 16) {  // the same of NAT-PMP
          body[8] = kPort >> 8;
          body[9] = kPort & 0xff;
        }
        [[fallthrough]];
      case 1:
        mapping.handleDatagram(now, mapping.server(), body);
        break;
      case 2:
        mapping.handleAnnouncement(now, mapping.server(), body);
        break;
      case 3:
        now += std::chrono::milliseconds(body.size() < 2 ? 1 : readU16(body.data()) * 16);
        break;
      case 4: {
        UpnpAnswer answer;
        if (!body.empty()) answer.outcome = static_cast<UpnpOutcome>(body[0] % 6);
        if (body.size() >= 7) {
          answer.external = {IpAddress::v4(body[1], body[2], body[3], body[4]),
                             readU16(body.data() + 5)};
        }
        answer.lifetimeS = body.size() >= 11 ? readU32(body.data() + 7) : 0;
        mapping.onUpnp(now, answer);
        break;
      }
      case 5:
        if (mapping.held()) mapping.onVerified(mapping.held()->external);
        break;
      case 6:
        if (mapping.held()) mapping.onDisproved(now, mapping.held()->external);
        break;
      default:
        if (body.size() == 1) mapping.stop(now);
        break;
    }
    drain(mapping);
    if (const auto next = mapping.pollTimeout(); next && *next <= now) {
      mapping.handleTimeout(now);
      drain(mapping);
    }
  }
  mapping.stop(now);
  drain(mapping);
  for (int i = 0; !mapping.isStopped(); ++i) {
    FOYER_ASSERT(i < 20, "the end comes");
    now = std::max(now, *mapping.pollTimeout());
    mapping.handleTimeout(now);
    drain(mapping);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const ByteView rest(data + 1, size - 1);
  if (data[0] == 0) {
    checkCodecs(rest);
  } else {
    runMapping(rest);
  }
  return 0;
}
