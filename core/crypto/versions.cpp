#include "core/crypto/versions.h"

#include <algorithm>

#include "core/crypto/presence.h"

namespace foyer::crypto {

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
