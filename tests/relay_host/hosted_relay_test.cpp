#include "relaylite/host/hosted_relay.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <mutex>

#include "core/io/files.h"
#include "core/net/stun_client.h"
#include "relaylite/host/self_check.h"
#include "tests/io/wait.h"
#include "tests/relay_host/test_clients.h"

namespace foyer::relayhost {
namespace {

class HostedRelayTest : public testing::Test {
 protected:
  HostedRelayTest() {
    std::string name = testing::TempDir() + "foyer-host-XXXXXX";
    m_folder = mkdtemp(name.data());
  }
  ~HostedRelayTest() override {
    m_relay.reset();
    std::filesystem::remove_all(m_folder);
  }

  [[nodiscard]] RelayOptions options() const {
    RelayOptions made;
    made.dataDirectory = m_folder;
    made.announce = false;
    return made;
  }
  void make() {
    m_relay = std::make_unique<HostedRelay>(m_clock, [this](const RelayUpdate& update) {
      const std::lock_guard lock(m_mutex);
      m_updates.push_back(update);
    });
  }
  [[nodiscard]] std::vector<RelayUpdate> updates() {
    const std::lock_guard lock(m_mutex);
    return m_updates;
  }
  [[nodiscard]] RelayStatus last() {
    const std::lock_guard lock(m_mutex);
    return m_updates.empty() ? RelayStatus{} : m_updates.back().status;
  }
  bool reaches(RelayPhase phase) {
    return io::waitUntil([&] { return last().phase == phase; });
  }
  // Starts and waits until it serves.
  std::uint64_t serve(const RelayOptions& with) {
    if (!m_relay) make();
    const std::uint64_t generation = m_relay->start(with);
    EXPECT_TRUE(io::waitUntil([&] {
      const RelayStatus now = last();
      return now.generation == generation &&
             (now.phase == RelayPhase::Serving || now.phase == RelayPhase::Error);
    }));
    const RelayStatus now = last();
    EXPECT_EQ(now.phase, RelayPhase::Serving)
        << (now.fault ? now.fault->stage + "/" + now.fault->code + " " + now.fault->detail : "");
    return generation;
  }
  [[nodiscard]] wire::RelayLink link() { return wire::parseRelayLink(last().link).value(); }

