#include "core/net/stun.h"

#include <gtest/gtest.h>

#include <string>

#include "core/base/random.h"
#include "core/net/stun_integrity.h"

namespace foyer::test {

using namespace foyer::net;

namespace {

// RFC 5769 section 2.
constexpr std::string_view kShortTermPassword = "VOkJxbRl1RmTxUk/WvJxBt";
constexpr std::string_view kSampleRequest =
    "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74"
    "002400046e0001ff80290008932ff9b151263b36000600096576746a3a68367659202020"
    "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf";
constexpr std::string_view kSampleIpv4Response =
    "0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220"
    "002000080001a147e112a643000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96";
constexpr std::string_view kSampleIpv6Response =
    "010100482112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220"
    "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
    "00080014a382954e4be67bf11784c97c8292c275bfe3ed4180280004c8fb0b4c";
constexpr std::string_view kSampleLongTerm =
    "000100602112a44278ad3433c6ad72c029da412e00060012e3839ee38388e383aae38383e382afe382b90000"
    "0015001c662f2f3439396b39353464364f4c33346f4c394653547679363473410014000b6578616d706c652e6f7267"
    "00"
    "00080014f67024656dd64a3e02b8e0712e85c9a28ca89666";
// RFC 8489 appendix B.1 without its code, which the RFC has wrong (erratum 6268); the code is this
// key's over this message.
constexpr std::string_view kSampleSha256 =
    "000100902112a44278ad3433c6ad72c029da412e001e00204a3cf38fef6992bda952c6780417da0f2481941556"
    "9e60b205c46e41407f170400150029"
    "6f624d61744a6f7332414141"
    "43662f2f3439396b39353464364f4c33346f4c394653547679363473410000000014000b6578616d706c652e6f7267"
    "00001d000400020000001c0020";
constexpr std::string_view kMatrix = "マトリックス";
constexpr std::string_view kMatrixPassword = "TheMatrIX";

Bytes bytesOf(std::string_view hex) {
  const auto bytes = fromHex(hex);
  EXPECT_TRUE(bytes) << hex;
  return bytes.value_or(Bytes{});
}

StunTransactionId someTransaction() {
  SeededRandom random(7);
  return random.id<StunTransactionId>();
}

// Every attribute that the writer has a name for, under both codes.
Bytes everything(ByteView key) {
  Bytes buffer(kMaxStunRequest);
  StunWriter writer(buffer, StunMethod::Allocate, StunClass::Request, someTransaction());
  writer.addText(StunAttribute::Username, "anna")
      .addText(StunAttribute::Realm, "example.org")
      .addText(StunAttribute::Nonce, "abcde")
      .addText(StunAttribute::Software, "")
      .addAddress(StunAttribute::MappedAddress, *SocketAddress::parse("192.0.2.7:1234"))
      .addAddress(StunAttribute::OtherAddress, *SocketAddress::parse("[2001:db8::7]:3479"))
      .addXorAddress(StunAttribute::XorMappedAddress, *SocketAddress::parse("192.0.2.8:65535"))
      .addXorAddress(StunAttribute::XorPeerAddress, *SocketAddress::parse("[2001:db8::9]:1"))
      .addErrorCode(438, "Stale Nonce")
      .addChangeRequest({.ip = true, .port = false})
      .addChannelNumber(0x4001)
      .addLifetime(600)
      .addRequestedTransport(17)
      .addRequestedAddressFamily(IpAddress::Family::V6)
      .add(StunAttribute::DontFragment, {})
      .add(StunAttribute::Data, viewOf("seven b"))
      .addIntegrity(key)
      .addIntegritySha256(key)
      .addFingerprint();
  return toBytes(writer.finish().value());
}

}  // namespace

TEST(StunVectors, theSampleRequestIsReadAndItsCodesHold) {
  const Bytes bytes = bytesOf(kSampleRequest);
  const auto message = StunMessage::parse(bytes);
  ASSERT_TRUE(message) << toString(message.error());
  EXPECT_EQ(message->method(), StunMethod::Binding);
  EXPECT_EQ(message->messageClass(), StunClass::Request);
  EXPECT_EQ(message->transaction().hex(), "b7e7a701bc34d686fa87dfae");
  EXPECT_EQ(message->text(StunAttribute::Software), "STUN test client");
  EXPECT_EQ(message->text(StunAttribute::Username), "evtj:h6vY");
  EXPECT_TRUE(message->hasFingerprint());
  EXPECT_TRUE(message->verifyIntegrity(viewOf(kShortTermPassword)));
  EXPECT_FALSE(message->verifyIntegrity(viewOf("VOkJxbRl1RmTxUk/WvJxBT")));
  EXPECT_FALSE(message->verifyIntegrity({}));
  EXPECT_FALSE(message->verifyIntegritySha256(viewOf(kShortTermPassword)));
  // PRIORITY (ICE) must be understood, ICE-CONTROLLED need not be.
  const StunUnknown unknown = message->unknownRequired();
  ASSERT_EQ(unknown.count, 1U);
  EXPECT_EQ(unknown.types[0], 0x0024);
}

TEST(StunVectors, theSampleResponsesNameTheMappedAddress) {
  const Bytes v4 = bytesOf(kSampleIpv4Response);
  const Bytes v6 = bytesOf(kSampleIpv6Response);
  for (const auto& [bytes, address] :
       {std::pair(v4, "192.0.2.1:32853"),
        std::pair(v6, "[2001:db8:1234:5678:11:2233:4455:6677]:32853")}) {
    const auto message = StunMessage::parse(bytes);
    ASSERT_TRUE(message) << toString(message.error());
    EXPECT_EQ(message->messageClass(), StunClass::Success);
    ASSERT_TRUE(message->xorAddress(StunAttribute::XorMappedAddress));
    EXPECT_EQ(message->xorAddress(StunAttribute::XorMappedAddress)->toString(), address);
    EXPECT_TRUE(message->verifyIntegrity(viewOf(kShortTermPassword)));
    EXPECT_TRUE(message->hasFingerprint());
    EXPECT_EQ(message->unknownRequired().count, 0U);
  }
}

TEST(StunVectors, theLongTermCredentialHolds) {
  const Bytes bytes = bytesOf(kSampleLongTerm);
  const auto message = StunMessage::parse(bytes);
  ASSERT_TRUE(message) << toString(message.error());
  const auto username = message->text(StunAttribute::Username);
  const auto realm = message->text(StunAttribute::Realm);
  ASSERT_TRUE(username && realm);
  EXPECT_EQ(*username, kMatrix);
  EXPECT_EQ(message->text(StunAttribute::Nonce), "f//499k954d6OL34oL9FSTvy64sA");
  const auto key = longTermKey(StunHash::Md5, *username, *realm, kMatrixPassword);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->size, 16U);
  EXPECT_TRUE(message->verifyIntegrity(key->view()));
  EXPECT_FALSE(message->hasFingerprint());
  const auto other = longTermKey(StunHash::Md5, *username, *realm, "TheMatrix");
  ASSERT_TRUE(other);
  EXPECT_FALSE(message->verifyIntegrity(other->view()));
}

