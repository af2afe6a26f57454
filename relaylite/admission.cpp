#include "relaylite/admission.h"

#include <algorithm>
#include <utility>

namespace foyer::relaylite {
namespace {

// In the same time wherever they differ.
bool isSame(const crypto::Hash& a, const crypto::Hash& b) {
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) difference |= static_cast<unsigned>(a[i] ^ b[i]);
  return difference == 0;
}

}  // namespace

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

void InviteGate::setInvites(const std::vector<Invite>& invites) {
  std::vector<Term> before = std::exchange(m_invites, {});
  for (const Invite& invite : invites) {
    if (m_invites.size() == kMaxInvites) return;
    if (invite.token.empty()) continue;
    Term term{crypto::sha256(viewOf(invite.token)), invite.until, {}};
    for (Term& old : before)
      if (old.hash == term.hash) term.guests = std::move(old.guests);
    m_invites.push_back(std::move(term));
  }
}

std::optional<wire::RefusedCode> InviteGate::check(const std::string& shown, const Fingerprint& who,
                                                   WallTime now) const {
  if (!m_hash) return std::nullopt;
  if (shown.empty()) return wire::RefusedCode::InviteRequired;
  const crypto::Hash hash = crypto::sha256(viewOf(shown));
  bool isGood = isSame(hash, *m_hash);
  for (const Term& invite : m_invites) {
    const bool isShown = isSame(hash, invite.hash);
    const bool isOver = invite.until && *invite.until <= now;
    if (isShown && (!isOver || invite.guests.contains(who))) isGood = true;
  }
  if (!isGood) return wire::RefusedCode::InviteWrong;
  return std::nullopt;
}

void InviteGate::admitted(const std::string& shown, const Fingerprint& who) {
  if (!m_hash || shown.empty() || m_invites.empty()) return;
  const crypto::Hash hash = crypto::sha256(viewOf(shown));
  for (Term& invite : m_invites)
    if (isSame(hash, invite.hash) && invite.guests.size() < kMaxGuests) invite.guests.insert(who);
}

}  // namespace foyer::relaylite
