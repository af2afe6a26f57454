#include "core/net/turn_link.h"

#include <gtest/gtest.h>

#include "core/base/random.h"

namespace foyer::net {
namespace {

TEST(TurnLink, goodLinksAreRead) {
  struct Row {
    const char* name;
    std::string text;
    TurnLink link;
    std::string written;
  };
  using enum TurnTransport;
  const std::vector<Row> rows = {
      {"plain",
       "turn:turn.example.org",
       {{"turn.example.org", 3478}, Udp},
       "turn:turn.example.org"},
      {"port", "turn:192.0.2.7:80", {{"192.0.2.7", 80}, Udp}, "turn:192.0.2.7:80"},
      {"udp said", "turn:h?transport=udp", {{"h", 3478}, Udp}, "turn:h"},
      {"tcp", "turn:h:443?transport=tcp", {{"h", 443}, Tcp}, "turn:h:443?transport=tcp"},
      {"tls", "turns:h", {{"h", 5349}, Tls}, "turns:h"},
      {"tls, tcp said", "turns:h:443?transport=tcp", {{"h", 443}, Tls}, "turns:h:443"},
      {"tls on the port of the other", "turns:h:3478", {{"h", 3478}, Tls}, "turns:h:3478"},
      {"IPv6", "turn:[2001:DB8::1]", {{"2001:db8::1", 3478}, Udp}, "turn:[2001:db8::1]"},
      {"IPv6 and port", "turns:[::1]:9", {{"::1", 9}, Tls}, "turns:[::1]:9"},
      {"capitals and spaces", " TURNS:Host?Transport=TCP\n", {{"host", 5349}, Tls}, "turns:host"},
  };
  for (const Row& row : rows) {
    const auto link = parseTurnLink(row.text);
    ASSERT_TRUE(link) << row.name << ": " << toString(link.error());
    EXPECT_EQ(*link, row.link) << row.name;
    EXPECT_EQ(link->format(), row.written) << row.name;
    EXPECT_EQ(parseTurnLink(link->format()), *link) << row.name;
  }
}

TEST(TurnLink, badLinksAreRefusedWithTheReason) {
  struct Row {
    std::string text;
    TurnLinkError error;
  };
  using enum TurnLinkError;
  const std::vector<Row> rows = {
      {"", NotTurn},
      {"turn", NotTurn},
      {"turn.example.org:3478", NotTurn},
      {"stun:h", NotTurn},
      {"turn:", NoHost},
      {"turn::3478", NoHost},
      {"turn:?transport=udp", NoHost},
      {"turn://h", HasSlashes},
      {"turn:user@h", HasUserInfo},
      {"turn:user:secret@h:1", HasUserInfo},
      {"turn://user:secret@h", HasUserInfo},
      {"turn:h?transport=udp@", HasUserInfo},
      {"turn:h h", BadHost},
      {"turn:-h", BadHost},
      {"turn:h/", BadHost},
      {"turn:h#x", BadHost},
      {"turn:1.2.3", BadHost},
      {"turn:[192.0.2.1]", BadHost},
      {"turn:[::1", BadHost},
      {"turn:[::1]1", BadHost},
      {"turn:[fe80::1%3]", BadHost},
      {"turn:2001:db8::1", BadHost},  // without brackets
      {"turn:h:", BadPort},
      {"turn:h:0", BadPort},
      {"turn:h:65536", BadPort},
      {"turn:h:+1", BadPort},
      {"turn:h:000001", BadPort},
      {"turn:h:1:2", BadPort},
      {"turn:h?", UnknownParameter},
      {"turn:h?x=1", UnknownParameter},
      {"turn:h?transport=udp&transport=tcp", UnknownParameter},
      {"turn:h?transport=", BadTransport},
      {"turn:h?transport=sctp", BadTransport},
      {"turns:h?transport=udp", TlsNeedsTcp},
      {"turn:" + std::string(3000, 'h'), TooLong},
      {"turn:" + std::string(300, 'h'), BadHost},
  };
  for (const Row& row : rows) {
    const auto link = parseTurnLink(row.text);
    ASSERT_FALSE(link) << row.text;
    EXPECT_EQ(link.error(), row.error) << row.text << ": " << toString(link.error());
  }
}

// Whatever is read is written in one form, and that form means the same.
TEST(TurnLink, whatIsReadComesBackTheSameForAnyText) {
  const std::string alphabet = "turns:htp.[]0159@?=/#-aTRANSPORTudc& %";
  SeededRandom random(11);
  int read = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text = random.below(2) == 0 ? "turn:" : "turns:";
    const auto length = random.below(8);
    for (std::uint64_t n = 0; n < length; ++n) text += alphabet[random.below(alphabet.size())];
    if (random.below(4) == 0) text += ":" + std::to_string(random.below(70'000));
    if (random.below(4) == 0) text += "?transport=tcp";
    const auto link = parseTurnLink(text);
    if (!link) continue;
    ++read;
    EXPECT_EQ(text.find('@'), std::string::npos) << text;
    EXPECT_NE(link->server.port, 0) << text;
    ASSERT_EQ(parseTurnLink(link->format()), *link) << text;
  }
  EXPECT_GT(read, 10'000);
}

}  // namespace
}  // namespace foyer::net
