// The scenes about how a call sounds: the quality, the diagnostics, the settings of the sound. Part
// of screen_scenes.h.
#pragma once

#include <chrono>
#include <cmath>
#include <cstdint>
#include <vector>

#include "tests/support/screen_scenes.h"

namespace foyer::test {

// A minute of readings: calm, a burst of loss and delay at two thirds, calm again.
inline void playMinute(ScriptedEngine& engine, app::TelemetryPresenter& telemetry,
                       const engine::CallView& last) {
  constexpr int kReadings = app::TelemetryPresenter::kSamples;
  for (int at = 0; at < kReadings; ++at) {
    const double trouble = std::exp(-std::pow((at - 152) / 14.0, 2));
    const double ripple = std::sin(at * 0.9) + std::sin(at * 0.37);
    const bool isTalking = at / 30 % 2 == 1;
    engine::CallView view = last;
    view.stats.rttMs = 38 + 50 * trouble + 2 * ripple;
    view.stats.jitterBufferMs = 24 + 70 * std::exp(-std::pow((at - 160) / 18.0, 2));
    view.stats.rx.loss = .08 * trouble;
    view.stats.receiving.recovery.plc = 110 + static_cast<std::uint64_t>(at > 150 ? 12 : at / 14);
    view.stats.tx.bitrateKbps = at < 150 ? 62 : at < 210 ? 34 : 46;
    view.stats.tier = at < 150 ? "studio32" : at < 210 ? "low" : "good";
    view.stats.underruns = at >= 152 ? 1 : 0;
    view.levelInDb = isTalking ? -24.f + 6 * static_cast<float>(ripple) : -56.f;
    view.levelOutDb =
        isTalking && at < kReadings - 8 ? -58.f : -20.f + 5 * static_cast<float>(ripple);
    view.explanation.severity = trouble > .5 ? client::Severity::Fair : client::Severity::Good;
    view.explanation.cause =
        trouble > .1 ? client::ExplainedCause::Loss : client::ExplainedCause::Clear;
    engine.callViews = {view};
    const std::int64_t ago =
        static_cast<std::int64_t>(kReadings - 1 - at) * app::TelemetryPresenter::kSampleMs;
    telemetry.sample(app::steadyNowMs() - ago);
  }
}

inline std::vector<Scene> soundScenes() {
  const auto minh = lobbyPeople()[3], chiara = lobbyPeople()[1];
  const auto call = [](const engine::CallView& view) {
    return [view](ScriptedEngine& engine) {
      fillLobby(engine);
      engine.callViews = {view};
    };
  };
  const auto diagnose = [chiara](ScriptedEngine& engine, app::AppPresenter& app) {
    app.telemetry()->toggle();
    app.telemetry()->setPaused(true);  // what is shown does not move
    playMinute(engine, *app.telemetry(), measuredCall(chiara));
    emit engine.callsChanged();  // beside it stands how the call sounds now
  };
  auto suffering = measuredCall(chiara);
  suffering.explanation.severity = client::Severity::Poor;
  suffering.explanation.recovered = .55;
  suffering.stats.path = "relay";
  suffering.stats.pathReason = client::PathReason::BothHard;
  auto narrowWay = activeCall(minh), chosen = activeCall(minh);
  narrowWay.stats.rttMs = 236;
  narrowWay.stats.path = "relay";
  narrowWay.stats.pathReason = client::PathReason::Private;
  narrowWay.stats.tier = "low";
  narrowWay.stats.sending.cause = client::QualityCause::Delay;
  narrowWay.stats.sending.changes = 1;
  narrowWay.stats.qualityChangedAtMs = app::steadyNowMs() - 5'000;
  narrowWay.explanation.cause = client::ExplainedCause::Capacity;
  narrowWay.explanation.affected = client::Affected::Said;
  narrowWay.explanation.severity = client::Severity::Fair;
  narrowWay.explanation.queueing = std::chrono::milliseconds(180);
  chosen.stats.tier = "degraded";
  chosen.stats.sending.choice = wire::Tier::Degraded;
  // Answered three seconds ago.
  const auto begun = [](const engine::PersonView& peer) {
    auto view = activeCall(peer);
    view.activeSinceMs = app::steadyNowMs() - 3'000;
    view.explanation = {};
    return view;
  };
  auto unheard = activeCall(chiara), held = activeCall(chiara);
  unheard.muted = unheard.isSpeakingUnheard = true;
  held.talkMode = media::TalkMode::PushToTalk;
  auto overTcp = activeCall(minh);
  overTcp.peerTrust = engine::Trust::Verified;
  overTcp.stats.path = "relay";
  return {
      {"07-call-over-tcp", 960, 640,
       [overTcp](ScriptedEngine& engine) {
         fillLobby(engine);
         engine.relayViews[0].carrier = client::RelayCarrier::Tcp;
         engine.relayViews[0].carrierPort = 443;
         engine.callViews = {overTcp};
       }},
      {"07-call-muted-speaking", 960, 640, call(unheard)},
      {"07-call-push-to-talk", 960, 640, call(held)},
      {"07-call-loss", 960, 640, call(suffering)},
      {"07-call-narrow-way", 960, 640, call(narrowWay)},
      {"07-call-quality-chosen", 960, 640, call(chosen)},
      {.name = "07-call-quality-narrow",
       .width = 480,
       .before = call(chosen),
       .clicks = {"Quality: Saver 10k"}},
      {"11-telemetry", 960, 640, call(measuredCall(chiara)), diagnose},
      {.name = "11-telemetry-path",
       .before = call(measuredCall(chiara)),
       .after = diagnose,
       .clicks = {"Show all 15 steps", "Show addresses"}},
      {.name = "11-telemetry-path-narrow",
       .width = 480,
       .before = call(measuredCall(chiara)),
       .after = diagnose,
       .clicks = {"Show all 15 steps"}},
      {"11-telemetry-narrow", 480, 640, call(measuredCall(chiara)), diagnose},
      {.name = "11-telemetry-words",
       .before = call(begun(minh)),
       .after =
           [](ScriptedEngine&, app::AppPresenter& app) {
             app.telemetry()->toggle();
             app.telemetry()->setPaused(true);
           }},
      {.name = "11-telemetry-table",
       .before = call(measuredCall(chiara)),
       .after = diagnose,
       .clicks = {"Show as a table"}},
      {.name = "11-telemetry-save",
       .before = call(measuredCall(chiara)),
       .after = diagnose,
       .clicks = {"Save a report"}},
      {.name = "11-telemetry-record",
       .before =
           [chiara](ScriptedEngine& engine) {
             fillLobby(engine);
             engine.callViews = {measuredCall(chiara)};
             engine.recordView = {.isOn = true, .running = engine.callViews.front().call};
           },
       .after = diagnose,
       .clicks = {"Save packet timing…"}},
      {"11-telemetry-waiting", 960, 640, call(begun(chiara)),
       [](ScriptedEngine&, app::AppPresenter& app) {
         app.telemetry()->toggle();
         app.telemetry()->setPaused(true);
       }},
  };
}

}  // namespace foyer::test
