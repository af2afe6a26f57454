// What the window needs of the ringing sounds; the real one plays through core/audio and is handed
// in by the composition root. UI thread, returns at once.
#pragma once

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

  virtual void start(Tone tone) = 0;
  virtual void stop() = 0;
};

}  // namespace foyer::app
