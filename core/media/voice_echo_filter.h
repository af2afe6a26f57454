// The linear stage of echo cancellation: a partitioned frequency-domain Kalman filter that learns
// how what was played comes back through the room (G. Enzner, P. Vary, "Frequency-domain adaptive
// Kalman filter for acoustic echo control", 2006; F. Kuech et al., "State-space architecture of the
// partitioned-block-based acoustic echo controller", 2014). It slows down by itself while both
// talk. Left out: alignment of far end and microphone (voice_alignment.h), what remains of the echo
// (voice_suppressor.h). Value, no thread; nothing allocates after construction.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "core/media/voice_fft.h"

namespace foyer::media {

// Everything in voice processing works in blocks of 10 ms and floats of the range of int16.
constexpr std::size_t kVoiceBlock = 480;
constexpr std::size_t kVoiceFft = 1024;
constexpr std::size_t kVoiceBins = kVoiceFft / 2 + 1;

class EchoFilter {
 public:
  // 160 ms of room in partitions of one block.
  static constexpr std::size_t kPartitions = 16;
  static constexpr std::size_t kTaps = kPartitions * kVoiceBlock;

  EchoFilter();

  // Blocks of kVoiceBlock samples: `far` aligned so that its echo in `near` comes 0 … 160 ms later.
  // Writes the echo as far as it is known, and the microphone without it.
  void process(std::span<const float> far, std::span<const float> near, std::span<float> echo,
               std::span<float> error);

  // What the filter itself expects to have missed: power per bin, in the units of a transform of
  // kVoiceBlock samples of the error.
  [[nodiscard]] std::span<const float> uncertainty() const { return m_uncertainty; }

  // The room has changed: learns anew from what is known, a few times a second at most.
  void doubt();
  // The same after an echo was found: it may be as loud as at the beginning.
  void expectEcho();
  // From now on the echo comes `samples` later after the far end than before (negative: earlier):
  // what was learnt moves with it.
  void shift(int samples);
  // By how many samples the echo has moved since the last call, from the phases of the filter; 0
  // when nothing is known. Call it at a steady pace.
  [[nodiscard]] float movedSinceLastCall();

 private:
  // Rows are padded to whole vectors.
  static constexpr std::size_t kStride = (kVoiceBins + 7) / 8 * 8;
  static constexpr std::size_t kTracked = 2;  // partitions that hold the direct path

  [[nodiscard]] std::size_t slotOf(std::size_t partition) const {
    return (m_head + partition) % kPartitions * kStride;
  }
  void learn(bool isFarActive);
  void constrain(std::size_t partition);
  void watchForDivergence(std::span<const float> near, std::span<const float> error);

  RealFft m_fft{kVoiceFft};
  std::size_t m_head = 0;
  std::size_t m_next = 0;                        // partition to be constrained next
  std::vector<float> m_xRe, m_xIm, m_xPower;     // spectra of the far end, a ring of blocks
  std::vector<float> m_wRe, m_wIm, m_uncertain;  // the filter and the variance of its error
  std::vector<float> m_wasRe, m_wasIm;           // the filter at the last look at its phases
  std::array<float, kVoiceFft> m_farFrame{}, m_time{};
  std::array<float, kStride> m_re{}, m_im{}, m_disturbance{}, m_step{};
  std::array<float, kVoiceBins> m_uncertainty{};
  std::vector<float> m_taps;
  float m_nearPower = 0, m_errorPower = 0;
  float m_startPower = 0;   // what a doubt takes the room for
  int m_sinceDoubt = 1000;  // blocks
  bool m_hasPhases = false;
};

}  // namespace foyer::media
