// How a call sounds, as the window says it: the sentence, the quality, the record, the voice.
#include <gtest/gtest.h>

#include <QSignalSpy>

#include "app/foyer/app_presenter.h"
#include "app/foyer/clock.h"
#include "app/foyer/explanation_text.h"
#include "tests/support/screen_scenes.h"

namespace foyer::app {
namespace {

using client::Affected;
using client::ExplainedCause;
using client::Explanation;
using client::Severity;
using std::chrono::milliseconds;

struct Sound : testing::Test {
  test::ScriptedEngine engine;
  Sound() { test::fillLobby(engine); }
  [[nodiscard]] engine::PersonView chiara() const { return engine.personViews[1]; }
  [[nodiscard]] QString idOf(const engine::CallView& call) const {
    return QString::fromStdString(call.call.hex());
  }
};

// ---- explain this call

TEST(ExplanationText, saysWhatIsWrongAndWhomItTouches) {
  struct Case {
    ExplainedCause cause;
    Affected affected;
    Severity severity;
    QStringList says;
  };
  const std::vector<Case> cases{
      {ExplainedCause::Clear,
       Affected::Neither,
       Severity::Good,
       {"Sounds good", "No loss", "38 ms"}},
      {ExplainedCause::Loss, Affected::Hear, Severity::Poor, {"8 of 100", "to you", "you hear"}},
      {ExplainedCause::Loss,
       Affected::Said,
       Severity::Fair,
       {"12 of 100", "from you", "they hear"}},
      {ExplainedCause::Loss, Affected::Both, Severity::Fair, {"12 of 100", "both directions"}},
      {ExplainedCause::Jitter, Affected::Hear, Severity::Fair, {"unevenly", "to you", "you hear"}},
      {ExplainedCause::Jitter,
       Affected::Said,
       Severity::Fair,
       {"unevenly", "from you", "they hear"}},
      {ExplainedCause::Capacity,
       Affected::Said,
       Severity::Fair,
       {"backed up", "180 ms", "they hear"}},
      {ExplainedCause::Cpu, Affected::Both, Severity::Poor, {"computer", "too busy", "both"}},
      {ExplainedCause::Device, Affected::Hear, Severity::Fair, {"sound device", "you hear"}},
      {ExplainedCause::SilentInput, Affected::Said, Severity::Broken, {"microphone", "they hear"}},
      {ExplainedCause::NothingReceived, Affected::Hear, Severity::Broken, {"you hear nothing"}},
      {ExplainedCause::PeerLow, Affected::Hear, Severity::Fair, {"They send", "they sound"}},
      {ExplainedCause::Choice,
       Affected::Said,
       Severity::Fair,
       {"You chose Clear 16k", "they hear"}},
      {ExplainedCause::PeerLimit, Affected::Said, Severity::Fair, {"other side", "they hear"}},
      {ExplainedCause::Metered, Affected::Said, Severity::Fair, {"metered", "they hear"}},
      {ExplainedCause::LongDelay, Affected::Both, Severity::Fair, {"long", "38 ms"}},
  };
  for (const Case& each : cases) {
    Explanation found;
    found.cause = each.cause;
    found.affected = each.affected;
    found.severity = each.severity;
    found.lossHear = .08;
    found.lossSaid = .12;
    found.lateHear = found.lateSaid = .03;
    found.queueing = milliseconds(180);
    found.delay = milliseconds(38);
    found.tier = wire::Tier::Low;
    found.glitches = 3;
    const QString sentence = sentenceOf(found);
    EXPECT_TRUE(sentence.endsWith('.')) << sentence.toStdString();
    EXPECT_FALSE(sentence.contains('%')) << sentence.toStdString();
    for (const QString& words : each.says)
      EXPECT_TRUE(sentence.contains(words))
          << words.toStdString() << " in: " << sentence.toStdString();
  }
  EXPECT_TRUE(sentenceOf({}).isEmpty());
}

TEST(ExplanationText, readsLikeASentenceOfAPerson) {
  Explanation found;
  found.cause = ExplainedCause::Clear;
  found.delay = milliseconds(38);
  EXPECT_EQ(sentenceOf(found), "Sounds good. No loss, 38 ms from mouth to ear.");
  found.cause = ExplainedCause::Loss;
  found.affected = Affected::Hear;
  found.lossHear = .08;
  found.recovered = .95;
  found.remedy = client::Remedy::Copies;
  EXPECT_EQ(sentenceOf(found),
            "8 of 100 packets are lost on the way to you; copies make up for nearly all of them.");
  found.recovered = .6;
  EXPECT_TRUE(sentenceOf(found).contains("most of them"));
}

TEST(ExplanationText, smallSharesKeepADigitAndTinyOnesAreNone) {
  EXPECT_EQ(percentText(.08), "8");
  EXPECT_EQ(percentText(.004), "0.4");
  EXPECT_EQ(percentText(.0002), "0");
  EXPECT_EQ(percentText(3), "100");
}

TEST_F(Sound, theSentenceStandsUnderTheStatusLineUnlessAStripSaysMore) {
  AppPresenter app(engine);
  auto call = test::measuredCall(chiara());
  call.explanation.severity = Severity::Poor;
  engine.setCalls({call});
  EXPECT_TRUE(app.call()->shown().explanation.startsWith("8 of 100 packets"));
  EXPECT_TRUE(app.call()->shown().isSuffering);
  call.inSilent = true;
  engine.setCalls({call});
  EXPECT_TRUE(app.call()->shown().explanation.isEmpty());
}

// ---- quality

TEST_F(Sound, theQualitySaysWhoChoseWhyAndWhatItCosts) {
  AppPresenter app(engine);
  auto call = test::activeCall(chiara());
  engine.setCalls({call});
  EXPECT_TRUE(app.quality()->automatic());
  EXPECT_EQ(app.quality()->stop(), 3);
  EXPECT_TRUE(app.quality()->sentence().startsWith("Auto chose Clear 24k. 24 kbit/s voice + "));
  EXPECT_TRUE(app.quality()->sentence().endsWith(
      QString("= %1 kbit/s in total.")
          .arg(std::lround(wire::wireBitrateBps(wire::Tier::Good) / 1000.0))));
  call.stats.tier = "low";
  call.stats.sending.cause = client::QualityCause::Delay;
  call.stats.sending.changes = 1;
  call.stats.qualityChangedAtMs = steadyNowMs() - 5200;
  engine.setCalls({call});
  EXPECT_EQ(app.quality()->stop(), 4);
  EXPECT_TRUE(app.quality()->sentence().startsWith(
      "Auto chose Clear 16k 5 s ago: the connection was backing up."));
  call.stats.sending.choice = wire::Tier::Studio64;
  call.stats.sending.cause = client::QualityCause::PeerLimit;
  engine.setCalls({call});
  EXPECT_FALSE(app.quality()->automatic());
  EXPECT_TRUE(app.quality()->sentence().startsWith(
      "You chose Studio 64k, Clear 16k is sent: the other side can take no more."));
}

TEST_F(Sound, whatProtectsTheVoiceIsPartOfTheCost) {
  AppPresenter app(engine);
  engine.setCalls({test::measuredCall(chiara())});
  EXPECT_TRUE(app.quality()->sentence().contains("24 kbit/s voice + 7 against loss + "));
  EXPECT_TRUE(app.quality()->recovery().contains("2 copies of each frame"));
}

TEST_F(Sound, aStopIsChosenForThisCallAndAutoTakesItBack) {
  AppPresenter app(engine);
  const auto call = test::activeCall(chiara());
  app.quality()->choose(0);
  EXPECT_TRUE(engine.log.isEmpty()) << "there is no call";
  engine.setCalls({call});
  app.quality()->choose(5);
  EXPECT_EQ(engine.log.last(), "quality " + idOf(call) + " degraded");
  EXPECT_EQ(app.quality()->stop(), 5);
  EXPECT_FALSE(app.quality()->isUsual());
  EXPECT_TRUE(engine.settings["quality"].isEmpty()) << "the next call begins as before";
  app.quality()->makeUsual();
  EXPECT_EQ(engine.settings["quality"], "degraded");
  EXPECT_TRUE(app.quality()->isUsual());
  app.quality()->chooseAuto();
  EXPECT_EQ(engine.log.last(), "quality " + idOf(call) + " auto");
  app.quality()->makeUsual();
  EXPECT_TRUE(engine.settings["quality"].isEmpty());
}

TEST_F(Sound, everyStopHasANameACostAndWordsForAScreenReader) {
  AppPresenter app(engine);
  EXPECT_EQ(app.quality()->shortNames().size(), 7);
  EXPECT_EQ(app.quality()->shortNames().first(), "64k");
  EXPECT_EQ(app.quality()->shortNames().last(), "1.2k");
  for (int stop = 0; stop < 7; ++stop) {
    EXPECT_TRUE(app.quality()->costOf(stop).contains(app.quality()->shortNames()[stop] + ": "));
    EXPECT_TRUE(app.quality()->spoken(stop).contains("kilobits per second in total"));
  }
}

// ---- the record

TEST_F(Sound, aRecordIsSavedAtOnceOrWhenTheCallThatIsRecordedEnds) {
  AppPresenter app(engine);
  RecordPresenter& record = *app.record();
  EXPECT_FALSE(record.isOn() || record.isAvailable());
  EXPECT_TRUE(record.sentence().isEmpty());
  record.setOn(true);
  EXPECT_EQ(engine.settings["record_calls"], "on");
  engine.recordView.isOn = true;
  emit engine.settingChanged("record_calls");
  EXPECT_TRUE(record.isOn());
  EXPECT_TRUE(record.sentence().contains("next call"));

  engine.recordView.running = test::callId(3);
  emit engine.callsChanged();
  EXPECT_TRUE(record.isRunning() && record.isAvailable());
  QSignalSpy accepted(&record, &RecordPresenter::accepted), said(&record, &RecordPresenter::said);
  record.save(" ");
  EXPECT_FALSE(record.error().isEmpty());
  record.save("/media/stick/a.record");
  EXPECT_TRUE(record.error().isEmpty());
  EXPECT_EQ(accepted.size(), 1);
  EXPECT_TRUE(record.sentence().contains("/media/stick/a.record"));
  emit engine.callsChanged();
  EXPECT_FALSE(engine.log.join(' ').contains("saveRecord")) << "the call still runs";
  engine.recordView.running.reset();
  engine.recordView.call = test::callId(3);
  emit engine.callsChanged();
  const QString id = QString::fromStdString(test::callId(3).hex());
  EXPECT_EQ(engine.log.last(), "saveRecord " + id + " /media/stick/a.record");
  EXPECT_EQ(said.size(), 1);
  EXPECT_TRUE(record.sentence().contains("kept"));

  engine.faultOfReport = Fault{.stage = "store", .code = "disk_full"};
  record.save("/media/stick/b.record");
  EXPECT_FALSE(record.error().isEmpty());
  record.forgetError();
  EXPECT_TRUE(record.error().isEmpty());
  engine.recordView.isCut = true;
  emit engine.callsChanged();
  EXPECT_TRUE(record.sentence().contains("only its beginning"));
}

// ---- the voice

TEST_F(Sound, theSettingsOfTheVoiceAreKeptAsWordsAndShownAsTheEngineSays) {
  AppPresenter app(engine);
  SoundPresenter& sound = *app.sound();
  EXPECT_TRUE(sound.echo() && sound.noise() && sound.level() && sound.levelOthers());
  EXPECT_FALSE(sound.lowDelay() || sound.silenceSaving());
  sound.setNoise(false);
  sound.setTalkMode(2);
  sound.setLowDelay(true);
  sound.setSilenceSaving(true);
  EXPECT_EQ(engine.settings["silence_saving"], "on");
  EXPECT_EQ(engine.settings["noise_reduction"], "off");
  EXPECT_EQ(engine.settings["talk_mode"], "push");
  EXPECT_EQ(engine.settings["low_delay"], "on");
  auto view = engine.audioView;
  view.voice.noiseSuppression = false;
  view.talkMode = media::TalkMode::PushToTalk;
  view.savesSilence = true;
  QSignalSpy changed(&sound, &SoundPresenter::changed);
  engine.setAudio(view);
  EXPECT_EQ(changed.size(), 1);
  EXPECT_FALSE(sound.noise());
  EXPECT_TRUE(sound.silenceSaving());
  EXPECT_EQ(sound.talkMode(), 2);
  EXPECT_TRUE(sound.talkSentence().contains("hold T"));
  engine.setAudio(view);
  EXPECT_EQ(changed.size(), 1) << "a meter that moves is no setting";
}

TEST_F(Sound, whoSpeaksUnheardIsToldWhatToDo) {
  AppPresenter app(engine);
  auto call = test::activeCall(chiara());
  call.muted = call.isSpeakingUnheard = true;
  engine.setCalls({call});
  EXPECT_EQ(app.call()->shown().unheardTitle, "You are muted but speaking");
  call.muted = false;
  call.talkMode = media::TalkMode::PushToTalk;
  engine.setCalls({call});
  EXPECT_EQ(app.call()->shown().unheardAdvice, "Hold T while you speak.");
  EXPECT_EQ(app.call()->shown().ownWord, "hold T to speak");
  call.isSpeakingUnheard = false;
  engine.setCalls({call});
  EXPECT_TRUE(app.call()->shown().unheardTitle.isEmpty());
}

TEST_F(Sound, whoTypesAudiblyIsToldWhatToDo) {
  AppPresenter app(engine);
  auto call = test::activeCall(chiara());
  call.isTypingHeard = true;
  engine.setCalls({call});
  EXPECT_EQ(app.call()->shown().unheardTitle, "Your typing can be heard");
  EXPECT_TRUE(app.call()->shown().unheardAdvice.contains("Press M"));
  call.muted = call.isSpeakingUnheard = true;
  engine.setCalls({call});
  EXPECT_EQ(app.call()->shown().unheardTitle, "You are muted but speaking");
  call.muted = call.isSpeakingUnheard = call.isTypingHeard = false;
  engine.setCalls({call});
  EXPECT_TRUE(app.call()->shown().unheardTitle.isEmpty());
}

TEST_F(Sound, theTalkKeyWorksInItsModeAloneAndIsLetGoOfWithTheCall) {
  AppPresenter app(engine);
  auto call = test::activeCall(chiara());
  engine.setCalls({call});
  app.call()->talk(true);
  EXPECT_TRUE(engine.log.isEmpty()) << "the microphone is open anyway";
  call.talkMode = media::TalkMode::PushToTalk;
  engine.setCalls({call});
  app.call()->talk(true);
  app.call()->talk(true);
  EXPECT_EQ(engine.log, QStringList{"talk on"});
  EXPECT_TRUE(app.call()->shown().talking);
  engine.setCalls({});
  app.call()->talk(false);
  EXPECT_EQ(engine.log.last(), "talk off");
}

TEST_F(Sound, howLoudSomebodyIsHeardBelongsToThem) {
  AppPresenter app(engine);
  engine.setCalls({test::activeCall(chiara())});
  app.call()->setVolume(1.5);
  EXPECT_EQ(engine.log.last(),
            "volume " + QString::fromStdString(chiara().fingerprint.hex()) + " 1.50");
  EXPECT_DOUBLE_EQ(app.call()->shown().volume, 1.5);
}

}  // namespace
}  // namespace foyer::app
