// Who is connected to the relay here, one row a connection: it appears, lives, and is seen to
// leave. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>
#include <QTimer>
#include <vector>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class RelayGuestsModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(int count READ count NOTIFY changed)
  Q_PROPERTY(QStringList lines READ lines NOTIFY changed)

 public:
  enum Role {
    ConnectionRole = Qt::UserRole + 1,
    NameRole,   // "You", a name of the lobby, "Somebody"
    LabelRole,  // below the door: the name, "Chiara left"
    TagRole,    // four letters of the key, only where two have one name
    InitialsRole,
    HueRole,
    LeavingRole,  // gone; shown for a moment longer
  };
  Q_ENUM(Role)
  static constexpr int kMaxDoors = 8;  // as many as stand round the arch of the picture
  static constexpr int kMaxLines = 24;
  // Long enough to be seen leaving.
  static constexpr int kLeavingMs = 1500;

  explicit RelayGuestsModel(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
  [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }
  // Everybody in words, with since when; oneself first, at the end how many more.
  [[nodiscard]] QStringList lines() const { return m_lines; }
  // What has left is taken away.
  void sweep();

 Q_SIGNALS:
  void changed();

 private:
  struct Row {
    std::uint64_t connection = 0;
    QString name, tag, initials;
    int hue = 0;
    std::int64_t leftAtMs = 0;  // steady; 0: still there
    bool operator==(const Row&) const = default;
  };

  void refresh();
  [[nodiscard]] Row rowOf(const engine::RelayGuestView& guest) const;
  [[nodiscard]] QStringList linesOf(const engine::HostedRelayView& hosted) const;

  engine::EngineInterface& m_engine;
  std::vector<Row> m_rows;
  QStringList m_lines;
  QTimer m_sweeping;
};

}  // namespace foyer::app
