#include "core/io/os_random.h"

#include <sys/random.h>

#include <cerrno>

#include "core/base/assert.h"

namespace foyer::io {

void OsRandom::fill(MutableByteView out) {
  while (!out.empty()) {
    const ssize_t got = getrandom(out.data(), out.size(), 0);
    if (got < 0) {
      FOYER_ASSERT(errno == EINTR, "getrandom fails for no other reason on Linux 3.17 and later");
      continue;
    }
    out = out.subspan(static_cast<std::size_t>(got));
  }
}

}  // namespace foyer::io
