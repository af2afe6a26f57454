// When the microphone is heard: always, while somebody speaks, or while a key is held. A closed
// gate gives silence of the same length, so packets keep their sizes and times (K-34). Also notices
// who speaks while muted. Blocks of 10 ms. Value, no thread; nothing allocates.
#pragma once

#include <cstdint>
#include <span>

#include "core/media/voice_settings.h"

namespace foyer::media {

class VoiceGate {
 public:
  struct Input {
    TalkMode mode = TalkMode::OpenMic;
    bool isVoice = false;    // voice activity, which has a hang-over of its own
    bool isKeyDown = false;  // the talk key
    bool isMuted = false;    // muted is not the gate's doing, but what it notices
  };
  // Blocks of 10 ms that the gate stays open after the last reason.
  static constexpr int kVoiceHangOver = 25, kKeyHangOver = 12;

  // The decision for the next block.
  bool decide(const Input& input);
  // Silences `pcm` (one block, in place) as decided, with ramps of 5 ms where that changes.
  void apply(std::span<std::int16_t> pcm);

  [[nodiscard]] bool isOpen() const { return m_isOpen; }
  // Somebody has spoken for a third of a second while muted, or while the talk key was up; stays
  // for two seconds after the last word.
  [[nodiscard]] bool isSpeakingUnheard() const { return m_notice > 0; }

 private:
  bool m_isOpen = true;
  int m_hangOver = 0;
  int m_unheard = 0;  // blocks of voice that nobody heard
  int m_notice = 0;
  std::int32_t m_gain = kFullGain;
  static constexpr std::int32_t kFullGain = 240;  // 5 ms, one step a sample
};

}  // namespace foyer::media
