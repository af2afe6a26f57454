// How a call sounds, as the window says it: the sentence, the quality, the diagnostics, the voice.
#include <gtest/gtest.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
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

// ---- diagnostics

TEST_F(Sound, theDiagnosticsReadNothingUnlessOpenSeenAndNotPaused) {
  AppPresenter app(engine);
  engine.setCalls({test::measuredCall(chiara())});
  TelemetryPresenter& telemetry = *app.telemetry();
  EXPECT_FALSE(telemetry.isRunning());
  telemetry.toggle();
  EXPECT_TRUE(telemetry.isRunning());
  telemetry.setSeen(false);
  EXPECT_FALSE(telemetry.isRunning());
  telemetry.setSeen(true);
  telemetry.setPaused(true);
  EXPECT_FALSE(telemetry.isRunning());
  telemetry.setPaused(false);
  EXPECT_TRUE(telemetry.isRunning());
  telemetry.toggle();
  EXPECT_FALSE(telemetry.isRunning());
  EXPECT_FALSE(telemetry.isOpen());
}

TEST_F(Sound, theTimerAsksForFreshFigures) {
  AppPresenter app(engine);
  engine.setCalls({test::measuredCall(chiara())});
  app.telemetry()->toggle();
  QSignalSpy sampled(app.telemetry(), &TelemetryPresenter::sampled);
  ASSERT_TRUE(sampled.wait(5000));
  EXPECT_GE(engine.figuresAsked, 1);
  EXPECT_EQ(app.telemetry()->count(), 1);
}

TEST_F(Sound, aMinuteIsKeptAndNoMore) {
  AppPresenter app(engine);
  TelemetryPresenter& telemetry = *app.telemetry();
  auto call = test::measuredCall(chiara());
  telemetry.toggle();
  for (int at = 0; at < 2 * TelemetryPresenter::kSamples + 7; ++at) {
    call.stats.rttMs = at;
    engine.callViews = {call};
    telemetry.sample(1000 + at * TelemetryPresenter::kSampleMs);
  }
  EXPECT_EQ(telemetry.count(), TelemetryPresenter::kSamples);
  EXPECT_FLOAT_EQ(telemetry.at(0).delayMs, TelemetryPresenter::kSamples + 7);
  EXPECT_FLOAT_EQ(telemetry.at(TelemetryPresenter::kSamples - 1).delayMs,
                  2 * TelemetryPresenter::kSamples + 6);
  EXPECT_GE(telemetry.top(TelemetryPresenter::Delay), 2 * TelemetryPresenter::kSamples + 6);
  EXPECT_EQ(telemetry.table().size(), 12);
}

TEST_F(Sound, whatHappensBetweenTwoReadingsBelongsToTheSecond) {
  AppPresenter app(engine);
  TelemetryPresenter& telemetry = *app.telemetry();
  auto call = test::measuredCall(chiara());
  call.stats.underruns = 0;
  engine.callViews = {call};
  telemetry.toggle();
  telemetry.sample(1000);
  EXPECT_FLOAT_EQ(telemetry.at(0).concealedPercent, 0) << "what was before is not now";
  call.stats.receiving.recovery.plc += 5;  // 50 ms of 250
  call.stats.receiving.recovery.late += 1;
  call.stats.receiving.recovery.decoded += 9;
  call.stats.underruns = 1;
  engine.callViews = {call};
  telemetry.sample(1250);
  EXPECT_FLOAT_EQ(telemetry.at(1).concealedPercent, 20);
  EXPECT_FLOAT_EQ(telemetry.at(1).latePercent, 10);
  EXPECT_TRUE(telemetry.at(1).isUnderrun);
  telemetry.sample(1500);
  EXPECT_FALSE(telemetry.at(2).isUnderrun);
}

TEST_F(Sound, theVerdictRemembersTheWorstOfTheMinute) {
  AppPresenter app(engine);
  app.telemetry()->toggle();
  test::playMinute(engine, *app.telemetry(), test::measuredCall(chiara()));
  EXPECT_EQ(app.telemetry()->title(), "Good again");
  EXPECT_TRUE(app.telemetry()->detail().startsWith("8 % loss 21 s ago. "));
}

QString textOf(TelemetryPresenter& telemetry) {
  return QString::fromUtf8(telemetry.report()->text());
}

TEST_F(Sound, aReportNamesNobody) {
  AppPresenter app(engine);
  TelemetryPresenter& telemetry = *app.telemetry();
  const auto call = test::measuredCall(chiara());
  telemetry.toggle();
  test::playMinute(engine, telemetry, call);
  telemetry.prepareReport();
  telemetry.copyReport();
  const QString copied = QGuiApplication::clipboard()->text();
  for (const QString& text : {textOf(telemetry), copied})
    for (const QString& secret :
         {QString("Chiara"), QString("Naledi"), idOf(call), QString::fromStdString(call.peer.hex()),
          QString("Built-in"), QString("192.168"), QString("428 913"), QString("anchor")})
      EXPECT_FALSE(text.contains(secret)) << secret.toStdString();
  const QJsonObject report = QJsonDocument::fromJson(telemetry.report()->text()).object();
  EXPECT_EQ(report["kind"], "foyer-call-report");
  EXPECT_EQ(report["samples"].toArray().size(), TelemetryPresenter::kSamples);
  EXPECT_EQ(report["call"].toObject()["recovery"].toObject()["copies"].toInt(), 1210);
  for (const QString& figure : telemetry.figures()) EXPECT_TRUE(copied.contains(figure));
}

