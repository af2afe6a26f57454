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

// {"event":"events:overflow","time_ms":…,"lost":…}: the reader was too slow and looks anew.
[[nodiscard]] std::string toJsonLine(const Overflow& overflow);

class EventLog {
 public:
  // Two files of this size hold about 20 000 events; nobody reads more, and a disk is not ours.
  static constexpr std::int64_t kMaxFileBytes = 2 * 1024 * 1024;

  explicit EventLog(std::string path) : m_path(std::move(path)) {}
  // One line, or several parted by '\n'. False when the disk refused: they are lost, the program
  // goes on, and a line that was cut off does not spoil the next one.
  bool append(const std::string& lines);

 private:
  std::string m_path;
  std::int64_t m_size = -1;
  bool m_isTorn = false;  // the file does not end with a whole line
};

}  // namespace foyer::engine
