// Several Endpoints on one virtual wire in virtual time: delay, loss by seed, NAT rewriting, cuts.
// For tests of core/net and of what stands on it; the simulator (core/sim) has the real links.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <variant>
#include <vector>

#include "core/base/random.h"
#include "core/net/endpoint.h"

namespace foyer::test {

struct WirePacket {
  TimePoint at;
  std::uint64_t number = 0;  // keeps packets of one instant in order
  SocketAddress from;
  SocketAddress to;
  std::uint8_t ecn = 0;
  Bytes bytes;
};

class DatagramWire {
 public:
  explicit DatagramWire(std::uint64_t seed = 1) : m_random(seed) {}

  // --- The link
  Duration delay = 20ms;
  double loss = 0.0;
  std::size_t mtu = 1500;
  // The address a packet appears to come from (a NAT); unset leaves it.
  std::function<SocketAddress(const SocketAddress& from, const SocketAddress& to)> rewriteSource;
  // False swallows the packet.
  std::function<bool(const WirePacket&)> pass;

  // --- The nodes. The first address is where it lives; alias() adds others that lead there.
  std::size_t attach(net::Endpoint& endpoint, const SocketAddress& address) {
    m_nodes.push_back({&endpoint, {address}, {}});
    return m_nodes.size() - 1;
  }
  void alias(std::size_t node, const SocketAddress& address) {
    m_nodes[node].addresses.push_back(address);
  }
  // A node that was destroyed, or replaced by one that has lost its memory.
  void replace(std::size_t node, net::Endpoint* endpoint) { m_nodes[node].endpoint = endpoint; }

  // --- Time
  [[nodiscard]] TimePoint now() const { return m_now; }
  void run(Duration span) {
    runUntil([] { return false; }, span);
  }
  // True when `done` became true within `limit`.
  bool runUntil(const std::function<bool()>& done, Duration limit = 30s) {
    const TimePoint end = m_now + limit;
    for (;;) {
      drain();
      if (done()) return true;
      const TimePoint next = nextWake(end);
      if (next >= end) {
        m_now = end;
        drain();
        return done();
      }
      if (next > m_now) m_now = next;
      ++turns;
      step();
    }
  }
  // Calls `action` every `period` from now on, until run() has covered `span`.
  void runWith(Duration span, Duration period, const std::function<void()>& action) {
    for (Duration done = Duration::zero(); done < span; done += period) {
      action();
      run(period);
    }
  }
  // Everything that can be written now is on its way afterwards.
  void drain() {
    for (std::size_t i = 0; i < m_nodes.size(); ++i) drainNode(i);
  }
  void inject(const SocketAddress& from, const SocketAddress& to, ByteView bytes,
              Duration after = Duration::zero()) {
    enqueue({m_now + after, m_number++, from, to, 0, toBytes(bytes)});
  }

  // --- What happened
  template <class T>
  [[nodiscard]] std::vector<T> events(std::size_t node) const {
    std::vector<T> out;
    for (const net::Event& event : m_nodes[node].events) {
      if (const T* e = std::get_if<T>(&event)) out.push_back(*e);
    }
    return out;
  }
  template <class T>
  [[nodiscard]] std::optional<T> last(std::size_t node) const {
    const auto all = events<T>(node);
    if (all.empty()) return std::nullopt;
    return all.back();
  }
  [[nodiscard]] const std::vector<net::Event>& allEvents(std::size_t node) const {
    return m_nodes[node].events;
  }
  void forgetEvents() {
    for (Node& node : m_nodes) node.events.clear();
  }
  [[nodiscard]] Bytes controlBytes(std::size_t node) const {
    Bytes out;
    for (const auto& e : events<net::ControlReceived>(node)) append(out, e.bytes);
    return out;
  }

  std::uint64_t sent = 0;
  std::uint64_t lost = 0;
  std::uint64_t tooBig = 0;
  std::uint64_t batches = 0;
  std::uint64_t turns = 0;
  // Called for each packet that enters the wire.
  std::function<void(const WirePacket&)> onSend;

 private:
  struct Node {
    net::Endpoint* endpoint;
    std::vector<SocketAddress> addresses;
    std::vector<net::Event> events;
  };
  static constexpr std::size_t kIpAndUdp = 28;

  static bool isLater(const WirePacket& a, const WirePacket& b) {
    return a.at != b.at ? a.at > b.at : a.number > b.number;
  }
  void enqueue(WirePacket packet) {
    m_queue.push_back(std::move(packet));
    std::push_heap(m_queue.begin(), m_queue.end(), isLater);
  }
  void transmit(const net::TransmitBatch& batch) {
    ++batches;
    for (std::size_t at = 0; at < batch.payload.size(); at += batch.segmentSize) {
      const std::size_t size = std::min(batch.segmentSize, batch.payload.size() - at);
      WirePacket packet{m_now + delay, m_number++, batch.local,
                        batch.remote,  batch.ecn,  toBytes(batch.payload.subspan(at, size))};
      ++sent;
      if (onSend) onSend(packet);
      const bool isLost = loss > 0 && m_random.unit() < loss;
      if (size + kIpAndUdp > mtu)
        ++tooBig;
      else if (isLost || (pass && !pass(packet)))
        ++lost;
      else
        enqueue(std::move(packet));
    }
  }
  void drainNode(std::size_t i) {
    if (m_nodes[i].endpoint == nullptr) return;
    const net::TransmitSink sink = [this](const net::TransmitBatch& batch) { transmit(batch); };
    // Taking events opens windows, which may give more to write.
    for (;;) {
      m_nodes[i].endpoint->pollTransmit(m_now, sink);
      const std::size_t before = m_nodes[i].events.size();
      while (auto event = m_nodes[i].endpoint->pollEvent()) {
        m_nodes[i].events.push_back(std::move(*event));
      }
      if (m_nodes[i].events.size() == before) return;
    }
  }
  TimePoint nextWake(TimePoint end) const {
    TimePoint next = end;
    if (!m_queue.empty()) next = std::min(next, m_queue.front().at);
    for (const Node& node : m_nodes) {
      if (node.endpoint == nullptr) continue;
      if (const auto due = node.endpoint->pollTimeout()) next = std::min(next, *due);
    }
    return next;
  }
  void step() {
    while (!m_queue.empty() && m_queue.front().at <= m_now) {
      std::pop_heap(m_queue.begin(), m_queue.end(), isLater);
      const WirePacket packet = std::move(m_queue.back());
      m_queue.pop_back();
      const SocketAddress from =
          rewriteSource ? rewriteSource(packet.from, packet.to) : packet.from;
      for (Node& node : m_nodes) {
        const auto& mine = node.addresses;
        if (node.endpoint != nullptr &&
            std::find(mine.begin(), mine.end(), packet.to) != mine.end()) {
          node.endpoint->handleDatagram(m_now, {packet.to, from, packet.ecn, packet.bytes});
        }
      }
    }
    for (Node& node : m_nodes) {
      if (node.endpoint == nullptr) continue;
      const auto due = node.endpoint->pollTimeout();
      if (due && *due <= m_now) node.endpoint->handleTimeout(m_now);
    }
  }

  SeededRandom m_random;
  std::vector<Node> m_nodes;
  std::vector<WirePacket> m_queue;
  std::uint64_t m_number = 0;
  TimePoint m_now = fromNanoseconds(1'000'000'000);
};

}  // namespace foyer::test
