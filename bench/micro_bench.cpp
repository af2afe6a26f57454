// Small costs that are paid for each packet or message, each beside what it cannot be cheaper than.
// Google Benchmark's own options apply (--benchmark_filter=…).
#include <benchmark/benchmark.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/crypto/identity.h"
#include "core/crypto/media_seal.h"
#include "core/crypto/presence.h"
#include "core/io/files.h"
#include "core/media/codec.h"
#include "core/media/wav.h"
#include "core/wire/message.h"
#include "core/wire/tiers.h"

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

std::vector<std::int16_t> speech() {
  const auto file = io::readFile(FOYER_SOURCE_DIR "/resources/speech/clip_a.wav", 4 << 20);
  if (file)
    if (const auto wav = media::parseWav(*file)) return wav->samples;
  return std::vector<std::int16_t>(10 * 48'000);
}

media::EncoderSettings settingsOf(const wire::TierInfo& tier) {
  return {.codec = tier.codec,
          .time = tier.packetTime,
          .bitrateBps = static_cast<int>(tier.bitrateBps),
          .inBandFec = false,
          .expectedLossPercent = 0};
}

// One second of speech each time, so that the time shown is the cost of a second of call.
void encodeSecond(benchmark::State& state, const media::EncoderSettings& settings) {
  const auto pcm = speech();
  const auto encoder = media::VoiceCodecFactory().makeEncoder(settings.codec);
  encoder->configure(settings);
  const std::size_t samples = media::frameSamples(settings.time);
  std::array<std::uint8_t, media::kMaxFrameBytes> out{};
  std::size_t at = 0, owed = 0;
  for (auto _ : state) {
    for (owed += 48'000; owed >= samples; owed -= samples, at += samples) {
      if (at + samples > pcm.size()) at = 0;
      benchmark::DoNotOptimize(encoder->encode({pcm.data() + at, samples}, out));
    }
  }
}

void decodeSecond(benchmark::State& state, const media::EncoderSettings& settings) {
  const auto pcm = speech();
  const media::VoiceCodecFactory factory;
  const auto encoder = factory.makeEncoder(settings.codec);
  encoder->configure(settings);
  const auto decoder = factory.makeDecoder(settings.codec);
  const std::size_t samples = media::frameSamples(settings.time);
  std::array<std::uint8_t, media::kMaxFrameBytes> bytes{};
  std::vector<Bytes> frames;
  for (std::size_t at = 0; at + samples <= pcm.size(); at += samples) {
    const std::size_t size = encoder->encode({pcm.data() + at, samples}, bytes);
    frames.emplace_back(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
  }
  std::vector<std::int16_t> out(samples);
  std::size_t n = 0, owed = 0;
  for (auto _ : state)
    for (owed += 48'000; owed >= samples; owed -= samples)
      benchmark::DoNotOptimize(decoder->decode(frames[n++ % frames.size()], out));
}

void registerCodecs() {
  const auto add = [](const std::string& name, const media::EncoderSettings& settings) {
    benchmark::RegisterBenchmark(("encodeSecond/" + name).c_str(), encodeSecond, settings)
        ->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark(("decodeSecond/" + name).c_str(), decodeSecond, settings)
        ->Unit(benchmark::kMillisecond);
  };
  for (const wire::TierInfo& tier : wire::tierTable())
    add(std::string(tier.name), settingsOf(tier));
  add("copied", {.bitrateBps = 10'600, .inBandFec = false, .expectedLossPercent = 0});
  add("withLbrr", {.bitrateBps = 32'000, .inBandFec = true, .expectedLossPercent = 10});
  add("withDred", {.bitrateBps = 32'000,
                   .inBandFec = false,
                   .expectedLossPercent = 25,
                   .dred = std::chrono::milliseconds(200)});
}

}  // namespace

int main(int argc, char** argv) {
  registerCodecs();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
