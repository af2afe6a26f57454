// JSON that only the two parties of a call read: the `info` of an offer or answer, and the plain
// text of `sealed` (docs/keys.md sections 4 and 9). Same tolerance as control messages: an unknown
// type or field is skipped. Sealing and padding are core/crypto's.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/address.h"
#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/wire/message.h"
#include "core/wire/tiers.h"

namespace foyer::wire {

// How an address for a direct path became known (RFC 8445 section 4).
enum class CandidateKind : std::uint8_t {
  Host,       // of an interface
  Reflexive,  // as an observer outside sees this side
  Mapped,     // a router was asked for it
  Predicted,  // the port that a NAT is expected to give next
  Relayed,    // of a TURN server
};
// Stable names, e.g. "reflexive".
[[nodiscard]] const char* toString(CandidateKind kind);
[[nodiscard]] std::optional<CandidateKind> parseCandidateKind(std::string_view name);

struct Candidate {
  CandidateKind kind = CandidateKind::Host;
  SocketAddress at;
  bool operator==(const Candidate&) const = default;
};

// What one side says about itself in its offer or answer.
struct CallInfo {
  std::string alias;                      // may be empty
  std::vector<std::string> capabilities;  // stable words, e.g. "opus", "codec2"
  std::string build;
  // Of an answer that allows a direct path: where its sender can be reached, best first, at most
  // kMaxAnswerCandidates. The whole list follows sealed under the call's keys (Paths).
  std::vector<Candidate> at{};
  // … and a relay's word for its IP address (crypto/observed.h); empty: none.
  Bytes vouch{};
  bool operator==(const CallInfo&) const = default;
};
// At most kMaxCallInfo bytes: the alias is shortened, then the relay's word, addresses and
// capabilities are left out from the back.
[[nodiscard]] Bytes encodeCallInfo(const CallInfo& info);
[[nodiscard]] Result<CallInfo, DecodeError> decodeCallInfo(ByteView json);

// The callee's first message, n = 0: its keys stand.
struct Ready {
  bool operator==(const Ready&) const = default;
};
struct Hangup {
  bool operator==(const Hangup&) const = default;
};
// Everything this side says about itself in the call; the highest n wins.
struct SideState {
  bool muted = false;
  // This side pressed "They match": displayed by the other, never believed.
  bool wordsMatch = false;
  // The best tier that this side wants to be sent, e.g. because it pays by volume; nullopt = any.
  std::optional<Tier> most{};
  // This side put the call on hold: it neither speaks nor listens. Who does not know the word sees
  // this side muted, which is said with it.
  bool held = false;
  // This side pressed "They differ", never together with wordsMatch: displayed likewise.
  bool wordsDiffer = false;
  bool operator==(const SideState&) const = default;
};
// What this side found out about the NAT in front of it, in the words of core/net/nat_report.h, so
// that both sides take fitting parts in getting through. A word that is not known here is kept and
// means nothing.
struct NatWords {
  std::string mapping;      // e.g. "endpoint_independent"
  std::string filtering;    // e.g. "address_dependent"
  std::string ports;        // e.g. "sequential"
  bool triesPorts = false;  // takes part when many ports have to be tried
  bool operator==(const NatWords&) const = default;
};
// Where this side can be reached without a relay: all of it each time; the highest n wins. Entries
// of kinds that are not known here are skipped.
struct Paths {
  std::vector<Candidate> candidates;  // at most kMaxCandidates, best first
  std::optional<NatWords> nat{};      // nullopt: not measured, or an older program
  // Relays' signed words on IP addresses of this side (crypto/observed.h), at most kMaxVouches.
  std::vector<Bytes> vouches{};
  bool operator==(const Paths&) const = default;
};
using SealedMessage = std::variant<Ready, Hangup, SideState, Paths>;

[[nodiscard]] Bytes encodeSealedMessage(const SealedMessage& message);
[[nodiscard]] Result<SealedMessage, DecodeError> decodeSealedMessage(ByteView json);

}  // namespace foyer::wire
