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

// Of Chiara, Tomasz and Amina of lobbyPeople(), and of somebody who is not here.
inline std::vector<engine::ContactDetails> contacts() {
  const auto of = [](const engine::PersonView& person) {
    return engine::ContactDetails{.fingerprint = person.fingerprint,
                                  .keyTag = person.keyTag,
                                  .signedAlias = person.alias,
                                  .isKept = true,
                                  .trust = person.trust,
                                  .verifiedAtMs = person.verifiedAtMs,
                                  .firstSeenMs = kNovember3 - 86'400'000LL * 40,
                                  .lastCallMs = kNovember3};
  };
  auto chiara = of(lobbyPeople()[1]), tomasz = of(lobbyPeople()[2]), amina = of(lobbyPeople()[0]);
  chiara.ownName = "Chiara from the choir";
  chiara.note = "Brings the sheet music.\nCall before eight.";
  chiara.isFavourite = true;
  chiara.policy = engine::ContactPolicy::RelayOnly;
  chiara.earlierKeys = {
      {.fingerprint = key(0x8d, 0x31), .replacedAtMs = kNovember3, .wasVerified = true}};
  tomasz.note = "Tunes the piano.";
  engine::ContactDetails bo{.fingerprint = key(6, 0x61),
                            .keyTag = "BOLQ",
                            .signedAlias = "Bo Lindqvist",
                            .isKept = true,
                            .trust = engine::Trust::Blocked,
                            .firstSeenMs = kNovember3};
  return {chiara, tomasz, amina, bo};
}

inline engine::RelayView relay(engine::RelayState state) {
  engine::RelayView view;
  view.fingerprint = key(0x11, 0x77);
  view.link = "foyer://relay/192.168.4.20:4710#" + view.fingerprint.hex();
  view.state = state;
  view.rttMs = 3;
  return view;
}

// A relay by its link, one found on this network, one that is away, in the order of preference.
inline std::vector<engine::RelayView> joinedRelays() {
  engine::RelayView desk = relay(engine::RelayState::Connected);
  desk.trust = "pinned";
  desk.isProven = true;
  engine::RelayView studio = relay(engine::RelayState::Connected);
  studio.fingerprint = key(0x21, 0x43);
  studio.link = "foyer://relay/studio.example:4433#" + studio.fingerprint.hex();
  studio.trust = "first_use";
  studio.isProven = true;
  studio.rttMs = 41;
  engine::RelayView club = relay(engine::RelayState::Connecting);
  club.fingerprint = key(0x22, 0x44);
  club.link = "foyer://relay/club.example:4433#" + club.fingerprint.hex();
  club.trust = "pinned";
  club.isProven = true;
  club.rttMs.reset();
  club.attempt = 4;
  club.fault = Fault{.stage = "connect", .code = "unreachable", .retryable = true};
  return {desk, studio, club};
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
  view.keyTag = peer.keyTag;
  view.direction = direction;
  view.state = state;
  return view;
}

inline engine::CallView activeCall(const engine::PersonView& peer) {
  engine::CallView view =
      callWith(peer, engine::CallState::Active, engine::CallDirection::Outgoing);
  view.activeSinceMs = app::steadyNowMs() - (12 * 60 + 47) * 1000;
  view.levelInDb = -34.f;
  view.levelOutDb = -14.f;
  view.stats.rttMs = 38;
  view.stats.path = "lan";
  view.relay = relay(engine::RelayState::Connected).fingerprint;
  view.explanation.cause = client::ExplainedCause::Clear;
  view.explanation.delay = std::chrono::milliseconds(58);
  view.sas = engine::SasView{.digits = "428 913", .words = {"anchor", "lemon"}};
  return view;
}

inline engine::PastCallView pastCall(const engine::PersonView& peer, std::uint8_t number,
                                     engine::CallDirection direction, engine::EndReason reason,
                                     std::int64_t minutesAgo, std::int64_t lastedMs) {
  engine::PastCallView view;
  view.call = callId(number);
  view.peer = peer.fingerprint;
  view.alias = peer.alias;
  view.keyTag = peer.keyTag;
  view.trust = peer.trust;
  view.direction = direction;
  view.reason = reason;
  view.startedAtUnixMs = app::unixNowMs() - minutesAgo * 60'000;
  view.lastedMs = lastedMs;
  return view;
}

