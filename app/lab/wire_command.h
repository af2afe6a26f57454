// `foyer-lab wire`: cables between pairs of network devices that delay, jitter and lose frames, for
// the laboratory with real programs where the kernel has no netem. Each device's frames come out at
// its partner, in order. Needs packet sockets (packet(7)); ends when it is told to. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/fault.h"
#include "core/base/result.h"
#include "core/base/time.h"

namespace foyer::lab {

struct WireSpec {
  std::string ends[2];  // names of devices
  Duration delay{};     // one way
  Duration jitter{};    // up to so much more for each frame; the order is kept
  double loss = 0;      // 0 to below 1, of frames that are not about finding neighbours
};

// "DEVICE,DEVICE,DELAY_MS,JITTER_MS,LOSS_PERCENT"; at most a minute each.
[[nodiscard]] Result<WireSpec, Fault> parseWire(const std::string& text);

// Says "ready" on the standard output when frames pass, and returns only with a fault.
[[nodiscard]] Fault runWires(const std::vector<WireSpec>& wires, std::uint64_t seed);

}  // namespace foyer::lab
