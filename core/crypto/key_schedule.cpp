#include "core/crypto/key_schedule.h"

#include <algorithm>

#include "core/crypto/enc.h"

namespace foyer::crypto {

Hash commitmentOf(const CallId& callId, const PublicKey& caller, const PublicKey& callee,
                  const BoxKey& ephemeral, const Nonce32& nonce) {
  return sha256(enc("foyer/1 commit",
                    {callId.view(), caller.view(), callee.view(), ephemeral.view(), nonce}));
}

Hash transcriptOf(ByteView offerBody, ByteView answerBody, const BoxKey& ephemeral,
                  const Nonce32& nonce) {
  return sha256(enc("foyer/1 transcript", {offerBody, answerBody, ephemeral.view(), nonce}));
}

std::optional<CallKeys> deriveCallKeys(const Hash& transcript, const SecretKey& ephemeral,
                                       const BoxKey& peerEphemeral) {
  const auto shared = dh(ephemeral, peerEphemeral);
  if (!shared) return std::nullopt;
  const SecretKey prk = extract(transcript, shared->view());
  std::optional<CallKeys> keys(std::in_place);
  keys->sas = expand(prk, "foyer/1 sas");
  keys->mediaCaller = expand(prk, "foyer/1 media caller");
  keys->mediaCallee = expand(prk, "foyer/1 media callee");
  keys->controlCaller = expand(prk, "foyer/1 control caller");
  keys->controlCallee = expand(prk, "foyer/1 control callee");
  keys->path = expand(prk, "foyer/1 path");
  return keys;
}

std::array<std::uint8_t, 16> dialId(const SecretKey& path, std::uint8_t attempt) {
  Bytes info = toBytes(viewOf("foyer/1 path dial"));
  info.push_back(attempt);
  std::array<std::uint8_t, 16> id;
  expandInto(path.view(), info, id);
  return id;
}

SecretKey probeKey(const SecretKey& path) { return expand(path, "foyer/1 path probe"); }

SecretKey bindKey(const SecretKey& path, Role role) {
  return expand(path,
                role == Role::Caller ? "foyer/1 path bind caller" : "foyer/1 path bind callee");
}

Hash bindTag(const SecretKey& bind, const CallId& callId, ByteView exporter) {
  const SecretKey tag = hmac(bind.view(), enc("foyer/1 bind", {callId.view(), exporter}));
  Hash out;
  std::copy(tag.view().begin(), tag.view().end(), out.begin());
  return out;
}

}  // namespace foyer::crypto
