// The newest events of this run in memory, for the window: each as one redacted line with what it
// is about and how bad it is. A value, bounded; the file beside it is EventLog's. No thread.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "core/engine/diagnostics_views.h"
#include "core/engine/event_bus.h"

namespace foyer::engine {

[[nodiscard]] LogLevel levelOf(const Event& event);
[[nodiscard]] LogRoom roomOf(const Event& event);

class LogTail {
 public:
  // An hour of ordinary use, and less than a megabyte; the oldest give way. The file has more.
  static constexpr std::size_t kMaxLines = 2000;
  // Of one line: no event of ours comes near it.
  static constexpr std::size_t kMaxAboutBytes = 1000;

  // `unixNowMs` and `uptimeNowMs` are one moment of both clocks.
  void add(const Polled& polled, std::int64_t unixNowMs, std::int64_t uptimeNowMs);
  // Those with a higher number, oldest first.
  [[nodiscard]] std::vector<LogLine> since(std::uint64_t after) const;

 private:
  std::deque<LogLine> m_lines;
  std::uint64_t m_lastNumber = 0;
};

}  // namespace foyer::engine
