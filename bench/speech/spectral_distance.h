// Log-spectral distance of degraded speech from the original: over the frames in which the
// reference speaks, the mean of the root mean square difference of the two log power spectra.
// It sees lost bandwidth and dull or harsh codecs that intelligibility does not. Pure function.
#pragma once

#include <cstdint>
#include <span>

namespace foyer::speech {

constexpr double kWidebandHz = 8'000;
constexpr double kFullBandHz = 20'000;

// dB, 0 = the same spectra; both 48 kHz mono and aligned, compared up to `upToHz`. What lies 70 dB
// and more below the loudest bin of the reference counts as silence in both. Level matters. 0 for
// less than one frame of speech.
[[nodiscard]] double logSpectralDistance(std::span<const std::int16_t> reference,
                                         std::span<const std::int16_t> degraded, double upToHz);

}  // namespace foyer::speech
