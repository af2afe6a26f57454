// Channels: what one source sends goes to 1 … n receivers, with another number in front and its
// bytes untouched and unread (catalogue K-31). Numbers belong to one connection and are not used
// again on it, so a late packet of an ended call meets nobody. No allocation per packet. Value, no
// thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "relaylite/budget.h"
#include "relaylite/carrier.h"
#include "relaylite/relay_config.h"

namespace foyer::relaylite {

// Slot and generation of a source; a stale one is refused.
struct SourceId {
  std::uint32_t slot = 0;
  std::uint32_t generation = 0;  // 0: none
  bool operator==(const SourceId&) const = default;
};

class Forwarder {
 public:
  // Sources of one connection; an open beyond it fails.
  static constexpr std::size_t kMaxSourcesPerConnection = 64;
  // Receivers of one source; an addition beyond it fails.
  static constexpr std::size_t kMaxReceivers = 256;

  // All must outlive the forwarder.
  Forwarder(Carrier& carrier, Metrics& metrics, const RelayLimits& limits);

  struct Opened {
    SourceId source;
    std::uint64_t tx = 0;  // the number the connection puts before its packets
  };
  [[nodiscard]] std::optional<Opened> open(net::ConnectionId from, TimePoint now);
  void close(SourceId source);
  // A number for what `to` will receive; one call of this per channel and connection.
  [[nodiscard]] std::uint64_t takeRx(net::ConnectionId to);
  bool addReceiver(SourceId source, net::ConnectionId to, std::uint64_t rx);
  void removeReceiver(SourceId source, net::ConnectionId to);
  // The connection ended: its sources close. Taking it off the lists of other sources is the
  // owner's work, who knows the calls.
  void forget(net::ConnectionId connection);

  // hop header ‖ packet, as it came.
  void onDatagram(TimePoint now, net::ConnectionId from, ByteView payload);

  // When the source last sent; its opening counts.
  [[nodiscard]] std::optional<TimePoint> lastPacket(SourceId source) const;
  [[nodiscard]] std::size_t sources() const { return m_live; }

 private:
  struct Receiver {
    net::ConnectionId to;
    std::array<std::uint8_t, 8> header{};
    std::uint8_t headerSize = 0;
  };
  struct Source {
    std::uint32_t generation = 0;  // even: free
    net::ConnectionId from;
    std::uint64_t tx = 0;
    TimePoint lastPacket;
    std::vector<Receiver> receivers;
  };
  struct Lane {
    std::uint64_t tx = 0;
    std::uint32_t slot = 0;
  };
  // Of one connection, found by its slot.
  struct Line {
    net::ConnectionId id;
    std::vector<Lane> lanes;
    std::uint64_t nextTx = 0;
    std::uint64_t nextRx = 0;
    Budget media;
  };

  [[nodiscard]] Line& lineOf(net::ConnectionId id);
  [[nodiscard]] Source* find(SourceId id);

  Carrier* m_carrier;
  Metrics* m_metrics;
  const RelayLimits* m_limits;
  std::vector<Line> m_lines;
  std::vector<Source> m_sources;
  std::vector<std::uint32_t> m_free;
  std::size_t m_live = 0;
};

}  // namespace foyer::relaylite
