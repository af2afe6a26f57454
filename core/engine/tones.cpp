#include "core/engine/tones.h"

#include "core/audio/ring_tone.h"

namespace foyer::engine {

Tones::Tones() = default;
Tones::~Tones() = default;

void Tones::play(ToneKind kind, const std::string& outputId) {
  if (!m_player) m_player = std::make_unique<audio::RingTone>();
  switch (kind) {
    case ToneKind::Incoming:
      return m_player->play(audio::Tone::Incoming, outputId);
    case ToneKind::Outgoing:
      return m_player->play(audio::Tone::Outgoing, outputId);
    case ToneKind::Test:
      return m_player->play(audio::Tone::Test, outputId);
  }
}

bool Tones::areLeftBehind() { return audio::RingTone::isLeftBehind(); }

void Tones::stop() {
  if (m_player) m_player->stop();
}

}  // namespace foyer::engine
