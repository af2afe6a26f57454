#include "core/crypto/room_keys.h"

#include <sodium.h>

#include <algorithm>
#include <vector>

#include "core/crypto/enc.h"
#include "core/crypto/versions.h"

namespace foyer::crypto {

namespace {

constexpr std::string_view kJoin = "foyer/1 join";
constexpr std::string_view kLeave = "foyer/1 leave";
constexpr std::string_view kSender = "foyer/1 sender";

template <class Id>
bool readId(ByteView field, Id& out) {
  const auto id = Id::fromBytes(field);
  if (id) out = *id;
  return id.has_value();
}

Bytes associated(const RoomKeys& room) { return enc("foyer/1 room", {room.id.view()}); }

}  // namespace

RoomKeys roomKeysOf(const SecretBytes<32>& secret) {
  const SecretKey prk = extract({}, secret.view());
  RoomKeys keys;
  keys.id = *RoomId::fromBytes(expand<16>(prk, "foyer/1 room id").view());
  keys.seal = expand(prk, "foyer/1 room seal");
  return keys;
}

Bytes encodeJoin(const JoinBody& b) {
  return enc(kJoin, {b.room.view(), b.identity.view(), b.joinBox.view(), b.nonce.view(),
                     u64Field(b.issuedMs), b.versions, b.info});
}

std::optional<JoinBody> decodeJoin(ByteView body) {
  const auto f = decodeEnc<7>(body, kJoin);
  JoinBody b;
  if (!f || !readId((*f)[0], b.room) || !readId((*f)[1], b.identity) ||
      !readId((*f)[2], b.joinBox) || !readId((*f)[3], b.nonce) || !areVersions((*f)[5]) ||
      (*f)[6].size() > kMaxInfoBytes) {
    return std::nullopt;
  }
  const auto issued = readU64Field((*f)[4]);
  if (!issued) return std::nullopt;
  b.issuedMs = *issued;
  b.versions = toBytes((*f)[5]);
  b.info = toBytes((*f)[6]);
  return b;
}

Bytes encodeLeave(const LeaveBody& b) {
  return enc(kLeave, {b.room.view(), b.identity.view(), b.nonce.view()});
}

std::optional<LeaveBody> decodeLeave(ByteView body) {
  const auto f = decodeEnc<3>(body, kLeave);
  LeaveBody b;
  if (!f || !readId((*f)[0], b.room) || !readId((*f)[1], b.identity) || !readId((*f)[2], b.nonce)) {
    return std::nullopt;
  }
  return b;
}

Bytes encodeSender(const SenderBody& b) {
  return enc(kSender, {b.room.view(), b.from.view(), b.to.view(), b.fromNonce.view(),
                       b.toNonce.view(), u32Field(b.epoch), u64Field(b.counter), b.chain.view()});
}

std::optional<SenderBody> decodeSender(ByteView body) {
  const auto f = decodeEnc<8>(body, kSender);
  std::optional<SenderBody> b(std::in_place);
  if (!f || !readId((*f)[0], b->room) || !readId((*f)[1], b->from) || !readId((*f)[2], b->to) ||
      !readId((*f)[3], b->fromNonce) || !readId((*f)[4], b->toNonce)) {
    return std::nullopt;
  }
  const auto epoch = readU32Field((*f)[5]);
  const auto counter = readU64Field((*f)[6]);
  auto chain = SecretKey::fromBytes((*f)[7]);
  if (!epoch || !counter || !chain) return std::nullopt;
  b->epoch = *epoch;
  b->counter = *counter;
  b->chain = std::move(*chain);
  return b;
}

Bytes sealForRoom(const RoomKeys& room, const RoomSealNonce& nonce, const SignedSetup& message) {
  auto plain = packSetup(message);
  Bytes sealed(kRoomSealedSize);
  std::copy(nonce.begin(), nonce.end(), sealed.begin());
  const Bytes aad = associated(room);
  crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + nonce.size(), nullptr, plain.data(),
                                             plain.size(), aad.data(), aad.size(), nullptr,
                                             nonce.data(), room.seal.data());
  wipe(plain);
  return sealed;
}

Result<SignedSetup, UnsealError> openForRoom(const RoomKeys& room, ByteView sealed) {
  using Fail = Failure<UnsealError>;
  if (sealed.size() != kRoomSealedSize) return Fail(UnsealError::WrongSize);
  constexpr std::size_t kNonceSize = std::tuple_size_v<RoomSealNonce>;
  std::array<std::uint8_t, kSetupPlainSize> plain;
  const Bytes aad = associated(room);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          plain.data(), nullptr, nullptr, sealed.data() + kNonceSize, sealed.size() - kNonceSize,
          aad.data(), aad.size(), sealed.data(), room.seal.data()) != 0) {
    return Fail(UnsealError::NotForThisKey);
  }
  auto message = unpackSetup(plain);
  if (!message) return Fail(UnsealError::Malformed);
  return std::move(*message);
}

std::array<std::uint8_t, 8> rosterTag(const RoomId& room, std::span<const RosterEntry> members) {
  std::vector<Bytes> entries;
  for (const RosterEntry& member : members) {
    Bytes entry = toBytes(member.identity.view());
    append(entry, member.nonce.view());
    entries.push_back(std::move(entry));
  }
  std::sort(entries.begin(), entries.end());
  // enc() with a number of fields that is only known here.
  Bytes body = enc("foyer/1 roster", {room.view()});
  for (const Bytes& entry : entries) {
    appendU16(body, static_cast<std::uint16_t>(entry.size()));
    append(body, entry);
  }
  const Hash hash = sha256(body);
  std::array<std::uint8_t, 8> tag;
  std::copy_n(hash.begin(), tag.size(), tag.begin());
  return tag;
}

}  // namespace foyer::crypto
