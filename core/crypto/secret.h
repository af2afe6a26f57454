// Memory for secrets: fixed-size bytes that are wiped when they die and copied only by name, and a
// pointer to a guarded, locked, wiped allocation for what lives longer than a function. Locking is
// best effort: a refused mlock (RLIMIT_MEMLOCK) is not an error. Values, no thread.
#pragma once

#include <array>
#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <utility>

#include "core/base/bytes.h"
#include "core/base/random.h"

namespace foyer::crypto {

// Overwrites so that the compiler cannot leave it out.
void wipe(MutableByteView bytes);
// Equal contents, in time that depends on the lengths only.
[[nodiscard]] bool equalInConstantTime(ByteView a, ByteView b);

// Guarded pages, locked in memory and kept out of core dumps where the system allows it. Never
// null: no memory stops the program. freeSecure wipes first.
[[nodiscard]] void* allocateSecure(std::size_t size);
void freeSecure(void* memory);

template <std::size_t N>
class SecretBytes {
 public:
  static constexpr std::size_t kSize = N;

  SecretBytes() = default;
  ~SecretBytes() { crypto::wipe(m_bytes); }
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  SecretBytes(SecretBytes&& other) noexcept : m_bytes(other.m_bytes) {
    crypto::wipe(other.m_bytes);
  }
  SecretBytes& operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
      m_bytes = other.m_bytes;
      crypto::wipe(other.m_bytes);
    }
    return *this;
  }

  [[nodiscard]] static SecretBytes random(RandomSource& source) {
    SecretBytes made;
    source.fill(made.m_bytes);
    return made;
  }
  // Wrong length: nullopt. The caller wipes what it handed in.
  [[nodiscard]] static std::optional<SecretBytes> fromBytes(ByteView from) {
    if (from.size() != N) return std::nullopt;
    std::optional<SecretBytes> made(std::in_place);
    std::memcpy(made->m_bytes.data(), from.data(), N);
    return made;
  }
  [[nodiscard]] SecretBytes clone() const {
    SecretBytes copy;
    copy.m_bytes = m_bytes;
    return copy;
  }

  [[nodiscard]] ByteView view() const { return m_bytes; }
  [[nodiscard]] MutableByteView mutableView() { return m_bytes; }
  [[nodiscard]] const std::uint8_t* data() const { return m_bytes.data(); }
  [[nodiscard]] std::uint8_t* data() { return m_bytes.data(); }
  // All zero: never set, moved from, or wiped.
  [[nodiscard]] bool isZero() const {
    std::uint8_t any = 0;
    for (const std::uint8_t b : m_bytes) any = static_cast<std::uint8_t>(any | b);
    return any == 0;
  }
  void wipe() { crypto::wipe(m_bytes); }

 private:
  std::array<std::uint8_t, N> m_bytes{};
};

// Overwrites the stack below the caller: libraries and the compiler leave copies of keys in frames
// that are gone. To be called by whoever finished with keys, above everything that touched them.
void scrubStack();

struct SecureDelete {
  template <class T>
  void operator()(T* object) const {
    object->~T();
    freeSecure(object);
  }
};
template <class T>
using SecurePtr = std::unique_ptr<T, SecureDelete>;

// The object sits in its own locked allocation, so moving the pointer leaves no copy behind.
template <class T, class... Args>
[[nodiscard]] SecurePtr<T> makeSecure(Args&&... args) {
  return SecurePtr<T>(new (allocateSecure(sizeof(T))) T(std::forward<Args>(args)...));
}

}  // namespace foyer::crypto
