#include <gtest/gtest.h>

#include "app/foyer/program_options.h"

namespace foyer::app {
namespace {

Result<ProgramOptions, OptionsExit> parse(const QStringList& words) {
  return parseOptions(QStringList{QStringLiteral("foyer")} + words);
}

TEST(Options, nothingAskedIsTheOrdinaryStart) {
  const auto options = parse({});
  ASSERT_TRUE(options.has_value());
  EXPECT_EQ(*options, ProgramOptions{});
}

TEST(Options, everyOptionArrives) {
  const auto options = parse({"--data-dir", "/tmp/p", "--headless", "--control", "/tmp/c",
                              "--audio-in", "file:a.wav", "--audio-out=null", "--relay",
                              "foyer://relay/h:1#aa", "--host-relay=4710", "foyer://relay/i:2#bb"});
  ASSERT_TRUE(options.has_value());
  EXPECT_EQ(options->dataDir, "/tmp/p");
  EXPECT_TRUE(options->headless);
  EXPECT_EQ(options->controlPath, "/tmp/c");
  EXPECT_EQ(options->audioIn, "file:a.wav");
  EXPECT_EQ(options->audioOut, "null");
  EXPECT_EQ(options->relayLink, "foyer://relay/h:1#aa");
  EXPECT_EQ(options->hostRelayPort, 4710);
  EXPECT_EQ(options->links, QStringList{"foyer://relay/i:2#bb"});
}

TEST(Options, hiddenIsForTheWindow) {
  const auto options = parse({"--hidden"});
  ASSERT_TRUE(options.has_value());
  EXPECT_TRUE(options->hidden);
  EXPECT_FALSE(options->headless);
}

TEST(Options, hostRelayWithoutAPortMeansAnyAndTakesNoOtherWord) {
  const auto options = parse({"--host-relay", "foyer://relay/i:2#bb"});
  ASSERT_TRUE(options.has_value());
  EXPECT_EQ(options->hostRelayPort, 0);
  EXPECT_EQ(options->links.size(), 1);
}

TEST(Options, netcheckIsAWordOfItsOwnAndNeedsNoWindow) {
  const auto options =
      parse({"--headless", "netcheck", "--json", "--slow", "foyer://relay/i:2#bb"});
  ASSERT_TRUE(options.has_value());
  EXPECT_EQ(options->netcheck, (QStringList{"netcheck", "--json", "--slow"}));
  EXPECT_EQ(options->links.size(), 1);
  for (const QStringList& words : {QStringList{"netcheck"}, QStringList{"--headless", "--json"}}) {
    const auto refused = parse(words);
    ASSERT_FALSE(refused.has_value()) << words.join(' ').toStdString();
    EXPECT_EQ(refused.error().code, 2);
  }
}

TEST(Options, wrongPortsAndLinksAndPairsAreRefusedWithASentence) {
  const QList<QStringList> wrong = {{"--host-relay=65536"},
                                    {"--host-relay=-1"},
                                    {"--host-relay=many"},
                                    {"http://example.org"},
                                    {"--no-such-option"},
                                    {"--data-dir"},
                                    {"--headless", "--screenshot", "a.png"},
                                    {"--headless", "--hidden"}};
  for (const QStringList& words : wrong) {
    const auto options = parse(words);
    ASSERT_FALSE(options.has_value()) << words.join(' ').toStdString();
    EXPECT_EQ(options.error().code, 2);
    EXPECT_FALSE(options.error().text.isEmpty());
  }
}

TEST(Options, versionAndHelpEndWithSuccess) {
  const auto version = parse({"--version"});
  ASSERT_FALSE(version.has_value());
  EXPECT_EQ(version.error().code, 0);
  EXPECT_TRUE(version.error().text.startsWith("foyer "));
  const auto help = parse({"--help"});
  ASSERT_FALSE(help.has_value());
  EXPECT_TRUE(help.error().text.contains("--host-relay"));
}

TEST(Options, aStartAnewDoesNotDoAgainWhatWasToBeDoneOnce) {
  EXPECT_EQ(argumentsAgain({"--data-dir", "/a b", "--hidden", "--relay", "foyer://relay/x:1#aa",
                            "foyer://relay/y:2#bb", "--host-relay=4710", "--control=/c"},
                           {}),
            QStringList({"--data-dir", "/a b", "--relay", "foyer://relay/x:1#aa", "--control=/c"}));
  const QStringList again = argumentsAgain({"--host-relay"}, 0);
  EXPECT_EQ(parse(again)->hostRelayPort, 0) << "on the port that it keeps";
  EXPECT_EQ(argumentsAgain({}, 0), again);
  EXPECT_EQ(argumentsAgain({}, {}), QStringList());
  EXPECT_EQ(parse(argumentsAgain({"--host-relay=4710"}, 4710))->hostRelayPort, 4710)
      << "a port that was asked for once is where its guests look for it";
  EXPECT_EQ(parse(argumentsAgain({"--", "foyer://relay/x:1#aa"}, 0))->hostRelayPort, 0);
}

TEST(Options, moreLinksThanAPersonMeansAreRefused) {
  QStringList words;
  for (int at = 0; at < 9; ++at) words << QStringLiteral("foyer://relay/h:%1#aa").arg(at);
  EXPECT_FALSE(parse(words).has_value());
}

}  // namespace
}  // namespace foyer::app
