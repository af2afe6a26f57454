// Texts from strangers: UTF-8, aliases and tokens. Graphemes are counted without tables (combining
// marks, joiners and variation selectors belong to what stands before them), which is never more
// generous than a person's eye. Left out: normalisation and confusables (core/engine has Qt for
// it).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace foyer::wire {

// RFC 3629: no overlong forms, no surrogates, at most U+10FFFF.
[[nodiscard]] bool isValidUtf8(std::string_view text);
// Valid UTF-8 without control characters (C0, C1, DEL, line and paragraph separators).
[[nodiscard]] bool isPlainText(std::string_view text);
// Plain text, not empty, at most kMaxAliasBytes and kMaxAliasGraphemes, without bidirectional
// controls, other invisible format characters, private use or noncharacters, without space at its
// ends, and not beginning with a combining mark.
[[nodiscard]] bool isValidAlias(std::string_view text);
[[nodiscard]] std::size_t countGraphemes(std::string_view validUtf8);
// The longest beginning of at most maxBytes that ends with a whole character.
[[nodiscard]] std::string_view cutUtf8(std::string_view text, std::size_t maxBytes);
// 1 … kMaxToken of the characters A–Z a–z 0–9 - _ . ~ (RFC 3986 unreserved).
[[nodiscard]] bool isValidToken(std::string_view text);

}  // namespace foyer::wire
