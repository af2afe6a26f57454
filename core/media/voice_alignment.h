// Which part of what was played belongs to a block of the microphone: keeps the far end, follows
// the delay that the devices tell, finds the true one by cross-correlation when that is wrong, and
// reads the far end at a slightly other pace when the two clocks differ. Value, no thread; nothing
// allocates after construction.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/media/voice_echo_filter.h"

namespace foyer::media {

// Generalised cross-correlation at 4 kHz over half a second.
class EchoDelayEstimator {
 public:
  static constexpr std::size_t kDecimation = 12;
  static constexpr std::size_t kNear = 2048;  // 512 ms
  static constexpr std::size_t kFar = 2 * kNear;
  // How much earlier and later than aligned an echo is searched: 200 ms and 312 ms.
  static constexpr std::size_t kEarlier = 800;
  static constexpr std::size_t kLater = kNear - kEarlier;

  EchoDelayEstimator();
  // `far` is what belongs to the last kNear samples of the microphone, with kLater before it and
  // kEarlier after it; all at 4 kHz. Answers by how many of them the echo comes later than aligned.
  std::optional<int> update(std::span<const float> far, std::span<const float> near);
  void forget();

 private:
  RealFft m_fft{kFar};
  std::vector<float> m_time, m_farRe, m_farIm, m_nearRe, m_nearIm;
  std::vector<float> m_crossRe, m_crossIm, m_farPower, m_nearPower;
  std::optional<int> m_last;
  int m_agreed = 0;
  bool m_isFresh = true;
};

class EchoAlignment {
 public:
  EchoAlignment();

  void render(std::span<const float> samples);
  // The far end for one block of the microphone. `echoDelay` samples: the newest rendered sample
  // sounds this long after the newest sample of the block was captured, as the devices say.
  void take(std::span<const float> near, std::int64_t echoDelay, std::span<float> far);
  // By how many samples the echo comes later after the far end than at the last call (moves the
  // filter).
  [[nodiscard]] int takeShift();
  // Since the last call an echo was seen at its place, whatever the filter makes of it.
  [[nodiscard]] bool takeSeen();
  // There is no echo to be aligned by: what is told is the best that is known.
  void returnToTold();
  // The filter says that the echo moved by so many samples in kPaceBlocks blocks.
  void correctPace(float moved);
  // Blocks between two looks at the filter.
  static constexpr int kPaceBlocks = 25;

  // What is added to the told delay, samples; for tests and telemetry.
  [[nodiscard]] double correction() const { return m_correction; }
  [[nodiscard]] double paceDifference() const { return m_pace; }

 private:
  static constexpr std::size_t kHistory = 1 << 17;  // 2.7 s at 48 kHz
  static constexpr std::size_t kSlowHistory = 1 << 14;
  static constexpr std::size_t kSincTaps = 16, kSincPhases = 256;
  static constexpr std::size_t kLowPassTaps = 64;

  void followTold(std::int64_t told);
  void search();
  [[nodiscard]] float slowSample(std::size_t end) const;
  void read(std::span<float> far) const;

  std::vector<float> m_history;      // what was rendered, by its number
  std::vector<float> m_slowHistory;  // the same at 4 kHz
  std::vector<float> m_sinc, m_lowPass;
  std::vector<float> m_nearHistory;  // at 48 kHz, as long as the low-pass needs
  std::vector<float> m_slowNear, m_slowFar;
  std::int64_t m_rendered = 0;
  double m_told = 0;      // where the devices say the next block begins
  double m_toldJump = 0;  // how far off the last blocks were told
  int m_jumpBlocks = 0;
  double m_position = 0;  // where the next block is read
  double m_pace = 0;      // far samples per near sample, less one
  double m_correction = 0;
  int m_shift = 0;
  int m_sinceSearch = 0;
  bool m_hasStarted = false;
  bool m_isSeen = false;
  EchoDelayEstimator m_estimator;
};

}  // namespace foyer::media
