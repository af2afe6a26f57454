// What members of a relay try on each other through it. Relay limits that only concern one client
// and the relay are in admission_test and calls_test.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/wire/limits.h"
#include "relaylite/memory_directory.h"
#include "relaylite/relay_core.h"
#include "tests/relaylite/relay_world.h"

namespace foyer::relaylite {
namespace {

using testing::TestClient;
using testing::World;

Bytes box() { return Bytes(wire::kSetupBox, 1); }

CallId offer(World& world, TestClient& from, TestClient& to) {
  const CallId id = world.random().id<CallId>();
  world.send(from, wire::Offer{id, to.who(), from.who(), box()});
  return id;
}

bool isUndeliverable(const TestClient& client, const CallId& id) {
  const auto all = client.all<wire::Undeliverable>();
  return std::ranges::any_of(all, [&](const auto& message) { return message.callId == id; });
}

// Takes what the relay writes and never sends a packet; `pending` is what the test says.
struct QuietCarrier final : Carrier {
  bool sendControl(net::ConnectionId to, ByteView bytes) override {
    wire::FrameReader reader;
    return reader.feed(bytes, [&](ByteView json) {
      if (auto message = wire::decodeMessage(json)) sent.emplace_back(to, std::move(*message));
    });
  }
  bool sendDatagram(TimePoint, net::ConnectionId, ByteView, ByteView) override { return true; }
  void close(TimePoint, net::ConnectionId id, wire::CloseCode) override { closed.push_back(id); }
  [[nodiscard]] std::size_t controlPending(net::ConnectionId) const override { return pending; }
  [[nodiscard]] std::optional<Duration> roundTrip(net::ConnectionId) const override { return {}; }

