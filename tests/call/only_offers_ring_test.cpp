// B-24: a signal that a bridge did not know was taken for an offer. Every type of message there is,
// with a genuine offer inside where it has room for one, reaches somebody who is called by nobody.
#include "tests/call/world.h"

namespace foyer::call {
namespace {

// One message of each type, in the order of the variant, so that a new type cannot be forgotten.
template <std::size_t... I>
std::vector<wire::Message> oneOfEach(std::index_sequence<I...>) {
  return {wire::Message(std::in_place_index<I>)...};
}

TEST(OnlyOffers, ringWhateverElseHoldsTheSameBytes) {
  World world;
  Party& a = world.add(1);
  Party& b = world.add(2);
  std::optional<wire::Offer> offer;
  world.pass = [&](const wire::Message& message) {
    if (const auto* genuine = std::get_if<wire::Offer>(&message)) offer = *genuine;
    return false;
  };
  (void)world.call(a, b);
  ASSERT_TRUE(offer);

  const auto all = oneOfEach(std::make_index_sequence<std::variant_size_v<wire::Message>>());
  for (wire::Message message : all) {
    bool isOffer = false;
    std::visit(
        [&]<class M>(M& m) {
          if constexpr (requires { m.callId; }) m.callId = offer->callId;
          if constexpr (requires { m.peer; }) m.peer = offer->from;
          if constexpr (requires { m.box; }) {
            m.to = offer->to;
            m.from = offer->from;
            m.box = offer->box;
          }
          isOffer = std::is_same_v<M, wire::Offer>;
        },
        message);
    if (isOffer) continue;
    world.deliver(b, message);
    EXPECT_EQ(b.count<Incoming>(), 0U) << wire::typeName(message);
    EXPECT_EQ(b.agent->liveCalls().size(), 0U) << wire::typeName(message);
  }
  world.deliver(b, *offer);
  EXPECT_EQ(b.count<Incoming>(), 1U);
}

}  // namespace
}  // namespace foyer::call
