#include "core/media/time_stretch.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace foyer::media {
namespace {

// The first search runs at 8 kHz.
constexpr std::size_t kDecimation = 6;
// Sound before the seam that takes part in the comparison: with the cross-fade itself 15 ms, more
// than one period of most voices.
constexpr std::size_t kCompareBefore = 480;

template <class Sample>
double likeness(const Sample* a, const Sample* b, std::size_t n) {
  double ab = 0;
  double aa = 0;
  double bb = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const auto x = static_cast<double>(a[i]);
    const auto y = static_cast<double>(b[i]);
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa <= 0 || bb <= 0 ? 0 : ab / std::sqrt(aa * bb);
}

}  // namespace

void crossFade(std::span<const std::int16_t> a, std::span<const std::int16_t> b,
               std::span<std::int16_t> out) {
  const auto n = static_cast<std::int32_t>(out.size());
  for (std::int32_t i = 0; i < n; ++i) {
    const auto at = static_cast<std::size_t>(i);
    out[at] = static_cast<std::int16_t>((a[at] * (n - i) + b[at] * (i + 1)) / (n + 1));
  }
}

// Compares the `window` samples at the reference with those `lag` further on (or back). x begins
// with the reference, or ends with it when lags go back.
TimeStretcher::Match TimeStretcher::bestLag(std::span<const std::int16_t> x, std::size_t window,
                                            std::size_t maxLag, bool lagGoesBack) {
  const std::size_t coarse = std::min(x.size() / kDecimation, m_coarse.size());
  // Aligned with the end when lags go back, so that the reference is the last window.
  const std::size_t skip = lagGoesBack ? x.size() - coarse * kDecimation : 0;
  for (std::size_t i = 0; i < coarse; ++i) {
    float sum = 0;
    for (std::size_t k = 0; k < kDecimation; ++k)
      sum += static_cast<float>(x[skip + i * kDecimation + k]);
    m_coarse[i] = sum;
  }
  const std::size_t coarseWindow = window / kDecimation;
  const float* reference = lagGoesBack ? &m_coarse[coarse - coarseWindow] : m_coarse.data();
  std::size_t bestCoarse = 0;
  double best = -1;
  for (std::size_t lag = kMinPeriod / kDecimation; lag <= maxLag / kDecimation; ++lag) {
    if (lag + coarseWindow > coarse) break;
    const float* other = lagGoesBack ? reference - lag : reference + lag;
    const double r = likeness(reference, other, coarseWindow);
    if (r > best) {
      best = r;
      bestCoarse = lag;
    }
  }
  Match match;
  if (bestCoarse == 0) return match;
  const std::int16_t* fine = lagGoesBack ? x.data() + (x.size() - window) : x.data();
  const std::size_t centre = bestCoarse * kDecimation;
  const std::size_t to = std::min({centre + kDecimation, maxLag, x.size() - window});
  for (std::size_t lag = std::max(kMinPeriod, centre - kDecimation); lag <= to; ++lag) {
    const double r = likeness(fine, lagGoesBack ? fine - lag : fine + lag, window);
    if (r > match.likeness) match = {lag, r};
  }
  return match;
}

std::size_t TimeStretcher::accelerate(std::span<std::int16_t> pcm, std::size_t from,
                                      std::size_t end, std::size_t atMost, double minLikeness,
                                      bool isPassive) {
  const std::size_t length = end - from;
  if (length < kMinPeriod + kCrossFade || atMost < kMinPeriod) return 0;
  const std::size_t mayGo = std::min(atMost, length - kCrossFade);
  std::size_t period = mayGo;
  if (!isPassive) {
    const std::size_t maxLag = std::min(kMaxPeriod, mayGo);
    const std::size_t before = std::min(kCompareBefore, from);
    const Match match =
        bestLag(pcm.subspan(from - before, before + length), before + kCrossFade, maxLag, false);
    if (match.period == 0 || match.likeness < minLikeness) return 0;
    period = match.period;
  }
  std::int16_t* at = pcm.data() + from;
  crossFade({at, kCrossFade}, {at + period, kCrossFade}, {at, kCrossFade});
  std::memmove(at + kCrossFade, at + period + kCrossFade,
               (length - period - kCrossFade) * sizeof(std::int16_t));
  return period;
}

std::size_t TimeStretcher::expand(std::span<std::int16_t> pcm, std::size_t from, std::size_t end,
                                  std::size_t wanted, double minLikeness, bool isPassive) {
  const std::size_t length = end - from;
  if (length < kCrossFade || from < kMinPeriod || pcm.size() - end < kMaxPeriod) return 0;
  const std::size_t maxLag = std::min(kMaxPeriod, from);
  std::size_t period = std::clamp(wanted, kMinPeriod, std::min<std::size_t>(480, maxLag));
  if (!isPassive) {
    const std::size_t before = std::min(kCompareBefore, from - maxLag);
    const std::size_t window = before + kCrossFade;
    const std::size_t start = from - maxLag - before;
    const Match match = bestLag(pcm.subspan(start, maxLag + window), window, maxLag, true);
    if (match.period == 0 || match.likeness < minLikeness) return 0;
    period = match.period;
  }
  std::int16_t* at = pcm.data() + from;
  std::memmove(at + period, at, length * sizeof(std::int16_t));
  // at[0, period) is free now: the old sound fades into what was played one period before, which
  // runs up to where the old sound begins.
  const std::size_t fade = std::min(kCrossFade, period);
  crossFade({at + period, fade}, {at - period, fade}, {at, fade});
  std::memcpy(at + fade, at + fade - period, (period - fade) * sizeof(std::int16_t));
  return period;
}

std::size_t TimeStretcher::periodAtEnd(std::span<const std::int16_t> history) {
  const std::size_t window = kCompareBefore;
  if (history.size() < window + kMinPeriod) return std::min(history.size(), kMaxPeriod);
  const std::size_t maxLag = std::min(kMaxPeriod, history.size() - window);
  const Match match =
      bestLag(history.subspan(history.size() - window - maxLag), window, maxLag, true);
  return match.period == 0 ? maxLag : match.period;
}

}  // namespace foyer::media
