// STUN messages (RFC 8489) as bytes: a checked view that copies nothing, and a writer into a
// bounded buffer, with the attributes of NAT discovery (RFC 5780) and TURN (RFC 8656) that Foyer
// uses. Leaves out transactions (stun_client.h), RFC 3489 without the magic cookie, and the
// preparation of texts by RFC 8265. Values, no thread.
//
//   0                   1                   2                   3
//   | 0 0 |  type: 14 bits, class mixed in  |  length after the header, a multiple of 4  |
//   | magic cookie 2112a442                                                              |
//   | transaction id, 96 bits                                                            |
//   | type of attribute, 16 | length of value, 16 | value, padded to a multiple of 4 | … |
//
// It is extended by new attributes: those from 0x8000 on may be skipped, of the others the view
// reports what it does not know.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/address.h"
#include "core/base/bytes.h"
#include "core/base/ids.h"
#include "core/base/result.h"

namespace foyer::net {

constexpr std::uint32_t kStunMagicCookie = 0x2112a442;
constexpr std::size_t kStunHeader = 20;
// Bytes of a text that is believed (REALM, NONCE, SOFTWARE and the reason of an error may be as
// long, RFC 8489 section 14); a longer one is as if absent.
constexpr std::size_t kMaxStunText = 763;
// Bytes that any request of ours fits into: below the smallest MTU of IPv6, without fragments.
constexpr std::size_t kMaxStunRequest = 1232;
// Attributes that were not understood and are reported by name; more are only counted.
constexpr std::size_t kMaxStunUnknown = 8;

using StunTransactionId = ByteId<struct StunTransactionIdTag, 12>;

enum class StunClass : std::uint8_t { Request = 0, Indication = 1, Success = 2, Error = 3 };

// A message that was read may hold a value without a name.
enum class StunMethod : std::uint16_t {
  Binding = 0x001,
  Allocate = 0x003,
  Refresh = 0x004,
  Send = 0x006,
  Data = 0x007,
  CreatePermission = 0x008,
  ChannelBind = 0x009,
};

// A message that was read may hold a value without a name.
enum class StunAttribute : std::uint16_t {
  MappedAddress = 0x0001,
  ChangeRequest = 0x0003,
  Username = 0x0006,
  MessageIntegrity = 0x0008,
  ErrorCode = 0x0009,
  UnknownAttributes = 0x000a,
  ChannelNumber = 0x000c,
  Lifetime = 0x000d,
  XorPeerAddress = 0x0012,
  Data = 0x0013,
  Realm = 0x0014,
  Nonce = 0x0015,
  XorRelayedAddress = 0x0016,
  RequestedAddressFamily = 0x0017,
  RequestedTransport = 0x0019,
  DontFragment = 0x001a,
  MessageIntegritySha256 = 0x001c,
  PasswordAlgorithm = 0x001d,
  Userhash = 0x001e,
  XorMappedAddress = 0x0020,
  PasswordAlgorithms = 0x8002,
  Software = 0x8022,
  AlternateServer = 0x8023,
  Fingerprint = 0x8028,
  ResponseOrigin = 0x802b,
  OtherAddress = 0x802c,
};

enum class StunError : std::uint8_t {
  Truncated,       // shorter than the header, or than the header says
  NotStun,         // the first two bits or the magic cookie
  BadLength,       // no multiple of 4, or bytes after the end
  BadAttribute,    // an attribute that reaches past the end, or of a length it cannot have
  BadOrder,        // something after FINGERPRINT
  BadFingerprint,  // the CRC does not match
};
[[nodiscard]] const char* toString(StunError error);

struct StunErrorCode {
  // 300…699.
  std::uint16_t code = 0;
  // What the server says, unchecked bytes; for records, never for decisions.
  std::string_view reason;
};

struct StunChangeRequest {
  bool ip = false;
  bool port = false;
};

struct StunUnknown {
  std::array<std::uint16_t, kMaxStunUnknown> types{};
  // May be above kMaxStunUnknown.
  std::size_t count = 0;
};

// How long the message is whose beginning a stream (TCP, TLS) holds: header and attributes, bytes.
// nullopt: fewer than 4 bytes, or no STUN message.
[[nodiscard]] std::optional<std::size_t> stunSizeOnStream(ByteView beginning);

// A message that was checked as a whole; refers to the bytes it was read from. What follows a
// MESSAGE-INTEGRITY is not covered by it and therefore not seen (RFC 8489 section 14.5), but
// MESSAGE-INTEGRITY-SHA256 and FINGERPRINT. Of equal attributes the first counts.
class StunMessage {
 public:
  struct Attribute {
    StunAttribute type{};
    ByteView value;
  };

  class Iterator {
   public:
    explicit Iterator(ByteView rest) : m_rest(rest) {}
    [[nodiscard]] Attribute operator*() const;
    Iterator& operator++();
    [[nodiscard]] bool operator!=(const Iterator& other) const {
      return m_rest.size() != other.m_rest.size();
    }

   private:
    ByteView m_rest;
  };

  // Takes exactly one message.
  [[nodiscard]] static Result<StunMessage, StunError> parse(ByteView bytes);

