// Every screen of the window as a named scene: how the engine's views have to be, and what has to
// be clicked. Shared by the accessibility walk and the pictures.
#pragma once

#include <QEventLoop>
#include <QPainter>
#include <QTemporaryDir>
#include <QUrl>
#include <functional>
#include <vector>

#include "app/foyer/app_presenter.h"
#include "app/foyer/qr_code.h"
#include "tests/support/scripted_scenes.h"

namespace foyer::test {

struct Scene {
  const char* name;
  int width = 960, height = 640;
  std::function<void(ScriptedEngine&)> before;  // before the window is loaded
  std::function<void(ScriptedEngine&, app::AppPresenter&)> after = {};  // once it is shown
  const char* typed = "";                // then this into what has the keyboard
  std::vector<const char*> clicks = {};  // then: the controls of these accessible names, in order
  // Then this is typed into the fields of these names; "\n" is the Enter key.
  std::vector<std::pair<const char*, const char*>> fields = {};
  std::vector<QKeyCombination> keys = {};  // then these keys
  bool isClosed = false;                   // then somebody closes the window
};

[[nodiscard]] std::vector<Scene> soundScenes();
[[nodiscard]] std::vector<Scene> networkScenes();
[[nodiscard]] std::vector<Scene> contactScenes();
[[nodiscard]] std::vector<Scene> settingScenes();
[[nodiscard]] std::vector<Scene> diagnosticsScenes();
[[nodiscard]] std::vector<Scene> troubleScenes();

inline std::vector<Scene> allScenes() {
  using engine::CallDirection;
  using engine::CallState;
  using engine::EndReason;
  using engine::RelayState;
  const auto minh = lobbyPeople()[3], chiara = lobbyPeople()[1], tomasz = lobbyPeople()[2],
             amina = lobbyPeople()[0];
  auto differed = amina;
  differed.trust = engine::Trust::WordsDiffered;
  differed.previousKey.reset();
  differed.verifiedAtMs.reset();
  const auto call = [](std::vector<engine::CallView> calls) {
    return [calls](ScriptedEngine& engine) {
      fillLobby(engine);
      engine.callViews = calls;
    };
  };
  const auto hosted = [](engine::HostedRelayView view) {
    return [view](ScriptedEngine& engine) {
      fillLobby(engine);
      engine.hostedView = view;
      if (view.phase == "serving") hostThePeople(engine);
    };
  };
  // Somebody drops a picture of this text onto the window.
  const auto showPicture = [](const char* text) {
    return [text](ScriptedEngine&, app::AppPresenter& app) {
      const QImage code = app::qrImageOf(QString::fromLatin1(text));
      QImage paper(code.size() * 4 + QSize(40, 40), QImage::Format_RGB32);
      paper.fill(Qt::white);
      QPainter(&paper).drawImage(QRect(QPoint(20, 20), code.size() * 4), code);
      QTemporaryDir folder;
      const QString path = folder.filePath(QStringLiteral("code.png"));
      if (!paper.save(path)) return;
      app.picture()->readDropped({QUrl::fromLocalFile(path).toString()});
      QEventLoop loop;
      QObject::connect(app.picture(), &app::PicturePresenter::changed, &loop, [&] {
        if (!app.picture()->busy()) loop.quit();
      });
      if (app.picture()->busy()) loop.exec();
    };
  };
  const auto showRelays = [](ScriptedEngine&, app::AppPresenter& app) { app.showRelays(); };
  const auto severalRelays = [](ScriptedEngine& engine) {
    fillLobby(engine);
    engine.relayViews = joinedRelays();
    engine.discoveredViews.push_back({key(5, 0x61), "Workshop", "foyer://relay/b"});
  };
  const auto besideAnother = [](ScriptedEngine& engine) {
    fillLobby(engine);
    engine.discoveredViews.push_back({key(5, 0x61), "Workshop", "foyer://relay/b"});
  };
  const auto showRelay = [](ScriptedEngine&, app::AppPresenter& app) { app.showRelay(); };
  const auto hostedWithAll = [](ScriptedEngine& engine) {
    fillLobby(engine);
    engine.hostedView = invitingRelay();
    engine.hostedView.runs = relayRuns();
    hostThePeople(engine);
    engine.settings[QStringLiteral("relay_invite_only")] = QStringLiteral("on");
    engine.settings[QStringLiteral("relay_port")] = QStringLiteral("4710");
  };
  const auto emptyLobby = [](ScriptedEngine& engine) {
    fillLobby(engine);
    engine.personViews.clear();
    engine.relayViews.clear();
    engine.discoveredViews.clear();
  };

  const auto withHistory = [](ScriptedEngine& engine) {
    fillLobby(engine);
    engine.pastCalls = pastCalls();
  };
  const auto showHistory = [](ScriptedEngine&, app::AppPresenter& app) { app.showHistory(); };

  auto verified = activeCall(minh), differs = activeCall(minh), disputed = activeCall(minh),
       silent = activeCall(minh), muted = activeCall(minh);
  verified.sas->verified = verified.sas->isConfirmed = true;
  verified.sas->peerSays = true;
  differs.sas->differs = true;
  differs.muted = true;
  disputed.sas->peerSays = false;
  silent.peerTrust = engine::Trust::Verified;
  silent.inSilent = true;
  silent.levelInDb = -127.f;
  auto held = verified, peerHolds = verified;
  held.isHeld = true;
  peerHolds.isPeerHeld = peerHolds.isPeerMuted = true;
  muted.muted = muted.deafened = true;
  muted.sas->verified = muted.sas->isConfirmed = true;
  auto declined = callWith(chiara, CallState::Ended, CallDirection::Outgoing);
  declined.reason = EndReason::NoAnswer;
  engine::HostedRelayView starting{.phase = "announcing"}, failed{.phase = "error"},
      stopping = servingRelay(), onlyHere = servingRelay();
  failed.fault = Fault{.stage = "binding", .code = "port_taken", .retryable = true};
  stopping.phase = "stopping";
  onlyHere.link = "foyer://relay/127.0.0.1:4710#" + key(0x12, 0x9c).hex();
  onlyHere.warning = Fault{.stage = "reach", .code = "only_here", .retryable = true};
  const auto firewalled = [hosted](ScriptedEngine& engine) {
    hosted(servingRelay())(engine);
    engine.hostedView.warning = Fault{.stage = "reach", .code = "firewall", .retryable = true};
    engine.hostedView.guests.resize(1);  // this program
    engine.hostedView.clients = 1;
    engine.hostedView.calls = 0;
  };

  std::vector<Scene> scenes = {
      {"01-first-start", 960, 640,
       [](ScriptedEngine& engine) {
         fillLobby(engine);
         engine.firstStart = true;
       }},
      {"01-first-start-narrow", 480, 640,
       [](ScriptedEngine& engine) {
         fillLobby(engine);
         engine.firstStart = true;
       }},
      {"02-lobby", 960, 640, fillLobby},
      {"02-lobby-narrow", 480, 640, fillLobby},
      {"02-lobby-low", 640, 480, fillLobby},
      {"02-lobby-relay-lost", 960, 640,
       [](ScriptedEngine& engine) {
         fillLobby(engine);
         engine.relayViews[0].state = RelayState::Connecting;
         engine.relayViews[0].attempt = 3;
         engine.relayViews[0].retryInMs = 4400;
         engine.relayViews[0].fault =
             Fault{.stage = "connection", .code = "lost", .retryable = true};
       }},
      {"02-lobby-missed", 960, 640,
       [](ScriptedEngine& engine) {
         fillLobby(engine);
         engine.pastCalls = pastCalls();
       }},
      {.name = "02-lobby-state", .before = fillLobby, .clicks = {"How others see you: Available"}},
      {"02-lobby-do-not-disturb", 960, 640,
       [](ScriptedEngine& engine) {
         fillLobby(engine);
         engine.settings["do_not_disturb"] = "on";
       }},
      {"13-history", 960, 640, withHistory, showHistory},
      {"13-history-narrow", 480, 640, withHistory, showHistory},
      {"13-history-missed", 960, 640, withHistory,
       [](ScriptedEngine&, app::AppPresenter& app) {
         app.showHistory();
         app.history()->setMissedOnly(true);
       }},
      {"13-history-empty", 960, 640, fillLobby, showHistory},
      {.name = "13-history-forget",
       .before = withHistory,
       .after = showHistory,
       .clicks = {"Forget all calls"}},
      {"02-lobby-no-microphone", 960, 640,
       [](ScriptedEngine& engine) {
         fillLobby(engine);
         engine.audioView.inputs.clear();
         engine.audioView.meterDb = -127.f;
         engine.audioView.fault = Fault{.stage = "capture", .code = "no_microphone"};
       }},
      {"03-lobby-empty", 960, 640, emptyLobby,
       [](ScriptedEngine&, app::AppPresenter& app) { app.lobby()->stopLooking(); }},
      {"03-lobby-looking", 960, 640, emptyLobby},
      {"03-lobby-found", 960, 640,
       [emptyLobby](ScriptedEngine& engine) {
         emptyLobby(engine);
         engine.discoveredViews = {{key(1), "Hana’s desk", "foyer://relay/a"},
                                   {key(2), "Workshop", "foyer://relay/b"}};
       },
       [](ScriptedEngine&, app::AppPresenter& app) { app.lobby()->stopLooking(); }},
      {"03-lobby-offline", 960, 640,
       [emptyLobby](ScriptedEngine& engine) {
         emptyLobby(engine);
         engine.relayViews = {relay(RelayState::Disconnected)};
         engine.relayViews[0].fault =
             Fault{.stage = "connect", .code = "unreachable", .retryable = true};
       }},
      {"03-relay-key-changed", 960, 640,
       [emptyLobby](ScriptedEngine& engine) {
         emptyLobby(engine);
         engine.relayViews = {relay(RelayState::KeyChanged)};
         engine.relayViews[0].changedTo = key(0x2f, 0xe1);
         engine.relayViews[0].isProven = true;
       }},
      {"03-relay-wrong-key", 960, 640,
       [emptyLobby](ScriptedEngine& engine) {
         emptyLobby(engine);
         engine.relayViews = {relay(RelayState::KeyChanged)};
         engine.relayViews[0].changedTo = key(0x2f, 0xe1);
       }},
      {"18-relays", 960, 640, severalRelays, showRelays},
      {"18-relays-narrow", 480, 640, severalRelays, showRelays},
      {.name = "18-relays-new",
       .before = severalRelays,
       .after = showRelays,
       .clicks = {"Key of studio.example and what can be done"}},
      {.name = "18-relays-earlier-keys",
       .before =
           [severalRelays](ScriptedEngine& engine) {
             severalRelays(engine);
             engine.relayViews[0].earlierKeys = {{key(0x8d, 0x31), kNovember3 - 86'400'000LL * 90},
                                                 {key(0x2f, 0xe1), kNovember3}};
           },
       .after = showRelays,
       .clicks = {"Key of Hana’s desk and what can be done"}},
      {.name = "18-relays-leave",
       .before = severalRelays,
       .after = showRelays,
       .clicks = {"Key of Hana’s desk and what can be done", "Leave Hana’s desk"}},
      {"18-relays-key-changed", 960, 640,
       [severalRelays](ScriptedEngine& engine) {
         severalRelays(engine);
         engine.relayViews[0].state = RelayState::KeyChanged;
         engine.relayViews[0].changedTo = key(0x2f, 0xe1);
       },
       showRelays},
      {"18-relays-none", 960, 640, emptyLobby, showRelays},
      {.name = "18-relays-join",
       .before = severalRelays,
       .after = showRelays,
       .clicks = {"Join by link"}},
      {"07-call-several-relays", 960, 640,
       [minh, severalRelays](ScriptedEngine& engine) {
         severalRelays(engine);
         auto direct = activeCall(minh);
         direct.stats.path = "lan";
         direct.relay = engine.relayViews[0].fingerprint;
         engine.callViews = {direct};
       }},
      {"05-incoming-banner", 960, 640,
       call({callWith(tomasz, CallState::Ringing, CallDirection::Incoming)})},
      {"05-incoming-banner-narrow", 480, 640,
       call({callWith(tomasz, CallState::Ringing, CallDirection::Incoming)})},
      {"05-incoming-key-changed", 960, 640,
       call({callWith(amina, CallState::Ringing, CallDirection::Incoming)})},
      {"05-incoming-words-differed", 960, 640,
       [differed](ScriptedEngine& engine) {
         fillLobby(engine);
         engine.personViews[0] = differed;
         engine.callViews = {callWith(differed, CallState::Ringing, CallDirection::Incoming)};
       }},
      {"06-outgoing", 960, 640,
       call({callWith(chiara, CallState::Ringing, CallDirection::Outgoing)})},
      {"06-outgoing-narrow", 480, 640,
       call({callWith(minh, CallState::Calling, CallDirection::Outgoing)})},
      {"06-outgoing-low", 640, 480,
       call({callWith(minh, CallState::Ringing, CallDirection::Outgoing)})},
      {"06-ended", 960, 640, call({callWith(chiara, CallState::Ringing, CallDirection::Outgoing)}),
       [declined](ScriptedEngine& engine, app::AppPresenter&) { engine.setCalls({declined}); }},
      {"07-call", 960, 640, call({activeCall(minh)})},
      {"07-call-narrow", 480, 640, call({activeCall(minh)})},
      {"07-call-low", 640, 480, call({activeCall(minh)})},
      {"07-call-verified", 960, 640, call({verified})},
      {"07-call-differs", 960, 640, call({differs})},
      {"07-call-disputed", 960, 640, call({disputed})},
      {"07-call-disputed-narrow", 480, 640, call({disputed})},
      {"07-call-one-way-audio", 960, 640, call({silent})},
      {"07-call-muted", 960, 640, call({muted})},
      {"07-call-second-incoming", 960, 640,
       call({activeCall(minh), callWith(tomasz, CallState::Ringing, CallDirection::Incoming, 2)})},
      {"08-key-change", 960, 640, fillLobby,
       [amina](ScriptedEngine&, app::AppPresenter& app) {
         app.lobby()->call(QString::fromStdString(amina.fingerprint.hex()));
       }},
      {"08-key-change-narrow", 480, 640, fillLobby,
       [amina](ScriptedEngine&, app::AppPresenter& app) {
         app.lobby()->call(QString::fromStdString(amina.fingerprint.hex()));
       }},
      {"08-words-differed", 960, 640,
       [differed](ScriptedEngine& engine) {
         fillLobby(engine);
         engine.personViews[0] = differed;
       },
       [differed](ScriptedEngine&, app::AppPresenter& app) {
         app.lobby()->call(QString::fromStdString(differed.fingerprint.hex()));
       }},
      {"08-blocked", 960, 640,
       [](ScriptedEngine& engine) {
         fillLobby(engine);
         engine.identityView.blocked = Fault{.stage = "identity", .code = "secret_lost"};
       }},
      {"08-second-instance", 960, 640,
       [](ScriptedEngine& engine) {
         fillLobby(engine);
         engine.identityView.blocked = Fault{.stage = "profile", .code = "already_running"};
       }},
      {"09-relay-off", 960, 640, fillLobby, showRelay},
      {"09-relay-another", 960, 640, besideAnother, showRelay},
      {"09-relay-another-narrow", 480, 640, besideAnother, showRelay},
      {"02-lobby-another-relay", 960, 700, besideAnother},
      {"09-relay-starting", 960, 640, hosted(starting), showRelay},
      {"09-relay-serving", 960, 640, hosted(servingRelay()), showRelay},
      {"09-relay-serving-narrow", 480, 640, hosted(servingRelay()), showRelay},
      {"09-relay-only-here", 960, 640, hosted(onlyHere), showRelay},
      {"09-relay-only-here-narrow", 480, 640, hosted(onlyHere), showRelay},
      {"09-relay-firewall", 960, 640, firewalled, showRelay},
      {"09-relay-fault", 960, 640, hosted(failed), showRelay},
      {"09-relay-stopping", 960, 640, hosted(stopping), showRelay},
      {.name = "09-relay-qr",
       .before = hosted(servingRelay()),
       .after = showRelay,
       .clicks = {"Show the QR code"}},
      {"09-relay-somebody-leaves", 960, 640, hosted(servingRelay()),
       [](ScriptedEngine& engine, app::AppPresenter& app) {
         app.showRelay();
         auto view = engine.hostedView;
         view.guests.erase(view.guests.begin() + 2);
         --view.clients;
         engine.setHosted(view);
       }},
      {"09-relay-whole", 960, 1560, hostedWithAll, showRelay},
      {"09-relay-whole-narrow", 480, 2000, hostedWithAll, showRelay},
      {.name = "09-relay-invite-qr",
       .height = 1560,
       .before = hostedWithAll,
       .after = showRelay,
       .clicks = {"Show the QR code of invite 1"}},
      {.name = "03-lobby-join", .before = fillLobby, .clicks = {"Join a relay by link"}},
      {.name = "03-lobby-join-picture",
       .before = fillLobby,
       .clicks = {"Join a relay by link", "QR code from a picture…"}},
      {.name = "03-lobby-join-picture-narrow",
       .width = 480,
       .before = fillLobby,
       .clicks = {"Join a relay by link", "QR code from a picture…"}},
      {"03-lobby-join-found", 960, 640, fillLobby,
       showPicture("foyer://relay/192.168.4.20:4710#84a4f10145fcff117225212d8df04937")},
      {"03-lobby-join-no-link", 960, 640, fillLobby, showPicture("https://example.org/")},
      {.name = "02-lobby-devices-narrow",
       .width = 480,
       .before = fillLobby,
       .clicks = {"You and sound"}},
      {.name = "02-lobby-menu",
       .before = fillLobby,
       .keys = {Qt::CTRL | Qt::Key_F, Qt::Key_Down, Qt::Key_Down, Qt::Key_Menu}},
      {.name = "02-lobby-microphones",
       .before = fillLobby,
       .clicks = {"Microphone: Built-in microphone"}},
      {.name = "07-call-devices", .before = call({activeCall(minh)}), .clicks = {"Devices"}},
      {"07-call-held", 960, 640, call({held})},
      {"07-call-held-narrow", 480, 640, call({held})},
      {"07-call-put-on-hold", 960, 640, call({peerHolds})},
      {.name = "07-call-quit", .before = call({verified}), .isClosed = true},
      {.name = "09-relay-quit", .before = hosted(servingRelay()), .isClosed = true},
      {.name = "09-relay-quit-without-calls",
       .before =
           [hosted](ScriptedEngine& engine) {
             auto view = servingRelay();
             view.calls = 0;
             hosted(view)(engine);
           },
       .isClosed = true},
      {.name = "14-shortcuts", .before = fillLobby, .keys = {Qt::Key_F1}},
      {.name = "14-shortcuts-narrow", .width = 480, .before = fillLobby, .keys = {Qt::Key_F1}},
      {"14-toast", 960, 640, fillLobby,
       [](ScriptedEngine&, app::AppPresenter& app) { app.lobby()->copyInvite(); }},
  };
  const auto words = [](ScriptedEngine& engine) {
    fillLobby(engine);
    engine.words = {"lemon",  "anchor", "river",  "castle", "orbit",  "velvet", "maple",  "zebra",
                    "copper", "window", "planet", "garden", "silver", "harbor", "rocket", "meadow",
                    "bridge", "canyon", "pepper", "summer", "violin", "walnut", "yellow", "oxygen"};
  };
  const auto restoring = [](ScriptedEngine& engine) {
    fillLobby(engine);
    engine.firstStart = true;
  };
  const auto openRestore = [](ScriptedEngine&, app::AppPresenter& app) {
    app.backup()->begin(app::BackupPresenter::Restore);
  };
  const auto openBackup = [](ScriptedEngine&, app::AppPresenter& app) {
    app.backup()->begin(app::BackupPresenter::Backup);
  };
  const auto openWords = [](ScriptedEngine&, app::AppPresenter& app) {
    app.backup()->begin(app::BackupPresenter::Backup);
    app.backup()->revealWords();
  };
  const std::vector<Scene> backups = {
      {"01-restore", 960, 640, restoring, openRestore},
      {"01-restore-narrow", 480, 640, restoring, openRestore},
      {"01-restore-file", 960, 640, restoring, openRestore, "", {"Backup file"}},
      {"01-restore-file-choose",
       960,
       640,
       restoring,
       [openRestore](ScriptedEngine& engine, app::AppPresenter& app) {
         app.files()->setAvailable(true);
         openRestore(engine, app);
       },
       "",
       {"Backup file"}},
      {"01-restore-wrong-word",
       960,
       640,
       [restoring](ScriptedEngine& engine) {
         restoring(engine);
         engine.faultOfBackup =
             Fault{.stage = "backup", .code = "unknown_word", .detail = "word 7: abandom"};
       },
       openRestore,
       "lemon anchor river castle orbit velvet abandom zebra copper window planet garden silver "
       "harbor rocket meadow bridge canyon pepper summer violin walnut yellow oxygen",
       {"Bring back my identity"}},
      {"01-restored", 960, 640, restoring,
       [openRestore](ScriptedEngine& engine, app::AppPresenter& app) {
         openRestore(engine, app);
         app.backup()->restoreWords(QStringLiteral("x"), false);
       }},
      {"08-blocked-restore",
       960,
       640,
       [](ScriptedEngine& engine) {
         fillLobby(engine);
         engine.identityView.blocked = Fault{.stage = "identity", .code = "secret_lost"};
         engine.faultOfBackup = Fault{.stage = "backup", .code = "would_replace"};
       },
       openRestore,
       "lemon anchor river castle orbit velvet maple zebra copper window planet garden silver "
       "harbor rocket meadow bridge canyon pepper summer violin walnut yellow oxygen",
       {"Bring back my identity"}},
      {"16-backup", 960, 640, words, openBackup},
      {"16-backup-file", 960, 640, words, openBackup, "", {"Encrypted file"}},
      {"16-backup-words", 960, 640, words, openWords},
      {"16-backup-words-narrow", 480, 640, words, openWords},
      {.name = "16-backup-saved",
       .before = words,
       .after = openBackup,
       .clicks = {"Encrypted file"},
       .fields = {{"Passphrase", "six blue doors"}, {"Repeat the passphrase", "six blue doors\n"}}},
  };
  scenes.insert(scenes.end(), backups.begin(), backups.end());
  for (const std::vector<Scene>& more : {soundScenes(), networkScenes(), settingScenes(),
                                         diagnosticsScenes(), contactScenes(), troubleScenes()})
    scenes.insert(scenes.end(), more.begin(), more.end());
  return scenes;
}

}  // namespace foyer::test

#include "tests/support/contact_scenes.h"
#include "tests/support/diagnostics_scenes.h"
#include "tests/support/network_scenes.h"
#include "tests/support/setting_scenes.h"
#include "tests/support/sound_scenes.h"
#include "tests/support/trouble_scenes.h"