  std::string m_folder;
  io::SystemClock m_clock;
  std::mutex m_mutex;
  std::vector<RelayUpdate> m_updates;
  std::unique_ptr<HostedRelay> m_relay;
};

// Anybody's, without an admission, and nobody is counted for it.
TEST_F(HostedRelayTest, tellsWhereADatagramCameFrom) {
  serve(options());
  io::EventLoop loop(m_clock);
  io::OsRandom random;
  net::StunClient client(random);
  auto socket = std::move(*io::UdpSocket::open({IpAddress::v4(127, 0, 0, 1), 0}));
  const SocketAddress label = io::localLabel(IpAddress::Family::V4);
  const SocketAddress server{IpAddress::v4(127, 0, 0, 1), last().port};
  io::NetDriver<net::StunClient> driver(loop, client, [](TimePoint) { return false; });
  driver.addSocket(*socket, label);
  ASSERT_TRUE(
      client.ask(loop.now(), {.local = label, .server = server, .change = {}, .answerFrom = {}}));
  driver.pump(loop.now());
  std::optional<net::StunAnswer> answer;
  ASSERT_TRUE(io::turnUntil(loop, [&] { return (answer = client.pollEvent()).has_value(); }));
  EXPECT_EQ(answer->outcome, net::StunOutcome::Answered);
  EXPECT_EQ(answer->mapped, socket->localAddress());
  EXPECT_EQ(last().clients, 0u);
}

TEST_F(HostedRelayTest, passesThroughItsPhasesInOrderAndServes) {
  const std::uint64_t generation = serve(options());
  std::vector<RelayPhase> phases;
  for (const RelayUpdate& update : updates()) {
    EXPECT_EQ(update.status.generation, generation);
    EXPECT_EQ(update.status.clients, 0u) << "the check's own client is not shown";
    EXPECT_TRUE(update.changes.empty());
    if (phases.empty() || phases.back() != update.status.phase)
      phases.push_back(update.status.phase);
  }
  EXPECT_EQ(phases,
            (std::vector{RelayPhase::Binding, RelayPhase::DetectingAddresses,
                         RelayPhase::Announcing, RelayPhase::Verifying, RelayPhase::Serving}));
  EXPECT_EQ(link().relay, last().fingerprint);
  EXPECT_EQ(link().hosts.front().port, last().port);
  EXPECT_TRUE(last().servingSince);

  m_relay->stop(StopWhen::Now);
  EXPECT_TRUE(reaches(RelayPhase::Idle));
  EXPECT_EQ(last().link, "");
}

TEST_F(HostedRelayTest, clientsComeInAreCountedAndAreToldWhenItStops) {
  serve(options());
  io::EventLoop loop(m_clock);
  TestClients one(loop), two(loop);
  one.join(link());
  two.join(link());
  ASSERT_TRUE(io::turnUntil(loop, [&] { return one.welcomed + two.welcomed == 2; }));
  EXPECT_TRUE(io::turnUntil(loop, [&] { return last().clients == 2; }));
  EXPECT_TRUE(io::turnUntil(loop, [&] { return last().kbpsIn > 0; }));

  m_relay->stop(StopWhen::Now);
  EXPECT_TRUE(io::turnUntil(loop, [&] { return one.closed + two.closed == 2; }));
  EXPECT_EQ(one.drained + two.drained, 2u);
  EXPECT_TRUE(reaches(RelayPhase::Idle));
  EXPECT_EQ(last().clients, 0u);
  EXPECT_EQ(last().kbpsIn, 0);
}

TEST_F(HostedRelayTest, eachWhoIsConnectedIsToldByAConnectionOfTheirOwn) {
  serve(options());
  io::EventLoop loop(m_clock);
  auto one = std::make_unique<TestClients>(loop), two = std::make_unique<TestClients>(loop);
  one->join(link());
  ASSERT_TRUE(io::turnUntil(loop, [&] { return last().guests.size() == 1; }));
  const RelayGuest first = last().guests.front();
  EXPECT_NE(first.who, Fingerprint{});
  two->join(link());
  ASSERT_TRUE(io::turnUntil(loop, [&] { return last().guests.size() == 2; }));
  EXPECT_EQ(last().guests[0], first) << "who was there first stays the first";
  EXPECT_NE(last().guests[1].client, first.client);
  EXPECT_NE(last().guests[1].who, first.who);
  EXPECT_GE(last().guests[1].since, first.since);
  m_relay->stop(StopWhen::Now);
  EXPECT_TRUE(io::turnUntil(loop, [&] { return last().phase == RelayPhase::Idle; }));
  EXPECT_TRUE(last().guests.empty());
}

TEST_F(HostedRelayTest, anInviteThatIsGivenWhileItServesLetsInUntilItIsTakenBack) {
  RelayOptions with = options();
  with.tuning.inviteToken = "the-host";
  serve(with);
  io::EventLoop loop(m_clock);
  TestClients clients(loop);
  clients.join(link(), "a-guest");
  ASSERT_TRUE(io::turnUntil(loop, [&] { return clients.refused == 1; }));
  with.tuning.invites = {{"a-guest", WallTime{m_clock.wall().unixMs + 3'600'000}}};
  m_relay->reload(with.tuning);
  // What was posted is done before a handshake that begins now has ended.
  clients.join(link(), "a-guest");
  ASSERT_TRUE(io::turnUntil(loop, [&] { return clients.welcomed == 1; }));
  with.tuning.invites.clear();
  m_relay->reload(with.tuning);
  TestClients stranger(loop);
  stranger.join(link(), "a-guest");
  ASSERT_TRUE(io::turnUntil(loop, [&] { return stranger.refused == 1; }));
  // The first refusal, and the guest: who came in by it goes when it is taken back.
  EXPECT_TRUE(io::turnUntil(loop, [&] { return clients.closed == 2; }));
}

TEST_F(HostedRelayTest, withoutCallsItIsIdleAtOnceAlsoWhenToldToWaitForThem) {
  serve(options());
  io::EventLoop loop(m_clock);
  TestClients clients(loop);
  clients.join(link());
  ASSERT_TRUE(io::turnUntil(loop, [&] { return clients.welcomed == 1; }));
  m_relay->stop(StopWhen::CallsEnded);
  EXPECT_TRUE(io::turnUntil(loop, [&] { return clients.closed == 1; }));
  EXPECT_TRUE(reaches(RelayPhase::Idle));
}

TEST_F(HostedRelayTest, fiveHundredThatLeaveAtOnceMakeAtMostFiveUpdates) {
  constexpr std::size_t kClients = 500;
  // Above the 64 clients and the 200 handshakes at once that one address may have, so they come
  // from 25 addresses of the loopback network; the relay's limits are the ordinary ones.
  constexpr std::size_t kAddresses = 25;
  RelayOptions many = options();
  many.listen = "127.0.0.1";
  serve(many);
  io::EventLoop loop(m_clock);
  const wire::RelayLink relay = link();
  std::vector<std::unique_ptr<TestClients>> clients;
  const auto welcomed = [&] {
    std::size_t count = 0;
    for (const auto& client : clients) count += client->welcomed;
    return count;
  };
  for (std::size_t i = 0; i < kClients; ++i) {
    const auto from = IpAddress::v4(127, 0, 1, static_cast<std::uint8_t>(1 + i % kAddresses));
    clients.push_back(std::make_unique<TestClients>(loop, from));
    clients.back()->join(relay);
    loop.runOnce(0s);
  }
  ASSERT_TRUE(io::turnUntil(
      loop, [&] { return welcomed() == kClients; }, 30s))
      << welcomed();
  ASSERT_TRUE(io::turnUntil(loop, [&] { return last().clients == kClients; }));
  const std::size_t before = updates().size();
  m_relay->stop(StopWhen::Now);
  ASSERT_TRUE(io::turnUntil(loop, [&] { return last().phase == RelayPhase::Idle; }));
  const auto all = updates();
  EXPECT_LE(all.size() - before, 5u);
  std::uint64_t left = 0;
  for (std::size_t i = before; i < all.size(); ++i) {
    left += all[i].changes.size() + all[i].changesLost;
  }
  EXPECT_EQ(left, kClients);
  std::size_t told = 0;
  ASSERT_TRUE(io::turnUntil(loop, [&] {
    told = 0;
    for (const auto& client : clients) told += client->closed;
    return told == kClients;
  })) << told;
}

TEST_F(HostedRelayTest, keepsItsIdentityAndItsPortFromRunToRun) {
  serve(options());
  const RelayStatus first = last();
  m_relay->stop(StopWhen::Now);
  ASSERT_TRUE(reaches(RelayPhase::Idle));
  RelayOptions again = options();
  again.port = first.port;
  const std::uint64_t generation = serve(again);
  EXPECT_EQ(generation, first.generation + 1);
  EXPECT_EQ(last().fingerprint, first.fingerprint);
  EXPECT_EQ(last().port, first.port);
}

TEST_F(HostedRelayTest, startingAgainCutsTheRunThatGoesOn) {
  serve(options());
  const auto first = last();
  RelayOptions again = options();
  again.port = first.port;
  EXPECT_EQ(serve(again), first.generation + 1);
}

TEST_F(HostedRelayTest, aTakenPortIsAnErrorWithAFreeOne) {
  const auto other = io::UdpSocket::open({IpAddress::v4(0, 0, 0, 0), 0});
  make();
  RelayOptions taken = options();
  taken.port = (*other)->localAddress().port;
  m_relay->start(taken);
  ASSERT_TRUE(reaches(RelayPhase::Error));
  const RelayStatus status = last();
  ASSERT_TRUE(status.fault);
  EXPECT_EQ(status.fault->stage, "binding");
  EXPECT_EQ(status.fault->code, "port_taken");
  EXPECT_TRUE(status.fault->retryable);
  ASSERT_TRUE(status.freePort);
  taken.port = *status.freePort;
  serve(taken);
}

TEST_F(HostedRelayTest, aLostKeyIsAnErrorAndStopClearsIt) {
  serve(options());
  m_relay->stop(StopWhen::Now);
  ASSERT_TRUE(reaches(RelayPhase::Idle));
  ASSERT_TRUE(io::removeFile(m_folder + "/relay.seed"));
  m_relay->start(options());
  ASSERT_TRUE(reaches(RelayPhase::Error));
  EXPECT_EQ(last().fault->stage, "identity");
  EXPECT_EQ(last().fault->code, "lost");
  m_relay->stop(StopWhen::Now);
  ASSERT_TRUE(reaches(RelayPhase::Idle));
  EXPECT_FALSE(last().fault);
}

TEST_F(HostedRelayTest, theInviteIsInTheLinkAndAskedForAndCanBeChanged) {
  RelayOptions closed = options();
  closed.tuning.inviteToken = "first";
  serve(closed);
  EXPECT_EQ(link().invite, "first");
  io::EventLoop loop(m_clock);
  TestClients clients(loop);
  clients.join(link(), "");
  EXPECT_TRUE(io::turnUntil(loop, [&] { return clients.refused == 1; }));
  clients.join(link());
  EXPECT_TRUE(io::turnUntil(loop, [&] { return clients.welcomed == 1; }));

  RelayTuning tuning = closed.tuning;
  tuning.inviteToken = "second";
  m_relay->reload(tuning);
  EXPECT_TRUE(io::turnUntil(loop, [&] { return link().invite == "second"; }));
  clients.join(link(), "first");
  EXPECT_TRUE(io::turnUntil(loop, [&] { return clients.refused == 2; }));
}

TEST_F(HostedRelayTest, loopbackOnlyIsPossible) {
  RelayOptions loopback = options();
  loopback.listen = "::1";
  serve(loopback);
  EXPECT_EQ(link().hosts.size(), 1u);
  EXPECT_EQ(link().hosts.front().host, "::1");
}

TEST_F(HostedRelayTest, withoutANetworkItServesWithAWarningThatGoesWhenThereIsOne) {
  RelayOptions alone = options();
  const auto addresses = std::make_shared<std::atomic<const char*>>("127.0.0.1");
  alone.localAddresses = [addresses] {
    return std::vector<io::LocalAddress>{{*IpAddress::parse(addresses->load()), "test"}};
  };
  serve(alone);
  ASSERT_TRUE(last().warning);
  EXPECT_EQ(last().warning->stage, "reach");
  EXPECT_EQ(last().warning->code, "only_here");
  EXPECT_EQ(link().hosts.front().host, "127.0.0.1");
  for (const RelayUpdate& update : updates())
    EXPECT_TRUE(update.status.phase == RelayPhase::Serving || !update.status.warning)
        << "not before the check is over";

  *addresses = "192.0.2.7";
  m_relay->reload(alone.tuning);  // looks again, as a change of the network does
  ASSERT_TRUE(io::waitUntil([&] { return !last().warning; }));
  EXPECT_EQ(last().phase, RelayPhase::Serving);
  EXPECT_EQ(link().hosts.front().host, "192.0.2.7");
}

TEST_F(HostedRelayTest, whereOnlyLoopbackAnswersAFirewallIsSuspectedUntilTheAddressChanges) {
  RelayOptions shut = options();
  // TEST-NET-1: nothing answers there.
  const auto addresses = std::make_shared<std::atomic<const char*>>("192.0.2.7");
  shut.localAddresses = [addresses] {
    return std::vector<io::LocalAddress>{{*IpAddress::parse(addresses->load()), "test"}};
  };
  serve(shut);
  ASSERT_TRUE(last().warning);
  EXPECT_EQ(last().warning->code, "firewall");
  *addresses = "192.0.2.8";
  m_relay->reload(shut.tuning);
  EXPECT_TRUE(io::waitUntil([&] { return !last().warning; }));
  m_relay->stop(StopWhen::Now);
  EXPECT_TRUE(reaches(RelayPhase::Idle));
}

TEST_F(HostedRelayTest, itCanBeDestroyedInAnyPhase) {
  for (int i = 0; i < 20; ++i) {
    make();
    m_relay->start(options());
    if (i % 2 == 0) m_relay->stop(StopWhen::Now);
    if (i % 5 == 0) m_relay->start(options());
    m_relay.reset();
  }
}

// SelfCheck itself, against a relay with another key and against silence.
TEST_F(HostedRelayTest, theCheckTellsAWrongKeyAndSilenceApart) {
  serve(options());
  io::EventLoop loop(m_clock);
  io::OsRandom random;
  const auto ask = [&](const SocketAddress& address) {
    std::optional<Result<void, Fault>> outcome;
    const auto other = crypto::Identity::generate(random);
    SelfCheck check(loop, random, {address, net::KeyPin::to(other.publicKey()), ""},
                    [&](Result<void, Fault> result) { outcome = std::move(result); });
    EXPECT_TRUE(io::turnUntil(loop, [&] { return outcome.has_value(); }));
    return outcome && !*outcome ? outcome->error().code : std::string("none");
  };
  EXPECT_EQ(ask({IpAddress::v4(127, 0, 0, 1), last().port}), "wrong_key");
  const auto silent = io::UdpSocket::open({IpAddress::v4(127, 0, 0, 1), 0});
  EXPECT_EQ(ask((*silent)->localAddress()), "no_answer");
}

}  // namespace
}  // namespace foyer::relayhost
