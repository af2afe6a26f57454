#include "core/crypto/sas.h"

#include "core/crypto/words.h"

namespace foyer::crypto {

namespace {

// The largest multiple of 1 000 000 in 32 bits: values below it fall evenly on the digits.
constexpr std::uint32_t kUniformBelow = 4'294'000'000U;
constexpr std::uint32_t kNumbers = 1'000'000U;
constexpr std::size_t kDraws = 7;

}  // namespace

std::string_view Sas::word(std::size_t i) const { return wordAt(wordIndices.at(i)); }

std::string Sas::digits() const {
  std::string text = std::to_string(number);
  return std::string(6 - text.size(), '0') + text;
}

std::string Sas::groupedDigits() const { return digits().insert(3, " "); }

Sas sasOf(const SecretKey& key) {
  Sas sas;
  const std::uint32_t words = readU32(key.data()) >> 10;
  sas.wordIndices = {static_cast<std::uint16_t>(words >> 11),
                     static_cast<std::uint16_t>(words & 2047U)};
  std::uint32_t draw = 0;
  for (std::size_t i = 1; i <= kDraws; ++i) {
    draw = readU32(key.data() + 4 * i);
    if (draw < kUniformBelow) break;
  }
  sas.number = draw % kNumbers;
  return sas;
}

}  // namespace foyer::crypto
