#include "core/media/comfort_noise.h"

#include <algorithm>
#include <cmath>

#include "core/media/frames.h"

namespace foyer::media {
namespace {

// Powers in squared PCM units; -50 and -35 dBFS.
constexpr double kQuiet = 32768.0 * 32768.0 * 1e-5;
constexpr double kTooLoud = 32768.0 * 32768.0 * 3.2e-4;
// Background swings by a few decibels: 6 dB over its floor is still background.
constexpr double kOverFloor = 4;
// The floor follows a louder room by 1.5 dB a second and a quieter one within some frames.
constexpr double kRiseDbPerSecond = 1.5;
constexpr double kFall = 0.3;
constexpr double kLearn = 0.1;

}  // namespace

void ComfortNoise::learn(std::span<const std::int16_t> pcm) {
  if (pcm.size() <= kOrder) return;
  std::array<double, kOrder + 1> now{};
  for (std::size_t lag = 0; lag <= kOrder; ++lag) {
    double sum = 0;
    for (std::size_t i = lag; i < pcm.size(); ++i)
      sum += static_cast<double>(pcm[i]) * static_cast<double>(pcm[i - lag]);
    now[lag] = sum / static_cast<double>(pcm.size());
  }
  const double power = now[0];
  if (!m_hasFloor) {
    m_floor = power;
    m_hasFloor = true;
  }
  if (power < m_floor) {
    m_floor += kFall * (power - m_floor);
  } else {
    const double seconds = static_cast<double>(pcm.size()) / static_cast<double>(kSampleRate);
    // One unit keeps a floor of zero from staying there for ever.
    m_floor =
        std::min(power, std::max(m_floor, 1.0) * std::pow(10, kRiseDbPerSecond / 10 * seconds));
  }
  m_isPassive = power <= kQuiet || (power <= kOverFloor * m_floor && power <= kTooLoud);
  if (!m_isPassive) return;
  for (std::size_t lag = 0; lag <= kOrder; ++lag)
    m_correlation[lag] += kLearn * (now[lag] - m_correlation[lag]);
  solve();
}

// Levinson and Durbin's recursion.
void ComfortNoise::solve() {
  // A little white noise keeps it well conditioned.
  double error = m_correlation[0] * 1.0001 + 1e-9;
  std::array<double, kOrder> a{};
  for (std::size_t i = 0; i < kOrder; ++i) {
    double k = m_correlation[i + 1];
    for (std::size_t j = 0; j < i; ++j) k -= a[j] * m_correlation[i - j];
    k /= error;
    std::array<double, kOrder> next = a;
    next[i] = k;
    for (std::size_t j = 0; j < i; ++j) next[j] = a[j] - k * a[i - 1 - j];
    a = next;
    error *= 1 - k * k;
  }
  for (std::size_t i = 0; i < kOrder; ++i) m_predictor[i] = static_cast<float>(a[i]);
  m_gain = static_cast<float>(std::sqrt(std::max(error, 0.0)));
}

float ComfortNoise::next() {
  // Marsaglia's xorshift; uniform noise of variance 1.
  m_state ^= m_state << 13;
  m_state ^= m_state >> 17;
  m_state ^= m_state << 5;
  const float white = (static_cast<float>(m_state) / 4294967296.0F - 0.5F) * 3.4641F;
  float sample = m_gain * white;
  for (std::size_t i = 0; i < kOrder; ++i) sample += m_predictor[i] * m_past[i];
  for (std::size_t i = kOrder - 1; i > 0; --i) m_past[i] = m_past[i - 1];
  m_past[0] = sample;
  return sample;
}

}  // namespace foyer::media
