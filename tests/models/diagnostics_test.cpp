#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>

#include "app/foyer/app_presenter.h"
#include "app/foyer/capability_text.h"
#include "app/foyer/telemetry_report.h"
#include "tests/support/diagnostics_scenes.h"

namespace foyer::app {
namespace {

class Diagnostics : public testing::Test {
 protected:
  void add(const char* name, engine::LogLevel level, engine::LogRoom room, const char* about = "") {
    engine.logLines.push_back(
        {engine.logLines.size() + 1, 0, unixNowMs(), level, room, name, about});
  }
  void grow() { emit engine.logGrew(); }

  test::ScriptedEngine engine;
};

TEST_F(Diagnostics, theLogGrowsRowByRowAndOnlyWhileItIsShown) {
  LogModel model(engine);
  const QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
  QSignalSpy inserted(&model, &LogModel::rowsInserted), reset(&model, &LogModel::modelReset);
  add("program:ready", engine::LogLevel::Note, engine::LogRoom::Program);
  grow();
  EXPECT_EQ(model.count(), 0) << "nobody looks";
  model.open();
  EXPECT_EQ(model.count(), 1);
  add("call:active", engine::LogLevel::Note, engine::LogRoom::Calls, "call=09090909…");
  add("relay:lost", engine::LogLevel::Warning, engine::LogRoom::Relays);
  grow();
  EXPECT_EQ(model.count(), 3);
  ASSERT_EQ(inserted.size(), 2);
  EXPECT_EQ(inserted[1][1].toInt(), 1);
  EXPECT_EQ(inserted[1][2].toInt(), 2);
  EXPECT_TRUE(reset.isEmpty());
  EXPECT_EQ(model.data(model.index(1), LogModel::NameRole).toString(), "call:active");
  model.close();
  add("call:ended", engine::LogLevel::Note, engine::LogRoom::Calls);
  grow();
  EXPECT_EQ(model.count(), 3);
  model.open();
  EXPECT_EQ(model.count(), 4);
}

TEST_F(Diagnostics, theLogIsFilteredByHowBadWhatAboutAndASearch) {
  LogModel model(engine);
  const QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
  engine.logLines = test::logOfAMorning();
  model.open();
  const int all = model.count();
  EXPECT_EQ(all, static_cast<int>(engine.logLines.size()));
  model.setLevel(1);
  EXPECT_EQ(model.count(), 3);
  model.setLevel(2);
  EXPECT_EQ(model.count(), 1);
  EXPECT_EQ(model.data(model.index(0), LogModel::LevelTextRole).toString(), "Error");
  model.setLevel(0);
  model.setRoom(3);  // sound
  EXPECT_EQ(model.count(), 4);
  model.setFilter("CAPTURE");
  EXPECT_EQ(model.count(), 3);
  // What comes is filtered too.
  add("audio:muted", engine::LogLevel::Note, engine::LogRoom::Sound, "muted=yes");
  add("audio:started", engine::LogLevel::Note, engine::LogRoom::Sound, "direction=capture");
  grow();
  EXPECT_EQ(model.count(), 4);
  EXPECT_EQ(model.total(), all + 2);
  model.setFilter({});
  model.setRoom(0);
  EXPECT_EQ(model.count(), all + 2);
}

TEST_F(Diagnostics, aPausedLogStandsAndThenHasEverything) {
  LogModel model(engine);
  model.open();
  model.setPaused(true);
  add("call:active", engine::LogLevel::Note, engine::LogRoom::Calls);
  grow();
  EXPECT_EQ(model.count(), 0);
  model.setPaused(false);
  EXPECT_EQ(model.count(), 1);
}

TEST_F(Diagnostics, theLogIsBoundedAndTheOldestGiveWay) {
  LogModel model(engine);
  const QAbstractItemModelTester tester(&model,
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
  model.open();
  model.setLevel(1);
  for (std::size_t i = 0; i < LogModel::kMaxRows; ++i)
    add("relay:lost", i < 2 ? engine::LogLevel::Warning : engine::LogLevel::Note,
        engine::LogRoom::Relays);
  grow();
  EXPECT_EQ(model.count(), 2);
  add("relay:lost", engine::LogLevel::Warning, engine::LogRoom::Relays);
  grow();
  EXPECT_EQ(model.total(), static_cast<int>(LogModel::kMaxRows));
  EXPECT_EQ(model.count(), 2) << "the first warning fell out, the newest came";
}

TEST_F(Diagnostics, whatIsShownIsCopied) {
  LogModel model(engine);
  engine.logLines = test::logOfAMorning();
  model.open();
  model.setLevel(2);
  QSignalSpy said(&model, &LogModel::said);
  model.copy();
  const QString text = QGuiApplication::clipboard()->text();
  EXPECT_EQ(text.count('\n'), 1);
  EXPECT_TRUE(text.contains("Error fault stage=capture code=no_microphone")) << text.toStdString();
  EXPECT_EQ(said.size(), 1);
}

TEST_F(Diagnostics, everyReasonOfACapabilityHasAWord) {
  using engine::Capability;
  using engine::CapabilityState;
  // What capabilities.cpp gives.
  const std::vector<engine::CapabilityView> all{
      {Capability::Microphone, CapabilityState::Available, "not_a_device"},
      {Capability::Microphone, CapabilityState::Missing, "no_device"},
      {Capability::Microphone, CapabilityState::Missing, "no_sound_server"},
      {Capability::Output, CapabilityState::Missing, "device_busy"},
      {Capability::Output, CapabilityState::NotKnown, "asking"},
      {Capability::KeyRing, CapabilityState::Missing, "switched_off"},
      {Capability::KeyRing, CapabilityState::Missing, "no_session_bus"},
      {Capability::KeyRing, CapabilityState::Missing, "in_file"},
      {Capability::KeyRing, CapabilityState::Missing, "secret_lost"},
      {Capability::Mdns, CapabilityState::Missing, "off"},
      {Capability::Mdns, CapabilityState::Missing, "no_daemon"},
      {Capability::Ipv6, CapabilityState::Missing, "no_socket"},
      {Capability::Ipv6, CapabilityState::Missing, "no_address"},
      {Capability::Ipv6, CapabilityState::Missing, "no_route"},
      {Capability::Ipv6, CapabilityState::NotKnown, "not_running"},
      {Capability::PortMapping, CapabilityState::Available, "pcp"},
      {Capability::PortMapping, CapabilityState::Available, "nat-pmp"},
      {Capability::PortMapping, CapabilityState::Available, "upnp"},
      {Capability::PortMapping, CapabilityState::NotKnown, "not_needed_yet"},
      {Capability::PortMapping, CapabilityState::Missing, "direct_calls_off"},
      {Capability::PortMapping, CapabilityState::Missing, "refused"},
      {Capability::PortMapping, CapabilityState::Missing, "no_router"},
      {Capability::Segmentation, CapabilityState::Missing, "kernel"},
      {Capability::RealTimeNet, CapabilityState::Missing, "refused"},
      {Capability::RealTimeAudio, CapabilityState::NotKnown, "not_opened"},
      {Capability::Dred, CapabilityState::Missing, "not_built"},
      {Capability::Osce, CapabilityState::NotKnown, "asking"}};
  std::set<QString> titles;
  for (const auto& view : all) {
    const CapabilityText text = textOf(view);
    EXPECT_FALSE(text.title.isEmpty());
    EXPECT_GT(text.sentence.size(), 12) << engine::toString(view.what) << ' ' << view.reason;
    const bool isCode = view.reason.find('_') != std::string::npos;
    EXPECT_FALSE(isCode && text.sentence.contains(QString::fromStdString(view.reason)))
        << "a code is no sentence: " << view.reason;
    titles.insert(text.title);
  }
  EXPECT_EQ(titles.size(), 11U);
}

TEST_F(Diagnostics, versionsAreNeverMadeOneAndARelayThatSaysNothingIsSaidToSayNothing) {
  DiagnosticsPresenter presenter(engine);
  engine.versionsView = test::someVersions();
  const auto relays = presenter.relayVersions();
  ASSERT_EQ(relays.size(), 6);
  EXPECT_EQ(relays[1], "foyer 0.0.9");
  EXPECT_EQ(relays[2], "Relay on this computer");
  EXPECT_EQ(relays[5], "unknown: not connected");
  EXPECT_EQ(presenter.ownVersions()[3], "0b4bea9c1d22");
  engine.versionsView.commit.clear();
  EXPECT_TRUE(presenter.ownVersions()[3].startsWith("unknown"));
  EXPECT_EQ(presenter.protocolVersions()[1], "1");
}

TEST_F(Diagnostics, sendingIsMadeWorseWithinBoundsAndBackToNormal) {
  DiagnosticsPresenter presenter(engine);
  presenter.impair("120", "30", "2,5", "");
  EXPECT_EQ(engine.log.last(), "impair 120 30 2.5 0");
  EXPECT_TRUE(presenter.isImpaired());
  EXPECT_EQ(presenter.impairmentText(), "120 ms of delay · up to 30 ms of jitter · 2.5 % loss");
  EXPECT_EQ(presenter.impairment(), (QStringList{"120", "30", "2.5", ""}));
  const auto asked = engine.log.size();
  for (const auto& [delay, loss, rate] : {std::tuple{"5001", "", ""},
                                          {"x", "", ""},
                                          {"-1", "", ""},
                                          {"", "101", ""},
                                          {"", "", "3"}}) {
    presenter.impair(delay, "", loss, rate);
    EXPECT_FALSE(presenter.impairmentError().isEmpty()) << delay << loss << rate;
  }
  EXPECT_EQ(engine.log.size(), asked) << "and nothing was done";
  presenter.stopImpairing();
  EXPECT_FALSE(presenter.isImpaired());
  EXPECT_TRUE(presenter.impairmentError().isEmpty());
}

TEST_F(Diagnostics, theReportOfACallHasVersionsCapabilitiesImpairmentAndEvents) {
  test::fillLobby(engine);
  engine.versionsView = test::someVersions();
  engine.capabilityViews = test::mixedCapabilities();
  engine.impairmentView.spec.lossPercent = 5;
  engine.logLines = test::logOfAMorning();
  const QString report = QString::fromUtf8(withCapabilities(reportOf({}, {}, engine), engine));
  for (const char* part : {"\"protocol\": 1", "\"build\": \"foyer 0.0.9\"", "\"name\": \"ipv6\"",
                           "\"loss_percent\": 5", "\"event\": \"relay:lost\""})
    EXPECT_TRUE(report.contains(part)) << part;
  EXPECT_FALSE(report.contains(QString::fromStdString(test::key(0x11, 0x77).hex())));
}

TEST_F(Diagnostics, thePageIsOpenedFromACallAndANewCallComesBeforeIt) {
  test::fillLobby(engine);
  AppPresenter app(engine);
  app.showDiagnostics();
  EXPECT_EQ(app.screen(), AppPresenter::Diagnostics);
  EXPECT_TRUE(engine.log.contains("lookAtCapabilities"));
  engine.setCalls({test::activeCall(test::lobbyPeople()[3])});
  EXPECT_EQ(app.screen(), AppPresenter::Call);
  app.showDiagnostics();
  EXPECT_EQ(app.screen(), AppPresenter::Diagnostics);
  app.showLobby();
  EXPECT_EQ(app.screen(), AppPresenter::Call) << "the call went on";
}

// ---- past calls

struct PastCalls : Diagnostics {
  PastCalls() { engine.pastCalls = test::pastCalls(); }
  [[nodiscard]] QString text(int row, int role) const {
    return model.data(model.index(row), role).toString();
  }
  LastReport lastReport{engine};
  PastCallsModel model{engine, lastReport};
  QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

TEST_F(PastCalls, thoseThatHadSoundAreListedNewestFirstWhileThePageIsShown) {
  EXPECT_EQ(model.count(), 0) << "nobody looks";
  EXPECT_EQ(model.chosen(), -1);
  model.open();
  ASSERT_EQ(model.count(), 3);
  EXPECT_EQ(text(0, PastCallsModel::NameRole), "Chiara Rossi");
  EXPECT_TRUE(text(0, PastCallsModel::WhenRole).contains(" · Incoming · "));
  EXPECT_EQ(text(0, PastCallsModel::LengthRole), "23 min");
  EXPECT_EQ(text(1, PastCallsModel::SoundedRole), "Sounded fair");
  EXPECT_TRUE(text(2, PastCallsModel::DescriptionRole).endsWith("4 min, Sounded poor"));
  EXPECT_EQ(model.chosen(), 0) << "the newest is shown";
  EXPECT_TRUE(model.title().startsWith("Chiara Rossi · "));
  QSignalSpy removed(&model, &PastCallsModel::rowsRemoved);
  model.close();
  engine.clearHistory();
  EXPECT_TRUE(removed.isEmpty());
}

TEST_F(PastCalls, theFiguresAreThoseOfTheChosenOneAndGoWithTheCall) {
  model.open();
  model.setChosen(1);
  model.setChosen(99);
  EXPECT_EQ(model.chosen(), 1);
  ASSERT_EQ(model.figures().size(), model.figureNames().size());
  const auto figure = [&](const char* name) {
    return model.figures().value(model.figureNames().indexOf(QString::fromUtf8(name)));
  };
  EXPECT_EQ(figure("Verdict"), "Sounded fair");
  EXPECT_EQ(figure("Measured"), "1:12:00 with sound");
  EXPECT_EQ(figure("Path"), "through the relay");
  EXPECT_EQ(figure("Round trip"), "38 ms on average, 212 ms at worst");
  EXPECT_EQ(figure("Lost, incoming"), "0.8 % on average, 13 % at worst");
  EXPECT_EQ(figure("Quality you sent"), "Clear 24k 1:11:03 · Studio 32k 0:57");
  EXPECT_EQ(figure("Quality changes"), "the connection carries more · 2 × packets were lost");
  model.setChosen(0);
  EXPECT_EQ(figure("Path"), "through the relay 0:03 · direct 22:57");
  engine.removePastCall(engine.pastCalls[1].call);
  EXPECT_EQ(model.count(), 2);
  EXPECT_EQ(figure("Verdict"), "Sounded fair") << "of the one that is the newest now";
  // What was never known is said as such.
  auto calls = engine.pastCalls;
  calls[2].figures = engine::CallFigures{.seconds = 2};
  calls[2].quality.clear();
  engine.setHistory(calls);
  EXPECT_EQ(figure("Verdict"), "not known");
  EXPECT_EQ(figure("Round trip"), "not known");
  EXPECT_EQ(figure("Quality changes"), "none");
}

TEST_F(PastCalls, whyThereIsNoneIsSaid) {
  model.open();
  EXPECT_TRUE(model.nothing().isEmpty());
  engine.clearHistory();
  EXPECT_EQ(model.chosen(), -1);
  EXPECT_TRUE(model.figures().isEmpty());
  EXPECT_EQ(model.nothing(), "No calls yet. Calls with sound appear here.");
  engine.setSetting("call_history", "off");
  EXPECT_TRUE(model.nothing().contains("switched off"));
}

TEST_F(PastCalls, whatIsCopiedNamesNobody) {
  model.open();
  model.copy();
  const QByteArray copied = QGuiApplication::clipboard()->text().toUtf8();
  const QJsonObject report = QJsonDocument::fromJson(copied).object();
  EXPECT_EQ(report["kind"], "foyer-call-report");
  EXPECT_TRUE(report["call"].isNull());
  const QJsonObject past = report["past"].toObject();
  EXPECT_EQ(past["quality"], "good");
  EXPECT_EQ(past["rtt_worst_ms"], 212);
  EXPECT_DOUBLE_EQ(past["loss_heard_worst"].toDouble(), .125);
  EXPECT_EQ(past["path_seconds"].toObject()["direct_ipv4"], 1377);
  EXPECT_EQ(past["tier_changes"].toObject()["loss"], 2);
  const auto& call = engine.pastCalls[1];
  for (const std::string& secret : {std::string("Chiara"), call.call.hex(), call.peer.hex(),
                                    std::to_string(call.startedAtUnixMs)})
    EXPECT_FALSE(copied.contains(QByteArray::fromStdString(secret))) << secret;
}

// ---- the report on the call that ended last

struct LastReports : PastCalls {
  LastReports() {
    test::fillLobby(engine);
    call = test::measuredCall(test::lobbyPeople()[1]);
    call.call = engine.pastCalls[1].call;  // the newest that had sound
    model.open();
  }
  void run(int seconds) {
    engine.callViews = {call};
    for (int second = 0; second < seconds; ++second) lastReport.refresh(++now * 1000);
  }
  void end(engine::EndReason reason) {
    engine.callViews = {call};
    engine.callViews.front().state = engine::CallState::Ended;
    engine.callViews.front().reason = reason;
    engine.callViews.front().stats = {};  // the devices are closed
    lastReport.refresh(++now * 1000);
    engine.callViews.clear();
    lastReport.refresh(++now * 1000);
  }
  [[nodiscard]] QJsonObject report() const {
    return QJsonDocument::fromJson(lastReport.text()).object();
  }
  engine::CallView call;
  std::int64_t now = 0;
};

TEST_F(LastReports, aCallThatBrokeOffIsSavedFromThePastCalls) {
  run(5);
  EXPECT_FALSE(model.hasReport()) << "it still runs";
  QSignalSpy changed(&model, &PastCallsModel::chosenChanged);
  end(engine::EndReason::ConnectionLost);
  EXPECT_EQ(changed.size(), 1);
  ASSERT_TRUE(model.hasReport());
  EXPECT_TRUE(model.whyNoReport().isEmpty());
  model.prepareReport();
  EXPECT_EQ(model.report()->text(), lastReport.text());
  EXPECT_EQ(report()["end"], client::toString(engine::EndReason::ConnectionLost));
  EXPECT_EQ(report()["samples"].toArray().size(), 5);
  EXPECT_EQ(report()["call"].toObject()["heard_kbps"], 45) << "of the last moment with sound";
  EXPECT_FALSE(report()["verdict"].toString().isEmpty());
  model.report()->save("/media/stick/report.json");
  EXPECT_EQ(engine.savedReport, lastReport.text());
}

TEST_F(LastReports, anOlderCallHasNoneAndSaysWhy) {
  run(5);
  end(engine::EndReason::RemoteHangup);
  model.setChosen(1);
  EXPECT_FALSE(model.hasReport());
  EXPECT_TRUE(model.whyNoReport().contains("newest call alone"));
  model.prepareReport();
  EXPECT_TRUE(model.report()->text().isEmpty());
}

TEST_F(LastReports, itIsReadOnceASecondAndBounded) {
  run(2);
  for (int quick = 0; quick < 50; ++quick) lastReport.refresh(now * 1000 + quick);
  run(3 * TelemetrySeries::kSamples);
  end(engine::EndReason::RemoteHangup);
  EXPECT_EQ(report()["samples"].toArray().size(), TelemetrySeries::kSamples);
  run(2);
  for (int quick = 0; quick < 50; ++quick) lastReport.refresh(now * 1000 + quick);
  end(engine::EndReason::RemoteHangup);
  EXPECT_EQ(report()["samples"].toArray().size(), 2) << "of the next call; the first is gone";
}

TEST_F(LastReports, itNamesNobody) {
  engine.logLines = test::logOfAMorning();
  run(3);
  end(engine::EndReason::RemoteHangup);
  const QString text = QString::fromUtf8(lastReport.text());
  for (const std::string& secret :
       {std::string("Chiara"), std::string("Naledi"), call.call.hex(), call.peer.hex(),
        call.peer.hex().substr(0, 8), std::string("Built-in"), std::string("192.168")})
    EXPECT_FALSE(text.contains(QString::fromStdString(secret))) << secret;
}

TEST_F(LastReports, itIsForgottenWithTheCallAndNotMadeWhereNoneIsKept) {
  run(3);
  end(engine::EndReason::RemoteHangup);
  ASSERT_TRUE(lastReport.call().has_value());
  engine.removePastCall(engine.pastCalls[0].call);
  EXPECT_TRUE(lastReport.call().has_value()) << "another one was";
  engine.removePastCall(call.call);
  EXPECT_FALSE(lastReport.call().has_value());
  EXPECT_TRUE(lastReport.text().isEmpty());
  engine.setSetting("call_history", "off");
  run(3);
  end(engine::EndReason::RemoteHangup);
  EXPECT_FALSE(lastReport.call().has_value());
}

TEST_F(LastReports, oneThatNobodyAnsweredHasNone) {
  call.state = engine::CallState::Ringing;
  run(3);
  end(engine::EndReason::NoAnswer);
  EXPECT_FALSE(lastReport.call().has_value());
}

}  // namespace
}  // namespace foyer::app
