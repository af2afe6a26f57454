// A node that says what a test tells it to and keeps what it hears.
#pragma once

#include <deque>
#include <vector>

#include "core/sim/network.h"

namespace foyer::sim {

class Talker final : public Node {
 public:
  struct Heard {
    TimePoint at;
    SocketAddress local, remote;
    Bytes bytes;
    bool operator==(const Heard&) const = default;
  };

  explicit Talker(Network& network) : m_network(network) {}
  ~Talker() override { m_network.detach(*this); }
  Talker(const Talker&) = delete;
  Talker& operator=(const Talker&) = delete;

  // Sends at once; `local` as in Node::Sink.
  void say(const SocketAddress& to, Bytes what = {1}, const SocketAddress& local = {}) {
    m_out.push_back({{}, local, to, std::move(what)});
    m_network.touch(*this);
  }
  // The source of the newest datagram.
  [[nodiscard]] SocketAddress lastRemote() const {
    return heard.empty() ? SocketAddress{} : heard.back().remote;
  }

  void handleDatagram(TimePoint now, const SocketAddress& local, const SocketAddress& remote,
                      std::uint8_t, ByteView bytes) override {
    heard.push_back({now, local, remote, toBytes(bytes)});
    if (answers) m_out.push_back({now, local, remote, toBytes(bytes)});
  }
  void handleTimeout(TimePoint now) override {
    woken.push_back(now);
    wakeAt.reset();
  }
  std::optional<TimePoint> pollTimeout() const override { return wakeAt; }
  void drain(TimePoint, const Sink& sink) override {
    while (!m_out.empty()) {
      const Heard out = std::move(m_out.front());
      m_out.pop_front();
      sink(out.local, out.remote, 0, out.bytes, false);
    }
  }
  void handleAddresses(TimePoint, const std::vector<LocalAddress>& now) override {
    told.push_back(now);
  }

  std::vector<Heard> heard;
  std::vector<std::vector<LocalAddress>> told;
  std::vector<TimePoint> woken;
  std::optional<TimePoint> wakeAt;
  bool answers = false;

 private:
  Network& m_network;
  std::deque<Heard> m_out;
};

}  // namespace foyer::sim
