#include "core/net/transmit_builder.h"

#include <cstring>

#include "core/net/path_address.h"

namespace foyer::net {

bool TransmitBuilder::fits(const ngtcp2_path& path, std::uint8_t ecn, std::size_t size) const {
  return !m_full && ecn == m_batch.ecn && size <= m_batch.segmentSize &&
         m_segments < kMaxSegments && m_used + size <= kMaxBatchBytes &&
         ngtcp2_path_eq(&m_path.path, &path) != 0;
}

void TransmitBuilder::start(const ngtcp2_path& path, std::uint8_t ecn, std::size_t size) {
  ngtcp2_path_storage_zero(&m_path);
  ngtcp2_path_copy(&m_path.path, &path);
  m_batch.local = toSocketAddress(path.local);
  m_batch.remote = toSocketAddress(path.remote);
  m_batch.ecn = ecn;
  m_batch.segmentSize = size;
  m_batch.datagramPackets = 0;
  m_batch.datagramBytes = 0;
  m_segments = 0;
  m_full = false;
}

void TransmitBuilder::commit(const ngtcp2_path& path, std::uint8_t ecn, std::size_t size,
                             std::size_t datagramBytes) {
  ++packets;
  bytes += size;
  if (m_used != 0 && !fits(path, ecn, size)) {
    const std::size_t at = m_used;
    flush();
    std::memmove(m_buffer.data(), m_buffer.data() + at, size);
  }
  if (m_used == 0) start(path, ecn, size);
  if (datagramBytes != 0) m_batch.datagramPackets |= std::uint64_t{1} << m_segments;
  m_batch.datagramBytes += datagramBytes;
  m_used += size;
  ++m_segments;
  m_full = size < m_batch.segmentSize;
}

void TransmitBuilder::send(const SocketAddress& local, const SocketAddress& remote,
                           ByteView packet) {
  const PathAddresses path(local, remote);
  std::memcpy(reserve(), packet.data(), packet.size());
  commit(*path.get(), 0, packet.size(), 0);
}

void TransmitBuilder::flush() {
  if (m_used == 0) return;
  m_batch.payload = ByteView(m_buffer.data(), m_used);
  m_used = 0;
  (*m_sink)(m_batch);
}

}  // namespace foyer::net
