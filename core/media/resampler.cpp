#include "core/media/resampler.h"

#include <speex/speex_resampler.h>

#include "core/base/assert.h"

namespace foyer::media {
namespace {

// 80 taps of the lower rate: flat to nine tenths of its band, 5 ms of delay at 8 kHz.
constexpr int kQuality = 5;

}  // namespace

void Resampler::Destroy::operator()(SpeexResamplerState_* state) const {
  speex_resampler_destroy(state);
}

Resampler::Resampler(int fromHz, int toHz) {
  FOYER_ASSERT(fromHz > 0 && toHz > 0, "rates are positive");
  int error = RESAMPLER_ERR_SUCCESS;
  m_state.reset(speex_resampler_init(1, static_cast<spx_uint32_t>(fromHz),
                                     static_cast<spx_uint32_t>(toHz), kQuality, &error));
}

std::size_t Resampler::process(std::span<const std::int16_t> in, std::span<std::int16_t> out) {
  if (!m_state || in.empty() || out.empty()) return 0;
  auto taken = static_cast<spx_uint32_t>(in.size());
  auto made = static_cast<spx_uint32_t>(out.size());
  if (speex_resampler_process_int(m_state.get(), 0, in.data(), &taken, out.data(), &made) !=
      RESAMPLER_ERR_SUCCESS)
    return 0;
  return made;
}

int Resampler::inputLatency() const {
  return m_state ? speex_resampler_get_input_latency(m_state.get()) : 0;
}

int Resampler::outputLatency() const {
  return m_state ? speex_resampler_get_output_latency(m_state.get()) : 0;
}

void Resampler::reset() {
  if (m_state) speex_resampler_reset_mem(m_state.get());
}

}  // namespace foyer::media
