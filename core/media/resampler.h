// Changes the sample rate of mono PCM, by the resampler of speexdsp: a windowed sinc, continuous
// over calls. Everything is allocated when it is made. Left out: channels, clock drift (the jitter
// buffer's time-stretch follows that). Value-like, one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

struct SpeexResamplerState_;

namespace foyer::media {

class Resampler {
 public:
  // Rates in Hz, both > 0.
  Resampler(int fromHz, int toHz);
  // False when memory was short; process() then writes nothing.
  [[nodiscard]] bool isUsable() const { return m_state != nullptr; }
  // Samples written to `out`; `in` is used up as far as `out` has room for what comes of it. When
  // one rate is a multiple of the other and `in` is whole steps of it, exactly
  // in.size() · toHz / fromHz. `in` and `out` must not overlap.
  [[nodiscard]] std::size_t process(std::span<const std::int16_t> in, std::span<std::int16_t> out);
  // How far the output lags the input, in samples of the input and of the output.
  [[nodiscard]] int inputLatency() const;
  [[nodiscard]] int outputLatency() const;
  // Forgets what it heard.
  void reset();

 private:
  struct Destroy {
    void operator()(SpeexResamplerState_* state) const;
  };
  std::unique_ptr<SpeexResamplerState_, Destroy> m_state;
};

}  // namespace foyer::media
