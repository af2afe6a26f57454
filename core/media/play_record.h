// The record of what one Playout did: the frames that came, the pulls of the device, and all that
// was done to the sound, in order; no sound and nothing about people. PlayLog is filled by AUDIO
// without allocating, within a bound; the bytes of a record are a file format, whose reader is
// total. What replays it is play_replay.h. Values; one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/media/frames.h"
#include "core/media/playout_sound.h"

namespace foyer::media {

enum class PlayEventKind : std::uint8_t {
  Frame,    // came: at, counter, mediaTime, codec, time, isCopy, size; result = codec is known
  Pull,     // of the device: at, samples
  Carried,  // what the frame that came brings: result = has the one before, samples = described
  Decode,   // counter, mediaTime, isCopy, isPassive; result = it was what it claims
  Recover,  // mediaTime of the frame after it; samples; result
  Redraw,   // mediaTime of the frame that describes; before, samples; result
  Conceal,  // samples
  Silence,  // samples
  Stretch,  // before = at most, stretch; samples = added, negative = removed
  Break,    // what comes next does not continue this
};
[[nodiscard]] const char* toString(PlayEventKind kind);

// Fields that the kind does not name stay as made.
struct PlayEvent {
  PlayEventKind kind = PlayEventKind::Frame;
  bool isCopy = false;
  bool result = false;
  bool isPassive = false;
  wire::CodecId codec = wire::CodecId::None;
  wire::PacketTime time = wire::PacketTime::Ms20;
  PlayoutStretch stretch = PlayoutStretch::None;
  std::uint16_t mediaTime = 0;
  std::uint16_t size = 0;
  std::uint64_t counter = 0;
  TimePoint at{};
  std::int64_t before = 0;
  std::int64_t samples = 0;
  bool operator==(const PlayEvent&) const = default;
};

// Three hours of ordinary sound; beyond this a record says that it was cut.
constexpr std::size_t kMaxPlayEvents = std::size_t{1} << 22;
// No event of a real record names more samples, or a time beyond this (36 years).
constexpr std::int64_t kMaxEventSamples = 2 * kSampleRate;
constexpr std::int64_t kMaxEventNs = std::int64_t{1} << 60;
// … or two events further apart than a day.
constexpr Duration kMaxEventStep = 24h;

class PlayLog {
 public:
  // Room for `capacity` events, 1 … kMaxPlayEvents, is taken here.
  explicit PlayLog(std::size_t capacity);

  // Nothing is taken once the room is used up, so that the beginning stays whole.
  void add(const PlayEvent& event);
  void addFrame(const ReceivedFrame& frame);
  void addPull(TimePoint at, std::size_t samples);
  // The frame that was added last is of a codec that is known here.
  void markKnown();

  [[nodiscard]] const std::vector<PlayEvent>& events() const { return m_events; }
  [[nodiscard]] bool isCut() const { return m_isCut; }

 private:
  std::size_t m_capacity;
  bool m_isCut = false;
  std::vector<PlayEvent> m_events;
};

// Passes everything on to another sound and writes down what it did.
class RecordedSound final : public PlayoutSound {
 public:
  RecordedSound(std::unique_ptr<PlayoutSound> sound, std::shared_ptr<PlayLog> log);

  [[nodiscard]] bool knows(wire::CodecId codec) const override;
  [[nodiscard]] CarriedRecovery carriedBy(const ReceivedFrame& frame, bool wantsDred) override;
  [[nodiscard]] bool decode(const ReceivedFrame& frame) override;
  [[nodiscard]] bool recover(const ReceivedFrame& next, std::int64_t samples) override;
  [[nodiscard]] bool redraw(const ReceivedFrame& frame, std::int64_t before,
                            std::int64_t samples) override;
  void conceal(std::int64_t samples) override;
  void silence(std::int64_t samples) override;
  [[nodiscard]] bool isPassive() const override { return m_sound->isPassive(); }
  std::int64_t stretch(PlayoutStretch kind, std::int64_t atMost) override;
  void breakHere() override;
  [[nodiscard]] std::size_t unplayed() const override { return m_sound->unplayed(); }
  void play(std::span<std::int16_t> out) override { m_sound->play(out); }

 private:
  std::unique_ptr<PlayoutSound> m_sound;
  std::shared_ptr<PlayLog> m_log;
};

// What calls did to the sound, as events: for who writes down and for who compares.
[[nodiscard]] PlayEvent decodeEvent(const ReceivedFrame& frame, bool result, bool isPassive);
[[nodiscard]] PlayEvent recoverEvent(const ReceivedFrame& next, std::int64_t samples, bool result);
[[nodiscard]] PlayEvent redrawEvent(const ReceivedFrame& frame, std::int64_t before,
                                    std::int64_t samples, bool result);
[[nodiscard]] PlayEvent stretchEvent(PlayoutStretch kind, std::int64_t atMost, std::int64_t added);
[[nodiscard]] PlayEvent soundEvent(PlayEventKind kind, std::int64_t samples);

struct PlayRecord {
  bool isCut = false;  // the room was used up before the call ended
  std::vector<PlayEvent> events;
};

enum class PlayRecordError { NotARecord, Truncated, BadEvent, TooLong };
[[nodiscard]] const char* toString(PlayRecordError error);

// "foyer play record 1", one byte that says whether it is cut, then each event: kind, and the
// fields that it names as bytes and variable-length numbers, times as differences.
[[nodiscard]] Bytes encodePlayRecord(const PlayLog& log);
[[nodiscard]] Result<PlayRecord, PlayRecordError> decodePlayRecord(ByteView bytes);

}  // namespace foyer::media
