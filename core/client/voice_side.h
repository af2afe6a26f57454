// Voice processing and the talk gate as one call's AUDIO thread runs them: microphone chunks of any
// size become processed blocks, and what is really played becomes the reference for the echo. The
// settings are read from the seam at every block. Made only where there is an ear near a mouth:
// never for files or the simulator. After construction nothing allocates, locks or logs.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "core/client/media_seam.h"
#include "core/media/capture.h"
#include "core/media/level.h"
#include "core/media/voice_gate.h"
#include "core/media/voice_processor.h"
#include "core/media/voice_typing.h"

namespace foyer::client {

class VoiceSide {
 public:
  explicit VoiceSide(std::shared_ptr<MediaSeam> seam) : m_seam(std::move(seam)) {}

  // What goes to the loudspeaker, after deafening, and when its first sample sounds.
  void onPlayout(TimePoint firstSampleAt, std::span<const std::int16_t> played);

  // Calls `sink(TimePoint firstSampleAt, span)` for what is ready: processed blocks of 10 ms, or
  // the chunk itself while everything is off. Times are those of the sound, not of the block.
  template <class Sink>
  void onCapture(TimePoint firstSampleAt, std::span<const std::int16_t> samples, Sink&& sink) {
    beginChunk(firstSampleAt, samples);
    m_isRunning = isWanted();
    if (!m_isRunning) {
      if (m_used > 0) sink(m_blockAt, std::span<const std::int16_t>(m_block.data(), m_used));
      m_used = 0;
      stop();
      sink(firstSampleAt, samples);
      return;
    }
    while (fill(firstSampleAt, samples)) {
      processBlock();
      sink(m_blockAt - m_processor.addedLatency(), std::span<const std::int16_t>(m_block));
    }
  }

  // The input's level and silence in the report are this class's, not the encoder's.
  [[nodiscard]] bool isRunning() const { return m_isRunning; }
  [[nodiscard]] Duration addedLatency() const {
    return m_isRunning ? m_processor.addedLatency() : Duration{};
  }

 private:
  [[nodiscard]] bool isWanted() const;
  void beginChunk(TimePoint firstSampleAt, std::span<const std::int16_t> samples);
  // Takes from the front of `samples`; true when the block is full.
  bool fill(TimePoint& firstSampleAt, std::span<const std::int16_t>& samples);
  void processBlock();
  void stop();

  std::shared_ptr<MediaSeam> m_seam;
  media::VoiceProcessor m_processor{media::VoiceSettings::off()};
  media::VoiceGate m_gate;
  media::TypingDetector m_typing;
  media::SilentInputDetector m_silent;
  std::array<std::int16_t, media::kVoiceBlock> m_block{};
  std::size_t m_used = 0;
  bool m_isRunning = false;
  TimePoint m_blockAt{};                  // when the block's first sample was taken
  std::optional<TimePoint> m_playedUpTo;  // when the newest rendered sample has sounded
};

}  // namespace foyer::client
