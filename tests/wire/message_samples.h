// Seeded random messages of every type, within the limits.
#pragma once

#include "core/base/random.h"
#include "core/wire/message.h"

namespace foyer::wire::testing {

// `index` is the alternative of Message.
[[nodiscard]] Message randomMessage(RandomSource& random, std::size_t index);

}  // namespace foyer::wire::testing
