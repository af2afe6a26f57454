#include "core/sim/call_meter.h"

#include <algorithm>

namespace foyer::sim {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;
// The rate that a client shows is of this long; a shorter talk has no other.
constexpr Duration kShownRateSpan = 2s;
constexpr double kP95 = 0.95;

double msOf(Duration d) { return std::chrono::duration<double, std::milli>(d).count(); }
Duration durationOfMs(double ms) {
  return std::chrono::round<Duration>(std::chrono::duration<double, std::milli>(ms));
}

double kbps(std::uint64_t bytes, Duration over) {
  const double seconds = std::chrono::duration<double>(over).count();
  return seconds > 0 ? static_cast<double>(bytes) * 8 / 1000 / seconds : 0;
}

client::RecoveryFigures less(client::RecoveryFigures a, const client::RecoveryFigures& b) {
  using R = client::RecoveryFigures;
  for (const auto field : {&R::decoded, &R::copies, &R::lbrr, &R::dred, &R::plc, &R::late, &R::lost,
                           &R::discarded, &R::accelerated, &R::expanded, &R::underruns})
    a.*field -= std::min(a.*field, b.*field);
  return a;
}

}  // namespace

WayMeter::WayMeter(TimePoint now, const CallId& call, SimClient& speaker, SimClient& listener,
                   const Link& link)
    : m_begun(now),
      m_call(call),
      m_speaker(&speaker),
      m_listener(&listener),
      m_link(&link),
      m_seam(listener.sounds().at(call).seam),
      m_before(countsAt(now)),
      m_mediaBytes(static_cast<std::size_t>(kEndSpan / kSampleEvery),
                   speaker.traffic().mediaBytes) {
  if (const auto status = speaker.client().call(now, call))
    m_figures.tierAtStart = m_figures.tierAtEnd = status->tier;
}

WayMeter::Counts WayMeter::countsAt(TimePoint now) const {
  Counts counts;
  counts.traffic = m_speaker->traffic();
  counts.lost = m_link->counters().lost + m_link->counters().queueDropped;
  if (const auto status = m_listener->client().call(now, m_call)) {
    counts.received = status->rx.packets;
    counts.recovery = status->receiving.recovery;
  }
  return counts;
}

void WayMeter::look(TimePoint now) {
  if (const auto status = m_speaker->client().call(now, m_call)) {
    if (status->tier != m_figures.tierAtEnd)
      m_figures.tierChanges.push_back({now - m_begun, status->tier, status->sending.cause});
    m_figures.tierAtEnd = status->tier;
    if (now - m_begun >= kShownRateSpan && status->sending.payloadBps > 0) {
      m_payloadSum += status->sending.payloadBps;
      ++m_payloadLooks;
    }
  }
  const auto status = m_listener->client().call(now, m_call);
  if (!status) return;
  if (const auto& parts = status->mouthToEar) {
    m_mouthToEarSumMs += msOf(parts->captureDevice + parts->packetTime + parts->codec +
                              parts->network + parts->jitterBuffer + parts->playoutDevice);
    ++m_mouthToEarLooks;
  }
}

void WayMeter::sample(TimePoint now) {
  m_bufferMs.push_back(
      static_cast<float>(msOf(Duration(m_seam->report.bufferDelayNs.load(kRelaxed)))));
  const Duration queue = m_link->queueing(now);
  m_figures.queueLongest = std::max(m_figures.queueLongest, queue);
  m_queueSumMs += msOf(queue);
  m_recentQueues[m_samples % kStandingSamples] = queue;
  if (!m_figures.afterSteps.empty()) {
    AfterStep& step = m_figures.afterSteps.back();
    step.longest = std::max(step.longest, queue);
    const Duration standing = *std::min_element(m_recentQueues.begin(), m_recentQueues.end());
    if (standing > kQueueBar) step.overFor = now - m_begun - step.at;
  }
  if (m_samples % static_cast<std::uint64_t>(kSeriesEvery / kSampleEvery) == 0)
    m_figures.queueSeries.push_back(queue);
  if (m_samples % kSamplesPerLook == 0) look(now);
  m_mediaBytes[m_samples % m_mediaBytes.size()] = m_speaker->traffic().mediaBytes;
  ++m_samples;
}

void WayMeter::onStep(TimePoint now) { m_figures.afterSteps.push_back({.at = now - m_begun}); }

WayFigures WayMeter::figures(TimePoint now) const {
  WayFigures figures = m_figures;
  const Counts counts = countsAt(now);
  const Duration span = now - m_begun;
  const SimTraffic& traffic = counts.traffic;
  const SimTraffic& before = m_before.traffic;
  figures.packets = traffic.mediaPackets - before.mediaPackets;
  figures.packetsLost = counts.lost - m_before.lost;
  figures.wireKbps = kbps(traffic.mediaBytes - before.mediaBytes, span);
  figures.ackKbps = kbps(traffic.otherBytes - before.otherBytes, span);
  // The oldest of the ring is where the next sample would go.
  figures.endKbps = kbps(traffic.mediaBytes - m_mediaBytes[m_samples % m_mediaBytes.size()],
                         std::min(span, kEndSpan));
  figures.recovery = less(counts.recovery, m_before.recovery);
  if (const std::uint64_t received = counts.received - m_before.received; received > 0)
    figures.lateShare = static_cast<double>(figures.recovery.late) / static_cast<double>(received);
  if (m_payloadLooks > 0)
    figures.payloadKbps = m_payloadSum / static_cast<double>(m_payloadLooks) / 1000;
  if (m_mouthToEarLooks > 0)
    figures.mouthToEar = durationOfMs(m_mouthToEarSumMs / static_cast<double>(m_mouthToEarLooks));
  figures.packetTime = Duration(m_seam->report.packetTimeNs.load(kRelaxed));
  if (m_samples == 0) return figures;
  figures.queueMean = durationOfMs(m_queueSumMs / static_cast<double>(m_samples));
  std::vector<float> sorted = m_bufferMs;
  std::sort(sorted.begin(), sorted.end());
  double sum = 0;
  for (const float ms : sorted) sum += ms;
  figures.bufferMean = durationOfMs(sum / static_cast<double>(sorted.size()));
  figures.bufferP95 =
      durationOfMs(sorted[static_cast<std::size_t>(kP95 * static_cast<double>(sorted.size() - 1))]);
  return figures;
}

}  // namespace foyer::sim
