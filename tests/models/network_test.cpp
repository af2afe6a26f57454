// The network page, how calls connect, and the path of a call in words.
#include <gtest/gtest.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <set>

#include "app/foyer/app_presenter.h"
#include "app/foyer/clock.h"
#include "app/foyer/path_text.h"
#include "app/foyer/telemetry_report.h"
#include "tests/support/screen_scenes.h"

namespace foyer::app {
namespace {

using client::PathReason;
using engine::NetworkProblem;

engine::CallView callOn(const char* path, PathReason reason = PathReason::None) {
  engine::CallView call = test::activeCall(test::lobbyPeople()[1]);
  call.stats.path = path;
  call.stats.pathReason = reason;
  return call;
}

QString sentence(const engine::CallView& call, const QString& relay = {}, int tcpPort = 0) {
  return pathTextOf(call, {relay, tcpPort}).sentence;
}

TEST(PathText, everyWayAndEveryReasonHasASentenceOfItsOwn) {
  std::set<QString> sentences;
  for (const char* path : {"lan", "direct_ipv4", "direct_ipv6", "turn"})
    EXPECT_TRUE(sentences.insert(sentence(callOn(path))).second) << path;
  for (int at = 0; at <= static_cast<int>(PathReason::Lost); ++at) {
    const QString said = sentence(callOn("relay", static_cast<PathReason>(at)), "Hana’s desk");
    EXPECT_TRUE(said.startsWith("Through Hana’s desk")) << said.toStdString();
    EXPECT_TRUE(sentences.insert(said).second) << said.toStdString();
  }
  EXPECT_EQ(sentence(callOn("relay", PathReason::BothHard), "Hana’s desk"),
            "Through Hana’s desk, because both routers are too strict for a direct call");
  EXPECT_EQ(sentence(callOn("relay", PathReason::Looking)),
            "Through the relay, while a direct way is looked for");
}

TEST(PathText, aRelayOverTcpIsSaidWithItsPort) {
  test::ScriptedEngine engine;
  test::fillLobby(engine);
  engine.relayViews[0].carrier = client::RelayCarrier::Tcp;
  engine.relayViews[0].carrierPort = 443;
  auto call = callOn("relay", PathReason::NoAnswer);
  EXPECT_EQ(pathTextOf(call, relayOnPath(engine, call)).sentence,
            "Through Hana’s desk over TCP 443, because UDP is blocked here");
  EXPECT_EQ(sentence(callOn("lan"), {}, 443), "Direct over LAN") << "the relay is beside it";
  call.relay = test::key(0x77);
  EXPECT_TRUE(pathTextOf(call, relayOnPath(engine, call)).sentence.startsWith("Through the relay"));
}

TEST(PathText, whoAskedForPrivacyIsSaid) {
  auto call = callOn("relay", PathReason::Private);
  EXPECT_TRUE(sentence(call).endsWith("because the other side asked for privacy"));
  call.isOwnPrivate = true;
  EXPECT_TRUE(sentence(call).endsWith("told to your contacts alone"));
  call.isPolicyChosen = true;
  EXPECT_TRUE(sentence(call).endsWith("because you called without telling your address"));
  call.direction = engine::CallDirection::Incoming;
  EXPECT_TRUE(sentence(call).endsWith("without telling your address"));
}

TEST(PathText, aStepHasASignATimeAndWordsAndItsAddressOnlyWhenAskedFor) {
  std::set<QString> steps;
  for (int at = 0; at <= static_cast<int>(client::PathStep::NetworkChanged); ++at) {
    engine::PathRow row{.atMs = 762'340, .step = static_cast<client::PathStep>(at)};
    const QStringList cells = pathCells(row, true);
    ASSERT_EQ(cells.size(), pathHead().size() + 1);
    EXPECT_TRUE(QStringList({"check", "info", "warning"}).contains(cells[0]));
    EXPECT_EQ(cells[1], "12:42.34");
    EXPECT_TRUE(steps.insert(cells[2]).second) << cells[2].toStdString();
    EXPECT_TRUE(cells[3].isEmpty() && cells[4].isEmpty()) << "a step without an address";
  }
  engine::PathRow row{.step = client::PathStep::Asked,
                      .kind = wire::CandidateKind::Predicted,
                      .address = SocketAddress::parse("203.0.113.9:4710"),
                      .masked = engine::MaskedAddress{.host = 2, .port = 1},
                      .reason = "birthday"};
  EXPECT_EQ(pathCells(row, false).mid(3),
            QStringList({"predicted", "public IPv4 2, port 1", "many ports are tried"}));
  EXPECT_EQ(pathCells(row, true)[4], "203.0.113.9:4710");
  row.reason = "of_a_later_version";
  EXPECT_EQ(pathCells(row, true)[5], "of a later version") << "said all the same";
}

TEST(PathText, aReportMasksEveryAddress) {
  test::ScriptedEngine engine;
  engine.callViews = {test::measuredCall(test::lobbyPeople()[1])};
  AppPresenter app(engine);
  app.telemetry()->toggle();
  app.telemetry()->sample(steadyNowMs());
  app.path()->setAddressesShown(true);
  app.telemetry()->prepareReport();
  const QString report = QString::fromUtf8(app.telemetry()->report()->text());
  for (const char* part : {"192.168", "198.51", "203.0.113", "2001:db8"})
    EXPECT_FALSE(report.contains(part)) << part;
  EXPECT_TRUE(report.contains("public_v4_1/1"));
  const QJsonObject call = QJsonDocument::fromJson(report.toUtf8()).object()["call"].toObject();
  EXPECT_EQ(call["path"].toString(), "direct_ipv6");
  EXPECT_EQ(call["path_reason"].toString(), "none");
}

TEST(NetworkCheckText, everyProblemHasAVerdictFindingsAndAdvice) {
  for (const auto problem :
       {NetworkProblem::None, NetworkProblem::NoNetwork, NetworkProblem::NoObservers,
        NetworkProblem::NothingAnswers, NetworkProblem::Captive, NetworkProblem::UdpBlocked,
        NetworkProblem::Slow}) {
    auto view = test::checkedHome();
    view.problem = problem;
    const NetworkVerdict verdict = verdictOf(view);
    EXPECT_FALSE(verdict.title.isEmpty());
    EXPECT_FALSE(verdict.title.endsWith('.'));
    EXPECT_TRUE(verdict.sentence.endsWith('.'));
    EXPECT_EQ(adviceOf(view).isEmpty(), problem == NetworkProblem::None);
    for (const QStringList& row : findingsOf(view, false)) {
      ASSERT_EQ(row.size(), 4);
      EXPECT_NE(row[1], "Also") << "a row without a title: " << row[3].toStdString();
    }
  }
  EXPECT_EQ(verdictOf(test::checkedHome()).severity, NetworkSeverity::Good);
  EXPECT_EQ(verdictOf(test::checkedProblem(NetworkProblem::UdpBlocked)).severity,
            NetworkSeverity::Note);
  EXPECT_EQ(verdictOf(test::checkedProblem(NetworkProblem::NothingAnswers)).severity,
            NetworkSeverity::Trouble);
}

// Every finding that the engine has a sentence for has its own row.
TEST(NetworkCheckText, everyFindingOfTheEngineHasARow) {
  std::vector<engine::NetworkCheckView> views = {test::checkedHome(), test::checkedStrict()};
  auto odd = test::checkedHome();
  odd.report.ipv6 = net::NatAnswer::Yes;
  odd.report.translated = net::NatAnswer::No;
  odd.report.filtering = net::NatFiltering::EndpointIndependent;
  odd.report.lifetimeBelow = std::chrono::seconds(40);
  odd.report.disagreeing = {*SocketAddress::parse("192.0.2.1:3478")};
  odd.mappingV4.isPrivate = true;
  views.push_back(odd);
  odd.report.ipv4 = net::NatAnswer::No;
  odd.report.lifetimeBelow.reset();
  odd.report.lifetimeAtLeast = std::chrono::seconds(120);
  odd.report.translated = net::NatAnswer::Yes;
  odd.report.mapping = net::NatMapping::AddressDependent;
  odd.report.allocation.pattern = net::PortPattern::Sequential;
  views.push_back(odd);
  odd.isInsideOnly = true;
  views.push_back(odd);
  for (const auto& view : views)
    for (const QStringList& row : findingsOf(view, false))
      EXPECT_NE(row[1], "Also") << row[3].toStdString();
}

TEST(NetworkCheckText, aRefusedPortSaysWhyForEachWay) {
  QString said;
  for (const QStringList& row : findingsOf(test::checkedStrict(), false))
    if (row[1] == "Opened port") said = row[3];
  EXPECT_TRUE(said.contains("UPnP: there is another router in between")) << said.toStdString();
}

TEST(NetworkCheckText, addressesAreInTheReportOnlyWhenAskedFor) {
  const auto view = test::checkedHome();
  EXPECT_FALSE(networkReport(view, false).contains("203.0.113.9"));
  EXPECT_TRUE(networkReport(view, true).contains("203.0.113.9:4710"));
  EXPECT_FALSE(networkReport(view, false).contains("What you can do"));
}

TEST(NetworkPresenter, aCheckRunsAndItsProgressIsAGuessThatNeverEndsEarly) {
  test::ScriptedEngine engine;
  NetworkPresenter network(engine);
  EXPECT_FALSE(network.isDone());
  network.check(true);
  EXPECT_EQ(engine.log.last(), "networkCheck slow");
  EXPECT_TRUE(network.isRunning());
  auto view = engine.networkView;
  view.isSlow = false;
  view.startedAtMs = steadyNowMs() - 600'000;
  engine.setNetworkCheck(view);
  EXPECT_LT(network.progress(), 1.0);
  EXPECT_TRUE(network.when().startsWith("Checking, 600 s"));
  engine.setNetworkCheck(test::checkedHome());
  EXPECT_FALSE(network.isRunning());
  EXPECT_EQ(network.progress(), 0.0);
  EXPECT_TRUE(network.when().contains("took 2.8 s")) << network.when().toStdString();
}

TEST(ConnectionsPresenter, aNameThatLeadsNowhereIsTheTurnServersAndNotTheRelays) {
  test::ScriptedEngine engine;
  ConnectionsPresenter connections(engine);
  engine.turnTest.fault = Fault{.stage = "resolve", .code = "not_found"};
  connections.testTyped("turn:nowhere.example", "naledi", "x");
  EXPECT_TRUE(connections.serverError().startsWith("The server’s name leads nowhere"));
  EXPECT_TRUE(connections.serverVerdict().isEmpty());
}

TEST(ConnectionsPresenter, aServerThatIsLentIsShownAndCannotBeRemoved) {
  test::ScriptedEngine engine;
  test::fillLobby(engine);
  engine.turnViews = test::turnServers();
  ConnectionsPresenter connections(engine);
  const auto rows = connections.servers();
  ASSERT_EQ(rows.size(), 3);
  EXPECT_EQ(rows[0][5], "own");
  EXPECT_EQ(rows[1][4], "warning") << "its password is gone";
  EXPECT_TRUE(rows[2][2].startsWith("lent by Hana’s desk"));
  EXPECT_TRUE(rows[2][5].isEmpty());
  connections.removeServer(2);
  connections.removeServer(7);
  EXPECT_TRUE(engine.log.isEmpty());
}

}  // namespace
}  // namespace foyer::app
