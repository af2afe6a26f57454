// A port kept open at scripted routers, in virtual time: honest ones, silent ones, liars.
#include "tests/net/port_mapping_fixture.h"

namespace foyer::test {
namespace {

TEST_F(PortMappingTest, asksAndIsGivenItsPortByPcp) {
  start();
  EXPECT_EQ(expectMapped(MappingWay::Pcp), (SocketAddress{m_router.external, kPort}));
  EXPECT_FALSE(m_mapping->held()->isPrivate);
  EXPECT_EQ(m_router.asked.size(), 1U);
  EXPECT_EQ(m_router.table.at(kPort), kPort);
  EXPECT_TRUE(m_orders.empty());
}

TEST_F(PortMappingTest, isUnverifiedUntilAPacketCameThrough) {
  start();
  EXPECT_FALSE(m_mapping->held()->isVerified);
  m_mapping->onVerified({m_router.external, kPort + 1});  // another address says nothing
  EXPECT_FALSE(m_mapping->held()->isVerified);
  m_mapping->onVerified({m_router.external, kPort});
  EXPECT_TRUE(m_mapping->held()->isVerified);
  runFor(5h);  // renewals at the same place keep it
  EXPECT_TRUE(m_mapping->held()->isVerified);
  EXPECT_EQ(events<PortMapped>().size(), 1U);
}

TEST_F(PortMappingTest, renewsAtHalfOfWhatTheRouterGave) {
  m_router.lifetimeS = 600;
  start();
  runFor(299s);
  EXPECT_EQ(m_router.asked.size(), 1U + 4U);  // one question a minute for the epoch
  runFor(80s);
  int maps = 0;
  for (const Bytes& bytes : m_router.asked) maps += decodePcpRequest(bytes)->map ? 1 : 0;
  EXPECT_EQ(maps, 2);
  runFor(24h);
  EXPECT_EQ(m_events.size(), 1U);
  EXPECT_TRUE(m_mapping->held());
}

TEST_F(PortMappingTest, whatTheLeaseLostInASleepIsSeenAtOnce) {
  start();
  const auto external = m_mapping->held()->external;
  const auto expires = m_mapping->held()->expires;
  const auto asked = m_router.asked.size();
  // Shorter than the lease: renewed at the same place, and nobody hears of it.
  m_mapping->onSlept(m_now, PortMapping::kLifetime / 4);
  settle();
  EXPECT_EQ(m_router.asked.size(), asked + 1);
  EXPECT_EQ(m_mapping->held()->expires, expires);
  EXPECT_EQ(m_events.size(), 1U);
  // Longer: it is gone, and there again.
  m_mapping->onSlept(m_now, PortMapping::kLifetime + 1s);
  settle();
  ASSERT_EQ(events<PortMappingLost>().size(), 1U);
  EXPECT_EQ(events<PortMappingLost>()[0].loss, MappingLoss::Expired);
  EXPECT_EQ(expectMapped(MappingWay::Pcp), external);
}

TEST_F(PortMappingTest, afterASleepARouterThatRefusedIsAskedAgain) {
  m_loses = 1000;
  start();
  runFor(30s);
  ASSERT_EQ(events<PortMappingFailed>().size(), 1U);
  m_loses = 0;
  m_mapping->onSlept(m_now, 10s);
  settle();
  expectMapped(MappingWay::Pcp);
}

TEST_F(PortMappingTest, aLifetimeBeyondTheOneAskedForIsCutToIt) {
  m_router.lifetimeS = 0xffffffff;
  start();
  EXPECT_EQ(m_mapping->held()->expires, m_now + PortMapping::kLifetime);
}

TEST_F(PortMappingTest, takesNatPmpWhenTheRouterSaysThatItKnowsNoPcp) {
  m_router.speaksPcp = false;
  start();  // no time passes
  EXPECT_EQ(expectMapped(MappingWay::NatPmp), (SocketAddress{m_router.external, kPort}));
  runFor(3h);
  EXPECT_EQ(events<PortMapped>().size(), 1U);
}

TEST_F(PortMappingTest, takesNatPmpAfterSilence) {
  m_router.speaksPcp = false;
  m_loses = 1;
  start();
  EXPECT_TRUE(m_events.empty());
  runFor(PortMapping::kPcpPatience);
  expectMapped(MappingWay::NatPmp);
}

TEST_F(PortMappingTest, comesBackToPcpWhenOnlyItsFirstQuestionWasLost) {
  m_router.speaksNatPmp = false;
  m_loses = 1;
  start();
  runFor(PortMapping::kPcpPatience);
  expectMapped(MappingWay::Pcp);
}

TEST_F(PortMappingTest, lostQuestionsAreSentAgain) {
  m_router.speaksPcp = false;
  m_loses = 4;
  start();
  runFor(PortMapping::kPcpPatience + 2s);
  expectMapped(MappingWay::NatPmp);
}

TEST_F(PortMappingTest, aSilentRouterIsAskedALittleAndThenLater) {
  m_router.isSilent = true;
  start();
  runFor(30s);
  const auto failed = events<PortMappingFailed>();
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_EQ(failed[0].reasons, (std::array{MappingFailure::Silent, MappingFailure::Silent,
                                           MappingFailure::NotOffered}));
  EXPECT_EQ(m_sent, 1 + 5);
  runFor(24h);
  EXPECT_LE(m_sent, 6 * 24 * 6 + 12);
  m_router.isSilent = false;
  runFor(PortMapping::kRest);
  expectMapped(MappingWay::Pcp);
}

TEST_F(PortMappingTest, whatTheRouterSaysAboutItsErrorIsWaitedFor) {
  m_router.speaksNatPmp = false;
  m_router.pcpResult = PcpResult::NoResources;
  m_router.errorLifetimeS = 90;
  start();
  auto failed = events<PortMappingFailed>();
  ASSERT_EQ(failed.size(), 1U);
  EXPECT_EQ(failed[0].reasons[0], MappingFailure::NoResources);
  EXPECT_EQ(failed[0].retryAt, m_now + 90s);
  m_router.errorLifetimeS = 0xffffffff;  // not for ever
  runFor(90s);
  failed = events<PortMappingFailed>();
  ASSERT_EQ(failed.size(), 2U);
  EXPECT_EQ(failed[1].retryAt, m_now + PortMapping::kLongestRest);
}

TEST_F(PortMappingTest, everyRefusalOfPcpLeadsToNatPmp) {
  for (int result = 2; result <= 13; ++result) {
    make({kGateway, kLocal, kPort, false});
    m_events.clear();
    m_router = {};
    m_router.pcpResult = static_cast<PcpResult>(result);
    start();
    EXPECT_EQ(m_mapping->held().has_value(), true) << toString(m_router.pcpResult);
    expectMapped(MappingWay::NatPmp);
  }
}

// --- Lies ----------------------------------------------------------------------------------------

TEST_F(PortMappingTest, anotherPortThanWishedIsTheOneThatIsTold) {
  m_router.portOffset = 7;
  start();
  EXPECT_EQ(expectMapped(MappingWay::Pcp).port, kPort + 7);
}

TEST_F(PortMappingTest, aReplyForAnotherPortOfOursIsNone) {
  for (const bool pcp : {true, false}) {
    make({kGateway, kLocal, kPort, false});
    m_router = {};
    m_router.speaksPcp = pcp;
    m_router.internalOffset = 1;
    start();
    runFor(30s);
    EXPECT_FALSE(m_mapping->held());
  }
  EXPECT_EQ(events<PortMappingFailed>().size(), 2U);
}

TEST_F(PortMappingTest, aReplyWithAnotherNonceIsNone) {
  m_router.speaksNatPmp = false;
  m_router.changesNonce = true;
  start();
  runFor(60s);
  EXPECT_FALSE(m_mapping->held());
}

TEST_F(PortMappingTest, onlyTheGatewayIsHeard) {
  m_router.isSilent = true;
  start();
  MappingRouter honest;
  const auto reply = honest.answer(m_now, m_router.asked.front());
  m_mapping->handleDatagram(m_now, {IpAddress::v4(192, 168, 1, 66), kMappingServerPort}, *reply);
  m_mapping->handleDatagram(m_now, {kGateway, 5352}, *reply);
  EXPECT_FALSE(m_mapping->held());
  m_mapping->handleDatagram(m_now, {kGateway, kMappingServerPort}, *reply);
  EXPECT_TRUE(m_mapping->held());
}

TEST_F(PortMappingTest, garbageIsSilence) {
  m_router.answersInGarbage = true;
  start();
  runFor(30s);
  EXPECT_EQ(events<PortMappingFailed>().size(), 1U);
  EXPECT_LT(m_sent, 10);
}

TEST_F(PortMappingTest, addressesThatCannotBeOnesAreRefusedAndPrivateOnesAreMarked) {
  struct Row {
    IpAddress external;
    bool isTaken, isPrivate;
  };
  const Row rows[] = {
      {IpAddress::v4(203, 0, 113, 7), true, false},
      {IpAddress::v4(10, 0, 0, 2), true, true},
      {IpAddress::v4(100, 64, 3, 3), true, true},
      {IpAddress::v4(192, 0, 0, 2), true, true},
      {IpAddress::v4(0, 0, 0, 0), false, false},
      {IpAddress::v4(127, 0, 0, 1), false, false},
      {IpAddress::v4(169, 254, 1, 1), false, false},
      {IpAddress::v4(224, 0, 0, 1), false, false},
      {IpAddress::v4(255, 255, 255, 255), false, false},
      {*IpAddress::parse("2001:db8::1"), false, false},  // not of our family
  };
  for (const Row& row : rows) {
    for (const bool pcp : {true, false}) {
      if (!pcp && !row.external.isV4()) continue;
      make({kGateway, kLocal, kPort, false});
      m_router = {};
      m_router.speaksPcp = pcp;
      m_router.speaksNatPmp = !pcp;
      m_router.external = row.external;
      start();
      ASSERT_EQ(m_mapping->held().has_value(), row.isTaken) << row.external.toString() << pcp;
      if (row.isTaken) {
        EXPECT_EQ(m_mapping->held()->isPrivate, row.isPrivate) << row.external.toString();
      }
    }
  }
}

TEST_F(PortMappingTest, aLeaseOfSecondsIsNone) {
  m_router.lifetimeS = 5;
  start();
  EXPECT_FALSE(m_mapping->held());
  EXPECT_EQ(events<PortMappingFailed>().at(0).reasons[0], MappingFailure::FalseReply);
}

TEST_F(PortMappingTest, whatLetsNothingThroughIsGivenBackAndTheNextWayTried) {
  make({kGateway, kLocal, kPort, true});
  m_upnp = [](const UpnpOrder& order) {
    return UpnpAnswer{UpnpOutcome::Done, {IpAddress::v4(203, 0, 113, 7), order.externalPort}, 3600};
  };
  start();
  m_mapping->onDisproved(m_now, {m_router.external, 1});  // of an older one
  EXPECT_EQ(expectMapped(MappingWay::Pcp).port, kPort);
  m_mapping->onDisproved(m_now, m_mapping->held()->external);
  settle();
  EXPECT_EQ(events<PortMappingLost>().at(0).loss, MappingLoss::Disproved);
  expectMapped(MappingWay::NatPmp);
  m_mapping->onDisproved(m_now, m_mapping->held()->external);
  settle();
  expectMapped(MappingWay::Upnp);
  EXPECT_TRUE(m_router.table.empty());
  m_mapping->onDisproved(m_now, m_mapping->held()->external);
  settle();
  EXPECT_EQ(m_orders.back().kind, UpnpOrder::Kind::Remove);
  const auto failed = events<PortMappingFailed>();
  ASSERT_EQ(failed.size(), 1U);
  for (const MappingFailure reason : failed[0].reasons)
    EXPECT_EQ(reason, MappingFailure::Disproved);
  runFor(PortMapping::kRest);  // another day it may have learned
  EXPECT_EQ(expectMapped(MappingWay::Pcp).port, kPort);
}

// --- Restarts ------------------------------------------------------------------------------------

TEST_F(PortMappingTest, aRestartNobodyToldIsNoticedWithinAMinute) {
  for (const bool pcp : {true, false}) {
    make({kGateway, kLocal, kPort, false});
    m_router = {};
    m_router.speaksPcp = pcp;
    m_events.clear();
    start();
    m_mapping->onVerified(m_mapping->held()->external);
    runFor(10min);
    m_router.restart(m_now);
    runFor(PortMapping::kCheckEvery);
    EXPECT_EQ(m_router.table.count(kPort), 1U) << pcp;
    EXPECT_EQ(events<PortMapped>().size(), 2U) << pcp;
    EXPECT_FALSE(m_mapping->held()->isVerified);
    runFor(10h);
    EXPECT_EQ(m_events.size(), 2U) << pcp;
  }
}

TEST_F(PortMappingTest, anAnnouncedRestartIsAskedAboutSoonerButNotByEverybodyAtOnce) {
  start();
  runFor(601s);  // a check was just made
  m_router.restart(m_now);
  const Bytes announce = encode(PcpReply{PcpResult::Success, 0, 0, std::nullopt});
  m_mapping->handleAnnouncement(m_now, {IpAddress::v4(192, 168, 1, 66), 5351}, announce);
  EXPECT_GT(*m_mapping->pollTimeout(), m_now + 30s);  // a stranger's is not heard
  m_mapping->handleAnnouncement(m_now, {kGateway, 5351}, announce);
  runFor(PortMapping::kAnnounceSpread);
  EXPECT_EQ(m_router.table.count(kPort), 1U);
  EXPECT_EQ(events<PortMapped>().size(), 2U);
}

TEST_F(PortMappingTest, falseAnnouncementsMakeItAskNowAndThenAtMost) {
  start();
  const Bytes announce = encode(PcpReply{PcpResult::Success, 0, 0, std::nullopt});
  const int before = m_sent;
  for (int i = 0; i < 6000; ++i) {
    m_mapping->handleAnnouncement(m_now, {kGateway, 5351}, announce);
    runFor(10ms);
  }
  EXPECT_LE(m_sent - before, 60 / 30 + 1 + 1);
  EXPECT_EQ(events<PortMapped>().size(), 1U);  // the router itself said that nothing changed
}

TEST_F(PortMappingTest, aNewExternalAddressIsToldWithinAMinute) {
  m_router.speaksPcp = false;
  start();
  m_mapping->onVerified(m_mapping->held()->external);
  m_router.external = IpAddress::v4(203, 0, 113, 99);
  runFor(PortMapping::kCheckEvery);
  EXPECT_EQ(expectMapped(MappingWay::NatPmp).ip, m_router.external);
  EXPECT_FALSE(m_mapping->held()->isVerified);
}

TEST_F(PortMappingTest, aClockThatStandsStillDoesNotMakeItAskForEver) {
  for (const bool pcp : {true, false}) {
    make({kGateway, kLocal, kPort, false});
    m_router = {};
    m_router.speaksPcp = pcp;
    m_router.brokenClock = 5;
    m_events.clear();
    start();
    runFor(20h);
    EXPECT_TRUE(m_mapping->held());
    EXPECT_LE(events<PortMapped>().size(), 1 + PortMapping::kFalseRestarts) << pcp;
  }
}

TEST_F(PortMappingTest, aRouterThatFallsSilentIsAskedUntilTheLeaseEnds) {
  start();
  m_router.isSilent = true;
  runFor(50min);
  EXPECT_TRUE(m_mapping->held());
  runFor(11min);
  EXPECT_EQ(events<PortMappingLost>().at(0).loss, MappingLoss::Expired);
  EXPECT_FALSE(m_mapping->held());
  EXPECT_LT(m_sent, 200);
  m_router.isSilent = false;
  runFor(PortMapping::kRest);
  expectMapped(MappingWay::Pcp);
}

TEST_F(PortMappingTest, aRouterWithoutNetworkForAWhileKeepsTheMapping) {
  start();
  m_router.pcpResult = PcpResult::NetworkFailure;
  runFor(40min);  // over the first renewal
  EXPECT_TRUE(m_mapping->held());
  m_router.pcpResult = PcpResult::Success;
  runFor(20h);
  EXPECT_EQ(m_events.size(), 1U);
}

// --- The end -------------------------------------------------------------------------------------

TEST_F(PortMappingTest, deletesAtTheEnd) {
  for (const bool pcp : {true, false}) {
    make({kGateway, kLocal, kPort, false});
    m_router = {};
    m_router.speaksPcp = pcp;
    start();
    EXPECT_EQ(m_router.table.size(), 1U);
    m_loses = 1;
    m_mapping->stop(m_now);
    settle();
    EXPECT_FALSE(m_mapping->isStopped());
    runFor(PortMapping::kStopResend);
    EXPECT_TRUE(m_router.table.empty()) << pcp;
    EXPECT_TRUE(m_mapping->isStopped()) << pcp;
    EXPECT_FALSE(m_mapping->pollTimeout());
  }
}

TEST_F(PortMappingTest, theEndIsNotHeldUpByASilentRouter) {
  start();
  m_router.isSilent = true;
  m_mapping->stop(m_now);
  settle();
  runFor(PortMapping::kStopPatience);
  EXPECT_TRUE(m_mapping->isStopped());
  EXPECT_LE(m_sent, 6);

  make({kGateway, kLocal, kPort, true});
  start();
  runFor(PortMapping::kPcpPatience / 2);
  m_mapping->stop(m_now);
  settle();
  EXPECT_TRUE(m_mapping->isStopped());  // nothing was granted, so nothing is waited for
}

// --- IPv6 ----------------------------------------------------------------------------------------

TEST_F(PortMappingTest, aFirewallOfIpv6IsOpenedByPcpAlone) {
  const IpAddress local = *IpAddress::parse("2001:db8:1::9");
  const IpAddress gateway = *IpAddress::parse("2001:db8:1::1");
  SeededRandom random(2);
  PortMapping mapping({gateway, local, kPort, true}, random);
  MappingRouter router;
  router.external = local;
  mapping.start(m_now);
  const auto reply = router.answer(m_now, *mapping.pollTransmit());
  mapping.handleDatagram(m_now, {gateway, kMappingServerPort}, *reply);
  ASSERT_TRUE(mapping.held());
  EXPECT_EQ(mapping.held()->external, (SocketAddress{local, kPort}));
  EXPECT_FALSE(mapping.held()->isPrivate);
}

TEST_F(PortMappingTest, pcpIsAskedLongerWhereNothingComesAfterIt) {
  const IpAddress gateway = *IpAddress::parse("fe80::1");
  SeededRandom random(2);
  PortMapping mapping({gateway, *IpAddress::parse("2001:db8:1::9"), kPort, true}, random);
  mapping.start(m_now);
  int sent = 0;
  while (mapping.pollTransmit()) ++sent;
  while (!mapping.pollEvent()) {
    const auto next = mapping.pollTimeout();
    ASSERT_TRUE(next);
    m_now = *next;
    mapping.handleTimeout(m_now);
    while (mapping.pollTransmit()) ++sent;
  }
  EXPECT_EQ(sent, PortMapping::kPcpSends);
  EXPECT_LT(m_now, TimePoint(100s + 25s));
}

}  // namespace
}  // namespace foyer::test
