// The readings of one call, of which the newest are kept. Value, no thread.
#pragma once

#include <QString>
#include <array>
#include <cstdint>
#include <optional>

#include "core/engine/views.h"

namespace foyer::app {

// One reading; what is not known is 0.
struct TelemetrySample {
  std::int64_t atMs = 0;
  float delayMs = 0, bufferMs = 0;  // network (round trip), jitter buffer
  float lossPercent = 0, latePercent = 0, concealedPercent = 0;
  float sentKbps = 0, heardKbps = 0;
  float ownDb = -127, peerDb = -127;
  int tier = 0;             // wire::Tier
  int severity = 0;         // client::Severity
  bool isUnderrun = false;  // since the reading before
};

// What is quieter than this is as good as silent.
constexpr float kLevelFloorDb = -60;
// "−24", or a dash below the floor.
[[nodiscard]] QString levelText(float db);

class TelemetrySeries {
 public:
  static constexpr int kSamples = 240;

  [[nodiscard]] const std::optional<CallId>& call() const { return m_call; }
  [[nodiscard]] int count() const { return m_count; }
  // Oldest first.
  [[nodiscard]] const TelemetrySample& at(int index) const;
  // Of another call than those before, it begins anew.
  void add(const engine::CallView& call, std::int64_t nowMs);

 private:
  std::optional<CallId> m_call;
  std::array<TelemetrySample, kSamples> m_samples{};
  int m_count = 0, m_next = 0;
  client::RecoveryFigures m_before;
  std::uint64_t m_underrunsBefore = 0;
};

}  // namespace foyer::app
