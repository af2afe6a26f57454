// The small packets by which two sides of a call open their NATs and find out which addresses reach
// the other: 30 bytes asked, 49 answered, each with a tag under the call's own key, so that nobody
// else can make this side answer (docs/keys.md section 10, docs/protocol.md). A first byte of 8 is
// neither STUN, QUIC nor TURN (RFC 9443).
//   ask:    08 01 ‖ nonce 12 ‖ tag 16
//   answer: 08 02 ‖ nonce 12 ‖ family 1 ‖ asker's ip 16 ‖ port 2 ‖ tag 16
//   tag = first 16 of HMAC-SHA-256(probe, "foyer/1 probe" ‖ sender's role ‖ all before the tag)
// Pure functions.
#pragma once

#include <array>
#include <optional>
#include <variant>

#include "core/base/address.h"
#include "core/base/bytes.h"
#include "core/crypto/key_schedule.h"

namespace foyer::net {

using ProbeNonce = std::array<std::uint8_t, 12>;
constexpr std::uint8_t kProbeFirstByte = 8;
constexpr std::size_t kMaxProbe = 49;

struct ProbeAsk {
  ProbeNonce nonce{};
  bool operator==(const ProbeAsk&) const = default;
};
struct ProbeAnswer {
  ProbeNonce nonce{};
  SocketAddress seen;  // where the ask came from
  bool operator==(const ProbeAnswer&) const = default;
};
using Probe = std::variant<ProbeAsk, ProbeAnswer>;

// `sender`: the role of who sends it; a reflected probe is not taken for the other side's.
[[nodiscard]] Bytes encodeProbe(const crypto::SecretKey& key, crypto::Role sender,
                                const Probe& probe);
// nullopt: malformed, of another call or of the wrong sender.
[[nodiscard]] std::optional<Probe> decodeProbe(const crypto::SecretKey& key, crypto::Role sender,
                                               ByteView bytes);
// Cheap: whether it could be one at all.
[[nodiscard]] bool looksLikeProbe(ByteView bytes);

}  // namespace foyer::net
