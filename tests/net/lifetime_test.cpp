// Ends of connections, idle time, resets, migration.
#include "tests/net/endpoint_fixture.h"

namespace foyer::test {

TEST(Lifetime, anIdleConnectionIsKeptAlive) {
  Pair p;
  ASSERT_TRUE(p.up());
  std::uint64_t fromClient = 0;
  std::uint64_t fromServer = 0;
  p.wire.run(15s);  // path MTU discovery is over
  p.wire.onSend = [&](const WirePacket& packet) {
    (packet.from == kClientAddress ? fromClient : fromServer)++;
  };
  p.wire.run(60s);
  EXPECT_TRUE(p.client->isConnected(p.c));
  EXPECT_TRUE(p.server->isConnected(p.s));
  // A PING each four seconds and its acknowledgement; some of those ask for one themselves.
  EXPECT_GE(fromClient, 13U);
  EXPECT_LE(fromClient, 30U);
  EXPECT_NEAR(static_cast<double>(fromServer), 15, 2);
}

// What the lobby shows of a way on which nobody speaks. A sample counts the wait of its answer as
// the path's where the way became faster than it was in the handshake, for which both sides also
// had to calculate (RFC 9002 section 5.3 lets no correction go below the minimum).
TEST(Lifetime, theRoundTripOfAQuietConnectionIsThePaths) {
  Pair p;
  p.wire.delay = 5ms;
  ASSERT_TRUE(p.up());
  p.wire.delay = 1ms;
  p.wire.run(120s);
  EXPECT_LE(p.client->stats(p.c)->smoothedRtt, 4ms);
  EXPECT_LE(p.server->stats(p.s)->smoothedRtt, 4ms);
}

TEST(Lifetime, aBlackHoleEndsBothSidesByIdleTime) {
  Pair p;
  ASSERT_TRUE(p.up());
  p.wire.run(15s);
  p.wire.pass = [](const WirePacket&) { return false; };
  const TimePoint cut = p.wire.now();
  ASSERT_TRUE(p.wire.runUntil([&] { return p.clientClosed() && p.serverClosed(); }, 60s));
  EXPECT_EQ(p.clientClosed()->reason, CloseReason::IdleTimeout);
  EXPECT_EQ(p.serverClosed()->reason, CloseReason::IdleTimeout);
  EXPECT_TRUE(p.clientClosed()->wasConnected);
  EXPECT_LE(p.wire.now() - cut, 10s);
  EXPECT_EQ(p.client->connectionCount(), 0U);
  EXPECT_EQ(p.server->connectionCount(), 0U);
  EXPECT_FALSE(p.client->pollTimeout()) << "nothing is left to wait for";
}

// QUIC would count the idle time from what the living side itself sent last.
TEST(Lifetime, whoSpeaksIntoABlackHoleNoticesAsSoonAsWhoIsSilent) {
  Pair p;
  ASSERT_TRUE(p.up());
  p.wire.run(15s);
  p.wire.pass = [](const WirePacket&) { return false; };
  const TimePoint cut = p.wire.now();
  // The first word after a silence is what would count.
  p.wire.run(5s);
  for (int i = 0; i < 40; ++i) {
    (void)p.server->sendControl(p.s, Bytes{1});
    (void)p.sendFromServer(bytesOf(100));
    (void)p.sendFromClient(bytesOf(100));
    p.wire.run(100ms);
  }
  ASSERT_TRUE(p.wire.runUntil([&] { return p.clientClosed() && p.serverClosed(); }, 60s));
  EXPECT_EQ(p.serverClosed()->reason, CloseReason::IdleTimeout);
  EXPECT_EQ(p.clientClosed()->reason, CloseReason::IdleTimeout);
  EXPECT_LE(p.wire.now() - cut, 10s);
}

TEST(Lifetime, anOwnerThatWasStoppedForAMinuteFindsTheConnectionOverBeforeItWrites) {
  Pair p;
  ASSERT_TRUE(p.up());
  p.wire.run(5s);
  ASSERT_TRUE(p.client->sendControl(p.c, Bytes{1, 2, 3}));
  std::size_t written = 0;
  p.client->pollTransmit(p.wire.now() + 60s,
                         [&](const TransmitBatch& batch) { written += batch.packets(); });
  EXPECT_EQ(written, 0U);
  const auto event = p.client->pollEvent();
  ASSERT_TRUE(event);
  const auto* closed = std::get_if<Closed>(&*event);
  ASSERT_NE(closed, nullptr);
  EXPECT_EQ(closed->reason, CloseReason::IdleTimeout);
}

TEST(Lifetime, withoutKeepAliveTheIdleTimeHolds) {
  Pair p;
  DialOptions options = p.dial();
  options.profile.keepAlive = Duration::zero();
  options.profile.pathMtuDiscovery = false;
  ASSERT_TRUE(p.up(options));
  ASSERT_TRUE(p.wire.runUntil([&] { return p.clientClosed().has_value(); }, 60s));
  EXPECT_EQ(p.clientClosed()->reason, CloseReason::IdleTimeout);
}

TEST(Lifetime, closingTellsThePeerCodeAndReason) {
  Pair p;
  ASSERT_TRUE(p.up());
  ASSERT_TRUE(p.client->sendControl(p.c, viewOf("goodbye")));
  p.client->close(p.wire.now(), p.c, 6, "draining");
  p.wire.run(1s);
  ASSERT_TRUE(p.clientClosed() && p.serverClosed());
  EXPECT_EQ(p.clientClosed()->reason, CloseReason::LocalClose);
  EXPECT_EQ(p.clientClosed()->code, 6U);
  EXPECT_EQ(p.serverClosed()->reason, CloseReason::PeerClose);
  EXPECT_EQ(p.serverClosed()->code, 6U);
  EXPECT_EQ(p.serverClosed()->detail, "draining");
  EXPECT_EQ(p.wire.controlBytes(p.serverNode), toBytes(viewOf("goodbye")));
}

TEST(Lifetime, aServerClosesAllAtOnce) {
  Pair p;
  ASSERT_TRUE(p.up());
  p.server->closeAll(p.wire.now(), 6, "draining");
  p.wire.run(1s);
  ASSERT_TRUE(p.clientClosed());
  EXPECT_EQ(p.clientClosed()->code, 6U);
  EXPECT_EQ(p.server->connectionCount(), 0U);
}

TEST(Lifetime, aDialCanBeGivenUp) {
  Pair p;
  p.c = p.start(p.dial());
  p.wire.run(10ms);
  p.client->close(p.wire.now(), p.c, 0);
  p.wire.run(1s);
  ASSERT_TRUE(p.clientClosed());
  EXPECT_EQ(p.clientClosed()->reason, CloseReason::LocalClose);
  EXPECT_EQ(p.client->connectionCount(), 0U);
  p.wire.run(12s);
  EXPECT_EQ(p.server->connectionCount(), 0U);

  // Before anything left at all.
  const auto id = p.client->connect(p.wire.now(), p.dial());
  ASSERT_TRUE(id);
  p.client->close(p.wire.now(), *id, 0);
  p.wire.run(1s);
  EXPECT_EQ(p.client->connectionCount(), 0U);
}

TEST(Lifetime, aLostCloseIsRepeatedToWhoeverStillSpeaks) {
  Pair p;
  ASSERT_TRUE(p.up());
  p.wire.run(1s);
  bool swallowed = false;
  p.wire.pass = [&](const WirePacket& packet) {
    if (packet.from != kServerAddress || swallowed) return true;
    swallowed = true;
    return false;
  };
  p.server->close(p.wire.now(), p.s, 3, "replaced");
  p.wire.drain();
  ASSERT_TRUE(swallowed);
  ASSERT_TRUE(p.sendFromClient(bytesOf(120)));
  p.wire.run(200ms);
  ASSERT_TRUE(p.clientClosed());
  EXPECT_EQ(p.clientClosed()->reason, CloseReason::PeerClose);
  EXPECT_EQ(p.clientClosed()->code, 3U);
  EXPECT_EQ(p.server->endpointStats().closesRepeated, 1U);
  EXPECT_EQ(p.server->endpointStats().resetsSent, 0U);
}

TEST(Lifetime, tombstonesAreBoundedAndThinOutTheirAnswers) {
  EndpointConfig config = serverConfig();
  config.maxTombstones = 1;
  Pair p(config);
  ASSERT_TRUE(p.up());
  Bytes late;
  p.wire.onSend = [&](const WirePacket& packet) {
    if (packet.from == kClientAddress) late = packet.bytes;
  };
  ASSERT_TRUE(p.sendFromClient(bytesOf(120)));
  p.wire.drain();
  p.wire.onSend = nullptr;
  p.server->close(p.wire.now(), p.s, 3);
  p.wire.drain();
  for (int i = 0; i < 100; ++i) p.wire.inject(kClientAddress, kServerAddress, late);
  p.wire.run(30ms);
  EXPECT_EQ(p.server->endpointStats().closesRepeated, 7U);  // 1, 2, 4, … 64
}

// Pitfall 3: a reset has a random id, so it must be routed by its token.
TEST(Lifetime, aRelayThatForgotIsNoticedInOneAndAHalfRoundTrips) {
  Pair p;
  ASSERT_TRUE(p.up());
  p.wire.run(1s);
  // The same identity, but no connections and other random numbers: a restart.
  SeededRandom again(4711);
  Endpoint restarted(serverConfig(), p.serverIdentity, again);
  p.wire.replace(p.serverNode, &restarted);
  const TimePoint began = p.wire.now();
  ASSERT_TRUE(p.sendFromClient(bytesOf(120)));
  ASSERT_TRUE(p.wire.runUntil([&] { return p.clientClosed().has_value(); }));
  EXPECT_EQ(p.clientClosed()->reason, CloseReason::StatelessReset);
  EXPECT_LE(p.wire.now() - began, 60ms);
  EXPECT_EQ(restarted.endpointStats().resetsSent, 1U);
  EXPECT_EQ(p.client->endpointStats().resetsReceived, 1U);
}

TEST(Lifetime, aResetWithAWrongTokenDoesNothing) {
  Pair p;
  ASSERT_TRUE(p.up());
  p.wire.run(1s);
  SeededRandom other(4711);
  const crypto::Identity otherIdentity = identityOf(101);
  Endpoint stranger(serverConfig(), otherIdentity, other);
  p.wire.replace(p.serverNode, &stranger);
  ASSERT_TRUE(p.sendFromClient(bytesOf(120)));
  p.wire.run(1s);
  EXPECT_TRUE(p.client->isConnected(p.c));
  EXPECT_EQ(p.client->endpointStats().resetsReceived, 0U);
}

TEST(Lifetime, twoEndpointsDoNotPlayPingPongWithResets) {
  EndpointConfig config = serverConfig();
  Pair p(config, config);
  Bytes unknown = bytesOf(200, 0x45);
  p.wire.inject(kClientAddress, kServerAddress, unknown);
  p.wire.run(10s);
  EXPECT_LE(p.wire.sent, 22U);
  const std::uint64_t after = p.wire.sent;
  p.wire.run(10s);
  EXPECT_EQ(p.wire.sent, after);
}

TEST(Lifetime, resetsAreRateLimited) {
  EndpointConfig config = serverConfig();
  config.statelessResetsPerSecond = 10;
  Pair p(config);
  const Bytes unknown = bytesOf(100, 0x45);
  for (int i = 0; i < 200; ++i) p.wire.inject(kClientAddress, kServerAddress, unknown);
  p.wire.run(100ms);
  EXPECT_EQ(p.server->endpointStats().resetsSent, 10U);
  EXPECT_EQ(p.client->endpointStats().resetsSent, 0U) << "a client's socket says nothing";
}

TEST(Lifetime, aReboundClientKeepsItsConnection) {
  Pair p;
  ASSERT_TRUE(p.up());
  p.wire.run(1s);
  const SocketAddress rebound = at("198.51.100.7:61000");
  p.wire.alias(p.clientNode, rebound);
  p.wire.rewriteSource = [&](const SocketAddress& from, const SocketAddress&) {
    return from == kClientAddress ? rebound : from;
  };
  // The NAT undoes it for the client, whose own address has not changed.
  DatagramWire& wire = p.wire;
  wire.pass = [&](const WirePacket& packet) {
    if (packet.to != rebound) return packet.to != kClientAddress;
    p.wire.inject(packet.from, kClientAddress, packet.bytes, p.wire.delay);
    return false;
  };
  std::size_t up = 0;
  wire.runWith(2s, 20ms, [&] {
    up += p.sendFromClient(bytesOf(120)) ? 1U : 0U;
    (void)p.sendFromServer(bytesOf(120));
  });
  wire.run(200ms);
  EXPECT_EQ(up, 100U);
  EXPECT_EQ(p.wire.events<DatagramReceived>(p.serverNode).size(), 100U);
  EXPECT_GE(p.wire.events<DatagramReceived>(p.clientNode).size(), 97U);
  const auto moved = wire.last<PathChanged>(p.serverNode);
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->remote, rebound);
  EXPECT_EQ(p.server->remoteAddress(p.s), rebound);
}

