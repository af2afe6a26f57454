#include "core/sim/sound_match.h"

#include <algorithm>
#include <cmath>

namespace foyer::sim {
namespace {

constexpr std::size_t kSamplesPerMs = 48;
constexpr std::size_t kShortestMs = 100;
constexpr std::size_t kPhases = 4;  // starts tried within a millisecond

struct Shift {
  std::ptrdiff_t ms = 0;
  double similarity = 0;
};

std::optional<Shift> bestShift(const std::vector<double>& a, const std::vector<double>& b,
                               std::ptrdiff_t first, std::ptrdiff_t last) {
  const auto aSize = static_cast<std::ptrdiff_t>(a.size());
  const auto bSize = static_cast<std::ptrdiff_t>(b.size());
  std::optional<Shift> best;
  for (std::ptrdiff_t shift = first; shift <= last; ++shift) {
    const std::ptrdiff_t from = std::max<std::ptrdiff_t>(0, -shift);
    const std::ptrdiff_t to = std::min(aSize, bSize - shift);
    // Less than half of the source says nothing about the source.
    if (to - from < aSize / 2 || to - from < static_cast<std::ptrdiff_t>(kShortestMs)) continue;
    double sumA = 0;
    double sumB = 0;
    for (std::ptrdiff_t i = from; i < to; ++i) {
      sumA += a[static_cast<std::size_t>(i)];
      sumB += b[static_cast<std::size_t>(i + shift)];
    }
    const double n = static_cast<double>(to - from);
    const double meanA = sumA / n;
    const double meanB = sumB / n;
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (std::ptrdiff_t i = from; i < to; ++i) {
      const double x = a[static_cast<std::size_t>(i)] - meanA;
      const double y = b[static_cast<std::size_t>(i + shift)] - meanB;
      ab += x * y;
      aa += x * x;
      bb += y * y;
    }
    if (aa <= 0 || bb <= 0) continue;
    const double similarity = std::clamp(ab / std::sqrt(aa * bb), 0.0, 1.0);
    if (!best || similarity > best->similarity) best = Shift{shift, similarity};
  }
  return best;
}

}  // namespace

std::vector<double> energyEnvelope(std::span<const std::int16_t> pcm) {
  std::vector<double> envelope;
  envelope.reserve(pcm.size() / kSamplesPerMs);
  for (std::size_t i = 0; i + kSamplesPerMs <= pcm.size(); i += kSamplesPerMs) {
    double energy = 0;
    for (const std::int16_t s : pcm.subspan(i, kSamplesPerMs)) energy += double(s) * s;
    envelope.push_back(std::sqrt(energy / kSamplesPerMs));
  }
  return envelope;
}

std::optional<SoundMatch> matchSound(std::span<const std::int16_t> source,
                                     std::span<const std::int16_t> recording, Duration shortest,
                                     Duration longest) {
  const std::vector<double> a = energyEnvelope(source);
  const std::vector<double> b = energyEnvelope(recording);
  if (a.size() < kShortestMs || b.size() < kShortestMs) return std::nullopt;

  const auto found = bestShift(a, b, static_cast<std::ptrdiff_t>(toMilliseconds(shortest)),
                               static_cast<std::ptrdiff_t>(toMilliseconds(longest)));
  if (!found) return std::nullopt;
  SoundMatch best{std::chrono::milliseconds(found->ms), found->similarity};
  // Half a millisecond beside the source's, the recording's milliseconds cut each pulse of a voice
  // in two, and a good copy looks like a bad one; so the starts between are tried too.
  for (std::size_t phase = 1; phase < kPhases; ++phase) {
    const auto later = energyEnvelope(recording.subspan(phase * kSamplesPerMs / kPhases));
    const auto finer = bestShift(a, later, found->ms - 2, found->ms + 1);
    if (!finer || finer->similarity <= best.similarity) continue;
    best = SoundMatch{
        std::chrono::milliseconds(finer->ms) + std::chrono::microseconds(1000 * phase / kPhases),
        finer->similarity};
  }
  return best;
}

}  // namespace foyer::sim
