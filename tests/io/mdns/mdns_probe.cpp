// Driven by run_mdns_test: announces and browses with the real Mdns, prints one line per event.
//   mdns_probe announce NAME PORT FINGERPRINT    mdns_probe browse
// Ends when its standard input ends.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>

#include "core/io/mdns.h"

namespace {

std::mutex g_output;  // the mDNS thread prints, main() waits

void print(const std::string& line) {
  const std::lock_guard lock(g_output);
  std::puts(line.c_str());
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  using foyer::io::Mdns;
  const std::string verb = argc > 1 ? argv[1] : "";
  Mdns mdns({
      .onState = [](foyer::io::MdnsState s) { print(std::string("state ") + toString(s)); },
      .onRelays =
          [](const std::vector<foyer::io::MdnsRelay>& relays) {
            print("relays " + std::to_string(relays.size()));
            for (const auto& relay : relays) {
              std::string line = "relay name='" + relay.name +
                                 "' fp=" + (relay.fingerprint ? relay.fingerprint->hex() : "-") +
                                 " v=" + std::to_string(relay.version);
              for (const auto& address : relay.addresses) line += " " + address.toString();
              print(line);
            }
          },
      .onAnnounced = [](const std::string& name) { print("announced '" + name + "'"); },
  });
  if (verb == "announce" && argc == 5) {
    const auto print16 = foyer::Fingerprint::parseHex(argv[4]);
    if (!print16) return 2;
    mdns.announce(foyer::io::MdnsAnnouncement{
        argv[2], static_cast<std::uint16_t>(std::atoi(argv[3])), *print16});
  } else if (verb == "browse") {
    mdns.browse(true);
  } else {
    return 2;
  }
  char byte = 0;
  while (read(0, &byte, 1) > 0) {
  }
  return 0;
}
