#include "core/client/live_call.h"

#include <algorithm>

namespace foyer::client {

void RateMeter::advance(TimePoint now) {
  const std::int64_t step = now.time_since_epoch() / kStep;
  // A pause longer than the window leaves nothing of it.
  const std::int64_t passed = std::min<std::int64_t>(step - m_step, kSteps);
  for (std::int64_t i = 1; i <= passed; ++i)
    m_bytes[static_cast<std::size_t>((step - passed + i) % static_cast<std::int64_t>(kSteps))] = 0;
  m_step = std::max(m_step, step);
}

void RateMeter::add(TimePoint now, std::size_t bytes) {
  advance(now);
  m_bytes[static_cast<std::size_t>(m_step % static_cast<std::int64_t>(kSteps))] += bytes;
}

double RateMeter::kbps(TimePoint now) const {
  RateMeter copy = *this;
  copy.advance(now);
  copy.m_bytes[static_cast<std::size_t>(copy.m_step % static_cast<std::int64_t>(kSteps))] = 0;
  std::uint64_t sum = 0;
  for (const std::uint64_t b : copy.m_bytes) sum += b;
  return static_cast<double>(sum) * 8 / 1000 / std::chrono::duration<double>(kWindow).count();
}

namespace {

ReceiveFigures receiveFigures(const AudioReport& report) {
  const auto count = [](const std::atomic<std::uint64_t>& counter) {
    return counter.load(std::memory_order_relaxed);
  };
  const auto duration = [](const std::atomic<std::int64_t>& ns) {
    return Duration(ns.load(std::memory_order_relaxed));
  };
  return {.codec = report.receivedCodec.load(std::memory_order_relaxed),
          .packetTime = duration(report.packetTimeNs),
          .bufferDelay = duration(report.bufferDelayNs),
          .bufferTarget = duration(report.bufferTargetNs),
          .jitter = duration(report.jitterNs),
          .recovery = {.decoded = count(report.decoded),
                       .copies = count(report.copies),
                       .lbrr = count(report.lbrr),
                       .dred = count(report.dred),
                       .plc = count(report.plc),
                       .late = count(report.late),
                       .lost = count(report.lost),
                       .discarded = count(report.discarded),
                       .accelerated = count(report.accelerated),
                       .expanded = count(report.expanded)}};
}

}  // namespace

CallStatus LiveCall::snapshot(TimePoint now) const {
  CallStatus s = status;
  s.tx.kbps = txRate.kbps(now);
  s.rx.kbps = rxRate.kbps(now);
  s.tx.loss = sent.view().lossShare;
  s.rx.loss = received.lossShare();
  s.endToEndRtt = sent.view().roundTrip;
  s.tier = plan.tier;
  fillSending(s.sending, now);
  if (seam) s.receiving = receiveFigures(seam->report);
  if (seam && s.endToEndRtt && s.receiving.recovery.decoded > 0) {
    constexpr auto kRelaxed = std::memory_order_relaxed;
    s.mouthToEar = DelayParts{.packetTime = s.receiving.packetTime,
                              // The peer's encoder is one like ours.
                              .codec = Duration(seam->report.encoderDelayNs.load(kRelaxed)),
                              .network = *s.endToEndRtt / 2,
                              .jitterBuffer = s.receiving.bufferDelay,
                              .playoutDevice = Duration(seam->report.playoutLeadNs.load(kRelaxed))};
  }
  return s;
}

void LiveCall::fillSending(SendFigures& sending, TimePoint now) const {
  const quality::SenderView& view = sent.view();
  sending.tier = plan.tier;
  sending.copies = plan.copies;
  sending.copyDistance = plan.copies > 0 ? plan.distance : 0;
  sending.hasLbrr = plan.hasLbrr;
  sending.payloadBps = static_cast<int>(payloadRate.kbps(now) * 1000);
  sending.lateShare = view.lateShare;
  if (!controller) return;
  sending.choice = controller->settings().choice;
  sending.cause = controller->cause();
  sending.changedAt = controller->changedAt();
  sending.changes = controller->changes();
  sending.loss = controller->loss().loss;
  sending.burst = controller->loss().burst;
  sending.queueingDelay = controller->queueingDelay();
  if (const auto bps = controller->capacityBps()) sending.capacityKbps = *bps / 1000.0;
}

void FrameHistory::remember(const media::EncodedFrame& frame) {
  const ByteView bytes = frame.payload();
  if (bytes.size() > kMostBytes) return;
  Kept& kept = m_frames[m_next];
  m_next = (m_next + 1) % kFrames;
  kept.mediaTime = frame.mediaTime;
  kept.codec = frame.codec;
  kept.time = frame.time;
  kept.size = static_cast<std::uint16_t>(bytes.size());
  std::copy(bytes.begin(), bytes.end(), kept.bytes.begin());
}

ByteView FrameHistory::find(std::uint64_t mediaTime, wire::CodecId codec,
                            wire::PacketTime time) const {
  for (const Kept& kept : m_frames) {
    if (kept.size > 0 && kept.mediaTime == mediaTime && kept.codec == codec && kept.time == time)
      return {kept.bytes.data(), kept.size};
  }
  return {};
}

}  // namespace foyer::client
