// What one way of a simulated call was like while people talked: sampled as virtual time goes by,
// from the figures that both clients show, the packets that left, and the true queue of the link.
// Value of the simulator's thread.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/client/client_state.h"
#include "core/sim/link.h"
#include "core/sim/sim_client.h"

namespace foyer::sim {

struct TierChange {
  Duration at{};  // after the talking began
  wire::Tier tier = wire::Tier::Good;
  client::QualityCause cause = client::QualityCause::Start;
};

// How a queue went on after a step of the scenario, until the next one.
struct AfterStep {
  Duration at{};
  Duration longest{};
  Duration overFor{};  // how long after the step it last stood longer than kQueueBar; 0 = never
};

struct WayFigures {
  std::optional<double> payloadKbps;  // nullopt: this client does not say
  double wireKbps = 0;                // of packets that carry media, IP and UDP headers included
  double ackKbps = 0;                 // acknowledgements and all else that goes the same way
  double endKbps = 0;                 // wireKbps of the last kEndSpan
  std::uint64_t packets = 0;          // that carry media
  std::uint64_t packetsLost = 0;      // of all packets on the link, dropped by the queue included
  client::RecoveryFigures recovery;
  Duration bufferMean{}, bufferP95{}, packetTime{};
  double lateShare = 0;  // of the packets that arrived
  wire::Tier tierAtStart = wire::Tier::Good, tierAtEnd = wire::Tier::Good;
  std::vector<TierChange> tierChanges;
  std::optional<Duration> mouthToEar;  // mean of what the listener's client estimated
  Duration queueLongest{}, queueMean{};
  std::vector<AfterStep> afterSteps;
  std::vector<Duration> queueSeries;  // every kSeriesEvery
};

class WayMeter {
 public:
  // Sound and queue are looked at this often, the figures of the clients less often: they are many.
  static constexpr Duration kSampleEvery = 10ms;
  static constexpr int kSamplesPerLook = 5;
  static constexpr Duration kSeriesEvery = 250ms;
  static constexpr Duration kQueueBar = 100ms;
  // What stands in a queue is the least of this many samples: longer than packets are apart, so
  // that one long packet on a narrow way is no queue.
  static constexpr std::size_t kStandingSamples = 13;
  static constexpr Duration kEndSpan = 5s;

  // The talking begins now. All must outlive the meter; both clients are in `call`.
  WayMeter(TimePoint now, const CallId& call, SimClient& speaker, SimClient& listener,
           const Link& link);

  void sample(TimePoint now);
  // A step of the scenario takes effect now.
  void onStep(TimePoint now);
  [[nodiscard]] WayFigures figures(TimePoint now) const;

 private:
  // Monotonic figures, to be subtracted.
  struct Counts {
    SimTraffic traffic;
    std::uint64_t received = 0, lost = 0;
    client::RecoveryFigures recovery;
  };
  [[nodiscard]] Counts countsAt(TimePoint now) const;
  void look(TimePoint now);

  TimePoint m_begun;
  CallId m_call;
  SimClient* m_speaker;
  SimClient* m_listener;
  const Link* m_link;
  std::shared_ptr<client::MediaSeam> m_seam;  // of the listener
  Counts m_before;
  std::vector<float> m_bufferMs;
  std::array<Duration, kStandingSamples> m_recentQueues{};
  double m_queueSumMs = 0;
  double m_payloadSum = 0, m_mouthToEarSumMs = 0;
  std::uint64_t m_payloadLooks = 0, m_mouthToEarLooks = 0;
  std::uint64_t m_samples = 0;
  std::vector<std::uint64_t> m_mediaBytes;  // at each sample of the last kEndSpan, a ring
  WayFigures m_figures;
};

}  // namespace foyer::sim
