// Push to talk from every window: over a stand-in for the desktop's portal on a bus of the test's
// own, and over a real X11 server with real key events.
#include <gtest/gtest.h>

#include <QDBusArgument>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QSignalSpy>

#include "app/foyer/app_presenter.h"
#include "tests/desktop/private_desktop.h"
#include "tests/support/scripted_scenes.h"

namespace foyer::app {

struct SaidShortcut {
  QString id;
  QVariantMap about;
};
QDBusArgument& operator<<(QDBusArgument& out, const SaidShortcut& said) {
  out.beginStructure();
  out << said.id << said.about;
  out.endStructure();
  return out;
}
const QDBusArgument& operator>>(const QDBusArgument& in, SaidShortcut& said) {
  in.beginStructure();
  in >> said.id >> said.about;
  in.endStructure();
  return in;
}

}  // namespace foyer::app
Q_DECLARE_METATYPE(foyer::app::SaidShortcut)

namespace foyer::app {
namespace {

using test::StandIn;
using test::waitUntil;

const auto kPortal = QStringLiteral("org.freedesktop.portal.Desktop");
const auto kPath = QStringLiteral("/org/freedesktop/portal/desktop");
const auto kShortcuts = QStringLiteral("org.freedesktop.portal.GlobalShortcuts");
const auto kSession = QStringLiteral("/org/freedesktop/portal/desktop/session/x/foyer");

// The portal as its specification has it, with a person who answers as told.
class Portal {
 public:
  uint personSays = 0;  // 0 yes, 1 no
  QList<SaidShortcut> asked;

  Portal() : m_service(kPortal, kPath, [this](const QDBusMessage& call) { return answer(call); }) {
    qDBusRegisterMetaType<SaidShortcut>();
    qDBusRegisterMetaType<QList<SaidShortcut>>();
  }
  void key(bool isDown, const QString& id = QStringLiteral("talk"),
           const QString& session = kSession) {
    m_service.tell(
        kPath, kShortcuts, isDown ? QStringLiteral("Activated") : QStringLiteral("Deactivated"),
        {QVariant::fromValue(QDBusObjectPath(session)), id, qulonglong{7}, QVariantMap{}});
  }
  void closeSession() {
    m_service.tell(kSession, QStringLiteral("org.freedesktop.portal.Session"),
                   QStringLiteral("Closed"), {});
  }
  [[nodiscard]] StandIn& service() { return m_service; }

 private:
  QDBusMessage answer(const QDBusMessage& call) {
    if (call.arguments().isEmpty()) return call.createReply();
    const QVariantMap options = qdbus_cast<QVariantMap>(call.arguments().constLast());
    QString sender = call.service().mid(1);
    sender.replace(u'.', u'_');
    const QString request = QStringLiteral("/org/freedesktop/portal/desktop/request/%1/%2")
                                .arg(sender, options.value("handle_token").toString());
    if (call.member() == QLatin1String("CreateSession")) {
      respond(request, 0, {{QStringLiteral("session_handle"), kSession}});
    } else if (call.member() == QLatin1String("BindShortcuts")) {
      asked = qdbus_cast<QList<SaidShortcut>>(call.arguments()[1]);
      QList<SaidShortcut> bound = asked;
      for (auto& shortcut : bound)
        shortcut.about[QStringLiteral("trigger_description")] = QStringLiteral("Press F9");
      respond(request, personSays, {{QStringLiteral("shortcuts"), QVariant::fromValue(bound)}});
    } else {
      return call.createReply();
    }
    return call.createReply(QVariant::fromValue(QDBusObjectPath(request)));
  }
  void respond(const QString& request, uint response, const QVariantMap& results) {
    m_service.tell(request, QStringLiteral("org.freedesktop.portal.Request"),
                   QStringLiteral("Response"), {response, results});
  }

