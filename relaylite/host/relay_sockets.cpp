#include "relaylite/host/relay_sockets.h"

#include <optional>

#include "core/base/address.h"

namespace foyer::relayhost {
namespace {

using Sockets = std::vector<std::unique_ptr<io::UdpSocket>>;

// A port the kernel gave for IPv4 may be in use for IPv6; a busy machine needs a few tries.
constexpr int kPortTries = 16;

Failure<BindFault> bindFault(Fault fault, const IpAddress& ip, std::uint16_t port) {
  fault.stage = "binding";
  BindFault made{std::move(fault), std::nullopt};
  if (made.fault.code == "port_taken") made.freePort = io::findFreeUdpPort(ip, port);
  return Failure<BindFault>(std::move(made));
}

// A machine without IPv6 (or with it switched off) answers one of these.
bool lacksFamily(const Fault& fault) {
  return fault.code == "no_family" || fault.code == "address_not_local";
}

}  // namespace

Result<Sockets, BindFault> openRelaySockets(const std::string& listen, std::uint16_t port) {
  Sockets sockets;
  if (!listen.empty()) {
    const auto ip = IpAddress::parse(listen);
    if (!ip) {
      return Failure<BindFault>(BindFault{{"binding", "bad_address", false, {}}, std::nullopt});
    }
    auto opened = io::UdpSocket::open({*ip, port});
    if (!opened) return bindFault(opened.error(), *ip, port);
    sockets.push_back(std::move(*opened));
    return sockets;
  }
  const IpAddress any4 = IpAddress::v4(0, 0, 0, 0);
  const IpAddress any6 = IpAddress::v6({});
  for (int attempt = 1;; ++attempt) {
    sockets.clear();
    auto v4 = io::UdpSocket::open({any4, port});
    if (!v4 && !lacksFamily(v4.error())) return bindFault(v4.error(), any4, port);
    const std::uint16_t chosen = v4 ? (*v4)->localAddress().port : port;
    if (v4) sockets.push_back(std::move(*v4));
    auto v6 = io::UdpSocket::open({any6, chosen});
    if (v6) {
      sockets.push_back(std::move(*v6));
      return sockets;
    }
    if (lacksFamily(v6.error()) && !sockets.empty()) return sockets;
    const bool anotherPortMayDo = port == 0 && v6.error().code == "port_taken";
    if (!anotherPortMayDo || attempt == kPortTries) return bindFault(v6.error(), any6, port);
  }
}

Result<void, BindFault> listenForTcp(TcpClients& clients, const std::string& listen,
                                     std::uint16_t port) {
  std::vector<IpAddress> ips;
  if (!listen.empty()) {
    const auto ip = IpAddress::parse(listen);
    if (!ip)
      return Failure<BindFault>(BindFault{{"binding", "bad_address", false, {}}, std::nullopt});
    ips = {*ip};
  } else {
    ips = {IpAddress::v4(0, 0, 0, 0), IpAddress::v6({})};
  }
  std::optional<Fault> missing;
  for (int attempt = 1;; ++attempt) {
    std::optional<Fault> wrong;
    for (const IpAddress& ip : ips) {
      // The port that the first one got.
      const auto listening = clients.listen({ip, port != 0 ? port : clients.port()});
      if (listening) continue;
      if (lacksFamily(listening.error()))
        missing = listening.error();
      else
        wrong = listening.error();
    }
    if (!wrong && clients.port() != 0) return {};
    if (!wrong) wrong = missing;
    const bool anotherPortMayDo = port == 0 && wrong->code == "port_taken";
    // A port for TCP is chosen by a person; a neighbour of it would be found by nobody.
    if (!anotherPortMayDo || attempt == kPortTries) {
      wrong->detail = "TCP port " + std::to_string(port) + ": " + wrong->detail;
      return Failure<BindFault>(BindFault{std::move(*wrong), std::nullopt});
    }
    clients.stopListening();
  }
}

}  // namespace foyer::relayhost
