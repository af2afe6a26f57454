#include "core/net/port_search.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "core/net/stun.h"

namespace foyer::net {
namespace {

const SocketAddress kEasy{IpAddress::v4(81, 1, 0, 1), 4800};
const SocketAddress kHard{IpAddress::v4(82, 2, 0, 1), 40'000};
const SocketAddress kMain{IpAddress::v4(0, 0, 0, 0), 1};
const SocketAddress kObserver{IpAddress::v4(9, 9, 9, 9), 3478};

struct Search {
  SeededRandom random{5};
  PortSearch search{random};
  TimePoint now{1000s};
  std::vector<PortSearch::Shot> shots;

  // Lets `span` pass; sends at most every 10 ms, as calls do.
  void run(Duration span) {
    for (const TimePoint end = now + span; now < end; now += 10ms) {
      search.handleTimeout(now);
      if (const auto shot = search.next(now)) shots.push_back(*shot);
    }
  }
  std::vector<SocketAddress> give(std::size_t count, std::uint16_t from = 50'000) {
    std::vector<SocketAddress> labels;
    for (std::size_t i = 0; i < count; ++i)
      labels.push_back({kMain.ip, static_cast<std::uint16_t>(from + i)});
    search.setSockets(now, labels);
    return labels;
  }
};

PortSearch::Task task(PunchStrategy strategy, bool isHardSide) {
  PortSearch::Task made;
  made.plan = {strategy, isHardSide};
  made.local = kMain;
  made.peer = isHardSide ? kEasy : kHard;
  made.allocation = {PortPattern::Sequential, 2};
  made.observer = kObserver;
  return made;
}

TEST(PortSearch, theEasySideTriesEachPortOnceAndNoMoreThanTheBudgetAtAHundredASecond) {
  Search lab;
  lab.search.begin(lab.now, task(PunchStrategy::Birthday, false));
  EXPECT_EQ(lab.search.wantedSockets(), 0U);
  lab.run(990ms);
  EXPECT_TRUE(lab.shots.empty()) << "plain punching comes first";
  lab.run(60s);
  EXPECT_EQ(lab.shots.size(), kBirthdayProbes);
  std::set<std::uint16_t> ports;
  for (const PortSearch::Shot& shot : lab.shots) {
    EXPECT_EQ(shot.local, kMain);
    EXPECT_EQ(shot.remote.ip, kHard.ip) << "one address, which the peer is seen at";
    EXPECT_GE(shot.remote.port, kFirstExternalPort);
    ports.insert(shot.remote.port);
  }
  EXPECT_EQ(ports.size(), kBirthdayProbes);
  EXPECT_FALSE(lab.search.isUnderWay());
  EXPECT_EQ(lab.search.pollTimeout(), std::nullopt);
}

// Whatever the peer says of itself and however often it says something else.
TEST(PortSearch, aPeerThatChangesItsStoryGetsNoMoreThanTheBudget) {
  Search lab;
  for (int i = 0; i < 200; ++i) {
    PortSearch::Task other =
        task(i % 3 == 0 ? PunchStrategy::Predict : PunchStrategy::Birthday, i % 2 == 0);
    other.peer.port = static_cast<std::uint16_t>(2000 + i);
    other.observer.reset();
    other.newest = kHard;
    lab.search.begin(lab.now, other);
    lab.run(1100ms);
    if (lab.search.wantedSockets() > 0) lab.give(lab.search.wantedSockets());
    lab.run(1s);
    lab.search.again(lab.now);
    lab.run(1s);
  }
  EXPECT_EQ(lab.shots.size(), kGuessBudget);
  lab.search.refill();
  lab.search.begin(lab.now, task(PunchStrategy::Birthday, false));
  lab.run(60s);
  EXPECT_EQ(lab.shots.size(), 2 * kGuessBudget) << "after it was there";
}

TEST(PortSearch, theHardSideOpensManySocketsTowardsOneAddressAndGivesThemBack) {
  Search lab;
  lab.search.begin(lab.now, task(PunchStrategy::Birthday, true));
  EXPECT_EQ(lab.search.wantedSockets(), 0U);
  lab.run(1100ms);
  EXPECT_EQ(lab.search.wantedSockets(), kBirthdaySockets);
  lab.give(kBirthdaySockets);
  lab.run(3s);
  std::map<SocketAddress, int> sent;
  for (const PortSearch::Shot& shot : lab.shots) {
    EXPECT_EQ(shot.remote, kEasy);
    ++sent[shot.local];
  }
  EXPECT_EQ(sent.size(), kBirthdaySockets) << "each has made its mapping within 3 s";
  lab.run(60s);
  EXPECT_LE(lab.shots.size(), kGuessBudget);
  EXPECT_EQ(lab.search.wantedSockets(), 0U);
  EXPECT_FALSE(lab.search.isUnderWay());
}

TEST(PortSearch, aPredictionBeginsWithTheNewestPort) {
  Search lab;
  lab.search.begin(lab.now, task(PunchStrategy::Predict, true));
  lab.search.handleTimeout(lab.now);
  ASSERT_EQ(lab.search.wantedSockets(), kPredictSockets);
  const auto sockets = lab.give(kPredictSockets);
  Bytes asked;
  lab.search.pollTransmit(lab.now, [&](const TransmitBatch& batch) {
    EXPECT_EQ(batch.local, sockets.front());
    EXPECT_EQ(batch.remote, kObserver);
    asked = toBytes(batch.payload);
  });
  const auto request = StunMessage::parse(asked);
  ASSERT_TRUE(request);
  lab.run(40ms);
  EXPECT_TRUE(lab.shots.empty()) << "not before the measurement";
  Bytes answer(128);
  StunWriter writer(answer, StunMethod::Binding, StunClass::Success, request->transaction());
  writer.addXorAddress(StunAttribute::XorMappedAddress, {kHard.ip, 65'530});
  EXPECT_TRUE(
      lab.search.handleDatagram(lab.now, {sockets.front(), kObserver, 0, writer.finish().value()}));
  lab.run(90ms);
  ASSERT_EQ(lab.search.predicted().size(), kPredictedPorts);
  // The counter goes around at the end, and never below 1024.
  EXPECT_EQ(lab.search.predicted()[0], (SocketAddress{kHard.ip, 65'532}));
  EXPECT_EQ(lab.search.predicted()[1], (SocketAddress{kHard.ip, 1028}));
  std::set<SocketAddress> senders;
  for (const PortSearch::Shot& shot : lab.shots) {
    EXPECT_EQ(shot.remote, kEasy);
    senders.insert(shot.local);
  }
  EXPECT_EQ(senders.size(), kPredictSockets);
  lab.search.end();
  EXPECT_EQ(lab.search.wantedSockets(), 0U);
  const std::size_t before = lab.shots.size();
  lab.run(10s);
  EXPECT_EQ(lab.shots.size(), before) << "something answered: nothing more is sent";
}

// The peer may have heard of two of them, and dial the other one.
TEST(PortSearch, afterTheFirstContactTheSocketsStayForAWhile) {
  Search lab;
  PortSearch::Task asked = task(PunchStrategy::Predict, true);
  asked.observer.reset();
  asked.newest = kHard;
  lab.search.begin(lab.now, asked);
  lab.search.handleTimeout(lab.now);
  lab.give(kPredictSockets);
  lab.run(30ms);
  const std::size_t before = lab.shots.size();
  lab.search.settle(lab.now);
  lab.run(1s);
  lab.search.settle(lab.now);
  EXPECT_EQ(lab.shots.size(), before);
  EXPECT_EQ(lab.search.wantedSockets(), kPredictSockets);
  lab.run(1100ms);
  EXPECT_EQ(lab.search.wantedSockets(), 0U);
  EXPECT_FALSE(lab.search.isUnderWay());
}

TEST(PortSearch, withoutAnObserverTheOlderMeasurementServes) {
  for (const bool hasOlder : {true, false}) {
    Search lab;
    PortSearch::Task asked = task(PunchStrategy::Predict, true);
    if (hasOlder) asked.newest = SocketAddress{kHard.ip, 2000};
    lab.search.begin(lab.now, asked);
    lab.search.handleTimeout(lab.now);
    lab.give(kPredictSockets);
    lab.run(2s);
    EXPECT_EQ(lab.search.predicted().empty(), !hasOlder);
    EXPECT_EQ(lab.shots.empty(), !hasOlder);
    lab.run(20s);
    EXPECT_FALSE(lab.search.isUnderWay());
  }
}

TEST(PortSearch, aNatThatKeepsPortsIsExpectedToKeepThem) {
  Search lab;
  PortSearch::Task asked = task(PunchStrategy::Predict, true);
  asked.allocation = {PortPattern::Preserving, 0};
  asked.observer.reset();
  asked.newest = kHard;
  lab.search.begin(lab.now, asked);
  lab.search.handleTimeout(lab.now);
  lab.give(kPredictSockets);
  EXPECT_EQ(lab.search.predicted(), std::vector<SocketAddress>{kHard});
}

TEST(PortSearch, aSystemWithFewSocketsGivesTheSearchAChanceOrEndsIt) {
  for (const std::size_t count : {std::size_t{0}, std::size_t{60}}) {
    Search lab;
    lab.search.begin(lab.now, task(PunchStrategy::Birthday, true));
    lab.run(1100ms);
    if (count > 0) lab.give(count);
    lab.run(4s);
    EXPECT_EQ(lab.shots.size(), count);
    lab.search.setSockets(lab.now, {});
    lab.run(1s);
    EXPECT_FALSE(lab.search.isUnderWay());
    EXPECT_EQ(lab.search.pollTimeout(), std::nullopt);
  }
}

TEST(PortSearch, plainPunchingAndHopelessPairsGuessNothing) {
  for (const auto strategy :
       {PunchStrategy::Plain, PunchStrategy::BothHard, PunchStrategy::NotTried})
    for (const bool isHardSide : {true, false}) {
      Search lab;
      lab.search.begin(lab.now, task(strategy, isHardSide));
      lab.run(30s);
      EXPECT_TRUE(lab.shots.empty());
      EXPECT_EQ(lab.search.wantedSockets(), 0U);
    }
}

TEST(PortSearch, aNewSearchWantsFreshSockets) {
  Search lab;
  lab.search.begin(lab.now, task(PunchStrategy::Predict, true));
  lab.search.handleTimeout(lab.now);
  lab.give(kPredictSockets);
  lab.search.end();
  lab.search.again(lab.now);
  lab.search.handleTimeout(lab.now);
  EXPECT_EQ(lab.search.wantedSockets(), 0U) << "so that the old ones are taken back";
  lab.run(100ms);
  EXPECT_EQ(lab.search.wantedSockets(), kPredictSockets);
}

}  // namespace
}  // namespace foyer::net