TEST(StunVectors, theLongTermCredentialWithSha256Holds) {
  std::string hex(kSampleSha256);
  hex += "b5c7bf005b6c52a21c51c5e892f81924136296cb927c43149309278cc6518e65";
  const Bytes bytes = bytesOf(hex);
  const auto message = StunMessage::parse(bytes);
  ASSERT_TRUE(message) << toString(message.error());
  const auto key = longTermKey(StunHash::Sha256, kMatrix, "example.org", kMatrixPassword);
  ASSERT_TRUE(key);
  EXPECT_TRUE(message->hasIntegritySha256());
  EXPECT_TRUE(message->verifyIntegritySha256(key->view()));
  EXPECT_FALSE(message->verifyIntegrity(key->view()));
}

TEST(StunWriter, writesTheSampleResponseByteForByte) {
  const Bytes expected = bytesOf(kSampleIpv6Response);
  const auto sample = StunMessage::parse(expected);
  ASSERT_TRUE(sample);
  Bytes buffer(expected.size());
  StunWriter writer(buffer, StunMethod::Binding, StunClass::Success, sample->transaction());
  writer.addText(StunAttribute::Software, "test vector")
      .addXorAddress(StunAttribute::XorMappedAddress,
                     *SocketAddress::parse("[2001:db8:1234:5678:11:2233:4455:6677]:32853"));
  // The sample pads with spaces, this writer with zeros; the codes cover the padding.
  buffer[kStunHeader + 4 + 11] = ' ';
  writer.addIntegrity(viewOf(kShortTermPassword)).addFingerprint();
  ASSERT_TRUE(writer.finish());
  EXPECT_EQ(toHex(*writer.finish()), kSampleIpv6Response);
}

