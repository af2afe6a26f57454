// Contacts in the window: the list, one person's page, files, and how calls with them go.
#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include "app/foyer/app_presenter.h"
#include "app/foyer/path_text.h"
#include "app/foyer/ring_control.h"
#include "app/foyer/ring_names.h"
#include "core/audio/ring.h"
#include "tests/support/scripted_scenes.h"

namespace foyer::app {
namespace {

using engine::CallDirection;
using engine::CallState;
using engine::ContactPolicy;
using engine::Trust;
using test::callWith;

struct Contacts : testing::Test {
  test::ScriptedEngine engine;
  Contacts() {
    test::fillLobby(engine);
    engine.contactViews = test::contacts();
  }
  [[nodiscard]] QString hexOf(std::size_t person) const {
    return QString::fromStdString(engine.personViews[person].fingerprint.hex());
  }
  void choose(std::size_t person, ContactPolicy policy) {
    ASSERT_TRUE(engine.changeContact(engine.personViews[person].fingerprint, {.policy = policy}));
    engine.log.clear();
  }
};

TEST_F(Contacts, theListHasWhoIsNotHereAndFindsNotes) {
  ContactsModel model(engine);
  const QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
  EXPECT_EQ(model.rowCount(), 0) << "nobody looks";
  model.open();
  const auto name = [&](int row) {
    return model.data(model.index(row), ContactsModel::NameRole).toString();
  };
  ASSERT_EQ(model.rowCount(), 4);
  EXPECT_EQ(name(0), "Chiara from the choir") << "a favourite";
  EXPECT_EQ(name(1), "Amina Okafor");
  EXPECT_EQ(name(2), "Bo Lindqvist");
  EXPECT_EQ(model.data(model.index(0), ContactsModel::DescriptionRole).toString(),
            "Chiara from the choir, favourite, Verified, Calls themselves Chiara Rossi · Last "
            "call on 3 November");
  EXPECT_FALSE(model.data(model.index(2), ContactsModel::LitRole).toBool());
  model.setFilter("piano");
  ASSERT_EQ(model.rowCount(), 1);
  EXPECT_EQ(name(0), "Tomasz Wiśniewski");
  model.setFilter({});
  QSignalSpy resets(&model, &QAbstractItemModel::modelReset),
      moves(&model, &QAbstractItemModel::rowsMoved);
  ASSERT_TRUE(engine.changeContact(engine.personViews[2].fingerprint, {.isFavourite = true}));
  EXPECT_EQ(name(1), "Tomasz Wiśniewski");
  EXPECT_EQ(moves.size(), 1);
  EXPECT_EQ(resets.size(), 0);
}

TEST_F(Contacts, thePageOfSomebodyWhoIsOnlyHereKeepsThemOnceSomethingIsSaid) {
  AppPresenter app(engine);
  app.showContact(hexOf(3));
  EXPECT_EQ(app.screen(), AppPresenter::Contact);
  EXPECT_FALSE(app.contact()->shown().kept);
  app.contact()->setOwnName("  Minh   from work ");
  EXPECT_TRUE(app.contact()->shown().kept);
  EXPECT_EQ(app.contact()->shown().name, "Minh from work");
  EXPECT_EQ(app.contact()->shown().signedSentence, "Calls themselves Nguyễn Minh Anh");
  app.closeContact();
  EXPECT_EQ(app.screen(), AppPresenter::Lobby);
}

TEST_F(Contacts, whatCannotBeKeptIsSaidAndForgettingGoesBackToTheList) {
  AppPresenter app(engine);
  app.showContacts();
  app.showContact(hexOf(1));
  engine.faultOfContacts = Fault{"contact", "bad_note", false, {}};
  app.contact()->setNote("x");
  EXPECT_TRUE(app.contact()->error().startsWith("This note cannot be kept"));
  engine.faultOfContacts.reset();
  app.contact()->setNote("y");
  EXPECT_EQ(app.contact()->error(), "");
  app.contact()->forget();
  EXPECT_EQ(engine.log.last(), "removeContact " + hexOf(1));
  EXPECT_EQ(app.screen(), AppPresenter::Contacts);
}

TEST_F(Contacts, anUnknownKeyOpensNoPage) {
  AppPresenter app(engine);
  app.showContact(QString(32, '7'));
  app.showContact("nonsense");
  EXPECT_EQ(app.screen(), AppPresenter::Lobby);
}

TEST_F(Contacts, callingSomebodyWithAskAsksFirst) {
  choose(1, ContactPolicy::Ask);
  AppPresenter app(engine);
  app.lobby()->call(hexOf(1));
  EXPECT_EQ(engine.log, QStringList{}) << "nobody is called yet";
  EXPECT_EQ(app.lobby()->askedName(), "Chiara from the choir");
  app.lobby()->callAsked(true);
  EXPECT_EQ(engine.log, QStringList{"callPrivately " + hexOf(1)});
  EXPECT_EQ(app.lobby()->askedName(), "");
  engine.log.clear();
  app.lobby()->call(hexOf(1));
  app.lobby()->callAsked(false);
  app.lobby()->call(hexOf(1));
  app.lobby()->dropAsk();
  app.lobby()->callAsked(false);
  EXPECT_EQ(engine.log, QStringList{"callDirectly " + hexOf(1)}) << "a dropped question is no call";
  engine.log.clear();
  app.lobby()->call(hexOf(2));
  EXPECT_EQ(engine.log, QStringList{"call " + hexOf(2)}) << "with others nothing is asked";
}

TEST_F(Contacts, theCardOfACallFollowsWhatWasChosenForTheCaller) {
  AppPresenter app(engine);
  const QString call = QString::fromStdString(test::callId(1).hex());
  const auto ring = [&](ContactPolicy policy, Trust trust) {
    auto view = callWith(engine.personViews[1], CallState::Ringing, CallDirection::Incoming);
    view.policy = policy;
    view.peerTrust = trust;
    engine.setCalls({});
    engine.setCalls({view});
    engine.log.clear();
  };
  ring(ContactPolicy::Direct, Trust::NotVerified);
  EXPECT_FALSE(app.incoming()->hideAddress());
  ring(ContactPolicy::RelayOnly, Trust::Verified);
  EXPECT_TRUE(app.incoming()->hideAddress());
  EXPECT_TRUE(app.incoming()->shown().relayOnly);
  ring(ContactPolicy::Ask, Trust::Verified);
  EXPECT_TRUE(app.incoming()->shown().asks);
  app.incoming()->accept();
  EXPECT_EQ(engine.log, QStringList{"answer private " + call}) << "a key press tells no address";
  ring(ContactPolicy::Ask, Trust::Verified);
  app.incoming()->acceptDirectly();
  EXPECT_EQ(engine.log, QStringList{"answer trusted " + call});
  ring(ContactPolicy::Ask, Trust::KeyChanged);
  EXPECT_FALSE(app.incoming()->shown().asks) << "it tells no address anyway";
}

TEST_F(Contacts, aCallWithoutARingIsShownAndMakesNoSound) {
  struct Player final : RingTonePlayer {
    int rings = 0;
    void start(Tone, const QString&) override { ++rings; }
    void stop() override {}
  } player;
  AppPresenter app(engine);
  const RingControl control(app, player);
  ASSERT_TRUE(engine.changeContact(engine.personViews[1].fingerprint, {.ring = "silent"}));
  engine.setCalls({callWith(engine.personViews[1], CallState::Ringing, CallDirection::Incoming)});
  EXPECT_TRUE(app.incoming()->shown().ringing);
  EXPECT_EQ(player.rings, 0);
  engine.setCalls({});
  engine.setCalls({callWith(engine.personViews[2], CallState::Ringing, CallDirection::Incoming)});
  EXPECT_EQ(player.rings, 1);
}

TEST_F(Contacts, aContactHasARingOfTheirOwn) {
  struct Player final : RingTonePlayer {
    QStringList rings;
    void start(Tone, const QString& ring) override { rings << ring; }
    void stop() override {}
  } player;
  AppPresenter app(engine);
  const RingControl control(app, player);
  app.showContact(hexOf(1));
  EXPECT_EQ(app.contact()->rings().size(), 2 + ringKeys().size());
  EXPECT_EQ(app.contact()->shown().ring, 0);
  app.contact()->playRing();
  EXPECT_EQ(engine.log.last(), "playRing") << "as others' calls ring";
  app.contact()->setRing(4);
  EXPECT_EQ(engine.contact(engine.personViews[1].fingerprint)->ring, "trill");
  EXPECT_EQ(app.contact()->shown().ring, 4);
  app.contact()->playRing();
  EXPECT_EQ(engine.log.last(), "playRing trill");
  app.contact()->setRing(1);
  EXPECT_EQ(engine.contact(engine.personViews[1].fingerprint)->ring, "silent");
  engine.log.clear();
  app.contact()->playRing();
  app.contact()->setRing(99);
  app.contact()->setRing(-1);
  EXPECT_TRUE(engine.log.isEmpty());
  app.contact()->setRing(3);
  engine.setCalls({callWith(engine.personViews[1], CallState::Ringing, CallDirection::Incoming)});
  EXPECT_EQ(player.rings, QStringList{"knock"});
  engine.setCalls({});
  engine.setCalls({callWith(engine.personViews[2], CallState::Ringing, CallDirection::Incoming)});
  EXPECT_EQ(player.rings, (QStringList{"knock", ""}));
  // Kept by a newer Foyer: rings as usual, and nothing is lost by looking at it.
  ASSERT_TRUE(engine.changeContact(engine.personViews[1].fingerprint, {.ring = "trombone"}));
  EXPECT_EQ(app.contact()->shown().ring, 0);
}

TEST_F(Contacts, everyRingOfTheSoundHasAName) {
  ASSERT_EQ(static_cast<std::size_t>(ringKeys().size()), audio::kRings.size());
  EXPECT_EQ(ringNames().size(), ringKeys().size());
  for (const audio::Ring ring : audio::kRings)
    EXPECT_TRUE(ringKeys().contains(QString::fromLatin1(audio::toString(ring))));
}

TEST_F(Contacts, aCallThatStaysOnTheRelayByChoiceSaysSo) {
  auto call = test::activeCall(engine.personViews[1]);
  call.stats.path = "relay";
  call.stats.pathReason = client::PathReason::Private;
  call.isOwnPrivate = call.isPolicyChosen = true;
  call.policy = ContactPolicy::RelayOnly;
  EXPECT_TRUE(pathTextOf(call, {}).sentence.contains("you chose that calls with this person"));
}

TEST_F(Contacts, aFileIsLookedIntoBeforeItIsTaken) {
  ContactFilePresenter file(engine);
  file.begin(ContactFilePresenter::Take);
  engine.importView = {.read = 12, .added = 5, .completed = 1, .conflicts = 2};
  file.look("/tmp/c.json", true);
  EXPECT_EQ(engine.log.last(), "tryContacts /tmp/c.json own");
  EXPECT_TRUE(file.offer().startsWith("12 people: 5 new, 1 completed, 6 unchanged. 2 "));
  EXPECT_TRUE(file.offer().contains("because you verified another key with those names"));
  file.take("/tmp/c.json", false);
  EXPECT_EQ(engine.log.last(), "importContacts /tmp/c.json");
  EXPECT_TRUE(file.done().startsWith("Done."));
  engine.faultOfContacts = Fault{"contacts", "bad_entry", false, "contact 7: note"};
  file.look("/tmp/c.json", false);
  EXPECT_TRUE(file.error().contains("damaged"));
  EXPECT_EQ(file.offer(), "");
  engine.faultOfContacts.reset();
  file.begin(ContactFilePresenter::Save);
  EXPECT_EQ(file.error(), "");
  file.save("/tmp/d.json");
  EXPECT_EQ(engine.log.last(), "exportContacts /tmp/d.json");
  EXPECT_EQ(file.done(), "Saved as /tmp/d.json.");
}

}  // namespace
}  // namespace foyer::app
