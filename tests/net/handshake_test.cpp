// Who is let in, when, and what leaves before.
#include "tests/net/endpoint_fixture.h"

namespace foyer::test {

TEST(Handshake, bothSidesLearnTheOthersKeyAndName) {
  Pair p;
  ASSERT_TRUE(p.up());
  const auto client = p.wire.last<Connected>(p.clientNode);
  const auto server = p.wire.last<Connected>(p.serverNode);
  ASSERT_TRUE(client && server);
  EXPECT_EQ(client->peer, p.serverIdentity.publicKey());
  EXPECT_EQ(server->peer, p.clientIdentity.publicKey());
  EXPECT_EQ(client->alpn, "foyer/1");
  EXPECT_EQ(server->alpn, "foyer/1");
  EXPECT_EQ(client->role, Role::Client);
  EXPECT_EQ(server->role, Role::Server);
  EXPECT_EQ(server->remote, kClientAddress);
  EXPECT_EQ(p.client->peerKey(p.c), p.serverIdentity.publicKey());
}

TEST(Handshake, aPinByKeyAndTrustOnFirstUseConnectToo) {
  Pair byKey;
  DialOptions options = byKey.dial();
  options.pin = KeyPin::to(byKey.serverIdentity.publicKey());
  EXPECT_TRUE(byKey.up(options));

  Pair first;
  options = first.dial();
  options.pin = KeyPin::any();
  ASSERT_TRUE(first.up(options));
  const auto verified = first.wire.last<ServerKeyVerified>(first.clientNode);
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->peer, first.serverIdentity.publicKey());
}

TEST(Handshake, aServerThatIsNotThePinnedOneGetsNothing) {
  Pair p;
  DialOptions options = p.dial();
  options.pin = KeyPin::to(identityOf(999).fingerprint());
  p.c = p.start(options);
  ASSERT_TRUE(p.client->sendControl(p.c, viewOf("hello")));
  p.wire.run(2s);
  ASSERT_TRUE(p.clientClosed());
  EXPECT_EQ(p.clientClosed()->reason, CloseReason::PinMismatch);
  EXPECT_FALSE(p.clientClosed()->wasConnected);
  EXPECT_EQ(p.clientClosed()->presentedKey, p.serverIdentity.publicKey());
  EXPECT_TRUE(p.wire.events<ServerKeyVerified>(p.clientNode).empty());
  EXPECT_TRUE(p.wire.events<Connected>(p.serverNode).empty());
  EXPECT_TRUE(p.wire.controlBytes(p.serverNode).empty());
  ASSERT_TRUE(p.serverClosed());
  EXPECT_EQ(p.serverClosed()->reason, CloseReason::PeerRejectedKey);
}

TEST(Handshake, aClientThatIsNotThePinnedOneIsRefused) {
  EndpointConfig config = serverConfig();
  config.acceptFilter = [](const IncomingDial&) {
    return AcceptDecision{KeyPin::to(identityOf(999).publicKey()), {}, std::nullopt, 0};
  };
  Pair p(config);
  p.start(p.dial());
  p.wire.run(2s);
  ASSERT_TRUE(p.clientClosed() && p.serverClosed());
  EXPECT_EQ(p.serverClosed()->reason, CloseReason::PinMismatch);
  EXPECT_EQ(p.clientClosed()->reason, CloseReason::PeerRejectedKey);
  EXPECT_TRUE(p.wire.events<Connected>(p.clientNode).empty());
  EXPECT_TRUE(p.wire.events<Connected>(p.serverNode).empty());
}

// Pitfall 5: the client is "complete" one round trip before the server has judged it.
TEST(Handshake, theClientCountsAsAuthorisedOnlyAtConfirmation) {
  Pair p;
  p.c = p.start(p.dial());
  TimePoint verifiedAt{};
  ASSERT_TRUE(
      p.wire.runUntil([&] { return !p.wire.events<ServerKeyVerified>(p.clientNode).empty(); }));
  verifiedAt = p.wire.now();
  EXPECT_FALSE(p.client->isConnected(p.c));
  EXPECT_EQ(p.client->sendDatagram(p.wire.now(), p.c, {}, bytesOf(10)).error(),
            SendError::NotConnected);
  ASSERT_TRUE(p.wire.runUntil([&] { return p.client->isConnected(p.c); }));
  EXPECT_EQ(p.wire.now() - verifiedAt, 2 * p.wire.delay);
}

