// Virtual time and the network of a simulated world: nodes that are fed and drained, links between
// them, scheduled actions. One thread, no clock; equal seeds and equal nodes give equal runs.
// RFC 4787 NATs come with the connectivity issue; `rebind` is the one address change there is now.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <unordered_map>
#include <vector>

#include "core/base/address.h"
#include "core/base/bytes.h"
#include "core/base/time.h"
#include "core/net/endpoint.h"
#include "core/sim/link.h"

namespace foyer::sim {

// IPv4 20 or IPv6 40, and UDP 8.
constexpr std::uint32_t kIpv4UdpHeader = 28;
constexpr std::uint32_t kIpv6UdpHeader = 48;

// Something that lives in the world. After each input the network drains it.
class Node {
 public:
  // `isMedia`: the packet carries frames of media; handshakes, control, reports and bare
  // acknowledgements do not.
  using Sink = std::function<void(const SocketAddress& remote, std::uint8_t ecn, ByteView datagram,
                                  bool isMedia)>;

  virtual ~Node() = default;
  virtual void handleDatagram(TimePoint now, const SocketAddress& local,
                              const SocketAddress& remote, std::uint8_t ecn, ByteView bytes) = 0;
  virtual void handleTimeout(TimePoint now) = 0;
  [[nodiscard]] virtual std::optional<TimePoint> pollTimeout() const = 0;
  // Hands every waiting datagram to the sink, then consumes its own events.
  virtual void drain(TimePoint now, const Sink& sink) = 0;
};

// Hands the packets of an endpoint's batch to the sink, one by one.
void passOn(const net::TransmitBatch& batch, const Node::Sink& sink);

class Network {
 public:
  explicit Network(std::uint64_t seed) : m_seed(seed) {}
  Network(const Network&) = delete;
  Network& operator=(const Network&) = delete;

  // The node must outlive the network or be detached first. Datagrams to `address` reach it.
  void attach(Node& node, const SocketAddress& address);
  void detach(Node& node);
  // The node's packets leave from, and arrive at, another address from now on (a NAT rebinding).
  void rebind(Node& node, const SocketAddress& address);

  // The link in one direction; made with the default spec on first use.
  Link& link(const Node& from, const Node& to);
  // Both directions at once.
  void setLink(const Node& a, const Node& b, const LinkSpec& spec);
  void setDefaultLink(const LinkSpec& spec) { m_defaultSpec = spec; }
  void setCut(const Node& a, const Node& b, bool isCut);
  // From now on packets `from` -> `to` wait in the same queue, and meet the same weather, as those
  // of `existing`: two homes behind one cable.
  struct Way {
    const Node& from;
    const Node& to;
  };
  void share(const Way& way, const Way& existing);

  // An attacker on the wire: sees every datagram before the link does, may change or swallow it.
  using Tap = std::function<bool(const Node& from, const Node& to, Bytes& datagram)>;
  void setTap(Tap tap) { m_tap = std::move(tap); }

  // Puts a datagram on the wire as if `from` had sent it.
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
  struct Station {
    Node* node = nullptr;
    SocketAddress address;
    std::optional<TimePoint> deadline;
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
  };

  void step(TimePoint end);
  void send(Station& from, const SocketAddress& to, std::uint8_t ecn, ByteView datagram,
            bool isMedia);
  std::shared_ptr<Link>& linkOf(const Node& from, const Node& to);
  void drain(Station& station);
  void push(TimePoint at, Slot slot);
  [[nodiscard]] Station* stationOf(const Node& node);
  [[nodiscard]] std::optional<TimePoint> nextDeadline() const;

  std::uint64_t m_seed;
  TimePoint m_now{1000s};  // not zero, so that "never" bugs show
  std::uint64_t m_order = 0;
  LinkSpec m_defaultSpec;
  std::vector<std::unique_ptr<Station>> m_stations;
  std::uint32_t m_nextIndex = 0;
  std::unordered_map<SocketAddress, Station*> m_byAddress;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::shared_ptr<Link>> m_links;
  std::priority_queue<Event, std::vector<Event>, Later> m_events;
  std::vector<Slot> m_slots;
  std::vector<std::uint32_t> m_freeSlots;
  Tap m_tap;
};

}  // namespace foyer::sim
