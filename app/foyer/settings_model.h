// The settings page: the rows of one group, or those that a search finds in all of them, with what
// each holds now. Every change is in force at once. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>
#include <QHash>
#include <vector>

#include "app/foyer/setting_rows.h"
#include "core/engine/engine_interface.h"

namespace foyer::app {

class SettingsModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(int group READ group WRITE setGroup NOTIFY groupChanged)
  Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY searchChanged)
  Q_PROPERTY(QStringList groupNames READ groupNames NOTIFY groupNamesChanged)
  Q_PROPERTY(QStringList groupGlyphs READ groupGlyphs CONSTANT)
  Q_PROPERTY(int count READ count NOTIFY countChanged)

 public:
  enum Kind { Switch, Choice, Line, Piece };
  Q_ENUM(Kind)
  enum Group { You, Sound, Calls, Privacy, Network, Window };
  Q_ENUM(Group)
  enum Role {
    KindRole = Qt::UserRole + 1,  // Kind
    KeyRole,
    TitleRole,
    AdviceRole,
    HeadingRole,  // the group's name where it begins among what a search found, else empty
    OnRole,       // of a switch
    NamesRole,    // of a choice
    CurrentRole,  // of a choice: which of the names, -1: none of them
    ValueRole,    // of a line
    ChangedRole,  // it can be put back to what it is by itself
    ErrorRole,    // why the last value was not taken, a sentence; empty: it was
  };

  explicit SettingsModel(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

  [[nodiscard]] int group() const { return static_cast<int>(m_group); }
  void setGroup(int group);
  [[nodiscard]] const QString& search() const { return m_search; }
  void setSearch(const QString& search);
  [[nodiscard]] QStringList groupNames() const;
  [[nodiscard]] QStringList groupGlyphs() const;
  [[nodiscard]] int count() const { return static_cast<int>(m_shown.size()); }

  // The language is another one.
  void retranslate();

  Q_INVOKABLE void turn(int row, bool isOn);
  Q_INVOKABLE void choose(int row, int index);
  Q_INVOKABLE void type(int row, const QString& text);
  // To what it is by itself.
  Q_INVOKABLE void reset(int row);
  // Nothing is searched, and no error is said any more.
  Q_INVOKABLE void begin(int group);

 Q_SIGNALS:
  void groupChanged();
  void groupNamesChanged();
  void searchChanged();
  void countChanged();

 private:
  [[nodiscard]] const SettingRow* at(int row) const;
  [[nodiscard]] QString valueOf(const SettingRow& row) const;
  [[nodiscard]] QString headingOf(int row) const;
  [[nodiscard]] bool isChanged(const SettingRow& row) const;
  void put(const SettingRow& row, const QString& value);
  void show();
  void refresh(const QString& key);

  engine::EngineInterface& m_engine;
  std::vector<SettingRow> m_rows;
  std::vector<std::size_t> m_shown;  // places in m_rows
  QHash<QString, QString> m_errors;  // by key
  SettingGroup m_group = SettingGroup::You;
  QString m_search;
};

}  // namespace foyer::app