TEST(Handshake, theHelloTravelsWithTheFinished) {
  Pair p;
  const TimePoint began = p.wire.now();
  p.c = p.start(p.dial());
  ASSERT_TRUE(p.client->sendControl(p.c, viewOf("hello")));
  ASSERT_TRUE(p.wire.runUntil([&] { return !p.wire.controlBytes(p.serverNode).empty(); }));
  EXPECT_EQ(p.wire.controlBytes(p.serverNode), toBytes(viewOf("hello")));
  // There, back, and there with the Finished: the hello waited for no further round trip.
  EXPECT_EQ(p.wire.now() - began, 3 * p.wire.delay);
  // The server knows who speaks before it hears the word.
  const auto& events = p.wire.allEvents(p.serverNode);
  ASSERT_GE(events.size(), 2U);
  EXPECT_TRUE(std::holds_alternative<Connected>(events[0]));
  EXPECT_TRUE(std::holds_alternative<ControlReceived>(events[1]));
}

TEST(Handshake, theHelloCanBeHeldUntilTheServerAccepted) {
  Pair p;
  DialOptions options = p.dial();
  options.controlRelease = ControlRelease::AfterConfirmed;
  const TimePoint began = p.wire.now();
  p.c = p.start(options);
  ASSERT_TRUE(p.client->sendControl(p.c, viewOf("hello")));
  ASSERT_TRUE(p.wire.runUntil([&] { return !p.wire.controlBytes(p.serverNode).empty(); }));
  EXPECT_EQ(p.wire.now() - began, 5 * p.wire.delay);
}

TEST(Handshake, theServersWordNeverComesBeforeConnected) {
  Pair p;
  p.c = p.start(p.dial());
  ASSERT_TRUE(p.client->sendControl(p.c, viewOf("hello")));
  ASSERT_TRUE(p.wire.runUntil([&] { return !p.wire.controlBytes(p.serverNode).empty(); }));
  ASSERT_TRUE(p.server->sendControl(p.wire.last<Connected>(p.serverNode)->id, viewOf("welcome")));
  ASSERT_TRUE(p.wire.runUntil([&] { return !p.wire.controlBytes(p.clientNode).empty(); }));
  EXPECT_TRUE(p.client->isConnected(p.c));
  const auto& events = p.wire.allEvents(p.clientNode);
  EXPECT_TRUE(std::holds_alternative<Connected>(events[1]));
}

TEST(Handshake, noCommonNameIsItsOwnReason) {
  Pair p;
  DialOptions options = p.dial();
  options.alpn = kAlpnLink;
  p.start(options);
  p.wire.run(2s);
  ASSERT_TRUE(p.clientClosed() && p.serverClosed());
  EXPECT_EQ(p.clientClosed()->reason, CloseReason::AlpnMismatch);
  EXPECT_EQ(p.serverClosed()->reason, CloseReason::AlpnMismatch);
}

TEST(Handshake, theServerServesSeveralNames) {
  EndpointConfig config = serverConfig();
  config.alpns = {kAlpnRelay, kAlpnLink};
  Pair p(config);
  DialOptions options = p.dial();
  options.alpn = kAlpnLink;
  ASSERT_TRUE(p.up(options));
  EXPECT_EQ(p.wire.last<Connected>(p.serverNode)->alpn, kAlpnLink);
}

// Pitfall 11: both are off or wrong by default.
TEST(Handshake, nobodyThereEndsAfterTenSeconds) {
  Pair p;
  p.wire.pass = [](const WirePacket&) { return false; };
  const TimePoint began = p.wire.now();
  p.start(p.dial());
  ASSERT_TRUE(p.wire.runUntil([&] { return p.clientClosed().has_value(); }, 60s));
  EXPECT_EQ(p.clientClosed()->reason, CloseReason::HandshakeTimeout);
  EXPECT_NEAR(static_cast<double>(toMilliseconds(p.wire.now() - began)), 10'000, 100);
}

TEST(Handshake, aLostInitialIsRepeatedAfterAThirdOfASecond) {
  Pair p;
  std::vector<TimePoint> times;
  p.wire.onSend = [&](const WirePacket& packet) {
    if (packet.from == kClientAddress) times.push_back(packet.at);
  };
  p.wire.pass = [](const WirePacket&) { return false; };
  p.start(p.dial());
  p.wire.run(1s);
  ASSERT_GE(times.size(), 2U);
  EXPECT_NEAR(static_cast<double>(toMilliseconds(times[1] - times[0])), 300, 20);
}

TEST(Handshake, connectsThroughThirtyPercentLoss) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Pair p(serverConfig(), {}, seed);
    p.wire.loss = 0.3;
    EXPECT_TRUE(p.up()) << "seed " << seed;
  }
}

