// A call on hold: what is said of it, and that nothing moves where nothing is heard.
#include <gtest/gtest.h>

#include <QSignalSpy>

#include "app/foyer/app_presenter.h"
#include "tests/support/scripted_scenes.h"

namespace foyer::app {
namespace {

struct HeldCall : testing::Test {
  test::ScriptedEngine engine;
  HeldCall() { test::fillLobby(engine); }
  [[nodiscard]] engine::PersonView person() const { return engine.personViews[1]; }
};

TEST_F(HeldCall, aCallOnHoldIsSaidOnBothSidesAndResumed) {
  AppPresenter app(engine);
  auto call = test::activeCall(person());
  engine.setCalls({call});
  app.call()->toggleHold();
  EXPECT_EQ(engine.log.last(), "hold " + QString::fromStdString(call.call.hex()));
  EXPECT_EQ(app.call()->shown().troubleTitle, "You put Chiara Rossi on hold");
  EXPECT_EQ(app.call()->shown().ownWord, "on hold");
  app.call()->toggleHold();
  EXPECT_EQ(engine.log.last(), "resume " + QString::fromStdString(call.call.hex()));
  EXPECT_TRUE(app.call()->shown().troubleTitle.isEmpty());
  call.isPeerHeld = call.isPeerMuted = true;
  engine.setCalls({call});
  EXPECT_EQ(app.call()->shown().troubleTitle, "Chiara Rossi put you on hold");
  EXPECT_EQ(app.call()->shown().peerWord, "put you on hold");
  EXPECT_FALSE(app.quality()->sentence().contains("ilence"))
      << "who is held may speak, and is sent: " << app.quality()->sentence().toStdString();
  call.isPeerHeld = false;
  engine.setCalls({call});
  EXPECT_EQ(app.call()->shown().peerWord, "muted");
  EXPECT_TRUE(app.call()->shown().troubleTitle.isEmpty());
  call.isHeld = true;
  engine.setCalls({call});
  EXPECT_TRUE(app.quality()->sentence().endsWith("Silence is sent while you hold the call."));
  call.reconnecting = true;
  engine.setCalls({call});
  EXPECT_TRUE(app.call()->shown().troubleTitle.contains("gone for the moment"));
}

TEST_F(HeldCall, theArchesOfBothSidesStandStillWhoeverHolds) {
  AppPresenter app(engine);
  CallPresenter& presenter = *app.call();
  auto call = test::activeCall(person());
  call.levelInDb = -20.f;
  call.levelOutDb = -15.f;
  std::int64_t nowMs = 1000;
  constexpr std::int64_t kFallMs = 10 * LevelMeter::kReleaseMs;  // more than all arches take
  const auto listen = [&](bool isHeld, bool isPeerHeld) {
    call.isHeld = isHeld;
    call.isPeerHeld = isPeerHeld;
    engine.setCalls({call});
    presenter.sampleLevels(nowMs += kFallMs);
  };
  listen(false, false);
  EXPECT_EQ(presenter.ownArches(), 4);
  EXPECT_EQ(presenter.peerArches(), 5);
  EXPECT_EQ(presenter.shown().ownWord, "heard clearly");
  for (const bool isOurs : {true, false}) {
    listen(isOurs, !isOurs);
    EXPECT_EQ(presenter.ownArches() + presenter.peerArches(), 0);
    QSignalSpy moved(&presenter, &CallPresenter::levelsChanged);
    for (const float db : {-12.f, -40.f, -20.f}) {
      call.levelInDb = call.levelOutDb = db;
      listen(isOurs, !isOurs);
    }
    EXPECT_TRUE(moved.isEmpty()) << "whatever is said";
    EXPECT_EQ(presenter.shown().ownWord, isOurs ? "on hold" : "not heard");
    call.levelInDb = -20.f;
    call.levelOutDb = -15.f;
    listen(false, false);
    EXPECT_EQ(presenter.ownArches(), 4) << "and go on afterwards";
    EXPECT_EQ(presenter.peerArches(), 5);
  }
}

}  // namespace
}  // namespace foyer::app
