// The network check of the running program: whom net::NatCheck asks (relays, and the STUN servers
// of the settings), when (a relay is reached, the network is another one, somebody wants it), from
// which sockets, and what it comes to as a view. Leaves out the measuring itself. NET thread.
//
// Part of the machine behind the NetDriver (net_machine.h): what comes in on the sockets of calls
// is shown to it first.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/random.h"
#include "core/engine/views.h"
#include "core/io/event_loop.h"
#include "core/io/resolver.h"
#include "core/io/udp_socket.h"
#include "core/net/nat_check.h"
#include "core/wire/link.h"

namespace foyer::engine {

class NetCheck {
 public:
  // After a change of the network, or of the relays that are reached: several come together.
  static constexpr Duration kSettle = 1s;
  // Names are looked up and relays dialled for so long before it begins without them.
  static constexpr Duration kPrepare = 4s;
  // Of each family; eight tell a counter well (nat_check.h).
  static constexpr std::size_t kExtraSockets = 8;
  // What a slow check leaves silent; RFC 4787 asks for two minutes, many keep half a minute.
  static constexpr Duration kLifetimeWaits[] = {15s, 30s, 60s, 125s};

  struct RelayPoint {
    bool isConnected = false;
    bool isDialling = false;
    // Over UDP. Of one that is connected the one in use; else all that are known.
    std::vector<SocketAddress> addresses;
    std::optional<SocketAddress> observed;  // how it sees the socket of calls
  };
  // What the world is while it runs: asked when a check begins.
  struct World {
    // Relays that are wanted and still looked for count as dialling, without addresses.
    std::function<std::vector<RelayPoint>()> relays;
    // The sockets of calls; of either family.
    std::function<std::optional<net::NatSocket>(IpAddress::Family)> mainSocket;
    std::function<std::vector<IpAddress>()> hostAddresses;
    // Of this machine's own network: who is there, or on this machine, does not see what the
    // internet sees.
    std::function<bool(const IpAddress&)> isInside;
    // Over TCP somebody else answered in the place of a relay.
    std::function<bool()> hasMetStranger;
    std::function<void(const std::string& host, std::uint16_t port, io::Resolver::Callback)> lookUp;
    // Datagrams of the socket come in under `label` from then on.
    std::function<void(io::UdpSocket& socket, const SocketAddress& label)> addSocket;
    std::function<void(const io::UdpSocket& socket)> removeSocket;
  };
  struct Callbacks {
    std::function<void(TimePoint now)> onChanged;  // view() is another
    // A check ended. Not the slow part's figures alone: the whole again.
    std::function<void(TimePoint now, const net::NatReport& report)> onReport;
    std::function<void()> onTouched;  // there is something to send
  };
  // The check that somebody wanted is over.
  using Done = std::function<void()>;

  NetCheck(io::EventLoop& loop, RandomSource& random, World world, Callbacks callbacks);
  ~NetCheck();
  NetCheck(const NetCheck&) = delete;
  NetCheck& operator=(const NetCheck&) = delete;

  void setStunServers(std::vector<wire::LinkHost> servers) { m_servers = std::move(servers); }
  // Checks by itself from now on, or no longer.
  void setAutomatic(bool isOn);
  // Relays came or went: once one is there, the check runs by itself; again when a further one can
  // make sure what one alone has said.
  void relaysChanged(TimePoint now);
  void networkChanged(TimePoint now);
  // False: a slow one is under way and a quick one was wanted. Of a quick one that is under way
  // `done` hears too; a slow one takes its place.
  bool start(TimePoint now, bool isSlow, Done done = {});

  // --- Fed and drained, by NetMachine
  // True: it was for the check.
  bool handleDatagram(TimePoint now, const net::DatagramView& datagram);
  void handleTimeout(TimePoint now);
  void pollTransmit(TimePoint now, const net::TransmitSink& sink);
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;

  // Without the port at the router.
  [[nodiscard]] const NetworkCheckView& view() const { return m_view; }

 private:
  enum class Stage : std::uint8_t { Idle, Preparing, Running };

  void plan(TimePoint now);
  void begin(TimePoint now, bool isSlow);
  void lookUpServers();
  void goOn(TimePoint now);
  void run(TimePoint now);
  [[nodiscard]] net::NatCheckConfig configNow();
  void keepOutside(std::vector<SocketAddress>& observers);
  void openExtraSockets(net::NatCheckConfig& config);
  void closeExtraSockets();
  void takeResult(TimePoint now);
  void finish(TimePoint now);
  [[nodiscard]] net::NatReport believed(net::NatReport report);
  [[nodiscard]] NetworkProblem problemOf(const net::NatReport& report) const;

  io::EventLoop& m_loop;
  RandomSource& m_random;
  World m_world;
  Callbacks m_callbacks;
  std::vector<wire::LinkHost> m_servers;
  NetworkCheckView m_view;
  bool m_isAutomatic = false;
  std::size_t m_relaysSeen = 0;  // connected when last looked at
  Stage m_stage = Stage::Idle;
  bool m_leftInside = false;                  // observers inside were left out for those outside
  bool m_asksInside = false;                  // of which none has answered
  bool m_isAllInside = false;                 // of those that are asked
  io::EventLoop::TimerId m_planTimer = 0;     // an automatic check
  io::EventLoop::TimerId m_prepareTimer = 0;  // looks again, or has waited enough
  TimePoint m_prepareUntil{};
  std::uint64_t m_lookUp = 0;  // answers of an earlier one do not count
  std::size_t m_openLookUps = 0;
  std::vector<SocketAddress> m_serverAddresses;
  std::optional<net::NatCheck> m_check;
  std::vector<std::unique_ptr<io::UdpSocket>> m_extra;
  std::vector<Done> m_waiting;
  std::shared_ptr<bool> m_isAlive = std::make_shared<bool>(true);
};

}  // namespace foyer::engine
