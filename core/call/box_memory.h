// The box keys that offers are sealed to, each with the call ids it has opened (docs/keys.md
// sections 3 and 4): a replayed offer finds its id or no key at all, so no clock and no disk is
// needed. A key lives a day or until its memory is full, its predecessor five minutes longer.
// Value, no thread.
#pragma once

#include <optional>
#include <unordered_set>

#include "core/base/random.h"
#include "core/base/time.h"
#include "core/crypto/setup_messages.h"

namespace foyer::call {

class BoxMemory {
 public:
  static constexpr Duration kKeyLife = 24h;
  static constexpr Duration kPredecessorLife = 5min;
  static constexpr std::size_t kCallIds = 4096;

  BoxMemory(TimePoint now, RandomSource& random);

  [[nodiscard]] const BoxKey& current() const { return m_current->pair.publicKey; }

  struct Opened {
    crypto::SignedSetup message;
    BoxKey box;  // the key that opened it
  };
  [[nodiscard]] std::optional<Opened> open(ByteView box) const;
  // Only with the key whose public half is `with`; nothing once that key is gone.
  [[nodiscard]] std::optional<crypto::SignedSetup> openWith(const BoxKey& with, ByteView box) const;

  enum class Remembered { New, Seen, Full };
  // Full: a flood filled this key and the next one cannot come yet; the offer is dropped.
  Remembered remember(TimePoint now, const BoxKey& box, const CallId& call);

  // True when the current key changed.
  bool handleTimeout(TimePoint now);
  [[nodiscard]] TimePoint pollTimeout() const;
  // True once after remember() changed the current key.
  [[nodiscard]] bool takeChanged();

 private:
  struct Key {
    crypto::BoxPair pair;
    std::unordered_set<CallId> calls;
  };
  [[nodiscard]] const Key* find(const BoxKey& box) const;
  void rotate(TimePoint now);

  RandomSource* m_random;
  crypto::SecurePtr<Key> m_current;
  crypto::SecurePtr<Key> m_predecessor;
  TimePoint m_rotateAt;
  TimePoint m_forgetAt;
  bool m_hasChanged = false;
};

}  // namespace foyer::call
