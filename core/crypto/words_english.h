// The 2048 words themselves, sorted. Apart from words.h so that nothing else sees the table.
#pragma once

#include <array>
#include <string_view>

#include "core/crypto/words.h"

namespace foyer::crypto {

extern const std::array<std::string_view, kWordListSize> kEnglishWords;

}  // namespace foyer::crypto
