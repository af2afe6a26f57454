// Which tier one direction of a call is sent in, and with what redundancy: driven by what the peer
// reports about it (media_stats.h), bounded by the person's choice, the peer's announced
// capability and the kind of network. Voice must not fill a queue: when delay grows while less
// arrives than is sent, redundancy goes first, then tiers; what stands in the queue is waited for.
// Upwards: rates that this call has carried return after five good seconds; above that, more
// redundancy is tried first (catalogue K-26), and nothing is tried that two packets sent at once
// show to be impossible. Constants beside the rules in controller.cpp.
// Left out: measuring (the receiver), encoding. Value, no thread.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/time.h"
#include "core/quality/ladder.h"
#include "core/quality/media_stats.h"
#include "core/quality/queue_hold.h"
#include "core/quality/rate_bars.h"
#include "core/quality/send_plan.h"

namespace foyer::quality {

// Why this side sends what it sends: the cause of the newest change.
enum class Cause : std::uint8_t {
  Start,
  Choice,     // the person chose
  PeerLimit,  // the peer announced that it can take no more
  Loss,
  Delay,      // a queue was filling on the way
  Capacity,   // the way carries no more than this
  Recovered,  // the reason for being lower is gone
  Probe,      // tried more than this call has carried so far, and it held
  Network,    // another network: began carefully
  Metered     // a network that is paid by volume
};
// Stable names, e.g. "peer_limit".
[[nodiscard]] const char* toString(Cause cause);

struct ControllerSettings {
  std::optional<wire::Tier> choice;  // nullopt = auto
  Capability capability;             // of the peer and of this build
  std::optional<int> maxPayloadBps;  // codec bytes with copies
  bool isLowDelay = false;           // 10 ms packets at the top
  bool isMetered = false;            // paid by volume: no studio
  bool operator==(const ControllerSettings&) const = default;
};

class QualityController {
 public:
  QualityController(TimePoint now, const ControllerSettings& settings);

  // The person, the peer or the network set other bounds.
  void configure(TimePoint now, const ControllerSettings& settings);
  // After each report of the peer that SenderStats took.
  void onReport(TimePoint now, const SenderView& view);
  // Another interface or address: what was learned about the way is another way's.
  void onNetworkChanged(TimePoint now);
  void handleTimeout(TimePoint now);
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;

  [[nodiscard]] const SendPlan& plan() const { return m_plan; }
  // False while the queue on the way is left to drain: frames are dropped unsent.
  [[nodiscard]] bool maySend(TimePoint now) const { return m_hold.maySend(now); }
  [[nodiscard]] Cause cause() const { return m_cause; }
  // Of the tier.
  [[nodiscard]] std::optional<TimePoint> changedAt() const { return m_changedAt; }
  [[nodiscard]] std::uint32_t changes() const { return m_changes; }
  [[nodiscard]] const ControllerSettings& settings() const { return m_settings; }
  [[nodiscard]] const LossPicture& loss() const { return m_tuner.picture(); }
  // One-way delay of what we send above what it is without a queue.
  [[nodiscard]] Duration queueingDelay() const { return m_queue; }
  // What the way seems to carry, IPv4 bits a second; known only once it was too little.
  [[nodiscard]] std::optional<int> capacityBps() const { return m_capacityBps; }

 private:
  struct Probe {
    wire::Tier next;
    SendPlan plan;
    TimePoint until;
    int bad = 0;
  };
  [[nodiscard]] wire::Tier ceiling() const;
  [[nodiscard]] bool isAuto() const { return !m_settings.choice; }
  // What a direction can be sent as, lowest bits first within a tier: Good has a step below it with
  // half as many packets.
  struct Step {
    wire::Tier tier;
    bool isSparse = false;
  };
  [[nodiscard]] SendPlan planOf(wire::Tier tier) const;
  // Without redundancy.
  [[nodiscard]] int barestBps(Step step) const;
  // With the redundancy that is wanted now.
  [[nodiscard]] int wantedBps(Step step) const;
  [[nodiscard]] std::optional<Step> stepUp(TimePoint now) const;
  void rise(TimePoint now, const Step& step, Cause cause);
  // The rate that packets now arriving were sent at.
  [[nodiscard]] int sentBps(TimePoint now) const;
  void noteQueue(TimePoint now, const SenderView& view);
  [[nodiscard]] bool isCongested(TimePoint now, const SenderView& view) const;
  void fall(TimePoint now, const SenderView& view);
  // How long congestion must last before this tier falls.
  [[nodiscard]] Duration patience() const;
  // Without a report for this long the way there or back is choked.
  [[nodiscard]] Duration silence() const;
  void considerLoss(TimePoint now, const SenderView& view, bool isRegular);
  void considerRise(TimePoint now);
  void startProbe(TimePoint now, wire::Tier next, int wireBps);
  void endProbe(TimePoint now, bool hasHeld);
  [[nodiscard]] bool mayChange(TimePoint now) const;
  bool setTier(TimePoint now, wire::Tier tier, Cause cause);
  void replan(TimePoint now);

  ControllerSettings m_settings;
  RedundancyTuner m_tuner;
  wire::Tier m_tier = wire::Tier::Good;
  bool m_isSparse = false;  // at Good; below it: Good is returned to by that step
  SendPlan m_plan;
  int m_previousBps = 0;  // of the plan before
  TimePoint m_planSince{};
  Cause m_cause = Cause::Start;
  std::optional<TimePoint> m_changedAt;
  std::uint32_t m_changes = 0;

  TimePoint m_began{};
  TimePoint m_lastReport{};
  TimePoint m_lastRegular{};
  bool m_hasReport = false;
  Duration m_queue{}, m_queueBefore{};
  Duration m_baseline{};  // delay that no lower rate takes away: the way's, not a queue
  std::optional<TimePoint> m_standingSince, m_standingFall, m_congestedSince, m_studioStepAt;
  std::optional<int> m_capacityBps;
  std::optional<int> m_limitBps;  // for tier and redundancy together
  RateBars m_bars;
  QueueHold m_hold;
  int m_lossyReports = 0;

  std::optional<TimePoint> m_goodSince, m_cleanSince;  // no queue; no loss
  TimePoint m_stableSince{};
  int m_carriedBps = 0;
  TimePoint m_roseAt{};
  bool m_hasRisen = false;  // … and it is not yet proven that it holds
  Duration m_retryAfter{};
  TimePoint m_retryAt{}, m_probeAt{};
  std::optional<Probe> m_probe;
};

}  // namespace foyer::quality
