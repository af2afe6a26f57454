// Everybody of whom something is kept, here or not, by name with the favourites first; changed row
// by row. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>
#include <vector>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class ContactsModel : public QAbstractListModel {
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
    TagRole,   // four letters, only where two names are equal
    LineRole,  // "Calls themselves Ben · Last call on 3 November"
    InitialsRole,
    HueRole,
    LitRole,  // here now
    FavouriteRole,
    BlockedRole,
    VerifiedRole,
    SuspectRole,
    TrustTextRole,
    DescriptionRole  // the whole row for a screen reader
  };
  Q_ENUM(Role)

  explicit ContactsModel(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

  [[nodiscard]] QString filter() const { return m_filter; }
  // Parts of names and notes, beginnings of key tags.
  void setFilter(const QString& filter);
  [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }
  [[nodiscard]] int total() const { return m_total; }

  Q_INVOKABLE QString fingerprintAt(int row) const;  // "" outside
  // The page is shown, or left: only meanwhile is the list followed.
  Q_INVOKABLE void open();
  Q_INVOKABLE void close();

 Q_SIGNALS:
  void filterChanged();
  void countChanged();

 private:
  struct Row {
    Fingerprint id;
    QString name, tag, line;
    engine::Trust trust = engine::Trust::NotVerified;
    bool isFavourite = false, isHere = false;
    bool operator==(const Row&) const = default;
  };
  template <class Model>
  friend struct RowSteps;
  void refresh();
  [[nodiscard]] std::vector<Row> wanted();

  engine::EngineInterface& m_engine;
  std::vector<Row> m_rows;
  QString m_filter;
  int m_total = 0;
  bool m_isOpen = false;
};

// "Last call on 3 November"; empty: there was none.
[[nodiscard]] QString lastCallText(const engine::ContactDetails& contact);

}  // namespace foyer::app
