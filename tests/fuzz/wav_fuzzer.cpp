// Any bytes as a WAV file: refused, or no more samples than the bound.
#include <cstdint>

#include "core/base/assert.h"
#include "core/media/wav.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto wav = foyer::media::parseWav({data, size});
  if (wav) {
    FOYER_ASSERT(!wav->samples.empty() || size < 64, "a file with sound has samples");
    FOYER_ASSERT(wav->samples.size() <= foyer::media::kMaxWavSamples, "the result is bounded");
  }
  return 0;
}
