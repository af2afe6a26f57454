#include "core/audio/audio_thread.h"

#include <pthread.h>
#include <sched.h>

#include <atomic>
#include <ctime>

namespace foyer::audio {

TimePoint monotonicNow() {
  timespec t{};
  ::clock_gettime(CLOCK_MONOTONIC, &t);
  return TimePoint(std::chrono::seconds(t.tv_sec) + Duration(t.tv_nsec));
}

namespace {

enum class Granted : int { NotAsked, No, Yes };
std::atomic<Granted> newest{Granted::NotAsked};

}  // namespace

std::optional<bool> isAudioRealTime() {
  const Granted granted = newest.load(std::memory_order_relaxed);
  if (granted == Granted::NotAsked) return std::nullopt;
  return granted == Granted::Yes;
}

void becomeAudioThread() {
  ::pthread_setname_np(::pthread_self(), "foyer-audio");
  sched_param parameters{};
  parameters.sched_priority = ::sched_get_priority_min(SCHED_RR);
  const bool isGranted =
      ::pthread_setschedparam(::pthread_self(), SCHED_RR | SCHED_RESET_ON_FORK, &parameters) == 0;
  newest.store(isGranted ? Granted::Yes : Granted::No, std::memory_order_relaxed);
}

}  // namespace foyer::audio
