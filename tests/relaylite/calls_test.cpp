#include <gtest/gtest.h>

#include "core/wire/limits.h"
#include "core/wire/media_packet.h"
#include "tests/relaylite/relay_world.h"

namespace foyer::relaylite {
namespace {

using testing::TestClient;
using testing::World;

Bytes box(std::uint8_t fill = 1) { return Bytes(wire::kSetupBox, fill); }

// Two clients and a call between them that the relay has put through.
struct Call {
  World& world;
  TestClient& a;
  TestClient& b;
  CallId id;

  explicit Call(World& in) : Call(in, in.join("A"), in.join("B")) {}
  Call(World& in, TestClient& from, TestClient& to) : world(in), a(from), b(to) {
    id = world.random().id<CallId>();
    offer();
    EXPECT_TRUE(
        world.runUntil([&] { return b.count<wire::Offer>() > 0 && a.count<wire::Channel>() > 0; }));
  }
  void offer() { world.send(a, wire::Offer{id, b.who(), a.who(), box()}); }
  wire::Channel channelOf(const TestClient& client) const {
    wire::Channel found;
    for (const auto& channel : client.all<wire::Channel>()) {
      if (channel.callId == id) found = channel;
    }
    return found;
  }
  // What `from` says arrives at `to` under the number it was told, and nothing else.
  bool hears(TestClient& from, TestClient& to, const std::string& text) {
    to.datagrams.clear();
    world.sendMedia(from, channelOf(from).tx, text);
    world.run(50ms);
    if (to.datagrams.size() != 1) return false;
    const auto hop = wire::decodeVarint(to.datagrams[0]);
    return hop && hop->value == channelOf(to).rx &&
           textOf(ByteView(to.datagrams[0]).subspan(hop->size)) == text;
  }
};

std::optional<wire::UndeliverableCode> undeliverable(const TestClient& client, const CallId& id) {
  for (const auto& message : client.all<wire::Undeliverable>()) {
    if (message.callId == id) return message.code;
  }
  return std::nullopt;
}

TEST(Calls, anOfferBringsAChannelToBothAndTheOfferUnchanged) {
  World world;
  Call call(world);
  EXPECT_EQ(call.channelOf(call.a).peer, call.b.who());
  EXPECT_EQ(call.channelOf(call.b).peer, call.a.who());
  EXPECT_EQ(*call.b.last<wire::Offer>(), (wire::Offer{call.id, call.b.who(), call.a.who(), box()}));
  // The callee knows its channel before the offer.
  std::vector<std::string> order;
  for (const auto& message : call.b.inbox) order.emplace_back(wire::typeName(message));
  ASSERT_GE(order.size(), 2u);
  EXPECT_EQ(order[order.size() - 2], "channel");
  EXPECT_EQ(order.back(), "offer");
  EXPECT_EQ(world.relay().snapshot().calls, 1u);
}

TEST(Calls, mediaFlowsBothWaysOnTheFirstPacketAndUntouched) {
  World world;
  Call call(world);
  EXPECT_TRUE(call.hears(call.a, call.b, "first words"));
  EXPECT_TRUE(call.hears(call.b, call.a, std::string("\x00\xff binary", 10)));
  EXPECT_EQ(world.relay().metrics().datagramsForwarded, 2u);
}

TEST(Calls, theLargestDatagramOfTheProtocolPasses) {
  World world;
  Call call(world);
  EXPECT_TRUE(call.hears(call.a, call.b, std::string(wire::kMaxDatagram - 2, 'x')));
}

TEST(Calls, datagramsOfUnknownChannelsAreDroppedAndCounted) {
  World world;
  Call call(world);
  const auto before = world.relay().metrics().datagramsForwarded;
  for (const std::uint64_t channel : {std::uint64_t{5}, std::uint64_t{70}, wire::kMaxVarint}) {
    world.sendMedia(call.a, channel, "x");
  }
  TestClient& stranger = world.join("C");
  world.sendMedia(stranger, call.channelOf(call.a).tx, "x");
  world.run(100ms);
  EXPECT_EQ(world.relay().metrics().datagramsForwarded, before);
  EXPECT_EQ(world.relay().metrics().datagramsUnknownChannel, 4u);
}

TEST(Calls, twoCallsOfOneClientDoNotMix) {
  World world;
  TestClient& a = world.join("A");
  TestClient& b = world.join("B");
  TestClient& c = world.join("C");
  Call toB(world, a, b);
  Call toC(world, a, c);
  EXPECT_NE(toB.channelOf(a).tx, toC.channelOf(a).tx);
  EXPECT_NE(toB.channelOf(a).rx, toC.channelOf(a).rx);
  EXPECT_TRUE(toB.hears(a, b, "for b"));
  EXPECT_TRUE(toC.hears(a, c, "for c"));
  EXPECT_TRUE(b.datagrams.size() == 1 && c.datagrams.size() == 1);
}

// B-09
TEST(Calls, anOfferToNobodyIsNotFoundAndNeverRings) {
  World world;
  TestClient& a = world.join("A");
  TestClient& stranger = world.addClient();
  const CallId id = world.random().id<CallId>();
  world.send(a, wire::Offer{id, stranger.who(), a.who(), box()});
  world.send(a, wire::Offer{world.random().id<CallId>(), a.who(), a.who(), box()});
  world.run(1s);
  EXPECT_EQ(undeliverable(a, id), wire::UndeliverableCode::NotFound);
  EXPECT_EQ(a.count<wire::Undeliverable>(), 2u);
  EXPECT_EQ(a.count<wire::Channel>(), 0u);
  EXPECT_EQ(world.relay().snapshot().calls, 0u);
}

TEST(Calls, anOfferToALostClientIsUnreachable) {
  World world;
  TestClient& a = world.join("A");
  TestClient& b = world.join("B");
  world.cut(b);
  world.run(12s);
  const CallId id = world.random().id<CallId>();
  world.send(a, wire::Offer{id, b.who(), a.who(), box()});
  world.run(1s);
  EXPECT_EQ(undeliverable(a, id), wire::UndeliverableCode::Unreachable);
}

TEST(Calls, whoSpeaksInAnothersNameIsDropped) {
  World world;
  Call call(world);
  TestClient& c = world.join("C");
  const CallId id = world.random().id<CallId>();
  world.send(c, wire::Offer{id, call.b.who(), call.a.who(), box()});
  world.send(c, wire::Setup{call.id, call.b.who(), call.a.who(), box()});
  world.send(c, wire::Sealed{call.id, call.b.who(), call.a.who(), 0, box()});
  world.run(1s);
  EXPECT_EQ(world.relay().metrics().wrongFrom, 3u);
  EXPECT_EQ(call.b.count<wire::Offer>(), 1u);
  EXPECT_EQ(call.b.count<wire::Setup>() + call.b.count<wire::Sealed>(), 0u);
  EXPECT_FALSE(c.closed);
}

TEST(Calls, setupAndSealedAreForwardedAsTheyAre) {
  World world;
  Call call(world);
  const wire::Setup setup{call.id, call.a.who(), call.b.who(), box(7)};
  const wire::Sealed sealed{call.id, call.b.who(), call.a.who(), 12, Bytes(300, 9)};
  world.send(call.b, setup);
  world.send(call.a, sealed);
  world.run(1s);
  EXPECT_EQ(call.a.last<wire::Setup>(), setup);
  EXPECT_EQ(call.b.last<wire::Sealed>(), sealed);
}

TEST(Calls, aCallIdInUseBelongsToItsParties) {
  World world;
  Call call(world);
  TestClient& c = world.join("C");
  world.send(c, wire::Offer{call.id, call.b.who(), c.who(), box()});
  world.send(call.b, wire::Offer{call.id, call.a.who(), call.b.who(), box()});
  world.send(c, wire::Release{call.id});
  world.send(c, wire::Attach{call.id, call.b.who()});
  world.run(1s);
  EXPECT_EQ(world.relay().metrics().callIdTaken, 2u);
  EXPECT_EQ(call.b.count<wire::Offer>(), 1u);
  EXPECT_EQ(undeliverable(c, call.id), wire::UndeliverableCode::NoChannel);
  EXPECT_TRUE(call.hears(call.a, call.b, "still"));
}

TEST(Calls, theSameOfferAgainComesThroughWithTheSameChannel) {
  World world;
  Call call(world);
  const auto before = call.channelOf(call.a);
  call.offer();
  world.run(1s);
  EXPECT_EQ(call.b.count<wire::Offer>(), 2u);
  EXPECT_EQ(call.channelOf(call.a), before);
  EXPECT_EQ(world.relay().snapshot().calls, 1u);
}

// B-01: what ends one call does nothing to the next.
TEST(Calls, aLateReleaseOfAnEndedCallDoesNotTouchTheNext) {
  World world;
  TestClient& a = world.join("A");
  TestClient& b = world.join("B");
  Call first(world, a, b);
  world.send(a, wire::Release{first.id});
  world.send(b, wire::Release{first.id});
  world.run(100ms);
  Call second(world, a, b);
  for (int i = 0; i < 5; ++i) {
    world.send(a, wire::Release{first.id});
    world.send(b, wire::Sealed{first.id, a.who(), b.who(), 3, Bytes(32)});
    world.run(1s);
  }
  EXPECT_TRUE(second.hears(a, b, "alive"));
  EXPECT_TRUE(second.hears(b, a, "alive"));
  world.sendJson(a, R"({"t":"release"})");
  world.run(100ms);
  EXPECT_EQ(world.relay().metrics().badMessages, 1u);
  EXPECT_EQ(world.relay().snapshot().calls, 1u);
}

// B-08, the part of one relay.
TEST(Calls, aReleaseReachesTheOtherAtOnceAndBothEndTheChannel) {
  World world;
  Call call(world);
  const auto tx = call.channelOf(call.b).tx;
  world.send(call.a, wire::Release{call.id});
  ASSERT_TRUE(world.runUntil([&] { return call.b.count<wire::Released>() == 1; }, 1s));
  EXPECT_EQ(*call.b.last<wire::Released>(),
            (wire::Released{call.id, wire::ReleasedCode::PeerReleased}));
  world.sendMedia(call.b, tx, "nobody hears this");
  world.run(100ms);
  EXPECT_TRUE(call.a.datagrams.empty());
  world.send(call.b, wire::Release{call.id});
  world.run(100ms);
  EXPECT_EQ(world.relay().snapshot().calls, 0u);
  EXPECT_EQ(call.a.count<wire::Released>(), 0u);
}

TEST(Calls, aChannelLivesFortyFiveSecondsAfterItsLastPacket) {
  World world;
  Call call(world);
  world.send(call.b, wire::Setup{call.id, call.a.who(), call.b.who(), box()});
  for (int i = 0; i < 12; ++i) {
    EXPECT_TRUE(call.hears(call.a, call.b, "now and then"));
    world.run(20s);
  }
  EXPECT_EQ(world.relay().snapshot().calls, 1u);
  world.run(24s);
  EXPECT_EQ(world.relay().snapshot().calls, 1u);
  world.run(2s);
  EXPECT_EQ(world.relay().snapshot().calls, 0u);
  for (const TestClient* side : {&call.a, &call.b}) {
    EXPECT_EQ(side->last<wire::Released>()->code, wire::ReleasedCode::Timeout);
  }
  EXPECT_FALSE(call.hears(call.a, call.b, "over"));
}

TEST(Calls, ringingThatIsAnsweredLateKeepsItsChannel) {
  World world;
  Call call(world);
  world.run(44s);
  world.send(call.b, wire::Setup{call.id, call.a.who(), call.b.who(), box()});
  world.run(30s);
  EXPECT_TRUE(call.hears(call.a, call.b, "hello"));
}

TEST(Calls, aLostClientAttachesAgainWithoutRinging) {
  World world;
  Call call(world);
  EXPECT_TRUE(call.hears(call.a, call.b, "before"));
  const auto oldOfA = call.channelOf(call.a);
  world.cut(call.b);
  world.run(20s);
  world.reconnect(call.b);
  world.send(call.b, wire::Attach{call.id, call.a.who()});
  ASSERT_TRUE(world.runUntil([&] { return call.b.count<wire::Channel>() == 1; }));
  EXPECT_EQ(call.b.count<wire::Offer>(), 0u);
  EXPECT_EQ(call.channelOf(call.a), oldOfA);
  EXPECT_TRUE(call.hears(call.a, call.b, "after"));
  EXPECT_TRUE(call.hears(call.b, call.a, "after"));
  EXPECT_EQ(world.relay().metrics().attached, 1u);
  // Both at once.
  world.cut(call.a);
  world.cut(call.b);
  world.run(15s);
  world.reconnect(call.a);
  world.reconnect(call.b);
  world.send(call.a, wire::Attach{call.id, call.b.who()});
  world.send(call.b, wire::Attach{call.id, call.a.who()});
  ASSERT_TRUE(world.runUntil(
      [&] { return call.a.count<wire::Channel>() == 1 && call.b.count<wire::Channel>() == 1; }));
  EXPECT_TRUE(call.hears(call.a, call.b, "again"));
  EXPECT_TRUE(call.hears(call.b, call.a, "again"));
}

TEST(Calls, whoComesBackTooLateWaitsAlone) {
  World world;
  Call call(world);
  world.cut(call.a);
  world.cut(call.b);
  world.run(60s);
  world.reconnect(call.b);
  world.send(call.b, wire::Attach{call.id, call.a.who()});
  world.run(1s);
  // A channel of its own, as after a restart of the relay; nobody else is in it and nobody rings.
  EXPECT_EQ(call.b.count<wire::Channel>(), 1u);
  EXPECT_EQ(call.b.count<wire::Offer>(), 0u);
  world.run(50s);
  EXPECT_EQ(call.b.last<wire::Released>()->code, wire::ReleasedCode::Timeout);
  EXPECT_EQ(world.relay().snapshot().calls, 0u);
}

TEST(Calls, aCallThatTheRelayHasForgottenIsAttachedAgainByItsTwoParties) {
  World world;
  TestClient& a = world.join("A");
  TestClient& b = world.join("B");
  TestClient& c = world.join("C");
  CallId id;
  world.random().fill(id.bytes);
  world.send(a, wire::Attach{id, b.who()});
  ASSERT_TRUE(world.runUntil([&] { return a.count<wire::Channel>() == 1; }));
  EXPECT_EQ(b.inbox.empty() ? 0u : b.count<wire::Channel>(), 0u) << "nobody hears of it by that";
  world.send(c, wire::Attach{id, a.who()});
  world.send(b, wire::Attach{id, c.who()});
  world.run(1s);
  EXPECT_EQ(c.count<wire::Channel>() + b.count<wire::Channel>(), 0u);
  world.send(b, wire::Attach{id, a.who()});
  ASSERT_TRUE(world.runUntil([&] { return b.count<wire::Channel>() == 1; }));
  ASSERT_TRUE(world.sendMedia(a, a.last<wire::Channel>()->tx, "again"));
  ASSERT_TRUE(world.runUntil([&] { return !b.datagrams.empty(); }));
  // As many as one may place, no more.
  for (int i = 0; i < 12; ++i) {
    world.random().fill(id.bytes);
    world.send(a, wire::Attach{id, b.who()});
  }
  world.run(1s);
  EXPECT_EQ(a.count<wire::Channel>(), world.relay().snapshot().calls);
  EXPECT_EQ(world.relay().snapshot().calls, RelayLimits{}.maxCallsPlaced);
}

TEST(Calls, whoLeavesOnPurposeReleasesAllTheirCalls) {
  World world;
  Call call(world);
  world.leave(call.a);
  ASSERT_TRUE(world.runUntil([&] { return call.b.count<wire::Released>() == 1; }, 1s));
  EXPECT_EQ(call.b.last<wire::Released>()->code, wire::ReleasedCode::PeerReleased);
}

TEST(Calls, callsAtOnceAreLimitedPerCallerCalleeAndRelay) {
  RelayConfig config;
  config.limits.maxCallsPlaced = 2;
  config.limits.maxCallsPerClient = 3;
  config.limits.maxCalls = 4;
  World world(config);
  TestClient& a = world.join("A");
  TestClient& b = world.join("B");
  TestClient& c = world.join("C");
  TestClient& d = world.join("D");
  const auto attempt = [&](TestClient& from, TestClient& to) {
    const CallId id = world.random().id<CallId>();
    world.send(from, wire::Offer{id, to.who(), from.who(), box()});
    world.run(50ms);
    return undeliverable(from, id);
  };
  EXPECT_EQ(attempt(a, b), std::nullopt);
  EXPECT_EQ(attempt(a, c), std::nullopt);
  EXPECT_EQ(attempt(a, d), wire::UndeliverableCode::Limit);
  EXPECT_EQ(attempt(c, b), std::nullopt);
  EXPECT_EQ(attempt(d, b), std::nullopt);
  EXPECT_EQ(attempt(c, d), wire::UndeliverableCode::NoChannel);
  world.relay().tune("", RelayLimits{});
  RelayLimits limits;
  limits.maxCallsPerClient = 3;
  world.relay().tune("", limits);
  EXPECT_EQ(attempt(d, b), wire::UndeliverableCode::Limit);
  EXPECT_EQ(attempt(c, d), std::nullopt);
}

TEST(Calls, offersAMinuteAreLimited) {
  World world;
  TestClient& a = world.join("A");
  TestClient& b = world.join("B");
  std::size_t refused = 0;
  for (int i = 0; i < 15; ++i) {
    const CallId id = world.random().id<CallId>();
    world.send(a, wire::Offer{id, b.who(), a.who(), box()});
    world.send(a, wire::Release{id});
    world.send(b, wire::Release{id});
    world.run(50ms);
    world.send(b, wire::Release{id});
    world.run(50ms);
    if (undeliverable(a, id) == wire::UndeliverableCode::Limit) ++refused;
  }
  EXPECT_EQ(refused, 5u);
  EXPECT_EQ(b.count<wire::Offer>(), 10u);
  EXPECT_FALSE(a.closed);
}

TEST(Calls, mediaBeyondTheBudgetIsDroppedAndCounted) {
  RelayConfig config;
  config.limits.mediaBytesPerSecond = 10'000;
  config.limits.mediaBytesBurst = 10'000;
  World world(config);
  Call call(world);
  for (int i = 0; i < 100; ++i) {
    world.sendMedia(call.a, call.channelOf(call.a).tx, std::string(500, 'x'));
    world.run(10ms);
  }
  const Metrics& metrics = world.relay().metrics();
  EXPECT_GT(metrics.datagramsOverBudget, 50u);
  EXPECT_LT(metrics.datagramsForwarded, 40u);
  EXPECT_FALSE(call.a.closed);
}

// B-05, the part of the relay: nothing stays behind.
TEST(Calls, aThousandCallsThatBreakOffLeaveNothingBehind) {
  RelayConfig config;
  config.limits.offersPerMinute = 1e6;
  config.limits.offersBurst = 1e6;
  config.limits.messagesPerSecond = 1e6;
  config.limits.messagesBurst = 1e6;
  config.limits.controlBytesBurst = 1e9;
  World world(config);
  world.delay = 1ms;
  TestClient& a = world.join("A");
  TestClient& b = world.join("B");
  for (int i = 0; i < 1000; ++i) {
    const CallId id = world.random().id<CallId>();
    world.send(a, wire::Offer{id, b.who(), a.who(), box()});
    world.run(5ms);
    if (i % 3 == 0) world.send(b, wire::Release{id});
    world.send(a, wire::Release{id});
    world.run(5ms);
    if (i % 3 != 0) world.send(b, wire::Release{id});
    a.inbox.clear();
    b.inbox.clear();
  }
  world.run(1s);
  EXPECT_EQ(world.relay().snapshot().calls, 0u);
  Call call(world, a, b);
  EXPECT_TRUE(call.hears(a, b, "fine"));
}

TEST(Drain, waitsForTheLastCallAndRefusesNewOnes) {
  World world;
  Call call(world);
  TestClient& c = world.join("C");
  world.takeEvents();
  world.relay().drain(world.now(), world.now() + 120s);
  world.run(5s);
  EXPECT_TRUE(world.relay().snapshot().isDraining);
  EXPECT_FALSE(call.a.closed);
  EXPECT_TRUE(call.hears(call.a, call.b, "goes on"));
  const CallId id = world.random().id<CallId>();
  world.send(c, wire::Offer{id, call.a.who(), c.who(), box()});
  world.run(1s);
  EXPECT_EQ(undeliverable(c, id), wire::UndeliverableCode::NoChannel);
  world.send(call.a, wire::Release{call.id});
  world.send(call.b, wire::Release{call.id});
  ASSERT_TRUE(world.runUntil([&] { return call.a.closed && call.b.closed && c.closed; }));
  EXPECT_EQ(c.closed->code, 6u);
  EXPECT_TRUE(std::holds_alternative<Drained>(world.takeEvents().back()));
}

TEST(Drain, endsCallsAtTheDeadlineWithTheReason) {
  World world;
  Call call(world);
  world.relay().drain(world.now(), world.now() + 10s);
  world.run(9s);
  EXPECT_FALSE(call.a.closed);
  world.run(2s);
  EXPECT_EQ(call.a.last<wire::Released>()->code, wire::ReleasedCode::Draining);
  EXPECT_EQ(call.a.closed->code, 6u);
  EXPECT_EQ(call.b.closed->code, 6u);
}

TEST(Drain, theEventsOfFiveHundredClientsAreBoundedAndBalanced) {
  RelayConfig config;
  config.limits.initialsPerSecond = 1e6;
  config.limits.initialsBurst = 1e6;
  World world(config);
  for (int i = 0; i < 500; ++i) world.join();
  world.relay().drain(world.now(), world.now());
  world.run(1s);
  int balance = 0;
  for (const Event& event : world.takeEvents()) {
    if (const auto* change = std::get_if<ClientChanged>(&event)) balance += change->delta;
  }
  EXPECT_EQ(balance, 0);
  EXPECT_EQ(world.relay().snapshot().clients, 0u);
}

}  // namespace
}  // namespace foyer::relaylite
