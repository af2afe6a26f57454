#include "core/engine/relay_order.h"

#include <gtest/gtest.h>

namespace foyer::engine {
namespace {

Fingerprint relay(std::uint8_t fill) {
  Fingerprint made;
  made.bytes.fill(fill);
  return made;
}

store::StoredRelay joined(std::uint8_t fill, std::int64_t atMs) {
  store::StoredRelay made;
  made.fingerprint = relay(fill);
  made.firstSeen = {atMs};
  return made;
}

TEST(RelayOrder, whatNobodySortedIsInTheOrderOfJoining) {
  const auto order = orderOf({joined(1, 30), joined(2, 10), joined(3, 20)}, {});
  EXPECT_EQ(order, (std::vector{relay(2), relay(3), relay(1)}));
}

TEST(RelayOrder, whatWasSortedComesFirstAndWhatIsNotKnownIsLeftOut) {
  const auto order = orderOf({joined(1, 30), joined(2, 10), joined(3, 20)}, {relay(9), relay(1)});
  EXPECT_EQ(order, (std::vector{relay(1), relay(2), relay(3)}));
}

TEST(RelayOrder, movesAmongWhatIsShownAndKeepsTheRest) {
  const std::vector order{relay(1), relay(2), relay(3), relay(4)};
  const std::vector shown{relay(1), relay(3), relay(4)};  // 2 was left and is not seen
  EXPECT_EQ(withMoved(order, shown, relay(3), -1),
            (std::vector{relay(3), relay(1), relay(2), relay(4)}));
  EXPECT_EQ(withMoved(order, shown, relay(1), 1),
            (std::vector{relay(2), relay(3), relay(1), relay(4)}));
  EXPECT_EQ(withMoved(order, shown, relay(1), -1), order) << "it is the first";
  EXPECT_EQ(withMoved(order, shown, relay(4), 5), order) << "it is the last";
  EXPECT_EQ(withMoved(order, shown, relay(2), 1), order) << "it is not shown";
}

TEST(RelayOrder, itsTextComesBackAndNonsenseIsLeftOut) {
  const std::vector order{relay(1), relay(2)};
  EXPECT_EQ(parseRelayOrder(formatRelayOrder(order)), order);
  EXPECT_EQ(parseRelayOrder("zz,," + relay(2).hex() + "," + relay(2).hex()), std::vector{relay(2)});
  std::string many;
  for (int i = 0; i < 200; ++i) many += relay(static_cast<std::uint8_t>(i)).hex() + ',';
  EXPECT_EQ(parseRelayOrder(many).size(), kMaxSortedRelays);
}

}  // namespace
}  // namespace foyer::engine