// As a call of a few minutes leaves them: three seconds on the relay, then direct.
inline engine::CallFigures someFigures(std::uint32_t seconds) {
  return {.seconds = seconds,
          .delayMeanMs = 38,
          .delayWorstMs = 212,
          .bufferMeanMs = 24,
          .bufferWorstMs = 121,
          .lossHeardMean = 80,
          .lossHeardWorst = 1250,
          .lossSentMean = 12,
          .lossSentWorst = 310,
          .concealed = 14,
          .sentKbps = 46,
          .heardKbps = 44,
          .paths = {{"relay", 3}, {"direct_ipv4", seconds - 3}},
          .tiers = {{"good", seconds - 57}, {"studio32", 57}},
          .changes = {{"probe", 1}, {"loss", 2}}};
}

// Two days of calls, the newest missed and not looked at yet.
inline std::vector<engine::PastCallView> pastCalls() {
  using engine::CallDirection;
  using engine::EndReason;
  const auto people = lobbyPeople();
  constexpr std::int64_t kDay = 24 * 60, kSecond = 1000, kMinute = 60 * kSecond;
  const auto talked = [](engine::PastCallView call, const char* quality, const char* path) {
    call.wasActive = true;
    call.quality = quality;
    call.path = path;
    call.figures = someFigures(static_cast<std::uint32_t>(call.lastedMs / 1000));
    if (call.path == "relay") call.figures->paths = {{"relay", call.figures->seconds}};
    return call;
  };
  std::vector<engine::PastCallView> calls{
      pastCall(people[2], 21, CallDirection::Incoming, EndReason::Missed, 18, 45 * kSecond),
      talked(pastCall(people[1], 22, CallDirection::Incoming, EndReason::RemoteHangup, 105,
                      23 * kMinute),
             "good", "direct_ipv4"),
      pastCall(people[6], 23, CallDirection::Outgoing, EndReason::Declined, 122, 4 * kSecond),
      talked(pastCall(people[5], 24, CallDirection::Outgoing, EndReason::LocalHangup, kDay,
                      72 * kMinute),
             "fair", "relay"),
      talked(pastCall(people[0], 25, CallDirection::Incoming, EndReason::ConnectionLost, kDay + 86,
                      4 * kMinute),
             "poor", "relay"),
      pastCall(people[7], 26, CallDirection::Outgoing, EndReason::NoAnswer, 9 * kDay,
               45 * kSecond)};
  calls[0].isSeen = false;
  return calls;
}