TEST(StunWriter, everyAttributeComesBack) {
  const Bytes key = toBytes(viewOf("key"));
  const Bytes bytes = everything(key);
  const auto message = StunMessage::parse(bytes);
  ASSERT_TRUE(message) << toString(message.error());
  EXPECT_EQ(message->method(), StunMethod::Allocate);
  EXPECT_EQ(message->transaction(), someTransaction());
  EXPECT_EQ(message->text(StunAttribute::Username), "anna");
  EXPECT_EQ(message->text(StunAttribute::Software), "");
  EXPECT_EQ(message->address(StunAttribute::MappedAddress)->toString(), "192.0.2.7:1234");
  EXPECT_EQ(message->address(StunAttribute::OtherAddress)->toString(), "[2001:db8::7]:3479");
  EXPECT_EQ(message->xorAddress(StunAttribute::XorMappedAddress)->toString(), "192.0.2.8:65535");
  EXPECT_EQ(message->xorAddress(StunAttribute::XorPeerAddress)->toString(), "[2001:db8::9]:1");
  ASSERT_TRUE(message->errorCode());
  EXPECT_EQ(message->errorCode()->code, 438);
  EXPECT_EQ(message->errorCode()->reason, "Stale Nonce");
  ASSERT_TRUE(message->changeRequest());
  EXPECT_TRUE(message->changeRequest()->ip);
  EXPECT_FALSE(message->changeRequest()->port);
  EXPECT_EQ(message->channelNumber(), 0x4001);
  EXPECT_EQ(message->u32(StunAttribute::Lifetime), 600U);
  EXPECT_EQ(message->u32(StunAttribute::RequestedTransport), 17U << 24);
  EXPECT_EQ(message->u32(StunAttribute::RequestedAddressFamily), 2U << 24);
  ASSERT_TRUE(message->find(StunAttribute::DontFragment));
  EXPECT_TRUE(message->find(StunAttribute::DontFragment)->empty());
  EXPECT_EQ(textOf(*message->find(StunAttribute::Data)), "seven b");
  EXPECT_FALSE(message->find(StunAttribute::XorRelayedAddress));
  EXPECT_TRUE(message->verifyIntegrity(key));
  EXPECT_TRUE(message->verifyIntegritySha256(key));
  EXPECT_TRUE(message->hasFingerprint());
  EXPECT_EQ(message->unknownRequired().count, 0U);
}

TEST(StunWriter, everyMethodAndClassComesBack) {
  for (const unsigned method : {0x001U, 0x003U, 0x009U, 0x00fU, 0x010U, 0x07fU, 0x080U, 0xfffU})
    for (const StunClass messageClass :
         {StunClass::Request, StunClass::Indication, StunClass::Success, StunClass::Error}) {
      std::array<std::uint8_t, kStunHeader> buffer{};
      const StunWriter writer(buffer, static_cast<StunMethod>(method), messageClass,
                              someTransaction());
      const auto message = StunMessage::parse(writer.finish().value());
      ASSERT_TRUE(message);
      EXPECT_EQ(static_cast<unsigned>(message->method()), method);
      EXPECT_EQ(message->messageClass(), messageClass);
    }
}

TEST(StunWriter, aBufferThatIsTooSmallIsSaidAndNothingIsWrittenBehindIt) {
  const std::size_t whole = everything(viewOf("key")).size();
  for (std::size_t size = 0; size <= 60; ++size) {
    Bytes memory(60 + 8, 0xaa);
    StunWriter writer(MutableByteView(memory).first(size), StunMethod::Binding, StunClass::Request,
                      someTransaction());
    writer.addText(StunAttribute::Software, "x").addIntegrity(viewOf("key")).addFingerprint();
    EXPECT_EQ(writer.finish().has_value(), size >= kStunHeader + 8 + 24 + 8) << size;
    for (std::size_t i = size; i < memory.size(); ++i) ASSERT_EQ(memory[i], 0xaa) << size;
  }
  EXPECT_LT(whole, kMaxStunRequest);
}

