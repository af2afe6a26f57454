// What the linear stage leaves: residual echo and background noise are taken off bin by bin in one
// short-time spectrum. Residual echo goes fully while only the far end speaks and hardly while both
// do; noise follows T. Gerkmann and R. Hendriks, "Unbiased MMSE-based noise power estimation",
// 2012, with the log-spectral gain of Ephraim and Malah, 1985. Also tells whether somebody speaks
// here. Delays by one block. Value, no thread; nothing allocates after construction.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "core/media/voice_echo_evidence.h"
#include "core/media/voice_echo_filter.h"

namespace foyer::media {

class VoiceSuppressor {
 public:
  struct Wanted {
    bool echo = true, noise = true;
  };
  // Two frames of a block each overlap.
  static constexpr std::size_t kFrame = 2 * kVoiceBlock;
  static constexpr std::size_t kBands = 24;

  VoiceSuppressor();

  // `error` and `echo` are what EchoFilter wrote, `uncertainty` what it says of itself; without an
  // echo filter the microphone, zeros and zeros. `out` is the block before, cleaned.
  void process(Wanted wanted, std::span<const float> error, std::span<const float> echo,
               std::span<const float> uncertainty, std::span<float> out);

  // Of the last block processed: somebody speaks into this microphone (no hang-over).
  [[nodiscard]] bool isVoice() const { return m_isVoice; }
  // 0 = only the far end is heard, 1 = this end speaks for certain.
  [[nodiscard]] float nearPresence() const { return m_presence; }
  // Whether there is an echo to be taken away.
  [[nodiscard]] const EchoEvidence& evidence() const { return m_evidence; }
  // What is left still resembles the estimated echo, turned over: the filter knows another room
  // than this one. A near end does not look like that.
  [[nodiscard]] bool isEstimateWrong() const { return m_isEstimateWrong; }

 private:
  using Bins = std::array<float, kVoiceBins>;
  using Bands = std::array<float, kBands>;

  void analyse(std::span<const float> error, std::span<const float> echo);
  void estimateResidual(std::span<const float> uncertainty);
  void compareWithEstimate();
  void leaveWhatIsNoEcho();
  void learnLeaks(const Bands& error, const Bands& echo, const Bands& noise);
  void estimateNoise();
  void suppressEcho();
  void suppressNoise();
  void judgeVoice();
  void synthesise(Wanted wanted, std::span<float> out);

  RealFft m_fft{kVoiceFft};
  std::array<float, kFrame> m_window{}, m_error{}, m_echo{};
  std::array<float, kVoiceBlock> m_overlap{};
  std::array<float, kVoiceFft> m_time{};
  std::array<std::uint8_t, kVoiceBins> m_bandOf{};
  Bins m_re{}, m_im{}, m_echoRe{}, m_echoIm{};
  Bins m_power{};      // of the error's frame
  Bins m_echoPower{};  // of the estimated echo, dying away as the room does
  Bins m_residual{};   // what of the echo is expected in m_power
  Bins m_uncertainty{};
  Bins m_noise{}, m_speechChance{}, m_prior{};
  Bins m_echoGain{}, m_noiseGain{};
  Bands m_leakDb{};                             // how much of the estimated echo is left, dB
  Bands m_likeness{}, m_estimated{}, m_left{};  // smoothed products of error and estimate
  EchoEvidence m_evidence;
  float m_presence = 0;
  int m_rightBlocks = 0;  // since the estimate was last taken for wrong
  bool m_isEstimateWrong = false;
  std::array<std::uint8_t, kVoiceBins> m_seen{};  // blocks of background so far, up to a few
  int m_voiceFrames = 0;
  bool m_isVoice = false;
  std::uint32_t m_random = 1;
};

}  // namespace foyer::media
