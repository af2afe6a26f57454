// Judges whether the two directions of an opening really run, and says what to do: report, open
// again, give up, take longer or shorter buffers. Knows no device; fed with now, so tests use
// virtual time. Value, no thread; allocates nothing.
#pragma once

#include <array>
#include <optional>

#include "core/audio/audio_events.h"
#include "core/base/time.h"

namespace foyer::audio {

class StreamSupervisor {
 public:
  // A device may take this long to its first callback; then one more try of the same length (B-33).
  static constexpr Duration kStartLimit = 2s;
  // A running direction without a callback for this long is opened once more.
  static constexpr Duration kStallLimit = 500ms;
  // Running this long forgives an earlier restart.
  static constexpr Duration kHealthyAfter = 10s;
  // Only zeros for this long is a muted or dead microphone, not a pause in speech.
  static constexpr Duration kSilenceLimit = 2s;
  // This many underflows within the window ask for longer buffers …
  static constexpr int kUnderflowsToWiden = 2;
  static constexpr Duration kUnderflowWindow = 10s;
  // … and this long without any for the short ones again.
  static constexpr Duration kNarrowAfter = 60s;
  // Underflows while a stream fills for the first time mean nothing.
  static constexpr Duration kUnderflowGrace = 1s;

  enum class ActionKind : std::uint8_t {
    Started,
    Restart,
    Fail,
    Recovered,
    InputSilent,
    InputHeard,
    Widen,
    Narrow
  };
  struct Action {
    ActionKind kind = ActionKind::Started;
    Direction direction = Direction::Capture;
    AudioFault fault = AudioFault::None;
    bool operator==(const Action&) const = default;
  };

  void begin(TimePoint now, bool wantsCapture, bool wantsPlayout);
  void end();
  // The stream of this direction was asked for again for another reason (device changed, new
  // server): two fresh tries.
  void reopened(TimePoint now, Direction direction);
  // The next callback of this direction counts as Recovered, whatever ran meanwhile.
  void tellWhenItRuns(Direction direction);
  // The backend knows that it cannot work; a later callback counts as Recovered.
  void failed(Direction direction);
  void callback(TimePoint now, Direction direction);
  void captured(TimePoint now, bool onlyZeros);
  // True when it counts (not while the stream starts).
  bool underflow(TimePoint now);

  // One action a call, to be asked until nothing is left, about every 100 ms.
  [[nodiscard]] std::optional<Action> poll(TimePoint now);
  // True once: when every wanted direction had its first callback. poll() asks it too.
  [[nodiscard]] bool takeStarted();
  [[nodiscard]] bool isWide() const { return m_isWide; }

 private:
  enum class State : std::uint8_t { Off, Starting, Running, Failed };
  struct Side {
    State state = State::Off;
    bool hadTry = false;  // the one restart is used up
    bool everRan = false;
    bool recovers = false;  // the next callback ends a restart or a failure
    bool toReport = false;  // Recovered is to be said
    TimePoint since;        // of Starting or Running
    TimePoint lastCallback;
  };
  [[nodiscard]] Side& side(Direction d) { return m_sides[static_cast<std::size_t>(d)]; }
  [[nodiscard]] std::optional<Action> pollSide(TimePoint now, Direction direction);

  std::array<Side, 2> m_sides;
  bool m_isStarted = false;
  std::optional<TimePoint> m_zerosSince;
  bool m_saidSilent = false;
  std::array<std::optional<TimePoint>, kUnderflowsToWiden> m_underflows;
  std::optional<TimePoint> m_lastUnderflow;
  bool m_isWide = false;
};

}  // namespace foyer::audio