// The search for a direct way as its record has it: begun on the relay, direct after half a second,
// lost with the network twelve minutes later and found again over IPv6.
inline std::vector<client::PathNote> pathNotes() {
  using client::PathStep;
  using std::chrono::milliseconds;
  using wire::CandidateKind;
  struct Step {
    int atMs;
    PathStep step;
    CandidateKind kind;
    const char* address;
    const char* reason;
  };
  static constexpr const char* kTheirs = "198.51.100.7:41822";
  static constexpr const char* kTheirsV6 = "[2001:db8:51:7::3e]:41822";
  const std::vector<Step> steps = {
      {0, PathStep::Offered, CandidateKind::Host, "192.168.4.31:4710", ""},
      {0, PathStep::Offered, CandidateKind::Mapped, "203.0.113.9:4710", ""},
      {80, PathStep::PeerOffered, CandidateKind::Reflexive, kTheirs, ""},
      {80, PathStep::PeerOffered, CandidateKind::Host, "192.168.178.20:41822", ""},
      {80, PathStep::Refused, CandidateKind::Host, "192.168.178.20:41822", "foreign_lan"},
      {90, PathStep::Asked, CandidateKind::Reflexive, kTheirs, ""},
      {310, PathStep::Answered, CandidateKind::Reflexive, kTheirs, ""},
      {310, PathStep::Dialled, CandidateKind::Reflexive, kTheirs, ""},
      {420, PathStep::Bound, CandidateKind::Reflexive, kTheirs, ""},
      {480, PathStep::InUse, CandidateKind::Reflexive, kTheirs, ""},
      {760'200, PathStep::Silent, CandidateKind::Reflexive, kTheirs, ""},
      {761'400, PathStep::NetworkChanged, CandidateKind::Host, "", ""},
      {761'400, PathStep::SearchedAgain, CandidateKind::Host, "", ""},
      {761'700, PathStep::Answered, CandidateKind::Host, kTheirsV6, ""},
      {762'100, PathStep::InUse, CandidateKind::Host, kTheirsV6, ""}};
  std::vector<client::PathNote> notes;
  for (const Step& each : steps)
    notes.push_back({TimePoint{} + milliseconds(each.atMs), each.step, each.kind,
                     SocketAddress::parse(each.address), each.reason});
  return notes;
}

// A call that lost packets a while ago and has got over it, with every figure known.
inline engine::CallView measuredCall(const engine::PersonView& peer) {
  using std::chrono::milliseconds;
  engine::CallView view = activeCall(peer);
  engine::CallStats& stats = view.stats;
  stats.path = "direct_ipv6";
  stats.pathNotes = pathNotes();
  stats.tier = "good";
  stats.tx = {38'000, 4'100'000, 46, .004};
  stats.rx = {37'600, 4'050'000, 45, .08};
  stats.jitterBufferMs = 24;
  stats.sending.copies = 2;
  stats.sending.copyDistance = 2;
  stats.sending.hasLbrr = true;
  stats.sending.payloadBps = 31'000;
  stats.sending.cause = client::QualityCause::Loss;
  stats.sending.changes = 2;
  stats.sending.loss = .004;
  stats.sending.burst = 1.3;
  stats.sending.queueingDelay = milliseconds(4);
  stats.sending.capacityKbps = 180;
  stats.qualityChangedAtMs = app::steadyNowMs() - 22'000;
  stats.receiving.codec = wire::CodecId::Opus;
  stats.receiving.packetTime = milliseconds(20);
  stats.receiving.bufferDelay = milliseconds(24);
  stats.receiving.bufferTarget = milliseconds(30);
  stats.receiving.jitter = milliseconds(3);
  stats.receiving.recovery = {.decoded = 36'100,
                              .copies = 1'210,
                              .lbrr = 96,
                              .dred = 0,
                              .plc = 110,
                              .late = 12,
                              .lost = 1'340,
                              .discarded = 3,
                              .accelerated = 18,
                              .expanded = 15,
                              .underruns = 1};
  stats.delayParts = client::DelayParts{milliseconds(8),  milliseconds(20), milliseconds(6),
                                        milliseconds(19), milliseconds(24), milliseconds(15)};
  stats.mouthToEarMs = 92;
  stats.underruns = 1;
  stats.captureFragmentMs = 10;
  stats.captureGrantedMs = 10;
  stats.playoutBufferMs = 20;
  stats.playoutGrantedMs = 20.5;
  stats.captureLatencyMs = 8;
  stats.playoutLatencyMs = 15;
  client::Explanation& found = view.explanation;
  found.cause = client::ExplainedCause::Loss;
  found.affected = client::Affected::Hear;
  found.lossHear = .08;
  found.recovered = .95;
  found.remedy = client::Remedy::Copies;
  found.delay = milliseconds(92);
  return view;
}

inline engine::HostedRelayView servingRelay() {
  engine::HostedRelayView view;
  view.phase = "serving";
  view.link = "foyer://relay/192.168.4.20:4710#" + key(0x12, 0x9c).hex();
  view.port = 4710;
  view.clients = 8;
  view.calls = 2;
  view.kbpsIn = 184;
  view.kbpsOut = 181;
  return view;
}

// A relay that asks for invites, with one that is good, one without an end and one that is over.
inline engine::HostedRelayView invitingRelay() {
  engine::HostedRelayView view = servingRelay();
  view.asksInvite = true;
  const std::int64_t now = app::unixNowMs();
  const auto link = [](const char* token) {
    return std::string("foyer://relay/192.168.4.20:4710?invite=") + token + "#" +
           key(0x12, 0x9c).hex();
  };
  view.invites = {{3, link("60d2a0c5f1b34e77aa10"), now, now + 3'600'000, false},
                  {2, link("1f0b77d2ee90415c83ab"), now - 86'400'000, std::nullopt, false},
                  {1, link("9944c1d20a7b4a3c9e51"), now - 9'000'000, now - 5'400'000, true}};
  return view;
}

inline std::vector<engine::RelayRunView> relayRuns() {
  const std::int64_t now = app::unixNowMs();
  return {{now - 900'000, std::nullopt, 9, "running"},
          {now - 86'400'000, now - 79'200'000, 4, "stopped"},
          {now - 172'800'000, now - 172'799'000, 0, "failed:binding:port_taken"},
          {now - 259'200'000, std::nullopt, 6, "cut"}};
}

// The relay of this program is the one through which everybody is here.
inline void hostThePeople(ScriptedEngine& engine) {
  for (engine::RelayView& view : engine.relayViews) view.isOwn = true;
  for (engine::PersonView& view : engine.personViews)
    view.relays = {engine.relayViews.front().fingerprint};
  engine.hostedView.clients = static_cast<int>(engine.personViews.size()) + 1;  // and this one
  std::uint64_t connection = 1;
  const auto since = [&] { return app::steadyNowMs() - 60'000 * static_cast<int>(connection); };
  engine.hostedView.guests = {{connection, engine.identityView.fingerprint, since()}};
  for (const engine::PersonView& view : engine.personViews)
    engine.hostedView.guests.push_back({++connection, view.fingerprint, since()});
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
