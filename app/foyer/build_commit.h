// What this program was built from; its body is made at each build (cmake/FoyerCommit.cmake).
#pragma once

namespace foyer::app {

// A short hash, "-dirty" behind it where files differed; "" outside a clone.
[[nodiscard]] const char* buildCommit();

}  // namespace foyer::app