// Pitfall 4: a resumed session would skip the check of the key, so there is nothing to resume.
TEST(Handshake, everyConnectionIsAWholeHandshake) {
  Pair p;
  const auto bytesOfOne = [&] {
    std::uint64_t bytes = 0;
    p.wire.onSend = [&](const WirePacket& packet) { bytes += packet.bytes.size(); };
    EXPECT_TRUE(p.up());
    p.client->close(p.wire.now(), p.c, 0);
    p.wire.run(1s);
    return bytes;
  };
  const auto first = static_cast<double>(bytesOfOne());
  EXPECT_NEAR(static_cast<double>(bytesOfOne()), first, 32);
  EXPECT_EQ(p.wire.events<Connected>(p.serverNode).size(), 2U);
}

// Pitfall 16: one verify function serves all connections of an endpoint.
TEST(Handshake, eachConnectionIsHeldToItsOwnPin) {
  Pair p;
  DialOptions wrong = p.dial();
  wrong.pin = KeyPin::to(identityOf(999).fingerprint());
  const ConnectionId bad = p.start(wrong);
  const ConnectionId good = p.start(p.dial());
  const ConnectionId alsoBad = p.start(wrong);
  p.wire.run(2s);
  EXPECT_TRUE(p.client->isConnected(good));
  const auto closed = p.wire.events<Closed>(p.clientNode);
  ASSERT_EQ(closed.size(), 2U);
  EXPECT_EQ(closed[0].id, bad);
  EXPECT_EQ(closed[1].id, alsoBad);
}

TEST(Handshake, theFilterSeesTheChosenIdAndItsTagComesBack) {
  EndpointConfig config = serverConfig();
  const Bytes expected = bytesOf(16, 0x31);
  config.acceptFilter = [expected](const IncomingDial& dial) -> std::optional<AcceptDecision> {
    if (toBytes(dial.initialDcid) != expected) return std::nullopt;
    return AcceptDecision{KeyPin::any(), {}, std::nullopt, 42};
  };
  Pair p(config);
  DialOptions options = p.dial();
  p.start(options);
  p.wire.run(1s);
  EXPECT_EQ(p.server->connectionCount(), 0U);
  EXPECT_EQ(p.server->endpointStats().packetsSent, 0U) << "a stranger hears nothing at all";
  options.initialDcid = expected;
  ASSERT_TRUE(p.up(options));
  EXPECT_EQ(p.wire.last<Connected>(p.serverNode)->tag, 42U);
}

TEST(Handshake, theExporterIsEqualAtBothEndsAndKeptOnlyForPeers) {
  EndpointConfig config = serverConfig();
  config.alpns = {kAlpnRelay, kAlpnPeer};
  Pair p(config);
  DialOptions options = p.dial();
  options.alpn = kAlpnPeer;
  ASSERT_TRUE(p.up(options));
  const Bytes context = bytesOf(16, 9);
  const auto mine = p.client->exporter(p.c, "EXPORTER-foyer-p2p", context);
  const auto theirs = p.server->exporter(p.s, "EXPORTER-foyer-p2p", context);
  ASSERT_TRUE(mine && theirs);
  EXPECT_EQ(*mine, *theirs);
  EXPECT_NE(*mine, *p.client->exporter(p.c, "EXPORTER-foyer-p2p", bytesOf(16, 8)));

  Pair relay;
  ASSERT_TRUE(relay.up());
  EXPECT_FALSE(relay.client->exporter(relay.c, "EXPORTER-foyer-p2p", context));
  EXPECT_FALSE(relay.server->exporter(relay.s, "EXPORTER-foyer-p2p", context));
}

TEST(Handshake, badDialsAreErrors) {
  Pair p;
  DialOptions options = p.dial();
  options.initialDcid = bytesOf(7);
  EXPECT_EQ(p.client->connect(p.wire.now(), options).error(), DialError::BadOptions);
  options.initialDcid = bytesOf(21);
  EXPECT_EQ(p.client->connect(p.wire.now(), options).error(), DialError::BadOptions);
  options = p.dial();
  options.alpn.clear();
  EXPECT_EQ(p.client->connect(p.wire.now(), options).error(), DialError::BadOptions);
  EXPECT_EQ(p.client->connectionCount(), 0U);
}

TEST(Handshake, bothEndsMayDialAndServeOnOneSocket) {
  EndpointConfig config = serverConfig();
  Pair p(config, config);
  const auto there = p.client->connect(p.wire.now(), p.dial());
  DialOptions back;
  back.local = kServerAddress;
  back.remote = kClientAddress;
  back.pin = KeyPin::to(p.clientIdentity.publicKey());
  const auto here = p.server->connect(p.wire.now(), back);
  ASSERT_TRUE(there && here);
  EXPECT_TRUE(p.wire.runUntil(
      [&] { return p.client->isConnected(*there) && p.server->isConnected(*here); }));
  EXPECT_EQ(p.client->connectionCount(), 2U);
  EXPECT_EQ(p.server->connectionCount(), 2U);
}

}  // namespace foyer::test
