#include "core/net/turn_credentials.h"

#include <gnutls/crypto.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace foyer::net {
namespace {

constexpr std::size_t kSha1Size = 20;
// September 2001: smaller numbers are ordinary names, somebody's telephone extension.
constexpr std::int64_t kEarliestExpiry = 1'000'000'000;

// RFC 4648 section 4, with padding.
constexpr std::size_t kSha1Base64 = 28;
std::array<char, kSha1Base64> base64Of(const std::array<std::uint8_t, kSha1Size>& bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::array<char, kSha1Base64> text{};
  std::size_t out = 0;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      group = (group << 8) | (i + j < bytes.size() ? bytes[i + j] : 0U);
    }
    for (int shift = 18; shift >= 0; shift -= 6) text[out++] = kDigits[(group >> shift) & 63];
  }
  // 20 bytes leave one over from a group of three.
  text[kSha1Base64 - 1] = '=';
  return text;
}

}  // namespace

std::optional<TurnPassword> TurnPassword::from(std::string_view text) {
  if (text.empty() || text.size() > kMaxTurnPassword) return std::nullopt;
  std::optional<TurnPassword> made(std::in_place);
  std::memcpy(made->m_bytes.data(), text.data(), text.size());
  made->m_size = text.size();
  return made;
}

TurnPassword TurnPassword::clone() const {
  TurnPassword copy;
  copy.m_bytes = m_bytes.clone();
  copy.m_size = m_size;
  return copy;
}

void TurnPassword::wipe() {
  m_bytes.wipe();
  m_size = 0;
}

std::optional<std::int64_t> turnExpiry(std::string_view username) {
  const std::string_view digits = username.substr(0, username.find(':'));
  if (digits.empty() || digits[0] == '-') return std::nullopt;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  if (value < kEarliestExpiry) return std::nullopt;
  return value;
}

std::optional<TurnCredentials> makeTurnRest(ByteView secret, std::string_view name,
                                            std::int64_t expiresAtUnixS) {
  const bool isPlain = std::none_of(name.begin(), name.end(), [](char c) {
    return c == ':' || static_cast<std::uint8_t>(c) < 0x20 || c == 0x7f;
  });
  if (secret.empty() || !isPlain || expiresAtUnixS < kEarliestExpiry) return std::nullopt;
  TurnCredentials made;
  made.username = std::to_string(expiresAtUnixS) + ":" + std::string(name);
  if (made.username.size() > kMaxTurnUsername) return std::nullopt;
  std::array<std::uint8_t, kSha1Size> code{};
  if (gnutls_hmac_fast(GNUTLS_MAC_SHA1, secret.data(), secret.size(), made.username.data(),
                       made.username.size(), code.data()) != 0) {
    return std::nullopt;
  }
  auto text = base64Of(code);
  auto password = TurnPassword::from({text.data(), text.size()});
  crypto::wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  crypto::wipe(code);
  made.password = std::move(*password);
  return made;
}

}  // namespace foyer::net
