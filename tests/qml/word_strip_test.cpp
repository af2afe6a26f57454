// The words to compare: who answered what, and where the keyboard then is.
#include "tests/qml/screens_fixture.h"

namespace foyer::app {
namespace {

class WordStrip : public Screens {
 public:
  void openCall() {
    test::fillLobby(engine);
    call = test::activeCall(engine.personViews[3]);
    engine.callViews = {call};
    open();
  }
  void tell() {
    engine.setCalls({call});
    settle();
  }
  engine::CallView call;
};

// A stray Enter or space must not end a call because the other side pressed something.
TEST_F(WordStrip, theOtherSidesThatTheyDifferTakesTheKeyboardToNoButton) {
  openCall();
  QQuickItem* const before = window->quickWindow()->activeFocusItem();
  call.sas->peerSays = false;
  tell();
  EXPECT_TRUE(has("They differ"));
  EXPECT_FALSE(has("Later"));
  EXPECT_EQ(window->quickWindow()->activeFocusItem(), before);
}

TEST_F(WordStrip, onesOwnThatTheyDifferPutsTheKeyboardOnTheEndOfTheCall) {
  for (const bool isDisputed : {false, true}) {
    openCall();
    if (isDisputed) {
      call.sas->peerSays = false;
      tell();
    }
    click("They differ");
    call.sas->differs = true;
    tell();
    ASSERT_TRUE(has("End call"));
    EXPECT_TRUE(find("End call")->state().focused) << isDisputed;
  }
}

}  // namespace
}  // namespace foyer::app
