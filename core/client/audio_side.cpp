#include "core/client/audio_side.h"

#include <algorithm>

namespace foyer::client {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;

std::unique_ptr<media::PlayoutSound> soundOf(const MediaSeam& seam,
                                             const media::CodecFactory& factory) {
  std::unique_ptr<media::PlayoutSound> sound = std::make_unique<media::SpeechSound>(factory);
  if (!seam.playLog) return sound;
  return std::make_unique<media::RecordedSound>(std::move(sound), seam.playLog);
}

}  // namespace

AudioSide::AudioSide(std::shared_ptr<MediaSeam> seam, const media::CodecFactory& factory,
                     bool hasVoice)
    : m_seam(std::move(seam)),
      // Until the peer reports loss nothing is spent on recovering from it.
      m_capture(factory, media::EncoderSettings{.expectedLossPercent = 0}),
      m_playout(soundOf(*m_seam, factory)) {
  if (hasVoice) m_voice = std::make_unique<VoiceSide>(m_seam);
}

void AudioSide::takeSettings() {
  AudioSettings settings;
  while (m_seam->settings.tryPop(settings)) m_capture.setEncoding(settings.encoding);
}

void AudioSide::onCapture(TimePoint firstSampleAt, std::span<const std::int16_t> samples) {
  AudioReport& report = m_seam->report;
  if (!report.hasCaptured.load(kRelaxed)) {
    report.captureStartedNs.store(static_cast<std::int64_t>(toNanoseconds(firstSampleAt)),
                                  kRelaxed);
    report.hasCaptured.store(true, std::memory_order_release);
  }
  takeSettings();
  m_capture.setMuted(m_seam->isMuted.load(kRelaxed));
  bool hasNew = false;
  const auto send = [&](const media::EncodedFrame& frame) {
    // Only what is used of a slot is copied; a frame is a tenth of its capacity.
    const bool taken = m_seam->toNet.tryWrite([&](media::EncodedFrame& slot) {
      slot.codec = frame.codec;
      slot.time = frame.time;
      slot.mediaTime = frame.mediaTime;
      slot.capturedAt = frame.capturedAt;
      slot.levelDb = frame.levelDb;
      slot.size = frame.size;
      std::copy_n(frame.bytes.begin(), frame.payload().size(), slot.bytes.begin());
    });
    if (!taken) report.framesRefused.fetch_add(1, kRelaxed);
    hasNew = true;
  };
  if (m_voice) {
    m_voice->onCapture(firstSampleAt, samples,
                       [&](TimePoint at, std::span<const std::int16_t> processed) {
                         m_capture.push(at, processed, send);
                       });
  } else {
    m_capture.push(firstSampleAt, samples, send);
  }
  const media::CaptureReport capture = m_capture.report();
  if (!m_voice || !m_voice->isRunning()) {
    report.inputLevelDb.store(capture.inputLevelDb, kRelaxed);
    report.isInputSilent.store(capture.isInputSilent, kRelaxed);
  }
  const Duration processing = m_voice ? m_voice->addedLatency() : Duration{};
  report.encoderDelayNs.store((capture.encoderDelay + processing).count(), kRelaxed);
  if (hasNew && m_seam->wakeNet) m_seam->wakeNet();
}

void AudioSide::reportPlayed(const media::PlayoutReport& played) {
  AudioReport& report = m_seam->report;
  report.outputLevelDb.store(played.levelDb, kRelaxed);
  report.bufferDelayNs.store(played.bufferDelay.count(), kRelaxed);
  report.playoutLeadNs.store(played.lead.count(), kRelaxed);
  report.packetTimeNs.store(
      media::samplesToDuration(static_cast<std::int64_t>(media::frameSamples(played.time))).count(),
      kRelaxed);
  report.bufferTargetNs.store(played.target.count(), kRelaxed);
  report.jitterNs.store(played.jitter.count(), kRelaxed);
  report.decoded.store(played.counters.decoded, kRelaxed);
  report.copies.store(played.counters.copies, kRelaxed);
  report.lbrr.store(played.counters.lbrr, kRelaxed);
  report.dred.store(played.counters.dred, kRelaxed);
  report.plc.store(played.counters.plc, kRelaxed);
  report.late.store(played.counters.late, kRelaxed);
  report.lost.store(played.counters.lost, kRelaxed);
  report.discarded.store(played.counters.discarded, kRelaxed);
  report.accelerated.store(played.counters.accelerated, kRelaxed);
  report.expanded.store(played.counters.expanded, kRelaxed);
  report.receivedCodec.store(played.codec, kRelaxed);
  if (played.firstSoundAt && report.firstSoundNs.load(kRelaxed) == 0)
    report.firstSoundNs.store(static_cast<std::int64_t>(toNanoseconds(*played.firstSoundAt)),
                              kRelaxed);
}

void AudioSide::onPlayout(TimePoint askedAt, TimePoint soundsAt, std::span<std::int16_t> out) {
  AudioReport& report = m_seam->report;
  if (!report.hasPlayed.load(kRelaxed)) {
    report.playoutStartedNs.store(static_cast<std::int64_t>(toNanoseconds(soundsAt)), kRelaxed);
    report.hasPlayed.store(true, std::memory_order_release);
  }
  media::PlayLog* log = m_seam->playLog.get();
  const auto push = [&](const media::ReceivedFrame& frame) {
    if (log != nullptr) log->addFrame(frame);
    m_playout.push(frame);
  };
  while (m_seam->toAudio.tryRead(push)) {
  }
  // In one piece, unless a device asks for more than playout makes at a time.
  for (std::size_t done = 0; done < out.size();) {
    const std::size_t n = std::min(media::kMaxFrameSamples, out.size() - done);
    const Duration later = media::samplesToDuration(static_cast<std::int64_t>(done));
    if (log != nullptr) log->addPull(askedAt, n);
    reportPlayed(m_playout.pull(askedAt, out.subspan(done, n), soundsAt + later - askedAt));
    done += n;
  }
  m_output.set(m_seam->voice.output());
  m_output.process(out);
  if (m_seam->isDeafened.load(kRelaxed)) std::fill(out.begin(), out.end(), std::int16_t{0});
  if (m_voice) m_voice->onPlayout(soundsAt, out);
}

}  // namespace foyer::client