  std::vector<std::pair<net::ConnectionId, wire::Message>> sent;
  std::vector<net::ConnectionId> closed;
  std::size_t pending = 0;
};

TEST(Abuse, aFloodOfMessagesDoesNotCloseWhomTheyAreFor) {
  World world;
  TestClient& victim = world.join("Victim");
  TestClient& friendly = world.join("Friend");
  std::vector<TestClient*> hostile;
  for (int i = 0; i < 4; ++i) hostile.push_back(&world.join());
  victim.readsSlowly = true;
  for (TestClient* each : hostile) {
    for (int i = 0; i < 20; ++i) {
      world.send(*each, wire::Sealed{world.random().id<CallId>(), victim.who(), each->who(), 0,
                                     Bytes(wire::kMaxSealedBox)});
    }
  }
  world.run(3s);
  EXPECT_FALSE(victim.closed);
  EXPECT_EQ(world.relay().metrics().closedForSlowReading, 0u);
  EXPECT_GT(world.relay().metrics().messagesToSlowReaders, 0u);
  const CallId id = offer(world, friendly, victim);
  world.run(100ms);
  EXPECT_TRUE(isUndeliverable(friendly, id));
  // Reading again, they are reached again.
  victim.readsSlowly = false;
  world.run(2s);
  (void)offer(world, friendly, victim);
  EXPECT_TRUE(world.runUntil([&] { return victim.count<wire::Offer>() == 1; }));
}

TEST(Abuse, aPeerThatGoesOnSpeakingDoesNotHoldACallThatWasReleased) {
  World world;
  TestClient& a = world.join("A");
  TestClient& b = world.join("B");
  const CallId id = offer(world, a, b);
  world.run(50ms);
  world.send(b, wire::Setup{id, a.who(), b.who(), box()});
  world.run(50ms);
  world.send(a, wire::Release{id});
  const auto tx = b.last<wire::Channel>()->tx;
  for (int i = 0; i < 50; ++i) {
    world.sendMedia(b, tx, "still here");
    world.send(b, wire::Sealed{id, a.who(), b.who(), 1, Bytes(272)});
    world.run(1s);
  }
  EXPECT_EQ(world.relay().snapshot().calls, 0u);
  EXPECT_EQ(b.last<wire::Released>()->code, wire::ReleasedCode::Timeout);
}

TEST(Abuse, callsNobodyAnsweredFillNoBudgetAndEnd) {
  RelayConfig config;
  config.limits.maxCallsPlaced = 4;
  config.limits.maxCallsPerClient = 4;
  World world(config);
  TestClient& victim = world.join("Victim");
  TestClient& hostile = world.join("Hostile");
  TestClient& other = world.join("Other");
  for (int i = 0; i < 4; ++i) (void)offer(world, hostile, victim);
  world.run(100ms);
  ASSERT_EQ(victim.count<wire::Offer>(), 4u);
  // The victim still places calls.
  const CallId placed = offer(world, victim, other);
  world.run(100ms);
  EXPECT_FALSE(isUndeliverable(victim, placed));
  // Media and messages of the caller alone keep none of them.
  const auto channels = hostile.all<wire::Channel>();
  for (int i = 0; i < 50; ++i) {
    for (const auto& channel : channels) {
      world.sendMedia(hostile, channel.tx, "x");
      if (i % 10 == 0) {
        world.send(hostile, wire::Setup{channel.callId, victim.who(), hostile.who(), box()});
      }
    }
    world.run(1s);
  }
  EXPECT_EQ(world.relay().snapshot().calls, 0u);
}

TEST(Abuse, whoReleasesAStrangersCallIsFreeForTheNextAtOnce) {
  RelayConfig config;
  config.limits.maxCallsPerClient = 2;
  World world(config);
  TestClient& victim = world.join("Victim");
  TestClient& hostile = world.join("Hostile");
  TestClient& other = world.join("Other");
  for (int i = 0; i < 2; ++i) {
    const CallId id = offer(world, hostile, victim);
    world.run(50ms);
    world.send(victim, wire::Setup{id, hostile.who(), victim.who(), box()});
    world.send(victim, wire::Release{id});
    world.run(50ms);
  }
  const CallId id = offer(world, other, victim);
  world.run(50ms);
  EXPECT_FALSE(isUndeliverable(other, id));
  EXPECT_EQ(victim.count<wire::Offer>(), 3u);
}

TEST(Abuse, oneAddressCannotTakeAllCallsOfTheRelay) {
  const RelayLimits limits;
  EXPECT_LT(limits.maxCallsPlaced * limits.maxClientsPerAddress, limits.maxCalls);
}

TEST(Abuse, everyEndedCallIsToldWhenOneDepartureEndsSeveral) {
  World world;
  TestClient& a = world.join("A");
  TestClient& b = world.join("B");
  TestClient& c = world.join("C");
  const CallId first = offer(world, a, b);
  const CallId second = offer(world, a, c);
  world.run(50ms);
  world.send(b, wire::Release{first});
  world.send(c, wire::Release{second});
  world.run(50ms);
  ASSERT_EQ(world.relay().snapshot().calls, 2u);
  world.leave(a);
  world.run(200ms);
  ASSERT_EQ(world.relay().snapshot().calls, 0u);
  int calls = 0;
  for (const Event& event : world.takeEvents()) {
    if (const auto* changed = std::get_if<CallChanged>(&event)) calls += changed->delta;
  }
  EXPECT_EQ(calls, 0);
}

TEST(Abuse, thatTheDrainIsOverIsToldWhateverElseWasLost) {
  QuietCarrier carrier;
  TimePoint now = fromNanoseconds(1'000'000'000);
  SeededRandom random(3);
  RelayCore core(now, WallTime{}, RelayConfig{}, crypto::Identity::generate(random), carrier,
                 std::make_unique<MemoryDirectory>(1));
  const crypto::Identity identity = crypto::Identity::generate(random);
  const SocketAddress from{IpAddress::v4(10, 0, 0, 1), 9};
  for (std::uint64_t n = 1; n < Relay::kMaxEvents; ++n) {
    const net::ConnectionId id{(n << net::ConnectionId::kSlotBits) | 1};
    core.connected(now, id, identity.publicKey(), from);
    core.control(now, id, wire::encodeFrame(wire::Hello{1}));
    core.ended(now, id, RelayCore::Ended::Lost);
  }
  ASSERT_GT(core.metrics().eventsDropped, 0u);
  core.drain(now, now);
  std::optional<Event> last;
  while (auto event = core.pollEvent()) last = event;
  ASSERT_TRUE(last.has_value());
  EXPECT_TRUE(std::holds_alternative<Drained>(*last));
}

// A client that is slow while more people leave than the directory remembers.
TEST(Abuse, aListThatFellBehindTheDirectorysMemoryStartsAnew) {
  Metrics metrics;
  QuietCarrier carrier;
  Outbox outbox(carrier, metrics);
  MemoryDirectory directory(1);
  PresenceHub hub(directory, carrier, outbox, metrics);
  SeededRandom random(4);
  const auto ghost = random.id<Fingerprint>();
  directory.put(ghost, {Bytes(10, 1), 1, wire::PresenceState::Available});
  TimePoint now = fromNanoseconds(1'000'000'000);
  const net::ConnectionId client{(1 << net::ConnectionId::kSlotBits) | 1};
  hub.subscribe(now, client, 0);
  ASSERT_EQ(carrier.sent.size(), 1u);
  carrier.sent.clear();

  carrier.pending = 1'000'000;
  directory.remove(ghost);
  hub.changed(now);
  for (std::size_t i = 0; i < MemoryDirectory::kMaxTombstones; ++i) {
    const auto guest = random.id<Fingerprint>();
    directory.put(guest, {Bytes(10, 2), 1, wire::PresenceState::Available});
    directory.remove(guest);
  }
  carrier.pending = 0;
  for (int i = 0; i < 100; ++i) {
    now += 10ms;
    hub.handleTimeout(now);
  }
  ASSERT_FALSE(carrier.sent.empty());
  const auto* page = std::get_if<wire::PresencePage>(&carrier.sent[0].second);
  ASSERT_NE(page, nullptr) << "a delta could not name who is forgotten";
  EXPECT_EQ(page->page, 0u);
  EXPECT_TRUE(page->people.empty());
  EXPECT_TRUE(page->last);
  EXPECT_EQ(page->version, directory.version());
}

}  // namespace
}  // namespace foyer::relaylite