// Pitfall 10: only the client role can repair a path whose server side was rebound.
TEST(Lifetime, aClientMovesOneConnectionToAnotherPath) {
  Pair p;
  ASSERT_TRUE(p.up());
  p.wire.run(1s);
  const SocketAddress directLabel = at("127.1.0.1:1");
  const SocketAddress directServer = at("192.168.1.9:5000");
  p.wire.alias(p.clientNode, directLabel);
  p.wire.alias(p.serverNode, directServer);
  EXPECT_EQ(p.client->initiateMigration(p.wire.now(), p.c, kClientAddress, directServer).error(),
            MigrationError::SamePath);
  EXPECT_EQ(p.server->initiateMigration(p.wire.now(), p.s, directServer, directLabel).error(),
            MigrationError::NotClient);
  ASSERT_TRUE(p.client->initiateMigration(p.wire.now(), p.c, directLabel, directServer));
  p.wire.runWith(2s, 20ms, [&] {
    (void)p.sendFromClient(bytesOf(120));
    (void)p.sendFromServer(bytesOf(120));
  });
  const auto moved = p.wire.last<PathChanged>(p.clientNode);
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->remote, directServer);
  EXPECT_EQ(p.server->remoteAddress(p.s), directLabel);
  EXPECT_GE(p.wire.events<DatagramReceived>(p.serverNode).size(), 98U);
  EXPECT_GE(p.wire.events<DatagramReceived>(p.clientNode).size(), 98U);
}

