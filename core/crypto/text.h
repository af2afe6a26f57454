// Two checks of fields that several bodies share. Values, no thread.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/base/bytes.h"

namespace foyer::crypto {

// Well-formed UTF-8 (RFC 3629): no surrogates, no overlong forms, nothing above U+10FFFF.
[[nodiscard]] bool isUtf8(std::string_view text);
// One byte per protocol version: 1 … 16 of them, ascending, none zero.
[[nodiscard]] bool areVersions(ByteView versions);
// The highest version in both lists; 0 when there is none.
[[nodiscard]] std::uint8_t highestCommonVersion(ByteView a, ByteView b);

}  // namespace foyer::crypto
