#include "core/wire/link.h"

#include <gtest/gtest.h>

#include "core/base/random.h"

namespace foyer::wire {
namespace {

const std::string kPrint = "84a4f10145fcff117225212d8df04937";

TEST(Link, goodRelayLinksAreRead) {
  struct Row {
    const char* name;
    std::string text;
    std::vector<LinkHost> hosts;
    std::string invite;
  };
  const std::vector<Row> rows = {
      {"plain", "foyer://relay/192.0.2.7:4433#" + kPrint, {{"192.0.2.7", 4433}}, ""},
      {"IPv6", "foyer://relay/[2001:DB8::1]:1#" + kPrint, {{"2001:db8::1", 1}}, ""},
      {"several",
       "foyer://relay/192.0.2.7:1,[::1]:2,relay.Example.org:3#" + kPrint,
       {{"192.0.2.7", 1}, {"::1", 2}, {"relay.example.org", 3}},
       ""},
      {"token and unknown parameters",
       "foyer://relay/a.b:65535?x=%20&invite=Tok_-.~1&new#" + kPrint,
       {{"a.b", 65535}},
       "Tok_-.~1"},
      {"scheme in capitals, spaces around", "  FOYER://Relay/h:7#" + kPrint + "\n", {{"h", 7}}, ""},
      {"grouped fingerprint",
       "foyer://relay/h:7#84A4%20f101-45fc ff11 7225 212d 8df0 4937",
       {{"h", 7}},
       ""},
      {"slash at the end", "foyer://relay/h:7/#" + kPrint, {{"h", 7}}, ""},
      {"zone", "foyer://relay/[fe80::1%253]:7#" + kPrint, {{"fe80::1%3", 7}}, ""},
  };
  for (const Row& row : rows) {
    const auto link = parseRelayLink(row.text);
    ASSERT_TRUE(link) << row.name << ": " << toString(link.error());
    EXPECT_EQ(link->hosts, row.hosts) << row.name;
    EXPECT_EQ(link->invite, row.invite) << row.name;
    EXPECT_EQ(link->relay.hex(), kPrint) << row.name;
    EXPECT_EQ(parseRelayLink(link->format()), *link) << row.name;
    EXPECT_EQ(parseLink(row.text), Link(*link)) << row.name;
  }
}

TEST(Link, thePortForTcpIsSaidWhereItIsNotTheUsualOne) {
  const std::string start = "foyer://relay/h:7";
  EXPECT_EQ(parseRelayLink(start + "#" + kPrint)->tcpPort, 443);
  const auto other = parseRelayLink(start + "?invite=t&tcp=8443#" + kPrint);
  ASSERT_TRUE(other);
  EXPECT_EQ(other->tcpPort, 8443);
  EXPECT_EQ(other->format(), start + "?invite=t&tcp=8443#" + kPrint);
  EXPECT_EQ(parseRelayLink(start + "?tcp=8443#" + kPrint)->format(), start + "?tcp=8443#" + kPrint);
  EXPECT_EQ(parseRelayLink(start + "?tcp=443#" + kPrint)->format(), start + "#" + kPrint);
  for (const char* wrong : {"?tcp=", "?tcp=0", "?tcp=65536", "?tcp=44x", "?tcp=-1",
                            "?tcp=443&tcp=443", "?tcp=1&tcp=2"}) {
    const auto link = parseRelayLink(start + wrong + "#" + kPrint);
    ASSERT_FALSE(link) << wrong;
    EXPECT_EQ(link.error(), LinkError::BadPort) << wrong;
  }
}

TEST(Link, personLinksAreRead) {
  const RelayLink relay{{{"::1", 9}, {"h", 2}}, *Fingerprint::parseHex(kPrint), "t"};
  const PersonLink person{*Fingerprint::parseHex("00112233445566778899aabbccddeeff"),
                          "Jörg & Søn #1 100%", relay};
  const auto back = parsePersonLink(person.format());
  ASSERT_TRUE(back) << toString(back.error());
  EXPECT_EQ(*back, person);
  EXPECT_EQ(parseLink(person.format()), Link(person));
  EXPECT_EQ(parsePersonLink("foyer://person/" + kPrint)->name, "");
  EXPECT_EQ(parsePersonLink("foyer://person/" + kPrint + "?other=1&name=A")->name, "A");
}

TEST(Link, badLinksHaveANamedReason) {
  struct Row {
    std::string text;
    LinkError error;
  };
  std::string hosts = "foyer://relay/h:1";
  for (int i = 0; i < 8; ++i) hosts += ",h:1";
  std::string parameters = "foyer://relay/h:1?";
  for (int i = 0; i < 40; ++i) parameters += "&a=1";
  const std::vector<Row> rows = {
      {"", LinkError::NotFoyer},
      {"https://relay/h:1#" + kPrint, LinkError::NotFoyer},
      {"foyer://", LinkError::UnknownKind},
      {"foyer://room/h:1#" + kPrint, LinkError::UnknownKind},
      {"foyer://relay/#" + kPrint, LinkError::NoHost},
      {"foyer://relay#" + kPrint, LinkError::NoHost},
      {"foyer://relay/h#" + kPrint, LinkError::BadPort},
      {"foyer://relay/h:#" + kPrint, LinkError::BadPort},
      {"foyer://relay/h:0#" + kPrint, LinkError::BadPort},
      {"foyer://relay/h:65536#" + kPrint, LinkError::BadPort},
      {"foyer://relay/h:+1#" + kPrint, LinkError::BadPort},
      {"foyer://relay/h:1x#" + kPrint, LinkError::BadPort},
      {"foyer://relay/[::1]#" + kPrint, LinkError::BadPort},
      {"foyer://relay/[::1:1#" + kPrint, LinkError::BadHost},
      {"foyer://relay/[1.2.3.4]:1#" + kPrint, LinkError::BadHost},
      {"foyer://relay/::1:1#" + kPrint, LinkError::BadHost},
      {"foyer://relay/1.2.3:1#" + kPrint, LinkError::BadHost},
      {"foyer://relay/1.2.3.4%00.example:1#" + kPrint, LinkError::BadHost},
      {"foyer://relay/-a:1#" + kPrint, LinkError::BadHost},
      {"foyer://relay/a..b:1#" + kPrint, LinkError::BadHost},
      {"foyer://relay/a_b:1#" + kPrint, LinkError::BadHost},
      {"foyer://relay/user@h:1#" + kPrint, LinkError::BadHost},
      {"foyer://relay/h:1,:2#" + kPrint, LinkError::BadHost},
      {"foyer://relay/" + std::string(254, 'a') + ":1#" + kPrint, LinkError::BadHost},
      {hosts + "#" + kPrint, LinkError::TooManyHosts},
      {"foyer://relay/h:1", LinkError::BadFingerprint},
      {"foyer://relay/h:1#abcd", LinkError::BadFingerprint},
      {"foyer://relay/h:1#" + kPrint + "00", LinkError::BadFingerprint},
      {"foyer://relay/h:1?invite=#" + kPrint, LinkError::BadToken},
      {"foyer://relay/h:1?invite=a%20b#" + kPrint, LinkError::BadToken},
      {"foyer://relay/h:1?invite=a&invite=b#" + kPrint, LinkError::BadToken},
      {"foyer://relay/h:1?invite=" + std::string(129, 'a') + "#" + kPrint, LinkError::BadToken},
      {"foyer://relay/h:1?x=%4#" + kPrint, LinkError::BadEscape},
      {"foyer://relay/h:1?x=%zz#" + kPrint, LinkError::BadEscape},
      {parameters + "#" + kPrint, LinkError::TooManyParameters},
      {"foyer://relay/h:1?x=" + std::string(2048, 'a') + "#" + kPrint, LinkError::TooLong},
      {"foyer://person/xyz", LinkError::BadFingerprint},
      {"foyer://person/" + kPrint + "?name=a%00b", LinkError::BadName},
      {"foyer://person/" + kPrint + "?name=a%E2%80%AEb", LinkError::BadName},
      {"foyer://person/" + kPrint + "?name=%ff", LinkError::BadName},
      {"foyer://person/" + kPrint + "?relay=foyer%3A%2F%2Fperson", LinkError::BadRelay},
  };
  for (const Row& row : rows) {
    const auto link = parseLink(row.text);
    ASSERT_FALSE(link) << row.text;
    EXPECT_STREQ(toString(link.error()), toString(row.error)) << row.text;
  }
}

TEST(Link, redactedHoldsNeitherTokenNorAddressNorWholeFingerprint) {
  const auto link = parseRelayLink("foyer://relay/192.0.2.7:1?invite=secret#" + kPrint);
  ASSERT_TRUE(link);
  EXPECT_EQ(link->redacted(), "foyer://relay/…?invite=…#84a4…");
  EXPECT_EQ(PersonLink({*Fingerprint::parseHex(kPrint), "Amina", *link}).redacted(),
            "foyer://person/84a4…");
}

TEST(Link, hostsKnowWhetherTheyAreAddresses) {
  EXPECT_EQ((LinkHost{"192.0.2.7", 5}).address(), SocketAddress::parse("192.0.2.7:5"));
  EXPECT_FALSE((LinkHost{"example.org", 5}).address());
  const auto v6 = *SocketAddress::parse("[2001:db8::1]:5");
  EXPECT_EQ(LinkHost::of(v6).address(), v6);
  EXPECT_EQ(LinkHost::of(v6).toString(), "[2001:db8::1]:5");
}

TEST(Link, mutatedLinksNeverCrashAndWhatIsReadCanBeWritten) {
  SeededRandom random(41);
  const std::string good =
      "foyer://relay/192.0.2.7:1,[2001:db8::1]:22,relay.example.org:3?invite=abc&x=%20#" + kPrint;
  for (int round = 0; round < 20000; ++round) {
    std::string text = good;
    for (std::uint64_t i = 0; i <= random.below(3); ++i)
      text[random.below(text.size())] = static_cast<char>(random.u64());
    if (const auto link = parseLink(text)) {
      const std::string again = std::visit([](const auto& value) { return value.format(); }, *link);
      EXPECT_EQ(parseLink(again), *link) << text;
    }
  }
}

}  // namespace
}  // namespace foyer::wire