  StandIn m_service;
};

struct TalkKeyEverywhere : testing::Test {
  test::ScriptedEngine engine;
  TalkKeyEverywhere() {
    test::fillLobby(engine);
    engine.settings["talk_everywhere"] = "on";
    engine.settings["talk_mode"] = "push";
  }
  void beginCall() {
    auto call = test::activeCall(engine.personViews[1]);
    call.talkMode = media::TalkMode::PushToTalk;
    engine.setCalls({call});
    engine.log.clear();
  }
  [[nodiscard]] bool hears(const QStringList& log) {
    const bool isHeard = waitUntil([&] { return engine.log == log; });
    EXPECT_EQ(engine.log, log);
    return isHeard;
  }
};

TEST_F(TalkKeyEverywhere, thePortalTellsOfPressAndReleaseAndItsWordsAreShown) {
  Portal portal;
  ASSERT_TRUE(portal.service().isThere());
  AppPresenter app(engine);
  beginCall();
  EXPECT_EQ(app.talkKey()->way(), GlobalTalkKey::Off) << "nothing is asked before the first frame";
  app.talkKey()->start(true);
  ASSERT_TRUE(waitUntil([&] { return app.talkKey()->way() == GlobalTalkKey::Portal; }))
      << app.talkKey()->sentence().toStdString();
  ASSERT_EQ(portal.asked.size(), 1);
  EXPECT_EQ(portal.asked[0].about.value("preferred_trigger").toString(), "F9");
  EXPECT_TRUE(app.talkKey()->sentence().contains("Press F9"));
  EXPECT_FALSE(app.talkKey()->choosable()) << "the desktop's settings have the key";
  portal.key(true);
  EXPECT_TRUE(hears({"talk on"}));
  portal.key(true, QStringLiteral("another"));
  portal.key(false, QStringLiteral("talk"), QStringLiteral("/somebody/else"));
  portal.key(false);
  EXPECT_TRUE(hears({"talk on", "talk off"}));
}

TEST_F(TalkKeyEverywhere, whoSaysNoToThePortalIsNotAskedByAnotherDoor) {
  Portal portal;
  portal.personSays = 1;
  AppPresenter app(engine);
  app.talkKey()->start(true);
  ASSERT_TRUE(waitUntil([&] { return app.talkKey()->way() == GlobalTalkKey::WindowOnly; }));
  EXPECT_TRUE(app.talkKey()->sentence().contains("did not allow"));
  EXPECT_FALSE(app.talkKey()->choosable());
}

TEST_F(TalkKeyEverywhere, aPortalThatTakesTheKeyBackLetsGoOfIt) {
  Portal portal;
  AppPresenter app(engine);
  beginCall();
  app.talkKey()->start(false);
  ASSERT_TRUE(waitUntil([&] { return app.talkKey()->way() == GlobalTalkKey::Portal; }));
  portal.key(true);
  ASSERT_TRUE(hears({"talk on"}));
  portal.closeSession();
  EXPECT_TRUE(hears({"talk on", "talk off"}));
  EXPECT_EQ(app.talkKey()->way(), GlobalTalkKey::WindowOnly);
}

TEST_F(TalkKeyEverywhere, aDesktopThatGoesAwayLetsGoOfTheKey) {
  auto portal = std::make_unique<Portal>();
  AppPresenter app(engine);
  beginCall();
  app.talkKey()->start(false);
  ASSERT_TRUE(waitUntil([&] { return app.talkKey()->way() == GlobalTalkKey::Portal; }));
  portal->key(true);
  ASSERT_TRUE(hears({"talk on"}));
  portal.reset();
  EXPECT_TRUE(hears({"talk on", "talk off"}));
}

TEST_F(TalkKeyEverywhere, turnedOffTheSessionIsClosed) {
  Portal portal;
  AppPresenter app(engine);
  app.talkKey()->start(false);
  ASSERT_TRUE(waitUntil([&] { return app.talkKey()->way() == GlobalTalkKey::Portal; }));
  app.talkKey()->setOn(false);
  EXPECT_EQ(app.talkKey()->way(), GlobalTalkKey::Off);
  EXPECT_TRUE(waitUntil([&] { return portal.service().countOf("Close") == 1; }));
}

TEST_F(TalkKeyEverywhere, withNeitherPortalNorX11TheWindowAloneIsSaid) {
  AppPresenter app(engine);
  app.talkKey()->start(false);
  ASSERT_TRUE(waitUntil([&] { return app.talkKey()->way() == GlobalTalkKey::WindowOnly; }));
  EXPECT_TRUE(app.talkKey()->sentence().contains("does not support system-wide keys"));
}

// ---- a real X11 server

struct TalkKeyOnX11 : TalkKeyEverywhere {
  void SetUp() override {
    if (!test::PrivateDesktop::hasKeys()) GTEST_SKIP() << "packaging/setup installs Xvfb, xdotool";
  }
  static void keys(const QString& words) { ASSERT_TRUE(test::PrivateDesktop::xdotool(words)); }
};

TEST_F(TalkKeyOnX11, pressAndReleaseArriveThoughNoWindowHasTheKeyboard) {
  AppPresenter app(engine);
  app.talkKey()->start(true);
  ASSERT_TRUE(waitUntil([&] { return app.talkKey()->way() == GlobalTalkKey::X11; }))
      << app.talkKey()->sentence().toStdString();
  EXPECT_TRUE(app.talkKey()->sentence().startsWith("F9 works in every window"));
  beginCall();
  keys("keydown F9");
  EXPECT_TRUE(hears({"talk on"}));
  keys("keyup F9");
  EXPECT_TRUE(hears({"talk on", "talk off"}));
}

TEST_F(TalkKeyOnX11, theKeyIsTakenFromOthersOnlyWhileACallRuns) {
  AppPresenter app(engine);
  app.talkKey()->start(true);
  ASSERT_TRUE(waitUntil([&] { return app.talkKey()->way() == GlobalTalkKey::X11; }));
  X11Keyboard other;
  EXPECT_EQ(other.grab(HotKey{}), X11Keyboard::Grab::Done) << "no call yet";
  other.release();
  EXPECT_TRUE(other.idleMs().has_value());  // the server has taken the key back by now
  beginCall();
  EXPECT_EQ(other.grab(HotKey{}), X11Keyboard::Grab::Taken);
  engine.setCalls({});
  EXPECT_EQ(other.grab(HotKey{}), X11Keyboard::Grab::Done);
}

TEST_F(TalkKeyOnX11, aKeyOfAnotherProgramIsSaidAndAnotherCanBeChosen) {
  X11Keyboard other;
  ASSERT_EQ(other.grab(HotKey{}), X11Keyboard::Grab::Done);
  AppPresenter app(engine);
  app.talkKey()->start(true);
  ASSERT_TRUE(waitUntil([&] { return app.talkKey()->way() == GlobalTalkKey::WindowOnly; }));
  EXPECT_TRUE(app.talkKey()->sentence().startsWith("F9 belongs to another program"));
  EXPECT_TRUE(app.talkKey()->choosable());
  EXPECT_FALSE(app.talkKey()->chooseKey(Qt::Key_T, Qt::NoModifier));
  EXPECT_FALSE(app.talkKey()->keyError().isEmpty());
  ASSERT_TRUE(app.talkKey()->chooseKey(Qt::Key_T, Qt::ControlModifier | Qt::AltModifier));
  EXPECT_EQ(engine.settings["talk_key"], "Ctrl+Alt+T");
  ASSERT_TRUE(waitUntil([&] { return app.talkKey()->way() == GlobalTalkKey::X11; }));
  beginCall();
  keys("keydown ctrl keydown alt keydown t");
  EXPECT_TRUE(hears({"talk on"}));
  keys("keyup ctrl keyup alt");
  keys("keyup t");
  EXPECT_TRUE(hears({"talk on", "talk off"})) << "whichever key is let go of first";
}

TEST_F(TalkKeyOnX11, aKeyThatWasAnothersIsTriedAgainAtTheNextCall) {
  AppPresenter app(engine);
  app.talkKey()->start(true);
  ASSERT_TRUE(waitUntil([&] { return app.talkKey()->way() == GlobalTalkKey::X11; }));
  X11Keyboard other;
  ASSERT_EQ(other.grab(HotKey{}), X11Keyboard::Grab::Done);
  beginCall();
  EXPECT_EQ(app.talkKey()->way(), GlobalTalkKey::WindowOnly);
  engine.setCalls({});
  other.release();
  EXPECT_TRUE(other.idleMs().has_value());  // the server has taken the key back by now
  beginCall();
  EXPECT_EQ(app.talkKey()->way(), GlobalTalkKey::X11);
  EXPECT_EQ(other.grab(HotKey{}), X11Keyboard::Grab::Taken);
}

TEST_F(TalkKeyOnX11, aHeldKeyRepeatsAndIsOnePressAllTheSame) {
  X11Keyboard keyboard;
  ASSERT_EQ(keyboard.grab(HotKey{}), X11Keyboard::Grab::Done);
  QSignalSpy pressed(&keyboard, &X11Keyboard::pressed);
  QSignalSpy released(&keyboard, &X11Keyboard::released);
  keys("keydown F9");
  // 660 ms until the first, 25 a second from then on.
  EXPECT_TRUE(waitUntil([&] { return keyboard.repeats() >= 3; }));
  EXPECT_EQ(pressed.size(), 1);
  EXPECT_EQ(released.size(), 0);
  keys("keyup F9");
  EXPECT_TRUE(waitUntil([&] { return released.size() == 1; }));
  EXPECT_EQ(pressed.size(), 1);
}

TEST_F(TalkKeyOnX11, theLocksDoNotHideTheKeyAndGivingItBackLetsGo) {
  X11Keyboard keyboard;
  ASSERT_EQ(keyboard.grab(*HotKey::parse("Pause")), X11Keyboard::Grab::Done);
  QSignalSpy pressed(&keyboard, &X11Keyboard::pressed);
  QSignalSpy released(&keyboard, &X11Keyboard::released);
  keys("key Caps_Lock");
  keys("keydown Pause");
  EXPECT_TRUE(waitUntil([&] { return pressed.size() == 1; }));
  keyboard.release();
  EXPECT_EQ(released.size(), 1);
  keys("keyup Pause");
  keys("key Caps_Lock");
}

TEST_F(TalkKeyOnX11, theServerTellsForHowLongNobodyTouchedIt) {
  X11Keyboard keyboard;
  keys("key shift");
  const auto before = keyboard.idleMs();
  ASSERT_TRUE(before.has_value());
  EXPECT_LT(*before, 10'000);
  EXPECT_TRUE(waitUntil([&] { return keyboard.idleMs().value_or(0) >= 300; }));
  keys("key shift");
  EXPECT_TRUE(waitUntil([&] { return keyboard.idleMs().value_or(1000) < 300; }));
}

TEST(X11KeyboardAlone, withoutAServerNothingIsPromised) {
  X11Keyboard keyboard(":9999");
  EXPECT_FALSE(keyboard.isConnected());
  EXPECT_EQ(keyboard.grab(HotKey{}), X11Keyboard::Grab::NoServer);
  EXPECT_FALSE(keyboard.idleMs().has_value());
}

// ---- which keys

TEST(HotKeys, keysOfTypingNeedAModifierAndTheKeptFormIsReadBack) {
  EXPECT_FALSE(HotKey::of(Qt::Key_T, Qt::NoModifier));
  EXPECT_FALSE(HotKey::of(Qt::Key_T, Qt::ShiftModifier));
  EXPECT_FALSE(HotKey::of(Qt::Key_Escape, Qt::ControlModifier));
  EXPECT_FALSE(HotKey::parse("no key at all"));
  EXPECT_FALSE(HotKey::parse("Ctrl+A, Ctrl+B"));
  for (const char* text : {"F1", "F24", "Pause", "Ctrl+Alt+T", "Meta+Space", "Alt+7"}) {
    const auto key = HotKey::parse(text);
    ASSERT_TRUE(key) << text;
    EXPECT_EQ(key->text(), text);
  }
  EXPECT_EQ(HotKey::parse("Ctrl+Alt+T")->trigger(), "CTRL+ALT+t");
  EXPECT_EQ(HotKey::parse("Ctrl+Alt+T")->keysym(), std::uint32_t{'t'});
  EXPECT_EQ(HotKey::parse("F9")->keysym(), 0xffc6U);
  EXPECT_EQ(HotKey::parse("Meta+Space")->trigger(), "LOGO+space");
}

}  // namespace
}  // namespace foyer::app
