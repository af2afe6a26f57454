// The scenes of the look pictures as views: who is in the lobby, a call that runs, a relay that
// serves. Shared by the QML tests and the program that renders the screens.
#pragma once

#include "app/foyer/clock.h"
#include "tests/support/scripted_engine.h"

namespace foyer::test {

constexpr std::int64_t kNovember3 = 1'793'700'000'000;  // 2026-11-03

inline engine::PersonView person(const char* alias, std::uint8_t hue, engine::PersonState state,
                                 engine::Trust trust, double rttMs, std::uint8_t fill,
                                 const char* tag = "") {
  engine::PersonView view;
  view.fingerprint = key(hue, fill);
  view.alias = alias;
  view.keyTag = tag;
  view.state = state;
  view.trust = trust;
  view.rttMs = rttMs;
  if (trust != engine::Trust::NotVerified) view.verifiedAtMs = kNovember3;
  if (trust == engine::Trust::KeyChanged) view.previousKey = key(0x8d, 0x31);
  return view;
}

inline std::vector<engine::PersonView> lobbyPeople() {
  using engine::PersonState;
  using engine::Trust;
  return {
      person("Amina Okafor", 3, PersonState::Available, Trust::KeyChanged, 3, 0x21, "QPLX"),
      person("Chiara Rossi", 1, PersonState::Available, Trust::Verified, 2, 0x22, "WBNM"),
      person("Tomasz Wiśniewski", 4, PersonState::Available, Trust::Verified, 4, 0x23, "ERTZ"),
      person("Nguyễn Minh Anh", 2, PersonState::Available, Trust::NotVerified, 38, 0x24, "KQTR"),
      person("Nguyễn Minh Anh", 5, PersonState::Available, Trust::NotVerified, 164, 0x25, "BXWD"),
      person("Leilani Kahananui", 7, PersonState::InCall, Trust::Verified, 6, 0x26, "HGFD"),
      person("अनन्या शर्मा", 6, PersonState::DoNotDisturb, Trust::NotVerified, 9, 0x27, "PLKJ"),
      person("Youssef El Amrani", 0, PersonState::Away, Trust::Verified, 12, 0x28, "VCXY")};
}

inline engine::RelayView relay(engine::RelayState state) {
  engine::RelayView view;
  view.fingerprint = key(0x11, 0x77);
  view.link = "foyer://relay/192.168.4.20:4710#" + view.fingerprint.hex();
  view.state = state;
  view.rttMs = 3;
  return view;
}

inline engine::AudioView twoDevices(float meterDb) {
  engine::AudioView view;
  view.inputs = {{"mic", "Built-in microphone", true, true},
                 {"usb", "USB headset, mono", false, false}};
  view.outputs = {{"phones", "Headphones", true, true}, {"hdmi", "Monitor speakers", false, false}};
  view.meterDb = meterDb;
  return view;
}

inline engine::CallView callWith(const engine::PersonView& peer, engine::CallState state,
                                 engine::CallDirection direction, std::uint8_t number = 1) {
  engine::CallView view;
  view.call = callId(number);
  view.peer = peer.fingerprint;
  view.peerAlias = peer.alias;
  view.peerTrust = peer.trust;
  view.direction = direction;
  view.state = state;
  return view;
}

inline engine::CallView activeCall(const engine::PersonView& peer) {
  engine::CallView view =
      callWith(peer, engine::CallState::Active, engine::CallDirection::Outgoing);
  view.keyTag = peer.keyTag;
  view.activeSinceMs = app::steadyNowMs() - (12 * 60 + 47) * 1000;
  view.levelInDb = -34.f;
  view.levelOutDb = -14.f;
  view.stats.rttMs = 38;
  view.sas = engine::SasView{.digits = "428 913", .words = {"anchor", "lemon"}};
  return view;
}

inline engine::HostedRelayView servingRelay() {
  engine::HostedRelayView view;
  view.phase = "serving";
  view.link = "foyer://relay/192.168.4.20:4710?invite=q7Zt1r#" + key(0x12, 0x9c).hex();
  view.clients = 8;
  view.calls = 2;
  view.kbpsIn = 184;
  view.kbpsOut = 181;
  return view;
}

// The relay of this program is the one through which everybody is here.
inline void hostThePeople(ScriptedEngine& engine) {
  for (engine::RelayView& view : engine.relayViews) view.isOwn = true;
  for (engine::PersonView& view : engine.personViews)
    view.relays = {engine.relayViews.front().fingerprint};
  engine.hostedView.clients = static_cast<int>(engine.personViews.size()) + 1;  // and this one
}

// A profile with the lobby of picture 02.
inline void fillLobby(ScriptedEngine& engine) {
  engine.identityView.alias = "Naledi Sithole";
  engine.identityView.fingerprint = key(0, 0x41);
  engine.identityView.seedHome = "keyring";
  engine.discoveredViews = {
      {relay(engine::RelayState::Connected).fingerprint, "Hana’s desk", "foyer://relay/x"}};
  engine.relayViews = {relay(engine::RelayState::Connected)};
  engine.personViews = lobbyPeople();
  engine.audioView = twoDevices(-18.f);
}

}  // namespace foyer::test
