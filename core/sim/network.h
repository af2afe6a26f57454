// Virtual time and the network of a simulated world: nodes that are fed and drained, homes behind
// routers (one, or several in a row), links, scheduled actions. UDP, and datagrams over something
// like TLS on TCP. One thread, no clock; equal seeds and equal nodes give equal runs.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/address.h"
#include "core/base/bytes.h"
#include "core/base/time.h"
#include "core/net/datagram_stream.h"
#include "core/net/endpoint.h"
#include "core/sim/host.h"
#include "core/sim/link.h"
#include "core/sim/router.h"

namespace foyer::sim {

// IPv4 20 or IPv6 40, and UDP 8.
constexpr std::uint32_t kIpv4UdpHeader = 28;
constexpr std::uint32_t kIpv6UdpHeader = 48;
// One way within a LAN, a good Wi-Fi.
constexpr Duration kLanDelay = 1ms;

// Something that lives in the world. After each input the network drains it.
class Node {
 public:
  class Sink {
   public:
    using Function = std::function<void(const SocketAddress& local, const SocketAddress& remote,
                                        std::uint8_t ecn, ByteView datagram, bool isMedia)>;
    explicit Sink(Function function) : m_function(std::move(function)) {}
    // From the node's first socket, by the best interface. `isMedia`: the packet carries frames of
    // media; handshakes, control, reports and bare acknowledgements do not.
    void operator()(const SocketAddress& remote, std::uint8_t ecn, ByteView datagram,
                    bool isMedia) const {
      m_function({}, remote, ecn, datagram, isMedia);
    }
    // From the socket with this port, 0 for the first. An IP address that is not unspecified picks
    // the interface. A closed socket or an address that the node does not have sends nothing.
    void operator()(const SocketAddress& local, const SocketAddress& remote, std::uint8_t ecn,
                    ByteView datagram, bool isMedia) const {
      m_function(local, remote, ecn, datagram, isMedia);
    }

   private:
    Function m_function;
  };

  virtual ~Node() = default;
  // `local` is the socket's own address, before any NAT; `remote` what the packet says when it
  // arrives, after every NAT.
  virtual void handleDatagram(TimePoint now, const SocketAddress& local,
                              const SocketAddress& remote, std::uint8_t ecn, ByteView bytes) = 0;
  // A datagram over a stream that this node opened to `remote`, or that `remote` opened to it.
  virtual void handleStream(TimePoint, const SocketAddress& /*remote*/, ByteView) {}
  // The addresses of the interfaces that are up have changed.
  virtual void handleAddresses(TimePoint, const std::vector<LocalAddress>&) {}
  virtual void handleTimeout(TimePoint now) = 0;
  [[nodiscard]] virtual std::optional<TimePoint> pollTimeout() const = 0;
  // Hands every waiting datagram to the sink, then consumes its own events.
  virtual void drain(TimePoint now, const Sink& sink) = 0;
};

// Hands the packets of an endpoint's batch to the sink, one by one.
void passOn(const net::TransmitBatch& batch, const Node::Sink& sink);

class Network;
// The same over the stream of that node with the batch's remote address.
void passOnByStream(const net::TransmitBatch& batch, Network& network, Node& from);

class Network {
 public:
  explicit Network(std::uint64_t seed) : m_seed(seed) {}
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  // A router and the LAN behind it: on the internet, or in the LAN of `outer` (a second router at
  // home, the NAT of a provider). Its outside address must be free there. Stays for good.
  Router& addRouter(const RouterSpec& spec, Router* outer = nullptr);
  // Another public address; the router's table is lost.
  void setOutside(Router& router, const IpAddress& address);

  // The node must outlive the network or be detached first. Datagrams to `address`, on the
  // internet, reach it.
  void attach(Node& node, const SocketAddress& address);
  void attach(Node& node, const Place& place);
  void detach(Node& node);
  // The node's packets leave from, and arrive at, another address of the internet from now on, and
  // the node does not know (a NAT rebinding). For nodes with one interface, on the internet.
  void rebind(Node& node, const SocketAddress& address);

  // Interfaces come and go; the node is told its new addresses. What is on its way to an address
  // that has gone is lost.
  void addInterface(Node& node, const InterfaceSpec& spec);
  void removeInterface(Node& node, const std::string& name);
  void setInterfaceUp(Node& node, const std::string& name, bool isUp);
  // Nothing passes by this interface, and nobody is told.
  void setInterfaceCut(Node& node, const std::string& name, bool isCut);
  [[nodiscard]] std::vector<LocalAddress> addressesOf(const Node& node) const;
  // One more socket of the node, on all its interfaces; false when it has that port already.
  bool openSocket(Node& node, std::uint16_t port);
  void closeSocket(Node& node, std::uint16_t port);
  // ---- streams (network_streams.cpp): datagrams inside TLS on TCP, simplified. Opening takes two
  // round trips; then every datagram is a segment, in order, and a lost one is sent again while
  // what is behind it waits. The sender's queue is the real one (net/datagram_stream.h). The node,
  // on the internet, takes streams at this port of all its addresses.
  void listen(Node& node, std::uint16_t port);
  // Over the stream of these two, which is opened for the first datagram. Nobody is told when it
  // cannot be opened, or breaks: nothing of it acknowledged for kStreamPatience.
  void sendByStream(Node& from, const SocketAddress& remote, ByteView datagram);
  static constexpr Duration kStreamPatience = 15s;
  // As a TCP sender that has no estimate yet would (RFC 6298 has 1 s, Linux 200 ms).
  static constexpr Duration kStreamRetransmit = 200ms;
  // Segments under way in one direction; what is more waits in the queue and grows old there.
  static constexpr std::size_t kStreamWindow = 64;
  // That stand or are being opened.
  [[nodiscard]] std::size_t streamCount() const;

