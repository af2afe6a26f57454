// The adaptive jitter buffer: holds frames in order of media time, measures how late they come,
// and says what should be played next. decide() is a pure function of a small state, so that the
// whole policy can be tested as a table. Left out: decoding and sound (playout.h).
// The buffer slips rather than drops: when a packet is late the last sound goes on and delay grows,
// then time-stretch brings it back; hard ceilings bound it. Value, no thread, no allocation after
// construction.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <vector>

#include "core/media/delay_estimator.h"
#include "core/media/frames.h"
#include "core/media/pull_clock.h"

namespace foyer::media {

struct JitterBufferLimits {
  Duration startTarget = 15ms;  // before anything is measured, and the least of the first seconds
  Duration maxTarget = 400ms;
  Duration ceiling = 500ms;  // delay above this is cut off, not stretched away
};

// 128 frames are 320 ms of the shortest and 2.5 s of ordinary ones; when full the oldest goes.
constexpr std::size_t kJitterSlots = 128;
// Nothing for this long ends a spell of playing; the next frame starts afresh.
constexpr Duration kPlayingEndsAfter = 2s;
// Sound is invented in blocks of 10 ms.
constexpr std::int64_t kConcealBlock = 480;
// Deep redundancy is asked for in frames of 20 ms.
constexpr std::int64_t kDredBlock = 960;
// Time between two stretches, so that they are not heard as warble; half of it in a hurry.
constexpr std::int64_t kStretchInterval = 2'880;

enum class PlayoutAction {
  Silence,  // not playing (yet): zeros
  Decode,   // play the earliest frame
  Recover,  // play the low-rate copy of the missing frame that the earliest frame carries (LBRR)
  Redraw,   // play the missing sound from a later frame's description of it (DRED)
  Conceal,  // invent sound
  Discard,  // throw the earliest frame away, delay is over the ceiling
  Jump,     // go to the earliest frame without filling the gap before it
  Stop,     // nothing came for too long: playing ends
};
enum class PlayoutStretch { None, Accelerate, FastAccelerate, Expand };

struct PlayoutDecision {
  PlayoutAction action = PlayoutAction::Silence;
  // Silence, Recover, Redraw, Conceal: how many. Decode: what a stretch should change.
  std::int64_t samples = 0;
  PlayoutStretch stretch = PlayoutStretch::None;  // Decode only
  bool operator==(const PlayoutDecision&) const = default;
};

struct BufferState {
  bool isPlaying = false;
  bool hasFrame = false;
  Duration waited{};              // not playing: since the earliest frame came
  std::int64_t gap = 0;           // samples from the playhead to the earliest frame; < 0: overdue
  std::int64_t frameSamples = 0;  // of the earliest frame
  bool frameHasCopy = false;      // the earliest frame carries the one before it
  std::int64_t dredSamples = 0;   // so much before the earliest frame is described by a held one
  std::size_t frames = 0;         // held
  Duration delay{};               // playout delay of what is due now, over the fastest transit
  Duration lowDelay{};            // the lowest of that lately: what steers
  Duration target{};
  Duration ceiling{};
  std::int64_t concealed = 0;     // samples invented since the last real one
  std::int64_t sinceStretch = 0;  // samples played since the last stretch
  bool isPassive = false;         // the last frame was background: nobody hears a change of length
};

[[nodiscard]] PlayoutDecision decide(const BufferState& state);

// Ignored: a copy of what was there already, or too late.
enum class InsertResult { Stored, Duplicate, Late, Resynced, Ignored };
// What a frame brings for those before it.
struct CarriedRecovery {
  bool hasPrevious = false;      // in-band FEC (LBRR)
  std::int64_t dredSamples = 0;  // described by deep redundancy
};
[[nodiscard]] const char* toString(PlayoutAction action);

class JitterBuffer {
 public:
  explicit JitterBuffer(const JitterBufferLimits& limits = {});

  // Unplayable media times (far off, by a lying or restarted peer) restart the timeline.
  InsertResult insert(const ReceivedFrame& frame, const CarriedRecovery& carried = {});
  // Whether something within a second before `frame`, and not played yet, never came: only then its
  // deep redundancy is of use. Before insert().
  [[nodiscard]] bool hasHoleBefore(const ReceivedFrame& frame) const;

  // What decide() needs. `concealed`, `sinceStretch` as in BufferState.
  [[nodiscard]] BufferState state(TimePoint now, std::int64_t concealed,
                                  std::int64_t sinceStretch) const;
  // The held frame that describes most of what is missing before the earliest one, and where it
  // begins; nullptr: none. Media time as playhead().
  struct Description {
    const ReceivedFrame* frame = nullptr;
    std::int64_t start = 0;
    std::int64_t samples = 0;  // before the earliest frame
  };
  [[nodiscard]] Description description() const;
  // The samples invented so far reach into the earliest frame: it came after its time.
  [[nodiscard]] bool isOverdue(std::int64_t concealed) const;

