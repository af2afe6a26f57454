// The NET thread: one event loop with the client, its sockets, name look-ups, and the eyes for
// changed addresses and sleep. Everything on NetSide happens in that thread; the engine posts
// closures in and takes values out through one bounded inbox.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/client/client.h"
#include "core/engine/capabilities.h"
#include "core/engine/contact_list.h"
#include "core/engine/net_check.h"
#include "core/engine/net_machine.h"
#include "core/engine/net_mappings.h"
#include "core/engine/relay_finder.h"
#include "core/engine/search_sockets.h"
#include "core/engine/turn_paths.h"
#include "core/io/clock.h"
#include "core/io/event_loop.h"
#include "core/io/interfaces.h"
#include "core/io/loop_thread.h"
#include "core/io/net_driver.h"
#include "core/io/os_random.h"
#include "core/io/qt_bridge.h"
#include "core/io/resolver.h"
#include "core/io/tcp_carrier.h"
#include "core/io/udp_socket.h"
#include "core/wire/link.h"

namespace foyer::engine {

// A consistent picture of the client; parts that did not change are absent.
struct NetUpdate {
  TimePoint at{};
  std::optional<std::vector<client::RelayStatus>> relays;
  std::optional<std::vector<client::Person>> people;
  std::optional<std::vector<client::CallStatus>> calls;
  std::vector<client::ClientEvent> events;
  std::optional<NetworkCheckView> network;
  std::optional<std::vector<TurnState>> turn;
  std::optional<Fault> fault;     // the thread has no socket at all, a link does not resolve …
  std::optional<Duration> slept;  // the machine was asleep this long
};

// Lives and dies in the NET thread.
class NetSide {
 public:
  NetSide(io::EventLoop& loop, crypto::Identity identity, client::ClientOptions options,
          ContactList contacts, io::QtInbox<NetUpdate>::Producer out, int audioFd);
  ~NetSide();
  NetSide(const NetSide&) = delete;
  NetSide& operator=(const NetSide&) = delete;

  // Finds the hosts of the link, then connects; faults come back as NetUpdate::fault, and what
  // cannot be found now is looked for again.
  void connectRelay(const wire::RelayLink& link, std::optional<PublicKey> knownKey);
  void disconnectRelay(const Fingerprint& relay);
  // Whether calls may leave the relay; tells the client this machine's addresses.
  void setDirectCalls(bool isOn);
  // Whether routers are asked for a port, where calls may leave the relay.
  void setPortMapping(bool isOn);
  // Observers of the network check beside the relays.
  void setStunServers(std::vector<wire::LinkHost> servers);
  // See NetCheck::start().
  bool checkNetwork(bool isSlow, NetCheck::Done done = {});
  [[nodiscard]] NetworkCheckView networkView() const;
  // The person's TURN servers, those with a password.
  void setTurnServers(std::vector<TurnAccess> servers);
  // Whether relays are asked for servers of their operators.
  void setTurnFromRelays(bool isOn);
  // Answers once, in this thread, unless that ends before.
  void testTurnServer(TurnAccess server, std::function<void(const io::TurnTest&)> done);
  void impair(const net::ImpairmentSpec& spec);
  [[nodiscard]] NetFacts facts() const;
  // After commands given outside the client's own handlers.
  void touch();
  [[nodiscard]] client::Client& client() { return m_client; }
  [[nodiscard]] ContactList& contacts() { return m_contacts; }
  [[nodiscard]] TimePoint now() const { return m_loop.now(); }
  // The whole picture again, after an update was lost.
  void pushEverything();
  void shutDown();

 private:
  bool drain(TimePoint now);
  void push(NetUpdate update);
  void pushChanges(TimePoint now);
  void lookAtClocks(TimePoint now);
  void tellAddresses(TimePoint now);
  void onFound(RelayFinder::Found found);
  // The client and the driver hear of an address on a TURN server, or of its end.
  void tellTurn(TimePoint now);
  void tellExtraLocals(TimePoint now);
  void takeTurn(TimePoint now, client::Client::TurnFrom given);
  [[nodiscard]] NetCheck::World checkWorld();
  void onRelaysMoved(TimePoint now);
  void onNetworkChanged(TimePoint now);
  void onMappings(TimePoint now);
  void tellNetwork(TimePoint now);
  void planPush(TimePoint now);

  io::EventLoop& m_loop;
  io::OsRandom m_random;
  ContactList m_contacts;
  client::Client m_client;
  io::QtInbox<NetUpdate>::Producer m_out;
  std::vector<std::unique_ptr<io::UdpSocket>> m_sockets;
  SearchSockets m_searchSockets;
  NetMappings m_mappings;
  std::unique_ptr<NetCheck> m_check;
  SeededRandom m_weather;  // its own: what is lost on purpose tells nothing of keys
  net::Impairment m_impairment{m_weather};
  NetMachine m_machine;
  std::unique_ptr<io::NetDriver<NetMachine>> m_driver;
  io::TcpCarrier m_tcp;  // relays where UDP is blocked
  io::Resolver m_resolver;
  RelayFinder m_finder;
  TurnPaths m_turn;
  io::TurnPort* m_turnPort = nullptr;  // the driver sends on it
  bool m_hasTurnFromRelays = true;
  std::unique_ptr<io::AddressWatcher> m_addresses;
  io::SleepDetector m_sleep;
  io::EventLoop::WatchId m_audioWatch = 0;
  io::EventLoop::TimerId m_clockTimer = 0, m_pushTimer = 0;
  TimePoint m_relaysDue{};
  bool m_relaysChanged = false, m_peopleChanged = false, m_callsChanged = false;
  bool m_networkChanged = false, m_turnChanged = false;
  bool m_isPushPlanned = false;
  bool m_goesDirect = false, m_mapsPorts = false;
  bool m_hasRelayOutside = false;  // one was reached that is not on this machine
  std::vector<client::ClientEvent> m_events;
};

class NetThread {
 public:
  NetThread(io::SteadySource& clock, crypto::Identity identity, client::ClientOptions options,
            ContactList contacts, io::QtInbox<NetUpdate>::Producer out);
  // Says goodbye to relays and peers, then joins.
  ~NetThread();

  // Any thread. The closure runs in the NET thread while it lives.
  void post(std::function<void(NetSide&)> work);
  // Writable from the AUDIO thread without lock or allocation: wakes the client to take frames.
  [[nodiscard]] int audioWakeFd() const { return m_audioFd; }
  // Whether the kernel granted it real-time priority.
  [[nodiscard]] bool isRealTime() const { return m_thread.isRealTime(); }

 private:
  int m_audioFd;
  io::LoopThread m_thread;
  std::unique_ptr<NetSide> m_side;
};

}  // namespace foyer::engine
