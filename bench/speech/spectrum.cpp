#include "bench/speech/spectrum.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "core/base/assert.h"

namespace foyer::speech {
namespace {

constexpr double kPi = std::numbers::pi;

// 48000 : 10000 = 24 : 5, so the filter has five phases.
constexpr std::size_t kUp = 5;
constexpr std::size_t kDown = 24;
constexpr double kPassBand = 0.96;         // of the new Nyquist frequency; the rest is the slope
constexpr std::ptrdiff_t kHalfTaps = 160;  // input samples on each side: some 32 zero crossings

}  // namespace

Fft::Fft(std::size_t size) : m_size(size), m_turns(size / 2), m_reversed(size) {
  FOYER_ASSERT(size >= 2 && (size & (size - 1)) == 0, "the sizes here are constants");
  for (std::size_t k = 0; k < size / 2; ++k)
    m_turns[k] = std::polar(1.0, -2 * kPi * static_cast<double>(k) / static_cast<double>(size));
  for (std::size_t i = 1; i < size; ++i)
    m_reversed[i] = m_reversed[i / 2] / 2 + (i % 2 == 1 ? size / 2 : 0);
}

void Fft::forward(std::span<std::complex<double>> data) const {
  FOYER_ASSERT(data.size() == m_size, "the caller made it of size()");
  for (std::size_t i = 0; i < m_size; ++i)
    if (i < m_reversed[i]) std::swap(data[i], data[m_reversed[i]]);
  for (std::size_t half = 1; half < m_size; half *= 2) {
    const std::size_t stride = m_size / (2 * half);
    for (std::size_t begin = 0; begin < m_size; begin += 2 * half) {
      for (std::size_t k = 0; k < half; ++k) {
        const std::complex<double> even = data[begin + k];
        const std::complex<double> odd = data[begin + k + half] * m_turns[k * stride];
        data[begin + k] = even + odd;
        data[begin + k + half] = even - odd;
      }
    }
  }
}

void Fft::inverse(std::span<std::complex<double>> data) const {
  for (auto& value : data) value = std::conj(value);
  forward(data);
  for (auto& value : data) value = std::conj(value);
}

std::vector<double> Fft::power(std::span<const double> frame) const {
  FOYER_ASSERT(frame.size() <= m_size, "frames are shorter than their transform");
  std::vector<std::complex<double>> bins(frame.begin(), frame.end());
  bins.resize(m_size);
  forward(bins);
  std::vector<double> power(m_size / 2 + 1);
  for (std::size_t k = 0; k < power.size(); ++k) power[k] = std::norm(bins[k]);
  return power;
}

std::vector<double> hannWindow(std::size_t size) {
  std::vector<double> window(size);
  for (std::size_t i = 0; i < size; ++i)
    window[i] =
        0.5 - 0.5 * std::cos(2 * kPi * static_cast<double>(i + 1) / static_cast<double>(size + 1));
  return window;
}

std::vector<double> toMeasureRate(std::span<const std::int16_t> pcm) {
  const double cutoff = kPassBand * kMeasureRate / kInputRate;  // of the input's Nyquist frequency
  std::vector<std::vector<double>> phases(kUp);
  for (std::size_t phase = 0; phase < kUp; ++phase) {
    double sum = 0;
    for (std::ptrdiff_t tap = -kHalfTaps; tap <= kHalfTaps; ++tap) {
      const double fraction = static_cast<double>(phase * kDown % kUp) / kUp;
      const double x = static_cast<double>(tap) - fraction;
      const double sinc = x == 0 ? cutoff : std::sin(kPi * cutoff * x) / (kPi * x);
      const double hann = 0.5 + 0.5 * std::cos(kPi * x / (kHalfTaps + 1));
      phases[phase].push_back(sinc * hann);
      sum += sinc * hann;
    }
    for (double& tap : phases[phase]) tap /= sum;
  }
  std::vector<double> out(pcm.size() * kUp / kDown);
  const auto size = static_cast<std::ptrdiff_t>(pcm.size());
  for (std::size_t n = 0; n < out.size(); ++n) {
    const auto centre = static_cast<std::ptrdiff_t>(n * kDown / kUp);
    const std::vector<double>& taps = phases[n % kUp];
    const std::ptrdiff_t from = std::max<std::ptrdiff_t>(-kHalfTaps, -centre);
    const std::ptrdiff_t to = std::min(kHalfTaps, size - 1 - centre);
    double sum = 0;
    for (std::ptrdiff_t tap = from; tap <= to; ++tap)
      sum += taps[static_cast<std::size_t>(tap + kHalfTaps)] *
             pcm[static_cast<std::size_t>(centre + tap)];
    out[n] = sum;
  }
  return out;
}

}  // namespace foyer::speech