  [[nodiscard]] StunMethod method() const { return m_method; }
  [[nodiscard]] StunClass messageClass() const { return m_class; }
  [[nodiscard]] const StunTransactionId& transaction() const { return m_transaction; }
  [[nodiscard]] ByteView bytes() const { return m_bytes; }

  [[nodiscard]] Iterator begin() const { return Iterator(attributes()); }
  [[nodiscard]] static Iterator end() { return Iterator({}); }

  // Every reader below: nullopt when absent or not of the form it must have.
  [[nodiscard]] std::optional<ByteView> find(StunAttribute type) const;
  [[nodiscard]] std::optional<std::string_view> text(StunAttribute type) const;
  [[nodiscard]] std::optional<std::uint32_t> u32(StunAttribute type) const;
  // MAPPED-ADDRESS, OTHER-ADDRESS, RESPONSE-ORIGIN, ALTERNATE-SERVER.
  [[nodiscard]] std::optional<SocketAddress> address(StunAttribute type) const;
  // XOR-MAPPED-ADDRESS, XOR-PEER-ADDRESS, XOR-RELAYED-ADDRESS.
  [[nodiscard]] std::optional<SocketAddress> xorAddress(StunAttribute type) const;
  [[nodiscard]] std::optional<SocketAddress> xorAddress(const Attribute& attribute) const;
  [[nodiscard]] std::optional<StunErrorCode> errorCode() const;
  [[nodiscard]] std::optional<StunChangeRequest> changeRequest() const;
  [[nodiscard]] std::optional<std::uint16_t> channelNumber() const;
  // Attributes below 0x8000 that Foyer does not know: a request with one is refused (420), an
  // answer with one is not used (RFC 8489 section 6.3).
  [[nodiscard]] StunUnknown unknownRequired() const;

  [[nodiscard]] bool hasFingerprint() const { return m_hasFingerprint; }
  [[nodiscard]] bool hasIntegrity() const { return m_integrityAt != 0; }
  [[nodiscard]] bool hasIntegritySha256() const { return m_integritySha256At != 0; }
  // False also when there is none, and for an empty key. Takes the same time for every wrong code.
  [[nodiscard]] bool verifyIntegrity(ByteView key) const;
  [[nodiscard]] bool verifyIntegritySha256(ByteView key) const;

 private:
  StunMessage() = default;
  [[nodiscard]] std::optional<StunError> scan();
  [[nodiscard]] ByteView attributes() const {
    return m_bytes.subspan(kStunHeader, m_seenEnd - kStunHeader);
  }
  [[nodiscard]] ByteView valueAt(std::size_t offset) const;

  ByteView m_bytes;
  StunMethod m_method{};
  StunClass m_class{};
  StunTransactionId m_transaction;
  // Where the attributes end that are seen; offsets of the codes, 0 for none.
  std::size_t m_seenEnd = kStunHeader;
  std::size_t m_integrityAt = 0;
  std::size_t m_integritySha256At = 0;
  bool m_hasFingerprint = false;
};

// Writes one message from front to back; the integrity codes and then the fingerprint come last.
// What does not fit makes finish() say so, whatever is added afterwards.
class StunWriter {
 public:
  StunWriter(MutableByteView buffer, StunMethod method, StunClass messageClass,
             const StunTransactionId& transaction);

  StunWriter& add(StunAttribute type, ByteView value);
  StunWriter& addText(StunAttribute type, std::string_view text) { return add(type, viewOf(text)); }
  StunWriter& addU32(StunAttribute type, std::uint32_t value);
  StunWriter& addAddress(StunAttribute type, const SocketAddress& address);
  StunWriter& addXorAddress(StunAttribute type, const SocketAddress& address);
  // `code` 300…699.
  StunWriter& addErrorCode(std::uint16_t code, std::string_view reason);
  StunWriter& addChangeRequest(StunChangeRequest change);
  StunWriter& addChannelNumber(std::uint16_t channel);
  StunWriter& addLifetime(std::uint32_t seconds) {
    return addU32(StunAttribute::Lifetime, seconds);
  }
  // An IP protocol number: 17 for UDP.
  StunWriter& addRequestedTransport(std::uint8_t protocol);
  StunWriter& addRequestedAddressFamily(IpAddress::Family family);
  // `key` is not empty: the password itself, or stun_integrity.h longTermKey().
  StunWriter& addIntegrity(ByteView key);
  StunWriter& addIntegritySha256(ByteView key);
  StunWriter& addFingerprint();

  // The message, in the buffer; nullopt when the buffer is too small.
  [[nodiscard]] std::optional<ByteView> finish() const;

 private:
  // Header of an attribute, its room and its padding; empty when there is no room.
  MutableByteView append(StunAttribute type, std::size_t size);
  StunWriter& addAddressBytes(StunAttribute type, const SocketAddress& address, bool isXored);
  void writeLength(std::size_t end);

  MutableByteView m_buffer;
  std::size_t m_used = 0;
  bool m_isFull = false;
  bool m_isSealed = false;  // the fingerprint is written
};

}  // namespace foyer::net