TEST(StunReader, everyTruncationIsAnError) {
  const Bytes bytes = everything(viewOf("key"));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const Bytes cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    const auto message = StunMessage::parse(cut);
    ASSERT_FALSE(message) << size;
    EXPECT_EQ(message.error(), StunError::Truncated) << size;
  }
  Bytes longer = bytes;
  longer.push_back(0);
  EXPECT_EQ(StunMessage::parse(longer).error(), StunError::BadLength);
}

TEST(StunReader, everyFlippedBitIsNoticedByTheCodes) {
  const Bytes whole = everything(viewOf("key"));
  for (std::size_t i = 0; i < whole.size(); ++i)
    for (unsigned bit = 0; bit < 8; ++bit) {
      Bytes bytes = whole;
      bytes[i] = static_cast<std::uint8_t>(bytes[i] ^ (1U << bit));
      // A CRC finds every single bit, so long as it is read as one; where the flip hides it (its
      // own type), the codes remain.
      const auto message = StunMessage::parse(bytes);
      if (!message) continue;
      EXPECT_FALSE(message->hasFingerprint()) << "byte " << i << " bit " << bit;
      if (i >= whole.size() - 8) continue;  // behind the codes
      EXPECT_FALSE(message->verifyIntegrity(viewOf("key")) &&
                   message->verifyIntegritySha256(viewOf("key")))
          << "byte " << i << " bit " << bit;
    }
}

TEST(StunReader, whatFollowsTheIntegrityCodeIsNotSeen) {
  Bytes buffer(256);
  StunWriter writer(buffer, StunMethod::Allocate, StunClass::Success, someTransaction());
  writer.addLifetime(600).addIntegrity(viewOf("key"));
  // What somebody on the way may append without the key.
  writer.addXorAddress(StunAttribute::XorRelayedAddress, *SocketAddress::parse("192.0.2.66:66"))
      .addLifetime(1);
  const auto message = StunMessage::parse(writer.finish().value());
  ASSERT_TRUE(message);
  EXPECT_TRUE(message->verifyIntegrity(viewOf("key")));
  EXPECT_EQ(message->u32(StunAttribute::Lifetime), 600U);
  EXPECT_FALSE(message->xorAddress(StunAttribute::XorRelayedAddress));
  std::size_t seen = 0;
  for ([[maybe_unused]] const auto attribute : *message) ++seen;
  EXPECT_EQ(seen, 1U);
}

TEST(StunReader, aCutSha256CodeHoldsDownToItsMinimum) {
  std::array<std::uint8_t, kStunSha256Size> code{};
  for (std::size_t size = 0; size <= kStunSha256Size; size += 4) {
    Bytes buffer(128);
    // Header and code by hand: the writer makes whole codes only.
    StunWriter writer(buffer, StunMethod::Binding, StunClass::Request, someTransaction());
    ASSERT_TRUE(stunHmacSha256(viewOf("key"), ByteView(buffer).first(kStunHeader),
                               static_cast<std::uint16_t>(4 + size), code));
    writer.add(StunAttribute::MessageIntegritySha256, ByteView(code).first(size));
    const auto message = StunMessage::parse(writer.finish().value());
    ASSERT_EQ(message.has_value(), size >= kMinStunSha256Size) << size;
    if (!message) continue;
    EXPECT_TRUE(message->verifyIntegritySha256(viewOf("key"))) << size;
  }
}

TEST(StunReader, ofTwoEqualAttributesTheFirstCounts) {
  Bytes buffer(256);
  StunWriter writer(buffer, StunMethod::Binding, StunClass::Success, someTransaction());
  writer.addXorAddress(StunAttribute::XorMappedAddress, *SocketAddress::parse("192.0.2.1:1111"))
      .addXorAddress(StunAttribute::XorMappedAddress, *SocketAddress::parse("192.0.2.2:2222"));
  const auto message = StunMessage::parse(writer.finish().value());
  ASSERT_TRUE(message);
  EXPECT_EQ(message->xorAddress(StunAttribute::XorMappedAddress)->toString(), "192.0.2.1:1111");
}

