// What anybody on the network may put into the TXT record of a relay: one entry a line.
#include <string>
#include <vector>

#include "core/base/assert.h"
#include "core/io/mdns.h"

using namespace foyer;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<std::string> entries(1);
  for (std::size_t i = 0; i < size; ++i) {
    if (data[i] == '\n')
      entries.emplace_back();
    else
      entries.back().push_back(static_cast<char>(data[i]));
  }
  io::MdnsRelay relay;
  io::readMdnsTxt(entries, relay);
  if (relay.fingerprint) {
    io::MdnsRelay again;
    io::readMdnsTxt(io::mdnsTxt(*relay.fingerprint), again);
    FOYER_ASSERT(again.fingerprint == relay.fingerprint, "comes back the same");
  }
  FOYER_ASSERT(relay.version >= 0, "a version is never negative");
  return 0;
}
