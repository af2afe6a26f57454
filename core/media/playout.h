// The receiving half of the media pipeline: authenticated frames in, PCM out at the device's pull.
// Holds the jitter buffer, asks decide() in jitter_buffer.h what is due, has it done by the sound
// (playout_sound.h) and counts. Owned by one thread (AUDIO); after construction no call allocates,
// locks or logs. Left out: mixing of several peers, the device.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "core/media/codec.h"
#include "core/media/frames.h"
#include "core/media/jitter_buffer.h"
#include "core/media/level.h"
#include "core/media/playout_sound.h"

namespace foyer::media {

// Monotonic since the pipeline began.
struct PlayoutCounters {
  std::uint64_t received = 0;        // frames pushed, without copies
  std::uint64_t copiesReceived = 0;  // copies pushed, needed or not
  // How each frame that was played was made, the better way first:
  std::uint64_t decoded = 0;  // from its own packet
  std::uint64_t copies = 0;   // from a copy that travelled in a later packet
  std::uint64_t lbrr = 0;     // from the low-rate copy inside the next frame (in-band FEC)
  std::uint64_t dred = 0;     // from a later frame's deep redundancy
  std::uint64_t plc = 0;      // 10 ms blocks invented
  // Frames whose own packet came after sound had been made up for them; most are still played, and
  // what follows is later by as much.
  std::uint64_t late = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t discarded = 0;           // frames thrown away because delay had passed the ceiling
  std::uint64_t undecodable = 0;         // unknown codec, lying size or packet time
  std::uint64_t resyncs = 0;             // the peer's media time jumped and playout began anew
  std::uint64_t lost = 0;                // frames that never came in time, by gaps in media time
  std::uint64_t accelerated = 0;         // time-stretch operations that removed a pitch period
  std::uint64_t expanded = 0;            // … that inserted one
  std::int64_t stretchedOutSamples = 0;  // removed in all
  std::int64_t stretchedInSamples = 0;   // inserted in all
  std::uint64_t concealedSamples = 0;    // samples played that no packet held
  std::uint64_t playedSamples = 0;       // samples played since the first frame
};

struct PlayoutReport {
  PlayoutCounters counters;
  bool isPlaying = false;      // false before the first frame and after two seconds without any
  Duration bufferDelay{};      // mean wait between a frame's arrival (earliest of recent transit)
                               // and its being played
  Duration lead{};             // how long after being pulled the sound is heard; not in bufferDelay
  Duration target{};           // what the buffer aims at
  Duration jitter{};           // RFC 3550 interarrival jitter
  std::int8_t levelDb = -127;  // dBFS of the last 20 ms played
  // When the first sample louder than -50 dBFS was handed out (device latency not included).
  std::optional<TimePoint> firstSoundAt;
  // Media time (16 bit, as on the wire) of the first sample of the last pull; for mouth to ear.
  std::uint16_t playingMediaTime = 0;
  wire::CodecId codec = wire::CodecId::None;  // of the last frame decoded
  wire::PacketTime time = wire::PacketTime::Ms20;
};

class Playout {
 public:
  // The factory is used in the constructor only; decoders for every codec it knows are made there.
  explicit Playout(const CodecFactory& factory, const JitterBufferLimits& limits = {});
  explicit Playout(std::unique_ptr<PlayoutSound> sound, const JitterBufferLimits& limits = {});

  // Frames may come in any order. Never fails: what cannot be used is counted.
  void push(const ReceivedFrame& frame);

  // Fills `out` (at most 120 ms) with what is heard from `now` + `lead` on. One call for all that
  // the device asks for at a time: what the target has to cover depends on that.
  // Returns the report; valid until the next call.
  const PlayoutReport& pull(TimePoint now, std::span<std::int16_t> out, Duration lead = {});

  // As of the last pull.
  [[nodiscard]] const PlayoutReport& report() const { return m_report; }

 private:
  void produce(TimePoint at);
  void decodeDue(TimePoint at, const PlayoutDecision& decision);
  bool decodeFront(TimePoint at);
  void stretch(const PlayoutDecision& decision);
  void recover(std::int64_t samples);
  void redraw(const PlayoutDecision& decision);
  void conceal(std::int64_t samples);
  void noteMissing(std::int64_t frames);
  void measure(TimePoint soundsAt, std::span<const std::int16_t> out);
  void noteLead(Duration lead);

  JitterBuffer m_buffer;
  std::unique_ptr<PlayoutSound> m_sound;
  wire::CodecId m_codec = wire::CodecId::None;  // of the last frame decoded
  wire::PacketTime m_time = wire::PacketTime::Ms20;
  bool m_isPause = false;        // as the last frame said: nothing is missing until the next
  std::int64_t m_concealed = 0;  // samples made up since the last frame
  // Samples produced since the last time-stretch; the first one need not wait.
  std::int64_t m_sinceStretch = 10 * kSampleRate;
  bool m_isStretched = false;  // by the decision that is being done

  std::array<std::int16_t, 960> m_meter{};
  std::size_t m_metered = 0;
  double m_meanDelayNs = 0;
  std::optional<double> m_meanLeadNs;
  PlayoutReport m_report;
};

}  // namespace foyer::media
