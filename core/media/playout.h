// The receiving half of the media pipeline: authenticated frames in, PCM out at the device's pull.
// Jitter buffer, decoders, in-band FEC, concealment and time-stretch together; which of them acts
// is decided by decide() in jitter_buffer.h. Owned by one thread (AUDIO); after construction no
// call allocates, locks or logs. Left out: mixing of several peers, the device.
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
#include "core/media/time_stretch.h"

namespace foyer::media {

// Monotonic since the pipeline began.
struct PlayoutCounters {
  std::uint64_t received = 0;  // frames pushed
  std::uint64_t decoded = 0;   // frames decoded from their own packet
  std::uint64_t lbrr = 0;      // frames recovered from the copy in the next packet
  std::uint64_t plc = 0;       // 10 ms blocks invented
  std::uint64_t late = 0;      // frames that came after their place had been played
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
  bool isPlaying = false;  // false before the first frame and after two seconds without any
  Duration bufferDelay{};  // mean wait between a frame's arrival (earliest of recent transit)
                           // and its being played
  Duration lead{};    // how far the times of pulling lie ahead of real time; not in bufferDelay
  Duration target{};  // what the buffer aims at
  Duration jitter{};  // RFC 3550 interarrival jitter
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

  // Frames may come in any order. Never fails: what cannot be used is counted.
  void push(const ReceivedFrame& frame);

  // Fills `out` (a multiple of 2.5 ms, at most 120 ms) with what is heard from `now` on.
  // Returns the report; valid until the next call.
  const PlayoutReport& pull(TimePoint now, std::span<std::int16_t> out);

  // As of the last pull.
  [[nodiscard]] const PlayoutReport& report() const { return m_report; }

 private:
  void produce(TimePoint at);
  void decodeDue(TimePoint at, const PlayoutDecision& decision);
  bool decodeFront(TimePoint at);
  void recover(std::int64_t samples);
  void conceal(std::int64_t samples);
  void appendSilence(std::int64_t samples);
  void stretch(const PlayoutDecision& decision);
  [[nodiscard]] Decoder* decoderOf(wire::CodecId codec) const;
  // Room for that many samples at the end; they count once m_write moves.
  std::span<std::int16_t> room(std::size_t samples);
  // Takes `samples` written into room() as the next sound; cross-fades them in if what is before
  // was invented.
  void commit(std::size_t samples);
  [[nodiscard]] std::size_t unplayed() const { return m_write - m_read; }
  void measure(TimePoint now, std::span<const std::int16_t> out);

  JitterBuffer m_buffer;
  std::array<std::unique_ptr<Decoder>, 16> m_decoders;  // by codec id
  wire::CodecId m_codec = wire::CodecId::None;          // of the last frame decoded
  wire::PacketTime m_time = wire::PacketTime::Ms20;

  // Played history, then what is decoded and not yet played: [0, m_read) and [m_read, m_write).
  std::unique_ptr<std::int16_t[]> m_pcm;
  std::size_t m_read = 0;
  std::size_t m_write = 0;
  bool m_needsMerge = false;        // the tail was invented; cross-fade into what comes
  bool m_isQuiet = true;            // the tail is zeros, playing has not begun
  std::int64_t m_concealed = 0;     // samples invented since the last real one
  std::int64_t m_sinceStretch = 0;  // samples produced since the last time-stretch
  bool m_isPassive = true;          // the last frame was near silence
  TimeStretcher m_stretcher;

  std::array<std::int16_t, kMaxFrameSamples> m_scratch{};
  std::array<std::int16_t, kCrossFade> m_fade{};
  std::array<std::int16_t, 960> m_meter{};
  std::size_t m_metered = 0;
  double m_meanDelayNs = 0;
  PlayoutReport m_report;
};

}  // namespace foyer::media
