// One direction of a network link in virtual time: delay, jitter, random and burst loss,
// reordering, duplication, traces, a rate with a drop-tail queue, and cuts. A value: seeded,
// repeatable, no clock. Burst loss follows the two-state model of Gilbert (1960): a good state that
// loses nothing and a bad one that loses everything, with the wanted mean loss and mean burst
// length.
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
  // Traces count media packets alone, from the first that this link was given, lost ones too, and
  // begin again at their end; n is the number of the newest.
  // Replaces delay and jitter when not empty: every packet takes delayTrace[n mod size] beside the
  // bottleneck, in whatever order that makes them arrive.
  std::vector<Duration> delayTrace;
  // Replaces loss when not empty: a media packet is lost where lossTrace[n mod size] is true, any
  // other never is.
  std::vector<bool> lossTrace;
};

struct LinkCounters {
  std::uint64_t sent = 0, lost = 0, queueDropped = 0, duplicated = 0, tooBig = 0, bytes = 0;
  std::uint64_t media = 0;  // of those sent
};

class Link {
 public:
  Link(LinkSpec spec, std::uint64_t seed);

  // Arrival times of one packet of `ipBytes` sent now: none when lost, two when duplicated.
  struct Arrivals {
    std::array<TimePoint, 2> at{};
    int count = 0;
  };
  [[nodiscard]] Arrivals send(TimePoint now, std::uint32_t ipBytes, bool isMedia = false);
  // How long a packet sent now would wait for the bottleneck.
  [[nodiscard]] Duration queueing(TimePoint now) const;

  void setCut(bool isCut) { m_isCut = isCut; }
  // Another weather from now on. What already waits in the queue leaves as it would have.
  void setSpec(LinkSpec spec) { m_spec = std::move(spec); }
  [[nodiscard]] const LinkSpec& spec() const { return m_spec; }
  [[nodiscard]] const LinkCounters& counters() const { return m_counters; }

 private:
  [[nodiscard]] bool isLost(bool isMedia);
  // Where a trace stands.
  [[nodiscard]] std::size_t mediaNumber() const;

  LinkSpec m_spec;
  SeededRandom m_random;
  LinkCounters m_counters;
  bool m_isCut = false;
  bool m_inBurst = false;
  TimePoint m_bottleneckFreeAt{};
  TimePoint m_lastArrival{};
};

}  // namespace foyer::sim
