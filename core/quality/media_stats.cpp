#include "core/quality/media_stats.h"

#include <algorithm>

namespace foyer::quality {
namespace {

constexpr std::int64_t kMaxU16 = 0xFFFF;
// Half a second of silence from the peer's counters while we sent: all of it is lost.
constexpr std::uint64_t kEnoughSent = 10;
// Numbers of reports are mod 256; one more than half the circle back is new.
constexpr int kHalfCircle = 128;
// A round trip above this is an echo of another turn of the media clock.
constexpr Duration kMaxRoundTrip = 10s;
// From here on packets come at the pace of the narrowest link, and few of them tell its rate.
constexpr Duration kQueueShowsRate = 30ms;
constexpr Duration kQueueStands = 100ms;
constexpr Duration kQuickRepeat = 200ms, kSlowRepeat = 1s;
constexpr int kQuickRepeats = 5;
// Packets that came in one go came at any rate.
constexpr Duration kTogether = 1us;
// What came in less time than this is a clump and says nothing about a rate.
constexpr Duration kShortestSpan = 20ms;

std::uint16_t clampU16(std::int64_t v) {
  return static_cast<std::uint16_t>(std::clamp<std::int64_t>(v, 0, kMaxU16));
}

// 0.1 kb/s are 100 bits a second.
std::uint16_t tenthKbps(std::uint64_t bytes, Duration span) {
  const double seconds = std::chrono::duration<double>(span).count();
  return clampU16(static_cast<std::int64_t>(
      std::min(static_cast<double>(bytes) * 8 / seconds / 100, static_cast<double>(kMaxU16) - 1)));
}

std::uint64_t wireBytes(const Arrival& arrival) { return arrival.bytes + kWireOverhead; }

}  // namespace

void ReceiverStats::onPacket(const Arrival& arrival) {
  const Arrival& before = m_recent[(m_seen + kRecent - 1) % kRecent];
  if (!m_hasPacket) {
    m_hasPacket = true;
    m_firstCounter = m_highestCounter = arrival.counter;
    m_reportedHighest = arrival.counter - 1;  // wraps for 0; only differences count
    m_nextReport = arrival.at + m_interval;
    m_lastReport = arrival.at;
    m_spellEnds = arrival.at + kSpell;
    m_mediaUnits = arrival.mediaTime;
  } else {
    const auto step =
        static_cast<std::int16_t>(arrival.mediaTime - static_cast<std::uint16_t>(m_mediaUnits));
    m_mediaUnits += step;
    if (!arrival.isTimed && !before.isTimed) {
      // RFC 3550 section 6.4.1, in order of arrival.
      const Duration change = (arrival.at - before.at) - step * wire::kMediaTimeUnit;
      m_jitter += ((change < Duration{0} ? -change : change) - m_jitter) / 16;
    }
    if (arrival.counter > m_highestCounter + 1) {
      ++m_runs;
      m_inRuns += arrival.counter - m_highestCounter - 1;
    } else if (arrival.counter < m_highestCounter && m_inRuns > 0) {
      --m_inRuns;
    }
    if (arrival.isTimed && !before.isTimed && arrival.counter == before.counter + 1 &&
        arrival.at >= before.at)
      m_pairTenth = tenthKbps(wireBytes(arrival), std::max(arrival.at - before.at, kTogether));
    m_highestCounter = std::max(m_highestCounter, arrival.counter);
    m_firstCounter = std::min(m_firstCounter, arrival.counter);
  }
  ++m_received;
  m_bytesSinceReport += wireBytes(arrival);
  m_linePace.onPacket(arrival.at, arrival.counter,
                      arrival.isTimed ? Duration{0} : arrival.packetTime, wireBytes(arrival));
  noteTransit(arrival);
  m_recent[m_seen % kRecent] = arrival;
  ++m_seen;
}

void ReceiverStats::noteTransit(const Arrival& arrival) {
  // A frame leaves when it is complete.
  const Duration transit =
      arrival.at.time_since_epoch() - m_mediaUnits * wire::kMediaTimeUnit - arrival.packetTime;
  if (arrival.at >= m_spellEnds) {
    m_spell = (m_spell + 1) % kSpells;
    m_smallest[m_spell].reset();
    m_spellEnds = arrival.at + kSpell;
  }
  auto& smallest = m_smallest[m_spell];
  smallest = smallest ? std::min(*smallest, transit) : transit;
  m_transits[m_seen % kTransits] = {arrival.at, transit};
}

Duration ReceiverStats::queueingDelay() const {
  if (m_seen < kStanding) return {};
  const auto before = [&](std::uint64_t n) -> const Transit& {
    return m_transits[(m_seen - 1 - n) % kTransits];
  };
  Duration standing = before(0).took;
  for (std::uint64_t n = 1; n < std::min<std::uint64_t>(m_seen, kTransits); ++n) {
    standing = std::min(standing, before(n).took);
    if (n + 1 >= kStanding && before(n).at <= before(0).at - kStandsFor) break;
  }
  Duration fastest = standing;
  for (const auto& spell : m_smallest)
    if (spell) fastest = std::min(fastest, *spell);
  return standing - fastest;
}

bool ReceiverStats::hasQueue() const { return queueingDelay() > kQueueStands; }

bool ReceiverStats::isUrgent(TimePoint now) const {
  if (!m_hasPacket || now < m_lastReport + kReportsApart) return false;
  const Duration queue = queueingDelay();
  // Reports are lost too: while a queue stands they are repeated. Growth counts by shares, or the
  // reports of a long queue would fill that of the way back.
  return queue > m_reportedQueue + std::max(kGrowthWorthReport, m_reportedQueue / 2) ||
         (queue > kQueueStands &&
          now >= m_lastReport + (m_repeats < kQuickRepeats ? kQuickRepeat : kSlowRepeat));
}

std::uint16_t ReceiverStats::deliveredTenth(TimePoint now) const {
  if (queueingDelay() > kQueueShowsRate && m_seen >= kRecent) {
    const Arrival& oldest = m_recent[m_seen % kRecent];
    const Arrival& newest = m_recent[(m_seen + kRecent - 1) % kRecent];
    std::uint64_t bytes = 0;
    for (const Arrival& arrival : m_recent) bytes += wireBytes(arrival);
    bytes -= wireBytes(oldest);  // it began the span
    if (newest.at - oldest.at >= kShortestSpan) return tenthKbps(bytes, newest.at - oldest.at);
  }
  const Duration span = now - m_lastReport;
  return span >= kReportEvery / 2 ? tenthKbps(m_bytesSinceReport, span) : std::uint16_t{0};
}

std::optional<wire::QualityReport> ReceiverStats::pollReport(TimePoint now, Duration jitterBuffer,
                                                             std::uint64_t late,
                                                             std::uint64_t played) {
  if (!m_nextReport || (now < *m_nextReport && !isUrgent(now))) return std::nullopt;
  const std::uint64_t expected = m_highestCounter - m_reportedHighest;
  const std::uint64_t received = m_received - m_reportedReceived;
  m_reportedHighest = m_highestCounter;
  m_reportedReceived = m_received;
  // Late packets of the interval before can make more received than expected.
  m_lossShare = expected > received
                    ? static_cast<double>(expected - received) / static_cast<double>(expected)
                    : 0;
  const std::uint64_t newLate = late - std::min(late, m_reportedLate);
  const std::uint64_t newFrames = newLate + played - std::min(played, m_reportedPlayed);
  if (const auto line = m_linePace.bps(); line && m_pairTenth == wire::kPairUnknown)
    m_pairTenth = clampU16(std::min(static_cast<std::int64_t>(*line / 100), kMaxU16 - 1));
  const Arrival& newest = m_recent[(m_seen + kRecent - 1) % kRecent];
  const wire::QualityReport report{
      .number = m_number++,
      .highestCounter = static_cast<std::uint32_t>(m_highestCounter),
      .expected = clampU16(static_cast<std::int64_t>(std::min<std::uint64_t>(expected, kMaxU16))),
      .received = clampU16(static_cast<std::int64_t>(std::min<std::uint64_t>(received, kMaxU16))),
      .jitterTenthMs = clampU16(m_jitter / 100us),
      .bufferMs = clampU16(toMilliseconds(jitterBuffer)),
      .echoMediaTime = newest.mediaTime,
      .echoHoldMs = clampU16(toMilliseconds(now - newest.at)),
      .burstTenths = m_runs == 0 ? std::uint8_t{0}
                                 : static_cast<std::uint8_t>(
                                       std::min<std::uint64_t>(m_inRuns * 10 / m_runs, 255)),
      .late255 = newFrames == 0 ? std::uint8_t{0}
                                : static_cast<std::uint8_t>(
                                      std::min<std::uint64_t>(newLate * 255 / newFrames, 255)),
      .queueMs = clampU16(toMilliseconds(queueingDelay())),
      .deliveredTenth = deliveredTenth(now),
      .pairTenth = m_pairTenth};
  // Kept to the second even when polled late, but no burst of reports after a sleep; and one that
  // came before its time counts as the next one.
  m_nextReport = now < *m_nextReport ? now + m_interval
                                     : std::max(*m_nextReport + m_interval, now + m_interval / 2);
  m_lastReport = now;
  // Not for ever so quickly: repeated reports fill a narrow way themselves.
  m_repeats = queueingDelay() > kQueueStands ? m_repeats + 1 : 0;
  m_reportedLate = late;
  m_reportedPlayed = played;
  m_runs = m_inRuns = 0;
  m_reportedQueue = queueingDelay();
  m_bytesSinceReport = 0;
  m_pairTenth = wire::kPairUnknown;
  return report;
}

std::optional<TimePoint> ReceiverStats::pollTimeout() const { return m_nextReport; }

std::uint64_t ReceiverStats::lost() const {
  if (!m_hasPacket) return 0;
  const std::uint64_t expected = m_highestCounter - m_firstCounter + 1;
  return expected > m_received ? expected - m_received : 0;
}

Duration SenderView::backlog(int carriedBps) const {
  if (carriedBps <= 0) return {};
  const auto work = std::chrono::duration<double>(static_cast<double>(sentSinceEchoBits) /
                                                  static_cast<double>(carriedBps));
  return std::max(Duration{0}, std::chrono::duration_cast<Duration>(work) - sinceEcho);
}

void SenderStats::onSent(TimePoint now, std::uint16_t mediaTime, std::size_t bytes) {
  m_sentBits += static_cast<std::int64_t>(8 * (bytes + kWireOverhead));
  m_sent[m_nextSent] = {.at = now, .mediaTime = mediaTime, .used = true, .bitsBefore = m_sentBits};
  m_nextSent = (m_nextSent + 1) % kRemembered;
  ++m_sentSinceReport;
}

bool SenderStats::onReport(TimePoint now, const wire::QualityReport& report) {
  if (m_lastNumber) {
    const auto ahead = static_cast<std::uint8_t>(report.number - *m_lastNumber);
    if (ahead == 0 || ahead > kHalfCircle) return false;
  }
  m_lastNumber = report.number;
  m_view.expected = report.expected;
  m_view.received = std::min(report.received, report.expected);
  if (report.expected > 0) {
    m_view.lossShare = static_cast<double>(m_view.expected - m_view.received) /
                       static_cast<double>(m_view.expected);
  } else {
    m_view.lossShare = m_sentSinceReport >= kEnoughSent ? 1 : 0;
  }
  m_sentSinceReport = 0;
  m_view.burst = report.burstTenths / 10.0;
  m_view.lateShare = report.late255 / 255.0;
  m_view.jitter = report.jitterTenthMs * Duration(100us);
  m_view.peerJitterBuffer = Duration(std::chrono::milliseconds(report.bufferMs));
  m_view.queueingDelay = Duration(std::chrono::milliseconds(report.queueMs));
  m_view.deliveredKbps =
      report.deliveredTenth == 0 ? std::nullopt : std::optional(report.deliveredTenth / 10.0);
  m_view.pairKbps = report.pairTenth == wire::kPairUnknown ? std::nullopt
                                                           : std::optional(report.pairTenth / 10.0);
  ++m_view.reports;
  for (const Sent& sent : m_sent) {
    if (!sent.used || sent.mediaTime != static_cast<std::uint16_t>(report.echoMediaTime)) continue;
    const Duration roundTrip =
        now - sent.at - Duration(std::chrono::milliseconds(report.echoHoldMs));
    // The hold is cut to whole milliseconds and is the peer's word; the trip cannot be negative.
    if (roundTrip > -2ms && roundTrip < kMaxRoundTrip) {
      m_view.roundTrip = std::max(roundTrip, Duration{0});
      m_view.smallestRoundTrip =
          std::min(m_view.smallestRoundTrip.value_or(*m_view.roundTrip), *m_view.roundTrip);
      m_view.sentSinceEchoBits = m_sentBits - sent.bitsBefore;
      // The way back took the trip without this way's own queue; half of it without any queue.
      const Duration back =
          *m_view.roundTrip - m_view.queueingDelay - *m_view.smallestRoundTrip / 2;
      m_view.sinceEcho = now - sent.at - *m_view.roundTrip + std::max(back, Duration{0}) +
                         *m_view.smallestRoundTrip / 2;
    }
    break;
  }
  return true;
}

}  // namespace foyer::quality
