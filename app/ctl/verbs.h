// The verbs of foyerctl, as data: what --help prints and what is checked before anything is sent.
// Stable from version 1 on; the engine's control socket answers them (core/engine/control_verbs).
#pragma once

#include <span>
#include <string_view>

namespace foyer::ctl {

struct Verb {
  std::string_view name;
  std::string_view arguments;  // as shown in --help
  int minArguments = 0;
  int maxArguments = 0;
  std::string_view help;
};

[[nodiscard]] std::span<const Verb> verbs();
[[nodiscard]] const Verb* findVerb(std::string_view name);

}  // namespace foyer::ctl
