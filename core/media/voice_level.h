// Loudness: a slow gain that brings speech of any usual level to one target, and a limiter that
// keeps peaks under full scale without distorting what is below. Blocks of floats in the range of
// int16. Values, no thread; nothing allocates.
#pragma once

#include <cstddef>
#include <span>

#include "core/media/frames.h"

namespace foyer::media {

// dBFS of an RMS value in int16 steps; -120 for silence.
[[nodiscard]] float rmsToDbfs(float rms);
[[nodiscard]] float rmsOf(std::span<const float> block);

class VoiceLevel {
 public:
  struct Limits {
    float targetDbfs = -18;
    float maxGainDb = 26;  // what a talker at -42 dBFS needs, and not more of a noisy room
    float maxCutDb = 15;
  };
  explicit VoiceLevel(Limits limits) : m_limits(limits) {}
  VoiceLevel() : VoiceLevel(Limits{}) {}

  // Scales `block` (2.5 … 20 ms) in place. `isVoice`: only speech teaches the level.
  void process(std::span<float> block, bool isVoice);
  [[nodiscard]] float gainDb() const { return m_gainDb; }
  // Back to the level of the input within this block; what was learnt is forgotten.
  void leave(std::span<float> block);

 private:
  Limits m_limits;
  float m_power = 0;   // mean square of active speech
  float m_weight = 0;  // seconds of speech heard, up to the memory
  float m_gainDb = 0;
};

// Peaks above kCeiling are pressed down; quieter sound passes bit for bit. No delay: the gain is
// known for the whole span given, so longer spans are pressed more gently.
class VoiceLimiter {
 public:
  static constexpr float kCeiling = 26000;  // -2 dBFS: codecs overshoot
  void process(std::span<float> block);
  [[nodiscard]] float gain() const { return m_gain; }

 private:
  float m_gain = 1;
};

}  // namespace foyer::media
