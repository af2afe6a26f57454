// Randomness as a value that is handed in. core/io has the operating system's, tests and the
// simulator a seeded one; nothing below core/io draws its own.
#pragma once

#include <array>
#include <cstdint>

#include "core/base/bytes.h"
#include "core/base/ids.h"

namespace foyer {

class RandomSource {
 public:
  virtual ~RandomSource() = default;
  virtual void fill(MutableByteView out) = 0;

  [[nodiscard]] std::uint64_t u64();
  // Uniform in [0, bound); bound > 0.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound);
  // Uniform in [0, 1).
  [[nodiscard]] double unit();

  template <class Id>
  [[nodiscard]] Id id() {
    Id made;
    fill(made.bytes);
    return made;
  }
};

// xoshiro256** (Blackman and Vigna, 2018), seeded by SplitMix64. Repeatable, not secret.
class SeededRandom final : public RandomSource {
 public:
  explicit SeededRandom(std::uint64_t seed);
  void fill(MutableByteView out) override;
  [[nodiscard]] std::uint64_t next();

 private:
  std::array<std::uint64_t, 4> m_state{};
};

}  // namespace foyer
