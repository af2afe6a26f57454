// Starts libsodium once. Every file of this room that needs more than hashing calls it first.
#pragma once

namespace foyer::crypto {

void readyLibrary();
// As the library that runs says.
[[nodiscard]] const char* libraryVersion();

}  // namespace foyer::crypto
