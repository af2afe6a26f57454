// The control stream: whole, in order, bounded.
#include "tests/net/endpoint_fixture.h"

namespace foyer::test {

namespace {

Bytes pattern(std::size_t size, std::uint64_t seed) {
  Bytes out(size);
  SeededRandom random(seed);
  random.fill(out);
  return out;
}

}  // namespace

// Pitfalls 14 and 15: bytes stay valid until acknowledged, and both windows are opened again.
TEST(Control, aMegabyteCrossesALossyPathIntact) {
  Pair p;
  ASSERT_TRUE(p.up());
  p.wire.loss = 0.05;
  const Bytes all = pattern(1024 * 1024, 3);
  Bytes sent;
  std::size_t at = 0;
  SeededRandom random(5);
  ASSERT_TRUE(p.wire.runUntil(
      [&] {
        while (at < all.size()) {
          const std::size_t n = std::min<std::size_t>(1 + random.below(5000), all.size() - at);
          if (!p.client->sendControl(p.c, ByteView(all).subspan(at, n))) break;
          at += n;
        }
        return p.client->stats(p.c)->controlPending == 0 && at == all.size();
      },
      120s));
  EXPECT_EQ(p.wire.controlBytes(p.serverNode), all);
}

TEST(Control, theServerAnswersOnTheSameStream) {
  Pair p;
  ASSERT_TRUE(p.up());
  // Nothing to answer on yet: it waits for the client's first word.
  ASSERT_TRUE(p.server->sendControl(p.s, viewOf("welcome")));
  p.wire.run(500ms);
  EXPECT_TRUE(p.wire.controlBytes(p.clientNode).empty());
  ASSERT_TRUE(p.client->sendControl(p.c, viewOf("hello")));
  p.wire.run(500ms);
  EXPECT_EQ(p.wire.controlBytes(p.clientNode), toBytes(viewOf("welcome")));
  const Bytes big = pattern(200 * 1024, 4);
  ASSERT_TRUE(p.server->sendControl(p.s, big));
  p.wire.run(5s);
  Bytes expected = toBytes(viewOf("welcome"));
  append(expected, big);
  EXPECT_EQ(p.wire.controlBytes(p.clientNode), expected);
}

TEST(Control, aFullBufferIsAnErrorAndTakesNothing) {
  Pair p;
  ASSERT_TRUE(p.up());
  EXPECT_EQ(p.server->sendControl(p.s, bytesOf(256 * 1024 + 1)).error(), SendError::BufferFull);
  ASSERT_TRUE(p.server->sendControl(p.s, bytesOf(256 * 1024)));
  EXPECT_EQ(p.server->sendControl(p.s, bytesOf(1)).error(), SendError::BufferFull);
  EXPECT_EQ(p.server->stats(p.s)->controlPending, 256U * 1024);
}

TEST(Control, whoDoesNotReadIsNotSentMore) {
  Pair p;
  ASSERT_TRUE(p.up());
  ASSERT_TRUE(p.client->sendControl(p.c, bytesOf(512 * 1024)));
  // Only the client is drained; the server's events stay where they are.
  const TransmitSink toServer = [&](const TransmitBatch& batch) {
    for (std::size_t at = 0; at < batch.payload.size(); at += batch.segmentSize) {
      const std::size_t n = std::min(batch.segmentSize, batch.payload.size() - at);
      p.server->handleDatagram(p.wire.now(),
                               {kServerAddress, kClientAddress, 0, batch.payload.subspan(at, n)});
    }
  };
  const TransmitSink toClient = [&](const TransmitBatch& batch) {
    for (std::size_t at = 0; at < batch.payload.size(); at += batch.segmentSize) {
      const std::size_t n = std::min(batch.segmentSize, batch.payload.size() - at);
      p.client->handleDatagram(p.wire.now(),
                               {kClientAddress, kServerAddress, 0, batch.payload.subspan(at, n)});
    }
  };
  TimePoint now = p.wire.now();
  for (int i = 0; i < 500; ++i, now += 5ms) {
    p.client->handleTimeout(now);
    p.client->pollTransmit(now, toServer);
    p.server->handleTimeout(now);
    p.server->pollTransmit(now, toClient);
  }
  std::size_t waiting = 0;
  while (auto event = p.server->pollEvent()) {
    if (auto* control = std::get_if<ControlReceived>(&*event)) waiting += control->bytes.size();
  }
  EXPECT_EQ(waiting, 64U * 1024);
}

TEST(Control, voiceGoesOnBesideABigTransfer) {
  Pair p;
  ASSERT_TRUE(p.up());
  ASSERT_TRUE(p.client->sendControl(p.c, bytesOf(900 * 1024)));
  p.wire.runWith(2s, 20ms, [&] { (void)p.sendFromClient(bytesOf(120)); });
  p.wire.run(200ms);
  EXPECT_GE(p.wire.events<DatagramReceived>(p.serverNode).size(), 95U);
  EXPECT_EQ(p.wire.controlBytes(p.serverNode).size(), 900U * 1024);
}

TEST(Control, unknownAndClosedConnectionsAreErrors) {
  Pair p;
  EXPECT_EQ(p.client->sendControl(ConnectionId{77}, viewOf("x")).error(),
            SendError::UnknownConnection);
  EXPECT_EQ(p.client->sendControl(ConnectionId{}, viewOf("x")).error(),
            SendError::UnknownConnection);
  ASSERT_TRUE(p.up());
  const ConnectionId old = p.c;
  p.client->close(p.wire.now(), p.c, 0);
  p.wire.run(1s);
  EXPECT_EQ(p.client->sendControl(old, viewOf("x")).error(), SendError::UnknownConnection);
  ASSERT_TRUE(p.up());
  EXPECT_EQ(old.slot(), p.c.slot());
  EXPECT_NE(old, p.c) << "a handle is never used again";
  EXPECT_EQ(p.client->sendDatagram(p.wire.now(), old, {}, viewOf("x")).error(),
            SendError::UnknownConnection);
}

}  // namespace foyer::test