TEST(Lifetime, aMoveToNowhereFailsAndTheConnectionStays) {
  Pair p;
  ASSERT_TRUE(p.up());
  p.wire.run(1s);
  ASSERT_TRUE(p.client->initiateMigration(p.wire.now(), p.c, at("127.1.0.1:1"), at("192.0.2.1:9")));
  p.wire.runWith(8s, 20ms, [&] { (void)p.sendFromClient(bytesOf(120)); });
  EXPECT_EQ(p.wire.events<MigrationFailed>(p.clientNode).size(), 1U);
  EXPECT_TRUE(p.wire.events<PathChanged>(p.clientNode).empty());
  EXPECT_GE(p.wire.events<DatagramReceived>(p.serverNode).size(), 398U);
}

TEST(Lifetime, twoRunsOfOneSeedCountTheSame) {
  const auto run = [] {
    Pair p(serverConfig(), {}, 99);
    p.wire.loss = 0.1;
    EXPECT_TRUE(p.up());
    (void)p.client->sendControl(p.c, bytesOf(100'000));
    p.wire.runWith(20s, 20ms, [&] {
      (void)p.sendFromClient(bytesOf(120));
      (void)p.sendFromServer(bytesOf(100));
    });
    const auto stats = *p.client->stats(p.c);
    return std::vector<std::uint64_t>{p.wire.sent,     p.wire.lost,         stats.packetsSent,
                                      stats.bytesSent, stats.datagramsLost, stats.datagramsReceived,
                                      p.wire.turns};
  };
  EXPECT_EQ(run(), run());
}

}  // namespace foyer::test
