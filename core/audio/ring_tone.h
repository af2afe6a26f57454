// Ring tones and interface sounds through Qt Multimedia, in a thread of their own: the UI thread
// only posts. The sound is computed (tone_synthesis.h), no files. Needs a QCoreApplication.
#pragma once

#include <memory>
#include <string>

#include "core/audio/tone_synthesis.h"

namespace foyer::audio {

class RingTone {
 public:
  RingTone();
  // Waits half a second at most for a sound server that does not answer.
  ~RingTone();
  RingTone(const RingTone&) = delete;
  RingTone& operator=(const RingTone&) = delete;

  struct How {
    std::string outputId{};    // empty or gone: the default one
    double volume = 1;         // 0 … 1, as it is felt: half is half as loud
    Ring ring = Ring::Chimes;  // of Incoming
    bool isOnce = false;       // one period of a tone that otherwise repeats
  };
  // Plays `tone` (Incoming and Outgoing repeat until stop). Returns at once; a tone that plays is
  // replaced.
  void play(Tone tone, const How& how);
  void play(Tone tone) { play(tone, How{}); }
  void stop();
  // True while sound is being handed to the device; any thread.
  [[nodiscard]] bool isPlaying() const;
  // A thread of a RingTone that is gone still waits for the sound server: what exit() would destroy
  // may be in use there.
  [[nodiscard]] static bool isLeftBehind();

 private:
  struct Worker;
  std::unique_ptr<Worker> m_worker;
};

}  // namespace foyer::audio
