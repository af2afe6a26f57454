// The sound of one call, of the level meter or of the loopback test, as the AUDIO thread runs it:
// binds a device opening (core/audio) to the call's AudioSide and its seam, or to what the others
// need.
#pragma once

#include <algorithm>
#include <atomic>
#include <memory>
#include <vector>

#include "core/audio/device.h"
#include "core/client/audio_side.h"
#include "core/client/voice_side.h"

namespace foyer::engine {

class CallAudio final : public audio::DuplexCallbacks {
 public:
  CallAudio(std::shared_ptr<client::MediaSeam> seam, const media::CodecFactory& factory,
            bool hasVoice)
      : m_side(std::move(seam), factory, hasVoice) {}

  void onCapture(TimePoint firstSampleAt, std::span<const std::int16_t> samples) override {
    m_side.onCapture(firstSampleAt, samples);
  }
  void onPlayout(const audio::PlayoutTime& time, std::span<std::int16_t> out) override {
    m_side.onPlayout(time.askedAt, time.soundsAt, out);
  }

 private:
  client::AudioSide m_side;
};

class MeterAudio final : public audio::DuplexCallbacks {
 public:
  void onCapture(TimePoint, std::span<const std::int16_t> samples) override {
    m_levelDb.store(media::levelDbfs(samples), std::memory_order_relaxed);
  }
  void onPlayout(const audio::PlayoutTime&, std::span<std::int16_t>) override {}
  [[nodiscard]] float levelDb() const { return m_levelDb.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::int8_t> m_levelDb{media::kDigitalSilenceDb};
};

// A person hears themselves as others would, late enough to have finished a word.
class LoopbackAudio final : public audio::DuplexCallbacks {
 public:
  static constexpr std::size_t kDelaySamples = 700 * audio::kSampleRate / 1000;

  explicit LoopbackAudio(std::shared_ptr<client::MediaSeam> seam)
      : m_seam(std::move(seam)), m_voice(m_seam), m_ring(2 * kDelaySamples) {}

  void onCapture(TimePoint firstSampleAt, std::span<const std::int16_t> samples) override {
    m_levelDb.store(media::levelDbfs(samples), std::memory_order_relaxed);
    m_voice.onCapture(firstSampleAt, samples,
                      [this](TimePoint, std::span<const std::int16_t> processed) {
                        for (const std::int16_t sample : processed) keep(sample);
                      });
  }
  void onPlayout(const audio::PlayoutTime& time, std::span<std::int16_t> out) override {
    m_isPlaying = m_isPlaying || m_held >= kDelaySamples;
    for (std::int16_t& sample : out) {
      if (!m_isPlaying || m_held == 0) break;  // comes zeroed
      sample = m_ring[(m_next + m_ring.size() - m_held) % m_ring.size()];
      --m_held;
    }
    m_voice.onPlayout(time.soundsAt, out);
  }
  [[nodiscard]] float levelDb() const { return m_levelDb.load(std::memory_order_relaxed); }
  [[nodiscard]] client::MediaSeam& seam() { return *m_seam; }

 private:
  void keep(std::int16_t sample) {
    m_ring[m_next] = sample;
    m_next = (m_next + 1) % m_ring.size();
    // A loudspeaker that is slower than the microphone: the oldest goes.
    m_held = std::min(m_held + 1, m_ring.size());
  }

  std::shared_ptr<client::MediaSeam> m_seam;
  client::VoiceSide m_voice;
  std::vector<std::int16_t> m_ring;
  std::size_t m_next = 0, m_held = 0;
  bool m_isPlaying = false;
  std::atomic<std::int8_t> m_levelDb{media::kDigitalSilenceDb};
};

}  // namespace foyer::engine
