// The people of the lobby, sorted and filtered, changed row by row so that focus and scroll
// position stay. Roles are what the row shows, in words. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>
#include <vector>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class PeopleModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
  Q_PROPERTY(int count READ count NOTIFY countChanged)  // rows shown
  Q_PROPERTY(int total READ total NOTIFY countChanged)  // without the filter

 public:
  enum Role {
    FingerprintRole = Qt::UserRole + 1,  // hex, for the actions
    NameRole,
    TagRole,        // four letters, only where two names are equal
    StateTextRole,  // "Available"
    InitialsRole,
    HueRole,  // 0..7
    LitRole,  // the door is lit: available or in a call
    VerifiedRole,
    KeyChangedRole,
    BlockedRole,
    TrustTextRole,  // "Verified", "Not verified yet", "Key changed", "Blocked"
    BarsRole,       // 0..4
    DelayTextRole,  // "38 ms" or "–"
    CallableRole,
    DescriptionRole  // the whole row for a screen reader
  };
  Q_ENUM(Role)

  explicit PeopleModel(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

  [[nodiscard]] QString filter() const { return m_filter; }
  void setFilter(const QString& filter);
  [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }
  [[nodiscard]] int total() const { return m_total; }
  // Relay lost: the list is kept, greyed, and nobody can be called.
  void setReachable(bool reachable);
  // One per program run is enough: the person at this row, "" outside.
  Q_INVOKABLE QString fingerprintAt(int row) const;

  void refresh();

 Q_SIGNALS:
  void filterChanged();
  void countChanged();

 private:
  struct Row {
    Fingerprint fingerprint;
    QString name, tag;
    engine::PersonState state = engine::PersonState::Offline;
    engine::Trust trust = engine::Trust::NotVerified;
    std::optional<int> delayMs;
    bool isCallable = false;
    bool operator==(const Row&) const = default;
  };

  [[nodiscard]] std::vector<Row> wanted();
  void replaceRows(const std::vector<Row>& rows);

  engine::EngineInterface& m_engine;
  std::vector<Row> m_rows;
  QString m_filter;
  int m_total = 0;
  bool m_isReachable = true;
};

// Words for a person's state and trust, shared with the call screens.
[[nodiscard]] QString stateWord(engine::PersonState state);
[[nodiscard]] QString trustWord(engine::Trust trust);
[[nodiscard]] bool canBeCalled(const engine::PersonView& person);

}  // namespace foyer::app
