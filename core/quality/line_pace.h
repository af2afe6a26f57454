// Tells a full queue from an unreliable way when both lose packets. A queue that is always full
// sends one packet after the other at the pace of the narrowest link: hardly two frames come as
// close together as they were sent. On a way that loses at random most of those that come do. A
// call that filled its way from its first packet on shows nothing else: its delay was never
// smaller. Value, no thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/base/time.h"

namespace foyer::quality {

class LinePace {
 public:
  // Packets in the order in which they came; `wireBytes`: with all headers; `frame`: the time that
  // its frame lasts, 0 for a packet without one.
  void onPacket(TimePoint at, std::uint64_t counter, Duration frame, std::size_t wireBytes);
  // Bits a second of the narrowest link, when the newest packets came at its pace though others
  // between them were lost; else nullopt.
  [[nodiscard]] std::optional<double> bps() const;

 private:
  struct Packet {
    TimePoint at{};
    std::uint64_t counter = 0;
    Duration frame{};
    std::size_t wireBytes = 0;
  };
  static constexpr std::size_t kPackets = 24;
  std::array<Packet, kPackets> m_packets{};
  std::uint64_t m_seen = 0;
};

}  // namespace foyer::quality
