// Randomness of the operating system (getrandom(2)): for keys, identifiers and jitter. Blocks only
// before the kernel's pool was seeded at boot. Any thread.
#pragma once

#include "core/base/random.h"

namespace foyer::io {

class OsRandom final : public RandomSource {
 public:
  void fill(MutableByteView out) override;
};

}  // namespace foyer::io
