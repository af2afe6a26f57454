#include "core/audio/audio_thread.h"

#include <pthread.h>
#include <sched.h>

#include <ctime>

namespace foyer::audio {

TimePoint monotonicNow() {
  timespec t{};
  ::clock_gettime(CLOCK_MONOTONIC, &t);
  return TimePoint(std::chrono::seconds(t.tv_sec) + Duration(t.tv_nsec));
}

void becomeAudioThread() {
  ::pthread_setname_np(::pthread_self(), "foyer-audio");
  sched_param parameters{};
  parameters.sched_priority = ::sched_get_priority_min(SCHED_RR);
  ::pthread_setschedparam(::pthread_self(), SCHED_RR | SCHED_RESET_ON_FORK, &parameters);
}

}  // namespace foyer::audio
