// Datagrams from strangers into an endpoint that accepts connections. The input is a sequence of
// `u8 source ‖ u16 length ‖ bytes`; the lowest bit of the source moves time on by a second.
// mutations: 1500
#include <algorithm>

#include "core/base/assert.h"
#include "core/crypto/identity.h"
#include "core/net/endpoint.h"

using namespace foyer;
using namespace foyer::net;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const crypto::Identity identity = [] {
    SeededRandom random(1);
    return crypto::Identity::generate(random);
  }();
  SeededRandom random(2);
  EndpointConfig config;
  config.acceptMode = AcceptMode::Open;
  config.retryAboveHalfOpen = 4;
  config.maxHalfOpen = 8;
  Endpoint endpoint(config, identity, random);
  const SocketAddress local{IpAddress::v4(10, 0, 0, 1), 7447};
  endpoint.setTurnServers({{IpAddress::v4(10, 0, 0, 3), 3478}});

  TimePoint now = fromNanoseconds(1'000'000'000);
  std::size_t received = 0;
  std::size_t answered = 0;
  const TransmitSink sink = [&](const TransmitBatch& batch) {
    FOYER_ASSERT(batch.segmentSize > 0 && batch.packets() <= 64, "a batch fits UDP_SEGMENT");
    answered += batch.payload.size();
  };
  ByteView rest(data, size);
  while (rest.size() >= 3) {
    const std::uint8_t source = rest[0];
    const std::size_t length = std::min<std::size_t>(readU16(rest.data() + 1), rest.size() - 3);
    const ByteView payload = rest.subspan(3, length);
    rest = rest.subspan(3 + length);
    const SocketAddress remote{IpAddress::v4(10, 0, 0, static_cast<std::uint8_t>(source >> 4)),
                               static_cast<std::uint16_t>(1000 + source)};
    (void)endpoint.handleDatagram(now,
                                  {local, remote, static_cast<std::uint8_t>(source & 3), payload});
    received += payload.size();
    endpoint.pollTransmit(now, sink);
    if ((source & 1) != 0) now += 1s;
    endpoint.handleTimeout(now);
    endpoint.pollTransmit(now, sink);
    while (const auto event = endpoint.pollEvent()) {
      FOYER_ASSERT(!std::holds_alternative<Connected>(*event), "nobody here holds a key");
    }
  }
  // RFC 9000 section 8: three times what came, as no address is ever proven here.
  FOYER_ASSERT(answered <= 3 * received, "strangers are not amplified");
  FOYER_ASSERT(endpoint.halfOpenCount() <= 8, "half-open connections are bounded");
  for (int i = 0; i < 1000 && endpoint.pollTimeout(); ++i) {
    now = std::max(now, *endpoint.pollTimeout());
    endpoint.handleTimeout(now);
    endpoint.pollTransmit(now, sink);
  }
  FOYER_ASSERT(endpoint.connectionCount() == 0, "half-open connections end by themselves");
  return 0;
}
