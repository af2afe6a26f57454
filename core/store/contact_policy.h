// How calls with one person go: what the person chose for them. Stable names and numbers: they are
// stored and exported. Value, no thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace foyer::store {

enum class ContactPolicy : std::uint8_t {
  Usual,      // nothing chosen: as with everybody
  Direct,     // the two may learn each other's addresses and speak directly
  RelayOnly,  // every call with them is private, whatever else is set
  Ask,        // the person says so at each call
};

// The ring of calls that are shown and make no sound.
constexpr std::string_view kSilentRing = "silent";

// "usual", "direct", "relay", "ask".
[[nodiscard]] constexpr const char* toString(ContactPolicy policy) {
  switch (policy) {
    case ContactPolicy::Usual:
      return "usual";
    case ContactPolicy::Direct:
      return "direct";
    case ContactPolicy::RelayOnly:
      return "relay";
    case ContactPolicy::Ask:
      return "ask";
  }
  return "usual";
}

[[nodiscard]] constexpr std::optional<ContactPolicy> parseContactPolicy(std::string_view name) {
  for (const ContactPolicy policy :
       {ContactPolicy::Usual, ContactPolicy::Direct, ContactPolicy::RelayOnly, ContactPolicy::Ask})
    if (name == toString(policy)) return policy;
  return std::nullopt;
}

}  // namespace foyer::store
