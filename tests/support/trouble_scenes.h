// The scenes of calls that are not as they should be, and of how calls end. Part of
// screen_scenes.h.
#pragma once

#include <vector>

#include "tests/support/screen_scenes.h"

namespace foyer::test {

inline std::vector<Scene> troubleScenes() {
  using engine::CallDirection;
  using engine::CallState;
  using engine::EndReason;
  const auto minh = lobbyPeople()[3], chiara = lobbyPeople()[1], amina = lobbyPeople()[0];
  const auto call = [](const engine::CallView& view) {
    return [view](ScriptedEngine& engine) {
      fillLobby(engine);
      engine.callViews = {view};
    };
  };
  const auto ended = [call, chiara](const char* name, EndReason reason, int height = 640) {
    const auto ringing = callWith(chiara, CallState::Ringing, CallDirection::Outgoing);
    auto over = ringing;
    over.state = CallState::Ended;
    over.reason = reason;
    return Scene{name, height == 640 ? 960 : 640, height, call(ringing),
                 [over](ScriptedEngine& engine, app::AppPresenter&) { engine.setCalls({over}); }};
  };
  // Half a second from a round one: what counts down does not turn while the picture is drawn.
  const auto inMs = [](std::int64_t ms) { return app::steadyNowMs() + ms; };

  const auto securing = callWith(chiara, CallState::Securing, CallDirection::Outgoing);
  auto reconnecting = activeCall(chiara), gone = activeCall(chiara), unheard = activeCall(minh),
       held = activeCall(amina), differed = activeCall(amina), confirmed = activeCall(minh),
       guessed = activeCall(minh), unspoken = activeCall(chiara);
  reconnecting.reconnecting = true;
  reconnecting.keptUntilMs = inMs(38'500);
  gone.hasPeerLeft = true;
  gone.keptUntilMs = inMs(38'500);
  unheard.nothingReceived = true;
  unheard.lastReceivedMs = inMs(-4500);
  held.isCompareOnly = held.isVoiceHeld = held.canSpeakUnverified = true;
  held.direction = CallDirection::Incoming;
  held.peerTrust = engine::Trust::KeyChanged;
  differed = held;
  differed.peerTrust = engine::Trust::WordsDiffered;
  differed.canSpeakUnverified = false;
  confirmed.sas->isConfirmed = true;
  guessed.isGuessedAt = true;
  unspoken.muted = unspoken.isSpeakingUnheard = true;
  unspoken.sas->verified = unspoken.sas->isConfirmed = true;

  const auto others = [](const Fault& fault) {
    return [fault](ScriptedEngine& engine) {
      fillLobby(engine);
      engine.personViews.clear();
      engine.relayViews[0].state = engine::RelayState::Disconnected;
      engine.relayViews[0].fault = fault;
    };
  };
  return {
      {"06-outgoing-securing", 960, 640, call(securing)},
      ended("06-ended-declined", EndReason::Declined),
      ended("06-ended-busy", EndReason::Busy),
      ended("06-ended-unreachable", EndReason::Unreachable),
      ended("06-ended-lost-low", EndReason::ConnectionLost, 480),
      {"07-call-reconnecting", 960, 640, call(reconnecting)},
      {"07-call-reconnecting-low", 640, 480, call(reconnecting)},
      {"07-call-peer-left", 960, 640, call(gone)},
      {"07-call-nothing-received", 960, 640, call(unheard)},
      {"07-call-voice-held", 960, 640, call(held)},
      {"07-call-voice-held-narrow", 480, 640, call(held)},
      {"07-call-words-differed", 960, 640, call(differed)},
      {"07-call-confirmed", 960, 640, call(confirmed)},
      {"07-call-guessed-at", 960, 640, call(guessed)},
      {"07-call-speaking-unheard", 960, 640, call(unspoken)},
      {"02-lobby-relay-full", 960, 640,
       others(Fault{.stage = "admission", .code = "full", .retryable = true})},
      {"02-lobby-invite-wanted", 960, 640,
       others(Fault{.stage = "admission", .code = "invite_required"})},
      {"02-lobby-invisible", 960, 640,
       [](ScriptedEngine& engine) {
         fillLobby(engine);
         engine.settings[QStringLiteral("invisible")] = QStringLiteral("on");
       }},
  };
}

}  // namespace foyer::test
