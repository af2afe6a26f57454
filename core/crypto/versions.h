// Checks of the version lists that several bodies share. Values, no thread.
#pragma once

#include <cstdint>

#include "core/base/bytes.h"

namespace foyer::crypto {

// One byte per protocol version: 1 … 16 of them, ascending, none zero.
[[nodiscard]] bool areVersions(ByteView versions);
// The highest version in both lists; 0 when there is none.
[[nodiscard]] std::uint8_t highestCommonVersion(ByteView a, ByteView b);

}  // namespace foyer::crypto