TEST_F(Sound, thePathIsTheSameInBothPlacesAndTheRelayIsNamedOnTheScreenAlone) {
  engine.relayViews[0].carrier = client::RelayCarrier::Tcp;
  engine.relayViews[0].carrierPort = 443;
  AppPresenter app(engine);
  TelemetryPresenter& telemetry = *app.telemetry();
  auto call = test::measuredCall(chiara());
  call.stats.path = "relay";
  engine.setCalls({call});
  telemetry.toggle();
  telemetry.sample(1000);
  EXPECT_EQ(telemetry.figures().last(), app.path()->sentence());
  EXPECT_EQ(telemetry.figures().last(), app.call()->shown().path);
  EXPECT_EQ(telemetry.figures().last(),
            "Through Hana’s desk over TCP 443, because UDP is blocked here");
  telemetry.copyReport();
  const QString copied = QGuiApplication::clipboard()->text();
  EXPECT_FALSE(copied.contains("Hana"));
  EXPECT_TRUE(copied.contains("Through the relay over TCP 443, because UDP is blocked here"));
  // Two relays: by which of them they met is said of a direct call, too.
  call.stats.path = "lan";
  engine.relayViews = test::joinedRelays();
  engine.setCalls({call});
  telemetry.sample(3000);
  EXPECT_EQ(telemetry.figures().last(), "Direct over LAN, called through Hana’s desk");
  EXPECT_EQ(telemetry.figures().last(), app.path()->sentence());
  EXPECT_EQ(telemetry.namelessFigures().last(), "Direct over LAN");
}

TEST_F(Sound, allOfAReportIsShownBeforeItIsSaved) {
  engine.logLines = test::logOfAMorning();
  AppPresenter app(engine);
  TelemetryPresenter& telemetry = *app.telemetry();
  telemetry.toggle();
  test::playMinute(engine, telemetry, test::measuredCall(chiara()));
  telemetry.prepareReport();
  const QStringList lines = telemetry.report()->lines();
  EXPECT_EQ(lines.join(u'\n') + u'\n', textOf(telemetry));
  EXPECT_GT(lines.size(), 3000) << "a minute of readings";
  EXPECT_FALSE(lines.contains(QString()));
  telemetry.report()->forget();
  EXPECT_TRUE(telemetry.report()->lines().isEmpty());
}

TEST_F(Sound, aReportIsSavedWhereThePersonSaysOrTheReasonIsGiven) {
  AppPresenter app(engine);
  TelemetryPresenter& telemetry = *app.telemetry();
  ReportPresenter& report = *telemetry.report();
  telemetry.toggle();
  test::playMinute(engine, telemetry, test::measuredCall(chiara()));
  telemetry.prepareReport();
  report.save("  ");
  EXPECT_FALSE(report.error().isEmpty());
  engine.faultOfReport = Fault{.stage = "storage", .code = "exists"};
  report.save("/media/stick/report.json");
  EXPECT_EQ(report.error(),
            "There is already a file of this name. Nothing was overwritten. Choose another name.");
  engine.faultOfReport.reset();
  QSignalSpy saved(&report, &ReportPresenter::saved);
  report.save("/media/stick/report.json");
  EXPECT_TRUE(report.error().isEmpty());
  EXPECT_EQ(saved.size(), 1);
  EXPECT_EQ(engine.log.last(), "saveReport /media/stick/report.json");
  EXPECT_EQ(engine.savedReport, report.text());
}

TEST_F(Sound, twoReportsOfOneDayAreTwoFiles) {
  const ReportPresenter report(engine);
  EXPECT_TRUE(QRegularExpression("/foyer/diagnostics/foyer-call-\\d{4}(-\\d\\d){5}\\.json$")
                  .match(report.suggestedPath())
                  .hasMatch())
      << report.suggestedPath().toStdString();
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

TEST_F(Sound, theDiagnosticsEndWithTheCall) {
  AppPresenter app(engine);
  auto call = test::measuredCall(chiara());
  engine.setCalls({call});
  app.telemetry()->toggle();
  call.state = engine::CallState::Ended;
  call.reason = engine::EndReason::RemoteHangup;
  engine.setCalls({call});
  EXPECT_FALSE(app.telemetry()->isOpen());
  EXPECT_FALSE(app.telemetry()->isRunning());
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
