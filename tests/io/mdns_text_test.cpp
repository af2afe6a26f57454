#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>

#include "core/base/random.h"
#include "core/io/mdns.h"

namespace foyer::io {
namespace {

TEST(MdnsText, comesBackAsWritten) {
  SeededRandom random(1);
  const auto print = random.id<Fingerprint>();
  MdnsRelay relay;
  readMdnsTxt(mdnsTxt(print), relay);
  EXPECT_EQ(relay.fingerprint, print);
  EXPECT_EQ(relay.version, kMdnsProtocolVersion);
}

TEST(MdnsText, whatStrangersWriteIsNotBelieved) {
  MdnsRelay relay;
  readMdnsTxt({"", "=", "fp", "fp=", "fp=abc", "fp=" + std::string(32, 'G'), "v=", "v=-1", "v=1x",
               "v=99999999999999999999", "other=1", std::string(255, '\xff')},
              relay);
  EXPECT_FALSE(relay.fingerprint);
  EXPECT_EQ(relay.version, 0);
}

// Without a bus nothing blocks, and taking it down again does not wait for anybody.
TEST(Mdns, anAbsentBusIsAState) {
  setenv("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent/foyer-no-bus", 1);
  std::atomic<int> unavailable{0};
  {
    Mdns mdns({.onState = [&](MdnsState s) { unavailable += s == MdnsState::Unavailable; }});
    mdns.browse(true);
    mdns.announce(MdnsAnnouncement{.name = "Test", .port = 1});
  }
  EXPECT_EQ(unavailable.load(), 1);
  unsetenv("DBUS_SYSTEM_BUS_ADDRESS");
}

}  // namespace
}  // namespace foyer::io
