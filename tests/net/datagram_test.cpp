// Datagrams: bounds, drop-oldest, coalescing, the acknowledgements they cost.
#include "tests/net/endpoint_fixture.h"

namespace foyer::test {

namespace {

struct Collector final : DatagramHandler {
  void onDatagram(TimePoint, ConnectionId from, ByteView payload) override {
    lastFrom = from;
    got.push_back(toBytes(payload));
  }
  ConnectionId lastFrom;
  std::vector<Bytes> got;
};

// Answers every datagram from inside the handler, to the sender.
struct Echo final : DatagramHandler {
  explicit Echo(Endpoint& e) : endpoint(e) {}
  void onDatagram(TimePoint now, ConnectionId from, ByteView payload) override {
    (void)endpoint.sendDatagram(now, from, viewOf("e"), payload);
  }
  Endpoint& endpoint;
};

std::uint64_t countPackets(Pair& p, const SocketAddress& from,
                           const std::function<void()>& action) {
  std::uint64_t count = 0;
  p.wire.onSend = [&](const WirePacket& packet) { count += packet.from == from ? 1U : 0U; };
  action();
  p.wire.onSend = nullptr;
  return count;
}

}  // namespace

TEST(Datagrams, headerAndPayloadArriveAsOne) {
  Pair p;
  ASSERT_TRUE(p.up());
  Collector collector;
  p.server->setDatagramHandler(&collector);
  ASSERT_TRUE(p.client->sendDatagram(p.wire.now(), p.c, viewOf("head"), viewOf("tail")));
  p.wire.run(100ms);
  ASSERT_EQ(collector.got.size(), 1U);
  EXPECT_EQ(collector.got[0], toBytes(viewOf("headtail")));
  EXPECT_EQ(collector.lastFrom, p.s);
}

TEST(Datagrams, withoutAHandlerTheyAreEventsAndBounded) {
  EndpointConfig config = serverConfig();
  config.maxDatagramEvents = 2;
  Pair p(config);
  ASSERT_TRUE(p.up());
  for (int i = 0; i < 3; ++i)
    ASSERT_TRUE(p.sendFromClient(bytesOf(100, static_cast<std::uint8_t>(i))));
  // All three in one packet, so nobody takes an event between them.
  p.wire.run(100ms);
  EXPECT_EQ(p.wire.events<DatagramReceived>(p.serverNode).size(), 2U);
  EXPECT_EQ(p.server->endpointStats().datagramEventsDropped, 1U);
}

TEST(Datagrams, aHandlerMayAnswerAtOnce) {
  Pair p;
  ASSERT_TRUE(p.up());
  Echo echo(*p.server);
  p.server->setDatagramHandler(&echo);
  ASSERT_TRUE(p.sendFromClient(viewOf("x")));
  p.wire.run(100ms);
  ASSERT_EQ(p.wire.events<DatagramReceived>(p.clientNode).size(), 1U);
  EXPECT_EQ(p.wire.last<DatagramReceived>(p.clientNode)->bytes, toBytes(viewOf("ex")));
}

TEST(Datagrams, aHandlerMayCloseAndDial) {
  struct Closer final : DatagramHandler {
    explicit Closer(Pair& p) : pair(p) {}
    void onDatagram(TimePoint now, ConnectionId from, ByteView) override {
      pair.server->close(now, from, 7, "flood");
      (void)pair.server->sendDatagram(now, from, {}, viewOf("late"));
      for (int i = 0; i < 40; ++i) {
        DialOptions options = pair.dial();
        options.local = kServerAddress;
        options.remote = at("192.0.2.1:1");
        (void)pair.server->connect(now, options);
      }
    }
    Pair& pair;
  };
  Pair p;
  ASSERT_TRUE(p.up());
  Closer closer(p);
  p.server->setDatagramHandler(&closer);
  ASSERT_TRUE(p.sendFromClient(viewOf("x")));
  ASSERT_TRUE(p.sendFromClient(viewOf("y")));
  p.wire.run(200ms);
  ASSERT_TRUE(p.clientClosed());
  EXPECT_EQ(p.clientClosed()->code, 7U);
  EXPECT_EQ(p.server->connectionCount(), 40U);
}

TEST(Datagrams, theOldestGivesWayWhenTheQueueIsFull) {
  Pair p;
  ASSERT_TRUE(p.up());
  for (std::uint8_t i = 0; i < 5; ++i) ASSERT_TRUE(p.sendFromClient(bytesOf(10, i)));
  EXPECT_EQ(p.client->stats(p.c)->datagramsQueued, 3U);
  p.wire.run(100ms);
  const auto got = p.wire.events<DatagramReceived>(p.serverNode);
  ASSERT_EQ(got.size(), 3U);
  EXPECT_EQ(got[0].bytes[0], 2);
  EXPECT_EQ(got[2].bytes[0], 4);
  EXPECT_EQ(p.client->stats(p.c)->datagramsDropped, 2U);
}

TEST(Datagrams, whatWaitedTooLongIsDropped) {
  Pair p;
  ASSERT_TRUE(p.up());
  ASSERT_TRUE(p.sendFromClient(bytesOf(10)));
  p.client->pollTransmit(p.wire.now() + 101ms, [](const TransmitBatch&) {});
  EXPECT_EQ(p.client->stats(p.c)->datagramsDropped, 1U);
  EXPECT_EQ(p.client->stats(p.c)->datagramsSent, 0U);
}

// Pitfall 6: QUIC keeps an oversize datagram at the head of the queue for ever, without an error.
TEST(Datagrams, anOversizeOneIsAnErrorAndBlocksNothing) {
  Pair p;
  ASSERT_TRUE(p.up());
  const std::size_t max = p.client->maxDatagramSize(p.c);
  EXPECT_GE(max, 1168U);
  EXPECT_EQ(p.sendFromClient(bytesOf(max + 1)).error(), SendError::TooLarge);
  ASSERT_TRUE(p.sendFromClient(bytesOf(max)));
  p.wire.run(100ms);
  ASSERT_EQ(p.wire.events<DatagramReceived>(p.serverNode).size(), 1U);
  EXPECT_EQ(p.wire.last<DatagramReceived>(p.serverNode)->bytes.size(), max);
}

TEST(Datagrams, theLargestGrowsWithThePathAndNotBeyondIt) {
  Pair p;
  ASSERT_TRUE(p.up());
  p.wire.run(12s);
  EXPECT_EQ(p.client->maxDatagramSize(p.c), 1444U - 32U);

  Pair narrow;
  narrow.wire.mtu = 1228;
  ASSERT_TRUE(narrow.up());
  narrow.wire.run(12s);
  EXPECT_EQ(narrow.client->maxDatagramSize(narrow.c), 1168U);
  ASSERT_TRUE(narrow.sendFromClient(bytesOf(1168)));
  narrow.wire.run(100ms);
  EXPECT_EQ(narrow.wire.events<DatagramReceived>(narrow.serverNode).size(), 1U);
}

TEST(Datagrams, severalShareAPacket) {
  Pair p;
  ASSERT_TRUE(p.up());
  p.wire.run(1s);
  const auto packets = countPackets(p, kServerAddress, [&] {
    for (int i = 0; i < 8; ++i) ASSERT_TRUE(p.sendFromServer(bytesOf(120)));
    p.wire.drain();
  });
  EXPECT_EQ(packets, 1U);
}

TEST(Datagrams, equalPacketsLeaveAsOneBatch) {
  Pair p;
  ASSERT_TRUE(p.up());
  p.wire.run(1s);
  const std::uint64_t before = p.wire.batches;
  const std::uint64_t sentBefore = p.wire.sent;
  for (int i = 0; i < 8; ++i) ASSERT_TRUE(p.sendFromServer(bytesOf(1100)));
  p.wire.drain();
  EXPECT_EQ(p.wire.sent - sentBefore, 8U);
  EXPECT_EQ(p.wire.batches - before, 1U);
}

// Pitfall 8: one acknowledgement per voice datagram costs 26 kbit/s.
TEST(Datagrams, acknowledgementsAreGathered) {
  const auto acksPerDatagram = [](Duration delay) {
    EndpointConfig config = serverConfig();
    config.serverProfile.ackDelay = delay;
    Pair p(config);
    EXPECT_TRUE(p.up());
    p.wire.run(1s);
    const auto acks = countPackets(p, kServerAddress, [&] {
      p.wire.runWith(10s, 20ms, [&] { (void)p.sendFromClient(bytesOf(120)); });
      p.wire.run(20ms);
    });
    EXPECT_EQ(p.server->stats(p.s)->datagramsReceived, 500U);
    EXPECT_EQ(p.client->stats(p.c)->datagramsLost, 0U);
    return static_cast<double>(acks) / 500.0;
  };
  EXPECT_GT(acksPerDatagram(Duration::zero()), 0.9);
  EXPECT_LT(acksPerDatagram(100ms), 0.2);
}

TEST(Datagrams, acknowledgementsAreNotDelayedAtTheStart) {
  Pair p;
  ASSERT_TRUE(p.up());
  const auto acks = countPackets(p, kServerAddress, [&] {
    p.wire.runWith(200ms, 20ms, [&] { (void)p.sendFromClient(bytesOf(120)); });
  });
  EXPECT_GE(acks, 8U);
}

TEST(Datagrams, controlIsNotDelayedByWaitingAcknowledgements) {
  Pair p;
  ASSERT_TRUE(p.up());
  p.wire.run(1s);
  p.wire.runWith(100ms, 20ms, [&] { (void)p.sendFromClient(bytesOf(120)); });
  ASSERT_TRUE(p.client->sendControl(p.c, viewOf("bye")));
  ASSERT_TRUE(p.sendFromClient(bytesOf(120)));
  const TimePoint began = p.wire.now();
  ASSERT_TRUE(p.wire.runUntil([&] { return p.client->stats(p.c)->controlPending == 0; }));
  EXPECT_LT(p.wire.now() - began, 60ms);
}

// Pitfall 9: with a held-back write the connection's own timer lies in the past.
TEST(Datagrams, heldBackAcknowledgementsDoNotSpinTheLoop) {
  Pair p;
  ASSERT_TRUE(p.up());
  p.wire.run(1s);
  const std::uint64_t before = p.wire.turns;
  p.wire.runWith(10s, 20ms, [&] { (void)p.sendFromClient(bytesOf(120)); });
  // 500 datagrams, about 100 acknowledgements, their timers: a few turns each.
  EXPECT_LT(p.wire.turns - before, 2500U);
}

// A call: each side sends a packet every 20 ms and has no other to hold back, so pacing needs no
// timer.
TEST(Datagrams, aCallWakesTheLoopForItsPacketsAndLittleElse) {
  Pair p;
  ASSERT_TRUE(p.up());
  p.wire.run(1s);
  const std::uint64_t before = p.wire.turns;
  p.wire.runWith(10s, 20ms, [&] {
    (void)p.sendFromClient(bytesOf(160));
    p.wire.run(8ms);
    (void)p.sendFromServer(bytesOf(160));
  });
  // 1000 of these packets arrive; 2000 turns while the end of each one's pacing was one, too.
  EXPECT_LT(p.wire.turns - before, 1300U);
}

// Pitfall 7: loss-based control starves voice under random loss.
TEST(Datagrams, eightSpeakersSurviveRandomLoss) {
  EndpointConfig config = serverConfig();
  Pair p(config);
  DialOptions options = p.dial();
  options.profile.datagramQueue = 8;
  ASSERT_TRUE(p.up(options));
  p.wire.delay = 50ms;
  p.wire.loss = 0.05;
  Collector collector;
  p.server->setDatagramHandler(&collector);
  p.wire.runWith(20s, 20ms, [&] {
    for (int i = 0; i < 8; ++i) (void)p.sendFromClient(bytesOf(120));
  });
  p.wire.run(1s);
  EXPECT_GT(collector.got.size(), 8000U * 90 / 100);
}

TEST(Datagrams, lossAndDeliveryAreCounted) {
  Pair p;
  ASSERT_TRUE(p.up());
  p.wire.loss = 0.1;
  p.wire.runWith(20s, 20ms, [&] { (void)p.sendFromClient(bytesOf(120)); });
  p.wire.loss = 0;
  p.wire.runWith(2s, 20ms, [&] { (void)p.sendFromClient(bytesOf(120)); });
  const auto stats = *p.client->stats(p.c);
  const double lostShare = static_cast<double>(stats.datagramsLost) /
                           static_cast<double>(stats.datagramsLost + stats.datagramsAcked);
  EXPECT_NEAR(lostShare, 0.1 * 1000 / 1100, 0.05);
  EXPECT_NEAR(static_cast<double>(toMilliseconds(stats.minRtt)), 40, 1);
  EXPECT_GT(stats.congestionWindow, 0U);
}

TEST(Datagrams, theSharedPoolIsBounded) {
  EndpointConfig config = serverConfig();
  config.maxQueuedDatagrams = 16;
  config.serverProfile.datagramQueue = 64;
  Pair p(config);
  ASSERT_TRUE(p.up());
  for (int i = 0; i < 40; ++i) ASSERT_TRUE(p.sendFromServer(bytesOf(50)));
  EXPECT_EQ(p.server->stats(p.s)->datagramsQueued, 16U);
  EXPECT_EQ(p.server->stats(p.s)->datagramsDropped, 24U);
}

TEST(Datagrams, packetsCarryTheEcnMark) {
  Pair p;
  int marked = 0;
  p.wire.onSend = [&](const WirePacket& packet) { marked += packet.ecn == 2 ? 1 : 0; };
  ASSERT_TRUE(p.up());
  EXPECT_GT(marked, 3);
}

}  // namespace foyer::test
