// The real client of the mapping protocols against the simulator's routers.
#include "core/sim/router_service.h"

#include <gtest/gtest.h>

#include "core/net/port_mapping.h"
#include "core/sim/nat_types.h"
#include "tests/sim/talker.h"

namespace foyer::sim {
namespace {

constexpr std::uint16_t kPort = 4800;
const SocketAddress kStranger{IpAddress::v4(9, 9, 9, 9), 4700};

// A host whose one socket asks the router and hears everything else.
class Asker final : public Node {
 public:
  Asker(Network& network, const Place& place, const IpAddress& gateway, const IpAddress& local)
      : m_network(network), m_mapping({gateway, local, place.port, /*usesUpnp=*/false}, m_random) {
    network.attach(*this, place);
    m_mapping.start(network.now());
    network.touch(*this);
  }
  ~Asker() override { m_network.detach(*this); }
  Asker(const Asker&) = delete;
  Asker& operator=(const Asker&) = delete;

  void handleDatagram(TimePoint now, const SocketAddress&, const SocketAddress& remote,
                      std::uint8_t, ByteView bytes) override {
    if (remote == m_mapping.server())
      m_mapping.handleDatagram(now, remote, bytes);
    else
      ++strangersHeard;
  }
  void handleTimeout(TimePoint now) override { m_mapping.handleTimeout(now); }
  std::optional<TimePoint> pollTimeout() const override { return m_mapping.pollTimeout(); }
  void drain(TimePoint, const Sink& sink) override {
    while (auto bytes = m_mapping.pollTransmit()) sink(m_mapping.server(), 0, *bytes, false);
    while (auto event = m_mapping.pollEvent()) events.push_back(*event);
  }
  void stop() {
    m_mapping.stop(m_network.now());
    m_network.touch(*this);
  }
  [[nodiscard]] const net::PortMapping& mapping() const { return m_mapping; }

  int strangersHeard = 0;
  std::vector<net::PortMappingEvent> events;

 private:
  Network& m_network;
  SeededRandom m_random{5};
  net::PortMapping m_mapping;
};

struct MappedHome {
  explicit MappedHome(const char* type, MappingProtocols speaks = {})
      : home(makeHome(network, *findHomeType(type), 5)) {
    home.router->setGrantsMappings(true);
    home.router->setService(mappingService(*home.router, speaks));
    network.attach(stranger, kStranger);
    const Place place = placeIn(home, 0, kPort);
    asker.emplace(network, place, home.router->spec().inside, place.interfaces[0].addresses[0]);
    network.runFor(10s);
  }
  bool reaches() {
    const int before = asker->strangersHeard;
    stranger.say(asker->mapping().held()->external);
    network.runFor(1s);
    return asker->strangersHeard > before;
  }

  Network network{3};
  Home home;
  Talker stranger{network};
  std::optional<Asker> asker;
};

TEST(RouterService, eitherProtocolOpensAPortThatStrangersReach) {
  for (const bool pcp : {true, false})
    for (const char* type : {"port-restricted+pmp", "symmetric-random+pmp"}) {
      SCOPED_TRACE(std::string(type) + (pcp ? " by PCP" : " by NAT-PMP"));
      MappedHome lab(type, {.pcp = pcp, .natPmp = !pcp});
      const auto held = lab.asker->mapping().held();
      ASSERT_TRUE(held);
      EXPECT_EQ(held->way, pcp ? net::MappingWay::Pcp : net::MappingWay::NatPmp);
      EXPECT_EQ(held->external, (SocketAddress{*lab.home.router->outside(), kPort}));
      EXPECT_FALSE(held->isPrivate);
      EXPECT_TRUE(lab.reaches());
      // Renewed in time, for as long as it is wanted.
      lab.network.runFor(5h);
      EXPECT_TRUE(lab.reaches());
      EXPECT_EQ(lab.asker->events.size(), 1U);
      const SocketAddress external = held->external;
      lab.asker->stop();
      lab.network.runFor(5s);
      lab.stranger.say(external);
      const int before = lab.asker->strangersHeard;
      lab.network.runFor(1s);
      EXPECT_EQ(lab.asker->strangersHeard, before);
    }
}

TEST(RouterService, aRouterThatRestartsOpensThePortAgain) {
  MappedHome lab("port-restricted+pmp");
  ASSERT_TRUE(lab.asker->mapping().held());
  lab.home.router->reboot(lab.network.now());
  EXPECT_FALSE(lab.reaches());
  lab.network.runFor(2min);
  ASSERT_TRUE(lab.asker->mapping().held());
  EXPECT_TRUE(lab.reaches());
}

TEST(RouterService, behindASecondNatTheMappingSaysThatItIsPrivate) {
  MappedHome lab("cgnat+port-restricted");
  const auto held = lab.asker->mapping().held();
  ASSERT_TRUE(held);
  EXPECT_TRUE(held->isPrivate);
  EXPECT_FALSE(lab.reaches());
}

TEST(RouterService, aRefusalIsARefusal) {
  MappedHome lab("port-restricted+pmp");
  lab.home.router->setGrantsMappings(false);
  const Place place = placeIn(lab.home, 1, kPort);
  Asker other(lab.network, place, lab.home.router->spec().inside, place.interfaces[0].addresses[0]);
  lab.network.runFor(10s);
  EXPECT_FALSE(other.mapping().held());
  ASSERT_EQ(other.events.size(), 1U);
  EXPECT_EQ(std::get<net::PortMappingFailed>(other.events[0]).reasons[0],
            net::MappingFailure::NotAuthorized);
}

}  // namespace
}  // namespace foyer::sim
