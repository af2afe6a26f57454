#include "core/engine/stun_setting.h"

#include <gtest/gtest.h>

namespace foyer::engine {
namespace {

using Servers = std::vector<std::string>;

TEST(StunSetting, serversAreAddedOnceAndTakenAway) {
  const auto one = withStunServer("", "  stun.example.org \n");
  ASSERT_TRUE(one);
  const auto two = withStunServer(*one, "stun:[2001:db8::1]:3479, STUN.example.org");
  ASSERT_TRUE(two);
  EXPECT_EQ(stunServersOf(*two), (Servers{"stun.example.org:3478", "[2001:db8::1]:3479"}));
  EXPECT_EQ(stunServersOf(withoutStunServer(*two, 0)), Servers{"[2001:db8::1]:3479"});
  EXPECT_EQ(stunServersOf(withoutStunServer(*two, 7)), stunServersOf(*two));
  EXPECT_EQ(withoutStunServer(*one, 0), "");
}

TEST(StunSetting, whatIsNoServerIsRefused) {
  EXPECT_EQ(withStunServer("stun.example.org", " , ").error().code, "empty");
  EXPECT_EQ(withStunServer("", "stun.example.org:99999").error().code, "bad_port");
  EXPECT_EQ(withStunServer("", "two words").error().code, "bad_host");
  std::string many;
  for (int at = 0; at < 8; ++at) many = *withStunServer(many, "s" + std::to_string(at) + ".org");
  EXPECT_EQ(withStunServer(many, "one.more").error().code, "too_many");
  EXPECT_TRUE(stunServersOf("a b, c").empty()) << "a damaged setting counts as absent";
}

}  // namespace
}  // namespace foyer::engine
