#include "core/net/turn_peers.h"

#include <algorithm>

namespace foyer::net {

TurnPeer* TurnPeers::add(const SocketAddress& address) {
  if (TurnPeer* known = find(address)) return known;
  if (m_peers.size() >= kMaxTurnPeers) return nullptr;
  TurnPeer& peer = m_peers.emplace_back();
  peer.address = address;
  return &peer;
}

TurnPeer* TurnPeers::find(const SocketAddress& address) {
  const auto it = std::find_if(m_peers.begin(), m_peers.end(),
                               [&](const TurnPeer& peer) { return peer.address == address; });
  return it == m_peers.end() ? nullptr : &*it;
}

const TurnPeer* TurnPeers::find(const SocketAddress& address) const {
  return const_cast<TurnPeers*>(this)->find(address);
}

TurnPeer* TurnPeers::findByChannel(std::uint16_t channel) {
  if (channel == 0) return nullptr;
  const auto it = std::find_if(m_peers.begin(), m_peers.end(),
                               [&](const TurnPeer& peer) { return peer.channel == channel; });
  return it == m_peers.end() ? nullptr : &*it;
}

bool TurnPeers::permits(const IpAddress& ip) const {
  return std::any_of(m_peers.begin(), m_peers.end(), [&](const TurnPeer& peer) {
    return peer.isPermitted && peer.address.ip == ip;
  });
}

void TurnPeers::remove(TimePoint now, const SocketAddress& address) {
  const TurnPeer* peer = find(address);
  if (peer == nullptr) return;
  if (peer->channel != 0) {
    // A request may be under way whose answer would start the ten minutes now.
    const TimePoint bound = std::max(peer->boundUntil, now + kTurnChannelLife);
    if (m_kept.size() >= kMaxKept) m_kept.erase(m_kept.begin());
    m_kept.push_back({address, peer->channel, bound + kTurnChannelQuarantine});
  }
  std::erase_if(m_peers, [&](const TurnPeer& one) { return one.address == address; });
}

std::uint16_t TurnPeers::channelFor(TimePoint now, const SocketAddress& address) {
  std::erase_if(m_kept, [&](const Kept& kept) { return kept.until <= now; });
  const auto it = std::find_if(m_kept.begin(), m_kept.end(),
                               [&](const Kept& kept) { return kept.address == address; });
  if (it != m_kept.end()) {
    const std::uint16_t channel = it->channel;
    m_kept.erase(it);
    return channel;
  }
  return m_nextChannel > kLastTurnChannel ? std::uint16_t{0} : m_nextChannel++;
}

}  // namespace foyer::net
