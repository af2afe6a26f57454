// The network check on a real loop with real sockets; the observers are what relays run.
#include "core/engine/net_check.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "core/engine/network_words.h"
#include "core/io/net_driver.h"
#include "core/io/os_random.h"
#include "core/net/stun_responder.h"
#include "tests/io/wait.h"

namespace foyer::engine {
namespace {

using io::UdpSocket;

// A STUN server of a relay on its own.
class Observer {
 public:
  Observer(io::EventLoop& loop, const IpAddress& ip)
      : m_socket(std::move(*UdpSocket::open({ip, 0}))),
        m_machine{net::StunResponder(m_random)},
        m_driver(loop, m_machine, [](TimePoint) { return false; }) {
    m_driver.addSocket(*m_socket);
  }
  [[nodiscard]] SocketAddress at() const { return m_socket->localAddress(); }
  [[nodiscard]] std::uint64_t answered() const { return m_machine.responder.stats().answered; }

 private:
  struct Machine {
    net::StunResponder responder;
    void handleDatagram(TimePoint now, const net::DatagramView& d) {
      responder.handleDatagram(now, d);
    }
    void handleTimeout(TimePoint) {}
    void pollTransmit(TimePoint, const net::TransmitSink& sink) { responder.pollTransmit(sink); }
    [[nodiscard]] std::optional<TimePoint> pollTimeout() const { return std::nullopt; }
  };
  io::OsRandom m_random;
  std::unique_ptr<UdpSocket> m_socket;
  Machine m_machine;
  io::NetDriver<Machine> m_driver;
};

class NetCheckTest : public ::testing::Test {
 protected:
  NetCheckTest() { driver.addSocket(*main); }
  // As NetSide does: what is open in the driver goes first.
  ~NetCheckTest() override { owned.reset(); }

  // A NetMachine without a client.
  struct Driven : NetCheck {
    using NetCheck::NetCheck;
    void handleDatagram(TimePoint now, const net::DatagramView& d) {
      isLastTaken = NetCheck::handleDatagram(now, d);
    }
    bool isLastTaken = false;
  };
  NetCheck::World world() {
    NetCheck::World made;
    made.relays = [this] { return relays; };
    made.mainSocket = [this](IpAddress::Family family) -> std::optional<net::NatSocket> {
      if (family != IpAddress::Family::V4) return std::nullopt;
      return net::NatSocket{io::localLabel(family), main->localAddress().port};
    };
    made.hostAddresses = [this] { return hosts; };
    made.isInside = [this](const IpAddress& ip) { return inside.contains(ip); };
    made.hasMetStranger = [this] { return isCaptive; };
    made.lookUp = [this](const std::string& host, std::uint16_t, io::Resolver::Callback callback) {
      ++lookUps[host];
      pending.push_back(std::move(callback));
    };
    made.addSocket = [this](UdpSocket& socket, const SocketAddress& label) {
      driver.addSocket(socket, label);
      ++open;
    };
    made.removeSocket = [this](const UdpSocket& socket) {
      driver.removeSocket(socket);
      --open;
    };
    return made;
  }
  NetCheck::RelayPoint relayAt(const SocketAddress& address) const {
    return {.isConnected = true,
            .addresses = {address},
            .observed = SocketAddress{IpAddress::v4(127, 0, 0, 1), main->localAddress().port}};
  }
  bool runs(bool isSlow = false) {
    bool isOver = false;
    EXPECT_TRUE(check.start(loop.now(), isSlow, [&] { isOver = true; }));
    return turnUntil([&] { return isOver; });
  }
  // What was commanded outside the loop is sent first.
  bool turnUntil(const std::function<bool()>& done, Duration patience = io::kPatience) {
    driver.pump(loop.now());
    return io::turnUntil(loop, done, patience);
  }

