// One direction of a network link in virtual time: delay, jitter, random and burst loss,
// reordering, duplication, a rate with a drop-tail queue, and cuts. A value: seeded, repeatable, no
// clock. Burst loss follows the two-state model of Gilbert (1960): a good state that loses nothing
// and a bad one that loses everything, with the wanted mean loss and mean burst length.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/random.h"
#include "core/base/time.h"

namespace foyer::sim {

struct LinkSpec {
  Duration delay = 0ms;           // constant one-way part
  Duration jitter = 0ms;          // uniform extra in [0, jitter]; order is kept unless reorder > 0
  double loss = 0;                // mean share of packets lost, 0..1
  double burstPackets = 1;        // mean length of a loss burst, >= 1; 1 = independent losses
  double reorder = 0;             // share of packets that overtake: sent without the jitter
  double duplicate = 0;           // share of packets delivered twice
  std::optional<double> rateBps;  // bottleneck, bits per second of IP packets
  Duration queueLimit = 200ms;    // drop-tail queue in front of the bottleneck
  std::uint32_t mtu = 1500;       // IP bytes; larger packets are lost, as with DF set
  // Replaces delay and jitter when not empty: one-way delay of successive traceStep intervals.
  std::vector<Duration> delayTrace;
  Duration traceStep = 20ms;
  // Replaces loss when not empty: the n-th packet is lost where lossTrace[n mod size] is true.
  std::vector<bool> lossTrace;
};

struct LinkCounters {
  std::uint64_t sent = 0, lost = 0, queueDropped = 0, duplicated = 0, tooBig = 0, bytes = 0;
};

class Link {
 public:
  Link(LinkSpec spec, std::uint64_t seed);

  // Arrival times of one packet of `ipBytes` sent now: none when lost, two when duplicated.
  struct Arrivals {
    std::array<TimePoint, 2> at{};
    int count = 0;
  };
  [[nodiscard]] Arrivals send(TimePoint now, std::uint32_t ipBytes);

  void setCut(bool isCut) { m_isCut = isCut; }
  void setSpec(LinkSpec spec) { m_spec = std::move(spec); }
  [[nodiscard]] const LinkSpec& spec() const { return m_spec; }
  [[nodiscard]] const LinkCounters& counters() const { return m_counters; }

 private:
  [[nodiscard]] bool isLost();

  LinkSpec m_spec;
  SeededRandom m_random;
  LinkCounters m_counters;
  bool m_isCut = false;
  bool m_inBurst = false;
  TimePoint m_bottleneckFreeAt{};
  TimePoint m_lastArrival{};
  std::optional<TimePoint> m_traceStart;
};

}  // namespace foyer::sim
