// Which TURN server a call gets, and what becomes of those that do not work: against the real
// coturn and against nobody.
#include "core/engine/turn_paths.h"

#include <gtest/gtest.h>

#include <map>

#include "core/io/os_random.h"
#include "tests/io/coturn/coturn.h"
#include "tests/io/wait.h"

namespace foyer::engine {
namespace {

using test::Coturn;

const IpAddress kHere = IpAddress::v4(127, 0, 0, 1);

class TurnPathsTest : public testing::Test {
 protected:
  void SetUp() override {
    if (const std::string why = Coturn::whyNot(); !why.empty()) GTEST_SKIP() << why;
    const WallTime wall = m_clock.wall();
    m_paths.setWallClock(wall.unixMs - toMilliseconds(m_clock.now().time_since_epoch()));
  }

  Coturn& serve(std::vector<std::string> lines = {}) {
    lines.push_back("lt-cred-mech");
    lines.push_back("user=amina:" + m_password);
    Coturn& made =
        *m_servers.emplace_back(std::make_unique<Coturn>(Coturn::Options{.lines = lines}));
    EXPECT_TRUE(made.isUp());
    return made;
  }
  // Under a name of its own, as the link has it.
  TurnAccess access(const std::string& name, const SocketAddress& at,
                    std::string_view password = {}) {
    m_hosts[name] = at;
    return {.link = *net::parseTurnLink("turn:" + name),
            .credentials = {"amina",
                            *net::TurnPassword::from(password.empty() ? m_password : password)}};
  }
  static std::vector<TurnAccess> list(TurnAccess one) {
    std::vector<TurnAccess> all;
    all.push_back(std::move(one));
    return all;
  }
  static std::vector<TurnAccess> list(TurnAccess one, TurnAccess two) {
    std::vector<TurnAccess> all = list(std::move(one));
    all.push_back(std::move(two));
    return all;
  }
  // Nobody answers there.
  SocketAddress silence() {
    auto socket = io::UdpSocket::open({kHere, 0});
    EXPECT_TRUE(socket);
    m_silent.push_back(std::move(*socket));
    return m_silent.back()->localAddress();
  }
  bool until(const std::function<bool()>& done) { return io::turnUntil(m_loop, done); }
  // Whether the user may have one more address.
  bool isFree(const Coturn& server) {
    std::optional<io::TurnTest> found;
    m_paths.test(access("free.test", server.plain()),
                 [&](const io::TurnTest& test) { found = test; });
    EXPECT_TRUE(until([&] { return found.has_value(); }));
    return found->report.isUsable;
  }
  bool isInUse(const std::string& link) const {
    for (const TurnState& state : m_paths.states())
      if (state.link == link) return state.isInUse;
    return false;
  }
  std::string faultOf(const std::string& link) const {
    for (const TurnState& state : m_paths.states())
      if (state.link == link && state.fault) return state.fault->stage + " " + state.fault->code;
    return "";
  }

