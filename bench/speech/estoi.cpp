#include "bench/speech/estoi.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "bench/speech/spectrum.h"

namespace foyer::speech {
namespace {

// The paper's constants, at 10 kHz.
constexpr std::size_t kFrame = 256;
constexpr std::size_t kHop = kFrame / 2;
constexpr std::size_t kFftSize = 512;
constexpr std::size_t kBands = 15;
constexpr double kLowestBandHz = 150;  // centre of the first one-third octave
constexpr std::size_t kSegment = 30;   // frames, 384 ms
constexpr double kSilenceDb = 40;      // below the loudest frame of the reference

using BandFrame = std::array<double, kBands>;
using Segment = std::array<BandFrame, kSegment>;

// Frames where the reference is silent are taken out of both, and the rest is put together again by
// overlap and add.
void removeSilence(std::vector<double>& reference, std::vector<double>& degraded) {
  const std::vector<double> window = hannWindow(kFrame);
  const std::size_t size = std::min(reference.size(), degraded.size());
  std::vector<double> levels;
  for (std::size_t at = 0; at + kFrame <= size; at += kHop) {
    double energy = 0;
    for (std::size_t i = 0; i < kFrame; ++i) {
      const double x = reference[at + i] * window[i];
      energy += x * x;
    }
    levels.push_back(10 * std::log10(energy + 1e-12));
  }
  std::vector<double> keptReference;
  std::vector<double> keptDegraded;
  if (!levels.empty()) {
    const double floor = *std::max_element(levels.begin(), levels.end()) - kSilenceDb;
    std::size_t into = 0;
    for (std::size_t frame = 0; frame < levels.size(); ++frame) {
      if (levels[frame] <= floor) continue;
      keptReference.resize(into + kFrame);
      keptDegraded.resize(into + kFrame);
      for (std::size_t i = 0; i < kFrame; ++i) {
        keptReference[into + i] += reference[frame * kHop + i] * window[i];
        keptDegraded[into + i] += degraded[frame * kHop + i] * window[i];
      }
      into += kHop;
    }
  }
  reference = std::move(keptReference);
  degraded = std::move(keptDegraded);
}

// First bin of each band, and one past the last band's last.
std::array<std::array<std::size_t, 2>, kBands> bandEdges() {
  std::array<std::array<std::size_t, 2>, kBands> edges{};
  constexpr double kBinHz = kMeasureRate / kFftSize;
  for (std::size_t band = 0; band < kBands; ++band) {
    const double centre = kLowestBandHz * std::exp2(static_cast<double>(band) / 3);
    edges[band][0] = static_cast<std::size_t>(std::lround(centre * std::exp2(-1.0 / 6) / kBinHz));
    edges[band][1] = static_cast<std::size_t>(std::lround(centre * std::exp2(1.0 / 6) / kBinHz));
  }
  return edges;
}

std::vector<BandFrame> bandSpectrogram(const std::vector<double>& signal) {
  const Fft fft(kFftSize);
  const std::vector<double> window = hannWindow(kFrame);
  const auto edges = bandEdges();
  std::vector<BandFrame> frames;
  std::vector<double> frame(kFrame);
  for (std::size_t at = 0; at + kFrame <= signal.size(); at += kHop) {
    for (std::size_t i = 0; i < kFrame; ++i) frame[i] = signal[at + i] * window[i];
    const std::vector<double> power = fft.power(frame);
    BandFrame& bands = frames.emplace_back();
    for (std::size_t band = 0; band < kBands; ++band) {
      double sum = 0;
      for (std::size_t k = edges[band][0]; k < edges[band][1]; ++k) sum += power[k];
      bands[band] = std::sqrt(sum);
    }
  }
  return frames;
}

// Subtracts the mean and divides by the norm; what does not vary becomes zeros. `at` reaches the
// i-th of `count` values.
template <class Access>
void normalise(std::size_t count, Access at) {
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) sum += at(i);
  const double mean = sum / static_cast<double>(count);
  double energy = 0;
  for (std::size_t i = 0; i < count; ++i) {
    at(i) -= mean;
    energy += at(i) * at(i);
  }
  const double scale = energy > 0 ? 1 / std::sqrt(energy) : 0;
  for (std::size_t i = 0; i < count; ++i) at(i) *= scale;
}

// Each band over time first, then each moment over the bands.
Segment normalised(const std::vector<BandFrame>& frames, std::size_t first) {
  Segment segment{};
  std::copy_n(frames.begin() + static_cast<std::ptrdiff_t>(first), kSegment, segment.begin());
  for (std::size_t band = 0; band < kBands; ++band)
    normalise(kSegment, [&](std::size_t i) -> double& { return segment[i][band]; });
  for (BandFrame& frame : segment)
    normalise(kBands, [&](std::size_t i) -> double& { return frame[i]; });
  return segment;
}

}  // namespace

double estoi(std::span<const std::int16_t> reference, std::span<const std::int16_t> degraded) {
  const std::size_t size = std::min(reference.size(), degraded.size());
  std::vector<double> clean = toMeasureRate(reference.first(size));
  std::vector<double> heard = toMeasureRate(degraded.first(size));
  removeSilence(clean, heard);
  const std::vector<BandFrame> cleanBands = bandSpectrogram(clean);
  const std::vector<BandFrame> heardBands = bandSpectrogram(heard);
  if (cleanBands.size() < kSegment) return 0;

  double sum = 0;
  const std::size_t segments = cleanBands.size() - kSegment + 1;
  for (std::size_t first = 0; first < segments; ++first) {
    const Segment a = normalised(cleanBands, first);
    const Segment b = normalised(heardBands, first);
    for (std::size_t i = 0; i < kSegment; ++i)
      for (std::size_t band = 0; band < kBands; ++band) sum += a[i][band] * b[i][band];
  }
  return sum / static_cast<double>(segments * kSegment);
}

}  // namespace foyer::speech
