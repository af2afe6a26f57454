// The settings page: what it shows of each setting, what a change does, what a search finds.
#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include "app/foyer/settings_model.h"
#include "core/engine/setting_values.h"
#include "tests/support/scripted_scenes.h"

namespace foyer::app {
namespace {

struct Settings : testing::Test {
  test::ScriptedEngine engine;
  SettingsModel model{engine};
  QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::Fatal};

  Settings() { test::fillLobby(engine); }
  [[nodiscard]] int rowOf(const char* key) const {
    for (int row = 0; row < model.rowCount(); ++row)
      if (data(row, SettingsModel::KeyRole).toString() == QLatin1String(key)) return row;
    return -1;
  }
  [[nodiscard]] QVariant data(int row, int role) const {
    return model.data(model.index(row), role);
  }
};

TEST_F(Settings, everyRowIsASettingThatTheEngineTakes) {
  for (const SettingRow& row : settingRows()) {
    EXPECT_FALSE(row.title.isEmpty()) << row.key.toStdString();
    if (row.kind == SettingKind::Piece) continue;
    const std::string key = row.key.toStdString();
    EXPECT_EQ(engine::settingRefusal(key, ""), nullptr) << key;
    if (row.kind == SettingKind::Switch) {
      for (const char* value : {"on", "off"})
        EXPECT_EQ(engine::settingRefusal(key, value), nullptr) << key;
    }
    ASSERT_EQ(row.values.size(), row.names.size()) << key;
    for (const QString& value : row.values)
      EXPECT_EQ(engine::settingRefusal(key, value.toStdString()), nullptr)
          << key << " " << value.toStdString();
    if (row.kind == SettingKind::Choice) {
      EXPECT_TRUE(row.values.contains(row.byItself)) << key;
    }
  }
}

TEST_F(Settings, aSwitchShowsWhatItIsByItselfAndGoesBackToIt) {
  model.begin(SettingsModel::Sound);
  const int row = rowOf("noise_reduction");
  ASSERT_GE(row, 0);
  EXPECT_TRUE(data(row, SettingsModel::OnRole).toBool());
  EXPECT_FALSE(data(row, SettingsModel::ChangedRole).toBool());
  const QSignalSpy changed(&model, &SettingsModel::dataChanged);
  model.turn(row, false);
  EXPECT_EQ(engine.settings["noise_reduction"], "off");
  EXPECT_FALSE(data(row, SettingsModel::OnRole).toBool());
  EXPECT_TRUE(data(row, SettingsModel::ChangedRole).toBool());
  EXPECT_FALSE(changed.isEmpty());
  for (const auto& of : changed) EXPECT_EQ(of[0].toModelIndex().row(), row) << "this row alone";
  model.reset(row);
  EXPECT_TRUE(engine.settings["noise_reduction"].isEmpty()) << "as if it had never been set";
  EXPECT_TRUE(data(row, SettingsModel::OnRole).toBool());
}

TEST_F(Settings, controlsOfTheirOwnGoBackToWhatTheyAreByThemselves) {
  model.begin(SettingsModel::Sound);
  const int row = rowOf("ring");
  ASSERT_GE(row, 0);
  EXPECT_FALSE(data(row, SettingsModel::ChangedRole).toBool());
  engine.setSetting("ring_volume", "100");
  EXPECT_FALSE(data(row, SettingsModel::ChangedRole).toBool()) << "which it is by itself";
  const QSignalSpy changed(&model, &SettingsModel::dataChanged);
  engine.setSetting("ring_device", "loudspeakers");
  EXPECT_TRUE(data(row, SettingsModel::ChangedRole).toBool());
  EXPECT_EQ(changed.size(), 1);
  engine.setSetting("ring_volume", "40");
  model.reset(row);
  EXPECT_TRUE(engine.settings["ring_device"].isEmpty());
  EXPECT_TRUE(engine.settings["ring_volume"].isEmpty());
  EXPECT_FALSE(data(row, SettingsModel::ChangedRole).toBool());
  engine.setSetting("talk_mode", "push");
  EXPECT_TRUE(data(rowOf("talk"), SettingsModel::ChangedRole).toBool());
}

TEST_F(Settings, whatIsSetElsewhereIsShown) {
  model.begin(SettingsModel::Window);
  const int row = rowOf("theme");
  EXPECT_EQ(data(row, SettingsModel::CurrentRole).toInt(), 0);
  engine.setSetting("theme", "dark");
  EXPECT_EQ(data(row, SettingsModel::CurrentRole).toInt(), 2);
  model.choose(row, 1);
  EXPECT_EQ(engine.settings["theme"], "light");
  model.choose(row, 7);
  EXPECT_EQ(engine.settings["theme"], "light") << "there is no such choice";
}

TEST_F(Settings, aNameThatCannotBeIsRefusedAndTheOldOneStays) {
  model.begin(SettingsModel::You);
  const int row = rowOf("alias");
  EXPECT_EQ(data(row, SettingsModel::ValueRole).toString(), "Naledi Sithole");
  model.type(row, "   ");
  EXPECT_TRUE(data(row, SettingsModel::ErrorRole).toString().startsWith("This name"));
  EXPECT_TRUE(engine.log.isEmpty());
  model.type(row, "  Naledi   S. ");
  EXPECT_EQ(engine.log, QStringList{"setAlias Naledi S."});
  EXPECT_TRUE(data(row, SettingsModel::ErrorRole).toString().isEmpty());
  model.type(row, QString(65, 'n'));
  EXPECT_FALSE(data(row, SettingsModel::ErrorRole).toString().isEmpty());
  model.begin(SettingsModel::You);
  EXPECT_TRUE(data(row, SettingsModel::ErrorRole).toString().isEmpty()) << "a page opens afresh";
  EXPECT_FALSE(data(row, SettingsModel::ChangedRole).toBool())
      << "a name has nothing to go back to";
}

TEST_F(Settings, aRefusedPortSaysWhichOnesMayBe) {
  model.setSearch("UDP port");
  ASSERT_EQ(model.count(), 1);
  model.type(0, "80");
  EXPECT_TRUE(data(0, SettingsModel::ErrorRole).toString().contains("from 1024 to 65535"));
  EXPECT_TRUE(engine.log.isEmpty()) << "nothing was set";
}

TEST_F(Settings, aRefusalIsGoneWithTheFieldThatItStoodUnder) {
  model.begin(SettingsModel::You);
  model.type(rowOf("alias"), "  ");
  EXPECT_FALSE(data(rowOf("alias"), SettingsModel::ErrorRole).toString().isEmpty());
  model.setGroup(SettingsModel::Sound);
  model.setGroup(SettingsModel::You);
  EXPECT_TRUE(data(rowOf("alias"), SettingsModel::ErrorRole).toString().isEmpty());
  model.setSearch("UDP port");
  model.type(0, "80");
  model.setSearch("UDP port of");
  ASSERT_EQ(model.count(), 1);
  EXPECT_TRUE(data(0, SettingsModel::ErrorRole).toString().isEmpty());
}

TEST_F(Settings, aSearchLooksIntoAllGroupsAndNamesThem) {
  model.begin(SettingsModel::You);
  model.setSearch("nat port");
  EXPECT_GE(rowOf("birthday"), 0);
  EXPECT_LT(rowOf("alias"), 0);
  EXPECT_EQ(data(0, SettingsModel::HeadingRole).toString(), "Network");
  EXPECT_TRUE(data(1, SettingsModel::HeadingRole).toString().isEmpty()) << "each group once";
  model.setSearch("codec2");
  EXPECT_GE(rowOf("quality"), 0) << "by one of its choices";
  model.setSearch("wallpaper");
  EXPECT_EQ(model.rowCount(), 0);
  model.setSearch("  ");
  EXPECT_GE(rowOf("alias"), 0) << "nothing is searched: the group that was open";
  model.setGroup(SettingsModel::Calls);
  EXPECT_GE(rowOf("quality"), 0);
  EXPECT_TRUE(model.search().isEmpty());
}

TEST_F(Settings, everySettingIsFoundByItsTitle) {
  for (const SettingRow& row : settingRows()) {
    model.setSearch(row.title);
    EXPECT_GE(rowOf(qPrintable(row.key)), 0) << row.key.toStdString();
  }
}

}  // namespace
}  // namespace foyer::app
