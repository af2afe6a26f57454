#include "relaylite/host/relay_config.h"

#include <gtest/gtest.h>

namespace foyer::relayhost {
namespace {

TEST(RelayConfig, readsEverythingThatMayStandInIt) {
  const auto read = parseRelayConfig(R"({
    "listen": "[::1]:4433", "tcp": 443, "data_dir": "/d", "name": "Garden", "mdns": false, "real_time": true,
    "invite_token": "secret",  // comments are welcome in a file that people write
    "limits": {"clients": 10, "clients_per_address": 3, "calls": 4}})");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->listen, "::1");
  EXPECT_EQ(read->port, 4433);
  EXPECT_EQ(read->tcpPort, 443);
  EXPECT_EQ(read->dataDirectory, "/d");
  EXPECT_EQ(read->name, "Garden");
  EXPECT_FALSE(read->announce);
  EXPECT_TRUE(read->realTime);
  EXPECT_EQ(read->tuning, (RelayTuning{"secret", 10, 3, 4}));
}

TEST(RelayConfig, anEmptyObjectChangesNothing) {
  RelayOptions before;
  before.port = 7;
  before.dataDirectory = "/x";
  const auto read = parseRelayConfig("{}", before);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->port, 7);
  EXPECT_FALSE(read->tcpPort) << "nothing listens on TCP by itself";
  EXPECT_EQ(read->dataDirectory, "/x");
}

struct Mistake {
  const char* name;
  const char* text;
  const char* mentions;
};
class RelayConfigMistake : public testing::TestWithParam<Mistake> {};

TEST_P(RelayConfigMistake, isRefusedWithItsName) {
  const auto read = parseRelayConfig(GetParam().text);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().stage, "config");
  EXPECT_EQ(read.error().code, "invalid");
  EXPECT_NE(read.error().detail.find(GetParam().mentions), std::string::npos)
      << read.error().detail;
}

INSTANTIATE_TEST_SUITE_P(
    RelayConfig, RelayConfigMistake,
    testing::Values(
        Mistake{"notJson", "{", "not valid JSON"}, Mistake{"empty", "", "not valid"},
        Mistake{"array", "[]", "one JSON object"},
        Mistake{"misspelt", R"({"listne": ":1"})", "listne"},
        Mistake{"misspeltLimit", R"({"limits": {"client": 1}})", "limits.client"},
        Mistake{"twice", R"({"mdns": true, "mdns": false})", "twice"},
        Mistake{"wrongKind", R"({"mdns": 1})", "mdns"},
        Mistake{"badListen", R"({"listen": "here"})", "listen"},
        Mistake{"badTcp", R"({"tcp": 65536})", "tcp"},
        Mistake{"tcpAsText", R"({"tcp": "443"})", "tcp"},
        Mistake{"badPort", R"({"listen": ":65536"})", "listen"},
        Mistake{"noRoom", R"({"limits": {"clients": 0}})", "limits.clients"},
        Mistake{"negative", R"({"limits": {"calls": -1}})", "limits.calls"},
        Mistake{"turnWithoutSecret", R"({"turn": {"links": ["turn:a.example"]}})", "secret_file"},
        Mistake{"turnWithoutLinks", R"({"turn": {"secret_file": "/s"}})", "links"},
        Mistake{"turnSecretInline", R"({"turn": {"secret": "x"}})", "turn.secret"},
        Mistake{"turnLink", R"({"turn": {"links": ["turn:u:p@a.example"]}})", "has_user_info"},
        Mistake{"turnLifetime", R"({"turn": {"links": ["turn:a.example"], "lifetime_s": 5}})",
                "lifetime_s"},
        Mistake{"emptyToken", R"({"invite_token": ""})", "invite_token"},
        Mistake{"tokenThatFitsNoLink", R"({"invite_token": "two words"})", "~"},
        Mistake{"tokenOfControls", R"({"invite_token": "a\u0007b"})", "~"}),
    [](const auto& i) { return i.param.name; });

TEST(RelayConfig, theTurnServerOfTheOperatorIsNamedAndItsSecretIsElsewhere) {
  const auto read = parseRelayConfig(R"({"turn": {
    "links": ["TURN:turn.example.org", "turns:turn.example.org:443"],
    "secret_file": "/etc/foyer-relay/turn-secret", "lifetime_s": 600}})");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->tuning.turn.links,
            (std::vector<std::string>{"turn:turn.example.org", "turns:turn.example.org:443"}));
  EXPECT_EQ(read->turnSecretFile, "/etc/foyer-relay/turn-secret");
  EXPECT_EQ(read->tuning.turn.lifetimeSeconds, 600u);
  EXPECT_EQ(read->tuning.turn.secret, nullptr) << "read by who may read files";
  EXPECT_EQ(turnSecretFrom("first line\nsecond\n")->text(), "first line");
  EXPECT_EQ(turnSecretFrom("a secret\r\n")->text(), "a secret");
  EXPECT_EQ(turnSecretFrom("\n"), nullptr);
  EXPECT_EQ(turnSecretFrom(std::string(net::kMaxTurnPassword + 1, 's')), nullptr);
}

TEST(RelayConfig, noMistakeRepeatsTheToken) {
  const auto read = parseRelayConfig(R"({"invite_token": 12345678, "x": 1})");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().detail.find("12345678"), std::string::npos);
}

TEST(RelayConfig, listenHasThreeForms) {
  RelayOptions o;
  EXPECT_TRUE(parseListen(":5", o));
  EXPECT_EQ(o.listen, "");
  EXPECT_EQ(o.port, 5);
  EXPECT_TRUE(parseListen("127.0.0.1:0", o));
  EXPECT_EQ(o.listen, "127.0.0.1");
  EXPECT_TRUE(parseListen("[::]:9", o));
  EXPECT_EQ(o.listen, "::");
  for (const char* bad : {"", ":", ":x", ":-1", "127.0.0.1", "host:1", "::1:5", "1.2.3.4:99999"}) {
    EXPECT_FALSE(parseListen(bad, o)) << bad;
  }
}

}  // namespace
}  // namespace foyer::relayhost
