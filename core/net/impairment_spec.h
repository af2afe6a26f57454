// How much worse the own sending is made on purpose, and what came of it. Plain values.
#pragma once

#include <cstdint>

namespace foyer::net {

struct ImpairmentSpec {
  // Beyond these nothing is learnt any more: a call is given up after 45 s without a packet.
  static constexpr int kMostDelayMs = 5000;
  static constexpr int kMostJitterMs = 2000;
  static constexpr int kMostRateKbps = 100'000;
  // The handshake alone is slower than its time-outs below this.
  static constexpr int kLeastRateKbps = 8;

  int delayMs = 0;
  int jitterMs = 0;        // uniform extra, 0 … this
  double lossPercent = 0;  // 0 … 100, each datagram by itself
  int rateKbps = 0;        // of IP packets; 0: not held

  [[nodiscard]] bool isOn() const {
    return delayMs > 0 || jitterMs > 0 || lossPercent > 0 || rateKbps > 0;
  }
  [[nodiscard]] bool isValid() const;
  bool operator==(const ImpairmentSpec&) const = default;
};

struct ImpairmentCounters {
  std::uint64_t sent = 0;        // went on to the network
  std::uint64_t lost = 0;        // by the wanted loss
  std::uint64_t overflowed = 0;  // more than the rate carries
};

}  // namespace foyer::net
