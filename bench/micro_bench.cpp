// Small costs that are paid for each packet or message, each beside what it cannot be cheaper than.
// Google Benchmark's own options apply (--benchmark_filter=…).
#include <benchmark/benchmark.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/base/random.h"
#include "core/crypto/identity.h"
#include "core/crypto/media_seal.h"
#include "core/crypto/presence.h"
#include "core/wire/message.h"

namespace {

using namespace foyer;

constexpr std::size_t kInnerBytes = 90;  // an Opus frame of tier `good` with its header
constexpr TimePoint kStart = fromNanoseconds(1'000'000'000);

crypto::SecretKey keyOf(std::uint8_t byte) {
  crypto::SecretKey key;
  std::fill_n(key.data(), 32, byte);
  return key;
}

void mediaSeal(benchmark::State& state) {
  crypto::MediaSealer sealer(kStart, keyOf(7));
  const Bytes inner(kInnerBytes, 1);
  std::array<std::uint8_t, crypto::kMaxMediaPacket> out{};
  for (auto _ : state) benchmark::DoNotOptimize(sealer.seal(kStart, inner, out));
}
BENCHMARK(mediaSeal);

void mediaSealAndOpen(benchmark::State& state) {
  crypto::MediaSealer sealer(kStart, keyOf(7));
  crypto::MediaOpener opener(keyOf(7));
  const Bytes inner(kInnerBytes, 1);
  std::array<std::uint8_t, crypto::kMaxMediaPacket> out{}, back{};
  for (auto _ : state) {
    const auto size = sealer.seal(kStart, inner, out);
    benchmark::DoNotOptimize(opener.open(kStart, ByteView(out).first(*size), back));
  }
}
BENCHMARK(mediaSealAndOpen);

// The reference of both: the cipher alone over a padded packet.
void sodiumChaCha(benchmark::State& state) {
  std::array<std::uint8_t, 96> plain{};
  std::array<std::uint8_t, 96 + crypto_aead_chacha20poly1305_ietf_ABYTES> out{};
  std::array<std::uint8_t, crypto_aead_chacha20poly1305_ietf_NPUBBYTES> nonce{};
  std::array<std::uint8_t, crypto_aead_chacha20poly1305_ietf_KEYBYTES> key{};
  for (auto _ : state) {
    crypto_aead_chacha20poly1305_ietf_encrypt(out.data(), nullptr, plain.data(), plain.size(),
                                              nullptr, 0, nullptr, nonce.data(), key.data());
    benchmark::DoNotOptimize(out);
  }
}
BENCHMARK(sodiumChaCha);

Bytes pageOf(std::size_t people) {
  SeededRandom random(1);
  wire::PresencePage page;
  page.version = 1;
  page.last = true;
  for (std::size_t i = 0; i < people; ++i) {
    const auto identity = crypto::Identity::generate(random);
    crypto::PresenceRecord record;
    record.box = random.id<BoxKey>();
    record.sequence = record.issuedMs = 1;
    record.ttlSeconds = 3600;
    record.alias = "Somebody";
    page.people.push_back({crypto::signPresence(identity, record), wire::PresenceState::Available});
  }
  return wire::encodeFrame(page);
}

void decodePresencePage(benchmark::State& state) {
  const Bytes frame = pageOf(10);
  for (auto _ : state) benchmark::DoNotOptimize(wire::decodeMessage(ByteView(frame).subspan(4)));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * frame.size()));
}
BENCHMARK(decodePresencePage);

// The reference: a parser of JSON in general, without looking at what it parsed.
void nlohmannParse(benchmark::State& state) {
  const Bytes frame = pageOf(10);
  for (auto _ : state)
    benchmark::DoNotOptimize(nlohmann::json::parse(frame.begin() + 4, frame.end()));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * frame.size()));
}
BENCHMARK(nlohmannParse);

void verifyPresenceRecord(benchmark::State& state) {
  SeededRandom random(1);
  const auto identity = crypto::Identity::generate(random);
  crypto::PresenceRecord record;
  record.box = random.id<BoxKey>();
  record.sequence = record.issuedMs = 1;
  record.ttlSeconds = 3600;
  const Bytes made = crypto::signPresence(identity, record);
  for (auto _ : state) benchmark::DoNotOptimize(crypto::openPresence(made));
}
BENCHMARK(verifyPresenceRecord);

// The reference: the signature alone.
void sodiumVerify(benchmark::State& state) {
  std::array<std::uint8_t, crypto_sign_PUBLICKEYBYTES> open{};
  std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
  crypto_sign_keypair(open.data(), secret.data());
  const std::array<std::uint8_t, 150> text{};
  std::array<std::uint8_t, crypto_sign_BYTES> signature{};
  crypto_sign_detached(signature.data(), nullptr, text.data(), text.size(), secret.data());
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        crypto_sign_verify_detached(signature.data(), text.data(), text.size(), open.data()));
  }
}
BENCHMARK(sodiumVerify);

}  // namespace

BENCHMARK_MAIN();
