// The scenes of the diagnostics that need no call. Part of screen_scenes.h.
#pragma once

#include <cstdint>
#include <vector>

#include "tests/support/screen_scenes.h"

namespace foyer::test {

// A morning: entered a lobby, called, lost the relay, unplugged a headset.
inline std::vector<engine::LogLine> logOfAMorning() {
  using engine::LogLevel;
  using engine::LogRoom;
  struct Row {
    std::int64_t atMs;
    LogLevel level;
    LogRoom room;
    const char* name;
    const char* about;
  };
  static constexpr Row kRows[] = {
      {210, LogLevel::Note, LogRoom::Program, "program:ready", "version=0.1.0 blocked=no"},
      {260, LogLevel::Note, LogRoom::Relays, "relay:connecting", "relay=11777777…"},
      {330, LogLevel::Note, LogRoom::Relays, "discovery:relays", "count=1"},
      {352, LogLevel::Note, LogRoom::Relays, "relay:connected", "relay=11777777… lobby_ms=23"},
      {360, LogLevel::Note, LogRoom::Relays, "lobby:changed", "people=8"},
      {1'910, LogLevel::Note, LogRoom::Network, "network:checked",
       "problem=none outlook=direct_with_most"},
      {2'400, LogLevel::Note, LogRoom::Network, "network:mapping",
       "family=ipv4 state=open way=upnp verified=yes"},
      {61'200, LogLevel::Note, LogRoom::Calls, "call:calling",
       "call=09090909… peer=01222222… direction=outgoing"},
      {61'340, LogLevel::Note, LogRoom::Calls, "call:ringing",
       "call=09090909… peer=01222222… direction=outgoing"},
      {66'020, LogLevel::Note, LogRoom::Calls, "call:securing",
       "call=09090909… peer=01222222… direction=outgoing"},
      {66'030, LogLevel::Note, LogRoom::Sound, "audio:opened", "call=09090909…"},
      {66'210, LogLevel::Note, LogRoom::Calls, "call:active",
       "call=09090909… peer=01222222… direction=outgoing"},
      {127'000, LogLevel::Warning, LogRoom::Relays, "relay:lost",
       "relay=11777777… stage=connection code=lost"},
      {131'400, LogLevel::Note, LogRoom::Relays, "relay:connected", "relay=11777777… lobby_ms=31"},
      {188'700, LogLevel::Warning, LogRoom::Sound, "audio:device_lost", "direction=capture"},
      {188'900, LogLevel::Error, LogRoom::Sound, "fault",
       "stage=capture code=no_microphone retryable=no"},
      {193'100, LogLevel::Note, LogRoom::Sound, "audio:recovered", "direction=capture"},
      {320'000, LogLevel::Note, LogRoom::Calls, "call:ended",
       "call=09090909… peer=01222222… direction=outgoing reason=local_hangup"}};
  std::vector<engine::LogLine> lines;
  for (const Row& row : kRows)
    lines.push_back({lines.size() + 1, row.atMs, app::unixNowMs() - 400'000 + row.atMs, row.level,
                     row.room, row.name, row.about});
  return lines;
}

inline std::vector<engine::CapabilityView> mixedCapabilities() {
  using engine::Capability;
  using enum engine::CapabilityState;
  return {{Capability::Microphone, Available, ""},
          {Capability::Output, Available, ""},
          {Capability::KeyRing, Available, ""},
          {Capability::Mdns, Missing, "no_daemon"},
          {Capability::Ipv6, Missing, "no_route"},
          {Capability::PortMapping, Available, "upnp"},
          {Capability::Segmentation, Available, ""},
          {Capability::RealTimeNet, Missing, "refused"},
          {Capability::RealTimeAudio, NotKnown, "not_opened"},
          {Capability::Dred, Available, ""},
          {Capability::Osce, Missing, "not_built"}};
}

inline engine::VersionsView someVersions() {
  engine::VersionsView versions;
  versions.program = "0.1.0";
  versions.commit = "0b4bea9c1d22";
  versions.protocol = versions.control = 1;
  versions.relays = {{relay(engine::RelayState::Connected).fingerprint, true, false, "foyer 0.0.9"},
                     {key(0x12, 0x9c), true, true, "foyer 0.1.0"},
                     {key(0x44, 0x51), false, false, ""}};
  versions.libraries = {{"Qt", "6.4.2"},
                        {"Opus", "libopus 1.5.2"},
                        {"ngtcp2", "0.12.1"},
                        {"GnuTLS", "3.7.9"},
                        {"libsodium", "1.0.18"}};
  return versions;
}

// The newest of the past calls, as if it had been in this run.
inline void endNewestCall(ScriptedEngine& engine) {
  engine::CallView call = measuredCall(lobbyPeople()[1]);
  call.call = engine.pastCalls[1].call;
  engine.setCalls({call});
  engine.setCalls({});
}

inline std::vector<Scene> diagnosticsScenes() {
  const auto filled = [](ScriptedEngine& engine) {
    fillLobby(engine);
    engine.logLines = logOfAMorning();
    engine.capabilityViews = mixedCapabilities();
    engine.versionsView = someVersions();
  };
  const auto withCalls = [](ScriptedEngine& engine) {
    fillLobby(engine);
    engine.pastCalls = pastCalls();
  };
  const auto impaired = [filled](ScriptedEngine& engine) {
    filled(engine);
    engine.impairmentView.spec = {120, 30, 5, 64};
  };
  const auto show = [](int page) {
    return [page](ScriptedEngine&, app::AppPresenter& app) {
      app.diagnostics()->setPage(page);
      app.showDiagnostics();
    };
  };
  using Page = app::DiagnosticsPresenter;
  const auto minh = lobbyPeople()[3];
  return {
      {"18-log", 960, 640, filled, show(Page::Log)},
      {"18-log-narrow", 480, 640, filled, show(Page::Log)},
      {"18-log-warnings", 960, 640, filled,
       [show](ScriptedEngine& engine, app::AppPresenter& app) {
         show(Page::Log)(engine, app);
         app.log()->setLevel(1);
       }},
      {"18-log-empty", 960, 640, fillLobby, show(Page::Log)},
      {"18-past-calls", 960, 640, withCalls, show(Page::PastCalls)},
      {"18-past-calls-narrow", 480, 640, withCalls, show(Page::PastCalls)},
      {.name = "18-past-calls-save",
       .before = withCalls,
       .after =
           [show](ScriptedEngine& engine, app::AppPresenter& app) {
             endNewestCall(engine);
             show(Page::PastCalls)(engine, app);
           },
       .clicks = {"Save the report of this call"}},
      {.name = "18-past-calls-none", .before = fillLobby, .after = show(Page::PastCalls)},
      {"18-computer", 960, 640, filled, show(Page::Computer)},
      {"18-computer-narrow", 480, 640, filled, show(Page::Computer)},
      {"18-versions", 960, 640, filled, show(Page::Versions)},
      {"18-versions-narrow", 480, 640, filled, show(Page::Versions)},
      {"18-testing", 960, 640, filled, show(Page::Testing)},
      {"18-testing-narrow", 480, 640, filled, show(Page::Testing)},
      {"18-testing-impaired", 960, 640, impaired, show(Page::Testing)},
      {.name = "18-testing-refused",
       .before = filled,
       .after = show(Page::Testing),
       .clicks = {"Delay, ms"},
       .keys = {Qt::Key_9, Qt::Key_0, Qt::Key_0, Qt::Key_0, Qt::Key_Return}},
      {"02-lobby-impaired", 960, 640, impaired},
      {"07-call-impaired", 960, 640,
       [impaired, minh](ScriptedEngine& engine) {
         impaired(engine);
         engine.callViews = {activeCall(minh)};
         engine.callViews[0].stats.rttMs = 162;
       }},
  };
}

}  // namespace foyer::test