  // An asleep node hears nothing and is not woken; time goes on without it.
  void setAsleep(Node& node, bool isAsleep);

  // One end of a link: a node, or a router and all behind it.
  struct End {
    End(const Node& n) : node(&n) {}
    End(const Router& r) : router(&r) {}
    const Node* node = nullptr;
    const Router* router = nullptr;
  };
  // The link in one direction; made with a default spec on first use. A packet passes one link:
  // where it turns from going outward to going inward. Between two homes on the internet that is
  // the link between their (outermost) routers, in a LAN the one between its members; a hairpin
  // passes the router's link with itself. Nodes and routers stand for what they show at the first
  // network that they share; a node with several interfaces, for the best one that is up.
  Link& link(End from, End to);
  // Both directions at once.
  void setLink(End a, End b, const LinkSpec& spec);
  // Of links on the internet, and of those within a LAN.
  void setDefaultLink(const LinkSpec& spec) { m_defaultSpec = spec; }
  void setDefaultLan(const LinkSpec& spec) { m_defaultLan = spec; }
  void setCut(End a, End b, bool isCut);
  // From now on packets `from` -> `to` wait in the same queue, and meet the same weather, as those
  // of `existing`: two homes behind one cable.
  struct Way {
    End from;
    End to;
  };
  void share(const Way& way, const Way& existing);

  // An attacker on the wire: sees every datagram that is bound for a node before the link does, may
  // change or swallow it.
  using Tap = std::function<bool(const Node& from, const Node& to, Bytes& datagram)>;
  void setTap(Tap tap) { m_tap = std::move(tap); }
  // What the wire does to one datagram beside the weather of its link, for tests that lose, delay
  // or double a chosen one.
  struct Fate {
    int copies = 1;
    Duration extra{};  // later by this, so that others overtake it
  };
  using Judge = std::function<Fate(const Node& from, const Node& to, ByteView datagram)>;
  void setJudge(Judge judge) { m_judge = std::move(judge); }
  // Sees every datagram that a node sends, whoever has that address or nobody; `from` is the
  // node's own address, before any NAT.
  using Witness = std::function<void(const Node& sender, const SocketAddress& from,
                                     const SocketAddress& to, ByteView datagram)>;
  void setWitness(Witness witness) { m_witness = std::move(witness); }

  // Puts a datagram on the internet as if `from` had sent it.
  void inject(const SocketAddress& from, const SocketAddress& to, ByteView datagram);

  void at(TimePoint when, std::function<void(TimePoint)> action);
  // Runs first one period from now, then each period until the returned handle is dropped.
  [[nodiscard]] std::shared_ptr<void> every(Duration period, std::function<void(TimePoint)> action);

  [[nodiscard]] TimePoint now() const { return m_now; }
  void runUntil(TimePoint end);
  void runFor(Duration span) { runUntil(m_now + span); }
  // Stops as soon as `condition` holds; false when `limit` passed first.
  bool runUntil(const std::function<bool()>& condition, Duration limit);
  // Drains a node after it was spoken to from outside (a command, an audio frame).
  void touch(Node& node);

