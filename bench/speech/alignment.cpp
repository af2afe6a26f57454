#include "bench/speech/alignment.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "bench/speech/spectrum.h"

namespace foyer::speech {
namespace {

constexpr std::size_t kStepSamples = 9'600;  // 200 ms of the original between two looks
constexpr std::size_t kWindow = 5'000;       // 500 ms at 10 kHz are compared in each
constexpr std::size_t kStep = 2'000;         // kStepSamples at 10 kHz
constexpr std::size_t kFftSize = 16'384;     // holds window and reach to both sides
constexpr double kLeastCorrelation = 0.35;   // below it the codec's phase says nothing
constexpr double kQuietDb = 30;              // windows this far below the loudest are not used
constexpr std::size_t kFadeSamples = 240;    // 5 ms over each joint
constexpr double kSamplesPerMs = kInputRate / 1000;
constexpr double kSamplesPerStep = kInputRate / kMeasureRate;

struct Place {
  double delay = 0;  // samples at 10 kHz
  double correlation = 0;
};

class Finder {
 public:
  Finder(std::span<const double> reference, std::span<const double> recording)
      : m_reference(reference), m_recording(recording), m_energy(recording.size() + 1) {
    for (std::size_t i = 0; i < recording.size(); ++i)
      m_energy[i + 1] = m_energy[i] + recording[i] * recording[i];
  }

  [[nodiscard]] double energyAt(std::size_t from) const {
    double sum = 0;
    for (const double x : windowAt(from)) sum += x * x;
    return sum;
  }

  // The best delay within first … last of the window that starts at `from`.
  [[nodiscard]] std::optional<Place> look(std::size_t from, std::ptrdiff_t first,
                                          std::ptrdiff_t last) const {
    const std::span<const double> window = windowAt(from);
    const auto begin = static_cast<std::ptrdiff_t>(from) + first;
    const auto wanted = static_cast<std::size_t>(last - first) + window.size();
    if (wanted > m_fft.size()) return std::nullopt;
    std::vector<std::complex<double>> a(m_fft.size());
    std::vector<std::complex<double>> b(m_fft.size());
    std::copy(window.begin(), window.end(), a.begin());
    for (std::size_t i = 0; i < wanted; ++i)
      b[i] = recordingAt(begin + static_cast<std::ptrdiff_t>(i));
    m_fft.forward(a);
    m_fft.forward(b);
    for (std::size_t i = 0; i < a.size(); ++i) b[i] *= std::conj(a[i]);
    m_fft.inverse(b);

    const double own = energyAt(from);
    std::optional<Place> best;
    for (std::ptrdiff_t lag = 0; lag <= last - first; ++lag) {
      const double other = recordingEnergy(begin + lag, window.size());
      if (own <= 0 || other <= 0) continue;
      const double correlation = b[static_cast<std::size_t>(lag)].real() /
                                 static_cast<double>(m_fft.size()) / std::sqrt(own * other);
      if (!best || correlation > best->correlation)
        best = Place{static_cast<double>(first + lag), correlation};
    }
    return best;
  }

 private:
  [[nodiscard]] std::span<const double> windowAt(std::size_t from) const {
    return m_reference.subspan(from, std::min(kWindow, m_reference.size() - from));
  }
  [[nodiscard]] double recordingAt(std::ptrdiff_t i) const {
    const bool inside = i >= 0 && i < static_cast<std::ptrdiff_t>(m_recording.size());
    return inside ? m_recording[static_cast<std::size_t>(i)] : 0;
  }
  [[nodiscard]] double recordingEnergy(std::ptrdiff_t from, std::size_t count) const {
    const auto size = static_cast<std::ptrdiff_t>(m_recording.size());
    const std::ptrdiff_t begin = std::clamp<std::ptrdiff_t>(from, 0, size);
    const std::ptrdiff_t end =
        std::clamp<std::ptrdiff_t>(from + static_cast<std::ptrdiff_t>(count), 0, size);
    return m_energy[static_cast<std::size_t>(end)] - m_energy[static_cast<std::size_t>(begin)];
  }

