// Datagrams over a byte stream: each is its length (u16, big-endian, 1 to kMaxStreamDatagram) and
// its bytes. The relay's TCP carrier has QUIC packets in them. What waits to be sent grows stale
// quickly, so it is bounded by bytes and by age, and the oldest gives way; once a byte of a
// datagram is on the stream the rest of it follows. Values, no thread.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/base/time.h"

namespace foyer::net {

// QUIC's largest is 1452 (TransportProfile::maxUdpPayload); more is not ours.
inline constexpr std::size_t kMaxStreamDatagram = 1500;
inline constexpr std::size_t kStreamDatagramHeader = 2;

enum class DatagramStreamError : std::uint8_t {
  Empty,     // a length of zero
  TooLarge,  // above kMaxStreamDatagram
};
[[nodiscard]] const char* toString(DatagramStreamError error);

class DatagramReader {
 public:
  // One whole datagram; valid during the call.
  using Sink = std::function<void(ByteView datagram)>;

  // Any cut of the stream. After an error the stream is to be closed: every later call answers the
  // same error.
  [[nodiscard]] Result<void, DatagramStreamError> feed(ByteView bytes, const Sink& sink);
  // Bytes of a datagram that is not whole yet.
  [[nodiscard]] std::size_t waiting() const { return m_partial.size(); }

 private:
  Bytes m_partial;
  std::optional<DatagramStreamError> m_error;
};

struct DatagramWriterStats {
  std::uint64_t queued = 0, taken = 0;
  std::uint64_t droppedFull = 0;  // displaced by newer ones
  std::uint64_t droppedOld = 0;   // had waited for longer than kMaxAge
  std::uint64_t droppedSize = 0;  // empty, or above kMaxStreamDatagram
};

class DatagramWriter {
 public:
  // Some twenty full packets: what QUIC sends at once when it begins, twice over. Voice at 64 kb/s
  // with headers fills it in two seconds, so its age is what bounds it.
  static constexpr std::size_t kMaxWaitingBytes = 32 * 1024;
  // A frame of sound that waited longer is not played any more, and QUIC repeats what matters.
  static constexpr Duration kMaxAge = 250ms;

  // Age does not count before the stream is open: the first words of a connection wait for it.
  explicit DatagramWriter(bool isOpen) : m_isOpen(isOpen) {}

  void push(TimePoint now, ByteView datagram);
  // Age counts from now on, also that of what waited for the opening.
  void setOpen(TimePoint now);
  // The next ones with their lengths, oldest first, whole, at most `limit` bytes but at least one
  // if any waits; empty when none does.
  [[nodiscard]] Bytes take(TimePoint now, std::size_t limit);

  [[nodiscard]] bool isEmpty() const { return m_waiting.empty(); }
  [[nodiscard]] std::size_t waitingBytes() const { return m_bytes; }
  [[nodiscard]] const DatagramWriterStats& stats() const { return m_stats; }

 private:
  struct Waiting {
    TimePoint since;
    Bytes bytes;
  };
  void dropFront();
  void dropOld(TimePoint now);

  bool m_isOpen;
  std::deque<Waiting> m_waiting;
  std::size_t m_bytes = 0;
  DatagramWriterStats m_stats;
};

}  // namespace foyer::net
