#include "core/wire/text.h"

#include <vector>

#include <gtest/gtest.h>

#include "core/wire/close_codes.h"
#include "core/wire/limits.h"

namespace foyer::wire {
namespace {

TEST(Text, aliasesThatPeopleUseAreAllowed) {
  for (const char* alias : {"Amina", "quiet otter", "José", "Zoë\xcc\x88", "李小龍", "مریم", "נועה",
                            "सीमा", "👩‍👩‍👧 family", "O'Neil & Co."}) {
    EXPECT_TRUE(isValidAlias(alias)) << alias;
  }
}

TEST(Text, aliasesThatDeceiveOrBreakAreNot) {
  const std::vector<std::string> bad = {"",
                                        " a",
                                        "a ",
                                        "a\nb",
                                        "a\tb",
                                        std::string("a\0b", 3),
                                        "a\xe2\x80\xae"
                                        "b",
                                        "a\xe2\x80\x8b"
                                        "b",
                                        "a\xe2\x81\xa6"
                                        "b",
                                        "\xcc\x81"
                                        "a",
                                        "a\xc2\xad"
                                        "b",
                                        "\xef\xbb\xbf"
                                        "a",
                                        "a\xee\x80\x80",
                                        "\xff",
                                        "a\xed\xa0\x80",
                                        "\xe3\x80\x80"
                                        "a",
                                        "a\xe2\x80\xa8"
                                        "b",
                                        std::string(65, 'a'),
                                        std::string(256, 'a')};
  for (const std::string& alias : bad) EXPECT_FALSE(isValidAlias(alias)) << alias;
  EXPECT_TRUE(isValidAlias(std::string(64, 'a')));
}

TEST(Text, charactersAreCountedAsAPersonSeesThem) {
  EXPECT_EQ(countGraphemes("abc"), 3u);
  EXPECT_EQ(countGraphemes("e\xcc\x81\xcc\x82x"), 2u);
  EXPECT_EQ(countGraphemes("👩‍👩‍👧"), 1u);
  EXPECT_EQ(countGraphemes("👍🏽!"), 2u);
}

TEST(Text, cuttingKeepsCharactersWhole) {
  EXPECT_EQ(cutUtf8("aé", 2), "a");
  EXPECT_EQ(cutUtf8("aé", 3), "aé");
  EXPECT_EQ(cutUtf8("🦊", 3), "");
  EXPECT_EQ(cutUtf8("abc", 2), "ab");
}

TEST(Text, tokensAreUnreservedCharacters) {
  EXPECT_TRUE(isValidToken("aZ09-_.~"));
  EXPECT_FALSE(isValidToken(""));
  EXPECT_FALSE(isValidToken("a b"));
  EXPECT_FALSE(isValidToken(std::string(kMaxToken + 1, 'a')));
}

TEST(CloseCodes, haveStableNames) {
  EXPECT_STREQ(closeCodeName(static_cast<std::uint64_t>(CloseCode::HelloMissing)), "hello_missing");
  EXPECT_STREQ(closeCodeName(0), "done");
  EXPECT_STREQ(closeCodeName(10), "unknown");
  EXPECT_STREQ(closeCodeName(~std::uint64_t{0}), "unknown");
}

}  // namespace
}  // namespace foyer::wire
