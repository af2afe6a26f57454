// ESTOI, the extended short-time objective intelligibility of degraded speech against the clean
// original: J. Jensen and C. H. Taal, "An Algorithm for Predicting the Intelligibility of Speech
// Masked by Modulated Noise Maskers", IEEE/ACM TASLP 24(11), 2016. Pure function.
#pragma once

#include <cstdint>
#include <span>

namespace foyer::speech {

// Both 48 kHz mono and aligned to within a few milliseconds; the longer one's rest is ignored.
// 1 = intelligible as the reference, about 0 = nothing of it; at a white noise of 5 dB SNR about
// 0.6. Level does not matter. 0 when less than 0.4 s of the reference is speech.
[[nodiscard]] double estoi(std::span<const std::int16_t> reference,
                           std::span<const std::int16_t> degraded);

}  // namespace foyer::speech