  io::SystemClock clock;
  io::EventLoop loop{clock};
  io::OsRandom random;
  std::vector<NetCheck::RelayPoint> relays;
  std::vector<IpAddress> hosts{IpAddress::v4(192, 168, 1, 2)};
  std::set<IpAddress> inside;
  std::map<std::string, int> lookUps;
  std::vector<io::Resolver::Callback> pending;
  bool isCaptive = false;
  int open = 0, changes = 0, reports = 0;
  std::unique_ptr<UdpSocket> main = std::move(*UdpSocket::open({IpAddress::v4(0, 0, 0, 0), 0}));
  std::unique_ptr<Driven> owned = std::make_unique<Driven>(
      loop, random, world(),
      NetCheck::Callbacks{.onChanged = [this](TimePoint) { ++changes; },
                          .onReport = [this](TimePoint, const net::NatReport&) { ++reports; },
                          .onTouched = [this] { driver.touch(); }});
  Driven& check = *owned;
  io::NetDriver<Driven> driver{loop, check, [](TimePoint) { return false; }};
};

TEST_F(NetCheckTest, twoObserversTellEverything) {
  const Observer one(loop, IpAddress::v4(127, 0, 0, 2)), two(loop, IpAddress::v4(127, 0, 0, 3));
  relays = {relayAt(one.at()), relayAt(two.at())};
  hosts.push_back(IpAddress::v4(127, 0, 0, 1));
  ASSERT_TRUE(runs());
  const NetworkCheckView& view = check.view();
  EXPECT_EQ(view.state, NetworkCheckState::Done);
  EXPECT_EQ(view.problem, NetworkProblem::None);
  EXPECT_EQ(view.report.udp, net::NatAnswer::Yes);
  EXPECT_EQ(view.report.mapping, net::NatMapping::EndpointIndependent);
  EXPECT_EQ(view.report.allocation.pattern, net::PortPattern::Preserving);
  EXPECT_EQ(view.report.translated, net::NatAnswer::No);
  EXPECT_EQ(view.report.observersAnswered, 2U);
  EXPECT_EQ(view.relaysConnected, 2);
  EXPECT_GE(one.answered() + two.answered(), 2U + NetCheck::kExtraSockets);
  EXPECT_EQ(reports, 1);
  EXPECT_EQ(open, 0) << "the extra sockets are closed again";
  // Another one works as the first did.
  ASSERT_TRUE(runs());
  EXPECT_EQ(reports, 2);
  EXPECT_EQ(open, 0);
}

TEST_F(NetCheckTest, withoutAnybodyToAskItSaysSo) {
  ASSERT_TRUE(runs());
  EXPECT_EQ(check.view().problem, NetworkProblem::NoObservers);
  hosts = {IpAddress::v4(127, 0, 0, 1)};
  ASSERT_TRUE(runs());
  EXPECT_EQ(check.view().problem, NetworkProblem::NoNetwork);
}

// A relay in one's own network says nothing about the router that leads out of it.
TEST_F(NetCheckTest, whoIsInsideIsAskedOnlyWhereNobodyOutsideAnswers) {
  const Observer one(loop, IpAddress::v4(127, 0, 0, 1)), two(loop, IpAddress::v4(127, 0, 0, 2));
  relays = {relayAt(one.at()), relayAt(two.at())};
  inside = {IpAddress::v4(127, 0, 0, 2)};
  ASSERT_TRUE(runs());
  EXPECT_EQ(check.view().report.observersAsked, 1U);
  EXPECT_EQ(check.view().report.observersAnswered, 1U);
  EXPECT_FALSE(check.view().isInsideOnly);
  EXPECT_EQ(two.answered(), 0U);

  const auto mute = std::move(*UdpSocket::open({IpAddress::v4(127, 0, 0, 3), 0}));
  relays = {relayAt(two.at()), {.addresses = {mute->localAddress()}}};
  ASSERT_TRUE(runs());
  EXPECT_TRUE(check.view().isInsideOnly);
  EXPECT_EQ(check.view().problem, NetworkProblem::None);
  EXPECT_EQ(check.view().report.udp, net::NatAnswer::Yes);
  EXPECT_EQ(check.view().report.mapping, net::NatMapping::Unknown);
  EXPECT_EQ(check.view().outlook, net::NatOutlook::Unknown);
  EXPECT_EQ(reports, 2) << "one report of each check";
  // So does one on this machine.
  hosts.push_back(IpAddress::v4(127, 0, 0, 1));
  relays = {relayAt(one.at())};
  ASSERT_TRUE(runs());
  EXPECT_TRUE(check.view().isInsideOnly);
}

// A socket that takes everything and answers nothing stands for a network without UDP.
TEST_F(NetCheckTest, silenceIsBlockedUdpOrNobodyThere) {
  const auto mute = std::move(*UdpSocket::open({IpAddress::v4(127, 0, 0, 1), 0}));
  relays = {{.isDialling = false, .addresses = {mute->localAddress()}}};
  ASSERT_TRUE(runs());
  EXPECT_EQ(check.view().report.udp, net::NatAnswer::No);
  EXPECT_EQ(check.view().problem, NetworkProblem::NothingAnswers);
  // Where a relay should be over TCP, a page of the network's own was there.
  isCaptive = true;
  ASSERT_TRUE(runs());
  EXPECT_EQ(check.view().problem, NetworkProblem::Captive);
  // The same with a relay that is reached all the same, which is then not over UDP.
  relays = {{.isConnected = true, .addresses = {mute->localAddress()}}};
  ASSERT_TRUE(runs());
  EXPECT_EQ(check.view().problem, NetworkProblem::UdpBlocked);
}

TEST_F(NetCheckTest, itWaitsForNamesAndForTheRelay) {
  const Observer one(loop, IpAddress::v4(127, 0, 0, 1)), two(loop, IpAddress::v4(127, 0, 0, 2));
  check.setStunServers({{.host = "stun.example", .port = 3478}});
  relays = {{.isDialling = true}};
  bool isOver = false;
  check.start(loop.now(), false, [&] { isOver = true; });
  ASSERT_EQ(lookUps["stun.example"], 1);
  pending.front()(std::vector<SocketAddress>{two.at()});
  loop.runOnce(Duration{0});
  EXPECT_EQ(open, 0) << "the relay is still dialled";
  relays = {relayAt(one.at())};
  check.relaysChanged(loop.now());
  EXPECT_GT(open, 0);
  ASSERT_TRUE(turnUntil([&] { return isOver; }));
  EXPECT_EQ(check.view().report.observersAnswered, 2U);
}

TEST_F(NetCheckTest, aNameThatIsNotKnownIsNoReasonToWait) {
  const Observer one(loop, IpAddress::v4(127, 0, 0, 1));
  check.setStunServers({{.host = "nowhere.example", .port = 3478}});
  relays = {relayAt(one.at())};
  bool isOver = false;
  check.start(loop.now(), false, [&] { isOver = true; });
  pending.front()(Failure<Fault>(Fault{"resolve", "not_found", false, {}}));
  ASSERT_TRUE(turnUntil([&] { return isOver; }));
  EXPECT_EQ(check.view().problem, NetworkProblem::None);
}

TEST_F(NetCheckTest, runsByItselfOnceARelayIsThereAndAgainInAnotherNetwork) {
  const Observer one(loop, IpAddress::v4(127, 0, 0, 1)), two(loop, IpAddress::v4(127, 0, 0, 2));
  relays = {relayAt(one.at())};
  check.relaysChanged(loop.now());
  check.setAutomatic(true);
  ASSERT_TRUE(turnUntil([&] { return reports == 1; }));
  // One word alone is made sure by a second one, and then nothing new follows from relays.
  relays.push_back(relayAt(two.at()));
  check.relaysChanged(loop.now());
  ASSERT_TRUE(turnUntil([&] { return reports == 2; }));
  relays.push_back(relayAt(two.at()));
  check.relaysChanged(loop.now());
  EXPECT_EQ(check.view().state, NetworkCheckState::Done);
  for (int i = 0; i < 5; ++i) check.networkChanged(loop.now());
  ASSERT_TRUE(turnUntil([&] { return reports == 3; }));
  check.setAutomatic(false);
  check.networkChanged(loop.now());
  EXPECT_FALSE(io::turnUntil(
      loop, [&] { return reports == 4; }, 2 * NetCheck::kSettle));
}

TEST_F(NetCheckTest, aNetworkThatChangesInBetweenBeginsItAnew) {
  const Observer one(loop, IpAddress::v4(127, 0, 0, 1));
  relays = {relayAt(one.at())};
  int over = 0;
  check.start(loop.now(), false, [&] { ++over; });
  EXPECT_GT(open, 0);
  check.networkChanged(loop.now());
  ASSERT_TRUE(turnUntil([&] { return over > 0; }));
  EXPECT_EQ(over, 1);
  EXPECT_EQ(reports, 1);
  EXPECT_EQ(open, 0);
}

TEST_F(NetCheckTest, aSlowOneTakesThePlaceOfAQuickOneAndNotTheOtherWayRound) {
  const Observer one(loop, IpAddress::v4(127, 0, 0, 1));
  relays = {relayAt(one.at())};
  int over = 0;
  EXPECT_TRUE(check.start(loop.now(), false, [&] { ++over; }));
  EXPECT_TRUE(check.start(loop.now(), false, [&] { ++over; })) << "hears of the same one";
  EXPECT_TRUE(check.start(loop.now(), true, [&] { ++over; }));
  EXPECT_FALSE(check.start(loop.now(), false, [&] { ++over; }));
  EXPECT_TRUE(check.view().isSlow);
  // Nothing translates here, so there is no lifetime to be measured and it ends at once.
  ASSERT_TRUE(turnUntil([&] { return over == 3; }));
}

TEST_F(NetCheckTest, whatComesInOnItsOwnSocketsIsNobodyElses) {
  const Observer one(loop, IpAddress::v4(127, 0, 0, 1));
  relays = {relayAt(one.at())};
  check.start(loop.now(), false);
  const Bytes stray(30, 0x40);
  const SocketAddress from{IpAddress::v4(127, 0, 0, 9), 4000};
  check.handleDatagram(loop.now(), {{IpAddress::v4(0, 0, 0, 2), 4001}, from, 0, stray});
  EXPECT_TRUE(check.isLastTaken);
  check.handleDatagram(loop.now(), {io::localLabel(IpAddress::Family::V4), from, 0, stray});
  EXPECT_FALSE(check.isLastTaken) << "the socket of calls is shared";
  EXPECT_TRUE(turnUntil([&] { return reports == 1; }));
}

// ---- what is said about it

std::vector<std::string> codesOf(const NetworkCheckView& view) {
  std::vector<std::string> codes;
  for (const NetworkSentence& sentence : networkSentences(view)) {
    codes.push_back(sentence.code);
    EXPECT_FALSE(sentence.text.isEmpty()) << sentence.code;
  }
  return codes;
}
bool says(const NetworkCheckView& view, const char* code) {
  const auto codes = codesOf(view);
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}
NetworkCheckView checked() {
  NetworkCheckView view;
  view.state = NetworkCheckState::Done;
  view.endedAtMs = 1;
  view.report.udp = view.report.ipv4 = net::NatAnswer::Yes;
  view.report.observersAsked = view.report.observersAnswered = 2;
  view.report.roundTrip = 20ms;
  return view;
}

TEST(NetworkWords, everyProblemHasAFindingAMeaningAndAnAdvice) {
  EXPECT_TRUE(networkSentences({}).empty()) << "nothing was checked yet";
  for (const auto problem :
       {NetworkProblem::None, NetworkProblem::NoNetwork, NetworkProblem::NoObservers,
        NetworkProblem::NothingAnswers, NetworkProblem::Captive, NetworkProblem::UdpBlocked,
        NetworkProblem::Slow}) {
    NetworkCheckView view = checked();
    view.problem = problem;
    const auto all = networkSentences(view);
    for (const auto about : {NetworkAbout::Found, NetworkAbout::Means, NetworkAbout::Do})
      EXPECT_TRUE(std::any_of(all.begin(), all.end(),
                              [&](const auto& sentence) { return sentence.about == about; }))
          << toString(problem) << " " << toString(about);
  }
}

TEST(NetworkWords, whatTheRouterDoesIsToldByWhatItMeans) {
  NetworkCheckView view = checked();
  view.report.translated = net::NatAnswer::Yes;
  view.report.mapping = net::NatMapping::AddressAndPortDependent;
  view.report.allocation = {net::PortPattern::Random, 0};
  view.outlook = net::outlookOf(view.report);
  EXPECT_TRUE(says(view, "ports_without_order"));
  EXPECT_TRUE(says(view, "direct_with_easy"));
  EXPECT_TRUE(says(view, "allow_mapping")) << "off by setting: that would help";
  view.mappingV4.state = PortMappingState::Refused;
  EXPECT_TRUE(says(view, "switch_on_mapping"));
  view.mappingV4.reasons[1] = net::MappingFailure::BehindAnotherRouter;
  EXPECT_TRUE(says(view, "ask_provider"));
  view.mappingV4.state = PortMappingState::Open;
  view.mappingV4.isPrivate = true;
  EXPECT_TRUE(says(view, "port_behind_another"));
  EXPECT_TRUE(says(view, "direct_with_easy"));
  view.mappingV4.isPrivate = false;
  EXPECT_TRUE(says(view, "port_open"));
  EXPECT_TRUE(says(view, "direct_by_mapping"));
  EXPECT_TRUE(says(view, "nothing_to_do"));
  view.report.observersAnswered = 1;
  EXPECT_TRUE(says(view, "one_observer"));
}

TEST(NetworkWords, fromInsideNothingIsSaidOfTheRouter) {
  NetworkCheckView view = checked();
  view.isInsideOnly = true;
  view.report.observersAnswered = 1;
  EXPECT_EQ(codesOf(view), (std::vector<std::string>{"udp_works", "inside_only", "inside_direct",
                                                     "outside_observer"}));
}

TEST(NetworkWords, asTextTheyStandUnderTheirHeadings) {
  NetworkCheckView view = checked();
  view.outlook = net::NatOutlook::DirectWithAll;
  const QString text = networkText(view);
  const auto found = text.indexOf("What was found\n  UDP works; an answer takes 20 ms.\n");
  const auto means = text.indexOf("\nWhat it means for calls\n  ");
  const auto advice = text.indexOf("\nWhat you can do\n  Nothing to do.\n");
  EXPECT_EQ(found, 0);
  EXPECT_GT(means, found);
  EXPECT_GT(advice, means);
}

}  // namespace
}  // namespace foyer::engine
