// The two clocks that the window reads. In a file of their own, so that the program that renders
// the reference pictures links clocks that stand still. Any thread.
#pragma once

#include <cstdint>

namespace foyer::app {

// CLOCK_MONOTONIC in ms, the clock of CallView::activeSinceMs.
[[nodiscard]] std::int64_t steadyNowMs();
// Unix time in ms.
[[nodiscard]] std::int64_t unixNowMs();

}  // namespace foyer::app
