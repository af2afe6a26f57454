// Which ring. Stable names: they are kept in settings and with contacts. Value, no thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace foyer::audio {

// Told apart by rhythm and pitch, also across a room.
enum class Ring : std::uint8_t {
  Chimes,  // two rising bells, twice; the usual one
  Knock,   // three low knocks on wood, twice
  Trill,   // two high notes that alternate, as an electronic telephone's
  Scale,   // five slow bells downwards
};
inline constexpr std::array kRings{Ring::Chimes, Ring::Knock, Ring::Trill, Ring::Scale};

// "chimes", "knock", "trill", "scale".
[[nodiscard]] constexpr const char* toString(Ring ring) {
  switch (ring) {
    case Ring::Chimes:
      return "chimes";
    case Ring::Knock:
      return "knock";
    case Ring::Trill:
      return "trill";
    case Ring::Scale:
      return "scale";
  }
  return "chimes";
}

[[nodiscard]] constexpr std::optional<Ring> parseRing(std::string_view name) {
  for (const Ring ring : kRings)
    if (name == toString(ring)) return ring;
  return std::nullopt;
}

}  // namespace foyer::audio
