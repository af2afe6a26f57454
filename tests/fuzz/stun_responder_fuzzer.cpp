// What strangers send to the STUN side of a relay: nothing they say makes it send much, or to
// anybody but where it came from.
#include "core/base/assert.h"
#include "core/net/stun.h"
#include "core/net/stun_responder.h"

using namespace foyer;
using namespace foyer::net;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  SeededRandom random(1);
  StunResponder responder(random);
  const bool isV4 = size % 2 == 0;
  const SocketAddress remote{
      isV4 ? IpAddress::v4(198, 51, 100, 7) : *IpAddress::parse("2001:db8::7"), 50000};
  const DatagramView question{{}, remote, 0, {data, size}};
  responder.handleDatagram(TimePoint(1s), question);
  std::size_t answers = 0;
  responder.pollTransmit([&](const TransmitBatch& batch) {
    ++answers;
    FOYER_ASSERT(batch.remote == remote, "goes back to where the question came from");
    FOYER_ASSERT(10 * batch.payload.size() <= 22 * size, "amplifies nothing");
    const auto answer = StunMessage::parse(batch.payload);
    FOYER_ASSERT(answer.has_value(), "is a message itself");
    FOYER_ASSERT(answer->messageClass() != StunClass::Request, "asks nothing");
  });
  FOYER_ASSERT(answers <= 1, "one answer to one question");
  return 0;
}
