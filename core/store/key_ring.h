// The system's key ring (Secret Service or KWallet through QtKeychain) as blocking calls with
// a time limit. STORE thread. The ring itself is spoken to in a thread that lives as long as the
// program, because a call that timed out may still end there.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/base/result.h"

namespace foyer::store {

enum class KeyRingUse : std::uint8_t {
  Auto,  // the ring when a session bus is there and FOYER_KEYRING is not "off", else the file
  Off,   // new identities live in the file; an identity of the ring stays blocked
};

enum class KeyRingError : std::uint8_t {
  NotFound,     // the ring answered: there is no such entry
  Unavailable,  // no session bus, no ring, or switched off
  Denied,       // the person or the ring refused
  Timeout,      // no answer within the limit; a locked ring that asks for a password looks so
  Failed,
};
[[nodiscard]] const char* toString(KeyRingError error);

class KeyRing {
 public:
  virtual ~KeyRing() = default;
  [[nodiscard]] virtual bool isAvailable() const = 0;
  [[nodiscard]] virtual Result<std::string, KeyRingError> read(const std::string& entry) = 0;
  [[nodiscard]] virtual Result<void, KeyRingError> write(const std::string& entry,
                                                         const std::string& secret) = 0;
  // Removing what is not there is no error.
  [[nodiscard]] virtual Result<void, KeyRingError> remove(const std::string& entry) = 0;
};

// Why there can be no ring here, without asking one: "switched_off" (FOYER_KEYRING), or
// "no_session_bus"; "" when one may be there. Any thread.
[[nodiscard]] const char* keyRingProblem();

[[nodiscard]] std::unique_ptr<KeyRing> makeSystemKeyRing(KeyRingUse use);

}  // namespace foyer::store
