// What a person may choose about their voice and about what they hear. Values, no thread.
#pragma once

#include <cstdint>

namespace foyer::media {

// Between the microphone and the encoder (voice_processor.h).
struct VoiceSettings {
  bool highPass = true;
  bool echoCancellation = true;
  bool noiseSuppression = true;
  bool gainControl = true;
  bool operator==(const VoiceSettings&) const = default;

  // Sound passes bit for bit and without delay; voice activity goes on.
  [[nodiscard]] static VoiceSettings off() { return {false, false, false, false}; }
};

// When the microphone is heard (voice_gate.h).
enum class TalkMode : std::uint8_t { OpenMic, VoiceActivation, PushToTalk };
[[nodiscard]] const char* toString(TalkMode mode);

// Between a peer's decoder and the loudspeaker (voice_output.h).
struct VoiceOutputSettings {
  float volume = 1;        // 0 … kMaxVolume, of this person
  bool isLevelled = true;  // every talker at about one loudness
  bool isSafe = true;      // the limiter
  bool operator==(const VoiceOutputSettings&) const = default;

  static constexpr float kMaxVolume = 4;  // +12 dB
  // Sound passes bit for bit.
  [[nodiscard]] static VoiceOutputSettings plain() { return {1, false, false}; }
};

}  // namespace foyer::media