TEST(StunReader, malformedValuesAreAsIfAbsent) {
  struct Row {
    const char* what;
    StunAttribute type;
    std::string_view valueHex;
  };
  for (const Row& row : {
           Row{"no such family", StunAttribute::MappedAddress, "000304d2c0000207"},
           Row{"IPv4 in the length of IPv6", StunAttribute::MappedAddress,
               "000104d2c0000207c0000207c0000207c0000207"},
           Row{"IPv6 in the length of IPv4", StunAttribute::MappedAddress, "000204d2c0000207"},
           Row{"no port", StunAttribute::MappedAddress, "0001"},
           Row{"nothing", StunAttribute::MappedAddress, ""},
           Row{"class 2", StunAttribute::ErrorCode, "00000200"},
           Row{"class 7", StunAttribute::ErrorCode, "00000700"},
           Row{"number 100", StunAttribute::ErrorCode, "00000464"},
           Row{"no number", StunAttribute::ErrorCode, "000004"},
           Row{"two bytes", StunAttribute::Lifetime, "0258"},
       }) {
    Bytes buffer(128);
    StunWriter writer(buffer, StunMethod::Binding, StunClass::Success, someTransaction());
    writer.add(row.type, bytesOf(row.valueHex));
    const auto message = StunMessage::parse(writer.finish().value());
    ASSERT_TRUE(message) << row.what;
    EXPECT_TRUE(message->find(row.type)) << row.what;
    EXPECT_FALSE(message->address(row.type) || message->xorAddress(row.type)) << row.what;
    EXPECT_FALSE(message->errorCode()) << row.what;
    EXPECT_FALSE(message->u32(StunAttribute::Lifetime)) << row.what;
  }
  Bytes buffer(2048);
  StunWriter writer(buffer, StunMethod::Binding, StunClass::Success, someTransaction());
  writer.addText(StunAttribute::Nonce, std::string(kMaxStunText + 1, 'n'))
      .addText(StunAttribute::Realm, std::string(kMaxStunText, 'r'));
  const auto message = StunMessage::parse(writer.finish().value());
  ASSERT_TRUE(message);
  EXPECT_FALSE(message->text(StunAttribute::Nonce));
  EXPECT_TRUE(message->text(StunAttribute::Realm));
}

TEST(StunReader, damagedFramesAreNamed) {
  struct Row {
    const char* hex;
    StunError error;
  };
  for (const Row& row : {
           Row{"400100002112a442000000000000000000000000", StunError::NotStun},
           Row{"000100002112a443000000000000000000000000", StunError::NotStun},
           Row{"000100022112a4420000000000000000000000000000", StunError::BadLength},
           Row{"000100042112a44200000000000000000000000080220001", StunError::BadAttribute},
           Row{"000100082112a4420000000000000000000000008022ffff00000000", StunError::BadAttribute},
           Row{"000100082112a4420000000000000000000000000008000400000000", StunError::BadAttribute},
           Row{"000100082112a4420000000000000000000000008028000400000000",
               StunError::BadFingerprint},
           Row{"0001000c2112a442000000000000000000000000802800040000000080220000",
               StunError::BadOrder},
       }) {
    const auto message = StunMessage::parse(bytesOf(row.hex));
    ASSERT_FALSE(message) << row.hex;
    EXPECT_EQ(message.error(), row.error) << row.hex << " " << toString(message.error());
  }
}

TEST(StunReader, manyUnknownAttributesAreCountedAndNamedUpToABound) {
  Bytes buffer(1024);
  StunWriter writer(buffer, StunMethod::Binding, StunClass::Request, someTransaction());
  for (std::uint16_t i = 0; i < 100; ++i)
    writer.add(static_cast<StunAttribute>(0x7000 + i), {})
        .add(static_cast<StunAttribute>(0xf000 + i), {});
  const auto message = StunMessage::parse(writer.finish().value());
  ASSERT_TRUE(message);
  const StunUnknown unknown = message->unknownRequired();
  EXPECT_EQ(unknown.count, 100U);
  EXPECT_EQ(unknown.types[0], 0x7000);
  EXPECT_EQ(unknown.types[kMaxStunUnknown - 1], 0x7000 + kMaxStunUnknown - 1);
}

TEST(StunStream, theBeginningSaysHowLongTheMessageIs) {
  const Bytes bytes = bytesOf(kSampleRequest);
  EXPECT_EQ(stunSizeOnStream(bytes), bytes.size());
  EXPECT_EQ(stunSizeOnStream(ByteView(bytes).first(4)), bytes.size());
  EXPECT_FALSE(stunSizeOnStream(ByteView(bytes).first(3)));
  EXPECT_FALSE(stunSizeOnStream(bytesOf("40000004")));
  EXPECT_FALSE(stunSizeOnStream(bytesOf("00010003")));
}

}  // namespace foyer::test
