// Everything between the microphone and the encoder: high-pass, echo cancellation, noise
// suppression, gain control, voice activity. 48 kHz mono int16 in blocks of 10 ms. The engine is
// our own, because neither WebRTC's (half-duplex: it takes the near end with the echo) nor Speex's
// (too little echo taken) met both bars; bench/voice_bench compares them. Left out: devices, muting
// and gating (voice_gate.h). Owned by one thread (AUDIO); after construction no call allocates,
// locks or logs.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "core/base/time.h"
#include "core/media/voice_alignment.h"
#include "core/media/voice_echo_filter.h"
#include "core/media/voice_level.h"
#include "core/media/voice_settings.h"
#include "core/media/voice_suppressor.h"

namespace foyer::media {

class VoiceProcessor {
 public:
  explicit VoiceProcessor(const VoiceSettings& settings = {});

  // Takes effect with the next block; nothing that was learnt is lost.
  void set(const VoiceSettings& settings) { m_settings = settings; }
  [[nodiscard]] const VoiceSettings& settings() const { return m_settings; }

  // What is really played, any number of samples, in playing order; silence too.
  void render(std::span<const std::int16_t> samples);
  // One block of kVoiceBlock samples, in place. `echoDelay`: the newest rendered sample sounds this
  // long after the newest sample of the block was captured, as the devices say. A wrong one is
  // found out within a second of echo.
  void capture(std::span<std::int16_t> block, Duration echoDelay);

  // How much later sound comes out of capture() than it went in.
  [[nodiscard]] Duration addedLatency() const {
    return isFiltering() ? samplesToDuration(kVoiceBlock) : Duration{};
  }
  // Somebody speaks into this microphone, with a short hang-over.
  [[nodiscard]] bool isVoice() const { return m_hangOver > 0; }
  [[nodiscard]] const EchoAlignment& alignment() const { return m_alignment; }
  [[nodiscard]] const EchoEvidence& echoEvidence() const { return m_suppressor.evidence(); }
  [[nodiscard]] float nearPresence() const { return m_suppressor.nearPresence(); }

 private:
  using Block = std::array<float, kVoiceBlock>;

  [[nodiscard]] bool isFiltering() const {
    return m_settings.echoCancellation || m_settings.noiseSuppression;
  }
  void highPass(Block& block);
  void cancelEcho(const Block& near, Duration echoDelay);

  VoiceSettings m_settings;
  EchoAlignment m_alignment;
  EchoFilter m_filter;
  VoiceSuppressor m_suppressor;
  VoiceLevel m_level;
  VoiceLimiter m_limiter;
  Block m_near{}, m_far{}, m_echo{}, m_error{}, m_clean{};
  std::array<float, kVoiceBins> m_noUncertainty{};
  // Two high-pass sections: their last two values.
  std::array<float, 2> m_highPass{};
  int m_sincePace = 0;
  int m_withoutEcho = 0, m_sinceExpected = 0;  // blocks
  int m_hangOver = 0;
  bool m_wasFiltering = false;
};

}  // namespace foyer::media
