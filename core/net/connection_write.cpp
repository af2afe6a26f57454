// Everything a connection writes: control, datagrams, acknowledgements, its close.
#include <algorithm>

#include "core/net/connection.h"
#include "core/net/quic_time.h"
#include "core/wire/media_packet.h"

namespace foyer::net {

namespace {

// Longer than any turn of an owner that runs, shorter than any idle time.
constexpr Duration kStopped = 1s;

// 1 header + 8 connection id + 4 packet number + 16 tag + 3 frame header, the largest they get.
constexpr std::size_t kDatagramOverhead = 32;
// Type and length of a DATAGRAM frame (RFC 9221 section 4).
constexpr std::size_t kDatagramFrameHeader = 3;
// One write may not hold the endpoint longer than this many packets.
constexpr unsigned kMaxPacketsPerWrite = 64;
constexpr std::size_t kClosePacketBytes = 1200;

}  // namespace

struct Connection::Step {
  ngtcp2_ssize written = 0;
  bool progressed = false;
  std::size_t datagramBytes = 0;  // of the frame of the stream that was taken, if one was
};

void Connection::write(TimePoint now, TransmitBuilder& out) {
  if (m_isDead) return;
  // An owner that was stopped may write before it looks at its timers; that must not give a
  // connection that is over another idle time.
  if (m_besidePacing || now - m_now > kStopped) expire(now);
  if (m_isDead) return;
  m_now = now;
  const bool isLocalClose = m_closing && m_closed.reason == CloseReason::LocalClose;
  if (!m_closing || isLocalClose) writeData(now, out);
  if (m_isDead) return;
  if (m_closing) writeClose(now, out);
}

bool Connection::mayWriteControl() const {
  if (!m_controlOut || !m_controlOut->hasUnsent() || !m_keysReady) return false;
  if (m_role == Role::Server) return m_isConnected && m_streamOpen;
  return m_provenPeer && (m_isConnected || m_controlRelease == ControlRelease::WithFinished);
}

void Connection::dropStaleDatagrams(TimePoint now) {
  if (m_profile.datagramMaxAge <= Duration::zero()) return;
  DatagramPool& pool = m_host.datagrams();
  while (m_datagrams.count > 0 &&
         now - pool.frontQueuedAt(m_datagrams) > m_profile.datagramMaxAge) {
    pool.pop(m_datagrams);
    ++m_counts.datagramsDropped;
  }
}

Connection::Step Connection::writeDatagram(std::uint8_t* to, ngtcp2_path* path,
                                           ngtcp2_pkt_info* info) {
  DatagramPool& pool = m_host.datagrams();
  const ByteView data = pool.front(m_datagrams);
  const ngtcp2_vec vec{const_cast<std::uint8_t*>(data.data()), data.size()};
  int accepted = 0;
  Step step;
  step.written =
      ngtcp2_conn_writev_datagram(m_quic, path, info, to, TransmitBuilder::kPacketRoom, &accepted,
                                  m_profile.onePacketPerDatagram ? NGTCP2_WRITE_DATAGRAM_FLAG_NONE
                                                                 : NGTCP2_WRITE_DATAGRAM_FLAG_MORE,
                                  m_datagramId, &vec, 1, toQuicTime(m_now));
  if (accepted != 0) {
    ++m_datagramId;
    ++m_counts.datagramsSent;
    if (pool.frontUse(m_datagrams) == DatagramUse::Stream)
      step.datagramBytes = 1 + wire::varintSize(data.size()) + data.size();
    pool.pop(m_datagrams);
    step.progressed = true;
  } else if (data.size() > maxDatagram() || step.written == NGTCP2_ERR_INVALID_ARGUMENT ||
             step.written == NGTCP2_ERR_INVALID_STATE) {
    // The path shrank since it was queued: it would block the queue for ever.
    pool.pop(m_datagrams);
    ++m_counts.datagramsDropped;
    step.progressed = true;
    if (step.written < 0 && step.written != NGTCP2_ERR_WRITE_MORE) {
      step.written = NGTCP2_ERR_WRITE_MORE;
    }
  }
  return step;
}

Connection::Step Connection::writeControl(std::uint8_t* to, ngtcp2_path* path,
                                          ngtcp2_pkt_info* info) {
  if (!m_streamOpen) {
    std::int64_t stream = -1;
    if (ngtcp2_conn_open_bidi_stream(m_quic, &stream, nullptr) != 0) return {};
    m_streamOpen = true;
  }
  const ByteView data = m_controlOut->unsent();
  const ngtcp2_vec vec{const_cast<std::uint8_t*>(data.data()), data.size()};
  ngtcp2_ssize taken = -1;
  Step step;
  step.written =
      ngtcp2_conn_writev_stream(m_quic, path, info, to, TransmitBuilder::kPacketRoom, &taken,
                                NGTCP2_WRITE_STREAM_FLAG_MORE, 0, &vec, 1, toQuicTime(m_now));
  if (taken > 0) {
    m_controlOut->handedOver(static_cast<std::size_t>(taken));
    step.progressed = true;
  }
  return step;
}

// ngtcp2 sets a timer for when the next packet may go, also where none waits, and that would wake a
// call half as often again. So the timers beside it are looked at before, and are what counts.
void Connection::paceAfter(TimePoint now, bool nothingWaits) {
  const ngtcp2_tstamp beside = ngtcp2_conn_get_expiry(m_quic);
  ngtcp2_conn_update_pkt_tx_time(m_quic, toQuicTime(now));
  if (nothingWaits && ngtcp2_conn_get_expiry(m_quic) < beside) m_besidePacing = beside;
}

void Connection::writeData(TimePoint now, TransmitBuilder& out) {
  m_ackDue.reset();
  m_moreToWrite = false;
  dropStaleDatagrams(now);
  const std::size_t quantum =
      std::max<std::size_t>(ngtcp2_conn_get_send_quantum(m_quic), TransmitBuilder::kPacketRoom);
  std::size_t burst = 0;
  bool controlBlocked = false;
  bool datagramsBlocked = false;
  bool isDone = false;            // ngtcp2 has nothing of its own to send either
  std::size_t datagramBytes = 0;  // in the packet under way
  bool controlFirst = true;       // alternates per packet, so neither starves the other
  for (unsigned packets = 0;;) {
    ngtcp2_path_storage path;
    ngtcp2_path_storage_zero(&path);
    ngtcp2_pkt_info info{};
    std::uint8_t* to = out.reserve();
    const bool hasControl = !controlBlocked && mayWriteControl();
    const bool hasDatagram = !datagramsBlocked && m_isConnected && m_datagrams.count > 0;
    Step step;
    bool plain = false;
    if (hasControl && (controlFirst || !hasDatagram)) {
      step = writeControl(to, &path.path, &info);
      controlBlocked = !step.progressed && step.written <= 0;
      if (step.written == NGTCP2_ERR_STREAM_DATA_BLOCKED ||
          step.written == NGTCP2_ERR_STREAM_SHUT_WR ||
          step.written == NGTCP2_ERR_STREAM_NOT_FOUND || (!m_streamOpen && step.written == 0)) {
        controlBlocked = true;
        continue;
      }
    } else if (hasDatagram) {
      step = writeDatagram(to, &path.path, &info);
      datagramsBlocked = !step.progressed && step.written <= 0;
    } else {
      plain = true;
      step.written = ngtcp2_conn_write_pkt(m_quic, &path.path, &info, to,
                                           TransmitBuilder::kPacketRoom, toQuicTime(now));
    }
    datagramBytes += step.datagramBytes;
    if (step.written == NGTCP2_ERR_WRITE_MORE) continue;
    if (step.written < 0) {
      fail(static_cast<int>(step.written));
      break;
    }
    if (step.written == 0) {
      if (plain || step.progressed) {
        isDone = plain;
        if (plain) break;
        continue;
      }
      // Congestion window or pacing closed for data; acknowledgements may still go.
      controlBlocked = datagramsBlocked = true;
      continue;
    }
    const auto size = static_cast<std::size_t>(step.written);
    ++m_counts.packetsSent;
    m_counts.bytesSent += size;
    out.commit(path.path, info.ecn, size, datagramBytes);
    datagramBytes = 0;
    burst += size;
    controlFirst = !controlFirst;
    if (++packets >= kMaxPacketsPerWrite || burst >= quantum) {
      m_moreToWrite = mayWriteControl() || m_datagrams.count > 0;
      break;
    }
  }
  paceAfter(now, isDone && !mayWriteControl() && m_datagrams.count == 0);
  if (m_controlOut && m_controlOut->size() == 0) m_controlOut.reset();
  freeTlsIfDone();
}

Result<void, SendError> Connection::sendControl(ByteView bytes) {
  if (m_isDead || m_closing) return Failure<SendError>(SendError::NotConnected);
  if (bytes.empty()) return {};
  const std::size_t pending = m_controlOut ? m_controlOut->size() : 0;
  if (bytes.size() > m_profile.controlSendBytes ||
      pending > m_profile.controlSendBytes - bytes.size()) {
    return Failure<SendError>(SendError::BufferFull);
  }
  if (!m_controlOut) m_controlOut = std::make_unique<ControlBuffer>();
  m_controlOut->append(bytes);
  return {};
}

Result<void, SendError> Connection::sendDatagram(TimePoint now, ByteView header, ByteView payload,
                                                 DatagramUse use) {
  if (!isConnected() || m_isDead) return Failure<SendError>(SendError::NotConnected);
  if (header.size() + payload.size() > maxDatagram()) {
    return Failure<SendError>(SendError::TooLarge);
  }
  DatagramPool& pool = m_host.datagrams();
  m_datagramAt = now;
  while (m_datagrams.count > 0 && m_datagrams.count >= m_profile.datagramQueue) {
    pool.pop(m_datagrams);
    ++m_counts.datagramsDropped;
  }
  if (pool.push(m_datagrams, now, header, payload, use)) return {};
  if (m_datagrams.count == 0) return Failure<SendError>(SendError::BufferFull);
  pool.pop(m_datagrams);
  ++m_counts.datagramsDropped;
  (void)pool.push(m_datagrams, now, header, payload, use);  // into the slot just freed
  return {};
}

std::size_t Connection::maxDatagram() const {
  if (!m_isConnected) return 0;
  const std::size_t path = ngtcp2_conn_get_path_max_tx_udp_payload_size(m_quic);
  const std::size_t onPath = path > kDatagramOverhead ? path - kDatagramOverhead : 0;
  const std::size_t byPeer =
      m_peerMaxFrame > kDatagramFrameHeader ? m_peerMaxFrame - kDatagramFrameHeader : 0;
  return std::min({onPath, byPeer, kMaxDatagramBytes});
}

void Connection::writeClose(TimePoint now, TransmitBuilder& out) {
  ngtcp2_path_storage path;
  ngtcp2_path_storage_zero(&path);
  ngtcp2_pkt_info info{};
  std::uint8_t* to = out.reserve();
  const ngtcp2_ssize n = ngtcp2_conn_write_connection_close(
      m_quic, &path.path, &info, to, kClosePacketBytes, &m_error, toQuicTime(now));
  m_isDead = true;
  if (n <= 0) return;
  m_peerMaySend = true;
  m_closePacket.assign(to, to + n);
  ++m_counts.packetsSent;
  m_counts.bytesSent += static_cast<std::uint64_t>(n);
  out.commit(path.path, info.ecn, static_cast<std::size_t>(n), 0);
}

}  // namespace foyer::net
