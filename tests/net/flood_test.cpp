// Strangers: what is not QUIC, what is not wanted, and too much of it.
#include "tests/net/endpoint_fixture.h"

namespace foyer::test {

namespace {

Bytes stunRequest() {
  Bytes out{0x00, 0x01, 0x00, 0x00, 0x21, 0x12, 0xa4, 0x42};
  out.resize(20, 7);
  return out;
}
// The first datagram of a client that never answers.
Bytes anInitial(std::uint64_t seed) {
  SeededRandom random(seed);
  const crypto::Identity identity = identityOf(1);
  Endpoint client({}, identity, random);
  DialOptions options;
  options.local = kClientAddress;
  options.remote = kServerAddress;
  (void)client.connect(fromNanoseconds(1), options);
  Bytes out;
  client.pollTransmit(fromNanoseconds(1),
                      [&](const TransmitBatch& b) { out = toBytes(b.payload); });
  return out;
}
SocketAddress stranger(std::uint64_t n) {
  return {IpAddress::v4(198, 18, static_cast<std::uint8_t>(n >> 8), static_cast<std::uint8_t>(n)),
          static_cast<std::uint16_t>(1024 + n % 60000)};
}

}  // namespace

// Pitfall 2: the library takes STUN for a short header and would answer it with a reset.
TEST(Strangers, stunIsTheCallersAndNotAnswered) {
  Pair p;
  const Bytes request = stunRequest();
  EXPECT_EQ(p.server->handleDatagram(p.wire.now(), {kServerAddress, kClientAddress, 0, request}),
            Demux::Stun);
  Bytes noCookie = request;
  noCookie[4] = 0;
  EXPECT_EQ(p.server->handleDatagram(p.wire.now(), {kServerAddress, kClientAddress, 0, noCookie}),
            Demux::NotQuic);
  for (const int first : {4, 20, 22, 63, 128, 150, 191}) {
    EXPECT_EQ(
        p.server->handleDatagram(p.wire.now(), {kServerAddress, kClientAddress, 0,
                                                bytesOf(1200, static_cast<std::uint8_t>(first))}),
        Demux::NotQuic)
        << first;
  }
  EXPECT_EQ(p.server->handleDatagram(p.wire.now(), {kServerAddress, kClientAddress, 0, {}}),
            Demux::NotQuic);
  p.wire.drain();
  EXPECT_EQ(p.server->endpointStats().packetsSent, 0U);
}

// Pitfall 1: half of all short headers begin with 64..79.
TEST(Strangers, channelDataIsToldByWhoSendsIt) {
  Pair p;
  const SocketAddress turn = at("203.0.113.5:3478");
  p.server->setTurnServers({turn});
  const Bytes data = bytesOf(100, 0x40);
  EXPECT_EQ(p.server->handleDatagram(p.wire.now(), {kServerAddress, turn, 0, data}),
            Demux::TurnChannel);
  EXPECT_EQ(p.server->handleDatagram(p.wire.now(), {kServerAddress, kClientAddress, 0, data}),
            Demux::Quic);
  ASSERT_TRUE(p.up());
  p.wire.run(1s);
  int ambiguous = 0;
  p.wire.onSend = [&](const WirePacket& packet) {
    ambiguous += packet.bytes[0] >= 64 && packet.bytes[0] < 80 ? 1 : 0;
  };
  p.wire.runWith(2s, 20ms, [&] { (void)p.sendFromClient(bytesOf(120)); });
  p.wire.run(100ms);
  EXPECT_GT(ambiguous, 20);
  EXPECT_EQ(p.wire.events<DatagramReceived>(p.serverNode).size(), 100U);
}

TEST(Strangers, unknownVersionsAreAnsweredOnlyWhenBigEnough) {
  Pair p;
  Bytes packet = bytesOf(1200, 0);
  packet[0] = 0xc0;
  packet[4] = 0x77;  // version
  packet[5] = 8;
  packet[14] = 8;
  Bytes answer;
  p.wire.onSend = [&](const WirePacket& sent) { answer = sent.bytes; };
  p.wire.inject(kClientAddress, kServerAddress, ByteView(packet).first(1199));
  p.wire.run(50ms);
  EXPECT_TRUE(answer.empty());
  p.wire.inject(kClientAddress, kServerAddress, packet);
  p.wire.run(1ms);
  ASSERT_GE(answer.size(), 5U);
  EXPECT_LT(answer.size(), 64U);
  EXPECT_EQ(readU32(answer.data() + 1), 0U);
  EXPECT_EQ(p.server->endpointStats().versionNegotiationsSent, 1U);
}

TEST(Strangers, aPeerOfAnotherVersionIsItsOwnReason) {
  Pair p;
  p.start(p.dial());
  // Answers the first Initial with "only version 0x0a0a0a0a".
  bool answered = false;
  p.wire.pass = [&](const WirePacket& packet) {
    if (packet.from != kClientAddress || answered) return false;
    answered = true;
    const Bytes& initial = packet.bytes;
    const std::size_t dcidSize = initial[5];
    const std::size_t scidSize = initial[6 + dcidSize];
    Bytes negotiation{0xca, 0, 0, 0, 0, static_cast<std::uint8_t>(scidSize)};
    append(negotiation, ByteView(initial).subspan(7 + dcidSize, scidSize));
    negotiation.push_back(static_cast<std::uint8_t>(dcidSize));
    append(negotiation, ByteView(initial).subspan(6, dcidSize));
    appendU32(negotiation, 0x0a0a0a0a);
    p.wire.inject(kServerAddress, kClientAddress, negotiation, 1ms);
    return false;
  };
  p.wire.run(1s);
  ASSERT_TRUE(p.clientClosed());
  EXPECT_EQ(p.clientClosed()->reason, CloseReason::VersionMismatch);
}

TEST(Strangers, anEndpointThatDoesNotServeIsSilent) {
  Pair p(EndpointConfig{});
  p.start(p.dial());
  p.wire.run(2s);
  EXPECT_EQ(p.server->endpointStats().packetsSent, 0U);
  EXPECT_EQ(p.server->connectionCount(), 0U);
}

TEST(Strangers, aRefusalIsHeardAtOnce) {
  Pair p;
  p.server->setAcceptMode(AcceptMode::Refuse);
  p.start(p.dial());
  p.wire.run(500ms);
  ASSERT_TRUE(p.clientClosed());
  EXPECT_EQ(p.clientClosed()->reason, CloseReason::Refused);
  EXPECT_EQ(p.server->connectionCount(), 0U);
}

TEST(Strangers, aFullServerRefuses) {
  EndpointConfig config = serverConfig();
  config.maxConnections = 1;
  Pair p(config);
  ASSERT_TRUE(p.up());
  p.start(p.dial());
  p.wire.run(500ms);
  ASSERT_TRUE(p.clientClosed());
  EXPECT_EQ(p.clientClosed()->reason, CloseReason::Refused);
  EXPECT_TRUE(p.client->isConnected(p.c));
}

TEST(Strangers, retryCostsOneRoundTripAndWorks) {
  Pair p;
  p.server->setRetryAlways(true);
  const TimePoint began = p.wire.now();
  p.c = p.start(p.dial());
  ASSERT_TRUE(p.wire.runUntil([&] { return p.client->isConnected(p.c); }));
  EXPECT_EQ(p.wire.now() - began, 6 * p.wire.delay);
  EXPECT_EQ(p.server->endpointStats().retriesSent, 1U);
}

// A token proves one address, for one dial, for ten seconds.
TEST(Strangers, aRetryTokenHoldsForItsAddressAndTimeOnly) {
  struct Case {
    const char* name;
    SocketAddress from;
    Duration later;
    std::uint64_t accepted;
  };
  const SocketAddress elsewhere{IpAddress::v4(10, 0, 0, 99), kClientAddress.port};
  for (const Case& c :
       {Case{"in time", kClientAddress, 9s, 1}, Case{"late", kClientAddress, 11s, 0},
        Case{"elsewhere", elsewhere, 1s, 0}}) {
    Pair p;
    p.server->setRetryAlways(true);
    Bytes proven;
    p.wire.pass = [&](const WirePacket& packet) {
      if (packet.from != kClientAddress || p.server->endpointStats().retriesSent == 0) return true;
      if (proven.empty()) proven = packet.bytes;
      return false;
    };
    (void)p.start(p.dial());
    ASSERT_TRUE(p.wire.runUntil([&] { return !proven.empty(); }));
    p.wire.run(c.later);
    p.wire.inject(c.from, kServerAddress, proven);
    p.wire.run(10ms);
    EXPECT_EQ(p.server->endpointStats().accepted, c.accepted) << c.name;
  }
}

TEST(Strangers, underAFloodOfInitialsWorkIsBoundedAndFriendsGetIn) {
  EndpointConfig config = serverConfig();
  config.retryAboveHalfOpen = 32;
  Pair p(config);
  for (std::uint64_t i = 0; i < 500; ++i) {
    p.wire.inject(stranger(i), kServerAddress, anInitial(1000 + i));
  }
  p.wire.run(1ms);
  EXPECT_EQ(p.server->halfOpenCount(), 32U);
  EXPECT_EQ(p.server->endpointStats().retriesSent + p.server->endpointStats().statelessSuppressed,
            468U);
  ASSERT_TRUE(p.up());
  EXPECT_GE(p.server->endpointStats().retriesSent, 256U);
  p.wire.run(15s);
  EXPECT_EQ(p.server->halfOpenCount(), 0U);
  EXPECT_EQ(p.server->connectionCount(), 1U);
}

TEST(Strangers, oneAddressMeetsRetryAboveItsRate) {
  EndpointConfig config = serverConfig();
  config.initialsPerSecond = 1;
  config.initialsBurst = 5;
  Pair p(config);
  for (std::uint64_t i = 0; i < 50; ++i) {
    p.wire.inject(kClientAddress, kServerAddress, anInitial(1000 + i));
  }
  p.wire.run(1ms);
  EXPECT_EQ(p.server->endpointStats().accepted, 5U);
  EXPECT_EQ(p.server->endpointStats().retriesSent, 45U);
}

TEST(Strangers, anUnprovenAddressIsNotAmplifiedBeyondThree) {
  Pair p;
  const Bytes initial = anInitial(3);
  std::size_t answered = 0;
  p.wire.onSend = [&](const WirePacket& packet) {
    answered += packet.from == kServerAddress ? packet.bytes.size() : 0;
  };
  p.wire.inject(stranger(1), kServerAddress, initial);
  p.wire.run(15s);
  EXPECT_LE(answered, 3 * initial.size());
}

TEST(Strangers, aHundredThousandRandomDatagramsDoNothing) {
  Pair p;
  ASSERT_TRUE(p.up());
  SeededRandom random(11);
  std::uint64_t sent = 0;
  const TransmitSink sink = [&](const TransmitBatch& batch) { sent += batch.packets(); };
  for (int i = 0; i < 100'000; ++i) {
    Bytes junk(1 + random.below(1400));
    random.fill(junk);
    if ((i & 1) != 0) {  // looks like QUIC
      junk[0] = static_cast<std::uint8_t>(junk[0] | 0x40);
      if ((i & 2) != 0 && junk.size() > 5) {
        junk[0] = static_cast<std::uint8_t>(junk[0] | 0xc0);
        junk[1] = junk[2] = junk[3] = 0;
        junk[4] = 1;
      }
    }
    (void)p.server->handleDatagram(p.wire.now(),
                                   {kServerAddress, stranger(random.below(1000)), 0, junk});
    p.server->pollTransmit(p.wire.now(), sink);
  }
  EXPECT_LE(p.server->connectionCount(), 1U + p.server->halfOpenCount());
  EXPECT_LE(sent, 5000U);
  EXPECT_TRUE(p.server->isConnected(p.s));
  ASSERT_TRUE(p.sendFromClient(bytesOf(120)));
  p.wire.run(100ms);
  EXPECT_EQ(p.wire.events<DatagramReceived>(p.serverNode).size(), 1U);
  p.wire.run(15s);
  EXPECT_EQ(p.server->halfOpenCount(), 0U);
}

TEST(Strangers, flippedBytesOfRealPacketsBreakNothing) {
  Pair p;
  ASSERT_TRUE(p.up());
  SeededRandom random(12);
  std::vector<WirePacket> copies;
  p.wire.onSend = [&](const WirePacket& packet) {
    if (copies.size() < 400) copies.push_back(packet);
  };
  p.wire.runWith(2s, 20ms, [&] {
    (void)p.sendFromClient(bytesOf(120));
    (void)p.sendFromServer(bytesOf(120));
    for (WirePacket& packet : copies) {
      packet.bytes[random.below(packet.bytes.size())] ^=
          static_cast<std::uint8_t>(1 + random.below(255));
      p.wire.inject(packet.from, packet.to, packet.bytes);
    }
    copies.clear();
  });
  EXPECT_TRUE(p.client->isConnected(p.c));
  EXPECT_TRUE(p.server->isConnected(p.s));
  EXPECT_GE(p.wire.events<DatagramReceived>(p.serverNode).size(), 98U);
}

}  // namespace foyer::test
