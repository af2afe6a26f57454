#include "core/net/turn_credentials.h"

#include <gtest/gtest.h>

#include <type_traits>

namespace foyer::net {
namespace {

TEST(TurnCredentials, theEndOfATimeLimitedNameIsKnown) {
  EXPECT_EQ(turnExpiry("1795000000:amina"), 1795000000);
  EXPECT_EQ(turnExpiry("1795000000"), 1795000000);
  EXPECT_EQ(turnExpiry("1795000000:a:b"), 1795000000);
  for (const char* name : {"", ":", "amina", "amina:1795000000", "4711", "4711:amina",
                           "-1795000000:a", "+1795000000:a", " 1795000000:a", "1795000000 :a",
                           "1795000000x", "99999999999999999999:a"}) {
    EXPECT_EQ(turnExpiry(name), std::nullopt) << name;
  }
}

// HMAC-SHA1("foyer-secret", "1795000000:amina"), computed with another program (openssl).
TEST(TurnCredentials, aRestPasswordIsWhatAnOperatorsServerComputes) {
  const auto made = makeTurnRest(viewOf("foyer-secret"), "amina", 1795000000);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->username, "1795000000:amina");
  EXPECT_EQ(made->password.text(), "n9sUHsrc6PMXZVkhWUrRgmycIGc=");
  EXPECT_EQ(turnExpiry(made->username), 1795000000);
}

TEST(TurnCredentials, restRefusesWhatAServerWouldReadOtherwise) {
  EXPECT_FALSE(makeTurnRest({}, "amina", 1795000000));
  EXPECT_FALSE(makeTurnRest(viewOf("s"), "a:b", 1795000000));
  EXPECT_FALSE(makeTurnRest(viewOf("s"), "a\n", 1795000000));
  EXPECT_FALSE(makeTurnRest(viewOf("s"), "amina", 0));
  EXPECT_FALSE(makeTurnRest(viewOf("s"), std::string(500, 'a'), 1795000000));
  EXPECT_TRUE(makeTurnRest(viewOf("s"), "", 1795000000));
}

TEST(TurnCredentials, aPasswordIsBoundedMovesAndIsWiped) {
  static_assert(!std::is_copy_constructible_v<TurnPassword>);
  EXPECT_FALSE(TurnPassword::from(""));
  EXPECT_FALSE(TurnPassword::from(std::string(kMaxTurnPassword + 1, 'x')));
  auto longest = TurnPassword::from(std::string(kMaxTurnPassword, 'x'));
  ASSERT_TRUE(longest);
  const TurnPassword copy = longest->clone();
  longest->wipe();
  EXPECT_TRUE(longest->isEmpty());
  EXPECT_EQ(longest->text(), "");
  EXPECT_EQ(copy.text(), std::string(kMaxTurnPassword, 'x'));
}

}  // namespace
}  // namespace foyer::net
