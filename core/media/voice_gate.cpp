#include "core/media/voice_gate.h"

#include <algorithm>

namespace foyer::media {
namespace {

constexpr int kUnheardBlocks = 33;  // a cough is shorter
constexpr int kNoticeBlocks = 200;

}  // namespace

const char* toString(TalkMode mode) {
  switch (mode) {
    case TalkMode::OpenMic:
      return "open";
    case TalkMode::VoiceActivation:
      return "voice";
    case TalkMode::PushToTalk:
      return "push";
  }
  return "?";
}

bool VoiceGate::decide(const Input& input) {
  switch (input.mode) {
    case TalkMode::OpenMic:
      m_hangOver = 1;
      break;
    case TalkMode::VoiceActivation:
      m_hangOver = input.isVoice ? kVoiceHangOver : std::max(0, m_hangOver - 1);
      break;
    case TalkMode::PushToTalk:
      m_hangOver = input.isKeyDown ? kKeyHangOver : std::max(0, m_hangOver - 1);
      break;
  }
  m_isOpen = m_hangOver > 0;

  const bool isUnheard =
      input.isMuted || (input.mode == TalkMode::PushToTalk && !input.isKeyDown && !m_isOpen);
  if (!isUnheard) {
    m_unheard = 0;
    m_notice = 0;
    return m_isOpen;
  }
  m_unheard = input.isVoice ? std::min(m_unheard + 1, kUnheardBlocks) : std::max(0, m_unheard - 1);
  if (m_unheard == kUnheardBlocks) {
    m_notice = kNoticeBlocks;
  } else {
    m_notice = std::max(0, m_notice - 1);
  }
  return m_isOpen;
}

void VoiceGate::apply(std::span<std::int16_t> pcm) {
  const std::int32_t aim = m_isOpen ? kFullGain : 0;
  if (m_gain == kFullGain && aim == kFullGain) return;
  for (std::int16_t& s : pcm) {
    if (m_gain != aim) m_gain += m_gain < aim ? 1 : -1;
    s = static_cast<std::int16_t>(s * m_gain / kFullGain);
  }
}

}  // namespace foyer::media
