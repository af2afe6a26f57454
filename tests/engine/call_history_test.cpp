// What a call is remembered by.
#include "core/engine/call_history.h"

#include <gtest/gtest.h>

namespace foyer::engine {
namespace {

using client::PathKind;
using client::Severity;

store::StoredCall call(std::uint8_t number, std::int64_t startedAt = 0) {
  store::StoredCall made;
  made.call.bytes.fill(number);
  made.startedAt = {startedAt};
  return made;
}

TEST(CallHistory, aCallIsCalledByWhatHeldForATenthOfIt) {
  CallHistory history;
  const auto spoke = [&](Severity severity, int seconds) {
    for (int i = 0; i < seconds; ++i) history.mark(call(1).call, PathKind::Relay, severity);
  };
  spoke(Severity::Good, 95);
  spoke(Severity::Broken, 3);
  spoke(Severity::Poor, 2);
  EXPECT_EQ(history.finished(call(1)).quality, "good");
  spoke(Severity::Good, 80);
  spoke(Severity::Fair, 8);
  spoke(Severity::Poor, 8);
  spoke(Severity::Broken, 4);
  EXPECT_EQ(history.finished(call(1)).quality, "poor") << "what was worse counts for it, too";
  EXPECT_EQ(history.finished(call(1)).quality, "") << "nothing is left of the call before";
}

TEST(CallHistory, theLastPathIsTheOneThatIsKept) {
  CallHistory history;
  history.mark(call(1).call, PathKind::Relay, Severity::Good);
  history.mark(call(1).call, PathKind::DirectV6, Severity::Good);
  EXPECT_EQ(history.finished(call(2)).path, "") << "another call";
  EXPECT_EQ(history.finished(call(1)).path, "direct_ipv6");
}

TEST(CallHistory, theNewestIsFirstAndTheOldestGoes) {
  CallHistory history;
  for (int i = 0; i < static_cast<int>(store::kMaxCalls) + 3; ++i) {
    store::StoredCall one = call(0, i);
    one.call.bytes[0] = static_cast<std::uint8_t>(i);
    one.call.bytes[1] = static_cast<std::uint8_t>(i >> 8);
    history.add(one);
  }
  ASSERT_EQ(history.calls().size(), store::kMaxCalls);
  EXPECT_EQ(history.calls().front().startedAt.unixMs,
            static_cast<std::int64_t>(store::kMaxCalls) + 2);
  EXPECT_EQ(history.calls().back().startedAt.unixMs, 3);
  // A clock that was set back puts a call where its time says.
  history.add(call(0xff, 100));
  EXPECT_NE(history.calls().front().call, call(0xff).call);
  EXPECT_TRUE(history.remove(call(0xff).call));
  EXPECT_FALSE(history.remove(call(0xff).call));
}

TEST(CallHistory, seenIsSaidOnce) {
  CallHistory history;
  store::StoredCall missed = call(1);
  missed.isSeen = false;
  history.load({call(2), missed});
  EXPECT_TRUE(history.markSeen());
  EXPECT_TRUE(history.calls()[1].isSeen);
  EXPECT_FALSE(history.markSeen());
}

}  // namespace
}  // namespace foyer::engine
