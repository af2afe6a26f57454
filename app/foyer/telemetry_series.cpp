#include "app/foyer/telemetry_series.h"

#include <algorithm>
#include <cmath>

#include "core/wire/tiers.h"

namespace foyer::app {

namespace {

float percentOf(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0.f : 100.f * static_cast<float>(part) / static_cast<float>(whole);
}

}  // namespace

QString levelText(float db) {
  if (db <= kLevelFloorDb) return QStringLiteral("–");
  return QString::number(std::lround(db)).replace(u'-', u'−');
}

const TelemetrySample& TelemetrySeries::at(int index) const {
  return m_samples[static_cast<std::size_t>((m_next - m_count + index + 2 * kSamples) % kSamples)];
}

void TelemetrySeries::add(const engine::CallView& call, std::int64_t nowMs) {
  const engine::CallStats& stats = call.stats;
  const client::RecoveryFigures& recovery = stats.receiving.recovery;
  if (m_call != call.call) {
    *this = {};
    m_call = call.call;
    m_before = recovery;
    m_underrunsBefore = stats.underruns;
  }
  const client::RecoveryFigures recent = client::since(recovery, m_before);
  const std::int64_t elapsedMs =
      m_count > 0 ? std::max<std::int64_t>(1, nowMs - at(m_count - 1).atMs) : 1;

  TelemetrySample next;
  next.atMs = nowMs;
  next.delayMs = static_cast<float>(stats.rttMs.value_or(0));
  next.bufferMs = static_cast<float>(stats.jitterBufferMs.value_or(0));
  next.lossPercent = 100 * static_cast<float>(stats.rx.loss);
  next.latePercent = percentOf(recent.late, recent.late + recent.decoded);
  // plc counts blocks of 10 ms.
  next.concealedPercent =
      std::min(100.f, percentOf(recent.plc * 10, static_cast<std::uint64_t>(elapsedMs)));
  next.sentKbps = static_cast<float>(stats.tx.bitrateKbps);
  next.heardKbps = static_cast<float>(stats.rx.bitrateKbps);
  next.ownDb = call.levelInDb;
  next.peerDb = call.levelOutDb;
  next.tier = static_cast<int>(wire::parseTier(stats.tier).value_or(wire::Tier::Good));
  next.severity = static_cast<int>(call.explanation.severity);
  next.isUnderrun = stats.underruns > m_underrunsBefore;
  m_before = recovery;
  m_underrunsBefore = stats.underruns;
  m_samples[static_cast<std::size_t>(m_next)] = next;
  m_next = (m_next + 1) % kSamples;
  m_count = std::min(m_count + 1, kSamples);
}

}  // namespace foyer::app
