// Who one is to a TURN server: user name and password, and the time-limited kind that a relay makes
// for an operator's coturn ("REST": use-auth-secret, draft-uberti-behave-turn-rest-00). Passwords
// are wiped with their owner, never copied, never in links or logs. Values, no thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/crypto/secret.h"

namespace foyer::net {

// RFC 8489 section 14.3: below 509 bytes.
constexpr std::size_t kMaxTurnUsername = 508;
// Bytes. REST passwords have 28; what people type is shorter than this.
constexpr std::size_t kMaxTurnPassword = 256;

class TurnPassword {
 public:
  TurnPassword() = default;
  // nullopt: empty or longer than kMaxTurnPassword. The caller wipes what it handed in. Taken as it
  // is: a server that prepares texts by RFC 8265 and a password beyond ASCII may disagree.
  [[nodiscard]] static std::optional<TurnPassword> from(std::string_view text);

  [[nodiscard]] std::string_view text() const { return textOf(m_bytes.view().first(m_size)); }
  [[nodiscard]] bool isEmpty() const { return m_size == 0; }
  [[nodiscard]] TurnPassword clone() const;
  void wipe();

 private:
  crypto::SecretBytes<kMaxTurnPassword> m_bytes;
  std::size_t m_size = 0;
};

struct TurnCredentials {
  std::string username;
  TurnPassword password;

  [[nodiscard]] TurnCredentials clone() const { return {username, password.clone()}; }
};

// "EXPIRY" or "EXPIRY:name" → EXPIRY in seconds of Unix time, nullopt for any other user name: then
// nothing is known about an end. Times before 2001 are ordinary names of digits.
[[nodiscard]] std::optional<std::int64_t> turnExpiry(std::string_view username);

// What an operator's server accepts until `expiresAtUnixS`: user name "EXPIRY:name", password
// base64(HMAC-SHA1(secret, user name)). nullopt: no secret, a name too long or with a colon or
// control character, or the library refuses SHA-1.
[[nodiscard]] std::optional<TurnCredentials> makeTurnRest(ByteView secret, std::string_view name,
                                                          std::int64_t expiresAtUnixS);

}  // namespace foyer::net
