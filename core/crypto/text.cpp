#include "core/crypto/text.h"

#include <algorithm>

#include "core/crypto/presence.h"

namespace foyer::crypto {

bool isUtf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<std::uint8_t>(text[i]);
    if (lead < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() - i < length) return false;
    for (std::size_t k = 1; k < length; ++k) {
      if ((static_cast<std::uint8_t>(text[i + k]) & 0xc0) != 0x80) return false;
    }
    const auto second = static_cast<std::uint8_t>(text[i + 1]);
    if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) ||
        (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f)) {
      return false;
    }
    i += length;
  }
  return true;
}

bool areVersions(ByteView versions) {
  if (versions.empty() || versions.size() > kMaxVersions || versions[0] == 0) return false;
  for (std::size_t i = 1; i < versions.size(); ++i) {
    if (versions[i] <= versions[i - 1]) return false;
  }
  return true;
}

std::uint8_t highestCommonVersion(ByteView a, ByteView b) {
  std::uint8_t highest = 0;
  for (const std::uint8_t version : a) {
    if (version > highest && std::find(b.begin(), b.end(), version) != b.end()) highest = version;
  }
  return highest;
}

}  // namespace foyer::crypto
