#include "core/net/stun_link.h"

#include <gtest/gtest.h>

#include <string>

namespace foyer::net {
namespace {

std::string listed(std::string_view text) {
  const auto servers = parseStunServers(text);
  if (!servers) return toString(servers.error());
  std::string out;
  for (const auto& server : *servers) out += (out.empty() ? "" : " ") + server.toString();
  return out;
}

TEST(StunLink, hostsWithAndWithoutPortAndScheme) {
  EXPECT_EQ(listed(""), "");
  EXPECT_EQ(listed(" , "), "");
  EXPECT_EQ(listed("stun.example.org"), "stun.example.org:3478");
  EXPECT_EQ(listed("STUN:Stun.Example.Org:19302"), "stun.example.org:19302");
  EXPECT_EQ(listed("192.0.2.1:4000, stun:[2001:db8::1],[2001:db8::1]:5000"),
            "192.0.2.1:4000 [2001:db8::1]:3478 [2001:db8::1]:5000");
  EXPECT_EQ(listed("stun:5000,stun:stun:5001"), "stun:5000 stun:5001") << "a host of that name";
  EXPECT_EQ(listed("a.example,stun:a.example:3478"), "a.example:3478") << "the same twice";
}

TEST(StunLink, whatIsNoServerIsRefused) {
  EXPECT_EQ(listed("stun:"), "bad_port") << "a host of that name, and no port";
  for (const char* text : {"stun://a.example", "me@a.example", "a.example?transport=udp", "a b",
                           "[::1", "[fe80::1%2]"})
    EXPECT_EQ(listed(text), "bad_host") << text;
  // Other schemes look like a host and a port that is none.
  for (const char* text : {"stuns:a.example", "http://a.example", "turn:a.example"})
    EXPECT_EQ(listed(text), "bad_port") << text;
  for (const char* text : {"a.example:", "a.example:0", "a.example:65536", "a.example:+1"})
    EXPECT_EQ(listed(text), "bad_port") << text;
  std::string many;
  for (int i = 0; i < 9; ++i) many += "a" + std::to_string(i) + ".example,";
  EXPECT_EQ(listed(many), "too_many");
}

}  // namespace
}  // namespace foyer::net
