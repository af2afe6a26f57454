// Compares a recording with its original and prints one JSON object:
//   speech_measure REFERENCE.wav RECORDING.wav
// delay_ms and similarity as the simulator measures them (matchSound); estoi, lsd_8k_db and
// lsd_full_db over the recording aligned place by place; estoi_one_delay with one delay for all of
// it, as somebody measures who does not follow time-stretching. And, for speech recognition,
//   speech_measure --raw RATE IN.wav OUT.raw
// writes any 16-bit WAV as headerless little-endian mono of another rate.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>

#include "bench/speech/alignment.h"
#include "bench/speech/estoi.h"
#include "bench/speech/spectral_distance.h"
#include "core/io/files.h"
#include "core/media/wav.h"
#include "core/sim/sound_match.h"

namespace {

using namespace foyer;

constexpr std::size_t kMaxWavBytes = 512 << 20;
constexpr Duration kEarliest = -1s;
constexpr Duration kLatest = 3s;

std::vector<std::int16_t> load(const char* path) {
  const auto file = io::readFile(path, kMaxWavBytes);
  if (!file) return {};
  auto wav = media::parseWav(*file);
  return wav ? std::move(wav->samples) : std::vector<std::int16_t>{};
}

int convert(const char* rate, const char* from, const char* to) {
  constexpr std::uint32_t kWavRate = 48'000;  // what load() gives
  const auto wanted = static_cast<std::uint32_t>(std::strtoul(rate, nullptr, 10));
  const auto pcm = load(from);
  if (pcm.empty() || wanted < media::kMinWavRate || wanted > media::kMaxWavRate)
    return std::fprintf(stderr, "speech_measure: no sound, or no such rate\n"), 1;
  Bytes raw;
  for (const std::int16_t sample : media::resample(pcm, kWavRate, wanted)) {
    raw.push_back(static_cast<std::uint8_t>(sample));
    raw.push_back(static_cast<std::uint8_t>(sample >> 8));
  }
  return io::writeFileAtomically(to, raw, io::FileMode::Ordinary) ? 0 : 1;
}

double rounded(double value) { return std::round(value * 10'000) / 10'000; }

}  // namespace

int main(int argc, char** argv) {
  if (argc == 5 && std::strcmp(argv[1], "--raw") == 0) return convert(argv[2], argv[3], argv[4]);
  if (argc != 3)
    return std::puts(
               "Usage: speech_measure REFERENCE.wav RECORDING.wav\n"
               "       speech_measure --raw RATE IN.wav OUT.raw"),
           2;
  const auto reference = load(argv[1]);
  const auto recording = load(argv[2]);
  if (reference.empty() || recording.empty())
    return std::fprintf(stderr, "speech_measure: one of the files is no WAV with sound\n"), 1;
  const auto match = sim::matchSound(reference, recording, kEarliest, kLatest);
  if (!match) return std::fprintf(stderr, "speech_measure: one of the files is silent\n"), 1;

  const double roughMs = std::chrono::duration<double, std::milli>(match->delay).count();
  const auto whole = speech::align(reference, recording, roughMs);
  const auto covered = std::span(reference).subspan(whole.begin, whole.end - whole.begin);
  // One delay for everything: the median of the places, exact to a sample.
  const auto shift = static_cast<std::ptrdiff_t>(std::lround(whole.delayMs * 48));
  const auto from = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, -shift));
  const auto into = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, shift));
  const double oneDelay =
      from < reference.size() && into < recording.size()
          ? speech::estoi(std::span(reference).subspan(from), std::span(recording).subspan(into))
          : 0;
  const nlohmann::ordered_json out{
      {"delay_ms", rounded(whole.delayMs)},
      {"delay_spread_ms", rounded(whole.delaySpreadMs)},
      {"aligned_share", rounded(whole.found)},
      {"similarity", rounded(match->similarity)},
      {"estoi", rounded(speech::estoi(covered, whole.degraded))},
      {"estoi_one_delay", rounded(oneDelay)},
      {"lsd_8k_db",
       rounded(speech::logSpectralDistance(covered, whole.degraded, speech::kWidebandHz))},
      {"lsd_full_db",
       rounded(speech::logSpectralDistance(covered, whole.degraded, speech::kFullBandHz))}};
  std::puts(out.dump(2).c_str());
  return 0;
}
