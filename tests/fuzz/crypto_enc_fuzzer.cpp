// Strict decoding of enc(): no input crashes, and what decodes is exactly its own encoding.
#include "core/base/assert.h"
#include "core/crypto/enc.h"

using namespace foyer;
using namespace foyer::crypto;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  const std::string_view label = labelOf(input);
  if (const auto one = decodeEnc<1>(input, label)) {
    const Bytes again = enc(label, {(*one)[0]});
    FOYER_ASSERT(again == toBytes(input), "enc() is injective");
  }
  if (const auto three = decodeEnc<3>(input, label)) {
    const Bytes again = enc(label, {(*three)[0], (*three)[1], (*three)[2]});
    FOYER_ASSERT(again == toBytes(input), "enc() is injective");
  }
  if (const auto inner = unpaddedSize(input)) {
    Bytes padded(size);
    padInto(input.first(*inner), padded);
    FOYER_ASSERT(padded == toBytes(input), "padding has one form");
  }
  return 0;
}
