// The scenes of the settings page and of the guide. Part of screen_scenes.h.
#pragma once

#include <vector>

#include "tests/support/screen_scenes.h"

namespace foyer::test {

inline std::vector<Scene> settingScenes() {
  using app::SettingsModel;
  const auto show = [](int group) {
    return [group](ScriptedEngine&, app::AppPresenter& app) { app.showSettings(group); };
  };
  const auto changed = [](ScriptedEngine& engine) {
    fillLobby(engine);
    engine.settings["noise_reduction"] = "off";
    engine.settings["low_delay"] = "on";
    engine.settings["theme"] = "dark";
    engine.settings["quality"] = "low";
  };
  const auto find = [](const char* words) {
    return [words](ScriptedEngine&, app::AppPresenter& app) {
      app.showSettings(SettingsModel::You);
      app.settings()->setSearch(QString::fromUtf8(words));
    };
  };
  const auto restart = [find](ScriptedEngine& engine, app::AppPresenter& app) {
    app.restart()->begin(QString());
    engine.setSetting("scale", "150");
    find("size")(engine, app);
  };
  const auto guide = [](int chapter) {
    return [chapter](ScriptedEngine&, app::AppPresenter& app) {
      app.showGuide();
      app.guide()->open(chapter);
    };
  };
  return {
      {"10-settings-you", 960, 640, fillLobby, show(SettingsModel::You)},
      {"10-settings-your-code", 960, 640, fillLobby, find("QR")},
      {"10-settings-your-code-narrow", 480, 640, fillLobby, find("QR")},
      {"10-settings-sound", 960, 640, changed, show(SettingsModel::Sound)},
      {"10-settings-sound-narrow", 480, 640, changed, show(SettingsModel::Sound)},
      {"10-settings-talk-key", 960, 640,
       [](ScriptedEngine& engine) {
         fillLobby(engine);
         engine.settings["talk_mode"] = "push";
         engine.settings["talk_everywhere"] = "on";
         engine.settings["ring_volume"] = "40";
         engine.audioView.talkMode = media::TalkMode::PushToTalk;
       },
       [](ScriptedEngine&, app::AppPresenter& app) {
         app.showSettings(SettingsModel::Sound);
         app.settings()->setSearch(QStringLiteral("talk"));
       }},
      {.name = "10-settings-hear-yourself",
       .before = fillLobby,
       .after = show(SettingsModel::Sound),
       .clicks = {"Hear yourself"}},
      {"10-settings-calls", 960, 640, changed, show(SettingsModel::Calls)},
      {"10-settings-calls-narrow", 480, 640, changed, show(SettingsModel::Calls)},
      {"10-settings-privacy", 960, 640, fillLobby, show(SettingsModel::Privacy)},
      {"10-settings-window", 960, 640, changed, show(SettingsModel::Window)},
      {"10-settings-restart", 960, 640, fillLobby, restart},
      {"10-settings-restart-narrow", 480, 640, fillLobby, restart},
      {"10-settings-scale-from-outside", 960, 640, fillLobby,
       [find](ScriptedEngine& engine, app::AppPresenter& app) {
         app.restart()->begin(std::nullopt);
         find("scale")(engine, app);
       }},
      {.name = "10-settings-restart-asks",
       .before =
           [](ScriptedEngine& engine) {
             fillLobby(engine);
             engine.hostedView = servingRelay();
             hostThePeople(engine);
           },
       .after = restart,
       .clicks = {"Restart now"}},
      {"10-settings-found", 960, 640, changed, find("network")},
      {"10-settings-nothing-found", 960, 640, changed, find("wallpaper")},
      {"10-settings-restore", 960, 640, fillLobby,
       [](ScriptedEngine&, app::AppPresenter& app) {
         app.showSettings(SettingsModel::You);
         app.backup()->begin(app::BackupPresenter::Restore);
       }},
      {.name = "10-settings-refused",
       .before = fillLobby,
       .after = find("port of my"),
       .fields = {{"UDP port of my relay", "99999\n"}}},
      // The frame around the pages: the rail in a low window, the guide.
      {"10-settings-low", 640, 480, fillLobby, show(SettingsModel::You)},
      {"19-guide", 960, 640, fillLobby, guide(0)},
      {"19-guide-narrow", 480, 640, fillLobby, guide(0)},
      {"19-guide-chapter", 960, 640, fillLobby, guide(1)},
      {"19-guide-tables", 640, 480, fillLobby,
       [](ScriptedEngine&, app::AppPresenter& app) {
         app.showGuide();
         app.guide()->follow(QStringLiteral("network.md#the-path-line"));
       }},
  };
}

}  // namespace foyer::test
