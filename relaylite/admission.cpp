#include "relaylite/admission.h"

#include <algorithm>

namespace foyer::relaylite {

IpAddress AddressCounts::network(IpAddress address) {
  if (!address.isV4()) std::fill(address.bytes.begin() + 8, address.bytes.end(), std::uint8_t{0});
  address.scopeId = 0;
  return address;
}

void AddressCounts::remove(const IpAddress& address) {
  const auto at = m_counts.find(network(address));
  if (at != m_counts.end() && --at->second == 0) m_counts.erase(at);
}

std::size_t AddressCounts::of(const IpAddress& address) const {
  const auto at = m_counts.find(network(address));
  return at == m_counts.end() ? 0 : at->second;
}

void InviteGate::setToken(const std::string& token) {
  m_hash.reset();
  if (!token.empty()) m_hash = crypto::sha256(viewOf(token));
}

std::optional<wire::RefusedCode> InviteGate::check(const std::string& shown) const {
  if (!m_hash) return std::nullopt;
  if (shown.empty()) return wire::RefusedCode::InviteRequired;
  const crypto::Hash hash = crypto::sha256(viewOf(shown));
  unsigned difference = 0;
  for (std::size_t i = 0; i < hash.size(); ++i) {
    difference |= static_cast<unsigned>(hash[i] ^ (*m_hash)[i]);
  }
  if (difference != 0) return wire::RefusedCode::InviteWrong;
  return std::nullopt;
}

}  // namespace foyer::relaylite
