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

std::uint16_t clampU16(std::int64_t v) {
  return static_cast<std::uint16_t>(std::clamp<std::int64_t>(v, 0, kMaxU16));
}

}  // namespace

void ReceiverStats::onPacket(TimePoint now, std::uint64_t counter, std::uint16_t mediaTime) {
  if (!m_hasPacket) {
    m_hasPacket = true;
    m_firstCounter = m_highestCounter = counter;
    m_reportedHighest = counter - 1;  // wraps for 0; only differences count
    m_nextReport = now + kReportEvery;
  } else {
    // RFC 3550 section 6.4.1, in order of arrival.
    const Duration sent =
        static_cast<std::int16_t>(mediaTime - m_lastMediaTime) * wire::kMediaTimeUnit;
    const Duration change = (now - m_lastAt) - sent;
    m_jitter += ((change < Duration{0} ? -change : change) - m_jitter) / 16;
    m_highestCounter = std::max(m_highestCounter, counter);
    m_firstCounter = std::min(m_firstCounter, counter);
  }
  ++m_received;
  m_lastMediaTime = mediaTime;
  m_lastAt = now;
}

std::optional<wire::QualityReport> ReceiverStats::pollReport(TimePoint now, Duration jitterBuffer) {
  if (!m_nextReport || now < *m_nextReport) return std::nullopt;
  const std::uint64_t expected = m_highestCounter - m_reportedHighest;
  const std::uint64_t received = m_received - m_reportedReceived;
  m_reportedHighest = m_highestCounter;
  m_reportedReceived = m_received;
  // Late packets of the interval before can make more received than expected.
  m_lossShare = expected > received
                    ? static_cast<double>(expected - received) / static_cast<double>(expected)
                    : 0;
  // Kept to the second even when polled late, but no burst of reports after a sleep.
  m_nextReport = std::max(*m_nextReport + kReportEvery, now + kReportEvery / 2);
  return wire::QualityReport{
      .number = m_number++,
      .highestCounter = static_cast<std::uint32_t>(m_highestCounter),
      .expected = clampU16(static_cast<std::int64_t>(std::min<std::uint64_t>(expected, kMaxU16))),
      .received = clampU16(static_cast<std::int64_t>(std::min<std::uint64_t>(received, kMaxU16))),
      .jitterTenthMs = clampU16(m_jitter / 100us),
      .bufferMs = clampU16(toMilliseconds(jitterBuffer)),
      .echoMediaTime = m_lastMediaTime,
      .echoHoldMs = clampU16(toMilliseconds(now - m_lastAt))};
}

std::optional<TimePoint> ReceiverStats::pollTimeout() const { return m_nextReport; }

std::uint64_t ReceiverStats::lost() const {
  if (!m_hasPacket) return 0;
  const std::uint64_t expected = m_highestCounter - m_firstCounter + 1;
  return expected > m_received ? expected - m_received : 0;
}

void SenderStats::onSent(TimePoint now, std::uint16_t mediaTime) {
  m_sent[m_nextSent] = {.at = now, .mediaTime = mediaTime, .used = true};
  m_nextSent = (m_nextSent + 1) % kRemembered;
  ++m_sentSinceReport;
}

bool SenderStats::onReport(TimePoint now, const wire::QualityReport& report) {
  if (m_lastNumber) {
    const auto ahead = static_cast<std::uint8_t>(report.number - *m_lastNumber);
    if (ahead == 0 || ahead > kHalfCircle) return false;
  }
  m_lastNumber = report.number;
  if (report.expected > 0) {
    m_view.lossShare = report.received >= report.expected
                           ? 0
                           : static_cast<double>(report.expected - report.received) /
                                 static_cast<double>(report.expected);
  } else {
    m_view.lossShare = m_sentSinceReport >= kEnoughSent ? 1 : 0;
  }
  m_sentSinceReport = 0;
  m_view.jitter = report.jitterTenthMs * Duration(100us);
  m_view.peerJitterBuffer = Duration(std::chrono::milliseconds(report.bufferMs));
  ++m_view.reports;
  for (const Sent& sent : m_sent) {
    if (!sent.used || sent.mediaTime != static_cast<std::uint16_t>(report.echoMediaTime)) continue;
    const Duration roundTrip =
        now - sent.at - Duration(std::chrono::milliseconds(report.echoHoldMs));
    // The hold is cut to whole milliseconds and is the peer's word; the trip cannot be negative.
    if (roundTrip > -2ms && roundTrip < kMaxRoundTrip)
      m_view.roundTrip = std::max(roundTrip, Duration{0});
    break;
  }
  return true;
}

}  // namespace foyer::quality
