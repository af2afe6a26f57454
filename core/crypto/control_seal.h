// Sealed messages inside a call (docs/keys.md section 9): JSON text under the sender's control key,
// numbered from 0, padded to multiples of 256. Same bytes whichever way they travel. What the text
// means is core/call's. Values, no thread.
#pragma once

#include "core/base/result.h"
#include "core/crypto/primitives.h"

namespace foyer::crypto {

constexpr std::size_t kControlPadStep = 256;
// Largest text; keeps the sealed box well inside one frame after base64url.
constexpr std::size_t kMaxControlText = 16 * 1024 - 1;
constexpr std::uint64_t kControlWindow = 64;

struct SealedControl {
  std::uint64_t n = 0;
  Bytes box;
};

class ControlSealer {
 public:
  ControlSealer(const SecretKey& key, const CallId& callId);
  // nullopt when the text is longer than kMaxControlText.
  [[nodiscard]] std::optional<SealedControl> seal(ByteView text);
  [[nodiscard]] std::uint64_t nextNumber() const { return m_next; }

 private:
  SecurePtr<SecretKey> m_key;
  CallId m_callId;
  std::uint64_t m_next = 0;
};

enum class ControlOpenError { Malformed, Replayed, TooOld, NotAuthentic, BadPadding };
[[nodiscard]] const char* toString(ControlOpenError error);

class ControlOpener {
 public:
  ControlOpener(const SecretKey& key, const CallId& callId);
  [[nodiscard]] Result<Bytes, ControlOpenError> open(std::uint64_t n, ByteView box);

 private:
  SecurePtr<SecretKey> m_key;
  CallId m_callId;
  std::optional<std::uint64_t> m_highest;
  std::uint64_t m_window = 0;
};

}  // namespace foyer::crypto
