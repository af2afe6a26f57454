// The log of events in the window: newest last, filtered by how bad, what about and a search, row
// by row. Follows only while its page is shown and not paused. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>
#include <deque>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class LogModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
  // 0 everything, 1 warnings and errors, 2 errors
  Q_PROPERTY(int level READ level WRITE setLevel NOTIFY filterChanged)
  // Of roomNames: 0 everything, else one of them
  Q_PROPERTY(int room READ room WRITE setRoom NOTIFY filterChanged)
  Q_PROPERTY(QList<QString> levelNames READ levelNames NOTIFY wordsChanged)
  Q_PROPERTY(QList<QString> roomNames READ roomNames NOTIFY wordsChanged)
  Q_PROPERTY(bool paused READ isPaused WRITE setPaused NOTIFY pausedChanged)
  Q_PROPERTY(int count READ count NOTIFY countChanged)  // rows shown
  Q_PROPERTY(int total READ total NOTIFY countChanged)  // without the filter

 public:
  enum Role {
    WhenRole = Qt::UserRole + 1,  // "11:42:07.318"
    LevelRole,                    // 0 note, 1 warning, 2 error
    LevelTextRole,
    RoomTextRole,
    NameRole,
    AboutRole,
    DescriptionRole  // the whole row for a screen reader
  };
  Q_ENUM(Role)
  // As many as the engine keeps.
  static constexpr std::size_t kMaxRows = 2000;

  explicit LogModel(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

  [[nodiscard]] QString filter() const { return m_filter; }
  void setFilter(const QString& filter);
  [[nodiscard]] int level() const { return m_level; }
  void setLevel(int level);
  [[nodiscard]] int room() const { return m_room; }
  void setRoom(int room);
  [[nodiscard]] QStringList levelNames() const;
  [[nodiscard]] QStringList roomNames() const;
  [[nodiscard]] bool isPaused() const { return m_isPaused; }
  void setPaused(bool paused);
  [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }
  [[nodiscard]] int total() const { return static_cast<int>(m_lines.size()); }

  // The page is shown, or left.
  Q_INVOKABLE void open();
  Q_INVOKABLE void close();
  // What is shown, as text.
  Q_INVOKABLE void copy();

 Q_SIGNALS:
  void filterChanged();
  void pausedChanged();
  void wordsChanged();  // the language is another one
  void countChanged();
  void said(const QString& text);

 private:
  void read();
  void filterAnew();
  [[nodiscard]] bool isShown(const engine::LogLine& line) const;

  engine::EngineInterface& m_engine;
  std::deque<engine::LogLine> m_lines;  // all of them, at most kMaxRows
  std::deque<engine::LogLine> m_rows;   // of those, what is shown
  std::uint64_t m_last = 0;             // number of the newest that was read
  QString m_filter;
  int m_level = 0, m_room = 0;
  bool m_isOpen = false, m_isPaused = false;
};

}  // namespace foyer::app
