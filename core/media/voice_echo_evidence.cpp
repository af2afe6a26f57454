#include "core/media/voice_echo_evidence.h"

#include <algorithm>
#include <cstddef>

namespace foyer::media {
namespace {

// Per block in which the far end is heard: a memory of one second of it.
constexpr float kKeep = 0.99F;
// An estimate below the background cannot be looked for.
constexpr float kOverNoise = 4;
// By chance less than a tenth is found; of an echo a filter that just begins to learn finds two
// fifths within a second, also while the near end speaks.
constexpr float kNothingFound = 0.12F, kFound = 0.24F;
constexpr float kShareStep = 0.2F;  // per block: no clicks

}  // namespace

void EchoEvidence::take(const Bands& bands) {
  float product = 0, power = 0;
  for (std::size_t b = 0; b < bands.product.size(); ++b) {
    if (bands.estimate[b] < kOverNoise * bands.noise[b]) continue;
    // No band counts for more than one, or a pause of the near end would outweigh all the rest.
    const float weight = 1 / (bands.microphone[b] + bands.estimate[b] + 1);
    product += weight * bands.product[b];
    power += weight * bands.estimate[b];
  }
  if (power > 0) {
    m_product = kKeep * m_product + product;
    m_power = kKeep * m_power + power;
  }
  const float wanted = std::clamp((found() - kNothingFound) / (kFound - kNothingFound), 0.0F, 1.0F);
  m_share += std::clamp(wanted - m_share, -kShareStep, kShareStep);
}

}  // namespace foyer::media
