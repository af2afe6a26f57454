#include "core/sim/world.h"

#include <algorithm>

namespace foyer::sim {
namespace {

constexpr std::uint16_t kRelayPort = 4700, kClientPort = 4800;

}  // namespace

SimRelay& World::addRelay(relaylite::RelayConfig config) {
  ++m_made;
  const SocketAddress address{IpAddress::v4(10, 0, 0, static_cast<std::uint8_t>(m_made)),
                              kRelayPort};
  m_relays.push_back(std::make_unique<SimRelay>(network, placeAt(address), m_seed * 7919 + m_made,
                                                std::move(config)));
  return *m_relays.back();
}

SimRelay& World::addPublicRelay(relaylite::RelayConfig config) {
  const auto last = static_cast<std::uint8_t>(++m_made);
  IpAddress six = IpAddress::v6({0x2a, 0x02, 0xff, 0xff});
  six.bytes[15] = last;
  const Place place{kRelayPort, {{.addresses = {IpAddress::v4(82, 0, 0, last), six}}}};
  m_relays.push_back(
      std::make_unique<SimRelay>(network, place, m_seed * 7919 + m_made, std::move(config)));
  m_relays.back()->listenForTcp();
  return *m_relays.back();
}

void World::addObservers() {
  // The first answers from a second address too, so that filters can be told apart (RFC 5780).
  IpAddress six = IpAddress::v6({0x2a, 0x03, 0xff, 0xff});
  IpAddress otherSix = IpAddress::v6({0x2a, 0x03, 0xff, 0xfe});
  six.bytes[15] = otherSix.bytes[15] = 1;
  const std::vector<IpAddress> all[] = {{IpAddress::v4(83, 0, 0, 1), IpAddress::v4(83, 0, 1, 1)},
                                        {IpAddress::v4(84, 0, 0, 1)},
                                        {six},
                                        {otherSix}};
  for (const std::vector<IpAddress>& addresses : all)
    m_observers.push_back(std::make_unique<StunServer>(network, addresses));
}

Home World::addHome(const HomeType& type) { return makeHome(network, type, ++m_homes); }

SimClient& World::addClient(const Home& home, SimClientOptions options) {
  ++m_made;
  options.tellsAddresses = true;
  for (const auto& observer : m_observers) options.observers.push_back(observer->address());
  if (m_asksRouters && home.router != nullptr && home.type->ways != HomeWays::V6)
    options.gateway = home.router->spec().inside;
  const Place place = placeIn(home, m_hosts[home.number]++, kClientPort);
  m_clients.push_back(
      std::make_unique<SimClient>(network, place, m_seed * 104729 + m_made, std::move(options)));
  return *m_clients.back();
}

SimClient& World::addClient(SimClientOptions options) {
  ++m_made;
  const SocketAddress address{IpAddress::v4(10, 1, static_cast<std::uint8_t>(m_made >> 8),
                                            static_cast<std::uint8_t>(m_made)),
                              kClientPort};
  m_clients.push_back(std::make_unique<SimClient>(network, placeAt(address),
                                                  m_seed * 104729 + m_made, std::move(options)));
  return *m_clients.back();
}

void World::removeClient(SimClient& client) {
  std::erase_if(m_clients, [&](const auto& owned) { return owned.get() == &client; });
}

client::RelayTarget World::targetOf(const SimRelay& relay, std::string invite) const {
  client::RelayTarget target;
  target.fingerprint = relay.fingerprint();
  target.addresses = relay.addresses();
  target.invite = std::move(invite);
  return target;
}

void World::connect(SimClient& client, SimRelay& relay, std::string invite) {
  client.tell([&](client::Client& c, TimePoint now) {
    return c.connectRelay(now, targetOf(relay, invite));
  });
}

bool World::waitForLobby(SimClient& client, SimRelay& relay, Duration limit) {
  return network.runUntil(
      [&] {
        const auto relays = client.client().relays();
        return std::any_of(relays.begin(), relays.end(), [&](const auto& status) {
          return status.fingerprint == relay.fingerprint() &&
                 status.phase == client::RelayPhase::Connected;
        });
      },
      limit);
}

bool World::meet(SimClient& a, SimClient& b, SimRelay& relay, Duration limit) {
  connect(a, relay);
  connect(b, relay);
  const auto sees = [](SimClient& who, SimClient& whom) {
    const auto people = who.client().people();
    return std::any_of(people.begin(), people.end(),
                       [&](const auto& p) { return p.key == whom.key(); });
  };
  return waitForLobby(a, relay, limit) && waitForLobby(b, relay, limit) &&
         network.runUntil([&] { return sees(a, b) && sees(b, a); }, limit);
}

Result<CallId, Fault> World::call(SimClient& a, SimClient& b) {
  return a.tell(
      [&](client::Client& c, TimePoint now) { return c.placeCall(now, b.fingerprint()); });
}

std::optional<client::CallStatus> World::status(SimClient& client, const CallId& call) {
  return client.client().call(network.now(), call);
}

bool World::waitForPhase(SimClient& client, const CallId& call, client::CallPhase phase,
                         Duration limit) {
  return network.runUntil(
      [&] {
        const auto known = status(client, call);
        return known && known->phase == phase;
      },
      limit);
}

}  // namespace foyer::sim