  std::span<const double> m_reference;
  std::span<const double> m_recording;
  std::vector<double> m_energy;  // running sum
  Fft m_fft{kFftSize};
};

double medianOf(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

double quantileOf(std::vector<double> values, double share) {
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

// A single look that disagrees with both its neighbours is a pitch period gone astray.
void dropOutliers(std::vector<std::optional<double>>& delays) {
  std::vector<std::optional<double>> smooth = delays;
  for (std::size_t i = 1; i + 1 < delays.size(); ++i)
    if (delays[i - 1] && delays[i] && delays[i + 1])
      smooth[i] = medianOf({*delays[i - 1], *delays[i], *delays[i + 1]});
  delays = std::move(smooth);
}

// Where nothing was found the delay of the nearest place before, or else after, goes on.
std::vector<double> filled(const std::vector<std::optional<double>>& delays, double fallback) {
  const auto first =
      std::find_if(delays.begin(), delays.end(), [](const auto& d) { return d.has_value(); });
  double last = first == delays.end() ? fallback : **first;
  std::vector<double> all;
  for (const auto& delay : delays) all.push_back(last = delay.value_or(last));
  return all;
}

}  // namespace

Alignment align(std::span<const std::int16_t> reference, std::span<const std::int16_t> recording,
                double roughDelayMs, double reachMs) {
  const std::vector<double> clean = toMeasureRate(reference);
  const std::vector<double> heard = toMeasureRate(recording);
  const Finder finder(clean, heard);
  const double perMs = kMeasureRate / 1000;
  const auto first = static_cast<std::ptrdiff_t>(std::lround((roughDelayMs - reachMs) * perMs));
  const auto last = static_cast<std::ptrdiff_t>(std::lround((roughDelayMs + reachMs) * perMs));

  std::vector<double> energies;
  for (std::size_t at = 0; at < clean.size(); at += kStep) energies.push_back(finder.energyAt(at));
  const double loudest = energies.empty() ? 0 : *std::max_element(energies.begin(), energies.end());
  std::vector<std::optional<double>> delays(energies.size());
  std::size_t spoken = 0;
  std::size_t found = 0;
  for (std::size_t i = 0; i < energies.size(); ++i) {
    if (energies[i] <= loudest * std::pow(10, -kQuietDb / 10)) continue;
    ++spoken;
    const auto place = finder.look(i * kStep, first, last);
    if (!place || place->correlation < kLeastCorrelation) continue;
    ++found;
    delays[i] = place->delay * kSamplesPerStep;
  }
  dropOutliers(delays);
  const std::vector<double> steps = filled(delays, roughDelayMs * kSamplesPerMs);

  Alignment result;
  if (steps.empty()) return result;
  result.found = spoken == 0 ? 0 : static_cast<double>(found) / static_cast<double>(spoken);
  result.delayMs = medianOf(steps) / kSamplesPerMs;
  result.delaySpreadMs = (quantileOf(steps, 0.95) - quantileOf(steps, 0.05)) / kSamplesPerMs;

  // A window looks half a second ahead, so its delay is that of its middle.
  constexpr std::size_t kMiddle = kStepSamples;
  const auto delayAt = [&](std::size_t sample) {
    const std::size_t step = sample < kMiddle ? 0 : (sample - kMiddle) / kStepSamples;
    return static_cast<std::ptrdiff_t>(std::lround(steps[std::min(step, steps.size() - 1)]));
  };
  const auto size = static_cast<std::ptrdiff_t>(recording.size());
  const auto sampleAt = [&](std::ptrdiff_t i) {
    return i >= 0 && i < size ? double(recording[static_cast<std::size_t>(i)]) : 0.0;
  };
  std::size_t begin = 0;
  while (begin < reference.size() && static_cast<std::ptrdiff_t>(begin) + delayAt(begin) < 0)
    ++begin;
  std::size_t end = reference.size();
  while (end > begin && static_cast<std::ptrdiff_t>(end - 1) + delayAt(end - 1) >= size) --end;
  result.begin = begin;
  result.end = end;
  result.degraded.reserve(end - begin);
  std::ptrdiff_t from = delayAt(begin);
  std::ptrdiff_t to = from;
  std::size_t faded = kFadeSamples;
  for (std::size_t i = begin; i < end; ++i) {
    if (delayAt(i) != to) {
      from = to;
      to = delayAt(i);
      faded = 0;
    }
    const auto at = static_cast<std::ptrdiff_t>(i);
    const double share = static_cast<double>(faded) / kFadeSamples;
    result.degraded.push_back(static_cast<std::int16_t>(
        std::lround((1 - share) * sampleAt(at + from) + share * sampleAt(at + to))));
    if (faded < kFadeSamples) ++faded;
  }
  return result;
}

}  // namespace foyer::speech
