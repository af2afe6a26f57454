#include "core/engine/tones.h"

#include "core/audio/ring_tone.h"

namespace foyer::engine {

Tones::Tones() = default;
Tones::~Tones() = default;

void Tones::play(ToneKind kind, const std::string& outputId, double volume,
                 const std::string& ring) {
  if (!m_player) m_player = std::make_unique<audio::RingTone>();
  audio::RingTone::How how{.outputId = outputId, .volume = volume};
  how.ring = audio::parseRing(ring).value_or(audio::Ring::Chimes);
  switch (kind) {
    case ToneKind::Incoming:
      return m_player->play(audio::Tone::Incoming, how);
    case ToneKind::Outgoing:
      return m_player->play(audio::Tone::Outgoing, how);
    case ToneKind::Test:
      return m_player->play(audio::Tone::Test, how);
    case ToneKind::OneRing:
      how.isOnce = true;
      return m_player->play(audio::Tone::Incoming, how);
  }
}

bool Tones::areLeftBehind() { return audio::RingTone::isLeftBehind(); }

void Tones::stop() {
  if (m_player) m_player->stop();
}

}  // namespace foyer::engine
