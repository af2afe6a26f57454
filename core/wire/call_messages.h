// Control messages of the call family: sealed boxes that the relay only routes, and the relay's own
// words about the channel (docs/protocol.md). Each carries its call id (catalogue B-01).
#pragma once

#include <cstdint>

#include "core/base/bytes.h"
#include "core/base/ids.h"

namespace foyer::wire {

struct Offer {
  CallId callId;
  Fingerprint to;
  Fingerprint from;
  Bytes box;  // exactly kSetupBox
  bool operator==(const Offer&) const = default;
};
struct Setup {
  CallId callId;
  Fingerprint to;
  Fingerprint from;
  Bytes box;  // exactly kSetupBox
  bool operator==(const Setup&) const = default;
};
struct Sealed {
  CallId callId;
  Fingerprint to;
  Fingerprint from;
  std::uint64_t n = 0;  // nonce counter of the sender's control key, at most 2^53 − 1
  Bytes box;            // 1 … kMaxSealedBox
  bool operator==(const Sealed&) const = default;
};
// Relay → client. To the caller it means "trying"; the callee gets it before the offer.
struct Channel {
  CallId callId;
  std::uint64_t tx = 0;  // hop header of what this client sends
  std::uint64_t rx = 0;  // hop header of what it receives
  Fingerprint peer;
  bool operator==(const Channel&) const = default;
};

// A relay's word, never a person's act. A code this version does not know decodes as Other.
enum class UndeliverableCode { Other, NotFound, Unreachable, Limit, NoChannel };
[[nodiscard]] const char* toString(UndeliverableCode code);

struct Undeliverable {
  CallId callId;
  UndeliverableCode code = UndeliverableCode::Other;
  bool operator==(const Undeliverable&) const = default;
};
// After a lost connection: the channel again, without ringing.
struct Attach {
  CallId callId;
  Fingerprint peer;
  bool operator==(const Attach&) const = default;
};
struct Release {
  CallId callId;
  bool operator==(const Release&) const = default;
};

enum class ReleasedCode { Other, PeerReleased, Timeout, Draining };
[[nodiscard]] const char* toString(ReleasedCode code);

struct Released {
  CallId callId;
  ReleasedCode code = ReleasedCode::Other;
  bool operator==(const Released&) const = default;
};

}  // namespace foyer::wire
