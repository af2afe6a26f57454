// What the window needs of the ringing sounds; the real one plays through core/audio and is handed
// in by the composition root. UI thread, returns at once.
#pragma once

#include <QString>

namespace foyer::app {

class RingTonePlayer {
 public:
  enum class Tone {
    Incoming,
    Outgoing
  };  // the bell here; the ring-back while the other side rings

  RingTonePlayer() = default;
  RingTonePlayer(const RingTonePlayer&) = delete;
  RingTonePlayer& operator=(const RingTonePlayer&) = delete;
  virtual ~RingTonePlayer() = default;

  // `ring`: the name of the bell that this call has; empty: the usual one.
  virtual void start(Tone tone, const QString& ring) = 0;
  virtual void stop() = 0;
};

}  // namespace foyer::app
