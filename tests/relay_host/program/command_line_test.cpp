#include "app/relay/command_line.h"

#include <gtest/gtest.h>

namespace foyer::relayapp {
namespace {

TEST(RelayCommandLine, readsBothForms) {
  const auto line = parseCommandLine(
      {"--config", "c", "--listen=[::1]:5", "--data-dir", "d", "--no-mdns", "--tcp=443"});
  ASSERT_TRUE(line);
  EXPECT_EQ(line->configFile, "c");
  EXPECT_EQ(line->listen, "[::1]:5");
  EXPECT_EQ(line->dataDirectory, "d");
  EXPECT_EQ(line->tcpPort, "443");
  EXPECT_TRUE(line->noMdns);
  EXPECT_FALSE(line->wantsHelp);
}

TEST(RelayCommandLine, mistakesAreNamed) {
  for (const auto& wrong : std::vector<std::vector<std::string>>{
           {"--listen"}, {"--unknown"}, {"stray"}, {"--no-mdns=1"}, {"--invite", "x"}}) {
    const auto line = parseCommandLine(wrong);
    ASSERT_FALSE(line) << wrong[0];
    EXPECT_EQ(line.error().stage, "arguments");
  }
}

TEST(RelayCommandLine, aTokenOnItIsRefusedAndNotRepeated) {
  const auto line = parseCommandLine({"--invite=topsecret"});
  ASSERT_FALSE(line);
  EXPECT_EQ(line.error().detail.find("topsecret"), std::string::npos);
}

}  // namespace
}  // namespace foyer::relayapp
