// Changes the length of decoded sound by one pitch period without a click: the period is found by
// normalised correlation, and one period is removed or repeated under a cross-fade (the WSOLA
// idea: Verhelst and Roelands, ICASSP 1993). Used to follow clock drift and a moving target delay.
// Value with scratch memory, no thread, no allocation.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "core/media/frames.h"

namespace foyer::media {

// 2.5 … 15 ms: voices from 400 down to 67 Hz.
constexpr std::size_t kMinPeriod = 120;
constexpr std::size_t kMaxPeriod = 720;
// Cross-fades last 5 ms: shorter ones click on low voices, longer ones smear.
constexpr std::size_t kCrossFade = 240;
// Played samples that should stay before `from` for a good search.
constexpr std::size_t kStretchHistory = 1920;

// Below this likeness (0 … 1) a period is not removed or repeated, it would be heard.
constexpr double kSafeLikeness = 0.85;
constexpr double kHurriedLikeness = 0.6;

class TimeStretcher {
 public:
  // Removes one period, or of near silence anything, of at most `atMost` samples from pcm[from,
  // end), moving what follows to the left. pcm[0, from) is history and not changed. Returns the
  // samples removed; 0: no period that is alike enough, or too little sound (kMinPeriod +
  // kCrossFade needed). `isPassive`: near silence, any place will do.
  std::size_t accelerate(std::span<std::int16_t> pcm, std::size_t from, std::size_t end,
                         std::size_t atMost, double minLikeness, bool isPassive);
  // Repeats one period at `from`, or about `wanted` of near silence; pcm has room for kMaxPeriod
  // more samples after `end`. Returns the samples inserted, 0 likewise.
  std::size_t expand(std::span<std::int16_t> pcm, std::size_t from, std::size_t end,
                     std::size_t wanted, double minLikeness, bool isPassive);
  // The period at the end of `history`, for going on from there; kMaxPeriod when there is none.
  std::size_t periodAtEnd(std::span<const std::int16_t> history);

 private:
  struct Match {
    std::size_t period = 0;
    double likeness = 0;
  };
  // Compares x[0, window) with x[lag, lag + window) for all lags that fit.
  Match bestLag(std::span<const std::int16_t> x, std::size_t window, std::size_t maxLag,
                bool lagGoesBack);

  std::array<float, 1024> m_coarse{};  // a sixth of the rate, 8 kHz
};

// Linear cross-fade from `a` into `b`, both `out.size()` long; `out` may be `a` or `b`.
void crossFade(std::span<const std::int16_t> a, std::span<const std::int16_t> b,
               std::span<std::int16_t> out);

}  // namespace foyer::media
