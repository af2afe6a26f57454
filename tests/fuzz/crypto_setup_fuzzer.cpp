// Set-up bodies and boxes from strangers, room messages included. The input is taken as a body, as
// the plain text of a box, and as a box.
#include "core/base/assert.h"
#include "core/crypto/room_keys.h"
#include "core/crypto/setup_messages.h"

using namespace foyer;
using namespace foyer::crypto;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const BoxPair to = [] {
    SeededRandom random(1);
    return BoxPair::generate(random);
  }();
  static const SecretKey ephemeral = [] {
    SeededRandom random(2);
    return SecretKey::random(random);
  }();
  const ByteView input(data, size);
  if (const auto body = decodeSetup(input)) {
    FOYER_ASSERT(encodeSetup(*body) == toBytes(input), "a body has one encoding");
  }
  if (const auto join = decodeJoin(input)) {
    FOYER_ASSERT(encodeJoin(*join) == toBytes(input), "a body has one encoding");
  }
  if (const auto leave = decodeLeave(input)) {
    FOYER_ASSERT(encodeLeave(*leave) == toBytes(input), "a body has one encoding");
  }
  if (const auto sender = decodeSender(input)) {
    FOYER_ASSERT(encodeSender(*sender) == toBytes(input), "a body has one encoding");
  }
  (void)unsealSetup(to, input);
  if (size == kSetupPlainSize) {
    const auto opened = unsealSetup(to, sealTo(to.publicKey, ephemeral, input));
    if (opened) (void)decodeSetup(opened->body);
  } else if (const auto message = unpackSetup(input)) {
    (void)decodeSetup(message->body);
  }
  return 0;
}
