// Who may come in: the invite tokens, and how many from one address. Value, no thread.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/base/address.h"
#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/crypto/primitives.h"
#include "core/wire/session_messages.h"
#include "relaylite/relay_config.h"
#include "relaylite/session.h"

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

// The tokens that are asked for, kept as their hashes.
class InviteGate {
 public:
  static constexpr std::size_t kMaxInvites = 32;  // more are not let in by
  // Of one invite; a further one has to come back before it is over, or be refused.
  static constexpr std::size_t kMaxGuests = 1000;

  explicit InviteGate(const std::string& token) { setToken(token); }
  // Empty: everybody may come in.
  void setToken(const std::string& token);
  // Takes the place of those before; who came in by one that stays may still come back by it.
  // Returns those that were taken back: they are missing, and were not over.
  std::vector<InviteMark> setInvites(const std::vector<Invite>& invites, WallTime now);
  // Why not, if not. The comparison takes the same time wherever the tokens differ. An invite that
  // is over lets those in who had come in by it: a network that fails for a moment is no reason to
  // stay outside.
  [[nodiscard]] std::optional<wire::RefusedCode> check(const std::string& shown,
                                                       const Fingerprint& who, WallTime now) const;
  // They came in by it: which of the invites it was, kNoInvite for none of them.
  InviteMark admitted(const std::string& shown, const Fingerprint& who);

 private:
  struct Term {
    crypto::Hash hash;
    std::optional<WallTime> until;
    std::unordered_set<Fingerprint> guests;
  };
  [[nodiscard]] static InviteMark markOf(const Term& invite);
  std::optional<crypto::Hash> m_hash;
  std::vector<Term> m_invites;
};

}  // namespace foyer::relaylite
