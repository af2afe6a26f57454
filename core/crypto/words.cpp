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

// Takes the next word off the front of typed text; empty at its end.
std::string_view nextWord(std::string_view& phrase) {
  const auto isSpace = [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); };
  const auto begin = std::find_if_not(phrase.begin(), phrase.end(), isSpace);
  const auto end = std::find_if(begin, phrase.end(), isSpace);
  const std::string_view word = phrase.substr(static_cast<std::size_t>(begin - phrase.begin()),
                                              static_cast<std::size_t>(end - begin));
  phrase.remove_prefix(static_cast<std::size_t>(end - phrase.begin()));
  return word;
}

// Any case of ASCII letters.
std::optional<std::size_t> indexOfTyped(std::string_view typed) {
  std::array<char, kLongestWord> lower;
  if (typed.size() > kLongestWord) return std::nullopt;
  std::transform(typed.begin(), typed.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return indexOfWord({lower.data(), typed.size()});
}

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
  for (std::string_view typed = nextWord(phrase); !typed.empty(); typed = nextWord(phrase)) {
    if (count == kSeedWords) return Failure<WordsError>(WordsError::WrongCount);
    const auto index = indexOfTyped(typed);
    if (!index) return Failure<WordsError>(WordsError::UnknownWord);
    words[count++] = kEnglishWords[*index];
  }
  return seedOfWords(std::span<const std::string_view>(words).first(count));
}

PhraseGlance glanceAtPhrase(std::string_view phrase) {
  PhraseGlance glance;
  for (std::string_view typed = nextWord(phrase); !typed.empty(); typed = nextWord(phrase)) {
    ++glance.words;
    if (glance.unknownAt != 0 || indexOfTyped(typed)) continue;
    glance.unknownAt = glance.words;
    glance.unknown = typed;
  }
  return glance;
}

}  // namespace foyer::crypto
