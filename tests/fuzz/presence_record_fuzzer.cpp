// A signed presence record from a relay; also with its signature made good, to reach what is
// behind.
#include "core/crypto/presence.h"

using namespace foyer;
using namespace foyer::crypto;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Identity identity = [] {
    SeededRandom random(1);
    return Identity::generate(random);
  }();
  const ByteView input(data, size);
  (void)openPresence(input);
  if (size > Signature::kSize) {
    Bytes record = toBytes(input.first(size - Signature::kSize));
    append(record, identity.sign(record).view());
    (void)openPresence(record);
  }
  return 0;
}
