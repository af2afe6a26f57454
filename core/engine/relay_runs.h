// The log of the relay in this program: when it ran, why it ended, how many were there at once.
// Bounded; its text is a setting. Value, no thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "core/engine/views.h"

namespace foyer::engine {

class RelayRuns {
 public:
  static constexpr std::size_t kMaxRuns = 20;  // the oldest is forgotten
  static constexpr std::size_t kMaxWhy = 40;   // bytes of a reason; longer is cut

  // What an earlier program wrote. A run that it did not see the end of was cut.
  void load(std::string_view text);
  [[nodiscard]] std::string text() const;

  void begin(WallTime now);
  // True when nobody saw so many at once in this run yet.
  bool people(int count);
  // Nothing when none runs.
  void end(WallTime now, std::string_view why);
  [[nodiscard]] bool isRunning() const { return m_isRunning; }
  [[nodiscard]] const std::vector<RelayRunView>& runs() const { return m_runs; }  // newest first

 private:
  std::vector<RelayRunView> m_runs;
  bool m_isRunning = false;
};

}  // namespace foyer::engine
