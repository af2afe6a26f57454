#include "core/net/turn_server_list.h"

#include <gtest/gtest.h>

#include "core/wire/limits.h"

namespace foyer::net {
namespace {

TurnServer server(std::string_view link, std::string_view user) {
  return turnServerFrom(link, user).value();
}
std::string faultOf(std::string_view link, std::string_view user) {
  const auto made = turnServerFrom(link, user);
  return made ? "" : made.error().stage + " " + made.error().code;
}

TEST(TurnServerList, comesBackTheSame) {
  const std::vector<TurnServer> servers{server("turn:turn.example.org", "amina"),
                                        server("turns:[2001:db8::1]:443", "1788888888:bao"),
                                        server("turn:10.0.0.1?transport=tcp", "a name, spaced")};
  const std::string text = formatTurnServers(servers);
  EXPECT_EQ(text,
            "turn:turn.example.org amina\nturns:[2001:db8::1]:443 1788888888:bao\n"
            "turn:10.0.0.1?transport=tcp a name, spaced");
  EXPECT_EQ(parseTurnServers(text), servers);
  EXPECT_TRUE(parseTurnServers("").empty());
}

TEST(TurnServerList, whatIsNoServerIsLeftOut) {
  const auto servers = parseTurnServers(
      "nonsense\n\nturn:a.example\nturn:b.example \nturn:c.example user\nturn:c.example other\n"
      "turn:user:secret@d.example user\nturn:e.example last");
  ASSERT_EQ(servers.size(), 2u);
  EXPECT_EQ(servers[0], server("turn:c.example", "user"));
  EXPECT_EQ(servers[1], server("turn:e.example", "last"));
}

TEST(TurnServerList, isBoundedAndTheLongestFitOneSetting) {
  std::string text;
  std::vector<TurnServer> longest;
  const std::string label(63, 'a');
  for (std::size_t i = 0; i < kMaxTurnServers + 3; ++i) {
    const std::string host =
        label + "." + label + "." + label + "." + std::to_string(100 + i) + std::string(57, 'b');
    const std::string link = "turn:" + host + ":65535?transport=tcp";
    text += link + " " + std::string(kMaxTurnUserName, 'u') + "\n";
  }
  const auto servers = parseTurnServers(text);
  EXPECT_EQ(servers.size(), kMaxTurnServers);
  EXPECT_LT(formatTurnServers(servers).size(), 4096u);
}

TEST(TurnServerList, refusalsAreNamed) {
  EXPECT_EQ(faultOf("turn:a.example", "u"), "");
  EXPECT_EQ(faultOf("http://a.example", "u"), "turn_link not_turn");
  EXPECT_EQ(faultOf("turn:u:p@a.example", "u"), "turn_link has_user_info");
  EXPECT_EQ(faultOf("turn:a.example", ""), "turn no_user");
  EXPECT_EQ(faultOf("turn:a.example", std::string(kMaxTurnUserName + 1, 'u')), "turn bad_user");
  EXPECT_EQ(faultOf("turn:a.example", "two\nlines"), "turn bad_user");
  EXPECT_EQ(faultOf("turn:a.example", "\xff\xfe"), "turn bad_user");
  EXPECT_FALSE(passwordRefusal("three quiet herons"));
  EXPECT_EQ(passwordRefusal("")->code, "no_password");
  EXPECT_EQ(passwordRefusal(std::string(257, 'p'))->code, "bad_password");
  EXPECT_EQ(passwordRefusal("a\x01")->code, "bad_password");
}

}  // namespace
}  // namespace foyer::net
