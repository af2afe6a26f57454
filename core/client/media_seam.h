// Where the NET and the AUDIO thread of one call meet: two lock-free rings of fixed slots, a ring
// of settings, and counters that anybody may read. Made per call by whoever opens the devices; both
// sides hold it by shared_ptr. No function here allocates after construction, blocks or logs.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

#include "core/base/spsc_ring.h"
#include "core/media/codec.h"
#include "core/media/frames.h"
#include "core/media/play_record.h"
#include "core/media/voice_settings.h"

namespace foyer::client {

// AUDIO -> NET holds 160 ms of 20 ms frames: a NET thread that was away longer has nothing fresh to
// send anyway (K-39). NET -> AUDIO holds one whole burst after a stall of the network, of
// packets that carry copies too: half a second of 20 ms with three.
constexpr std::size_t kFramesToNet = 8;
constexpr std::size_t kFramesToAudio = 256;
constexpr std::size_t kSettingsToAudio = 16;

// What NET tells AUDIO to do from the next frame on.
struct AudioSettings {
  media::EncoderSettings encoding;
};

// What the person chose, written by the engine and read by AUDIO at every block; every field is one
// relaxed atomic of its own. As made, sound passes bit for bit, which files and the simulator want.
struct VoiceControl {
  std::atomic<bool> highPass{false}, echoCancellation{false}, noiseSuppression{false},
      gainControl{false};
  std::atomic<media::TalkMode> talkMode{media::TalkMode::OpenMic};
  std::atomic<bool> isTalkKeyDown{false};
  std::atomic<float> volume{1};  // of the peer, 0 … 4
  std::atomic<bool> isLevelled{false}, isSafe{false};

  void set(const media::VoiceSettings& settings);
  void set(const media::VoiceOutputSettings& settings);
  [[nodiscard]] media::VoiceSettings voice() const;
  [[nodiscard]] media::VoiceOutputSettings output() const;
};

// Written by AUDIO, read by any thread; every field is one relaxed atomic of its own.
struct AudioReport {
  std::atomic<std::int8_t> inputLevelDb{-127}, outputLevelDb{-127};
  std::atomic<bool> isInputSilent{false};
  // Of the microphone, muted or not; only while voice processing or a gate runs.
  std::atomic<bool> isVoice{false}, isSpeakingUnheard{false}, isGateOpen{true};
  std::atomic<bool> isTypingHeard{false};  // by the other side: the gate is open and nobody muted
  std::atomic<bool> hasCaptured{false}, hasPlayed{false};  // the devices gave a first callback
  std::atomic<std::int64_t> captureStartedNs{0}, playoutStartedNs{0};  // 0 = not yet
  std::atomic<std::int64_t> firstSoundNs{0};  // first sound of the peer handed out
  std::atomic<std::int64_t> bufferDelayNs{0}, bufferTargetNs{0}, jitterNs{0};
  // Of media::PlayoutCounters, the same names.
  std::atomic<std::uint64_t> decoded{0}, copies{0}, lbrr{0}, dred{0}, plc{0}, late{0}, lost{0};
  std::atomic<std::uint64_t> discarded{0}, accelerated{0}, expanded{0};
  std::atomic<wire::CodecId> receivedCodec{wire::CodecId::None};  // of the last frame played
  std::atomic<std::uint64_t> framesRefused{0};                    // NET did not take them in time
  // For the mouth-to-ear estimate: of our encoder with the voice processing before it, of the
  // peer's last frame, and how far playout
  // is pulled ahead of its sounding (the latency of the output device).
  std::atomic<std::int64_t> encoderDelayNs{0}, packetTimeNs{0}, playoutLeadNs{0};
};

struct MediaSeam {
  SpscRing<media::EncodedFrame> toNet{kFramesToNet};
  SpscRing<media::ReceivedFrame> toAudio{kFramesToAudio};
  SpscRing<AudioSettings> settings{kSettingsToAudio};
  AudioReport report;
  std::atomic<bool> isMuted{false}, isDeafened{false};
  VoiceControl voice;
  // Called by AUDIO after it put a frame into toNet: an eventfd write in the program, nothing in
  // the simulator. Set before the devices open.
  std::function<void()> wakeNet;
  // Set before the devices open, when the call's playing is to be recorded; AUDIO fills it, so read
  // it when the devices are closed.
  std::shared_ptr<media::PlayLog> playLog;
};

}  // namespace foyer::client
