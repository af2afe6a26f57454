// A non-blocking UDP socket of one address family: batches in and out (recvmmsg with UDP_GRO,
// sendmmsg with UDP_SEGMENT), ECN per datagram, DF set. Unsent datagrams wait in a bounded ring,
// the oldest gives way. Allocates at opening only. One thread. Linux; leaves out IP_PKTINFO: the
// QUIC endpoint gets one constant local label per socket (see NetDriver).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "core/base/address.h"
#include "core/base/bytes.h"
#include "core/base/fault.h"
#include "core/base/result.h"

namespace foyer::io {

struct ReceivedDatagram {
  SocketAddress remote;
  std::uint8_t ecn = 0;  // RFC 3168: 0 not-ECT, 1 ECT(1), 2 ECT(0), 3 CE
  ByteView bytes;        // valid during the call only
};

struct UdpOptions {
  int bufferBytes = 4 << 20;        // asked for each way; the kernel may give less
  bool segmentationOffload = true;  // GSO and GRO where the kernel has them
  // Datagrams waiting for the kernel, at least 1: 2 kB of memory each. By itself 1 MB; at 50
  // packets/s of 100 receivers this is 100 ms.
  std::size_t sendSlots = 512;
};

struct UdpStats {
  std::uint64_t received = 0, sent = 0, receivedBytes = 0, sentBytes = 0;
  std::uint64_t receiveCalls = 0, sendCalls = 0;
  std::uint64_t droppedQueueFull = 0;   // displaced by newer ones while the kernel took nothing
  std::uint64_t droppedTooLarge = 0;    // above kMaxDatagramBytes, or above the path's MTU with DF
  std::uint64_t droppedUnsendable = 0;  // no route, forbidden by a firewall …
  std::uint64_t truncated = 0;          // received but longer than the buffer: not handed on
};

class UdpSocket {
 public:
  // QUIC sends at most 1452 bytes, TURN framing adds a little; more is refused.
  static constexpr std::size_t kMaxDatagramBytes = 2048;
  using ReceiveSink = std::function<void(const ReceivedDatagram&)>;

  // Binds to `local` (port 0: any; an unspecified address: all interfaces of the family; IPv6
  // sockets never carry IPv4). Fault stage "bind": port_taken, permission, no_family,
  // address_not_local, no_resources, failed.
  [[nodiscard]] static Result<std::unique_ptr<UdpSocket>, Fault> open(
      const SocketAddress& local, const UdpOptions& options = {});
  ~UdpSocket();
  UdpSocket(const UdpSocket&) = delete;
  UdpSocket& operator=(const UdpSocket&) = delete;

  [[nodiscard]] int fd() const;
  // With the real port.
  [[nodiscard]] SocketAddress localAddress() const;
  [[nodiscard]] IpAddress::Family family() const;
  // Whether several datagrams leave in one call (UDP_SEGMENT); false once the device refused it.
  [[nodiscard]] bool hasSegmentation() const;

  // Hands over what has arrived, at most kMaxReceiveRounds batches so that one flooded socket does
  // not starve the loop (level triggering brings the rest). Returns the number of datagrams.
  static constexpr int kMaxReceiveRounds = 8;
  std::size_t receive(const ReceiveSink& sink);

  // Puts a copy in the ring; flush() sends. False when it was refused (too large, wrong family).
  // Flushes by itself at kFlushAt waiting datagrams, or when all slots are taken, so that a long
  // burst keeps its order and fits.
  bool queue(const SocketAddress& remote, std::uint8_t ecn, ByteView bytes);
  static constexpr std::size_t kFlushAt = 64;
  // Sends what is queued as far as the kernel takes it. True when the ring is empty afterwards;
  // false means "call again when writable".
  bool flush();
  [[nodiscard]] std::size_t queued() const;
  [[nodiscard]] const UdpStats& stats() const;

 private:
  struct State;
  explicit UdpSocket(std::unique_ptr<State> state);
  std::unique_ptr<State> m_state;
};

// A UDP port that is free at this moment on `ip`, near `wished` first; for the suggestion after
// port_taken. nullopt when none was found.
[[nodiscard]] std::optional<std::uint16_t> findFreeUdpPort(const IpAddress& ip,
                                                           std::uint16_t wished);

}  // namespace foyer::io
