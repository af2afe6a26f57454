#include "core/engine/relay_invites.h"

#include <algorithm>
#include <charconv>

#include "core/base/bytes.h"
#include "core/crypto/primitives.h"

namespace foyer::engine {
namespace {

// Bytes of the hash that make a token.
constexpr std::size_t kTokenBytes = 10;

std::string_view upTo(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return part;
}

template <class Number>
std::optional<Number> number(std::string_view text) {
  Number value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

// "NUMBER,MADE,UNTIL;…", newest first; UNTIL is empty where there is no end.
void RelayInvites::load(std::string_view text) {
  m_invites.clear();
  while (!text.empty() && m_invites.size() < kMaxInvites) {
    std::string_view line = upTo(text, ';');
    const auto which = number<std::uint64_t>(upTo(line, ','));
    const auto made = number<std::int64_t>(upTo(line, ','));
    const auto until = number<std::int64_t>(line);
    // An end that cannot be read is no reason to let people in for ever.
    if (!which || !made || (!line.empty() && !until)) continue;
    m_invites.push_back({*which, *made, until});
  }
}

std::string RelayInvites::text() const {
  std::string text;
  for (const Invite& invite : m_invites) {
    if (!text.empty()) text += ';';
    text += std::to_string(invite.number) + ',' + std::to_string(invite.madeAtMs) + ',' +
            (invite.untilMs ? std::to_string(*invite.untilMs) : "");
  }
  return text;
}

std::optional<RelayInvites::Invite> RelayInvites::make(WallTime now, std::optional<Duration> life) {
  if (m_invites.size() >= kMaxInvites) return std::nullopt;
  Invite invite{.number = 1, .madeAtMs = now.unixMs, .untilMs = {}};
  for (const Invite& other : m_invites) invite.number = std::max(invite.number, other.number + 1);
  if (life) invite.untilMs = now.unixMs + toMilliseconds(*life);
  m_invites.insert(m_invites.begin(), invite);
  return invite;
}

bool RelayInvites::revoke(std::uint64_t which) {
  return std::erase_if(m_invites, [&](const Invite& one) { return one.number == which; }) > 0;
}

bool RelayInvites::forgetOver(WallTime now) {
  const auto isKept = [&](const Invite& one) {
    return !one.untilMs || *one.untilMs + kShownAfterMs > now.unixMs;
  };
  const auto over = std::stable_partition(m_invites.begin(), m_invites.end(), isKept);
  if (over == m_invites.end()) return false;
  m_forgotten.insert(m_forgotten.begin(), over, m_invites.end());
  if (m_forgotten.size() > kMaxInvites) m_forgotten.resize(kMaxInvites);
  m_invites.erase(over, m_invites.end());
  return true;
}

std::vector<RelayInvites::Invite> RelayInvites::known() const {
  std::vector<Invite> all = m_invites;
  all.insert(all.end(), m_forgotten.begin(), m_forgotten.end());
  return all;
}

// The time is in it, too: a number that was taken back and given out again is another token.
std::string RelayInvites::tokenOf(const Invite& invite, std::string_view secret) {
  const std::string from = "foyer relay invite|" + std::string(secret) + '|' +
                           std::to_string(invite.number) + '|' + std::to_string(invite.madeAtMs);
  const crypto::Hash hash = crypto::sha256(viewOf(from));
  return toHex(ByteView(hash).first(kTokenBytes));
}

}  // namespace foyer::engine
