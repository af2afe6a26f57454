// A turn: or turns: link typed or pasted into the settings.
#include "core/base/assert.h"
#include "core/net/turn_link.h"

using namespace foyer;
using namespace foyer::net;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto link = parseTurnLink(text)) {
    FOYER_ASSERT(text.find('@') == std::string_view::npos, "user-info is refused");
    FOYER_ASSERT(parseTurnLink(link->format()) == *link, "comes back the same");
  }
  return 0;
}
