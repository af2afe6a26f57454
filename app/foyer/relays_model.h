// The relays that were joined, the preferred one first: state in words, how far they are, their
// keys; and those found on this network. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>
#include <QStringList>
#include <vector>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class RelaysModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(int count READ count NOTIFY countChanged)
  Q_PROPERTY(QStringList found READ found NOTIFY foundChanged)
  Q_PROPERTY(QStringList foundKeys READ foundKeys NOTIFY foundChanged)

 public:
  enum Role {
    FingerprintRole = Qt::UserRole + 1,  // hex, for the actions
    NameRole,
    AddressRole,    // host and port of its link; empty: not known
    StateRole,      // State
    StateTextRole,  // "Verified", "New", "Key changed", "Offline" …
    GlyphRole,      // of the state: it is told by its shape too
    SentenceRole,   // what the state means, and what to do
    DelayTextRole,  // "38 ms" or "–"
    OwnRole,
    UnconfirmedRole,  // connected under a key that nobody has compared
    KeyRole,          // eight groups
    EarlierKeysRole,  // "KEY, until DATE" each, the newest first
    OfferedKeyRole,   // of who answers in its place; empty: nobody does
    DescriptionRole,  // the whole row for a screen reader
  };
  Q_ENUM(Role)
  enum State { Verified, New, KeyChanged, WrongKey, Joining, Offline, Elsewhere };
  Q_ENUM(State)

  // An announcement is anybody's word; more would push the list away.
  static constexpr std::size_t kMaxFound = 8;

  explicit RelaysModel(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
  [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }
  [[nodiscard]] QStringList found() const;
  [[nodiscard]] QStringList foundKeys() const;

  Q_INVOKABLE void joinFound(int index);
  Q_INVOKABLE void moveUp(const QString& fingerprint) { move(fingerprint, -1); }
  Q_INVOKABLE void moveDown(const QString& fingerprint) { move(fingerprint, 1); }
  // Left, and remembered no more.
  Q_INVOKABLE void leave(const QString& fingerprint);
  Q_INVOKABLE void confirmKey(const QString& fingerprint);
  // Of a changed key: it is the relay's from now on.
  Q_INVOKABLE void takeOfferedKey(const QString& fingerprint);
  Q_INVOKABLE void tryNow(const QString& fingerprint);
  Q_INVOKABLE void copyKey(const QString& fingerprint);
  Q_INVOKABLE void copyLink(const QString& fingerprint);

 Q_SIGNALS:
  void countChanged();
  void foundChanged();
  void said(const QString& text);  // for a toast

 private:
  struct Row {
    engine::RelayView view;
    QString name, address, sentence, delay;
    State state = Joining;
  };

  void refresh();
  void replaceRows(std::vector<Row> rows);
  void refreshFound();
  void move(const QString& fingerprint, int by);
  // `isOnAnother`: a relay elsewhere is connected.
  [[nodiscard]] Row rowOf(const engine::RelayView& view, bool isOnAnother) const;
  [[nodiscard]] const Row* rowOf(const QString& fingerprint) const;

  engine::EngineInterface& m_engine;
  std::vector<Row> m_rows;
  std::vector<engine::DiscoveredRelayView> m_found;
};

}  // namespace foyer::app
