#include "core/crypto/secret.h"

#include <sodium.h>

#include "core/base/assert.h"
#include "core/crypto/library.h"

namespace foyer::crypto {

void readyLibrary() {
  // Thread-safe by the language and by libsodium; picks implementations for this processor.
  static const bool ready = sodium_init() >= 0;
  FOYER_ASSERT(ready, "libsodium only fails to start without any source of randomness");
}

const char* libraryVersion() { return sodium_version_string(); }

void wipe(MutableByteView bytes) { sodium_memzero(bytes.data(), bytes.size()); }

bool equalInConstantTime(ByteView a, ByteView b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

void* allocateSecure(std::size_t size) {
  readyLibrary();
  // sodium_malloc places the object at the end of its pages, so the size has to keep alignment.
  constexpr std::size_t kAlign = alignof(std::max_align_t);
  void* const memory = sodium_malloc((size + kAlign - 1) / kAlign * kAlign);
  FOYER_ASSERT(memory != nullptr, "secrets are few and small");
  return memory;
}

void freeSecure(void* memory) { sodium_free(memory); }

namespace {
// Deeper than any key derivation of ours goes (measured below 6 kB).
constexpr std::size_t kScrubbedStack = 16 * 1024;
}  // namespace

void scrubStack() { sodium_stackzero(kScrubbedStack); }

}  // namespace foyer::crypto
