// What the relay's logic asks of its connections, so that it can be driven without QUIC (fuzzing,
// benchmarks), and the way messages take to it. Values, no thread.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/time.h"
#include "core/net/connection_id.h"
#include "core/wire/close_codes.h"
#include "core/wire/message.h"
#include "relaylite/relay_config.h"
#include "relaylite/relay_event.h"

namespace foyer::relaylite {

class Carrier {
 public:
  virtual ~Carrier() = default;
  // Whole or not at all; false when the connection's send buffer is full or it is gone.
  virtual bool sendControl(net::ConnectionId to, ByteView bytes) = 0;
  // `header` ‖ `payload`; false when it cannot be sent.
  virtual bool sendDatagram(TimePoint now, net::ConnectionId to, ByteView header,
                            ByteView payload) = 0;
  virtual void close(TimePoint now, net::ConnectionId id, wire::CloseCode code) = 0;
  // Control bytes that the peer has not acknowledged.
  [[nodiscard]] virtual std::size_t controlPending(net::ConnectionId id) const = 0;
  // There and back, smoothed; absent before anything was measured.
  [[nodiscard]] virtual std::optional<Duration> roundTrip(net::ConnectionId id) const = 0;
};

// Sends messages and remembers who does not read: a client whose buffer is full would miss a
// message that it has to have, so the relay closes it.
class Outbox {
 public:
  Outbox(Carrier& carrier, Metrics& metrics) : m_carrier(&carrier), m_metrics(&metrics) {}

  void send(net::ConnectionId to, const wire::Message& message) {
    sendFrame(to, wire::encodeFrame(message));
  }
  void sendFrame(net::ConnectionId to, ByteView frame) {
    if (m_carrier->sendControl(to, frame))
      ++m_metrics->messagesOut;
    else
      m_stuck.push_back(to);
  }
  // This client does not keep up: what others say to it has no room any more. Its own messages may
  // still close it, other people's never.
  [[nodiscard]] bool isBehind(net::ConnectionId to) const {
    return m_carrier->controlPending(to) > kForwardBytes;
  }
  // Whom the last messages did not reach; to be closed by the caller.
  [[nodiscard]] std::vector<net::ConnectionId> takeStuck() { return std::exchange(m_stuck, {}); }
  [[nodiscard]] bool hasStuck() const { return !m_stuck.empty(); }

 private:
  Carrier* m_carrier;
  Metrics* m_metrics;
  // Emptied after each input of the relay, so never longer than one input makes it.
  std::vector<net::ConnectionId> m_stuck;
};

}  // namespace foyer::relaylite
