#include "core/quality/send_plan.h"

#include <algorithm>
#include <array>

#include "core/quality/media_stats.h"

namespace foyer::quality {
namespace {

// Inside the seal before the frame: codec and time, media time; then the frame's length. Around it:
// header 4 and tag 16. A copy has type, length, distance and codec before it.
constexpr int kInnerHeader = 3;
constexpr int kSealBytes = 20;
constexpr int kCopyHeader = 4;
constexpr int kVarintOne = 63;  // longest length that takes one byte
constexpr auto& kBuckets = wire::kMediaBuckets;

// Codec bytes with copies, LBRR and all: above this a way that loses packets gains more from copies
// than from bits.
constexpr int kRedundantPayloadBps = 32'000;
// A copied stream below this falls to narrow band, and then the copies are worth little.
constexpr int kLeastCopiedBps = 9'600;
// LBRR costs a third of the bits at Good; less than this for the rest is not worth it.
constexpr int kLeastLbrrBps = 16'000;
// libopus spends nothing on LBRR below about 10 % at 24 kb/s, and gives up wide band above 30.
constexpr int kLeastExpectedLoss = 10, kMostExpectedLoss = 30;

// Losses, 0 … 1: from where a kind of redundancy pays, and below which it is given back.
constexpr double kLbrrFrom = 0.01, kLbrrUntil = 0.004;
constexpr double kOneCopyFrom = 0.05, kOneCopyUntil = 0.025;
constexpr double kTwoCopiesFrom = 0.15, kTwoCopiesUntil = 0.10;
// Fewer packets than this say little about so much loss.
constexpr std::uint32_t kLeastLost = 3;
constexpr Duration kQuickSpell = 2s;
constexpr Duration kSlowSpell = 5s;
// Loss must have stayed low for this long before bits are given back.
constexpr Duration kGiveBackAfter = 6s;
// Runs this much longer than chance would make them need copies further apart; longer ones yet
// more. Independent losses do not care, and near copies cost less delay.
constexpr double kRunsOfChance = 1.4;
constexpr double kLongRun = 4.0;

int packetMs(wire::PacketTime time) {
  return static_cast<int>(toMilliseconds(wire::durationOf(time)));
}

int innerBytes(int frameBytes, int copies) {
  const int own = kInnerHeader + (frameBytes > kVarintOne ? 2 : 1) + frameBytes;
  const int copied = kCopyHeader + (frameBytes + 2 > kVarintOne ? 1 : 0) + frameBytes;
  return own + copies * copied;
}

int bucketOf(int inner) {
  const auto found = std::upper_bound(kBuckets.begin(), kBuckets.end(), inner);
  return found == kBuckets.end() ? kBuckets.back() : *found;
}

int wireBpsOf(int frameBytes, int copies, int ms) {
  const int bytes =
      bucketOf(innerBytes(frameBytes, copies)) + kSealBytes + static_cast<int>(kWireOverhead);
  return bytes * 8 * 1000 / ms;
}

int bytesAt(int bps, int ms) { return bps * ms / 8000; }
// Rounded up, so that the encoder finds the same number of bytes in it.
int bpsOf(int bytes, int ms) { return (bytes * 8000 + ms - 1) / ms; }

int copiesOf(Redundancy wanted) {
  switch (wanted) {
    case Redundancy::None:
    case Redundancy::Lbrr:
      return 0;
    case Redundancy::OneCopy:
      return 1;
    case Redundancy::TwoCopies:
      return 2;
  }
  return 0;
}

int distanceFor(const LossPicture& picture, int ms) {
  // Packets of 40 ms and more are far enough apart by themselves.
  if (ms >= 40 || picture.burst * (1 - picture.loss) < kRunsOfChance) return 1;
  return picture.burst >= kLongRun ? 3 : 2;
}

// With this many copies in each packet, or nullopt when they do not fit the limits.
std::optional<SendPlan> withCopies(const SendPlan& base, int copies, const LossPicture& picture,
                                   const PlanLimits& limits) {
  const int ms = packetMs(base.time);
  int frame = base.frameBytes;
  const bool isOpus = base.codec == wire::CodecId::Opus;
  if (isOpus) {
    int payload = std::max(base.bitrateBps(), kRedundantPayloadBps);
    if (limits.maxPayloadBps) payload = std::min(payload, *limits.maxPayloadBps);
    frame = std::min(frame, bytesAt(payload, ms) / (copies + 1));
    // Down to the last size that fits; within a bucket every byte is used.
    while (limits.maxWireBps && frame > bytesAt(kLeastCopiedBps, ms) &&
           wireBpsOf(frame, copies, ms) > *limits.maxWireBps)
      --frame;
    if (bpsOf(frame, ms) < kLeastCopiedBps) return std::nullopt;
  } else if (limits.maxPayloadBps && bpsOf(frame * (copies + 1), ms) > *limits.maxPayloadBps) {
    return std::nullopt;
  }
  if (innerBytes(frame, copies) >= kBuckets.back()) return std::nullopt;
  if (limits.maxWireBps && wireBpsOf(frame, copies, ms) > *limits.maxWireBps) return std::nullopt;
  SendPlan plan = base;
  plan.frameBytes = frame;
  plan.copies = copies;
  plan.distance = distanceFor(picture, ms);
  return plan;
}

}  // namespace

int SendPlan::bitrateBps() const { return bpsOf(frameBytes, packetMs(time)); }
int SendPlan::wireBps() const { return wireBpsOf(frameBytes, copies, packetMs(time)); }

SendPlan planFor(wire::Tier tier, Redundancy wanted, const LossPicture& picture,
                 const PlanLimits& limits) {
  const wire::TierInfo& info = wire::tierInfo(tier);
  SendPlan base{
      .tier = tier, .codec = info.codec, .time = info.packetTime, .frameBytes = info.frameBytes};
  if (limits.isSparse && tier == wire::Tier::Good) {
    base.time = wire::PacketTime::Ms40;
    base.frameBytes *= 2;
  } else if (limits.isLowDelay && base.time == wire::PacketTime::Ms20 &&
             base.codec == wire::CodecId::Opus) {
    const int bytes = bytesAt(static_cast<int>(info.bitrateBps), 10);
    if (!limits.maxWireBps || wireBpsOf(bytes, 0, 10) <= *limits.maxWireBps) {
      base.time = wire::PacketTime::Ms10;
      base.frameBytes = bytes;
    }
  }
  const int ms = packetMs(base.time);
  if (limits.maxPayloadBps && base.bitrateBps() > *limits.maxPayloadBps &&
      base.codec == wire::CodecId::Opus)
    base.frameBytes = std::max(bytesAt(*limits.maxPayloadBps, ms), bytesAt(6'000, ms));
  for (int copies = copiesOf(wanted); copies > 0; --copies)
    if (const auto plan = withCopies(base, copies, picture, limits)) return *plan;
  if (wanted != Redundancy::None && base.codec == wire::CodecId::Opus &&
      base.bitrateBps() >= kLeastLbrrBps) {
    base.hasLbrr = true;
    base.expectedLossPercent = std::clamp(static_cast<int>(picture.loss * 100 + 0.5),
                                          kLeastExpectedLoss, kMostExpectedLoss);
  }
  return base;
}

double RedundancyTuner::lossSince(TimePoint from) const {
  std::uint64_t expected = 0, lost = 0;
  for (const Interval& interval : m_intervals) {
    if (interval.at < from) continue;
    expected += interval.expected;
    lost += interval.lost;
  }
  return lost < kLeastLost ? 0 : static_cast<double>(lost) / static_cast<double>(expected);
}

void RedundancyTuner::onReport(TimePoint now, std::uint32_t expected, std::uint32_t received,
                               double burst) {
  const std::uint32_t lost = expected - std::min(received, expected);
  m_intervals[m_next] = {.at = now, .expected = expected, .lost = lost, .burst = burst};
  m_next = (m_next + 1) % kKept;
  const double slow = lossSince(now - kSlowSpell);
  m_picture.loss = std::max(slow, lossSince(now - kQuickSpell));

  // Runs are weighed by what was lost in them.
  double runs = 0, inRuns = 0;
  for (const Interval& interval : m_intervals) {
    if (interval.at < now - 2 * kSlowSpell || interval.burst < 1) continue;
    runs += interval.lost / interval.burst;
    inRuns += interval.lost;
  }
  m_picture.burst = runs > 0 ? inRuns / runs : 1;

  const double quick = m_picture.loss;
  Redundancy aim = Redundancy::None;
  if (quick >= kTwoCopiesFrom)
    aim = Redundancy::TwoCopies;
  else if (quick >= kOneCopyFrom)
    aim = Redundancy::OneCopy;
  else if (quick >= kLbrrFrom)
    aim = Redundancy::Lbrr;
  if (aim > m_wanted) {
    m_wanted = aim;
    m_lowSince.reset();
    return;
  }
  const double until = m_wanted == Redundancy::TwoCopies ? kTwoCopiesUntil
                       : m_wanted == Redundancy::OneCopy ? kOneCopyUntil
                                                         : kLbrrUntil;
  if (m_wanted == Redundancy::None || slow >= until) {
    m_lowSince.reset();
  } else if (!m_lowSince) {
    m_lowSince = now;
  } else if (now - *m_lowSince >= kGiveBackAfter) {
    m_wanted = aim;
    m_lowSince.reset();
  }
}

void RedundancyTuner::onNetworkChanged(TimePoint now) {
  m_intervals.fill({});
  m_wanted = std::max(m_wanted, Redundancy::OneCopy);
  m_lowSince = now;
}

}  // namespace foyer::quality
