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

InviteMark InviteGate::markOf(const Term& invite) {
  InviteMark mark = 0;
  for (std::size_t i = 0; i < sizeof mark; ++i) mark = mark << 8 | invite.hash[i];
  return mark;
}

std::vector<InviteMark> InviteGate::setInvites(const std::vector<Invite>& invites, WallTime now) {
  std::vector<Term> before = std::exchange(m_invites, {});
  for (const Invite& invite : invites) {
    if (m_invites.size() == kMaxInvites) break;
    if (invite.token.empty()) continue;
    Term term{crypto::sha256(viewOf(invite.token)), invite.until, {}};
    for (Term& old : before)
      if (old.hash == term.hash) term.guests = std::move(old.guests);
    m_invites.push_back(std::move(term));
  }
  std::vector<InviteMark> takenBack;
  // Who runs no relay by invites takes none back: everybody may come in then.
  if (!m_hash) return takenBack;
  for (const Term& old : before) {
    const bool isThere = std::any_of(m_invites.begin(), m_invites.end(),
                                     [&](const Term& term) { return term.hash == old.hash; });
    const bool wasOver = old.until && *old.until <= now;
    if (!isThere && !wasOver) takenBack.push_back(markOf(old));
  }
  return takenBack;
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

InviteMark InviteGate::admitted(const std::string& shown, const Fingerprint& who) {
  if (!m_hash || shown.empty() || m_invites.empty()) return kNoInvite;
  const crypto::Hash hash = crypto::sha256(viewOf(shown));
  InviteMark mark = kNoInvite;
  for (Term& invite : m_invites) {
    if (!isSame(hash, invite.hash)) continue;
    mark = markOf(invite);
    if (invite.guests.size() < kMaxGuests) invite.guests.insert(who);
  }
  return mark;
}

}  // namespace foyer::relaylite
