// What a call is remembered by.
#include "core/engine/call_history.h"

#include <gtest/gtest.h>

namespace foyer::engine {
namespace {

using client::Severity;

// A call that is heard, as it is shown.
CallView heard(std::uint8_t number, const char* path = "relay") {
  CallView view;
  view.call.bytes.fill(number);
  view.stats.path = path;
  return view;
}
TimePoint at(double seconds) {
  return TimePoint{} + std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds));
}

store::StoredCall call(std::uint8_t number, std::int64_t startedAt = 0) {
  store::StoredCall made;
  made.call.bytes.fill(number);
  made.startedAt = {startedAt};
  return made;
}

TEST(CallHistory, aCallIsCalledByWhatHeldForATenthOfIt) {
  CallHistory history;
  int second = 0;
  const auto spoke = [&](Severity severity, int seconds) {
    CallView view = heard(1);
    view.explanation.severity = severity;
    for (int i = 0; i < seconds; ++i) history.mark(view, at(++second));
  };
  spoke(Severity::Good, 95);
  spoke(Severity::Broken, 3);
  spoke(Severity::Poor, 2);
  EXPECT_EQ(history.finished(call(1), CallStats{}).quality, "good");
  spoke(Severity::Good, 80);
  spoke(Severity::Fair, 8);
  spoke(Severity::Poor, 8);
  spoke(Severity::Broken, 4);
  EXPECT_EQ(history.finished(call(1), CallStats{}).quality, "poor")
      << "what was worse counts for it, too";
  EXPECT_EQ(history.finished(call(1), CallStats{}).quality, "")
      << "nothing is left of the call before";
}

TEST(CallHistory, aMicrophoneThatGivesNothingIsNoBadCall) {
  CallHistory history;
  CallView view = heard(1);
  view.inSilent = true;
  view.explanation.severity = Severity::Broken;
  history.mark(view, at(1));
  EXPECT_EQ(history.finished(call(1), CallStats{}).quality, "") << "nothing is known of it";
  history.mark(view, at(1));
  view.inSilent = false;
  view.explanation.severity = Severity::Good;
  history.mark(view, at(2));
  EXPECT_EQ(history.finished(call(1), CallStats{}).quality, "good");
}

TEST(CallHistory, theLastPathIsTheOneThatIsKept) {
  CallHistory history;
  history.mark(heard(1), at(1));
  history.mark(heard(1, "direct_ipv6"), at(2));
  EXPECT_EQ(history.finished(call(2), CallStats{}).path, "") << "another call";
  EXPECT_EQ(history.finished(call(2), CallStats{}).figures, std::nullopt);
  EXPECT_EQ(history.finished(call(1), CallStats{}).path, "direct_ipv6");
}

TEST(CallHistory, aCallIsRememberedByItsFigures) {
  CallHistory history;
  CallView view = heard(1);
  CallStats& stats = view.stats;
  stats.tx.bitrateKbps = 40;
  stats.rx.bitrateKbps = 44.4;
  history.mark(view, at(0));  // nothing came back yet
  stats.path = "direct_ipv4";
  stats.rttMs = 30;
  stats.jitterBufferMs = 20;
  stats.receiving.recovery.plc = 10;
  stats.rx.loss = .1;
  stats.sending.loss = .02;
  stats.sending.changes = 1;
  stats.cause = "loss";
  stats.tier = "low";
  history.mark(view, at(1));
  stats.rttMs = 90.4;
  stats.jitterBufferMs = 60;
  stats.receiving.recovery.plc = 15;
  stats.rx.loss = 0;
  stats.sending.changes = 3;
  stats.cause = "recovered";
  stats.tier = "good";
  history.mark(view, at(2));
  // It slept for an hour; what was invented then was heard by nobody.
  stats.receiving.recovery.plc = 500'000;
  history.mark(view, at(3602));
  ++stats.sending.changes;  // in its last second
  stats.cause = "choice";
  const CallFigures figures = history.finished(call(1), stats).figures.value();
  EXPECT_EQ(figures.seconds, 4u);
  EXPECT_EQ(figures.delayMeanMs, 70u) << "of three readings in which it was known";
  EXPECT_EQ(figures.delayWorstMs, 90u);
  EXPECT_EQ(figures.bufferMeanMs, 47u);
  EXPECT_EQ(figures.bufferWorstMs, 60u);
  EXPECT_EQ(figures.lossHeardMean, 250u);
  EXPECT_EQ(figures.lossHeardWorst, 1000u);
  EXPECT_EQ(figures.lossSentMean, 150u);
  EXPECT_EQ(figures.lossSentWorst, 200u);
  EXPECT_EQ(figures.concealed, 750u) << "15 blocks of 10 ms in two seconds";
  EXPECT_EQ(figures.sentKbps, 40u);
  EXPECT_EQ(figures.heardKbps, 44u);
  EXPECT_EQ(figures.paths, (std::vector<NamedCount>{{"relay", 1}, {"direct_ipv4", 3}}));
  EXPECT_EQ(figures.tiers, (std::vector<NamedCount>{{"good", 3}, {"low", 1}}));
  EXPECT_EQ(figures.changes,
            (std::vector<NamedCount>{{"loss", 1}, {"recovered", 2}, {"choice", 1}}));
  EXPECT_EQ(store::parseCallFigures(store::toText(figures)), figures);
  EXPECT_EQ(history.finished(call(1), CallStats{}).figures, std::nullopt)
      << "nothing is left of it";
}

TEST(CallHistory, aDayOfReadingsStaysSmall) {
  CallHistory history;
  CallView view = heard(1);
  for (int second = 0; second < 86'400; ++second) {
    view.stats.path = "path" + std::to_string(second % 40);
    view.stats.rttMs = second % 1000;
    view.stats.sending.changes = static_cast<std::uint32_t>(second);
    view.stats.cause = "cause" + std::to_string(second % 40);
    history.mark(view, at(second));
  }
  const CallFigures figures = history.finished(call(1), CallStats{}).figures.value();
  EXPECT_EQ(figures.seconds, 86'400u);
  EXPECT_EQ(figures.paths.size(), store::kMaxFigureNames);
  EXPECT_EQ(figures.changes.size(), store::kMaxFigureNames);
  EXPECT_LT(store::toText(figures).size(), 1500u);
  EXPECT_EQ(store::parseCallFigures(store::toText(figures)), figures);
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
