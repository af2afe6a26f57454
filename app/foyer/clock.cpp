#include "app/foyer/clock.h"

#include <chrono>

namespace foyer::app {
namespace {

template <typename Clock>
std::int64_t nowMs() {
  using std::chrono::duration_cast, std::chrono::milliseconds;
  return duration_cast<milliseconds>(Clock::now().time_since_epoch()).count();
}

}  // namespace

std::int64_t steadyNowMs() { return nowMs<std::chrono::steady_clock>(); }

std::int64_t unixNowMs() { return nowMs<std::chrono::system_clock>(); }

}  // namespace foyer::app
