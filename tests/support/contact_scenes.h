// The screens about contacts and the order of the lobby, as scenes. Included by screen_scenes.h.
#pragma once

namespace foyer::test {

inline std::vector<Scene> contactScenes() {
  using engine::CallDirection;
  using engine::CallState;
  const auto filled = [](ScriptedEngine& engine) {
    fillLobby(engine);
    engine.contactViews = contacts();
    auto& chiara = engine.personViews[1];
    chiara.alias = "Chiara from the choir";
    chiara.signedAlias = "Chiara Rossi";
    chiara.isFavourite = true;
    chiara.policy = engine::ContactPolicy::RelayOnly;
    engine.pastCalls = pastCalls();
    for (auto& past : engine.pastCalls) {
      past.isSeen = true;
      // The newest first: what is kept of a person goes by the last one that was a talk.
      for (auto& contact : engine.contactViews)
        if (contact.fingerprint == past.peer && past.wasActive)
          contact.lastCallMs = std::max(contact.lastCallMs, past.startedAtUnixMs);
    }
  };
  const auto showContacts = [](ScriptedEngine&, app::AppPresenter& app) { app.showContacts(); };
  const auto showPerson = [](std::size_t person) {
    return [person](ScriptedEngine& engine, app::AppPresenter& app) {
      app.showContact(QString::fromStdString(engine.personViews[person].fingerprint.hex()));
    };
  };
  const auto openStranger = [](ScriptedEngine&, app::AppPresenter& app) {
    app.openLink(QStringLiteral(
        "foyer://person/00112233445566778899aabbccddeeff?name=Sofia&relay=foyer%3A%2F%2Frelay%2F"
        "relay.example%3A4433%2384a4f10145fcff117225212d8df04937"));
  };
  const auto asking = [filled](bool hasAnother) {
    return [filled, hasAnother](ScriptedEngine& engine) {
      filled(engine);
      engine.personViews[1].policy = engine::ContactPolicy::Ask;
      auto ringing =
          callWith(engine.personViews[1], CallState::Ringing, CallDirection::Incoming, 2);
      ringing.policy = engine::ContactPolicy::Ask;
      ringing.signedAlias = "Chiara Rossi";
      engine.callViews = {ringing};
      if (hasAnother) engine.callViews.push_back(activeCall(engine.personViews[3]));
    };
  };
  return {
      {"02-lobby-favourites", 960, 640, filled},
      {"02-lobby-favourites-narrow", 480, 640, filled},
      {"02-lobby-by-relay", 960, 640,
       [filled](ScriptedEngine& engine) {
         filled(engine);
         auto attic = relay(engine::RelayState::Connected);
         attic.fingerprint = key(0x12, 0x13);
         attic.link = "foyer://relay/attic:4710#" + attic.fingerprint.hex();
         engine.relayViews.push_back(attic);
         for (std::size_t i = 0; i < engine.personViews.size(); ++i)
           engine.personViews[i].relays = {engine.relayViews[i % 3 == 2 ? 1 : 0].fingerprint};
         engine.settings["lobby_by_relay"] = "on";
       }},
      {.name = "02-lobby-order", .before = filled, .clicks = {"Order of the list"}},
      {"02-lobby-ask", 960, 640,
       [filled](ScriptedEngine& engine) {
         filled(engine);
         engine.contactViews[0].policy = engine::ContactPolicy::Ask;
       },
       [](ScriptedEngine& engine, app::AppPresenter& app) {
         app.lobby()->call(QString::fromStdString(engine.personViews[1].fingerprint.hex()));
       }},
      {"05-incoming-ask", 960, 640, asking(false)},
      {"05-incoming-ask-narrow", 480, 640, asking(false)},
      {"05-incoming-ask-second", 960, 640, asking(true)},
      {"18-contacts", 960, 640, filled, showContacts},
      {"18-contacts-narrow", 480, 640, filled, showContacts},
      {"18-contacts-empty", 960, 640, fillLobby, showContacts},
      {.name = "18-contacts-save",
       .before = filled,
       .after = showContacts,
       .clicks = {"Save to a file"}},
      {"18-contacts-add", 960, 640, filled,
       [](ScriptedEngine& engine, app::AppPresenter& app) {
         engine.importView = {.read = 12, .added = 5, .completed = 1, .ignored = 3};
         app.showContacts();
         app.contactFile()->begin(app::ContactFilePresenter::Take);
         app.contactFile()->look(app.contactFile()->suggestedPath(), false);
       }},
      {"18-contact", 960, 900, filled, showPerson(1)},
      {"18-contact-narrow", 480, 900, filled, showPerson(1)},
      {"18-contact-new", 960, 640, filled, showPerson(3)},
      {"18-contact-by-link", 960, 640, filled,
       [](ScriptedEngine& engine, app::AppPresenter& app) {
         app.openLink(QStringLiteral("foyer://person/") +
                      QString::fromStdString(engine.personViews[3].fingerprint.hex()));
       }},
      {"18-person-link", 960, 640, filled, openStranger},
      {"18-person-link-narrow", 480, 640, filled, openStranger},
      {.name = "18-contact-forget",
       .before = filled,
       .after = showPerson(1),
       .clicks = {"Forget Chiara from the choir"}},
  };
}

}  // namespace foyer::test
