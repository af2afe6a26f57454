// Who is where: routers, interfaces, sockets and the tables by which packets find them.
#include <algorithm>

#include "core/base/assert.h"
#include "core/sim/network.h"

namespace foyer::sim {
namespace {

// A host on the internet has its address alone.
constexpr int kHostPrefixV4 = 32, kHostPrefixV6 = 128, kLanPrefixV6 = 64;

}  // namespace

Network::Station* Network::stationOf(const Node& node) const {
  for (const auto& station : m_stations)
    if (station->node == &node) return station.get();
  return nullptr;
}

Network::Station& Network::knownStation(const Node& node) const {
  Station* station = stationOf(node);
  FOYER_ASSERT(station != nullptr, "only an attached node has a place");
  return *station;
}

Network::Interface& Network::interfaceOf(Station& station, const std::string& name) {
  const auto found = std::find_if(station.interfaces.begin(), station.interfaces.end(),
                                  [&](const Interface& i) { return i.spec.name == name; });
  FOYER_ASSERT(found != station.interfaces.end(), "a world knows its interfaces' names");
  return *found;
}

Network::Lan& Network::lanOf(const Router* router) {
  if (router == nullptr) return m_internet;
  for (const auto& lan : m_lans)
    if (lan->router.get() == router) return *lan;
  FOYER_ASSERT(false, "a router belongs to the network that made it");
  return m_internet;
}

Router& Network::addRouter(const RouterSpec& spec, Router* outer) {
  auto lan = std::make_unique<Lan>();
  lan->outer = &lanOf(outer);
  lan->index = m_nextIndex++;
  lan->router = std::make_unique<Router>(spec, m_now, m_seed * 7907 + lan->index);
  if (spec.outside) {
    FOYER_ASSERT(!lan->outer->routes.contains(*spec.outside), "one router per address");
    lan->outer->routes[*spec.outside] = lan.get();
  }
  m_lans.push_back(std::move(lan));
  return *m_lans.back()->router;
}

void Network::setOutside(Router& router, const IpAddress& address) {
  Lan& lan = lanOf(&router);
  FOYER_ASSERT(!lan.outer->routes.contains(address), "one router per address");
  if (router.outside()) lan.outer->routes.erase(*router.outside());
  lan.outer->routes[address] = &lan;
  router.setOutside(address);
}

void Network::publish(Station& station, const Interface& interface) {
  for (const IpAddress& ip : interface.spec.addresses) {
    for (const std::uint16_t port : station.ports) {
      FOYER_ASSERT(!interface.lan->sockets.contains({ip, port}), "one node per address");
      interface.lan->sockets[{ip, port}] = &station;
    }
    // What no router translates the world outside knows by the same address.
    for (Lan* lan = interface.lan; lan->router && !lan->router->translates(ip); lan = lan->outer)
      lan->outer->routes[ip] = lan;
  }
}

void Network::withdraw(const Station& station, const Interface& interface) {
  // Whose address has gone leaves its streams (io/tcp_carrier.h does).
  for (const auto& stream : m_streams)
    for (const IpAddress& ip : interface.spec.addresses)
      if (stream->ends[Up] == &station && stream->local.ip == ip) stream->isBroken = true;
  for (const IpAddress& ip : interface.spec.addresses) {
    for (const std::uint16_t port : station.ports) interface.lan->sockets.erase({ip, port});
    for (Lan* lan = interface.lan; lan->router && !lan->router->translates(ip); lan = lan->outer)
      lan->outer->routes.erase(ip);
  }
}

void Network::place(Station& station, const InterfaceSpec& spec) {
  const auto after = std::find_if(station.interfaces.begin(), station.interfaces.end(),
                                  [&](const Interface& i) { return i.spec.metric > spec.metric; });
  const auto placed = station.interfaces.insert(after, Interface{spec, &lanOf(spec.router)});
  publish(station, *placed);
}

void Network::attach(Node& node, const SocketAddress& address) { attach(node, placeAt(address)); }

void Network::attach(Node& node, const Place& place) {
  auto station = std::make_unique<Station>();
  station->node = &node;
  station->firstPort = station->ownPort = place.port;
  station->ports = {place.port};
  station->index = m_nextIndex++;
  for (const InterfaceSpec& interface : place.interfaces) this->place(*station, interface);
  m_stations.push_back(std::move(station));
  drain(*m_stations.back());
}

void Network::detach(Node& node) {
  const Station* const station = stationOf(node);
  if (station != nullptr) breakStreams(*station);
  if (station != nullptr)
    for (const Interface& interface : station->interfaces)
      if (interface.isUp) withdraw(*station, interface);
  std::erase_if(m_stations, [&](const auto& known) { return known->node == &node; });
}

void Network::rebind(Node& node, const SocketAddress& address) {
  Station& station = knownStation(node);
  FOYER_ASSERT(station.interfaces.size() == 1 && !station.interfaces[0].lan->router,
               "behind a router it is the router that rebinds");
  Interface& interface = station.interfaces[0];
  withdraw(station, interface);
  interface.spec.addresses = {address.ip};
  station.firstPort = address.port;
  station.ports = {address.port};
  publish(station, interface);
}

std::vector<LocalAddress> Network::addressesOf(const Station& station) const {
  std::vector<LocalAddress> addresses;
  for (const Interface& interface : station.interfaces) {
    if (!interface.isUp) continue;
    const Router* router = interface.lan->router.get();
    for (const IpAddress& ip : interface.spec.addresses) {
      const int host = ip.isV4() ? kHostPrefixV4 : kHostPrefixV6;
      const int lan = ip.isV4() && router ? router->spec().prefixLength : kLanPrefixV6;
      addresses.push_back({interface.spec.name, ip, router ? lan : host});
    }
  }
  return addresses;
}

std::vector<LocalAddress> Network::addressesOf(const Node& node) const {
  return addressesOf(knownStation(node));
}

void Network::tellAddresses(Station& station) {
  station.node->handleAddresses(m_now, addressesOf(station));
  drain(station);
}

void Network::addInterface(Node& node, const InterfaceSpec& spec) {
  Station& station = knownStation(node);
  place(station, spec);
  tellAddresses(station);
}

void Network::removeInterface(Node& node, const std::string& name) {
  Station& station = knownStation(node);
  Interface& interface = interfaceOf(station, name);
  const bool wasUp = interface.isUp;
  if (wasUp) withdraw(station, interface);
  std::erase_if(station.interfaces, [&](const Interface& i) { return i.spec.name == name; });
  if (wasUp) tellAddresses(station);
}

void Network::setInterfaceUp(Node& node, const std::string& name, bool isUp) {
  Station& station = knownStation(node);
  Interface& interface = interfaceOf(station, name);
  if (interface.isUp == isUp) return;
  interface.isUp = isUp;
  if (isUp)
    publish(station, interface);
  else
    withdraw(station, interface);
  tellAddresses(station);
}

void Network::setInterfaceCut(Node& node, const std::string& name, bool isCut) {
  interfaceOf(knownStation(node), name).isCut = isCut;
}

bool Network::openSocket(Node& node, std::uint16_t port) {
  Station& station = knownStation(node);
  if (!station.ports.insert(port).second) return false;
  for (const Interface& interface : station.interfaces) {
    if (!interface.isUp) continue;
    for (const IpAddress& ip : interface.spec.addresses)
      interface.lan->sockets[{ip, port}] = &station;
  }
  return true;
}

void Network::closeSocket(Node& node, std::uint16_t port) {
  Station& station = knownStation(node);
  if (station.ports.erase(port) == 0) return;
  for (const Interface& interface : station.interfaces) {
    if (!interface.isUp) continue;
    for (const IpAddress& ip : interface.spec.addresses) interface.lan->sockets.erase({ip, port});
  }
}

void Network::setAsleep(Node& node, bool isAsleep) {
  Station& station = knownStation(node);
  station.isAsleep = isAsleep;
  if (!isAsleep) drain(station);
}

Network::Holder Network::holderOf(const Lan& lan, const SocketAddress& to) {
  Holder holder;
  if (const auto socket = lan.sockets.find(to); socket != lan.sockets.end())
    holder.station = socket->second;
  else if (lan.router && lan.router->isOwnInside(to.ip))
    holder.isRouterItself = true;
  else if (const auto route = lan.routes.find(to.ip); route != lan.routes.end())
    holder.behind = route->second;
  return holder;
}

std::optional<Network::Source> Network::sourceFor(const Station& station,
                                                  const SocketAddress& local,
                                                  const SocketAddress& to) {
  const std::uint16_t port = local.port == 0 ? station.firstPort : local.port;
  if (!station.ports.contains(port)) return std::nullopt;
  std::optional<Source> best;
  for (const Interface& interface : station.interfaces) {
    if (!interface.isUp) continue;
    for (const IpAddress& ip : interface.spec.addresses) {
      if (ip.family != to.ip.family) continue;
      const Source source{&interface, {ip, port}};
      if (!local.ip.isUnspecified()) {
        if (ip == local.ip) return source;
        continue;
      }
      // The route of a LAN is more exact than the one to the world.
      if (interface.lan->router && interface.lan->router->isOnLink(to.ip)) return source;
      if (!best) best = source;
      break;
    }
  }
  return best;
}

const Network::Station* Network::bound(const Lan& lan, SocketAddress to) const {
  Holder holder = holderOf(lan, to);
  while (holder.behind != nullptr) {
    const auto inside = holder.behind->router->insideOf(m_now, to);
    if (!inside) return nullptr;
    to = *inside;
    holder = holderOf(*holder.behind, to);
  }
  return holder.station;
}

std::vector<Network::Stand> Network::standsOf(End end) {
  std::vector<Stand> stands;
  const Lan* lan = &m_internet;
  if (end.node != nullptr) {
    const Station& station = knownStation(*end.node);
    const auto up = std::find_if(station.interfaces.begin(), station.interfaces.end(),
                                 [](const Interface& interface) { return interface.isUp; });
    if (up != station.interfaces.end()) lan = up->lan;
    stands.push_back({lan, station.index});
  } else {
    const Lan& own = lanOf(end.router);
    lan = own.outer;
    stands.push_back({lan, own.index});
  }
  for (; lan->router; lan = lan->outer) stands.push_back({lan->outer, lan->index});
  return stands;
}

}  // namespace foyer::sim
