// What one direction of a call measures about the other: loss and its runs from authenticated
// packet counters, RFC 3550 jitter, how much longer packets take than the fastest of late, the rate
// at which they arrive, and how far apart two that were sent at once arrive, or all of them do when
// the way is full. A report about once a
// second of time (not of packets: a stream that stops must be reported too), at once when delay
// grows. And the reading of the peer's reports about what we sent, with the round trip that comes
// out of the echoed media time. Left out: what to do about it (controller.h). Values, no thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/base/time.h"
#include "core/quality/line_pace.h"
#include "core/wire/media_packet.h"

namespace foyer::quality {

constexpr Duration kReportEvery = 1s;
// Delay that grew by this much since the last report is worth one of its own, at most ten a second.
constexpr Duration kGrowthWorthReport = 60ms;
constexpr Duration kReportsApart = 100ms;
// What is sent from now on is heard of by the peer's report after about this.
constexpr Duration kPlanArrives = 400ms;
// Beside a sealed packet on an IPv4 wire: IP 20, UDP 8, QUIC 29, hop header 1.
constexpr std::size_t kWireOverhead = 58;

// One authenticated, non-duplicate packet as it came.
struct Arrival {
  TimePoint at{};
  std::uint64_t counter = 0;    // unique, growing by one at the sender
  std::uint16_t mediaTime = 0;  // as on the wire
  Duration packetTime{};        // of its frame; a timed packet has that of the frame before it
  std::size_t bytes = 0;        // sealed
  bool isTimed = false;         // no frame: a report, sent at once with the frame before it
};

// Receiving side.
class ReceiverStats {
 public:
  void onPacket(const Arrival& arrival);

  // A report when its time has come and anything ever came; else nullopt. `jitterBuffer`: the
  // playout delay now; `late`, `played`: frames that came too late and that were played, since the
  // call's sound began. Counts start again after each report.
  [[nodiscard]] std::optional<wire::QualityReport> pollReport(TimePoint now, Duration jitterBuffer,
                                                              std::uint64_t late = 0,
                                                              std::uint64_t played = 0);
  // True when delay has grown so much that the sender should hear of it at once.
  [[nodiscard]] bool isUrgent(TimePoint now) const;
  // A queue stands on the way to here.
  [[nodiscard]] bool hasQueue() const;
  // The next poll gives a report, however short ago the last one was.
  void reportSoon(TimePoint now) { m_nextReport = now; }
  // Reports no oftener than this from now on; a narrow tier cannot carry one a second.
  void setInterval(Duration interval) { m_interval = interval; }
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;

  // Of the last finished interval, 0 … 1.
  [[nodiscard]] double lossShare() const { return m_lossShare; }
  [[nodiscard]] Duration jitter() const { return m_jitter; }
  // One-way delay of the newest packets over the smallest of the last half minute.
  [[nodiscard]] Duration queueingDelay() const;
  [[nodiscard]] std::uint64_t received() const { return m_received; }
  // Of the whole call, from counters: those that never came (a late one is taken back).
  [[nodiscard]] std::uint64_t lost() const;

 private:
  void noteTransit(const Arrival& arrival);
  [[nodiscard]] std::uint16_t deliveredTenth(TimePoint now) const;

  bool m_hasPacket = false;
  std::uint64_t m_firstCounter = 0;
  std::uint64_t m_highestCounter = 0;
  std::uint64_t m_received = 0;
  std::uint64_t m_reportedHighest = 0;  // at the last report
  std::uint64_t m_reportedReceived = 0;
  Duration m_jitter{};
  double m_lossShare = 0;
  std::uint8_t m_number = 0;
  Duration m_interval = kReportEvery;
  std::optional<TimePoint> m_nextReport;
  TimePoint m_lastReport{};
  int m_repeats = 0;  // of an urgent report
  std::uint64_t m_reportedLate = 0, m_reportedPlayed = 0;
  std::uint64_t m_runs = 0, m_inRuns = 0;  // of lost packets since the last report

