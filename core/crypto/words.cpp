#include "core/crypto/words.h"

#include <algorithm>

#include "core/base/assert.h"
#include "core/crypto/primitives.h"
#include "core/crypto/words_english.h"

namespace foyer::crypto {

namespace {

constexpr std::size_t kBitsPerWord = 11;
// The longest word of the list has eight letters; more typed letters cannot be one of it.
constexpr std::size_t kLongestWord = 8;

// 32 bytes of entropy and one of checksum, wiped.
using Block = SecretBytes<33>;

}  // namespace

const char* toString(WordsError error) {
  switch (error) {
    case WordsError::WrongCount:
      return "wrong_count";
    case WordsError::UnknownWord:
      return "unknown_word";
    case WordsError::WrongChecksum:
      return "wrong_checksum";
  }
  return "";
}

std::string_view wordAt(std::size_t index) {
  FOYER_ASSERT(index < kWordListSize, "indices are eleven bits");
  return kEnglishWords[index];
}

std::optional<std::size_t> indexOfWord(std::string_view word) {
  const auto found = std::lower_bound(kEnglishWords.begin(), kEnglishWords.end(), word);
  if (found == kEnglishWords.end() || *found != word) return std::nullopt;
  return static_cast<std::size_t>(found - kEnglishWords.begin());
}

std::vector<std::string_view> wordsStartingWith(std::string_view prefix, std::size_t most) {
  std::vector<std::string_view> out;
  for (auto it = std::lower_bound(kEnglishWords.begin(), kEnglishWords.end(), prefix);
       it != kEnglishWords.end() && it->substr(0, prefix.size()) == prefix && out.size() < most;
       ++it) {
    out.push_back(*it);
  }
  return out;
}

std::array<std::string_view, kSeedWords> wordsOfSeed(const SecretSeed& seed) {
  Block block;
  std::copy(seed.view().begin(), seed.view().end(), block.data());
  block.data()[32] = sha256(seed.view())[0];
  std::array<std::string_view, kSeedWords> words;
  for (std::size_t i = 0; i < kSeedWords; ++i) {
    std::size_t index = 0;
    for (std::size_t bit = i * kBitsPerWord; bit < (i + 1) * kBitsPerWord; ++bit) {
      index = (index << 1) | ((block.data()[bit / 8] >> (7 - bit % 8)) & 1U);
    }
    words[i] = kEnglishWords[index];
  }
  return words;
}

Result<SecretSeed, WordsError> seedOfWords(std::span<const std::string_view> words) {
  if (words.size() != kSeedWords) return Failure<WordsError>(WordsError::WrongCount);
  Block block;
  for (std::size_t i = 0; i < kSeedWords; ++i) {
    const auto index = indexOfWord(words[i]);
    if (!index) return Failure<WordsError>(WordsError::UnknownWord);
    for (std::size_t b = 0; b < kBitsPerWord; ++b) {
      if (((*index >> (kBitsPerWord - 1 - b)) & 1U) == 0) continue;
      const std::size_t bit = i * kBitsPerWord + b;
      block.data()[bit / 8] =
          static_cast<std::uint8_t>(block.data()[bit / 8] | (0x80U >> (bit % 8)));
    }
  }
  auto seed = SecretSeed::fromBytes(block.view().first(32));
  if (sha256(seed->view())[0] != block.data()[32])
    return Failure<WordsError>(WordsError::WrongChecksum);
  return std::move(*seed);
}

Result<SecretSeed, WordsError> seedOfPhrase(std::string_view phrase) {
  std::array<std::string_view, kSeedWords> words;
  std::size_t count = 0;
  std::size_t at = 0;
  const auto isSpace = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  while (true) {
    while (at < phrase.size() && isSpace(phrase[at])) ++at;
    if (at == phrase.size()) break;
    std::size_t end = at;
    while (end < phrase.size() && !isSpace(phrase[end])) ++end;
    if (count == kSeedWords) return Failure<WordsError>(WordsError::WrongCount);
    std::array<char, kLongestWord> lower;
    const std::size_t size = end - at;
    if (size > kLongestWord) return Failure<WordsError>(WordsError::UnknownWord);
    std::transform(phrase.begin() + static_cast<std::ptrdiff_t>(at),
                   phrase.begin() + static_cast<std::ptrdiff_t>(end), lower.begin(), [](char c) {
                     return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
                   });
    const auto index = indexOfWord({lower.data(), size});
    if (!index) return Failure<WordsError>(WordsError::UnknownWord);
    words[count++] = kEnglishWords[*index];
    at = end;
  }
  return seedOfWords(std::span<const std::string_view>(words).first(count));
}

}  // namespace foyer::crypto
