// Codec2 behind the seam of codec.h: 1200 bit/s (frames of 40 ms, 6 bytes) and 3200 bit/s (20 ms,
// 8 bytes) at 8 kHz, resampled from and to 48 kHz. A packet is whole codec frames one after the
// other, so its packet time is a multiple of theirs. The library conceals nothing; that is here.
// Objects of one thread; Codec2's decoder draws its noise from one generator for the whole process.
#pragma once

#include <memory>

#include "core/media/codec.h"

namespace foyer::media {

// nullptr for another codec, or when memory was short.
[[nodiscard]] std::unique_ptr<Encoder> makeCodec2Encoder(wire::CodecId codec);
[[nodiscard]] std::unique_ptr<Decoder> makeCodec2Decoder(wire::CodecId codec);

}  // namespace foyer::media