  // Earliest frame, nullptr when empty.
  [[nodiscard]] const ReceivedFrame* front() const;
  // Takes the earliest frame off as played from `now` on; the playhead moves to its end.
  // `concealed` as in state(). Returns how many frames are missing before it.
  std::int64_t popPlayed(TimePoint now, std::int64_t concealed);
  // Takes it off unplayed; the playhead stays.
  void popUnusable() { removeFront(); }
  // The gap before the earliest frame was filled by a recovered frame or is given up: the playhead
  // moves to it. Returns how many frames were missing.
  std::int64_t closeGap(std::int64_t concealed);
  // Throws frames away until delay is down to the target. Returns how many.
  std::int64_t discardToTarget(TimePoint now, std::int64_t concealed);
  // Sound was inserted (positive) or removed (negative) by stretching.
  void onStretched(std::int64_t samples);
  // Playing ends; the timeline starts afresh with the next frame.
  void stop();

  [[nodiscard]] bool isPlaying() const { return m_isPlaying; }
  [[nodiscard]] std::size_t size() const { return m_count; }
  [[nodiscard]] Duration target() const;
  [[nodiscard]] Duration jitter() const { return m_estimator.jitter(); }
  // Media time of the sample the playhead stands at, samples; without what was invented since.
  [[nodiscard]] std::int64_t playhead() const { return m_next; }
  // Delay of the sample at `playhead` if it is played at `at`, over the fastest transit.
  [[nodiscard]] Duration delayOf(TimePoint at, std::int64_t playhead) const;
  // Once a pull of so many samples, before state(). What came since the last one became playable
  // only now, and the delay of that is what the target follows. Returns the even time of the pull,
  // for state(), popPlayed() and discardToTarget().
  TimePoint onPull(TimePoint now, std::int64_t samples);
  [[nodiscard]] std::uint64_t overflowed() const { return m_overflowed; }

 private:
  struct Slot {
    std::int64_t start = 0;  // media time, samples, without wrap
    std::int64_t samples = 0;
    CarriedRecovery carried;
    ReceivedFrame frame;
  };
  // Which media times are known, for the last ten seconds.
  class Memory {
   public:
    void clear(std::int64_t units);
    void mark(std::int64_t units, std::int64_t count);
    // Times from before the memory count as known.
    [[nodiscard]] bool has(std::int64_t units) const;

   private:
    static constexpr std::int64_t kUnits = 4096;
    std::bitset<kUnits> m_bits;
    std::int64_t m_end = 0;
  };
  // A frame that can be played from the next pull on.
  struct Fresh {
    std::int64_t start = 0;
    std::int64_t samples = 0;
    TimePoint arrivedAt{};
    DelayEstimator::Version version{};
  };
  [[nodiscard]] std::int64_t unitsOf(const ReceivedFrame& frame) const;
  InsertResult insertCopy(const ReceivedFrame& frame);
  InsertResult store(const ReceivedFrame& frame, std::int64_t units,
                     const CarriedRecovery& carried);
  void noteArrival(const ReceivedFrame& frame, std::int64_t start);
  void notePlayable(std::int64_t start, std::int64_t samples, TimePoint arrivedAt,
                    DelayEstimator::Version version);
  void noteCarried(const ReceivedFrame& frame, std::int64_t start, std::int64_t samples,
                   const CarriedRecovery& carried);
  [[nodiscard]] const Slot& at(std::size_t i) const { return m_slots[m_order[i]]; }
  void restartTimeline(const ReceivedFrame& frame);
  void removeFront();
  void noteDelay(TimePoint now, Duration delay);
  [[nodiscard]] std::int64_t missingIn(std::int64_t samples) const;

  JitterBufferLimits m_limits;
  std::vector<Slot> m_slots;
  std::vector<std::uint16_t> m_order;  // [0, m_count) held, by start; the rest are free slots
  std::size_t m_count = 0;

  bool m_isPlaying = false;
  bool m_hasTimeline = false;
  std::int64_t m_firstUnits = 0;    // of the timeline; what was before it was never meant for us
  std::int64_t m_highestUnits = 0;  // media time, 2.5 ms units without wrap, highest seen
  std::uint64_t m_highestCounter = 0;
  int m_staleInARow = 0;    // newest packets with old media times: the peer started again
  std::int64_t m_next = 0;  // media time of the next real sample to play
  std::int64_t m_lastSamples = 960;
  Memory m_came;      // frames that were held at some time
  Memory m_playable;  // those and what others carry of them: fed to the estimator
  // Bounded: what does not fit is not learned from.
  std::array<Fresh, kJitterSlots> m_fresh{};
  std::size_t m_freshCount = 0;
  DelayEstimator m_estimator;
  // Lowest playout delay: of this quarter second and the one before.
  Duration m_lowNow{};
  Duration m_lowBefore{};
  TimePoint m_lowEnds{};
  PullClock m_pullClock;
  std::uint64_t m_overflowed = 0;
};

}  // namespace foyer::media
