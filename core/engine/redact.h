// Takes out of a text what must not reach a log, a bundle or a crash text at the default level
// (B-23): IP addresses, 32-digit ids (fingerprints, call ids; the first 8 digits stay so that lines
// can be told apart), long base64url strings (keys, tokens), invite tokens, e-mail-like and home
// paths. Aliases never get this far: events do not carry them. Pure function.
#pragma once

#include <string>
#include <string_view>

namespace foyer::engine {

[[nodiscard]] std::string redact(std::string_view text);

}  // namespace foyer::engine
