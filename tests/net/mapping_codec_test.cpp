// NAT-PMP and PCP byte by byte, and their rules about the router's clock.
#include <gtest/gtest.h>

#include "core/base/random.h"
#include "core/net/nat_pmp.h"
#include "core/net/pcp.h"

namespace foyer::net {
namespace {

Bytes hex(std::string_view text) {
  std::string packed;
  for (const char c : text) {
    if (c != ' ') packed += c;
  }
  return *fromHex(packed);
}

EpochSeen seen(std::uint32_t epochS, std::int64_t atMs) {
  return {epochS, TimePoint(std::chrono::milliseconds(atMs))};
}

PcpMap mapOf(SeededRandom& random) {
  PcpMap map;
  random.fill(map.nonce);
  map.internalPort = static_cast<std::uint16_t>(1 + random.below(65535));
  map.external.port = static_cast<std::uint16_t>(1 + random.below(65535));
  std::array<std::uint8_t, 16> bytes{};
  random.fill(bytes);
  map.external.ip = random.below(2) == 0 ? IpAddress::v4(bytes[0], bytes[1], bytes[2], bytes[3])
                                         : IpAddress::v6(bytes);
  return map;
}

// --- NAT-PMP ------------------------------------------------------------------------------------

TEST(NatPmpCodec, requestsAreTheBytesOfTheRfc) {
  EXPECT_EQ(encode(NatPmpRequest{}), hex("00 00"));
  EXPECT_EQ(encode(NatPmpRequest{NatPmpOpcode::MapUdp, 0x1234, 0x5678, 7200}),
            hex("00 01 0000 1234 5678 00001c20"));
}

TEST(NatPmpCodec, repliesAreReadFromTheBytesOfTheRfc) {
  const auto address = decodeNatPmpReply(hex("00 80 0000 00000102 cb007105"));
  ASSERT_TRUE(address);
  EXPECT_EQ(address->opcode, NatPmpOpcode::ExternalAddress);
  EXPECT_EQ(address->epochS, 0x102U);
  EXPECT_EQ(address->externalAddress, IpAddress::v4(203, 0, 113, 5));

  const auto mapped = decodeNatPmpReply(hex("00 81 0000 00000102 1234 5678 00000e10"));
  ASSERT_TRUE(mapped);
  EXPECT_EQ(
      *mapped,
      (NatPmpReply{NatPmpOpcode::MapUdp, NatPmpResult::Success, 0x102, {}, 0x1234, 0x5678, 3600}));
}

TEST(NatPmpCodec, refusalsAreReadWhateverFollowsThem) {
  const auto bare = decodeNatPmpReply(hex("00 81 0001"));  // the least a router sends
  ASSERT_TRUE(bare);
  EXPECT_EQ(bare->result, NatPmpResult::UnsupportedVersion);
  const auto full = decodeNatPmpReply(hex("00 81 0002 00000007 1234 0000 00000000"));
  ASSERT_TRUE(full);
  EXPECT_EQ(full->result, NatPmpResult::NotAuthorized);
  EXPECT_EQ(full->epochS, 7U);
  EXPECT_EQ(decodeNatPmpReply(hex("00 81 0099 00000007"))->result, NatPmpResult::Unknown);
  // Only what a router says that does not know the question may stop before its clock.
  EXPECT_EQ(decodeNatPmpReply(hex("00 81 0002")).error(), NatPmpError::WrongLength);
}

TEST(NatPmpCodec, everythingElseIsAnError) {
  EXPECT_EQ(decodeNatPmpReply({}).error(), NatPmpError::WrongLength);
  EXPECT_EQ(decodeNatPmpReply(hex("02 81 0000 00000000")).error(), NatPmpError::WrongVersion);
  EXPECT_EQ(decodeNatPmpReply(hex("00 01 0000 00000000")).error(), NatPmpError::WrongDirection);
  EXPECT_EQ(decodeNatPmpReply(hex("00 83 0000 00000000")).error(), NatPmpError::UnknownOpcode);
  EXPECT_EQ(decodeNatPmpReply(hex("00 81 0000 00000102 1234 0000 00000e10")).error(),
            NatPmpError::Malformed);
  EXPECT_EQ(decodeNatPmpRequest(hex("00 81")).error(), NatPmpError::WrongDirection);
  EXPECT_EQ(decodeNatPmpRequest(hex("00 01 0000 0000 5678 00001c20")).error(),
            NatPmpError::Malformed);
  const Bytes whole = hex("00 81 0000 00000102 1234 5678 00000e10");
  for (std::size_t n = 0; n < whole.size(); ++n) {
    EXPECT_FALSE(decodeNatPmpReply(ByteView(whole).first(n))) << n;
  }
  Bytes longer = whole;
  longer.push_back(0);
  EXPECT_EQ(decodeNatPmpReply(longer).error(), NatPmpError::WrongLength);
}

TEST(NatPmpCodec, comesBackTheSame) {
  SeededRandom random(3);
  for (int i = 0; i < 500; ++i) {
    NatPmpRequest request;
    request.opcode = static_cast<NatPmpOpcode>(random.below(3));
    NatPmpReply reply;
    reply.opcode = request.opcode;
    reply.epochS = static_cast<std::uint32_t>(random.u64());
    if (request.opcode == NatPmpOpcode::ExternalAddress) {
      reply.externalAddress = IpAddress::v4(1, 2, 3, static_cast<std::uint8_t>(random.below(256)));
    } else {
      request.internalPort = static_cast<std::uint16_t>(1 + random.below(65535));
      request.suggestedPort = static_cast<std::uint16_t>(random.below(65536));
      request.lifetimeS = static_cast<std::uint32_t>(random.u64());
      reply.internalPort = request.internalPort;
      reply.externalPort = static_cast<std::uint16_t>(1 + random.below(65535));
      reply.lifetimeS = request.lifetimeS;
    }
    EXPECT_EQ(decodeNatPmpRequest(encode(request)), request);
    EXPECT_EQ(decodeNatPmpReply(encode(reply)), reply);
  }
}

TEST(NatPmpEpoch, aRestartIsAClockThatIsTooEarly) {
  struct Row {
    const char* name;
    EpochSeen before, now;
    bool restarted;
  };
  const Row rows[] = {
      {"keeps time", seen(1000, 0), seen(1100, 100'000), false},
      {"an eighth slow", seen(1000, 0), seen(1088, 100'000), false},
      {"slower than that", seen(1000, 0), seen(1084, 100'000), true},
      {"two seconds of rounding", seen(1000, 0), seen(998, 0), false},
      {"three are too many", seen(1000, 0), seen(997, 0), true},
      {"from zero", seen(86'400, 0), seen(3, 60'000), true},
      {"a fast clock is no restart", seen(1000, 0), seen(5000, 100'000), false},
      {"at the end of its range", seen(0xffffffff, 0), seen(0xffffffff, 1000), false},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(natPmpRestarted(row.before, row.now), row.restarted) << row.name;
  }
}

// --- PCP ----------------------------------------------------------------------------------------

TEST(PcpCodec, aMappingIsTheBytesOfTheRfc) {
  PcpMap map;
  for (std::size_t i = 0; i < map.nonce.size(); ++i) map.nonce[i] = static_cast<std::uint8_t>(i);
  map.internalPort = 0x1234;
  map.external = {IpAddress::v4(0, 0, 0, 0), 0x5678};
  EXPECT_EQ(encode(PcpRequest{IpAddress::v4(192, 168, 1, 9), 7200, map}),
            hex("02 01 0000 00001c20 00000000000000000000ffffc0a80109"
                "000102030405060708090a0b 11 000000 1234 5678 00000000000000000000ffff00000000"));
  EXPECT_EQ(encode(PcpRequest{IpAddress::v4(192, 168, 1, 9), 0, std::nullopt}),
            hex("02 00 0000 00000000 00000000000000000000ffffc0a80109"));

  const auto reply = decodePcpReply(
      hex("02 81 00 00 00000e10 0000002a 000000000000000000000000"
          "000102030405060708090a0b 11 000000 1234 9999 00000000000000000000ffffcb007105"
          "80 00 0003 aabbcc00"));  // and an option nobody asked for
  ASSERT_TRUE(reply) << toString(reply.error());
  EXPECT_EQ(reply->lifetimeS, 3600U);
  EXPECT_EQ(reply->epochS, 42U);
  map.external = {IpAddress::v4(203, 0, 113, 5), 0x9999};
  EXPECT_EQ(reply->map, map);
}

TEST(PcpCodec, aVersionRefusalIsReadFromAnyVersion) {
  const auto three = decodePcpReply(hex("03 81 00 01 ffffffff ffffffff"));
  ASSERT_TRUE(three);
  EXPECT_EQ(three->result, PcpResult::UnsupportedVersion);
  EXPECT_EQ(three->lifetimeS, 0U);  // how another version counts is not ours to know
  EXPECT_TRUE(decodePcpReply(hex("01 80 00 01")));
  // NAT-PMP's refusal is read by its own decoder.
  EXPECT_EQ(decodePcpReply(hex("00 81 00 01 00000007")).error(), PcpError::WrongVersion);
  EXPECT_EQ(decodePcpReply(hex("03 81 00 00 ffffffff ffffffff")).error(), PcpError::WrongVersion);
}

TEST(PcpCodec, everythingElseIsAnError) {
  SeededRandom random(4);
  const Bytes whole = encode(PcpReply{PcpResult::Success, 3600, 1, mapOf(random)});
  for (std::size_t n = 0; n < whole.size(); ++n) {
    EXPECT_FALSE(decodePcpReply(ByteView(whole).first(n))) << n;
  }
  const auto changed = [&](std::size_t at, std::uint8_t to) {
    Bytes bytes = whole;
    bytes[at] = to;
    return decodePcpReply(bytes);
  };
  EXPECT_EQ(changed(0, 1).error(), PcpError::WrongVersion);
  EXPECT_EQ(changed(1, 1).error(), PcpError::WrongDirection);
  EXPECT_EQ(changed(1, 0x82).error(), PcpError::UnknownOpcode);
  EXPECT_EQ(changed(24 + 12, 6).error(), PcpError::WrongProtocol);  // TCP is not UDP
  Bytes noPort = whole;
  noPort[24 + 18] = noPort[24 + 19] = 0;
  EXPECT_EQ(decodePcpReply(noPort).error(), PcpError::Malformed);
  Bytes tooLong = whole;
  tooLong.resize(kPcpMaxBytes + 4);
  EXPECT_EQ(decodePcpReply(tooLong).error(), PcpError::WrongLength);
  Bytes option = whole;
  append(option, hex("01 00 0005 00000000"));  // says five bytes, has four
  EXPECT_EQ(decodePcpReply(option).error(), PcpError::BadOption);
  EXPECT_EQ(decodePcpRequest(whole).error(), PcpError::WrongDirection);
}

TEST(PcpCodec, comesBackTheSame) {
  SeededRandom random(5);
  for (int i = 0; i < 500; ++i) {
    PcpRequest request{IpAddress::v4(192, 168, 1, static_cast<std::uint8_t>(random.below(256))),
                       static_cast<std::uint32_t>(random.u64()), std::nullopt};
    PcpReply reply{static_cast<PcpResult>(random.below(2) == 0 ? 0 : 2 + random.below(12)),
                   static_cast<std::uint32_t>(random.u64()),
                   static_cast<std::uint32_t>(random.u64()), std::nullopt};
    if (random.below(4) != 0) request.map = reply.map = mapOf(random);
    EXPECT_EQ(decodePcpRequest(encode(request)), request);
    EXPECT_EQ(decodePcpReply(encode(reply)), reply);
  }
}

TEST(PcpCodec, errorsThatPassSoonAreToldFromThoseThatStay) {
  EXPECT_TRUE(isShortLived(PcpResult::NetworkFailure));
  EXPECT_TRUE(isShortLived(PcpResult::NoResources));
  EXPECT_TRUE(isShortLived(PcpResult::UserExceededQuota));
  EXPECT_FALSE(isShortLived(PcpResult::NotAuthorized));
  EXPECT_FALSE(isShortLived(PcpResult::AddressMismatch));
}

TEST(PcpEpoch, aRestartIsAClockThatLeavesItsBounds) {
  struct Row {
    const char* name;
    EpochSeen before, now;
    bool restarted;
  };
  const Row rows[] = {
      {"keeps time", seen(1000, 0), seen(1100, 100'000), false},
      {"back by one second", seen(1000, 0), seen(999, 0), false},
      {"back by two", seen(1000, 0), seen(998, 0), true},
      {"a sixteenth slow", seen(0, 0), seen(1500, 1'600'000), false},
      {"slower than that", seen(0, 0), seen(1490, 1'600'000), true},
      {"a sixteenth fast", seen(0, 0), seen(1600, 1'500'000), false},
      {"another router with an older clock", seen(0, 0), seen(5000, 100'000), true},
      {"from zero", seen(86'400, 0), seen(3, 60'000), true},
      {"at once and ahead by two", seen(10, 0), seen(12, 0), false},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(pcpRestarted(row.before, row.now), row.restarted) << row.name;
  }
}

}  // namespace
}  // namespace foyer::net