  io::SystemClock m_clock;
  io::EventLoop m_loop{m_clock};
  io::OsRandom m_random;
  std::string m_password = test::randomWord();
  std::vector<std::unique_ptr<Coturn>> m_servers;
  std::vector<std::unique_ptr<io::UdpSocket>> m_silent;
  std::map<std::string, SocketAddress> m_hosts;
  int m_locals = 0, m_needs = 0;
  TurnPaths m_paths{m_loop,
                    m_random,
                    [this](const std::string& host, std::uint16_t, io::Resolver::Callback done) {
                      const auto found = m_hosts.find(host);
                      m_loop.post([done = std::move(done), found, end = m_hosts.end()] {
                        if (found == end)
                          done(Failure<Fault>(Fault{"resolve", "not_found", true, {}}));
                        else
                          done(std::vector<SocketAddress>{found->second});
                      });
                    },
                    {.onLocals = [this](TimePoint) { ++m_locals; },
                     .onChanged = [](TimePoint) {},
                     .onDatagram = [](TimePoint, const net::DatagramView&) {},
                     .onNeed = [this](TimePoint) { ++m_needs; }}};
};

TEST_F(TurnPathsTest, nothingIsAskedForUntilACallWantsItAndItIsGivenBack) {
  Coturn& server = serve({"user-quota=1"});
  m_paths.setOwn(m_loop.now(), list(access("a.test", server.plain())));
  for (int i = 0; i < 5; ++i) m_loop.runOnce(2ms);
  EXPECT_EQ(m_paths.port(), nullptr);
  m_paths.setWanted(m_loop.now(), true);
  ASSERT_TRUE(until([&] { return m_paths.port() != nullptr; })) << server.log();
  EXPECT_TRUE(m_paths.port()->relayed());
  EXPECT_TRUE(isInUse("turn:a.test"));
  EXPECT_FALSE(isFree(server)) << "the quota is one";
  m_paths.setWanted(m_loop.now(), false);
  EXPECT_EQ(m_paths.port(), nullptr);
  EXPECT_FALSE(isInUse("turn:a.test"));
  // coturn counts the user out a moment after it answers.
  ASSERT_TRUE(io::waitUntil([&] {
    for (int i = 0; i < 5; ++i) m_loop.runOnce(2ms);
    return isFree(server);
  })) << server.log();
  EXPECT_EQ(m_locals, 2) << "taken and given back";
}

TEST_F(TurnPathsTest, theNextIsTriedBesideOneThatIsSilent) {
  Coturn& server = serve();
  m_paths.setOwn(m_loop.now(),
                 list(access("dead.test", silence()), access("b.test", server.plain())));
  m_loop.runOnce(1ms);  // the server took its time to start
  const TimePoint began = m_loop.now();
  m_paths.setWanted(began, true);
  ASSERT_TRUE(until([&] { return m_paths.port() != nullptr; })) << server.log();
  EXPECT_TRUE(isInUse("turn:b.test"));
  EXPECT_FALSE(isInUse("turn:dead.test"));
  EXPECT_GE(m_loop.now() - began, TurnPaths::kNextAfter);
}

TEST_F(TurnPathsTest, oneThatRefusesIsPassedOverAtOnceAndSaysWhy) {
  Coturn& first = serve();
  Coturn& second = serve();
  m_paths.setOwn(m_loop.now(), list(access("a.test", first.plain(), "not the password"),
                                    access("b.test", second.plain())));
  m_paths.setWanted(m_loop.now(), true);
  ASSERT_TRUE(until([&] { return m_paths.port() != nullptr; })) << second.log();
  EXPECT_TRUE(isInUse("turn:b.test"));
  EXPECT_EQ(faultOf("turn:a.test"), "turn_allocate wrong_credentials");
  // Corrected, it is the first again for the next call.
  m_paths.setWanted(m_loop.now(), false);
  m_paths.setOwn(m_loop.now(),
                 list(access("a.test", first.plain()), access("b.test", second.plain())));
  m_paths.setWanted(m_loop.now(), true);
  ASSERT_TRUE(until([&] { return m_paths.port() != nullptr; }));
  EXPECT_TRUE(isInUse("turn:a.test"));
  EXPECT_EQ(faultOf("turn:a.test"), "");
}

TEST_F(TurnPathsTest, aNameThatLeadsNowhereIsSaidAndPassedOver) {
  Coturn& server = serve();
  std::vector<TurnAccess> servers =
      list(access("gone.test", silence()), access("b.test", server.plain()));
  m_hosts.erase("gone.test");
  m_paths.setOwn(m_loop.now(), std::move(servers));
  m_paths.setWanted(m_loop.now(), true);
  ASSERT_TRUE(until([&] { return m_paths.port() != nullptr; }));
  EXPECT_EQ(faultOf("turn:gone.test"), "resolve not_found");
}

TEST_F(TurnPathsTest, aServerThatComesUpAMomentLaterIsFoundInThisCall) {
  TurnAccess overTcp = access("late.test", silence());  // nobody is there by TCP
  overTcp.link.transport = net::TurnTransport::Tcp;
  const std::string link = overTcp.link.format();
  m_paths.setOwn(m_loop.now(), list(std::move(overTcp)));
  m_paths.setWanted(m_loop.now(), true);
  ASSERT_TRUE(until([&] { return faultOf(link) == "turn_connect refused"; })) << faultOf(link);
  const TimePoint refused = m_loop.now();
  Coturn& server = serve();
  m_hosts["late.test"] = server.plain();
  ASSERT_TRUE(until([&] { return m_paths.port() != nullptr; })) << faultOf(link) << server.log();
  EXPECT_EQ(faultOf(link), "");
  EXPECT_LT(m_loop.now() - refused, TurnPaths::kAgainAfter);
  EXPECT_EQ(m_needs, 1) << "a relay is not asked again for what it has just said";
}

TEST_F(TurnPathsTest, whatIsLostInACallIsReplaced) {
  Coturn& server = serve();
  TurnAccess overTcp = access("a.test", serve().plain());
  overTcp.link.transport = net::TurnTransport::Tcp;
  const std::string tcpLink = overTcp.link.format();
  m_paths.setOwn(m_loop.now(), list(std::move(overTcp), access("b.test", server.plain())));
  m_paths.setWanted(m_loop.now(), true);
  ASSERT_TRUE(until([&] { return m_paths.port() != nullptr; }));
  ASSERT_TRUE(isInUse(tcpLink));
  const SocketAddress before = m_paths.port()->label();
  m_servers.pop_back();  // ends with all its connections
  ASSERT_TRUE(until([&] { return isInUse("turn:b.test"); })) << server.log();
  EXPECT_NE(m_paths.port()->label(), before) << "what is left of the old one is not this one's";
  EXPECT_EQ(faultOf(tcpLink).substr(0, 12), "turn_connect");
}

TEST_F(TurnPathsTest, aRelayIsAskedAndItsWordHasAnEnd) {
  Coturn& server = serve();
  Fingerprint relay;
  relay.bytes.fill(7);
  m_paths.setWanted(m_loop.now(), true);
  ASSERT_TRUE(until([&] { return m_needs == 1; }));
  TurnAccess given = access("r.test", server.plain());
  given.fromRelay = relay;
  given.relayAt = kHere;
  given.goodUntil = m_clock.now() - 1ms;
  m_paths.setFromRelay(m_loop.now(), relay, list(std::move(given)));
  for (int i = 0; i < 20; ++i) m_loop.runOnce(2ms);
  EXPECT_EQ(m_paths.port(), nullptr) << "over already";
  given = access("r.test", server.plain());
  given.fromRelay = relay;
  given.relayAt = kHere;
  given.goodUntil = m_clock.now() + 1h;
  m_paths.setFromRelay(m_loop.now(), relay, list(std::move(given)));
  ASSERT_TRUE(until([&] { return m_paths.port() != nullptr; })) << server.log();
  const auto states = m_paths.states();
  ASSERT_EQ(states.size(), 1u);
  EXPECT_EQ(states[0].fromRelay, relay);
  EXPECT_NEAR(static_cast<double>(*states[0].goodUntilMs - m_clock.wall().unixMs), 3'600'000, 5000);
  // With the relay it is gone, but not from a call that has it.
  m_paths.setFromRelay(m_loop.now(), relay, {});
  EXPECT_NE(m_paths.port(), nullptr);
  EXPECT_TRUE(m_paths.states().empty());
}

TEST_F(TurnPathsTest, aRelayWhoseCredentialsAreRefusedIsSoonAskedForOthers) {
  Coturn& server = serve();
  Fingerprint relay;
  relay.bytes.fill(7);
  const auto give = [&](std::string_view password) {
    TurnAccess given = access("r.test", server.plain(), password);
    given.fromRelay = relay;
    given.relayAt = kHere;
    given.goodUntil = m_clock.now() + 1h;
    m_paths.setFromRelay(m_loop.now(), relay, list(std::move(given)));
  };
  m_paths.setWanted(m_loop.now(), true);
  ASSERT_TRUE(until([&] { return m_needs == 1; }));
  give("of yesterday");
  ASSERT_TRUE(until([&] { return m_needs == 2; })) << faultOf("turn:r.test");
  EXPECT_EQ(faultOf("turn:r.test"), "turn_allocate wrong_credentials");
  give(m_password);
  ASSERT_TRUE(until([&] { return m_paths.port() != nullptr; })) << server.log();
  EXPECT_EQ(m_needs, 2);
}

TEST_F(TurnPathsTest, aRelayCannotSendUsIntoOtherNetworks) {
  Fingerprint relay;
  relay.bytes.fill(7);
  struct Case {
    const char* server;
    IpAddress relayAt;
  };
  const IpAddress outside = IpAddress::v4(203, 0, 113, 7);
  const std::vector<Case> cases{{"192.168.1.1:3478", outside},
                                {"127.0.0.1:3478", outside},
                                {"169.254.3.4:3478", outside},
                                {"224.0.0.1:3478", kHere},
                                {"127.0.0.1:3478", IpAddress::v4(192, 168, 1, 2)},
                                {"203.0.113.9:22", outside}};
  for (const Case& one : cases) {
    TurnAccess given = access("r.test", *SocketAddress::parse(one.server));
    given.fromRelay = relay;
    given.relayAt = one.relayAt;
    given.goodUntil = m_clock.now() + 1h;
    m_paths.setFromRelay(m_loop.now(), relay, list(std::move(given)));
    m_paths.setWanted(m_loop.now(), true);
    EXPECT_TRUE(until([&] { return faultOf("turn:r.test") == "turn_connect not_allowed"; }))
        << one.server;
    m_paths.setWanted(m_loop.now(), false);
    m_paths.setFromRelay(m_loop.now(), relay, {});
    m_paths.setOwn(m_loop.now(), {});  // forgets the fault
  }
}

TEST_F(TurnPathsTest, aTestAnswersWhateverHappens) {
  Coturn& server = serve();
  std::optional<io::TurnTest> found;
  const auto take = [&](const io::TurnTest& test) { found = test; };
  m_paths.test(access("a.test", server.plain()), take);
  ASSERT_TRUE(until([&] { return found.has_value(); }));
  EXPECT_TRUE(found->report.isUsable);
  EXPECT_EQ(m_paths.port(), nullptr);
  found.reset();
  TurnAccess nowhere = access("b.test", silence());
  m_hosts.erase("b.test");
  m_paths.test(std::move(nowhere), take);
  ASSERT_TRUE(until([&] { return found.has_value(); }));
  EXPECT_EQ(found->fault->stage, "resolve");
}

}  // namespace
}  // namespace foyer::engine
