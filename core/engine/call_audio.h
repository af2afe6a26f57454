// The sound of one call or of the level meter, as the AUDIO thread runs it: binds a device opening
// (core/audio) to the call's AudioSide and its seam, or to a meter.
#pragma once

#include <atomic>
#include <memory>

#include "core/audio/device.h"
#include "core/client/audio_side.h"

namespace foyer::engine {

class CallAudio final : public audio::DuplexCallbacks {
 public:
  CallAudio(std::shared_ptr<client::MediaSeam> seam, const media::CodecFactory& factory)
      : m_side(std::move(seam), factory) {}

  void onCapture(TimePoint firstSampleAt, std::span<const std::int16_t> samples) override {
    m_side.onCapture(firstSampleAt, samples);
  }
  void onPlayout(TimePoint firstSampleAt, std::span<std::int16_t> out) override {
    m_side.onPlayout(firstSampleAt, out);
  }

 private:
  client::AudioSide m_side;
};

class MeterAudio final : public audio::DuplexCallbacks {
 public:
  void onCapture(TimePoint, std::span<const std::int16_t> samples) override {
    m_levelDb.store(media::levelDbfs(samples), std::memory_order_relaxed);
  }
  void onPlayout(TimePoint, std::span<std::int16_t>) override {}
  [[nodiscard]] float levelDb() const { return m_levelDb.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::int8_t> m_levelDb{media::kDigitalSilenceDb};
};

}  // namespace foyer::engine
