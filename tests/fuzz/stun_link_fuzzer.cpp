// The list of STUN servers in the settings.
#include "core/base/assert.h"
#include "core/net/stun_link.h"

using namespace foyer;
using namespace foyer::net;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto servers = parseStunServers(text);
  if (!servers) return 0;
  FOYER_ASSERT(servers->size() <= kMaxStunServers, "bounded");
  std::string again;
  for (const wire::LinkHost& server : *servers) {
    FOYER_ASSERT(server.port != 0 && !server.host.empty(), "can be asked");
    again += server.toString() + ",";
  }
  FOYER_ASSERT(parseStunServers(again) == *servers, "comes back the same");
  return 0;
}
