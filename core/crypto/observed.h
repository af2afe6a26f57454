// A relay's signed word that it saw an identity at an IP address (docs/keys.md section 10;
// catalogue K-17): who is told an address by a peer can see from it that the peer does not name
// somebody else's. It says nothing of a port, and is worth nothing for another identity. Values, no
// thread.
#pragma once

#include <optional>

#include "core/base/address.h"
#include "core/crypto/identity.h"

namespace foyer::crypto {

struct ObservedAddress {
  Fingerprint relay;
  IpAddress ip;
  std::uint64_t atMs = 0;  // Unix ms of the relay's clock
  Signature signature{};
};

// relay 16 ‖ family (4, 6) 1 ‖ ip 16 (IPv4 in front) ‖ atMs 8 ‖ signature 64.
constexpr std::size_t kObservedBytes = 105;
// Who moved on cannot name an old address for ever. Asked for anew each half hour.
constexpr std::uint64_t kObservedForMs = 2 * 3600 * 1000;

// The signature is over enc("foyer/1 observed", who ‖ family ‖ ip ‖ atMs).
[[nodiscard]] Bytes signObserved(const Identity& relay, const PublicKey& who, const IpAddress& ip,
                                 std::uint64_t atMs);
// Form alone. nullopt: not kObservedBytes, or of no known family.
[[nodiscard]] std::optional<ObservedAddress> readObserved(ByteView bytes);
// Signed by that relay for that identity, and within kObservedForMs of `nowMs` by the relay's
// clock.
[[nodiscard]] bool isObserved(const PublicKey& relay, const PublicKey& who,
                              const ObservedAddress& observed, std::uint64_t nowMs);

}  // namespace foyer::crypto
