#include "core/engine/relay_finder.h"

#include <gtest/gtest.h>

#include "tests/io/manual_clock.h"

namespace foyer::engine {
namespace {

class RelayFinderTest : public ::testing::Test {
 protected:
  RelayFinderTest()
      : loop(clock),
        finder(
            loop,
            [this](const std::string& host, std::uint16_t port, io::Resolver::Callback callback) {
              ++asked[host];
              const auto known = names.find(host);
              io::Resolver::Answer answer = Failure<Fault>(Fault{"resolve", code, true, {}});
              if (known != names.end()) answer = std::vector<SocketAddress>{{known->second, port}};
              loop.post([callback = std::move(callback), answer] { callback(answer); });
            },
            {.onFound = [this](RelayFinder::Found one) { found.push_back(std::move(one)); },
             .onFault = [this](const Fault& fault) { faults.push_back(fault.code); }}) {}

  static wire::RelayLink linkTo(std::vector<std::string> hosts, std::uint8_t n = 1) {
    wire::RelayLink link;
    link.relay.bytes.fill(n);
    for (std::string& host : hosts) link.hosts.push_back({.host = std::move(host), .port = 4433});
    return link;
  }
  void pass(Duration time) {
    // In small steps, as a loop would wake.
    for (Duration done{0}; done < time; done += 100ms) {
      clock.advance(100ms);
      loop.runOnce(Duration{0});
      loop.runOnce(Duration{0});
    }
  }

  io::ManualClock clock;
  io::EventLoop loop;
  std::map<std::string, IpAddress> names;
  const char* code = "try_again";
  std::map<std::string, int> asked;
  std::vector<RelayFinder::Found> found;
  std::vector<std::string> faults;
  RelayFinder finder;
};

TEST_F(RelayFinderTest, aNameThatIsKnownIsFoundAtOnce) {
  names["relay.example"] = IpAddress::v4(192, 0, 2, 1);
  finder.find(linkTo({"relay.example", "other.example"}), std::nullopt);
  pass(100ms);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].addresses, (std::vector<SocketAddress>{{IpAddress::v4(192, 0, 2, 1), 4433}}));
  EXPECT_TRUE(faults.empty()) << "one of its names is enough";
  pass(120s);
  EXPECT_EQ(asked["other.example"], 1);
}

TEST_F(RelayFinderTest, withoutANetworkItIsAskedAgainAndSaidOnce) {
  finder.find(linkTo({"relay.example"}), std::nullopt);
  pass(10s);
  EXPECT_EQ(asked["relay.example"], 4) << "at 0, 1, 3 and 7 s";
  EXPECT_EQ(faults, std::vector<std::string>{"try_again"});
  code = "not_found";
  pass(600s);
  EXPECT_EQ(faults, (std::vector<std::string>{"try_again", "not_found"}));
  const int before = asked["relay.example"];
  EXPECT_LT(before, 20);

  names["relay.example"] = IpAddress::v4(192, 0, 2, 1);
  finder.retryNow(loop.now());
  pass(200ms);
  ASSERT_EQ(found.size(), 1U) << "another network: at once";
  EXPECT_EQ(asked["relay.example"], before + 1);
  pass(300s);
  EXPECT_EQ(found.size(), 1U);
}

TEST_F(RelayFinderTest, whatIsNotWantedAnyMoreIsNotFound) {
  names["relay.example"] = IpAddress::v4(192, 0, 2, 1);
  finder.find(linkTo({"relay.example"}), std::nullopt);
  finder.forget(linkTo({}).relay);
  pass(100ms);
  EXPECT_TRUE(found.empty());
  // A newer link of the same relay takes the place of the older one.
  names["new.example"] = IpAddress::v4(192, 0, 2, 2);
  finder.find(linkTo({"relay.example"}), std::nullopt);
  finder.find(linkTo({"new.example"}), std::nullopt);
  pass(100ms);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].link.hosts[0].host, "new.example");
}

TEST(RelayHint, comesAfterWhatThePersonGaveAndReplacesNothing) {
  const wire::LinkHost given{.host = "relay.example", .port = 4433};
  const wire::LinkHost found{.host = "192.0.2.7", .port = 9};
  wire::RelayLink link{.hosts = {given}, .relay = {}, .invite = "token"};
  const wire::RelayLink hint{.hosts = {found, given}, .relay = {}, .invite = {}};
  link = withHint(withHint(link, hint), hint);
  EXPECT_EQ(link.hosts, (std::vector{given, found}));
  EXPECT_EQ(link.invite, "token");
}

TEST_F(RelayFinderTest, isBounded) {
  for (std::size_t n = 0; n <= RelayFinder::kMaxWanted; ++n)
    finder.find(linkTo({"relay.example"}, static_cast<std::uint8_t>(n)), std::nullopt);
  EXPECT_EQ(faults, std::vector<std::string>{"busy"});
}

}  // namespace
}  // namespace foyer::engine
