// The ringing and test sounds as the window asks for them; the player behind it (Qt Multimedia, a
// thread of its own) is made at the first sound, because a silent start should not pay for it.
#pragma once

#include <memory>
#include <string>

namespace foyer::audio {
class RingTone;
}

namespace foyer::engine {

enum class ToneKind { Incoming, Outgoing, Test, OneRing };

class Tones {
 public:
  Tones();
  ~Tones();
  // `volume`: 0 … 1. `ring`: of Incoming and OneRing, by its stable name; any other name, as one of
  // a newer Foyer, is the usual one.
  void play(ToneKind kind, const std::string& outputId, double volume = 1,
            const std::string& ring = {});
  void stop();
  // See RingTone::isLeftBehind.
  [[nodiscard]] static bool areLeftBehind();

 private:
  std::unique_ptr<audio::RingTone> m_player;
};

}  // namespace foyer::engine