  // The newest arrivals; the transits of the last few give the delay that stands.
  static constexpr std::size_t kRecent = 8;
  std::array<Arrival, kRecent> m_recent{};
  // What stands in a queue delays every packet for a while; what came in one clump after a stall
  // says nothing.
  static constexpr std::size_t kStanding = 4, kTransits = 16;
  static constexpr Duration kStandsFor = 150ms;
  struct Transit {
    TimePoint at{};
    Duration took{};
  };
  std::array<Transit, kTransits> m_transits{};
  std::uint64_t m_seen = 0;
  std::int64_t m_mediaUnits = 0;  // of the last packet, without wrap
  // Smallest transit of six spells of five seconds.
  static constexpr std::size_t kSpells = 6;
  static constexpr Duration kSpell = 5s;
  std::array<std::optional<Duration>, kSpells> m_smallest{};
  std::size_t m_spell = 0;
  TimePoint m_spellEnds{};
  Duration m_reportedQueue{};
  std::uint64_t m_bytesSinceReport = 0;
  std::uint16_t m_pairTenth = wire::kPairUnknown;
  LinePace m_linePace;
};

// What the peer said about what we sent.
struct SenderView {
  double lossShare = 0;                      // 0 … 1, last interval
  std::uint32_t expected = 0, received = 0;  // packets of that interval
  double burst = 0;      // mean length of the runs of lost packets; 0 = none were lost
  double lateShare = 0;  // 0 … 1 of its frames
  Duration jitter{};
  Duration peerJitterBuffer{};
  Duration queueingDelay{};             // one way, as the peer measured it
  std::optional<double> deliveredKbps;  // IPv4 wire rate of the newest packets that arrived
  std::optional<double> pairKbps;       // what two packets sent at once say the way can carry
  std::optional<Duration> roundTrip;    // from the echoed media time
  std::optional<Duration> smallestRoundTrip;
  // What was sent after the packet that the peer echoes, and for how long the way has been working
  // on that.
  std::int64_t sentSinceEchoBits = 0;
  Duration sinceEcho{};
  std::uint64_t reports = 0;

  // How long a way that carries so many bits a second is still busy with what was sent: a report
  // tells of the queue as it was when its packet came, and took its own time.
  [[nodiscard]] Duration backlog(int carriedBps) const;
};

// Sending side. Remembers when media times were sent and reads reports.
class SenderStats {
 public:
  // `mediaTime`: 16 bit, of a packet of so many sealed bytes sent now.
  void onSent(TimePoint now, std::uint16_t mediaTime, std::size_t bytes);
  // False: an old or repeated report number; nothing changes. More received than expected is no
  // loss.
  bool onReport(TimePoint now, const wire::QualityReport& report);
  [[nodiscard]] const SenderView& view() const { return m_view; }

 private:
  struct Sent {
    TimePoint at{};
    std::uint16_t mediaTime = 0;
    bool used = false;
    std::int64_t bitsBefore = 0;  // sent up to it, itself included
  };
  // 256 packets are 5 s of 20 ms: an echo older than that says nothing about the network.
  static constexpr std::size_t kRemembered = 256;
  std::array<Sent, kRemembered> m_sent{};
  std::size_t m_nextSent = 0;
  std::optional<std::uint8_t> m_lastNumber;
  std::uint64_t m_sentSinceReport = 0;
  std::int64_t m_sentBits = 0;
  SenderView m_view;
};

// From our microphone to the peer's ear, or the other way round: what each part adds.
struct MouthToEarInputs {
  Duration captureDevice{};  // device buffer of the speaking side
  Duration packetTime{};     // a frame must be complete before it is sent
  Duration codec{};          // lookahead
  Duration network{};        // one way; half the round trip
  Duration jitterBuffer{};   // of the listening side
  Duration playoutDevice{};  // device buffer of the listening side
};
[[nodiscard]] constexpr Duration mouthToEar(const MouthToEarInputs& in) {
  return in.captureDevice + in.packetTime + in.codec + in.network + in.jitterBuffer +
         in.playoutDevice;
}

}  // namespace foyer::quality
