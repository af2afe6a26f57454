#include "core/media/capture.h"

#include "core/base/assert.h"

namespace foyer::media {
namespace {

// Muting ramps over 5 ms: 240 steps of the gain.
constexpr std::int32_t kFullGain = 240;
constexpr std::size_t kCodecs = 16;

std::size_t indexOf(wire::CodecId codec) { return static_cast<std::size_t>(codec); }

}  // namespace

Capture::Capture(const CodecFactory& factory, const EncoderSettings& settings)
    : m_muteGain(kFullGain) {
  for (std::size_t i = 1; i < kCodecs; ++i)
    m_encoders[i] = factory.makeEncoder(static_cast<wire::CodecId>(i));
  m_wanted = settings;
  if (!m_encoders[indexOf(m_wanted.codec)]) m_wanted.codec = wire::CodecId::Opus;
  FOYER_ASSERT(m_encoders[indexOf(m_wanted.codec)], "every factory makes the Opus tiers' encoder");
  m_settings = m_wanted;
  m_encoders[indexOf(m_settings.codec)]->configure(m_settings);
}

bool Capture::setEncoding(const EncoderSettings& settings) {
  EncoderSettings wanted = settings;
  const bool isKnown = indexOf(settings.codec) < kCodecs && m_encoders[indexOf(settings.codec)];
  if (!isKnown) wanted.codec = m_wanted.codec;
  m_wanted = wanted;
  if (m_pending == 0) applySettings();
  return isKnown;
}

void Capture::applySettings() {
  EncoderSettings next = m_wanted;
  next.time = m_steps.next(next.codec, next.time);
  if (next == m_settings) return;
  Encoder& encoder = *m_encoders[indexOf(next.codec)];
  if (next.codec != m_settings.codec) encoder.reset();
  m_settings = next;
  encoder.configure(m_settings);
}

void Capture::beginChunk(TimePoint firstSampleAt, std::span<const std::int16_t> pcm) {
  if (m_nextAt && firstSampleAt - *m_nextAt > kCaptureHole) {
    // What was pending belongs to before the hole and can no longer become a frame.
    const std::int64_t hole = durationToSamples(firstSampleAt - *m_nextAt);
    m_mediaSamples +=
        (static_cast<std::int64_t>(m_pending) + hole) / kSamplesPerMediaUnit * kSamplesPerMediaUnit;
    m_pending = 0;
    applySettings();
  }
  m_firstAt = firstSampleAt - samplesToDuration(static_cast<std::int64_t>(m_pending));
  m_nextAt = firstSampleAt + samplesToDuration(static_cast<std::int64_t>(pcm.size()));
  m_silent.push(pcm);
  for (const std::int16_t s : pcm) {
    m_meter[m_metered++] = s;
    if (m_metered == m_meter.size()) {
      m_levelDb = levelDbfs(m_meter);
      m_metered = 0;
    }
  }
}

const EncodedFrame* Capture::nextFrame(std::span<const std::int16_t>& pcm) {
  for (;;) {
    const std::size_t frame = frameSamples(m_settings.time);
    const std::size_t take = std::min(pcm.size(), frame - m_pending);
    const std::int32_t aim = m_isMuted ? 0 : kFullGain;
    for (std::size_t i = 0; i < take; ++i) {
      if (m_muteGain != aim) m_muteGain += m_muteGain < aim ? 1 : -1;
      m_pcm[m_pending + i] = static_cast<std::int16_t>(pcm[i] * m_muteGain / kFullGain);
    }
    pcm = pcm.subspan(take);
    m_pending += take;
    if (m_pending < frame) return nullptr;

    Encoder& encoder = *m_encoders[indexOf(m_settings.codec)];
    const std::span<const std::int16_t> samples(m_pcm.data(), frame);
    m_frame.codec = encoder.codec();
    m_frame.time = m_settings.time;
    m_frame.mediaTime = static_cast<std::uint64_t>(m_mediaSamples / kSamplesPerMediaUnit);
    m_frame.capturedAt = m_firstAt;
    m_frame.levelDb = levelDbfs(samples);
    m_frame.size = static_cast<std::uint16_t>(encoder.encode(samples, m_frame.bytes));
    m_mediaSamples += static_cast<std::int64_t>(frame);
    m_firstAt += samplesToDuration(static_cast<std::int64_t>(frame));
    m_pending = 0;
    m_steps.onFrame(m_frame.time);
    applySettings();
    if (m_frame.size == 0) {
      ++m_failures;
      continue;
    }
    if (isSaidAlready()) continue;
    ++m_frames;
    return &m_frame;
  }
}

// Where packets get lost the pause is announced twice.
bool Capture::isSaidAlready() {
  if (!isPauseMark(m_frame.codec, m_frame.size)) {
    m_pauseMarks = 0;
    return false;
  }
  const int most = m_settings.expectedLossPercent > 0 ? 2 : 1;
  if (m_pauseMarks >= most) return true;
  ++m_pauseMarks;
  return false;
}

CaptureReport Capture::report() const {
  return {
      .frames = m_frames,
      .encodeFailures = m_failures,
      .inputLevelDb = m_levelDb,
      .isInputSilent = m_silent.isSilent(),
      .isMuted = m_isMuted,
      .settings = m_wanted,
      .encoderDelay = samplesToDuration(m_encoders[indexOf(m_wanted.codec)]->lookaheadSamples())};
}

}  // namespace foyer::media
