// What one side sends: codec, packet time, bits, and what each packet carries against loss. The
// planner fits a tier and its redundancy into the bits that the way allows; how much redundancy is
// wanted comes from RedundancyTuner. The settings are those measured in the project's audio notes:
// from about 5 % loss on, spaced copies of a wideband stream beat everything else at the same rate.
// Left out: which tier (controller.h), the encoding itself. Values, no thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/base/time.h"
#include "core/wire/tiers.h"

namespace foyer::quality {

// How much is done against loss.
enum class Redundancy : std::uint8_t {
  None,
  Lbrr,       // the encoder's own copy of the frame before
  OneCopy,    // each frame travels twice
  TwoCopies,  // … three times
};

struct SendPlan {
  wire::Tier tier = wire::Tier::Good;
  wire::CodecId codec = wire::CodecId::Opus;
  wire::PacketTime time = wire::PacketTime::Ms20;
  int frameBytes = 59;  // of one frame; copies have the same size
  int copies = 0;       // earlier frames in each packet
  int distance = 2;     // packets between a frame and its next copy
  bool hasLbrr = false;
  int expectedLossPercent = 0;  // what the encoder spends LBRR against
  bool operator==(const SendPlan&) const = default;

  // Of the codec alone, one stream, bits a second.
  [[nodiscard]] int bitrateBps() const;
  // Codec bytes with all copies, bits a second.
  [[nodiscard]] int payloadBps() const { return bitrateBps() * (1 + copies); }
  // On an IPv4 wire, one direction, without reports and acknowledgements.
  [[nodiscard]] int wireBps() const;
};

struct PlanLimits {
  std::optional<int> maxPayloadBps;  // a cap from outside
  std::optional<int> maxWireBps;     // what the way carries
  bool isLowDelay = false;           // 10 ms packets where the tier has 20
  bool isSparse = false;             // Good in 40 ms packets: the same speech for 41 kb/s, not 57
};

struct LossPicture {
  double loss = 0;   // 0 … 1
  double burst = 1;  // mean length of its runs, packets
};

// The tier with as much of the wanted redundancy as fits; the tier itself is never left.
[[nodiscard]] SendPlan planFor(wire::Tier tier, Redundancy wanted, const LossPicture& picture,
                               const PlanLimits& limits);

// How much redundancy is wanted: rises with the first report that shows loss, falls when a spell of
// reports shows less.
class RedundancyTuner {
 public:
  // Packets of one report: `expected` by counters, `received` of them; `burst` as reported (0 =
  // nothing was lost).
  void onReport(TimePoint now, std::uint32_t expected, std::uint32_t received, double burst);
  [[nodiscard]] Redundancy wanted() const { return m_wanted; }
  [[nodiscard]] const LossPicture& picture() const { return m_picture; }
  // Another network: what was learned is another's. Keeps one copy until reports say otherwise.
  void onNetworkChanged(TimePoint now);

 private:
  struct Interval {
    TimePoint at{};
    std::uint32_t expected = 0, lost = 0;
    double burst = 0;
  };
  [[nodiscard]] double lossSince(TimePoint from) const;
  // Reports come up to ten a second; more than this of them are of no use.
  static constexpr std::size_t kKept = 64;
  std::array<Interval, kKept> m_intervals{};
  std::size_t m_next = 0;
  Redundancy m_wanted = Redundancy::None;
  LossPicture m_picture;
  std::optional<TimePoint> m_lowSince;
};

}  // namespace foyer::quality
