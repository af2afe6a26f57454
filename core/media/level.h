// Levels: dBFS of a block of PCM, and the detector for a microphone that delivers nothing but
// digital zero (muted by the system, or a dead device). Value, no thread.
#pragma once

#include <cstdint>
#include <span>

#include "core/base/time.h"
#include "core/media/frames.h"

namespace foyer::media {

constexpr std::int8_t kDigitalSilenceDb = -127;
// A working microphone has noise; two seconds of exact zeros is not a quiet room.
constexpr Duration kSilentInputAfter = 1700ms;  // on the screen within 2 s

// RMS relative to a full-scale square wave, -126 … 0; kDigitalSilenceDb when every sample is 0.
[[nodiscard]] std::int8_t levelDbfs(std::span<const std::int16_t> pcm);

class SilentInputDetector {
 public:
  void push(std::span<const std::int16_t> pcm);
  // True while the last two seconds of input were all exactly zero.
  [[nodiscard]] bool isSilent() const {
    return m_zeroSamples >= durationToSamples(kSilentInputAfter);
  }

 private:
  std::int64_t m_zeroSamples = 0;
};

}  // namespace foyer::media
