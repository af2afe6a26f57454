// What one direction of a call measures about the other: loss from authenticated packet counters,
// RFC 3550 jitter, and a report about once a second of time (not of packets: a stream that stops
// must be reported too). And the reading of the peer's reports about what we sent, with the round
// trip and the mouth-to-ear estimate that come out of the echoed media time.
// Left out: what to do about it (the adaptive controller). Values, no thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "core/base/time.h"
#include "core/wire/media_packet.h"

namespace foyer::quality {

constexpr Duration kReportEvery = 1s;

// Receiving side. Feed every authenticated, non-duplicate media packet.
class ReceiverStats {
 public:
  // `counter`: the packet's, unique and growing by one at the sender. `mediaTime`: 16 bit as on
  // the wire.
  void onPacket(TimePoint now, std::uint64_t counter, std::uint16_t mediaTime);

  // A report when a second has passed since the last one and anything ever came; else nullopt.
  // `jitterBuffer`: the playout delay now. Counts start again after each report.
  [[nodiscard]] std::optional<wire::QualityReport> pollReport(TimePoint now, Duration jitterBuffer);
  // The next poll gives a report, however short ago the last one was.
  void reportSoon(TimePoint now) { m_nextReport = now; }
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;

  // Of the last finished interval, 0 … 1.
  [[nodiscard]] double lossShare() const { return m_lossShare; }
  [[nodiscard]] Duration jitter() const { return m_jitter; }
  [[nodiscard]] std::uint64_t received() const { return m_received; }
  // Of the whole call, from counters: those that never came (a late one is taken back).
  [[nodiscard]] std::uint64_t lost() const;

 private:
  bool m_hasPacket = false;
  std::uint64_t m_firstCounter = 0;
  std::uint64_t m_highestCounter = 0;
  std::uint64_t m_received = 0;
  std::uint64_t m_reportedHighest = 0;  // at the last report
  std::uint64_t m_reportedReceived = 0;
  std::uint16_t m_lastMediaTime = 0;
  TimePoint m_lastAt{};
  Duration m_jitter{};
  double m_lossShare = 0;
  std::uint8_t m_number = 0;
  std::optional<TimePoint> m_nextReport;
};

// What the peer said about what we sent.
struct SenderView {
  double lossShare = 0;  // 0 … 1, last interval
  Duration jitter{};
  Duration peerJitterBuffer{};
  std::optional<Duration> roundTrip;  // from the echoed media time
  std::uint64_t reports = 0;
};

// Sending side. Remembers when media times were sent and reads reports.
class SenderStats {
 public:
  // `mediaTime`: 16 bit, of a packet sent now.
  void onSent(TimePoint now, std::uint16_t mediaTime);
  // False: an old or repeated report number; nothing changes. More received than expected is no
  // loss.
  bool onReport(TimePoint now, const wire::QualityReport& report);
  [[nodiscard]] const SenderView& view() const { return m_view; }

 private:
  struct Sent {
    TimePoint at{};
    std::uint16_t mediaTime = 0;
    bool used = false;
  };
  // 256 packets are 5 s of 20 ms: an echo older than that says nothing about the network.
  static constexpr std::size_t kRemembered = 256;
  std::array<Sent, kRemembered> m_sent{};
  std::size_t m_nextSent = 0;
  std::optional<std::uint8_t> m_lastNumber;
  std::uint64_t m_sentSinceReport = 0;
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