 private:
  struct Station;
  // The internet, or what is behind one router.
  struct Lan {
    std::unique_ptr<Router> router;  // absent: the internet
    Lan* outer = nullptr;
    std::uint32_t index = 0;
    std::unordered_map<SocketAddress, Station*> sockets;
    std::unordered_map<IpAddress, Lan*> routes;  // behind which router an address is
  };
  struct Interface {
    InterfaceSpec spec;
    Lan* lan = nullptr;
    bool isUp = true;
    bool isCut = false;
  };
  struct Station {
    Node* node = nullptr;
    std::uint16_t firstPort = 0;
    std::uint16_t ownPort = 0;  // what the node calls it: rebind() is not told to it
    std::set<std::uint16_t> ports;
    std::vector<Interface> interfaces;  // by metric
    std::optional<TimePoint> deadline;
    std::uint32_t index = 0;
    bool isAsleep = false;
  };
  enum Direction : std::size_t { Up, Down };  // from who opened the stream, and to them
  struct Flow {
    net::DatagramWriter waiting{false};
    std::uint64_t sent = 0, delivered = 0;  // segments
    std::map<std::uint64_t, Bytes> early;   // arrived before one that was lost
  };
  struct Stream {
    std::array<Station*, 2> ends{};     // who sends Up, who sends Down
    SocketAddress local, seen, remote;  // of the opener, after its NATs; of the listener
    int handshakes = 0;                 // crossings done
    bool isBroken = false;
    std::array<Flow, 2> flows;
  };
  // Who has an address in a LAN: at most one of the three.
  struct Holder {
    Station* station = nullptr;
    Lan* behind = nullptr;
    bool isRouterItself = false;
    [[nodiscard]] bool isNobody() const { return !station && !behind && !isRouterItself; }
  };
  struct Source {
    const Interface* interface = nullptr;
    SocketAddress address;
  };
  // A LAN and the index of what stands there for a node or router.
  struct Stand {
    const Lan* lan = nullptr;
    std::uint32_t index = 0;
  };
  struct Event {
    TimePoint at;
    std::uint64_t order = 0;
    std::uint32_t slot = 0;
  };
  struct Later {
    bool operator()(const Event& a, const Event& b) const {
      return a.at != b.at ? a.at > b.at : a.order > b.order;
    }
  };
  // A datagram in flight, or an action.
  struct Slot {
    SocketAddress from, to;
    std::uint8_t ecn = 0;
    Bytes datagram;
    std::function<void(TimePoint)> action;
    Lan* lan = nullptr;  // where a datagram has turned inward
  };

  void step(TimePoint end);
  void send(Station& from, const SocketAddress& local, const SocketAddress& to, std::uint8_t ecn,
            ByteView datagram, bool isMedia);
  // Over the link where a packet turns, `from` being the index of who sends there.
  void turn(const Lan& lan, std::uint32_t from, const Holder& to, Slot slot, bool isMedia,
            Duration extra = {});
  void arrive(Slot& slot);
  void answerAsRouter(Lan& lan, const Slot& slot);
  std::shared_ptr<Link>& linkBetween(const Lan& lan, std::uint32_t from, std::uint32_t to);
  std::shared_ptr<Link>& linkOf(End from, End to);
  void drain(Station& station);
  void push(TimePoint at, Slot slot);
  [[nodiscard]] std::optional<TimePoint> nextDeadline() const;

  // network_streams.cpp
  [[nodiscard]] std::shared_ptr<Stream> openStream(Station& from, const SocketAddress& remote);
  // The link that the next segment passes; nullptr: a router or an interface is in the way.
  [[nodiscard]] Link* streamLink(const Stream& stream, Direction direction);
  void pumpStream(const std::shared_ptr<Stream>& stream, Direction direction);
  void sendSegment(const std::shared_ptr<Stream>& stream, Direction direction, std::uint64_t number,
                   const Bytes& segment, TimePoint firstAt);
  void onSegment(const std::shared_ptr<Stream>& stream, Direction direction, std::uint64_t number,
                 const Bytes& segment);
  void breakStreams(const Station& station);

  // network_places.cpp
  [[nodiscard]] Station* stationOf(const Node& node) const;
  [[nodiscard]] Station& knownStation(const Node& node) const;
  [[nodiscard]] Interface& interfaceOf(Station& station, const std::string& name);
  [[nodiscard]] Lan& lanOf(const Router* router);
  void place(Station& station, const InterfaceSpec& spec);
  // Enters, or takes out, what others know of an interface's addresses.
  void publish(Station& station, const Interface& interface);
  void withdraw(const Station& station, const Interface& interface);
  void tellAddresses(Station& station);
  [[nodiscard]] std::vector<LocalAddress> addressesOf(const Station& station) const;
  [[nodiscard]] static Holder holderOf(const Lan& lan, const SocketAddress& to);
  [[nodiscard]] static std::optional<Source> sourceFor(const Station& station,
                                                       const SocketAddress& local,
                                                       const SocketAddress& to);
  // The node that a packet would reach if every filter let it in.
  [[nodiscard]] const Station* bound(const Lan& lan, SocketAddress to) const;
  [[nodiscard]] std::vector<Stand> standsOf(End end);

  std::uint64_t m_seed;
  TimePoint m_now{1000s};  // not zero, so that "never" bugs show
  std::uint64_t m_order = 0;
  LinkSpec m_defaultSpec;
  LinkSpec m_defaultLan{.delay = kLanDelay};
  std::vector<std::unique_ptr<Station>> m_stations;
  std::uint32_t m_nextIndex = 0;
  Lan m_internet;
  std::vector<std::unique_ptr<Lan>> m_lans;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::shared_ptr<Link>> m_links;
  std::priority_queue<Event, std::vector<Event>, Later> m_events;
  std::vector<Slot> m_slots;
  std::vector<std::uint32_t> m_freeSlots;
  std::vector<std::shared_ptr<Stream>> m_streams;
  std::map<SocketAddress, Station*> m_listeners;
  std::uint16_t m_nextStreamPort = 20000;  // as NATs and systems give them out
  Tap m_tap;
  Judge m_judge;
  Witness m_witness;
};

}  // namespace foyer::sim
