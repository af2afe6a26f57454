// Whether there is an echo at all: how much of what the filter estimates is really found in the
// microphone, by regression over the last seconds, each band against its own loudness. A true
// estimate is found whole however loud somebody speaks over it; one that was learnt from speech
// that only sounds at the same time (headphones) is not found again in the next block. Left out:
// what is done about it (voice_suppressor.h). Value, no thread.
#pragma once

#include <span>

namespace foyer::media {

class EchoEvidence {
 public:
  // One block, sums by bands: the product of microphone and estimate, and the power of each.
  struct Bands {
    std::span<const float> product, estimate, microphone, noise;
  };
  void take(const Bands& bands);
  // 0: the microphone is to be left alone; 1: what is estimated is an echo.
  [[nodiscard]] float share() const { return m_share; }
  // Of the estimate, in the mean of the memory, 1 = all of it. For telemetry and tuning.
  [[nodiscard]] float found() const { return m_product / m_power; }

 private:
  // A beginning is careful: as if so much of an echo had been found already. It is outweighed
  // after a tenth of a second of two people speaking.
  static constexpr float kStart = 3;

  float m_product = kStart, m_power = kStart;
  float m_share = 1;
};

}  // namespace foyer::media
