// Opus behind the seam of codec.h: VOIP, constant bit rate; deep PLC, NoLACE and DRED where
// the library has them (opusFeatures()). Objects of one thread.
#pragma once

#include <memory>

#include "core/media/codec.h"

namespace foyer::media {

// As the library that runs says.
[[nodiscard]] const char* opusVersion();
// nullptr when memory was short.
[[nodiscard]] std::unique_ptr<Encoder> makeOpusEncoder();
[[nodiscard]] std::unique_ptr<Decoder> makeOpusDecoder();

}  // namespace foyer::media
