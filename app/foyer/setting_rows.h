// What stands on the settings page, in its order: one row a setting, and pieces for what is more
// than a switch, a choice or a line. A new setting is a row here. Sentences of the program's
// language; pure.
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

namespace foyer::app {

enum class SettingGroup { You, Sound, Calls, Privacy, Network, Window };
constexpr int kSettingGroups = 6;

enum class SettingKind {
  Switch,  // "on" or "off"
  Choice,  // one of `values`
  Line,    // typed
  Piece,   // its own controls: qml/settings/SettingPiece.qml, by `key`
};

struct SettingRow {
  SettingGroup group = SettingGroup::You;
  SettingKind kind = SettingKind::Switch;
  QString key;  // of the engine's setting; of a piece, its name
  QString title, advice;
  QString further;                      // words that find it as well; never shown
  QString accepts = {};                 // of a line: what may be typed, said when it was refused
  QString byItself = {};                // the value while nothing is set
  QStringList values = {}, names = {};  // of a choice, one name a value
  // Of a piece: the settings that it keeps, each with its value while nothing is set.
  QList<std::pair<QString, QString>> keeps = {};
};

[[nodiscard]] std::vector<SettingRow> settingRows();
[[nodiscard]] QString settingGroupName(SettingGroup group);
[[nodiscard]] QString settingGroupGlyph(SettingGroup group);

}  // namespace foyer::app
