#include "core/base/assert.h"

#include <cstdio>
#include <cstdlib>

namespace foyer {

void assertionFailed(const char* condition, const char* whyItHolds, const char* file, int line) {
  std::fprintf(stderr, "foyer: broken invariant at %s:%d: %s (%s)\n", file, line, condition,
               whyItHolds);
  std::abort();
}

}  // namespace foyer
