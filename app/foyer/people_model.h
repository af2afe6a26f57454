// The people of the lobby, sorted, grouped and filtered, changed row by row so that focus and
// scroll position stay. Roles are what the row shows, in words. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>
#include <QCollator>
#include <map>
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
  Q_PROPERTY(int order READ order WRITE setOrder NOTIFY orderChanged)
  Q_PROPERTY(bool byRelay READ byRelay WRITE setByRelay NOTIFY orderChanged)
  Q_PROPERTY(bool grouped READ grouped NOTIFY orderChanged)  // byRelay, and there is more than one
  Q_PROPERTY(bool canGroup READ canGroup NOTIFY orderChanged)  // more than one relay is joined

 public:
  // Warnings come first and favourites next in each, who is blocked comes last.
  enum Order { ByState, ByName, ByLatestCall };
  Q_ENUM(Order)
  enum Role {
    FingerprintRole = Qt::UserRole + 1,  // hex, for the actions
    NameRole,
    TagRole,        // four letters, only where two names are equal
    StateTextRole,  // "Available"
    InitialsRole,
    HueRole,  // 0..7
    LitRole,  // the door is lit: available or in a call
    VerifiedRole,
    SuspectRole,
    BlockedRole,
    TrustTextRole,  // "Verified", "Not verified yet", "Key changed", "Blocked"
    BarsRole,       // 0..4
    DelayTextRole,  // "38 ms" or "–"
    CallableRole,
    FavouriteRole,
    SignedRole,      // "Calls themselves Ben", where they are called otherwise here
    PathRole,        // "relay only" for sure, "last: direct" or "last: TURN", "–": not known
    GroupRole,       // the relay they are on
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
  // Kept as the settings "lobby_sort" and "lobby_by_relay".
  [[nodiscard]] int order() const;
  void setOrder(int order);
  [[nodiscard]] bool byRelay() const;
  void setByRelay(bool byRelay);
  [[nodiscard]] bool canGroup() const { return m_canGroup; }
  [[nodiscard]] bool grouped() const { return m_canGroup && byRelay(); }
  // Relay lost: the list is kept, greyed, and nobody can be called.
  void setReachable(bool reachable);
  // One per program run is enough: the person at this row, "" outside.
  Q_INVOKABLE QString fingerprintAt(int row) const;

  void refresh();

 Q_SIGNALS:
  void filterChanged();
  void countChanged();
  void orderChanged();

 private:
  // The way that a call would take, as far as that is known before.
  enum class Way { Unknown, Relay, DirectLastTime, TurnLastTime };
  struct Row {
    Fingerprint id;
    QString name, tag, signedAlias, group;
    engine::PersonState state = engine::PersonState::Offline;
    engine::Trust trust = engine::Trust::NotVerified;
    Way way = Way::Unknown;
    std::optional<int> delayMs;
    bool isCallable = false, isFavourite = false;
    bool isKnown = true;  // the state: a relay still tells
    bool operator==(const Row&) const = default;
  };
  struct LatestCall {
    std::int64_t startedAtMs = 0;
    std::string path;  // of the latest with sound
  };
  struct Sorted;
  template <class Model>
  friend struct RowSteps;

  [[nodiscard]] static QString stateTextOf(const Row& row);
  [[nodiscard]] static QString trustText(const Row& row);
  [[nodiscard]] static QString describe(const Row& row);
  [[nodiscard]] Row rowOf(const engine::PersonView& person) const;
  [[nodiscard]] Way wayTo(const engine::PersonView& person) const;
  [[nodiscard]] std::vector<Row> wanted();
  void readHistory();

  engine::EngineInterface& m_engine;
  QCollator m_collator;
  std::map<Fingerprint, LatestCall> m_latest;
  std::map<Fingerprint, QString> m_groups;  // relays that are joined, by name
  bool m_canGroup = false;
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
