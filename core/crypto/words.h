// A seed as 24 words of the English BIP-39 list, with its 8-bit checksum and no passphrase step.
// Also the list itself, which the SAS reads its two words from. Values, no thread.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/crypto/identity.h"

namespace foyer::crypto {

constexpr std::size_t kWordListSize = 2048;
constexpr std::size_t kSeedWords = 24;

enum class WordsError { WrongCount, UnknownWord, WrongChecksum };
[[nodiscard]] const char* toString(WordsError error);

// index < 2048.
[[nodiscard]] std::string_view wordAt(std::size_t index);
// Exact lower-case word.
[[nodiscard]] std::optional<std::size_t> indexOfWord(std::string_view word);
// Words that begin with `prefix`, in order of the list, for completion while typing.
[[nodiscard]] std::vector<std::string_view> wordsStartingWith(std::string_view prefix,
                                                              std::size_t most);

// The views point into the static list; which ones they are is the secret.
[[nodiscard]] std::array<std::string_view, kSeedWords> wordsOfSeed(const SecretSeed& seed);
[[nodiscard]] Result<SecretSeed, WordsError> seedOfWords(std::span<const std::string_view> words);
// Typed text: any white space between words, any case of ASCII letters.
[[nodiscard]] Result<SecretSeed, WordsError> seedOfPhrase(std::string_view phrase);

// Where typed text stands, to help whoever types it. The word that is not of the list is named, the
// others never are.
struct PhraseGlance {
  std::size_t words = 0;
  std::size_t unknownAt = 0;  // place of the first word that is not of the list, from 1; 0: none
  std::string_view unknown;   // that word as typed; points into the phrase
};
[[nodiscard]] PhraseGlance glanceAtPhrase(std::string_view phrase);

}  // namespace foyer::crypto
