#include "core/net/nat_pmp.h"

#include <algorithm>

#include "core/base/assert.h"

namespace foyer::net {
namespace {

//  request    version(0) opcode                                   external address
//             version(0) opcode reserved(2) internal(2) suggested(2) lifetime(4)
//  reply      version(0) 128+opcode result(2) epoch(4) address(4)
//             version(0) 128+opcode result(2) epoch(4) internal(2) external(2) lifetime(4)
// All big-endian. Version 2 is PCP, which extends it (pcp.h).
constexpr std::size_t kAddressRequestBytes = 2;
constexpr std::size_t kMapRequestBytes = 12;
constexpr std::size_t kAddressReplyBytes = 12;
constexpr std::size_t kMapReplyBytes = 16;
constexpr std::size_t kRefusalBytes = 8;
constexpr std::size_t kShortestRefusalBytes = 4;
constexpr std::uint8_t kReplyBit = 0x80;
constexpr std::uint16_t kLastResult = 5;

std::optional<NatPmpOpcode> opcodeOf(std::uint8_t number) {
  if (number > static_cast<std::uint8_t>(NatPmpOpcode::MapTcp)) return std::nullopt;
  return static_cast<NatPmpOpcode>(number);
}

}  // namespace

const char* toString(NatPmpResult result) {
  switch (result) {
    case NatPmpResult::Success:
      return "success";
    case NatPmpResult::UnsupportedVersion:
      return "unsupported version";
    case NatPmpResult::NotAuthorized:
      return "not authorized";
    case NatPmpResult::NetworkFailure:
      return "network failure";
    case NatPmpResult::OutOfResources:
      return "out of resources";
    case NatPmpResult::UnsupportedOpcode:
      return "unsupported opcode";
    case NatPmpResult::Unknown:
      return "unknown";
  }
  return "?";
}

const char* toString(NatPmpError error) {
  switch (error) {
    case NatPmpError::WrongLength:
      return "wrong length";
    case NatPmpError::WrongVersion:
      return "wrong version";
    case NatPmpError::WrongDirection:
      return "wrong direction";
    case NatPmpError::UnknownOpcode:
      return "unknown opcode";
    case NatPmpError::Malformed:
      return "malformed";
  }
  return "?";
}

Bytes encode(const NatPmpRequest& request) {
  Bytes out{kNatPmpVersion, static_cast<std::uint8_t>(request.opcode)};
  if (request.opcode == NatPmpOpcode::ExternalAddress) return out;
  appendU16(out, 0);
  appendU16(out, request.internalPort);
  appendU16(out, request.suggestedPort);
  appendU32(out, request.lifetimeS);
  return out;
}

Bytes encode(const NatPmpReply& reply) {
  const auto result = reply.result;
  Bytes out{kNatPmpVersion,
            static_cast<std::uint8_t>(kReplyBit | static_cast<std::uint8_t>(reply.opcode))};
  appendU16(out, static_cast<std::uint16_t>(result));
  appendU32(out, reply.epochS);
  if (result != NatPmpResult::Success) return out;
  if (reply.opcode == NatPmpOpcode::ExternalAddress) {
    FOYER_ASSERT(reply.externalAddress.isV4(), "NAT-PMP knows IPv4 alone");
    append(out, ByteView(reply.externalAddress.bytes).first(4));
    return out;
  }
  appendU16(out, reply.internalPort);
  appendU16(out, reply.externalPort);
  appendU32(out, reply.lifetimeS);
  return out;
}

Result<NatPmpRequest, NatPmpError> decodeNatPmpRequest(ByteView datagram) {
  if (datagram.size() < kAddressRequestBytes) return Failure(NatPmpError::WrongLength);
  if (datagram[0] != kNatPmpVersion) return Failure(NatPmpError::WrongVersion);
  if ((datagram[1] & kReplyBit) != 0) return Failure(NatPmpError::WrongDirection);
  const auto opcode = opcodeOf(datagram[1]);
  if (!opcode) return Failure(NatPmpError::UnknownOpcode);
  NatPmpRequest request;
  request.opcode = *opcode;
  const bool isAddress = *opcode == NatPmpOpcode::ExternalAddress;
  if (datagram.size() != (isAddress ? kAddressRequestBytes : kMapRequestBytes)) {
    return Failure(NatPmpError::WrongLength);
  }
  if (isAddress) return request;
  request.internalPort = readU16(datagram.data() + 4);
  request.suggestedPort = readU16(datagram.data() + 6);
  request.lifetimeS = readU32(datagram.data() + 8);
  // Port 0 with lifetime 0 deletes all mappings of the asker; with any other lifetime it is
  // nothing.
  if (request.internalPort == 0 && request.lifetimeS != 0) return Failure(NatPmpError::Malformed);
  return request;
}

Result<NatPmpReply, NatPmpError> decodeNatPmpReply(ByteView datagram) {
  if (datagram.size() < kShortestRefusalBytes) return Failure(NatPmpError::WrongLength);
  if (datagram[0] != kNatPmpVersion) return Failure(NatPmpError::WrongVersion);
  if ((datagram[1] & kReplyBit) == 0) return Failure(NatPmpError::WrongDirection);
  const auto opcode = opcodeOf(datagram[1] & ~kReplyBit);
  if (!opcode) return Failure(NatPmpError::UnknownOpcode);

  NatPmpReply reply;
  reply.opcode = *opcode;
  const std::uint16_t result = readU16(datagram.data() + 2);
  reply.result = result <= kLastResult ? static_cast<NatPmpResult>(result) : NatPmpResult::Unknown;
  if (reply.result != NatPmpResult::Success) {
    const bool mayBeShort = reply.result == NatPmpResult::UnsupportedVersion ||
                            reply.result == NatPmpResult::UnsupportedOpcode;
    if (datagram.size() < kRefusalBytes && !mayBeShort) return Failure(NatPmpError::WrongLength);
    if (datagram.size() >= kRefusalBytes) reply.epochS = readU32(datagram.data() + 4);
    return reply;
  }
  const bool isAddress = *opcode == NatPmpOpcode::ExternalAddress;
  if (datagram.size() != (isAddress ? kAddressReplyBytes : kMapReplyBytes)) {
    return Failure(NatPmpError::WrongLength);
  }
  reply.epochS = readU32(datagram.data() + 4);
  const std::uint8_t* body = datagram.data() + kRefusalBytes;
  if (isAddress) {
    reply.externalAddress = IpAddress::v4(body[0], body[1], body[2], body[3]);
    return reply;
  }
  reply.internalPort = readU16(body);
  reply.externalPort = readU16(body + 2);
  reply.lifetimeS = readU32(body + 4);
  if (reply.lifetimeS != 0 && (reply.internalPort == 0 || reply.externalPort == 0)) {
    return Failure(NatPmpError::Malformed);
  }
  return reply;
}

bool natPmpRestarted(const EpochSeen& before, const EpochSeen& now) {
  constexpr std::int64_t kSpareS = 2;
  const std::int64_t elapsedS = std::max<std::int64_t>(
      0, std::chrono::duration_cast<std::chrono::seconds>(now.at - before.at).count());
  const std::int64_t expectedS = std::int64_t{before.epochS} + elapsedS * 7 / 8;
  return std::int64_t{now.epochS} + kSpareS < expectedS;
}

}  // namespace foyer::net
