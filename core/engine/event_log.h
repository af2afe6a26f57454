// The event log of a profile: one JSON object a line, redacted, in a file that is kept under a size
// (the one before it stays beside it). Formatting is pure; writing happens wherever `append` is
// called from, which is the STORE thread in the program.
#pragma once

#include <cstdint>
#include <string>

#include "core/engine/event_bus.h"

namespace foyer::engine {

// {"event":…,"time_ms":…,"seq":…, and the fields}. Not redacted: for the owner's own socket.
[[nodiscard]] std::string toJsonLine(const Event& event);
// The same with every text redacted: for files.
[[nodiscard]] std::string toRedactedJsonLine(const Event& event);

class EventLog {
 public:
  // Two files of this size hold about 20 000 events; nobody reads more, and a disk is not ours.
  static constexpr std::int64_t kMaxFileBytes = 2 * 1024 * 1024;

  explicit EventLog(std::string path) : m_path(std::move(path)) {}
  // False when the disk refused; the line is then lost and counted, the program goes on.
  bool append(const std::string& line);
  [[nodiscard]] std::uint64_t lostLines() const { return m_lost; }

 private:
  std::string m_path;
  std::int64_t m_size = -1;
  std::uint64_t m_lost = 0;
};

}  // namespace foyer::engine
