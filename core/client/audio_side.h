// The AUDIO thread's half of a call: microphone samples become frames in the seam, frames of the
// seam become samples for the loudspeaker. Fed by a device (core/audio) or by the simulator; after
// construction no call allocates, locks or logs.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "core/client/media_seam.h"
#include "core/client/voice_side.h"
#include "core/media/capture.h"
#include "core/media/playout.h"
#include "core/media/voice_output.h"

namespace foyer::client {

class AudioSide {
 public:
  // `hasVoice`: voice processing can be switched on through the seam; costs a megabyte.
  AudioSide(std::shared_ptr<MediaSeam> seam, const media::CodecFactory& factory,
            bool hasVoice = false);

  // Samples are int16 mono 48 kHz, any number; the first was taken at `firstSampleAt`.
  void onCapture(TimePoint firstSampleAt, std::span<const std::int16_t> samples);
  // `askedAt`: now; the first sample of `out` will sound at `soundsAt`.
  void onPlayout(TimePoint askedAt, TimePoint soundsAt, std::span<std::int16_t> out);

 private:
  void takeSettings();
  void reportPlayed(const media::PlayoutReport& played);

  std::shared_ptr<MediaSeam> m_seam;
  media::Capture m_capture;
  media::Playout m_playout;
  std::unique_ptr<VoiceSide> m_voice;
  media::VoiceOutput m_output{media::VoiceOutputSettings::plain()};
};

}  // namespace foyer::client
