// A synthetic room for the benchmark and the tests of voice processing: a loudspeaker that may
// clip, a response of 0.3 s, a path that may change, a second clock that may run at another pace,
// a microphone with noise, and the figures that are asked of what comes out. Values, no thread.
#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdint>
#include <numbers>
#include <span>
#include <vector>

#include "core/base/random.h"
#include "core/media/voice_fft.h"

namespace foyer::room {

using Pcm = std::vector<std::int16_t>;
using Wave = std::vector<float>;  // in steps of int16

constexpr double kRate = 48000;

inline Wave toWave(std::span<const std::int16_t> pcm) { return {pcm.begin(), pcm.end()}; }
inline Pcm toPcm(std::span<const float> wave) {
  Pcm out(wave.size());
  std::transform(wave.begin(), wave.end(), out.begin(), [](float s) {
    return static_cast<std::int16_t>(std::clamp(std::lround(s), -32768L, 32767L));
  });
  return out;
}
template <class Sample>
double power(std::span<const Sample> samples) {
  double sum = 0;
  for (const Sample s : samples) sum += static_cast<double>(s) * s;
  return samples.empty() ? 0 : sum / static_cast<double>(samples.size());
}
inline double decibels(double ratio) { return 10 * std::log10(ratio + 1e-12); }
inline double dbfs(double meanSquare) { return decibels(meanSquare / (32768.0 * 32768.0)); }

template <class T>
std::span<const T> between(const std::vector<T>& all, double from, double to) {
  const auto begin = std::min(static_cast<std::size_t>(from * kRate), all.size());
  const auto end = std::min(static_cast<std::size_t>(to * kRate), all.size());
  return std::span<const T>(all).subspan(begin, end - begin);
}

// Mean square of the frames of 20 ms that are within 25 dB of the loudest tenth: speech without its
// pauses, as levels of talkers are told.
template <class Sample>
double activePower(std::span<const Sample> samples) {
  constexpr std::size_t kFrame = 960;
  std::vector<double> frames;
  for (std::size_t i = 0; i + kFrame <= samples.size(); i += kFrame)
    frames.push_back(power(samples.subspan(i, kFrame)));
  if (frames.empty()) return 0;
  std::vector<double> sorted = frames;
  std::sort(sorted.begin(), sorted.end());
  const double floor = sorted[sorted.size() * 9 / 10] * std::pow(10, -2.5);
  double sum = 0, count = 0;
  for (const double f : frames) {
    if (f < floor) continue;
    sum += f;
    ++count;
  }
  return count > 0 ? sum / count : 0;
}

// Speech of `seconds`, repeated as needed, at an active level of `levelDbfs`.
inline Wave speech(std::span<const std::int16_t> clip, double seconds, double levelDbfs) {
  const double gain = std::sqrt(std::pow(10, levelDbfs / 10) * 32768 * 32768 / activePower(clip));
  Wave out(static_cast<std::size_t>(seconds * kRate));
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = static_cast<float>(gain * clip[i % clip.size()]);
  return out;
}

inline float gaussian(SeededRandom& random) {
  return static_cast<float>(std::sqrt(-2 * std::log(1 - random.unit())) *
                            std::cos(2 * std::numbers::pi * random.unit()));
}
inline void addNoise(Wave& wave, double levelDbfs, std::uint64_t seed) {
  SeededRandom random(seed);
  const auto sigma = static_cast<float>(32768 * std::pow(10, levelDbfs / 20));
  for (float& s : wave) s += sigma * gaussian(random);
}

// A direct path and noise that falls by 60 dB in 0.3 s.
inline Wave response(std::uint64_t seed) {
  SeededRandom random(seed);
  Wave out(static_cast<std::size_t>(0.36 * kRate));
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double t = static_cast<double>(i) / kRate;
    out[i] = static_cast<float>(0.04 * std::pow(10, -3 * t / 0.3)) * gaussian(random);
  }
  out[0] = 1;
  return out;
}

inline Wave convolve(const Wave& signal, const Wave& taps) {
  constexpr std::size_t kSize = 1 << 16, kStep = kSize / 2;
  media::RealFft fft(kSize);
  Wave time(kSize), hr(fft.bins()), hi(fft.bins()), xr(fft.bins()), xi(fft.bins());
  std::copy(taps.begin(), taps.end(), time.begin());
  fft.forward(time, hr, hi);
  Wave out(signal.size() + kSize);
  for (std::size_t begin = 0; begin < signal.size(); begin += kStep) {
    std::fill(time.begin(), time.end(), 0.0F);
    const std::size_t n = std::min(kStep, signal.size() - begin);
    std::copy_n(signal.begin() + static_cast<std::ptrdiff_t>(begin), n, time.begin());
    fft.forward(time, xr, xi);
    for (std::size_t k = 0; k < fft.bins(); ++k) {
      const std::complex<float> y =
          std::complex<float>(xr[k], xi[k]) * std::complex<float>(hr[k], hi[k]);
      xr[k] = y.real();
      xi[k] = y.imag();
    }
    fft.inverse(xr, xi, time);
    for (std::size_t i = 0; i < kSize; ++i) out[begin + i] += time[i];
  }
  out.resize(signal.size());
  return out;
}

