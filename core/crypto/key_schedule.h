// From the set-up's bodies and ephemeral keys to everything a call uses (docs/keys.md sections 4, 5
// and 10): commitment, transcript hash, media, control, SAS and path keys. Values, no thread.
#pragma once

#include "core/crypto/primitives.h"
#include "core/crypto/setup_messages.h"

namespace foyer::crypto {

enum class Role : std::uint8_t { Caller, Callee };
[[nodiscard]] constexpr Role other(Role role) {
  return role == Role::Caller ? Role::Callee : Role::Caller;
}

// H(enc("foyer/1 commit", call_id, IK_A, IK_B, eA, nA)).
[[nodiscard]] Hash commitmentOf(const CallId& callId, const PublicKey& caller,
                                const PublicKey& callee, const BoxKey& ephemeral,
                                const Nonce32& nonce);
// H(enc("foyer/1 transcript", offer body, answer body, eA, nA)), bodies as received.
[[nodiscard]] Hash transcriptOf(ByteView offerBody, ByteView answerBody, const BoxKey& ephemeral,
                                const Nonce32& nonce);

struct CallKeys {
  SecretKey sas;
  SecretKey mediaCaller;  // chain 0 of what the caller sends
  SecretKey mediaCallee;
  SecretKey controlCaller;
  SecretKey controlCallee;
  SecretKey path;

  [[nodiscard]] const SecretKey& media(Role sender) const {
    return sender == Role::Caller ? mediaCaller : mediaCallee;
  }
  [[nodiscard]] const SecretKey& control(Role sender) const {
    return sender == Role::Caller ? controlCaller : controlCallee;
  }
};
// nullopt when the Diffie-Hellman result is all zero.
[[nodiscard]] std::optional<CallKeys> deriveCallKeys(const Hash& transcript,
                                                     const SecretKey& ephemeral,
                                                     const BoxKey& peerEphemeral);

// Keys of a direct connection that belongs to its call (section 10).
constexpr std::uint8_t kCallerDialIds =
    128;  // i below: dialled by the caller, others by the callee
[[nodiscard]] std::array<std::uint8_t, 16> dialId(const SecretKey& path, std::uint8_t attempt);
[[nodiscard]] SecretKey probeKey(const SecretKey& path);
[[nodiscard]] SecretKey bindKey(const SecretKey& path, Role role);
// HMAC over the TLS exporter (32 bytes) of that connection; sent first by each side.
[[nodiscard]] Hash bindTag(const SecretKey& bind, const CallId& callId, ByteView exporter);

}  // namespace foyer::crypto
