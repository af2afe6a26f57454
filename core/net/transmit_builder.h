// Collects packets into batches that one sendmsg with UDP_SEGMENT can carry: same path, same ECN
// mark, equal size (the last may be shorter). Packets are written straight into its buffer.
#pragma once

#include <ngtcp2/ngtcp2.h>

#include "core/base/bytes.h"
#include "core/net/endpoint.h"

namespace foyer::net {

class TransmitBuilder {
 public:
  // Room for one packet at reserve().
  static constexpr std::size_t kPacketRoom = 1500;

  TransmitBuilder() : m_buffer(kMaxBatchBytes + kPacketRoom) {}

  void begin(const TransmitSink& sink) { m_sink = &sink; }
  void end() {
    flush();
    m_sink = nullptr;
  }
  // Stays the same until commit().
  [[nodiscard]] std::uint8_t* reserve() { return m_buffer.data() + m_used; }
  // The packet of `size` bytes at reserve() is complete; `datagramBytes` of
  // them are DATAGRAM frames of the stream.
  void commit(const ngtcp2_path& path, std::uint8_t ecn, std::size_t size,
              std::size_t datagramBytes);
  // A packet made elsewhere.
  void send(const SocketAddress& local, const SocketAddress& remote, ByteView packet);

  std::uint64_t packets = 0;
  std::uint64_t bytes = 0;

 private:
  static constexpr std::size_t kMaxBatchBytes = 64000;  // an IP packet holds 65 507
  static constexpr std::size_t kMaxSegments = 64;       // the kernel's UDP_MAX_SEGMENTS

  [[nodiscard]] bool fits(const ngtcp2_path& path, std::uint8_t ecn, std::size_t size) const;
  void flush();
  void start(const ngtcp2_path& path, std::uint8_t ecn, std::size_t size);

  const TransmitSink* m_sink = nullptr;
  Bytes m_buffer;
  std::size_t m_used = 0;
  std::size_t m_segments = 0;
  bool m_full = false;  // the last packet was shorter: nothing may follow it
  TransmitBatch m_batch;
  ngtcp2_path_storage m_path{};
};

}  // namespace foyer::net
