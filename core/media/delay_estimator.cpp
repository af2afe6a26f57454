#include "core/media/delay_estimator.h"

#include <algorithm>

namespace foyer::media {
namespace {

// About 10 s of 20 ms packets weigh in; shorter forgets spikes that come every few seconds, longer
// keeps delay up after the network has calmed.
constexpr float kForgetting = 0.998F;
// Late packets cost one short slip each, so fifteen in a thousand may be.
constexpr float kQuantile = 0.985F;
constexpr std::uint32_t kJudgeAfter = 10;

}  // namespace

void DelayEstimator::rotate(TimePoint now) {
  if (now < m_stepEnds) return;
  if (now >= m_stepEnds + kStep * kSteps) {
    m_stepUsed.fill(false);
    m_stepEnds = now + kStep;
    return;
  }
  while (now >= m_stepEnds) {
    m_step = (m_step + 1) % kSteps;
    m_stepUsed[m_step] = false;
    m_stepEnds += kStep;
  }
}

Duration DelayEstimator::onArrival(TimePoint arrivedAt, Duration transit) {
  if (m_lastTransit) {
    const Duration change =
        transit > *m_lastTransit ? transit - *m_lastTransit : *m_lastTransit - transit;
    m_jitter += (std::min(change, kMaxMeasured) - m_jitter) / 16;
  }
  m_lastTransit = transit;

  if (!m_hasBase) m_stepEnds = arrivedAt + kStep;
  rotate(arrivedAt);
  m_stepMin[m_step] = m_stepUsed[m_step] ? std::min(m_stepMin[m_step], transit) : transit;
  m_stepUsed[m_step] = true;
  m_hasBase = true;
  m_fastest = transit;
  for (std::size_t i = 0; i < kSteps; ++i)
    if (m_stepUsed[i]) m_fastest = std::min(m_fastest, m_stepMin[i]);

  const Duration relative = transit - m_fastest;
  // Learns fast at first: the n-th packet weighs 2/(n+1).
  ++m_seen;
  const float keep = std::min(kForgetting, 1.0F - 2.0F / (static_cast<float>(m_seen) + 1.0F));
  for (float& share : m_histogram) share *= keep;
  const auto bin = static_cast<std::size_t>(
      std::clamp<Duration::rep>(relative / kBin, 0, static_cast<Duration::rep>(kBins) - 1));
  m_histogram[bin] += 1.0F - keep;
  return relative;
}

bool DelayEstimator::isSettled() const { return m_seen >= kJudgeAfter; }

Duration DelayEstimator::quantile() const {
  float sum = 0;
  for (std::size_t i = 0; i < kBins; ++i) {
    sum += m_histogram[i];
    if (sum >= kQuantile) return kBin * static_cast<Duration::rep>(i + 1);
  }
  return kMaxMeasured;
}

void DelayEstimator::forgetBase() {
  m_hasBase = false;
  m_stepUsed.fill(false);
  m_lastTransit.reset();
}

}  // namespace foyer::media
