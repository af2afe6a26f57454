#include "bench/speech/spectral_distance.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "bench/speech/spectrum.h"

namespace foyer::speech {
namespace {

constexpr std::size_t kFrame = 1536;  // 32 ms
constexpr std::size_t kHop = kFrame / 2;
constexpr std::size_t kFftSize = 2048;
constexpr double kSpeakingDb = 35;  // frames within this of the loudest frame are speech
constexpr double kFloor = 1e-7;     // -70 dB of the loudest bin

std::vector<std::vector<double>> spectrogram(std::span<const std::int16_t> pcm, std::size_t bins) {
  const Fft fft(kFftSize);
  const std::vector<double> window = hannWindow(kFrame);
  std::vector<std::vector<double>> frames;
  std::vector<double> frame(kFrame);
  for (std::size_t at = 0; at + kFrame <= pcm.size(); at += kHop) {
    for (std::size_t i = 0; i < kFrame; ++i) frame[i] = pcm[at + i] * window[i];
    frames.push_back(fft.power(frame));
    frames.back().resize(bins);
  }
  return frames;
}

}  // namespace

double logSpectralDistance(std::span<const std::int16_t> reference,
                           std::span<const std::int16_t> degraded, double upToHz) {
  const std::size_t size = std::min(reference.size(), degraded.size());
  const auto bins =
      std::min(static_cast<std::size_t>(upToHz * kFftSize / kInputRate), kFftSize / 2) + 1;
  const auto clean = spectrogram(reference.first(size), bins);
  const auto heard = spectrogram(degraded.first(size), bins);

  double loudestBin = 0;
  double loudestFrame = 0;
  std::vector<double> energies;
  for (const std::vector<double>& frame : clean) {
    loudestBin = std::max(loudestBin, *std::max_element(frame.begin(), frame.end()));
    energies.push_back(std::accumulate(frame.begin(), frame.end(), 0.0));
    loudestFrame = std::max(loudestFrame, energies.back());
  }
  if (loudestFrame <= 0) return 0;

  const double floor = loudestBin * kFloor;
  double sum = 0;
  std::size_t counted = 0;
  for (std::size_t i = 0; i < clean.size(); ++i) {
    if (energies[i] < loudestFrame * std::pow(10, -kSpeakingDb / 10)) continue;
    double squares = 0;
    for (std::size_t k = 0; k < bins; ++k) {
      const double difference =
          10 * std::log10(std::max(clean[i][k], floor) / std::max(heard[i][k], floor));
      squares += difference * difference;
    }
    sum += std::sqrt(squares / static_cast<double>(bins));
    ++counted;
  }
  return counted == 0 ? 0 : sum / static_cast<double>(counted);
}

}  // namespace foyer::speech