// The same sound on a clock that runs faster by `ppm`.
inline Wave onOtherClock(const Wave& in, double ppm) {
  if (ppm == 0) return in;
  constexpr int kHalf = 16;
  Wave out(in.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double at = static_cast<double>(i) * (1 + ppm * 1e-6);
    const auto whole = static_cast<std::int64_t>(at);
    const double part = at - static_cast<double>(whole);
    double sum = 0;
    for (int k = -kHalf + 1; k <= kHalf; ++k) {
      const std::int64_t from = whole + k;
      if (from < 0 || from >= static_cast<std::int64_t>(in.size())) continue;
      const double x = k - part, t = std::numbers::pi * x;
      const double sinc = std::abs(t) < 1e-9 ? 1 : std::sin(t) / t;
      sum += in[static_cast<std::size_t>(from)] * sinc * (0.5 + 0.5 * std::cos(t / kHalf));
    }
    out[i] = static_cast<float>(sum);
  }
  return out;
}

struct Spec {
  double delayMs = 20;  // from rendering to the microphone, devices and air
  bool isSpeakerClipping = false;
  double driftPpm = 0;
  double changeAt = -1;  // seconds; another room from then on
  double echoDb = -6;    // under the far end
  double noiseDbfs = -70;
  std::uint64_t seed = 1;
};

// What the microphone hears of `far`, without anybody near it.
inline Wave echoOf(const Wave& far, const Spec& spec) {
  Wave played = far;
  if (spec.isSpeakerClipping)
    for (float& s : played) s = 32768.0F / 3 * std::tanh(3 * s / 32768.0F);
  Wave echo = convolve(played, response(spec.seed));
  if (spec.changeAt >= 0) {
    const Wave other = convolve(played, response(spec.seed + 100));
    const auto from = static_cast<std::size_t>(spec.changeAt * kRate);
    for (std::size_t i = from; i < echo.size(); ++i) echo[i] = other[i];
  }
  echo = onOtherClock(echo, spec.driftPpm);
  const double gain = std::sqrt(power<float>(far) * std::pow(10, spec.echoDb / 10) /
                                std::max(power<float>(echo), 1e-9));
  const auto delay = static_cast<std::size_t>(spec.delayMs * kRate / 1000);
  Wave out(far.size());
  for (std::size_t i = delay; i < out.size(); ++i)
    out[i] = static_cast<float>(gain) * echo[i - delay];
  addNoise(out, spec.noiseDbfs, spec.seed + 7);
  return out;
}

inline Wave mixed(const Wave& a, const Wave& b) {
  Wave out = a;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) out[i] += b[i];
  return out;
}

// How much less there is of the echo, dB, between two times; `out` comes `late` samples later.
inline double erle(const Pcm& mic, const Pcm& out, std::size_t late, double from, double to) {
  const double shift = static_cast<double>(late) / kRate;
  return decibels(power(between(mic, from, to)) /
                  std::max(power(between(out, from + shift, to + shift)), 1e-3));
}

// What a suppressor gained: noise taken in the pauses, less speech taken where it is loud.
inline double noiseGain(const Wave& clean, const Pcm& in, const Pcm& out, std::size_t late,
                        double from) {
  constexpr std::size_t kFrame = 960;
  const double active = activePower<float>(clean);
  double noiseIn = 0, noiseOut = 0, loudIn = 0, loudOut = 0;
  for (auto i = static_cast<std::size_t>(from * kRate);
       i + kFrame + late <= std::min(clean.size(), out.size()); i += kFrame) {
    const double p = power(std::span<const float>(clean).subspan(i, kFrame));
    const double a = power(std::span<const std::int16_t>(in).subspan(i, kFrame));
    const double b = power(std::span<const std::int16_t>(out).subspan(i + late, kFrame));
    if (p < active * 1e-4) {
      noiseIn += a;
      noiseOut += b;
    } else if (p > active) {
      loudIn += a;
      loudOut += b;
    }
  }
  return decibels(noiseIn / std::max(noiseOut, 1e-3)) - decibels(loudIn / std::max(loudOut, 1e-3));
}

}  // namespace foyer::room
