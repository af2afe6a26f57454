// The peers of an allocation against a scripted server: permissions, channels, data.
#include "core/net/turn_client.h"
#include "core/net/turn_stream.h"
#include "tests/net/turn_server.h"

namespace foyer::test {
namespace {

using Kind = TurnInput::Kind;

Bytes channelData(std::uint16_t channel, ByteView payload) {
  Bytes message;
  appendU16(message, channel);
  appendU16(message, static_cast<std::uint16_t>(payload.size()));
  append(message, payload);
  return message;
}

Bytes dataIndication(const SocketAddress& peer, ByteView payload) {
  std::array<std::uint8_t, 2000> buffer{};
  StunWriter writer(buffer, StunMethod::Data, StunClass::Indication, {});
  writer.addXorAddress(StunAttribute::XorPeerAddress, peer).add(StunAttribute::Data, payload);
  return toBytes(*writer.finish());
}

std::uint16_t channelOf(const Bytes& request) {
  return StunMessage::parse(request)->channelNumber().value_or(0);
}

TEST(TurnPeers, permissionsAndChannelsAreRenewedInTime) {
  TurnPair pair;
  ASSERT_TRUE(pair.allocate());
  ASSERT_TRUE(pair.ready());
  pair.pass(1h);
  EXPECT_EQ(pair.server.count(StunMethod::CreatePermission), 16u);
  EXPECT_EQ(pair.server.count(StunMethod::ChannelBind), 7u);
  EXPECT_EQ(pair.all<TurnPeerReady>().size(), 1u);
  EXPECT_TRUE(pair.all<TurnPeerLost>().empty());
}

TEST(TurnPeers, dataGoesInIndicationsUntilTheChannelStands) {
  TurnPair pair;
  ASSERT_TRUE(pair.allocate());
  EXPECT_EQ(pair.client->wrap(pair.now, kPeer, Bytes{1}).error(), TurnSendError::NotReady);
  bool bindAnswered = false;
  pair.server.instead = [&](const StunMessage& message) -> std::optional<Bytes> {
    const bool isBind = message.method() == StunMethod::ChannelBind;
    return isBind && !bindAnswered ? std::optional(Bytes{}) : std::nullopt;
  };
  ASSERT_TRUE(pair.ready());
  EXPECT_FALSE(pair.client->hasChannel(kPeer));
  const Bytes payload(1500, 0xab);
  const auto sent = pair.client->wrap(pair.now, kPeer, payload);
  ASSERT_TRUE(sent);
  const auto indication = StunMessage::parse(*sent);
  ASSERT_TRUE(indication);
  EXPECT_EQ(indication->method(), StunMethod::Send);
  EXPECT_EQ(indication->messageClass(), StunClass::Indication);
  EXPECT_EQ(indication->xorAddress(StunAttribute::XorPeerAddress), kPeer);
  EXPECT_EQ(toBytes(*indication->find(StunAttribute::Data)), payload);

  bindAnswered = true;
  pair.pass(500ms);
  ASSERT_TRUE(pair.client->hasChannel(kPeer));
  const auto framed = pair.client->wrap(pair.now, kPeer, payload);
  ASSERT_TRUE(framed);
  EXPECT_EQ(toBytes(*framed), channelData(0x4000, payload));
  EXPECT_EQ(pair.client->wrap(pair.now, kPeer, Bytes(1501)).error(), TurnSendError::TooLarge);
  EXPECT_EQ(pair.client->wrap(pair.now, kTurn, payload).error(), TurnSendError::NotReady);
}

TEST(TurnPeers, dataComesInFromPeersAlone) {
  TurnPair pair;
  const Bytes payload{1, 2, 3};
  const SocketAddress otherPort{kPeer.ip, 7};
  const SocketAddress stranger = *SocketAddress::parse("203.0.113.6:6000");
  const auto handle = [&](const SocketAddress& from, const Bytes& message) {
    const TurnInput input = pair.client->handle(pair.now, from, message);
    EXPECT_TRUE(input.kind != Kind::Data || toBytes(input.payload) == payload);
    return input;
  };
  EXPECT_EQ(handle(kTurn, channelData(0x4000, payload)).kind, Kind::NotOurs) << "not started";
  ASSERT_TRUE(pair.allocate());
  EXPECT_EQ(handle(kTurn, channelData(0x4000, payload)).kind, Kind::Used);
  EXPECT_EQ(handle(kTurn, dataIndication(kPeer, payload)).kind, Kind::Used);
  EXPECT_EQ(pair.client->stats().strayData, 2u);
  ASSERT_TRUE(pair.ready());

  EXPECT_EQ(handle(kTurn, channelData(0x4000, payload)).peer, kPeer);
  EXPECT_EQ(handle(kTurn, dataIndication(kPeer, payload)).peer, kPeer);
  EXPECT_EQ(handle(kTurn, dataIndication(otherPort, payload)).peer, otherPort);
  Bytes padded = channelData(0x4000, payload);
  padded.push_back(0);
  EXPECT_EQ(handle(kTurn, padded).peer, kPeer);

  EXPECT_EQ(handle(kTurn, dataIndication(stranger, payload)).kind, Kind::Used);
  EXPECT_EQ(handle(kTurn, channelData(0x4001, payload)).kind, Kind::Used);
  EXPECT_EQ(handle(kTurn, Bytes{0x40, 0}).kind, Kind::Used);
  EXPECT_EQ(handle(kTurn, Bytes{0x40, 0, 0, 9, 1}).kind, Kind::Used) << "shorter than it says";
  EXPECT_EQ(handle(kOtherTurn, channelData(0x4000, payload)).kind, Kind::NotOurs);
  EXPECT_EQ(handle(kOtherTurn, dataIndication(kPeer, payload)).kind, Kind::NotOurs);
  EXPECT_EQ(handle(kTurn, {}).kind, Kind::NotOurs);
  EXPECT_EQ(handle(kTurn, Bytes{0xc0, 1, 2, 3}).kind, Kind::NotOurs) << "QUIC from the same host";
}

TEST(TurnPeers, overAStreamChannelDataIsPaddedAndComesBackWhole) {
  TurnConfig config;
  config.transport = TurnTransport::Tcp;
  TurnPair pair(std::move(config));
  ASSERT_TRUE(pair.allocate());
  ASSERT_TRUE(pair.ready());
  Bytes stream;
  for (std::size_t size = 0; size < 10; ++size) {
    const auto framed = pair.client->wrap(pair.now, kPeer, Bytes(size, 7));
    ASSERT_TRUE(framed);
    EXPECT_EQ(framed->size() % 4, 0u);
    append(stream, *framed);
  }
  std::size_t got = 0;
  TurnStream reader;
  ASSERT_TRUE(reader.feed(stream, [&](ByteView message) {
    const TurnInput input = pair.client->handle(pair.now, kTurn, message);
    EXPECT_EQ(input.kind, Kind::Data);
    EXPECT_EQ(toBytes(input.payload), Bytes(got++, 7));
  }));
  EXPECT_EQ(got, 10u);
}

TEST(TurnPeers, aForbiddenPeerIsLostAndTheAllocationStays) {
  TurnPair pair;
  ASSERT_TRUE(pair.allocate());
  pair.server.instead = [&](const StunMessage& message) -> std::optional<Bytes> {
    if (message.method() != StunMethod::CreatePermission) return std::nullopt;
    return pair.server.error(message, 403);
  };
  EXPECT_FALSE(pair.ready());
  ASSERT_EQ(pair.all<TurnPeerLost>().size(), 1u);
  EXPECT_EQ(pair.all<TurnPeerLost>()[0].peer, kPeer);
  EXPECT_EQ(pair.all<TurnPeerLost>()[0].fault,
            (TurnFault{TurnStage::Permission, TurnCause::Forbidden, 403}));
  EXPECT_TRUE(pair.client->isAllocated());
  EXPECT_FALSE(pair.client->wrap(pair.now, kPeer, Bytes{1}));
  pair.server.instead = nullptr;
  EXPECT_TRUE(pair.ready()) << "it may be tried again";
}

TEST(TurnPeers, aRefusedChannelLeavesIndications) {
  TurnPair pair;
  ASSERT_TRUE(pair.allocate());
  pair.server.instead = [&](const StunMessage& message) -> std::optional<Bytes> {
    if (message.method() != StunMethod::ChannelBind) return std::nullopt;
    return pair.server.error(message, 508);
  };
  ASSERT_TRUE(pair.ready());
  pair.pass(1h);
  EXPECT_EQ(pair.server.count(StunMethod::ChannelBind), 1u) << "it is not asked for again";
  const auto sent = pair.client->wrap(pair.now, kPeer, Bytes{1});
  ASSERT_TRUE(sent);
  EXPECT_TRUE(StunMessage::parse(*sent));
  EXPECT_TRUE(pair.all<TurnPeerLost>().empty());
}

TEST(TurnPeers, peersNamedBeforeTheAllocationAreReadyAfterIt) {
  TurnPair pair;
  ASSERT_TRUE(pair.client->addPeer(pair.now, kPeer));
  ASSERT_TRUE(pair.client->addPeer(pair.now, kPeer));
  EXPECT_EQ(pair.client->pollTimeout(), std::nullopt);
  ASSERT_TRUE(pair.allocate());
  EXPECT_EQ(pair.all<TurnPeerReady>().size(), 1u);
  EXPECT_EQ(pair.server.count(StunMethod::CreatePermission), 1u);
}

TEST(TurnPeers, peersAreBoundedAndChecked) {
  TurnPair pair;
  ASSERT_TRUE(pair.allocate());
  const auto add = [&](const char* address) {
    return pair.client->addPeer(pair.now, *SocketAddress::parse(address));
  };
  EXPECT_EQ(add("[2001:db8::1]:1").error(), TurnPeerError::OtherFamily);
  EXPECT_EQ(add("203.0.113.5:0").error(), TurnPeerError::BadAddress);
  EXPECT_EQ(add("224.0.0.1:1").error(), TurnPeerError::BadAddress);
  EXPECT_EQ(add("0.0.0.0:1").error(), TurnPeerError::BadAddress);
  for (std::uint16_t port = 1; port <= kMaxTurnPeers; ++port) {
    EXPECT_TRUE(pair.client->addPeer(pair.now, {kPeer.ip, port}));
  }
  EXPECT_EQ(add("203.0.113.5:99").error(), TurnPeerError::TooMany);
  pair.settle();
  EXPECT_EQ(pair.all<TurnPeerReady>().size(), kMaxTurnPeers);
  pair.client->removePeer(pair.now, {kPeer.ip, 1});
  EXPECT_TRUE(add("203.0.113.5:99"));
  pair.client->close(pair.now);
  EXPECT_EQ(add("203.0.113.5:98").error(), TurnPeerError::Ended);
}

// RFC 8656 section 12: neither number nor address may be bound anew while the server remembers.
TEST(TurnPeers, channelNumbersAreNeverGivenToAnotherPeer) {
  TurnPair pair;
  ASSERT_TRUE(pair.allocate());
  std::map<std::uint16_t, SocketAddress> owners;
  const auto bind = [&](std::uint16_t port) {
    const SocketAddress peer{kPeer.ip, port};
    EXPECT_TRUE(pair.client->addPeer(pair.now, peer));
    pair.settle();
    EXPECT_TRUE(pair.client->hasChannel(peer));
    const std::uint16_t channel = channelOf(pair.server.requests.back());
    pair.client->removePeer(pair.now, peer);
    return channel;
  };
  for (std::uint16_t port = 1; port <= 40; ++port) {
    const std::uint16_t channel = bind(port);
    EXPECT_TRUE(owners.emplace(channel, SocketAddress{kPeer.ip, port}).second) << channel;
  }
  for (std::uint16_t port = 40; port >= 1; --port) {
    EXPECT_EQ(owners.at(bind(port)).port, port) << "who returns has the number it had";
  }
  pair.pass(16min);
  EXPECT_GE(bind(1), 0x4000 + 40);
}

TEST(TurnPeers, withoutNumbersLeftThereAreIndications) {
  TurnPeers peers;
  for (unsigned n = kFirstTurnChannel; n <= kLastTurnChannel; ++n) {
    ASSERT_EQ(peers.channelFor({}, kPeer), n);
  }
  EXPECT_EQ(peers.channelFor({}, kPeer), 0);
}

TEST(TurnPeers, silenceTowardsTheServerIsBrokenOverUdpOnly) {
  for (const TurnTransport transport : {TurnTransport::Udp, TurnTransport::Tls}) {
    TurnConfig config;
    config.transport = transport;
    TurnPair pair(std::move(config));
    ASSERT_TRUE(pair.allocate());
    ASSERT_TRUE(pair.ready());
    const std::size_t before = pair.messagesSent;
    pair.pass(199s);
    EXPECT_EQ(pair.messagesSent - before, transport == TurnTransport::Udp ? 9u : 0u);
    // Data are a sign of life too.
    const std::size_t quiet = pair.messagesSent;
    for (int i = 0; i < 10; ++i) {
      ASSERT_TRUE(pair.client->wrap(pair.now, kPeer, Bytes{1}));
      pair.pass(4s);
    }
    EXPECT_EQ(pair.messagesSent - quiet, 0u);
  }
}

}  // namespace
}  // namespace foyer::test
