// The short authentication string that two people compare: two words and six digits from disjoint
// bits of one key, both uniform (docs/keys.md section 6). Same on both sides, in the same order.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/crypto/primitives.h"

namespace foyer::crypto {

struct Sas {
  std::array<std::uint16_t, 2> wordIndices{};
  std::uint32_t number = 0;  // < 1 000 000

  [[nodiscard]] std::string_view word(std::size_t i) const;
  // "428913"
  [[nodiscard]] std::string digits() const;
  // "428 913"
  [[nodiscard]] std::string groupedDigits() const;
  bool operator==(const Sas&) const = default;
};

// From Expand(prk, "foyer/1 sas", 32).
[[nodiscard]] Sas sasOf(const SecretKey& key);

}  // namespace foyer::crypto
