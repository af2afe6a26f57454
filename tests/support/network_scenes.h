// The scenes about the network: its check, and the servers that help. Part of screen_scenes.h.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "tests/support/screen_scenes.h"

namespace foyer::test {

// A home with one router that keeps one port and opened another.
inline engine::NetworkCheckView checkedHome() {
  engine::NetworkCheckView view;
  view.state = engine::NetworkCheckState::Done;
  view.startedAtMs = app::steadyNowMs() - 62'800;
  view.endedAtMs = app::steadyNowMs() - 60'000;
  view.endedAtUnixMs = app::unixNowMs() - 60'000;
  view.relaysConnected = 1;
  net::NatReport& report = view.report;
  report.udp = report.ipv4 = report.translated = net::NatAnswer::Yes;
  report.ipv6 = report.hairpin = net::NatAnswer::No;
  report.mapping = net::NatMapping::EndpointIndependent;
  report.filtering = net::NatFiltering::AddressDependent;
  report.allocation.pattern = net::PortPattern::Preserving;
  report.mappedV4 = SocketAddress::parse("203.0.113.9:4710");
  report.roundTrip = std::chrono::milliseconds(14);
  report.observersAsked = report.observersAnswered = 3;
  view.outlook = net::NatOutlook::DirectWithMost;
  view.mappingV4.state = engine::PortMappingState::Open;
  view.mappingV4.way = net::MappingWay::Upnp;
  view.mappingV4.external = SocketAddress::parse("203.0.113.9:4710");
  view.mappingV4.isVerified = true;
  return view;
}

// Behind a provider's second router, with a port of its own for each person.
inline engine::NetworkCheckView checkedStrict() {
  engine::NetworkCheckView view = checkedHome();
  view.report.mapping = net::NatMapping::AddressAndPortDependent;
  view.report.filtering = net::NatFiltering::AddressAndPortDependent;
  view.report.allocation.pattern = net::PortPattern::Random;
  view.report.observersAnswered = 1;
  view.outlook = net::NatOutlook::DirectWithEasy;
  view.mappingV4 = {};
  view.mappingV4.state = engine::PortMappingState::Refused;
  view.mappingV4.reasons = {net::MappingFailure::Silent, net::MappingFailure::Silent,
                            net::MappingFailure::BehindAnotherRouter};
  return view;
}

inline engine::NetworkCheckView checkedProblem(engine::NetworkProblem problem) {
  engine::NetworkCheckView view = checkedHome();
  view.problem = problem;
  view.report = {};
  view.report.udp = net::NatAnswer::No;
  view.report.observersAsked = 3;
  view.outlook = net::NatOutlook::RelayOverTcp;
  view.mappingV4 = {};
  view.relaysConnected = problem == engine::NetworkProblem::UdpBlocked ? 1 : 0;
  return view;
}

inline std::vector<engine::TurnServerView> turnServers() {
  engine::TurnServerView own{.link = "turns:turn.example.org:443?transport=tcp",
                             .host = "turn.example.org:443",
                             .transport = "tls",
                             .userName = "naledi",
                             .hasPassword = true};
  engine::TurnServerView forgotten{
      .link = "turn:192.0.2.44", .host = "192.0.2.44", .transport = "udp", .userName = "workshop"};
  engine::TurnServerView lent{.link = "turn:relay.example.net",
                              .host = "relay.example.net",
                              .transport = "udp",
                              .userName = "1700000000:k7",
                              .hasPassword = true,
                              .fromRelay = relay(engine::RelayState::Connected).fingerprint,
                              .goodUntilMs = app::unixNowMs() + std::int64_t{6 * 3'600'000},
                              .isInUse = true};
  return {own, forgotten, lent};
}

inline std::vector<Scene> networkScenes() {
  const auto checked = [](const engine::NetworkCheckView& view) {
    return [view](ScriptedEngine& engine) {
      fillLobby(engine);
      engine.networkView = view;
    };
  };
  const auto show = [](ScriptedEngine&, app::AppPresenter& app) { app.showNetwork(); };
  auto running = checkedHome(), first = engine::NetworkCheckView{};
  running.state = first.state = engine::NetworkCheckState::Running;
  running.startedAtMs = first.startedAtMs = app::steadyNowMs() - 3'000;
  running.isSlow = true;
  const auto servers = [](ScriptedEngine& engine) {
    fillLobby(engine);
    engine.turnViews = turnServers();
    engine.settings["stun_servers"] = "stun.example.org:3478, [2001:db8::53]:3478";
    engine.turnTest = {.link = "turns:turn.example.org:443?transport=tcp",
                       .isUsable = true,
                       .isRelaying = true,
                       .roundTripMs = 23,
                       .relayRoundTripMs = 47};
  };
  const auto connections = [](ScriptedEngine&, app::AppPresenter& app) {
    app.showSettings(app::SettingsModel::Network);
  };
  return {
      {"12-network-check", 960, 640, checked(checkedHome()), show},
      {"12-network-check-narrow", 480, 640, checked(checkedHome()), show},
      {"12-network-check-strict", 960, 640, checked(checkedStrict()), show},
      {"12-network-check-blocked", 960, 640,
       checked(checkedProblem(engine::NetworkProblem::UdpBlocked)), show},
      {"12-network-check-cut-off", 960, 640,
       checked(checkedProblem(engine::NetworkProblem::NothingAnswers)), show},
      {"12-network-check-captive", 960, 640,
       checked(checkedProblem(engine::NetworkProblem::Captive)), show},
      {"12-network-check-first", 960, 640, fillLobby, show},
      {"12-network-check-running", 960, 640, checked(first), show},
      {"12-network-check-running-narrow", 480, 640, checked(running), show},
      {.name = "12-network-check-addresses",
       .before = checked(checkedHome()),
       .after = show,
       .clicks = {"Show addresses"}},
      {"17-connections", 960, 640, servers, connections},
      {"17-connections-narrow", 480, 640, servers, connections},
      {.name = "17-connections-tested",
       .before = servers,
       .after = connections,
       .clicks = {"Test the server turn.example.org:443", "Link of the TURN server"}},
      {.name = "17-connections-tested-narrow",
       .width = 480,
       .before = servers,
       .after = connections,
       .clicks = {"Test the server turn.example.org:443"}},
      {.name = "17-connections-fault",
       .height = 960,
       .before =
           [servers](ScriptedEngine& engine) {
             servers(engine);
             engine.faultOfTurn = Fault{.stage = "turn_link", .code = "has_user_info"};
           },
       .after = connections,
       .fields = {{"Link of the TURN server", "turn:naledi@turn.example.org"},
                  {"User name on the TURN server", "naledi"},
                  {"Password on the TURN server", "blue doors\n"},
                  {"Address of a STUN server", "stun.example.org:99999\n"}}},
  };
}

}  // namespace foyer::test
