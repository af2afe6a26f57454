#include "core/engine/relay_invites.h"

#include <gtest/gtest.h>

#include "core/wire/text.h"

namespace foyer::engine {
namespace {

using namespace std::chrono_literals;

TEST(RelayInvites, oneIsOverWhenItsTimeIs) {
  RelayInvites invites;
  const auto hour = invites.make({1000}, 1h);
  const auto endless = invites.make({1000}, {});
  ASSERT_TRUE(hour && endless);
  EXPECT_FALSE(hour->isOver({1000 + 3'599'999}));
  EXPECT_TRUE(hour->isOver({1000 + 3'600'000}));
  EXPECT_FALSE(endless->isOver({INT64_MAX}));
  EXPECT_EQ(invites.invites().front().number, endless->number) << "the newest first";
}

TEST(RelayInvites, eachHasATokenOfItsOwnThatNeedsTheSecret) {
  RelayInvites invites;
  const auto one = *invites.make({1000}, 1h), two = *invites.make({1000}, 1h);
  const std::string token = RelayInvites::tokenOf(one, "secret");
  EXPECT_EQ(token, RelayInvites::tokenOf(one, "secret"));
  EXPECT_NE(token, RelayInvites::tokenOf(two, "secret"));
  EXPECT_NE(token, RelayInvites::tokenOf(one, "another"));
  EXPECT_TRUE(wire::isValidToken(token));
}

TEST(RelayInvites, aNumberThatIsGivenOutAgainIsAnotherToken) {
  RelayInvites invites;
  const auto before = *invites.make({1000}, {});
  EXPECT_TRUE(invites.revoke(before.number));
  EXPECT_FALSE(invites.revoke(before.number));
  const auto after = *invites.make({2000}, {});
  EXPECT_EQ(after.number, before.number);
  EXPECT_NE(RelayInvites::tokenOf(after, "s"), RelayInvites::tokenOf(before, "s"));
}

TEST(RelayInvites, thereAreOnlySoMany) {
  RelayInvites invites;
  for (std::size_t i = 0; i < RelayInvites::kMaxInvites; ++i) EXPECT_TRUE(invites.make({1}, 1h));
  EXPECT_FALSE(invites.make({1}, 1h));
  EXPECT_FALSE(invites.forgetOver({1 + 3'600'000})) << "shown for a day";
  EXPECT_TRUE(invites.forgetOver({1 + 3'600'000 + RelayInvites::kShownAfterMs}));
  EXPECT_TRUE(invites.make({1}, 1h));
}

TEST(RelayInvites, whatIsForgottenIsKnownWhileTheRelayRuns) {
  RelayInvites invites;
  const auto hour = *invites.make({1000}, 1h);
  const auto endless = *invites.make({1000}, {});
  const WallTime later{1000 + 3'600'000 + RelayInvites::kShownAfterMs};
  ASSERT_TRUE(invites.forgetOver(later));
  ASSERT_EQ(invites.invites().size(), 1u);
  ASSERT_EQ(invites.known().size(), 2u) << "who came in by it may come back";
  EXPECT_EQ(invites.known()[0].number, endless.number);
  EXPECT_EQ(invites.known()[1].number, hour.number);
  invites.beginRun();
  EXPECT_EQ(invites.known().size(), 1u) << "nobody has come in by it since the start";
}

TEST(RelayInvites, theTextComesBackAndAnEndThatIsNoneLetsNobodyIn) {
  RelayInvites invites, next;
  (void)invites.make({1000}, 1h);
  (void)invites.make({2000}, {});
  next.load(invites.text());
  EXPECT_EQ(next.text(), invites.text());
  ASSERT_EQ(next.invites().size(), 2u);
  EXPECT_FALSE(next.invites()[0].untilMs);
  EXPECT_EQ(next.invites()[1].untilMs, 1000 + 3'600'000);
  next.load("1,1000,soon;x,1,;2,5,9");
  ASSERT_EQ(next.invites().size(), 1u);
  EXPECT_EQ(next.invites()[0].number, 2u);
}

}  // namespace
}  // namespace foyer::engine
