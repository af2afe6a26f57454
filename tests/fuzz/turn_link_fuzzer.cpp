// A turn: or turns: link typed or pasted into the settings, and the list of them that a file keeps.
#include "core/base/assert.h"
#include "core/net/turn_link.h"
#include "core/net/turn_server_list.h"

using namespace foyer;
using namespace foyer::net;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto link = parseTurnLink(text)) {
    FOYER_ASSERT(text.find('@') == std::string_view::npos, "user-info is refused");
    FOYER_ASSERT(parseTurnLink(link->format()) == *link, "comes back the same");
  }
  const auto servers = parseTurnServers(text);
  FOYER_ASSERT(servers.size() <= kMaxTurnServers, "bounded");
  FOYER_ASSERT(parseTurnServers(formatTurnServers(servers)) == servers, "comes back the same");
  return 0;
}
