// What the program tells about itself in Prometheus' text form (docs/metrics.md). No label names a
// person, key, address, device or call. Value functions.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/diagnostics_views.h"
#include "core/engine/event_bus.h"
#include "core/engine/views.h"

namespace foyer::engine {

// Events since the program began, by name; and how calls ended.
class EventTally {
 public:
  // Names are made by this program; beyond so many something is wrong, and they count as "other".
  static constexpr std::size_t kMaxNames = 200;
  void add(const Polled& polled);
  [[nodiscard]] const std::map<std::string, std::uint64_t>& byName() const { return m_byName; }
  // By direction and reason.
  [[nodiscard]] const std::map<std::pair<std::string, std::string>, std::uint64_t>& endedCalls()
      const {
    return m_endedCalls;
  }
  [[nodiscard]] std::uint64_t lost() const { return m_lost; }

 private:
  std::map<std::string, std::uint64_t> m_byName;
  std::map<std::pair<std::string, std::string>, std::uint64_t> m_endedCalls;
  std::uint64_t m_lost = 0;
};

struct MetricsInput {
  std::string version;
  std::int64_t uptimeMs = 0;
  std::vector<RelayView> relays;
  std::vector<PersonView> people;
  std::vector<CallView> calls;
  HostedRelayView hosted;
  bool isImpaired = false;
  const EventTally* events = nullptr;
};
// Text format 0.0.4: HELP and TYPE before each name, every line ended.
[[nodiscard]] std::string metricsText(const MetricsInput& input);

}  // namespace foyer::engine
