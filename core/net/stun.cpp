#include "core/net/stun.h"

#include <algorithm>
#include <cstring>

#include "core/base/assert.h"
#include "core/crypto/secret.h"
#include "core/net/stun_integrity.h"

namespace foyer::net {

namespace {

constexpr std::size_t kAttributeHeader = 4;
constexpr std::uint8_t kFamilyV4 = 1;
constexpr std::uint8_t kFamilyV6 = 2;
// Where 0x8000 begins, a reader may skip what it does not know.
constexpr std::uint16_t kFirstOptional = 0x8000;
constexpr std::uint32_t kChangeIp = 4;
constexpr std::uint32_t kChangePort = 2;

constexpr std::size_t padded(std::size_t size) { return (size + 3) & ~std::size_t{3}; }

void putU16(std::uint8_t* at, std::uint16_t v) {
  at[0] = static_cast<std::uint8_t>(v >> 8);
  at[1] = static_cast<std::uint8_t>(v);
}
void putU32(std::uint8_t* at, std::uint32_t v) {
  putU16(at, static_cast<std::uint16_t>(v >> 16));
  putU16(at + 2, static_cast<std::uint16_t>(v));
}

// The 16 bytes an address is XORed with: magic cookie and transaction id; the port takes the first
// two of them.
using Mask = std::array<std::uint8_t, 16>;

Mask maskOf(const StunTransactionId& transaction) {
  Mask mask{};
  putU32(mask.data(), kStunMagicCookie);
  std::memcpy(mask.data() + 4, transaction.bytes.data(), StunTransactionId::kSize);
  return mask;
}

std::optional<SocketAddress> readAddress(ByteView value, const Mask& mask) {
  if (value.size() < 4) return std::nullopt;
  const std::size_t size = value[1] == kFamilyV4 ? 4 : 16;
  if ((value[1] != kFamilyV4 && value[1] != kFamilyV6) || value.size() != 4 + size)
    return std::nullopt;
  std::array<std::uint8_t, 16> ip{};
  for (std::size_t i = 0; i < size; ++i) ip[i] = value[4 + i] ^ mask[i];
  const auto port = static_cast<std::uint16_t>(readU16(value.data() + 2) ^ readU16(mask.data()));
  if (size == 4) return SocketAddress{IpAddress::v4(ip[0], ip[1], ip[2], ip[3]), port};
  return SocketAddress{IpAddress::v6(ip), port};
}

bool isKnown(StunAttribute type) {
  switch (type) {
    case StunAttribute::MappedAddress:
    case StunAttribute::ChangeRequest:
    case StunAttribute::Username:
    case StunAttribute::MessageIntegrity:
    case StunAttribute::ErrorCode:
    case StunAttribute::UnknownAttributes:
    case StunAttribute::ChannelNumber:
    case StunAttribute::Lifetime:
    case StunAttribute::XorPeerAddress:
    case StunAttribute::Data:
    case StunAttribute::Realm:
    case StunAttribute::Nonce:
    case StunAttribute::XorRelayedAddress:
    case StunAttribute::RequestedAddressFamily:
    case StunAttribute::RequestedTransport:
    case StunAttribute::DontFragment:
    case StunAttribute::MessageIntegritySha256:
    case StunAttribute::PasswordAlgorithm:
    case StunAttribute::Userhash:
    case StunAttribute::XorMappedAddress:
    case StunAttribute::PasswordAlgorithms:
    case StunAttribute::Software:
    case StunAttribute::AlternateServer:
    case StunAttribute::Fingerprint:
    case StunAttribute::ResponseOrigin:
    case StunAttribute::OtherAddress:
      return true;
  }
  return false;
}

// What the length field says when `end` is where the message ends.
std::uint16_t lengthFor(std::size_t end) { return static_cast<std::uint16_t>(end - kStunHeader); }

}  // namespace

const char* toString(StunError error) {
  switch (error) {
    case StunError::Truncated:
      return "truncated";
    case StunError::NotStun:
      return "not_stun";
    case StunError::BadLength:
      return "bad_length";
    case StunError::BadAttribute:
      return "bad_attribute";
    case StunError::BadOrder:
      return "bad_order";
    case StunError::BadFingerprint:
      return "bad_fingerprint";
  }
  return "unknown";
}

std::optional<std::size_t> stunSizeOnStream(ByteView beginning) {
  if (beginning.size() < 4 || (beginning[0] & 0xc0) != 0) return std::nullopt;
  const std::size_t length = readU16(beginning.data() + 2);
  if (length % 4 != 0) return std::nullopt;
  return kStunHeader + length;
}

// --- Reading

Result<StunMessage, StunError> StunMessage::parse(ByteView bytes) {
  if (bytes.size() < kStunHeader) return Failure(StunError::Truncated);
  const std::uint16_t type = readU16(bytes.data());
  if ((type & 0xc000) != 0 || readU32(bytes.data() + 4) != kStunMagicCookie)
    return Failure(StunError::NotStun);
  const std::size_t size = kStunHeader + readU16(bytes.data() + 2);
  if (size % 4 != 0 || size < bytes.size()) return Failure(StunError::BadLength);
  if (size > bytes.size()) return Failure(StunError::Truncated);

  StunMessage message;
  message.m_bytes = bytes;
  message.m_class = static_cast<StunClass>(((type >> 4) & 1) | ((type >> 7) & 2));
  message.m_method =
      static_cast<StunMethod>((type & 0x000f) | ((type & 0x00e0) >> 1) | ((type & 0x3e00) >> 2));
  std::memcpy(message.m_transaction.bytes.data(), bytes.data() + 8, StunTransactionId::kSize);
  if (const auto error = message.scan()) return Failure(*error);
  return message;
}

std::optional<StunError> StunMessage::scan() {
  bool isSeen = true;
  const auto endSeen = [&](std::size_t at) {
    if (isSeen) m_seenEnd = at;
    isSeen = false;
  };
  std::size_t at = kStunHeader;
  while (at < m_bytes.size()) {
    // Lengths are multiples of 4, so a header is whole.
    const auto type = static_cast<StunAttribute>(readU16(m_bytes.data() + at));
    const std::size_t size = readU16(m_bytes.data() + at + 2);
    const std::size_t next = at + kAttributeHeader + padded(size);
    if (next > m_bytes.size()) return StunError::BadAttribute;
    if (type == StunAttribute::Fingerprint) {
      if (size != 4) return StunError::BadAttribute;
      if (next != m_bytes.size()) return StunError::BadOrder;
      if (readU32(m_bytes.data() + at + kAttributeHeader) != stunFingerprint(m_bytes.first(at)))
        return StunError::BadFingerprint;
      m_hasFingerprint = true;
      endSeen(at);
    } else if (type == StunAttribute::MessageIntegrity && isSeen) {
      if (size != kStunSha1Size) return StunError::BadAttribute;
      m_integrityAt = at;
      endSeen(at);
    } else if (type == StunAttribute::MessageIntegritySha256 && m_integritySha256At == 0) {
      if (size % 4 != 0 || size < kMinStunSha256Size || size > kStunSha256Size)
        return StunError::BadAttribute;
      m_integritySha256At = at;
      endSeen(at);
    }
    at = next;
  }
  endSeen(at);
  return std::nullopt;
}

ByteView StunMessage::valueAt(std::size_t offset) const {
  return m_bytes.subspan(offset + kAttributeHeader, readU16(m_bytes.data() + offset + 2));
}

StunMessage::Attribute StunMessage::Iterator::operator*() const {
  return {static_cast<StunAttribute>(readU16(m_rest.data())),
          m_rest.subspan(kAttributeHeader, readU16(m_rest.data() + 2))};
}

StunMessage::Iterator& StunMessage::Iterator::operator++() {
  m_rest = m_rest.subspan(kAttributeHeader + padded(readU16(m_rest.data() + 2)));
  return *this;
}

std::optional<ByteView> StunMessage::find(StunAttribute type) const {
  for (const Attribute attribute : *this)
    if (attribute.type == type) return attribute.value;
  return std::nullopt;
}

std::optional<std::string_view> StunMessage::text(StunAttribute type) const {
  const auto value = find(type);
  if (!value || value->size() > kMaxStunText) return std::nullopt;
  return textOf(*value);
}

std::optional<std::uint32_t> StunMessage::u32(StunAttribute type) const {
  const auto value = find(type);
  if (!value || value->size() != 4) return std::nullopt;
  return readU32(value->data());
}

std::optional<SocketAddress> StunMessage::address(StunAttribute type) const {
  const auto value = find(type);
  return value ? readAddress(*value, Mask{}) : std::nullopt;
}

std::optional<SocketAddress> StunMessage::xorAddress(StunAttribute type) const {
  const auto value = find(type);
  return value ? readAddress(*value, maskOf(m_transaction)) : std::nullopt;
}

std::optional<SocketAddress> StunMessage::xorAddress(const Attribute& attribute) const {
  return readAddress(attribute.value, maskOf(m_transaction));
}

std::optional<StunErrorCode> StunMessage::errorCode() const {
  const auto value = find(StunAttribute::ErrorCode);
  if (!value || value->size() < 4) return std::nullopt;
  const unsigned hundreds = (*value)[2] & 7;
  const unsigned rest = (*value)[3];
  if (hundreds < 3 || hundreds > 6 || rest > 99) return std::nullopt;
  return StunErrorCode{static_cast<std::uint16_t>(hundreds * 100 + rest),
                       textOf(value->subspan(4, std::min(value->size() - 4, kMaxStunText)))};
}

std::optional<StunChangeRequest> StunMessage::changeRequest() const {
  const auto flags = u32(StunAttribute::ChangeRequest);
  if (!flags) return std::nullopt;
  return StunChangeRequest{(*flags & kChangeIp) != 0, (*flags & kChangePort) != 0};
}

std::optional<std::uint16_t> StunMessage::channelNumber() const {
  const auto value = u32(StunAttribute::ChannelNumber);
  if (!value) return std::nullopt;
  return static_cast<std::uint16_t>(*value >> 16);
}

StunUnknown StunMessage::unknownRequired() const {
  StunUnknown unknown;
  for (const Attribute attribute : *this) {
    const auto type = static_cast<std::uint16_t>(attribute.type);
    if (type >= kFirstOptional || isKnown(attribute.type)) continue;
    if (unknown.count < kMaxStunUnknown) unknown.types[unknown.count] = type;
    ++unknown.count;
  }
  return unknown;
}

bool StunMessage::verifyIntegrity(ByteView key) const {
  if (m_integrityAt == 0 || key.empty()) return false;
  const ByteView code = valueAt(m_integrityAt);
  std::array<std::uint8_t, kStunSha1Size> expected{};
  const std::size_t end = m_integrityAt + kAttributeHeader + code.size();
  return stunHmacSha1(key, m_bytes.first(m_integrityAt), lengthFor(end), expected) &&
         crypto::equalInConstantTime(code, expected);
}

bool StunMessage::verifyIntegritySha256(ByteView key) const {
  if (m_integritySha256At == 0 || key.empty()) return false;
  const ByteView code = valueAt(m_integritySha256At);
  std::array<std::uint8_t, kStunSha256Size> expected{};
  const std::size_t end = m_integritySha256At + kAttributeHeader + code.size();
  return stunHmacSha256(key, m_bytes.first(m_integritySha256At), lengthFor(end), expected) &&
         crypto::equalInConstantTime(code, ByteView(expected).first(code.size()));
}

// --- Writing

StunWriter::StunWriter(MutableByteView buffer, StunMethod method, StunClass messageClass,
                       const StunTransactionId& transaction)
    : m_buffer(buffer) {
  if (buffer.size() < kStunHeader) {
    m_isFull = true;
    return;
  }
  const auto m = static_cast<unsigned>(method);
  const auto c = static_cast<unsigned>(messageClass);
  putU16(m_buffer.data(),
         static_cast<std::uint16_t>((m & 0x00f) | ((m & 0x070) << 1) | ((m & 0xf80) << 2) |
                                    ((c & 1) << 4) | ((c & 2) << 7)));
  putU32(m_buffer.data() + 4, kStunMagicCookie);
  std::memcpy(m_buffer.data() + 8, transaction.bytes.data(), StunTransactionId::kSize);
  m_used = kStunHeader;
  writeLength(m_used);
}

void StunWriter::writeLength(std::size_t end) { putU16(m_buffer.data() + 2, lengthFor(end)); }

MutableByteView StunWriter::append(StunAttribute type, std::size_t size) {
  FOYER_ASSERT(!m_isSealed, "FINGERPRINT is the last attribute");
  const std::size_t end = m_used + kAttributeHeader + padded(size);
  if (m_isFull || size > 0xffff || end > m_buffer.size() || end - kStunHeader > 0xffff) {
    m_isFull = true;
    return {};
  }
  std::uint8_t* at = m_buffer.data() + m_used;
  putU16(at, static_cast<std::uint16_t>(type));
  putU16(at + 2, static_cast<std::uint16_t>(size));
  std::memset(at + kAttributeHeader, 0, padded(size));
  m_used = end;
  writeLength(end);
  return {at + kAttributeHeader, size};
}

StunWriter& StunWriter::add(StunAttribute type, ByteView value) {
  const MutableByteView room = append(type, value.size());
  if (!room.empty()) std::memcpy(room.data(), value.data(), value.size());
  return *this;
}

StunWriter& StunWriter::addU32(StunAttribute type, std::uint32_t value) {
  const MutableByteView room = append(type, 4);
  if (!room.empty()) putU32(room.data(), value);
  return *this;
}

StunWriter& StunWriter::addAddressBytes(StunAttribute type, const SocketAddress& address,
                                        bool isXored) {
  StunTransactionId transaction;
  if (!m_isFull)
    std::memcpy(transaction.bytes.data(), m_buffer.data() + 8, StunTransactionId::kSize);
  const Mask mask = isXored ? maskOf(transaction) : Mask{};
  const std::size_t size = address.ip.isV4() ? 4 : 16;
  const MutableByteView room = append(type, 4 + size);
  if (room.empty()) return *this;
  room[1] = address.ip.isV4() ? kFamilyV4 : kFamilyV6;
  putU16(room.data() + 2, static_cast<std::uint16_t>(address.port ^ readU16(mask.data())));
  for (std::size_t i = 0; i < size; ++i) room[4 + i] = address.ip.bytes[i] ^ mask[i];
  return *this;
}

StunWriter& StunWriter::addAddress(StunAttribute type, const SocketAddress& address) {
  return addAddressBytes(type, address, false);
}

StunWriter& StunWriter::addXorAddress(StunAttribute type, const SocketAddress& address) {
  return addAddressBytes(type, address, true);
}

StunWriter& StunWriter::addErrorCode(std::uint16_t code, std::string_view reason) {
  FOYER_ASSERT(code >= 300 && code <= 699, "the form has room for no other code");
  const MutableByteView room = append(StunAttribute::ErrorCode, 4 + reason.size());
  if (room.empty()) return *this;
  room[2] = static_cast<std::uint8_t>(code / 100);
  room[3] = static_cast<std::uint8_t>(code % 100);
  std::copy(reason.begin(), reason.end(), room.begin() + 4);
  return *this;
}

StunWriter& StunWriter::addChangeRequest(StunChangeRequest change) {
  return addU32(StunAttribute::ChangeRequest,
                (change.ip ? kChangeIp : 0) | (change.port ? kChangePort : 0));
}

StunWriter& StunWriter::addChannelNumber(std::uint16_t channel) {
  return addU32(StunAttribute::ChannelNumber, std::uint32_t{channel} << 16);
}

StunWriter& StunWriter::addRequestedTransport(std::uint8_t protocol) {
  return addU32(StunAttribute::RequestedTransport, std::uint32_t{protocol} << 24);
}

StunWriter& StunWriter::addRequestedAddressFamily(IpAddress::Family family) {
  const std::uint32_t code = family == IpAddress::Family::V4 ? kFamilyV4 : kFamilyV6;
  return addU32(StunAttribute::RequestedAddressFamily, code << 24);
}

StunWriter& StunWriter::addIntegrity(ByteView key) {
  const std::size_t before = m_used;
  const MutableByteView room = append(StunAttribute::MessageIntegrity, kStunSha1Size);
  std::array<std::uint8_t, kStunSha1Size> code{};
  if (room.empty()) return *this;
  if (stunHmacSha1(key, m_buffer.first(before), lengthFor(m_used), code))
    std::copy(code.begin(), code.end(), room.begin());
  else
    m_isFull = true;
  return *this;
}

StunWriter& StunWriter::addIntegritySha256(ByteView key) {
  const std::size_t before = m_used;
  const MutableByteView room = append(StunAttribute::MessageIntegritySha256, kStunSha256Size);
  std::array<std::uint8_t, kStunSha256Size> code{};
  if (room.empty()) return *this;
  if (stunHmacSha256(key, m_buffer.first(before), lengthFor(m_used), code))
    std::copy(code.begin(), code.end(), room.begin());
  else
    m_isFull = true;
  return *this;
}

StunWriter& StunWriter::addFingerprint() {
  const std::size_t before = m_used;
  const MutableByteView room = append(StunAttribute::Fingerprint, 4);
  if (!room.empty()) putU32(room.data(), stunFingerprint(m_buffer.first(before)));
  m_isSealed = true;
  return *this;
}

std::optional<ByteView> StunWriter::finish() const {
  if (m_isFull) return std::nullopt;
  return ByteView(m_buffer.first(m_used));
}

}  // namespace foyer::net
