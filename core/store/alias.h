// The name a new identity is given: adjective and animal, e.g. "Calm Otter". Pure function of the
// random source. It is a suggestion, not an identity: two people may have the same.
#pragma once

#include <string>

#include "core/base/random.h"

namespace foyer::store {

[[nodiscard]] std::string randomAlias(RandomSource& random);

}  // namespace foyer::store
