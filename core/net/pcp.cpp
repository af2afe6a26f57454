#include "core/net/pcp.h"

#include <algorithm>

#include "core/base/assert.h"

namespace foyer::net {
namespace {

//  request  version(2) opcode     reserved(2)          lifetime(4) client address(16)
//  reply    version(2) 128+opcode reserved(1) result(1) lifetime(4) epoch(4) reserved(12)
//  MAP      nonce(12) protocol(1) reserved(3) internal port(2) external port(2) external
//  address(16) option   code(1) reserved(1) length(2) data, padded to four bytes
// All big-endian; IPv4 addresses as ::ffff:a.b.c.d.
constexpr std::size_t kHeaderBytes = 24;
constexpr std::size_t kMapBytes = 36;
constexpr std::size_t kOptionHeaderBytes = 4;
constexpr std::size_t kUnit = 4;
// Enough to read that the version is not spoken.
constexpr std::size_t kShortestReplyBytes = 4;
constexpr std::uint8_t kReplyBit = 0x80;
constexpr std::uint8_t kProtocolUdp = 17;
constexpr std::uint8_t kLastResult = 13;

void appendAddress(Bytes& out, const IpAddress& ip) {
  if (ip.isV4()) {
    out.insert(out.end(), 10, 0x00);
    out.insert(out.end(), 2, 0xff);
    append(out, ByteView(ip.bytes).first(4));
  } else {
    append(out, ByteView(ip.bytes));
  }
}

IpAddress readAddress(const std::uint8_t* at) {
  std::array<std::uint8_t, 16> bytes{};
  std::copy_n(at, bytes.size(), bytes.begin());
  return IpAddress::v6(bytes);  // turns ::ffff:a.b.c.d into IPv4
}

void appendMap(Bytes& out, const PcpMap& map) {
  append(out, map.nonce);
  out.push_back(kProtocolUdp);
  out.insert(out.end(), 3, 0);
  appendU16(out, map.internalPort);
  appendU16(out, map.external.port);
  appendAddress(out, map.external.ip);
}

PcpMap readMap(const std::uint8_t* at) {
  PcpMap map;
  std::copy_n(at, map.nonce.size(), map.nonce.begin());
  map.internalPort = readU16(at + 16);
  map.external.port = readU16(at + 18);
  map.external.ip = readAddress(at + 20);
  return map;
}

std::optional<PcpError> walkOptions(ByteView rest) {
  while (!rest.empty()) {
    if (rest.size() < kOptionHeaderBytes) return PcpError::BadOption;
    const std::size_t length = readU16(rest.data() + 2);
    const std::size_t padded = (length + kUnit - 1) / kUnit * kUnit;
    if (padded > rest.size() - kOptionHeaderBytes) return PcpError::BadOption;
    rest = rest.subspan(kOptionHeaderBytes + padded);
  }
  return std::nullopt;
}

std::optional<PcpError> checkLength(ByteView datagram) {
  if (datagram.size() < kHeaderBytes || datagram.size() > kPcpMaxBytes ||
      datagram.size() % kUnit != 0) {
    return PcpError::WrongLength;
  }
  return std::nullopt;
}

// What follows the header of a request or of a reply that carries its opcode's part.
Result<std::optional<PcpMap>, PcpError> readBody(std::uint8_t opcode, ByteView body) {
  std::optional<PcpMap> map;
  switch (opcode) {
    case static_cast<std::uint8_t>(PcpOpcode::Announce):
      break;
    case static_cast<std::uint8_t>(PcpOpcode::Map):
      if (body.size() < kMapBytes) return Failure(PcpError::WrongLength);
      if (body[12] != kProtocolUdp) return Failure(PcpError::WrongProtocol);
      map = readMap(body.data());
      body = body.subspan(kMapBytes);
      break;
    default:
      return Failure(PcpError::UnknownOpcode);
  }
  if (const auto error = walkOptions(body)) return Failure(*error);
  return map;
}

}  // namespace

const char* toString(PcpResult result) {
  switch (result) {
    case PcpResult::Success:
      return "success";
    case PcpResult::UnsupportedVersion:
      return "unsupported version";
    case PcpResult::NotAuthorized:
      return "not authorized";
    case PcpResult::MalformedRequest:
      return "malformed request";
    case PcpResult::UnsupportedOpcode:
      return "unsupported opcode";
    case PcpResult::UnsupportedOption:
      return "unsupported option";
    case PcpResult::MalformedOption:
      return "malformed option";
    case PcpResult::NetworkFailure:
      return "network failure";
    case PcpResult::NoResources:
      return "no resources";
    case PcpResult::UnsupportedProtocol:
      return "unsupported protocol";
    case PcpResult::UserExceededQuota:
      return "user exceeded quota";
    case PcpResult::CannotProvideExternal:
      return "cannot provide external";
    case PcpResult::AddressMismatch:
      return "address mismatch";
    case PcpResult::ExcessiveRemotePeers:
      return "excessive remote peers";
    case PcpResult::Unknown:
      return "unknown";
  }
  return "?";
}

bool isShortLived(PcpResult result) {
  switch (result) {
    case PcpResult::NetworkFailure:
    case PcpResult::NoResources:
    case PcpResult::UserExceededQuota:
    case PcpResult::CannotProvideExternal:
      return true;
    case PcpResult::Success:
    case PcpResult::UnsupportedVersion:
    case PcpResult::NotAuthorized:
    case PcpResult::MalformedRequest:
    case PcpResult::UnsupportedOpcode:
    case PcpResult::UnsupportedOption:
    case PcpResult::MalformedOption:
    case PcpResult::UnsupportedProtocol:
    case PcpResult::AddressMismatch:
    case PcpResult::ExcessiveRemotePeers:
    case PcpResult::Unknown:
      return false;
  }
  return false;
}

const char* toString(PcpError error) {
  switch (error) {
    case PcpError::WrongLength:
      return "wrong length";
    case PcpError::WrongVersion:
      return "wrong version";
    case PcpError::WrongDirection:
      return "wrong direction";
    case PcpError::UnknownOpcode:
      return "unknown opcode";
    case PcpError::WrongProtocol:
      return "wrong protocol";
    case PcpError::BadOption:
      return "bad option";
    case PcpError::Malformed:
      return "malformed";
  }
  return "?";
}

Bytes encode(const PcpRequest& request) {
  const PcpOpcode opcode = request.map ? PcpOpcode::Map : PcpOpcode::Announce;
  Bytes out{kPcpVersion, static_cast<std::uint8_t>(opcode), 0, 0};
  appendU32(out, request.lifetimeS);
  appendAddress(out, request.client);
  if (request.map) appendMap(out, *request.map);
  return out;
}

Bytes encode(const PcpReply& reply) {
  const PcpOpcode opcode = reply.map ? PcpOpcode::Map : PcpOpcode::Announce;
  Bytes out{kPcpVersion, static_cast<std::uint8_t>(kReplyBit | static_cast<std::uint8_t>(opcode)),
            0, static_cast<std::uint8_t>(reply.result)};
  appendU32(out, reply.lifetimeS);
  appendU32(out, reply.epochS);
  out.insert(out.end(), 12, 0);
  if (reply.map) appendMap(out, *reply.map);
  return out;
}

Result<PcpRequest, PcpError> decodePcpRequest(ByteView datagram) {
  if (const auto error = checkLength(datagram)) return Failure(*error);
  if (datagram[0] != kPcpVersion) return Failure(PcpError::WrongVersion);
  if ((datagram[1] & kReplyBit) != 0) return Failure(PcpError::WrongDirection);
  const auto map = readBody(datagram[1], datagram.subspan(kHeaderBytes));
  if (!map) return Failure(map.error());
  PcpRequest request;
  request.lifetimeS = readU32(datagram.data() + 4);
  request.client = readAddress(datagram.data() + 8);
  request.map = *map;
  // Port 0 means every port of the host: nothing that Foyer asks for or grants.
  if (request.map && request.map->internalPort == 0) return Failure(PcpError::Malformed);
  return request;
}

Result<PcpReply, PcpError> decodePcpReply(ByteView datagram) {
  if (datagram.size() < kShortestReplyBytes) return Failure(PcpError::WrongLength);
  if ((datagram[1] & kReplyBit) == 0) return Failure(PcpError::WrongDirection);
  const std::uint8_t opcode = datagram[1] & static_cast<std::uint8_t>(~kReplyBit);
  PcpReply reply;
  reply.result =
      datagram[3] <= kLastResult ? static_cast<PcpResult>(datagram[3]) : PcpResult::Unknown;
  const bool isVersionRefusal = datagram[0] != kNatPmpVersion &&
                                reply.result == PcpResult::UnsupportedVersion &&
                                opcode <= static_cast<std::uint8_t>(PcpOpcode::Map);
  if (datagram[0] != kPcpVersion && !isVersionRefusal) return Failure(PcpError::WrongVersion);
  if (isVersionRefusal) {
    // How another version goes on after its first four bytes is not ours to know.
    if (datagram.size() >= 8 && datagram[0] == kPcpVersion) {
      reply.lifetimeS = readU32(datagram.data() + 4);
    }
    return reply;
  }
  if (const auto error = checkLength(datagram)) return Failure(*error);
  reply.lifetimeS = readU32(datagram.data() + 4);
  reply.epochS = readU32(datagram.data() + 8);
  const auto map = readBody(opcode, datagram.subspan(kHeaderBytes));
  if (!map) return Failure(map.error());
  reply.map = *map;
  if (reply.map && reply.map->internalPort == 0) return Failure(PcpError::Malformed);
  if (reply.map && reply.result == PcpResult::Success && reply.lifetimeS != 0 &&
      reply.map->external.port == 0) {
    return Failure(PcpError::Malformed);
  }
  return reply;
}

bool pcpRestarted(const EpochSeen& before, const EpochSeen& now) {
  using std::chrono::duration_cast;
  using std::chrono::seconds;
  constexpr std::int64_t kRoundingS = 2;
  constexpr std::int64_t kDriftParts = 16;
  // Back by one second is two readings out of order, back by more is a new clock.
  const std::int64_t server = std::int64_t{now.epochS} - std::int64_t{before.epochS};
  if (server < -1) return true;
  const std::int64_t client =
      std::max<std::int64_t>(0, duration_cast<seconds>(now.at - before.at).count());
  return client + kRoundingS < server - server / kDriftParts ||
         server + kRoundingS < client - client / kDriftParts;
}

}  // namespace foyer::net
