// Who may come in: the invite token, and how many from one address. Value, no thread.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "core/base/address.h"
#include "core/crypto/primitives.h"
#include "core/wire/session_messages.h"

namespace foyer::relaylite {

// Connections by where they come from; an IPv6 host counts by its /64, which is what one subscriber
// has. Bounded by the number of connections.
class AddressCounts {
 public:
  void add(const IpAddress& address) { ++m_counts[network(address)]; }
  void remove(const IpAddress& address);
  [[nodiscard]] std::size_t of(const IpAddress& address) const;

 private:
  [[nodiscard]] static IpAddress network(IpAddress address);
  std::unordered_map<IpAddress, std::size_t> m_counts;
};

// The token that is asked for, kept as its hash.
class InviteGate {
 public:
  explicit InviteGate(const std::string& token) { setToken(token); }
  // Empty: everybody may come in.
  void setToken(const std::string& token);
  // Why not, if not. The comparison takes the same time wherever the tokens differ.
  [[nodiscard]] std::optional<wire::RefusedCode> check(const std::string& shown) const;

 private:
  std::optional<crypto::Hash> m_hash;
};

}  // namespace foyer::relaylite
