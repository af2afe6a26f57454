#include "core/client/voice_side.h"

#include <algorithm>

namespace foyer::client {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;

}  // namespace

bool VoiceSide::isWanted() const {
  return m_seam->voice.voice() != media::VoiceSettings::off() ||
         m_seam->voice.talkMode.load(kRelaxed) != media::TalkMode::OpenMic;
}

void VoiceSide::onPlayout(TimePoint firstSampleAt, std::span<const std::int16_t> played) {
  m_processor.render(played);
  m_playedUpTo = firstSampleAt + media::samplesToDuration(static_cast<std::int64_t>(played.size()));
}

void VoiceSide::beginChunk(TimePoint firstSampleAt, std::span<const std::int16_t> samples) {
  m_silent.push(samples);
  // A hole in the device's time: what was begun is of before it.
  const TimePoint expected =
      m_blockAt + media::samplesToDuration(static_cast<std::int64_t>(m_used));
  if (m_used > 0 && firstSampleAt - expected > media::kCaptureHole) m_used = 0;
}

bool VoiceSide::fill(TimePoint& firstSampleAt, std::span<const std::int16_t>& samples) {
  if (m_used == m_block.size()) m_used = 0;
  const std::size_t n = std::min(samples.size(), m_block.size() - m_used);
  m_blockAt = firstSampleAt - media::samplesToDuration(static_cast<std::int64_t>(m_used));
  std::copy_n(samples.begin(), n, m_block.begin() + static_cast<std::ptrdiff_t>(m_used));
  m_used += n;
  samples = samples.subspan(n);
  firstSampleAt += media::samplesToDuration(static_cast<std::int64_t>(n));
  return m_used == m_block.size();
}

void VoiceSide::processBlock() {
  AudioReport& report = m_seam->report;
  // The person looks at the meter to see their microphone, not what is made of it.
  report.inputLevelDb.store(media::levelDbfs(m_block), kRelaxed);
  report.isInputSilent.store(m_silent.isSilent(), kRelaxed);
  const TimePoint end = m_blockAt + media::samplesToDuration(media::kVoiceBlock);
  m_processor.set(m_seam->voice.voice());
  m_processor.capture(m_block, m_playedUpTo ? *m_playedUpTo - end : Duration{});
  m_gate.decide({.mode = m_seam->voice.talkMode.load(kRelaxed),
                 .isVoice = m_processor.isVoice(),
                 .isKeyDown = m_seam->voice.isTalkKeyDown.load(kRelaxed),
                 .isMuted = m_seam->isMuted.load(kRelaxed)});
  m_typing.push(m_block);
  m_gate.apply(m_block);
  report.isVoice.store(m_processor.isVoice(), kRelaxed);
  report.isGateOpen.store(m_gate.isOpen(), kRelaxed);
  report.isSpeakingUnheard.store(m_gate.isSpeakingUnheard(), kRelaxed);
  report.isTypingHeard.store(
      m_typing.isTyping() && m_gate.isOpen() && !m_seam->isMuted.load(kRelaxed), kRelaxed);
}

void VoiceSide::stop() {
  AudioReport& report = m_seam->report;
  report.isVoice.store(false, kRelaxed);
  report.isGateOpen.store(true, kRelaxed);
  report.isSpeakingUnheard.store(false, kRelaxed);
  report.isTypingHeard.store(false, kRelaxed);
}

}  // namespace foyer::client
