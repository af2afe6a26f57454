// The sending half of the media pipeline: PCM of any chunk size in, encoded frames of the packet
// time out. Settings change between frames. Owned by one thread (AUDIO); after construction no
// call allocates, locks or logs. Left out: the device, voice processing, sealing.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "core/media/codec.h"
#include "core/media/frames.h"
#include "core/media/level.h"
#include "core/media/packet_time_steps.h"

namespace foyer::media {

// A hole this long in the device's sample times moves media time with it, so that the peer's
// buffer does not take a stalled device for a slower network.
constexpr Duration kCaptureHole = 200ms;

struct CaptureReport {
  std::uint64_t frames = 0;                      // encoded
  std::uint64_t encodeFailures = 0;              // frames lost because the encoder refused
  std::int8_t inputLevelDb = kDigitalSilenceDb;  // the last 20 ms, also while muted
  bool isInputSilent = false;  // digital zero for kSilentInputAfter: say so to the person
  bool isMuted = false;
  EncoderSettings settings;  // what was asked for last
  Duration encoderDelay{};   // lookahead of the codec
};

class Capture {
 public:
  // The factory is used in the constructor only.
  explicit Capture(const CodecFactory& factory, const EncoderSettings& settings = {});

  // Takes effect at the next frame; longer packets come in steps. A codec this build lacks leaves
  // the codec as it was (false).
  bool setEncoding(const EncoderSettings& settings);
  // Muted frames hold silence and have the same sizes and times as others.
  void setMuted(bool muted) { m_isMuted = muted; }

  // Takes PCM whose first sample was captured at `firstSampleAt`; calls
  // `sink(const EncodedFrame&)` for each frame that became complete. The frame is valid only
  // during that call.
  template <class Sink>
  void push(TimePoint firstSampleAt, std::span<const std::int16_t> pcm, Sink&& sink) {
    beginChunk(firstSampleAt, pcm);
    while (const EncodedFrame* frame = nextFrame(pcm)) sink(*frame);
  }

  [[nodiscard]] CaptureReport report() const;
  // Media time of the next sample taken, 2.5 ms units.
  [[nodiscard]] std::uint64_t mediaTime() const {
    return static_cast<std::uint64_t>((m_mediaSamples + static_cast<std::int64_t>(m_pending)) /
                                      kSamplesPerMediaUnit);
  }

 private:
  void beginChunk(TimePoint firstSampleAt, std::span<const std::int16_t> pcm);
  // Consumes from the front of `pcm`; nullptr when it is used up without completing a frame.
  const EncodedFrame* nextFrame(std::span<const std::int16_t>& pcm);
  void applySettings();
  [[nodiscard]] bool isSaidAlready();

  std::array<std::unique_ptr<Encoder>, 16> m_encoders;  // by codec id asked for
  EncoderSettings m_wanted;
  EncoderSettings m_settings;  // of the frame that is being gathered
  PacketTimeSteps m_steps;
  int m_pauseMarks = 0;  // of the pause that lasts
  std::array<std::int16_t, kMaxFrameSamples> m_pcm{};
  std::size_t m_pending = 0;          // samples in m_pcm
  std::int64_t m_mediaSamples = 0;    // media time of m_pcm[0], samples
  TimePoint m_firstAt{};              // capture time of m_pcm[0]
  std::optional<TimePoint> m_nextAt;  // when the next chunk should begin
  EncodedFrame m_frame;
  bool m_isMuted = false;
  std::int32_t m_muteGain = 0;  // see capture.cpp: ramps so that muting does not click
  std::array<std::int16_t, 960> m_meter{};
  std::size_t m_metered = 0;
  std::int8_t m_levelDb = kDigitalSilenceDb;
  SilentInputDetector m_silent;
  std::uint64_t m_frames = 0;
  std::uint64_t m_failures = 0;
};

}  // namespace foyer::media
