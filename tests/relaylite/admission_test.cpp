#include <gtest/gtest.h>

#include "core/wire/close_codes.h"
#include "core/wire/limits.h"
#include "relaylite/admission.h"
#include "tests/relaylite/relay_world.h"

namespace foyer::relaylite {
namespace {

using testing::TestClient;
using testing::World;

std::uint64_t code(wire::CloseCode c) { return static_cast<std::uint64_t>(c); }

bool isClosedWith(const TestClient& client, wire::CloseCode with) {
  return client.closed && client.closed->reason == net::CloseReason::PeerClose &&
         client.closed->code == code(with);
}

TEST(Admission, welcomesWithVersionTimeAndObservedAddressInTwoRoundTrips) {
  World world;
  TestClient& client = world.addClient();
  const TimePoint dialled = world.now();
  world.dial(client);
  world.hello(client);
  ASSERT_TRUE(world.runUntil([&] { return client.count<wire::Welcome>() == 1; }));
  EXPECT_LE(world.now() - dialled, 4 * world.delay + 1ms);
  const auto welcome = *client.last<wire::Welcome>();
  EXPECT_EQ(welcome.id, 1u);
  EXPECT_EQ(welcome.version, 1);
  EXPECT_EQ(welcome.observed, client.address.toString());
  EXPECT_NEAR(static_cast<double>(welcome.timeMs), 1'700'000'000'000.0, 1000.0);
  EXPECT_EQ(welcome.ttlSeconds, 7200u);
  EXPECT_EQ(world.relay().snapshot().clients, 1u);
  const auto events = world.takeEvents();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(std::get<ClientChanged>(events[0]).delta, +1);
}

TEST(Admission, whoSaysNothingForTenSecondsIsClosed) {
  World world;
  TestClient& client = world.addClient();
  world.dial(client);
  world.run(9s);
  EXPECT_TRUE(client.isConnected);
  world.run(2s);
  EXPECT_TRUE(isClosedWith(client, wire::CloseCode::HelloMissing));
  EXPECT_EQ(world.relay().metrics().helloMissing, 1u);
  EXPECT_EQ(world.relay().snapshot().newcomers, 0u);
}

TEST(Admission, aHelloInDripsIsTooLate) {
  World world;
  TestClient& client = world.addClient();
  world.dial(client);
  const Bytes frame = wire::encodeFrame(wire::Hello{1, {1}, ""});
  for (std::size_t i = 0; i + 1 < frame.size() && !client.closed; ++i) {
    world.sendRaw(client, ByteView(frame).subspan(i, 1));
    world.run(1s);
  }
  EXPECT_TRUE(isClosedWith(client, wire::CloseCode::HelloMissing));
}

TEST(Admission, anyOtherFirstMessageCloses) {
  World world;
  TestClient& client = world.addClient();
  world.dial(client);
  world.send(client, wire::Ping{1});
  ASSERT_TRUE(world.runUntil([&] { return client.closed.has_value(); }));
  EXPECT_TRUE(isClosedWith(client, wire::CloseCode::ProtocolViolation));
}

TEST(Admission, aVersionWeDoNotSpeakIsRefusedByName) {
  World world;
  TestClient& client = world.addClient();
  world.dial(client);
  world.send(client, wire::Hello{7, {9, 12}, ""});
  ASSERT_TRUE(world.runUntil([&] { return client.closed.has_value(); }));
  EXPECT_EQ(client.last<wire::Refused>()->code, wire::RefusedCode::Version);
  EXPECT_EQ(client.last<wire::Refused>()->id, 7u);
  EXPECT_TRUE(isClosedWith(client, wire::CloseCode::Refused));
}

TEST(Admission, anInviteIsAskedForAndComparedWhole) {
  RelayConfig config;
  config.inviteToken = "right-token";
  World world(config);
  struct Row {
    std::string shown;
    std::optional<wire::RefusedCode> refused;
  };
  for (const Row& row :
       {Row{"", wire::RefusedCode::InviteRequired},
        Row{"right-toke", wire::RefusedCode::InviteWrong},
        Row{"right-token2", wire::RefusedCode::InviteWrong}, Row{"right-token", std::nullopt}}) {
    TestClient& client = world.addClient();
    world.dial(client);
    world.hello(client, row.shown);
    world.run(200ms);
    const auto refused = client.last<wire::Refused>();
    EXPECT_EQ(refused ? std::optional(refused->code) : std::nullopt, row.refused) << row.shown;
    EXPECT_EQ(client.count<wire::Welcome>(), row.refused ? 0u : 1u);
  }
  world.relay().tune("", RelayLimits{});
  TestClient& later = world.addClient();
  world.dial(later);
  world.hello(later);
  EXPECT_TRUE(world.runUntil([&] { return later.count<wire::Welcome>() == 1; }));
}

TEST(Admission, aFullRelaySaysSoAndLetsItsClientsComeBack) {
  RelayConfig config;
  config.limits.maxClients = 2;
  World world(config);
  TestClient& first = world.join();
  world.join();
  TestClient& third = world.addClient();
  world.dial(third);
  world.hello(third);
  ASSERT_TRUE(world.runUntil([&] { return third.closed.has_value(); }));
  EXPECT_EQ(third.last<wire::Refused>()->code, wire::RefusedCode::Full);
  EXPECT_TRUE(third.last<wire::Refused>()->retryAfterMs.has_value());
  world.cut(first);
  world.reconnect(first);
  EXPECT_TRUE(world.runUntil([&] { return first.count<wire::Welcome>() == 1; }));
}

TEST(Admission, oneAddressHoldsOnlySoMany) {
  RelayConfig config;
  config.limits.maxClientsPerAddress = 3;
  World world(config);
  const IpAddress shared = IpAddress::v4(203, 0, 113, 9);
  std::size_t welcomed = 0;
  std::size_t refused = 0;
  for (int i = 0; i < 5; ++i) {
    TestClient& client = world.addClient(shared);
    world.dial(client);
    world.hello(client);
    world.run(200ms);
    welcomed += client.count<wire::Welcome>();
    if (client.last<wire::Refused>()) {
      ++refused;
      EXPECT_EQ(client.last<wire::Refused>()->code, wire::RefusedCode::AddressLimit);
    }
  }
  EXPECT_EQ(welcomed, 3u);
  EXPECT_EQ(refused, 2u);
  world.join();
}

TEST(Admission, theNewestRegistrationWinsAndTheOlderIsTold) {
  World world;
  TestClient& older = world.join("Amina");
  TestClient& newer = world.addTwin(older);
  world.dial(newer);
  world.hello(newer);
  world.send(newer, wire::Publish{2, world.record(newer, "Amina")});
  ASSERT_TRUE(world.runUntil([&] { return older.closed && newer.count<wire::Published>() == 1; }));
  EXPECT_EQ(older.count<wire::Replaced>(), 1u);
  EXPECT_TRUE(isClosedWith(older, wire::CloseCode::Replaced));
  EXPECT_EQ(world.relay().snapshot().clients, 1u);
  EXPECT_EQ(world.relay().snapshot().people, 1u);
  // The old connection's end, now or later, changes nothing for the newer.
  world.run(40s);
  EXPECT_TRUE(newer.isConnected);
  EXPECT_EQ(world.relay().snapshot().people, 1u);
}

TEST(Admission, reflectAndPingAreAnswered) {
  World world;
  TestClient& client = world.join();
  world.send(client, wire::Reflect{11});
  world.send(client, wire::Ping{12});
  ASSERT_TRUE(world.runUntil([&] { return client.count<wire::Pong>() == 1; }));
  EXPECT_EQ(client.last<wire::Pong>()->id, 12u);
  EXPECT_EQ(client.last<wire::Reflected>()->id, 11u);
  EXPECT_EQ(client.last<wire::Reflected>()->observed, client.address.toString());
}

// B-02
TEST(Tolerance, badMessagesBetweenGoodOnesAreSkipped) {
  World world;
  TestClient& client = world.join();
  world.send(client, wire::Ping{101});
  world.sendJson(client, R"({"t":"room_join","id":1})");
  world.sendJson(client, R"({"t":"ping","id":"one"})");
  world.sendJson(client, R"({"t":"ping")");
  world.sendJson(client, "\xff\xfe\x00\x01");
  world.sendJson(
      client,
      R"({"t":"welcome","id":1,"version":1,"time_ms":0,"observed":"","relay_build":"","ttl_s":1})");
  world.sendJson(client, R"({"t":"hello","id":1,"versions":[1]})");
  world.send(client, wire::Ping{102});
  ASSERT_TRUE(world.runUntil([&] { return client.count<wire::Pong>() == 2; }));
  EXPECT_FALSE(client.closed);
  EXPECT_EQ(world.relay().metrics().unknownTypes, 1u);
  EXPECT_EQ(world.relay().metrics().badMessages, 5u);
  EXPECT_EQ(world.relay().snapshot().clients, 1u);
}

TEST(Tolerance, overlongFramesCloseWithTheirReason) {
  World world;
  TestClient& client = world.join();
  Bytes bomb;
  appendU32(bomb, 10'000'000);
  append(bomb, Bytes(2000, 'x'));
  world.sendRaw(client, bomb);
  ASSERT_TRUE(world.runUntil([&] { return client.closed.has_value(); }));
  EXPECT_TRUE(isClosedWith(client, wire::CloseCode::FrameTooLong));
}

TEST(Tolerance, moreThanSixtyBadMessagesAMinuteClose) {
  World world;
  TestClient& client = world.join();
  for (std::size_t i = 0; i < wire::kMaxBadMessagesPerMinute; ++i) world.sendJson(client, "{}");
  world.run(1s);
  EXPECT_FALSE(client.closed);
  world.run(61s);
  for (std::size_t i = 0; i < wire::kMaxBadMessagesPerMinute; ++i) world.sendJson(client, "{}");
  world.run(1s);
  EXPECT_FALSE(client.closed);
  world.sendJson(client, "{}");
  ASSERT_TRUE(world.runUntil([&] { return client.closed.has_value(); }));
  EXPECT_TRUE(isClosedWith(client, wire::CloseCode::TooManyBadMessages));
}

// ---- invites

RelayConfig invited() {
  RelayConfig config;
  config.inviteToken = "the-host";
  return config;
}

WallTime wallIn(std::int64_t ms) { return {1'700'000'000'000 + ms}; }

// Dials, says hello with that token, and tells whether it was let in.
bool comesIn(World& world, TestClient& client, const std::string& token) {
  const auto before = client.count<wire::Welcome>();
  client.closed.reset();
  world.dial(client);
  world.hello(client, token);
  world.runUntil([&] { return client.closed || client.count<wire::Welcome>() > before; });
  return client.count<wire::Welcome>() > before;
}

bool comesBack(World& world, TestClient& client, const std::string& token) {
  client.closed.reset();
  world.reconnect(client, token);
  world.runUntil([&] { return client.closed || client.count<wire::Welcome>() > 0; });
  return client.count<wire::Welcome>() > 0;
}

TEST(Invites, oneLetsInUntilItIsOver) {
  World world(invited());
  world.relay().invite(world.now(), {{"an-hour", wallIn(3'600'000)}, {"for-ever", std::nullopt}});
  world.run(3599s);
  EXPECT_TRUE(comesIn(world, world.addClient(), "an-hour"));
  world.run(2s);
  TestClient& late = world.addClient();
  EXPECT_FALSE(comesIn(world, late, "an-hour"));
  EXPECT_EQ(late.last<wire::Refused>()->code, wire::RefusedCode::InviteWrong);
  EXPECT_TRUE(comesIn(world, world.addClient(), "for-ever"));
  EXPECT_TRUE(comesIn(world, world.addClient(), "the-host"));
  EXPECT_FALSE(comesIn(world, world.addClient(), "never-made"));
}

TEST(Invites, whoCameInByOneComesBackThoughItIsOver) {
  World world(invited());
  world.relay().invite(world.now(), {{"an-hour", wallIn(3'600'000)}});
  TestClient& guest = world.addClient();
  ASSERT_TRUE(comesIn(world, guest, "an-hour"));
  world.run(3700s);
  EXPECT_FALSE(guest.closed) << "nobody is sent away";
  EXPECT_TRUE(comesBack(world, guest, "an-hour"));
  // Something else is told to the relay meanwhile, and the invite is still there.
  world.relay().invite(world.now(), {{"another", std::nullopt}, {"an-hour", wallIn(3'600'000)}});
  EXPECT_TRUE(comesBack(world, guest, "an-hour"));
  EXPECT_FALSE(comesIn(world, world.addClient(), "an-hour")) << "that is for whom it let in";
}

TEST(Invites, oneThatIsTakenBackSendsAwayWhoCameInByIt) {
  World world(invited());
  world.relay().invite(world.now(), {{"for-ever", std::nullopt}, {"another", std::nullopt}});
  TestClient& guest = world.addClient();
  TestClient& other = world.addClient();
  TestClient& host = world.addClient();
  ASSERT_TRUE(comesIn(world, guest, "for-ever"));
  ASSERT_TRUE(comesIn(world, other, "another"));
  ASSERT_TRUE(comesIn(world, host, "the-host"));
  world.relay().invite(world.now(), {{"another", std::nullopt}});
  ASSERT_TRUE(world.runUntil([&] { return guest.closed.has_value(); }));
  EXPECT_TRUE(isClosedWith(guest, wire::CloseCode::Refused));
  ASSERT_EQ(guest.count<wire::Refused>(), 1U) << "they are told why";
  EXPECT_EQ(guest.last<wire::Refused>()->code, wire::RefusedCode::InviteRevoked);
  world.run(60s);
  EXPECT_FALSE(other.closed);
  EXPECT_FALSE(host.closed);
  EXPECT_EQ(world.relay().snapshot().clients, 2U);
  EXPECT_FALSE(comesIn(world, world.addClient(), "for-ever"));
  EXPECT_FALSE(comesBack(world, guest, "for-ever"));
  EXPECT_EQ(guest.last<wire::Refused>()->code, wire::RefusedCode::InviteWrong);
}

TEST(Invites, takingOneBackLeavesNobodyOfItInTheLobby) {
  World world(invited());
  world.relay().invite(world.now(), {{"for-ever", std::nullopt}});
  TestClient& guest = world.addClient();
  ASSERT_TRUE(comesIn(world, guest, "for-ever"));
  world.send(guest, wire::Publish{1, world.record(guest)});
  world.run(1s);
  ASSERT_EQ(world.relay().snapshot().people, 1U);
  world.relay().invite(world.now(), {});
  EXPECT_EQ(world.relay().snapshot().people, 0U) << "nobody waits for them to come back";
}

TEST(Invites, whoseTimeIsOverIsForgottenWithoutSendingAnybodyAway) {
  World world(invited());
  world.relay().invite(world.now(), {{"an-hour", wallIn(3'600'000)}});
  TestClient& guest = world.addClient();
  ASSERT_TRUE(comesIn(world, guest, "an-hour"));
  world.run(3700s);
  world.relay().invite(world.now(), {});
  world.run(10s);
  EXPECT_FALSE(guest.closed);
}

TEST(Invites, aRelayThatAsksForNoneAnyMoreSendsNobodyAway) {
  World world(invited());
  world.relay().invite(world.now(), {{"for-ever", std::nullopt}});
  TestClient& guest = world.addClient();
  ASSERT_TRUE(comesIn(world, guest, "for-ever"));
  world.relay().tune("", {});
  world.relay().invite(world.now(), {});
  world.run(10s);
  EXPECT_FALSE(guest.closed);
  // Asked for again, the same invite is the same, and can be taken back.
  world.relay().tune("the-host", {});
  world.relay().invite(world.now(), {{"for-ever", std::nullopt}});
  world.run(10s);
  EXPECT_FALSE(guest.closed);
  world.relay().invite(world.now(), {});
  ASSERT_TRUE(world.runUntil([&] { return guest.closed.has_value(); }));
}

TEST(Invites, areNothingWhereEverybodyMayComeIn) {
  World world;
  world.relay().invite(world.now(), {{"for-ever", std::nullopt}});
  EXPECT_TRUE(comesIn(world, world.addClient(), ""));
  EXPECT_TRUE(comesIn(world, world.addClient(), "any-other"));
}

TEST(Invites, moreThanTheMostAreNotLetInBy) {
  World world(invited());
  std::vector<Invite> many;
  for (std::size_t i = 0; i <= InviteGate::kMaxInvites; ++i)
    many.push_back({"number-" + std::to_string(i), std::nullopt});
  world.relay().invite(world.now(), many);
  EXPECT_TRUE(comesIn(world, world.addClient(), "number-0"));
  EXPECT_FALSE(comesIn(world, world.addClient(), many.back().token));
}

TEST(Tolerance, aFloodOfGoodMessagesCloses) {
  World world;
  TestClient& client = world.join();
  TestClient& other = world.join();
  for (std::uint32_t i = 1; i <= 600; ++i) world.send(client, wire::Ping{i});
  ASSERT_TRUE(world.runUntil([&] { return client.closed.has_value(); }));
  EXPECT_TRUE(isClosedWith(client, wire::CloseCode::Flood));
  EXPECT_FALSE(other.closed);
}

TEST(Tolerance, aFloodOfBytesCloses) {
  World world;
  TestClient& client = world.join();
  const std::string junk = R"({"t":"ping","id":1,"x":")" + std::string(60'000, 'x') + "\"}";
  for (int i = 0; i < 12 && !client.closed; ++i) {
    world.sendJson(client, junk);
    world.run(200ms);
  }
  EXPECT_TRUE(isClosedWith(client, wire::CloseCode::Flood));
}

TEST(Tolerance, anUnfinishedFrameIsNotHeldForEver) {
  World world;
  TestClient& client = world.join();
  Bytes start;
  appendU32(start, 60'000);
  world.sendRaw(client, start);
  for (int i = 0; i < 32 && !client.closed; ++i) {
    world.sendRaw(client, Bytes(10, ' '));
    world.run(1s);
  }
  EXPECT_TRUE(isClosedWith(client, wire::CloseCode::ProtocolViolation));
  EXPECT_EQ(world.relay().metrics().closedForSlowFrame, 1u);
}

TEST(Tolerance, whoNeverReadsIsClosedAndHoldsLittle) {
  World world;
  TestClient& client = world.join();
  client.readsSlowly = true;
  // Each answer is small, so it takes a while within the rate of messages.
  for (int i = 0; i < 400 && world.relay().snapshot().clients == 1; ++i) {
    for (std::uint32_t n = 0; n < 40; ++n) world.send(client, wire::Reflect{n + 1});
    world.run(1s);
  }
  EXPECT_EQ(world.relay().metrics().closedForSlowReading, 1u);
}

TEST(Tolerance, randomPacketsAndRandomStreamsHarmNobody) {
  World world;
  TestClient& good = world.join();
  SeededRandom random(99);
  for (int round = 0; round < 3000; ++round) {
    Bytes bytes(1 + random.below(1400));
    random.fill(bytes);
    const SocketAddress from{IpAddress::v4(198, 51, 100, static_cast<std::uint8_t>(round)), 7};
    world.relay().handleDatagram(world.now(), {world.relayAddress(), from, 0, bytes});
  }
  for (int round = 0; round < 20; ++round) {
    TestClient& bad = world.addClient();
    world.dial(bad);
    Bytes bytes(1 + random.below(4000));
    random.fill(bytes);
    world.sendRaw(bad, bytes);
    world.run(50ms);
    for (int i = 0; i < 10; ++i) world.sendMedia(bad, random.below(4), "noise");
  }
  world.run(15s);
  world.send(good, wire::Ping{5});
  EXPECT_TRUE(world.runUntil([&] { return good.count<wire::Pong>() == 1; }));
  EXPECT_EQ(world.relay().snapshot().clients, 1u);
  EXPECT_EQ(world.relay().snapshot().newcomers, 0u);
}

TEST(Admission, clientsOfARestartedRelayLearnOfItByTheirNextPacket) {
  World world;
  TestClient& client = world.join();
  world.run(1s);
  world.restartRelay();
  world.send(client, wire::Ping{5});
  ASSERT_TRUE(world.runUntil([&] { return client.closed.has_value(); }, 1s));
  EXPECT_EQ(client.closed->reason, net::CloseReason::StatelessReset);
}

TEST(Drain, tellsEverybodyAndClosesAtOnceWithoutCalls) {
  World world;
  TestClient& a = world.join();
  TestClient& b = world.join();
  world.takeEvents();
  world.relay().drain(world.now(), world.now() + 60s);
  ASSERT_TRUE(world.runUntil([&] { return a.closed && b.closed; }));
  EXPECT_EQ(a.count<wire::Draining>(), 1u);
  EXPECT_TRUE(isClosedWith(a, wire::CloseCode::Draining));
  const auto events = world.takeEvents();
  EXPECT_TRUE(std::holds_alternative<Drained>(events.back()));
  EXPECT_EQ(world.relay().snapshot().clients, 0u);
  TestClient& late = world.addClient();
  world.dial(late);
  world.hello(late);
  ASSERT_TRUE(world.runUntil([&] { return late.closed.has_value(); }));
  EXPECT_EQ(late.closed->reason, net::CloseReason::Refused);
}

}  // namespace
}  // namespace foyer::relaylite
