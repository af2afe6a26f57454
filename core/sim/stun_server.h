// A STUN server of the simulated internet: says to whoever asks from where it was asked (RFC 8489),
// and with two addresses from its other one too (RFC 5780). Leaves out authentication.
#pragma once

#include <vector>

#include "core/sim/network.h"

namespace foyer::sim {

class StunServer final : public Node {
 public:
  static constexpr std::uint16_t kPort = 3478;
  static constexpr std::uint16_t kOtherPort = 3479;

  // At one or two free addresses of one family, on the internet.
  StunServer(Network& network, const std::vector<IpAddress>& addresses);
  ~StunServer() override;

  [[nodiscard]] SocketAddress address() const { return {m_addresses.front(), kPort}; }

  void handleDatagram(TimePoint now, const SocketAddress& local, const SocketAddress& remote,
                      std::uint8_t ecn, ByteView bytes) override;
  void handleTimeout(TimePoint) override {}
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const override { return std::nullopt; }
  void drain(TimePoint now, const Sink& sink) override;

 private:
  struct Answer {
    SocketAddress from;
    SocketAddress to;
    Bytes bytes;
  };
  Network& m_network;
  std::vector<IpAddress> m_addresses;
  std::vector<Answer> m_answers;
};

}  // namespace foyer::sim
