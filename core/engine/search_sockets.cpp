#include "core/engine/search_sockets.h"

#include <algorithm>

namespace foyer::engine {
namespace {

// Small: there are hundreds of them, and each sends a packet or two; the one that a call takes in
// the end sends fifty a second.
constexpr io::UdpOptions kSmall{.bufferBytes = 64 << 10, .sendSlots = 32};

}  // namespace

bool SearchSockets::follow(const client::SocketWish& wish) {
  const auto isInUse = [&](const Open& open) {
    return std::find(wish.inUse.begin(), wish.inUse.end(), open.label) != wish.inUse.end();
  };
  bool isChanged = false;
  if (wish.count == 0) {
    m_isSpent = false;
    isChanged = std::erase_if(m_open, [&](const Open& open) {
                  if (isInUse(open)) return false;
                  m_driver.remove(*open.socket);
                  return true;
                }) > 0;
  }
  auto fresh = static_cast<std::size_t>(std::count_if(
      m_open.begin(), m_open.end(), [&](const Open& open) { return !isInUse(open); }));
  while (fresh < wish.count && !m_isSpent && m_open.size() < client::Client::kMaxExtraLocals) {
    auto socket = io::UdpSocket::open({IpAddress::v4(0, 0, 0, 0), 0}, kSmall);
    if (!socket) {
      m_isSpent = true;
      break;
    }
    // The port tells them apart; that of the main socket's label is no port a system gives.
    const SocketAddress label{IpAddress::v4(0, 0, 0, 0), (*socket)->localAddress().port};
    m_open.push_back({label, std::move(*socket)});
    m_driver.add(*m_open.back().socket, label);
    ++fresh;
    isChanged = true;
  }
  return isChanged;
}

std::vector<client::ExtraLocal> SearchSockets::locals() const {
  std::vector<client::ExtraLocal> all;
  all.reserve(m_open.size());
  for (const Open& open : m_open)
    all.push_back({open.label, std::nullopt, wire::CandidateKind::Predicted});
  return all;
}

}  // namespace foyer::engine
