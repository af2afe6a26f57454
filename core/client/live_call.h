// One call while it lives, as the client keeps it beside the agent's keys and states: what it
// shows, its seam to the devices, and the figures of both directions. Value of the NET thread.
#pragma once

#include <deque>
#include <memory>
#include <optional>

#include "core/client/client_state.h"
#include "core/client/media_seam.h"
#include "core/quality/media_stats.h"
#include "core/wire/tiers.h"

namespace foyer::client {

// Bytes of the last two seconds, for the bit rate that is shown.
class RateMeter {
 public:
  static constexpr Duration kWindow = 2s;
  void add(TimePoint now, std::size_t bytes);
  [[nodiscard]] double kbps(TimePoint now) const;

 private:
  // Eight steps of 250 ms: enough for a figure that a person reads.
  static constexpr std::size_t kSteps = 8;
  static constexpr Duration kStep = kWindow / kSteps;
  void advance(TimePoint now);
  std::array<std::uint64_t, kSteps> m_bytes{};
  std::int64_t m_step = 0;
};

struct LiveCall {
  CallStatus status;
  std::shared_ptr<MediaSeam> seam;
  wire::Tier tier = wire::Tier::Good;
  quality::ReceiverStats received;
  quality::SenderStats sent;
  RateMeter txRate, rxRate;
  int owedReports = 0;                 // the peer waits for the proof that it was heard
  int cleanReports = 0;                // of the peer in a row without loss
  int expectedLossPercent = 0;         // what the encoder spends on copies of the frame before
  std::optional<TimePoint> keysSince;  // the silence timer's start
  std::uint64_t staleFrames = 0;       // waited too long and were dropped

  // What the devices and the network say now.
  [[nodiscard]] CallStatus snapshot(TimePoint now) const;
};

}  // namespace foyer::client
