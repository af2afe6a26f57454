// The diagnostics beside a call: its readings, figures, table and report.
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
#include "app/foyer/telemetry_plot.h"
#include "tests/support/screen_scenes.h"

namespace foyer::app {
namespace {

struct Telemetry : testing::Test {
  test::ScriptedEngine engine;
  Telemetry() { test::fillLobby(engine); }
  [[nodiscard]] engine::PersonView chiara() const { return engine.personViews[1]; }
  [[nodiscard]] QString idOf(const engine::CallView& call) const {
    return QString::fromStdString(call.call.hex());
  }
};

TEST_F(Telemetry, theDiagnosticsReadNothingUnlessOpenSeenAndNotPaused) {
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

TEST_F(Telemetry, theTimerAsksForFreshFigures) {
  AppPresenter app(engine);
  engine.setCalls({test::measuredCall(chiara())});
  app.telemetry()->toggle();
  QSignalSpy sampled(app.telemetry(), &TelemetryPresenter::sampled);
  ASSERT_TRUE(sampled.wait(5000));
  EXPECT_GE(engine.figuresAsked, 1);
  EXPECT_EQ(app.telemetry()->count(), 1);
}

TEST_F(Telemetry, aMinuteIsKeptAndNoMore) {
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

TEST_F(Telemetry, whatHappensBetweenTwoReadingsBelongsToTheSecond) {
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

TEST_F(Telemetry, theVerdictRemembersTheWorstOfTheMinute) {
  AppPresenter app(engine);
  app.telemetry()->toggle();
  test::playMinute(engine, *app.telemetry(), test::measuredCall(chiara()));
  EXPECT_EQ(app.telemetry()->title(), "Good again");
  EXPECT_TRUE(app.telemetry()->detail().startsWith("8 % loss 21 s ago. "));
}

QString textOf(TelemetryPresenter& telemetry) {
  return QString::fromUtf8(telemetry.report()->text());
}

TEST_F(Telemetry, aReportNamesNobody) {
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
  const QStringList titles = telemetry.figureNames();
  ASSERT_EQ(telemetry.figures().size(), titles.size());
  for (qsizetype at = 0; at < titles.size(); ++at) {
    const bool isName = QStringList{"Microphone", "Speakers", "Their key"}.contains(titles[at]);
    EXPECT_EQ(copied.contains(titles[at] + ": " + telemetry.figures()[at]), !isName)
        << titles[at].toStdString();
  }
}

TEST_F(Telemetry, theFiguresNameDevicesBuffersCipherAndKeyOnTheScreen) {
  AppPresenter app(engine);
  TelemetryPresenter& telemetry = *app.telemetry();
  auto call = test::measuredCall(chiara());
  const auto figure = [&](const char* title) {
    engine.callViews = {call};
    telemetry.retranslate();
    return telemetry.figures().value(telemetry.figureNames().indexOf(title));
  };
  engine.callViews = {call};
  telemetry.toggle();
  telemetry.sample(1000);
  EXPECT_EQ(figure("Sound buffers"), "in: 10 ms asked, 10 given · out: 20 ms asked, 20.5 given");
  EXPECT_EQ(figure("Microphone"), "Built-in microphone");
  EXPECT_EQ(figure("Speakers"), "Headphones");
  EXPECT_EQ(figure("Encryption"), "ChaCha20-Poly1305 · X25519, Ed25519");
  EXPECT_TRUE(figure("Their key").startsWith(QString::fromStdString(call.keyTag + " · ")));
  call.stats.captureGrantedMs.reset();
  EXPECT_TRUE(figure("Sound buffers").startsWith("in: 10 ms asked · out"));
  call.stats.captureFragmentMs = call.stats.playoutBufferMs = 0;
  EXPECT_EQ(figure("Sound buffers"), "no sound device is open");
  EXPECT_EQ(figure("Microphone"), "none: a file, or silence");
  // The chosen one is unplugged: the call goes on with the default one.
  call.stats.captureFragmentMs = 10;
  engine.audioView.inputs = {{"usb", "USB headset", true, false}, {"old", "Old one", false, false}};
  EXPECT_EQ(figure("Microphone"), "USB headset");
}

TEST_F(Telemetry, thePathIsTheSameInBothPlacesAndTheRelayIsNamedOnTheScreenAlone) {
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

TEST_F(Telemetry, allOfAReportIsShownBeforeItIsSaved) {
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

TEST_F(Telemetry, aReportIsSavedWhereThePersonSaysOrTheReasonIsGiven) {
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

TEST_F(Telemetry, twoReportsOfOneDayAreTwoFiles) {
  const ReportPresenter report(engine);
  EXPECT_TRUE(QRegularExpression("/foyer/diagnostics/foyer-call-\\d{4}(-\\d\\d){5}\\.json$")
                  .match(report.suggestedPath())
                  .hasMatch())
      << report.suggestedPath().toStdString();
  const RecordPresenter timing(engine);
  EXPECT_TRUE(QRegularExpression("/foyer-call-\\d{4}(-\\d\\d){5}\\.record$")
                  .match(timing.suggestedPath())
                  .hasMatch())
      << timing.suggestedPath().toStdString();
}

TEST_F(Telemetry, theDiagnosticsEndWithTheCall) {
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

TEST_F(Telemetry, theTableAndThePointerSayWhatTheCurvesShow) {
  AppPresenter app(engine);
  TelemetryPresenter& telemetry = *app.telemetry();
  auto call = test::measuredCall(chiara());
  telemetry.toggle();
  for (int at = 0; at < 5; ++at) {
    call.stats.tx.bitrateKbps = 46;
    call.stats.rx.bitrateKbps = 45;
    call.stats.rx.loss = .03;
    call.stats.receiving.recovery.late += 1;
    call.stats.receiving.recovery.decoded += 9;
    call.stats.receiving.recovery.plc += 5;
    call.levelInDb = at == 2 ? -24.f : -50.f;
    call.levelOutDb = -90.f;
    call.stats.underruns += at == 4 ? 1 : 0;
    engine.callViews = {call};
    telemetry.sample(1000 + at * TelemetryPresenter::kSampleMs);
  }
  telemetry.retranslate();  // the figures come once a second
  ASSERT_EQ(telemetry.tableHead().size(), telemetry.tableUnits().size());
  ASSERT_EQ(telemetry.table().size(), 1);
  ASSERT_EQ(telemetry.table()[0].size(), telemetry.tableHead().size());
  const QString row = telemetry.spokenRow(telemetry.table()[0]);
  for (const char* part : {"ago 0 s,", "lost 3 %", "late 8 %", "filled in 16 %", "sent 46 kbit/s",
                           "heard 45 kbit/s", "you −24 dB", "them silent", "empty 1"})
    EXPECT_TRUE(row.contains(part)) << part << " is not in " << row.toStdString();

  TelemetryPlot plot;
  plot.setTelemetry(&telemetry);
  plot.setWidth(TelemetryPresenter::kSamples);
  const auto reading = [&plot](int which) {
    plot.setProperty("plot", which);
    return plot.readingAt(plot.width());
  };
  EXPECT_EQ(reading(TelemetryPresenter::Loss), "0 s ago: lost 3 % · filled in 20 % · late 10 %");
  EXPECT_EQ(reading(TelemetryPresenter::Rate), "0 s ago: sent 46 · heard 45 kbit/s · Clear 24k");
  EXPECT_EQ(reading(TelemetryPresenter::Level), "0 s ago: you −50 · them – dB · ran empty");
}

}  // namespace
}  // namespace foyer::app
