// What the jitter buffer must wait, learned from how late frames became playable: their own packets
// against the fastest of the last two seconds, and, for frames whose packet never came, the first
// later packet that made up for it. Following the fastest packet also follows clock drift and
// changes of route. Media time and arrival time come from two clocks; only differences count.
// Value, no thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/base/time.h"

namespace foyer::media {

// Shares of what was measured, by delay; old entries fade.
class DelayHistogram {
 public:
  static constexpr Duration kBin = 500us;
  static constexpr std::size_t kBins = 1000;
  static constexpr Duration kMax = kBin * kBins;

  // `length` of sound was `delay` late; what was added `memory` ago weighs 1/e.
  void add(Duration delay, Duration length, Duration memory);
  void clear();
  [[nodiscard]] bool isEmpty() const { return m_total <= 0; }
  // The upper edge of the bin that all but `missed` (0 … 1) stay under.
  [[nodiscard]] Duration quantile(double missed) const;
  // The depth in [from, to] with the smallest depth + price x missed share; `price` is what one
  // hundredth of all frames is worth.
  struct Choice {
    Duration depth{};
    double cost = 0;  // nanoseconds
  };
  [[nodiscard]] Choice cheapest(Duration from, Duration to, Duration price) const;
  // Cost of one depth, as above.
  [[nodiscard]] double costOf(Duration depth, Duration price) const;

 private:
  // Later entries weigh more instead of earlier ones being faded one by one.
  std::array<double, kBins> m_shares{};
  double m_total = 0;
  double m_weight = 1;
};

class DelayEstimator {
 public:
  // Transit of one packet: arrival minus media time, an arbitrary but constant offset included.
  // Packets may be reported out of order. Feeds fastest() and jitter() alone.
  void onArrival(TimePoint arrivedAt, Duration transit);
  enum class Version { Original, Recovered };
  // A frame of `length` could be played for the first time at `at`, `delay` (>= 0) after the
  // fastest transit; by its own packet or by one that made up for it.
  void onPlayable(TimePoint at, Duration delay, Duration length, Version version);
  // Smallest transit of the window. Only after the first arrival.
  [[nodiscard]] Duration fastest() const { return m_fastest; }
  [[nodiscard]] bool hasBase() const { return m_hasBase; }
  // The delay that is worth waiting; at most DelayHistogram::kMax.
  [[nodiscard]] Duration wanted() const { return m_wanted; }
  // True once enough frames came for that to mean something.
  [[nodiscard]] bool isSettled() const;
  // … and once a quarter of a minute of them came.
  [[nodiscard]] bool isExperienced() const { return m_heard >= kExperience; }
  // RFC 3550 section 6.4.1, in packet order of arrival.
  [[nodiscard]] Duration jitter() const { return m_jitter; }
  // Makes wanted() follow what was fed; once a pull is enough.
  void judge(TimePoint now);
  // The peer's timeline jumped: transits from before mean nothing. Keeps the histograms.
  void forgetBase();

 private:
  void rotate(TimePoint now);
  void noteRecovery();
  void notePeak(TimePoint at, Duration delay);
  [[nodiscard]] Duration highestRecurring(TimePoint now) const;

  // Window of the fastest transit: eight steps of 250 ms.
  static constexpr std::size_t kSteps = 8;
  static constexpr Duration kStep = 250ms;
  static constexpr Duration kExperience = 15s;
  std::array<Duration, kSteps> m_stepMin{};
  std::array<bool, kSteps> m_stepUsed{};
  std::size_t m_step = 0;
  TimePoint m_stepEnds{};
  bool m_hasBase = false;
  Duration m_fastest{};

  // All frames, by the first version of them, and the share of those that were not their own
  // packet.
  struct Firsts {
    DelayHistogram delays;
    double recovered = 0;
    void add(Duration delay, Duration length, Version version, Duration memory);
  };
  DelayHistogram m_own;   // frames whose own packet came first
  DelayHistogram m_calm;  // those of them that were not part of a peak
  Firsts m_steady;
  Firsts m_recent;
  std::uint32_t m_seen = 0;
  Duration m_heard{};  // in all
  Duration m_depth{};  // for recovery
  Duration m_wanted{};
  bool m_isChanged = false;

  // Spells of late packets.
  struct Peak {
    TimePoint begun{};
    TimePoint ended{};
    Duration height{};
  };
  static constexpr std::size_t kPeaks = 16;
  std::array<Peak, kPeaks> m_peaks{};
  std::size_t m_peakCount = 0;  // in all; the newest is at (count - 1) % kPeaks

  std::optional<Duration> m_lastTransit;
  Duration m_jitter{};
};

}  // namespace foyer::media
