// A token bucket in 16 bytes, for the many budgets of many clients. Rate and burst are handed in,
// so they may change while it runs. A value.
#pragma once

#include <algorithm>

#include "core/base/time.h"

namespace foyer::relaylite {

class Budget {
 public:
  // Full at the first call. False: `cost` is not left, and nothing was taken.
  [[nodiscard]] bool take(TimePoint now, double perSecond, double burst, double cost = 1.0) {
    if (m_left < 0) {
      m_left = burst;
    } else if (now > m_last) {
      const double seconds = std::chrono::duration<double>(now - m_last).count();
      m_left = std::min(burst, m_left + seconds * perSecond);
    }
    m_last = std::max(m_last, now);
    if (m_left < cost) return false;
    m_left -= cost;
    return true;
  }

 private:
  double m_left = -1;
  TimePoint m_last{};
};

}  // namespace foyer::relaylite
