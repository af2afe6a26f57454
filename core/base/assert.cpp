#include "core/base/assert.h"

#include <cstdio>
#include <cstdlib>

namespace foyer {

void assertionFailed(const char* condition, const char* whyItHolds, std::source_location where) {
  std::fprintf(stderr, "foyer: broken invariant at %s:%u: %s (%s)\n", where.file_name(),
               where.line(), condition, whyItHolds);
  std::abort();
}

}  // namespace foyer
