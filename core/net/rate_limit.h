// Token buckets: one, and a fixed table of them keyed by source address. A value, no thread; time
// comes in.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

#include "core/base/address.h"
#include "core/base/time.h"
#include "core/net/keyed_hash.h"

namespace foyer::net {

class TokenBucket {
 public:
  // Full at the start.
  TokenBucket(double perSecond, double burst)
      : m_perSecond(perSecond), m_burst(burst), m_tokens(burst) {}

  [[nodiscard]] bool take(TimePoint now) {
    if (m_last && now > *m_last) {
      const double seconds = std::chrono::duration<double>(now - *m_last).count();
      m_tokens = std::min(m_burst, m_tokens + seconds * m_perSecond);
    }
    if (!m_last || now > *m_last) m_last = now;
    if (m_tokens < 1.0) return false;
    m_tokens -= 1.0;
    return true;
  }

 private:
  double m_perSecond;
  double m_burst;
  double m_tokens;
  std::optional<TimePoint> m_last;
};

// Never more than kBuckets: addresses that meet in one share it, which only makes it stricter.
class AddressLimiter {
 public:
  AddressLimiter(double perSecond, double burst, HashKey key)
      : m_prototype(perSecond, burst), m_key(key) {}

  [[nodiscard]] bool take(TimePoint now, const IpAddress& source) {
    if (m_buckets.empty()) m_buckets.resize(kBuckets, m_prototype);  // clients never get here
    const std::size_t significant = source.isV4() ? 4 : 8;
    const ByteView bytes(source.bytes.data(), significant);
    return m_buckets[keyedHash(m_key, bytes) % kBuckets].take(now);
  }

 private:
  static constexpr std::size_t kBuckets = 4096;  // 160 kB once in use

  TokenBucket m_prototype;
  HashKey m_key;
  std::vector<TokenBucket> m_buckets;
};

}  // namespace foyer::net
