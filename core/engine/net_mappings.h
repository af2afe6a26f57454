// The ports of calls at the routers: an io::PortMapper for each family that has a socket, while
// that is wanted. Holds what they opened, believes a mapping as verified once somebody outside has
// seen its port, and says what came of it as views. Leaves out who is told the addresses. NET
// thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/random.h"
#include "core/engine/views.h"
#include "core/io/event_loop.h"
#include "core/io/port_mapper.h"

namespace foyer::engine {

class NetMappings {
 public:
  using OnChanged = std::function<void(TimePoint now)>;

  NetMappings(io::EventLoop& loop, RandomSource& random, OnChanged onChanged);
  // Tells the routers to forget; waits for a UPnP call under way, for a second at most.
  ~NetMappings();
  NetMappings(const NetMappings&) = delete;
  NetMappings& operator=(const NetMappings&) = delete;

  // The socket of calls of that family; before it is wanted.
  void addSocket(IpAddress::Family family, std::uint16_t port);
  // Off: the routers are told to forget, without waiting for them.
  void setWanted(TimePoint now, bool isWanted);
  [[nodiscard]] bool isWanted() const { return m_isWanted; }
  void networkChanged();
  void onSlept(Duration slept);
  // Somebody outside sees the socket of calls there: a relay, or a STUN server.
  void observed(const SocketAddress& mapped);

  // What the internet reaches us at. A private one is of another NAT's inside and leads nowhere.
  [[nodiscard]] std::vector<SocketAddress> addresses() const;
  [[nodiscard]] PortMappingView view(IpAddress::Family family) const;

 private:
  struct Port {
    IpAddress::Family family = IpAddress::Family::V4;
    std::uint16_t port = 0;
    std::unique_ptr<io::PortMapper> mapper;
    std::optional<net::PortMappingFailed> failed;
    std::vector<SocketAddress> seen;  // the newest that observers named, at most kMaxSeen
  };
  // What observers say of one socket; more are several NATs, or lies.
  static constexpr std::size_t kMaxSeen = 8;

  void open(Port& port);
  void onEvent(TimePoint now, Port& port, const net::PortMappingEvent& event);
  void verify(Port& port);

  io::EventLoop& m_loop;
  RandomSource& m_random;
  OnChanged m_onChanged;
  bool m_isWanted = false;
  std::vector<std::unique_ptr<Port>> m_ports;
  std::vector<std::unique_ptr<io::PortMapper>> m_ending;
  std::shared_ptr<bool> m_isAlive = std::make_shared<bool>(true);
};

}  // namespace foyer::engine
