// Rooms (docs/keys.md section 11): keys from a room's secret, and the join, leave and sender
// messages. Who is a member and when chains change is core/call's. Values, no thread.
#pragma once

#include "core/crypto/primitives.h"
#include "core/crypto/setup_messages.h"

namespace foyer::crypto {

using RoomId = ByteId<struct RoomIdTag, 16>;
using JoinNonce = ByteId<struct JoinNonceTag, 16>;
using RoomSealNonce = std::array<std::uint8_t, 24>;

constexpr std::size_t kRoomSealedSize = 24 + kSetupPlainSize + kTagSize;

struct RoomKeys {
  RoomId id;
  SecretKey seal;
};
[[nodiscard]] RoomKeys roomKeysOf(const SecretBytes<32>& secret);

struct JoinBody {
  RoomId room;
  PublicKey identity;
  BoxKey joinBox;
  JoinNonce nonce;
  std::uint64_t issuedMs = 0;
  Bytes versions;
  Bytes info;
  bool operator==(const JoinBody&) const = default;
};
struct LeaveBody {
  RoomId room;
  PublicKey identity;
  JoinNonce nonce;
  bool operator==(const LeaveBody&) const = default;
};
struct SenderBody {
  RoomId room;
  PublicKey from;
  PublicKey to;
  JoinNonce fromNonce;
  JoinNonce toNonce;
  std::uint32_t epoch = 0;
  std::uint64_t counter = 0;
  SecretKey chain;
};

[[nodiscard]] Bytes encodeJoin(const JoinBody& body);
[[nodiscard]] std::optional<JoinBody> decodeJoin(ByteView body);
[[nodiscard]] Bytes encodeLeave(const LeaveBody& body);
[[nodiscard]] std::optional<LeaveBody> decodeLeave(ByteView body);
// Contains a secret; the caller wipes it.
[[nodiscard]] Bytes encodeSender(const SenderBody& body);
[[nodiscard]] std::optional<SenderBody> decodeSender(ByteView body);

// nonce ‖ XChaCha20-Poly1305 under the room's seal: for everybody who knows the secret. The sender
// message goes by sealSetup() to the member's join box instead.
[[nodiscard]] Bytes sealForRoom(const RoomKeys& room, const RoomSealNonce& nonce,
                                const SignedSetup& message);
[[nodiscard]] Result<SignedSetup, UnsealError> openForRoom(const RoomKeys& room, ByteView sealed);

// First 8 bytes of H(enc("foyer/1 roster", room_id, (IK ‖ jnonce) sorted…)).
struct RosterEntry {
  PublicKey identity;
  JoinNonce nonce;
};
[[nodiscard]] std::array<std::uint8_t, 8> rosterTag(const RoomId& room,
                                                    std::span<const RosterEntry> members);

}  // namespace foyer::crypto
