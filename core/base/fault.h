// An error that reaches a person or a script: where it happened, what it is, whether trying again
// makes sense, and a detail for people who test. The sentence is made in app/ (K-53, B-03).
#pragma once

#include <string>

namespace foyer {

struct Fault {
  std::string stage;  // stable, e.g. "connect", "bind", "capture"
  std::string code;   // stable, e.g. "refused", "port_taken"
  bool retryable = false;
  std::string detail;  // free text without addresses, names, full fingerprints or keys

  bool operator==(const Fault&) const = default;
};

}  // namespace foyer
