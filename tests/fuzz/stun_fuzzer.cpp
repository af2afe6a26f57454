// A STUN or TURN message from anybody. What is read, is written again and reads the same.
#include "core/net/stun.h"

#include <array>

#include "core/base/assert.h"
#include "core/net/stun_integrity.h"

using namespace foyer;
using namespace foyer::net;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView bytes(data, size);
  if (const auto whole = stunSizeOnStream(bytes))
    FOYER_ASSERT(*whole >= kStunHeader, "a message has its header");
  const auto message = StunMessage::parse(bytes);
  if (!message) return 0;
  FOYER_ASSERT(stunSizeOnStream(bytes) == size, "both agree about the length");
  FOYER_ASSERT(message->unknownRequired().count <= size / 4, "each takes a header");
  (void)message->errorCode();
  (void)message->changeRequest();
  (void)message->channelNumber();
  (void)message->verifyIntegrity(viewOf("password"));
  (void)message->verifyIntegritySha256(viewOf("password"));

  Bytes buffer(size + 64);
  StunWriter writer(buffer, message->method(), message->messageClass(), message->transaction());
  for (const StunMessage::Attribute attribute : *message) {
    (void)message->text(attribute.type);
    (void)message->u32(attribute.type);
    (void)message->address(attribute.type);
    (void)message->xorAddress(attribute);
    writer.add(attribute.type, attribute.value);
  }
  writer.addIntegrity(viewOf("key"));
  const auto written = writer.addFingerprint().finish();
  // Its length field may not hold the codes as well.
  if (!written) return 0;
  const auto again = StunMessage::parse(*written);
  FOYER_ASSERT(again.has_value(), "what the writer makes is read");
  FOYER_ASSERT(again->verifyIntegrity(viewOf("key")), "under its key");
  auto left = message->begin();
  auto right = again->begin();
  for (; left != StunMessage::end(); ++left, ++right) {
    FOYER_ASSERT(right != StunMessage::end(), "with every attribute");
    FOYER_ASSERT((*left).type == (*right).type && toBytes((*left).value) == toBytes((*right).value),
                 "each the same");
  }
  FOYER_ASSERT(!(right != StunMessage::end()), "and no other");
  return 0;
}
