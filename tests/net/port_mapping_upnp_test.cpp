// UPnP as the last way to a port at the router: when it is asked, and what it opened given back.
#include "tests/net/port_mapping_fixture.h"

namespace foyer::test {
namespace {

TEST_F(PortMappingTest, upnpIsAskedWhenPcpIsSilentAndWins) {
  make({kGateway, kLocal, kPort, true});
  m_router.isSilent = true;
  m_upnp = [](const UpnpOrder& order) {
    return UpnpAnswer{UpnpOutcome::Done, {IpAddress::v4(10, 1, 1, 1), order.externalPort}, 0};
  };
  start();
  EXPECT_TRUE(m_orders.empty());
  runFor(PortMapping::kPcpPatience);
  expectMapped(MappingWay::Upnp);
  EXPECT_TRUE(m_mapping->held()->isPrivate);
  EXPECT_EQ(m_orders, (std::vector<UpnpOrder>{{UpnpOrder::Kind::Map, kPort, 7200}}));
  runFor(PortMapping::kUpnpCheckEvery);
  EXPECT_EQ(m_orders.size(), 2U);  // a UPnP router does not tell of its restart
  runFor(10h);
  EXPECT_EQ(m_events.size(), 1U);
}

TEST_F(PortMappingTest, upnpIsNotAskedOfARouterThatHasAnsweredOtherwise) {
  make({kGateway, kLocal, kPort, true});
  m_router.speaksPcp = false;
  start();
  runFor(1h);
  EXPECT_TRUE(m_orders.empty());
}

TEST_F(PortMappingTest, upnpThatComesLateIsTakenBack) {
  make({kGateway, kLocal, kPort, true});
  m_loses = 3;
  m_router.speaksPcp = false;
  start();
  runFor(5s);
  expectMapped(MappingWay::NatPmp);
  ASSERT_EQ(m_orders.size(), 1U);
  m_mapping->onUpnp(m_now, {UpnpOutcome::Done, {m_router.external, kPort + 3}, 3600});
  settle();
  ASSERT_EQ(m_orders.size(), 2U);
  EXPECT_EQ(m_orders[1], (UpnpOrder{UpnpOrder::Kind::Remove, kPort + 3, 0}));
  expectMapped(MappingWay::NatPmp);
}

TEST_F(PortMappingTest, upnpWithoutAnAnswerEndsTheRoundInTime) {
  make({kGateway, kLocal, kPort, true});
  m_router.isSilent = true;
  start();
  runFor(PortMapping::kPcpPatience + PortMapping::kUpnpPatience);
  ASSERT_EQ(events<PortMappingFailed>().size(), 1U);
}

TEST_F(PortMappingTest, upnpThatLiesAboutItsTableIsNone) {
  make({kGateway, kLocal, kPort, true});
  m_router.isSilent = true;
  m_upnp = [](const UpnpOrder&) { return UpnpAnswer{UpnpOutcome::NotOurs, {}, 0}; };
  start();
  runFor(20s);
  EXPECT_EQ(events<PortMappingFailed>().at(0).reasons[2], MappingFailure::FalseReply);
}

TEST_F(PortMappingTest, theEndTakesBackWhatUpnpOpened) {
  make({kGateway, kLocal, kPort, true});
  m_router.isSilent = true;
  m_upnp = [](const UpnpOrder& order) {
    return UpnpAnswer{UpnpOutcome::Done, {IpAddress::v4(203, 0, 113, 7), order.externalPort}, 0};
  };
  start();
  runFor(2s);
  expectMapped(MappingWay::Upnp);
  m_mapping->stop(m_now);
  settle();
  EXPECT_EQ(m_orders.back(), (UpnpOrder{UpnpOrder::Kind::Remove, kPort, 0}));
  EXPECT_TRUE(m_mapping->isStopped());
}

TEST_F(PortMappingTest, upnpThatAnswersDuringTheEndIsTakenBack) {
  make({kGateway, kLocal, kPort, true});
  m_router.isSilent = true;
  start();
  runFor(2s);
  ASSERT_EQ(m_orders.size(), 1U);
  m_mapping->stop(m_now);
  EXPECT_FALSE(m_mapping->isStopped());
  m_mapping->onUpnp(m_now, {UpnpOutcome::Done, {m_router.external, kPort}, 0});
  settle();
  ASSERT_EQ(m_orders.size(), 2U);
  EXPECT_EQ(m_orders[1].kind, UpnpOrder::Kind::Remove);
  m_mapping->onUpnp(m_now, {UpnpOutcome::Done, {}, 0});
  EXPECT_TRUE(m_mapping->isStopped());
}

}  // namespace
}  // namespace foyer::test
