// Past calls, newest first, filtered, changed row by row. Roles are what the row shows, in words.
// UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>
#include <vector>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class HistoryModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
  Q_PROPERTY(bool missedOnly READ missedOnly WRITE setMissedOnly NOTIFY filterChanged)
  Q_PROPERTY(int count READ count NOTIFY countChanged)    // rows shown
  Q_PROPERTY(int total READ total NOTIFY countChanged)    // without the filter
  Q_PROPERTY(int missed READ missed NOTIFY countChanged)  // calls that were missed, of all
  Q_PROPERTY(int unseen READ unseen NOTIFY countChanged)  // of them not looked at yet
  Q_PROPERTY(bool keeps READ keeps WRITE setKeeps NOTIFY keepsChanged)

 public:
  enum Role {
    CallRole = Qt::UserRole + 1,  // hex, for the actions
    FingerprintRole,
    NameRole,
    InitialsRole,
    HueRole,
    LitRole,    // here and to be talked to
    DayRole,    // "Today", "Yesterday", "3 November"
    GlyphRole,  // "missed", "incoming", "outgoing"
    WhenRole,   // "Missed · 11:42"
    TrustTextRole,
    VerifiedRole,
    SuspectRole,
    BlockedRole,
    MissedRole,
    HeadRole,    // "23 min", "No answer after 45 s"
    DetailRole,  // "Sounded good · direct"
    CallableRole,
    StateTextRole,   // why they cannot be called now; empty: they can
    DescriptionRole  // the whole row for a screen reader
  };
  Q_ENUM(Role)

  explicit HistoryModel(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

  [[nodiscard]] QString filter() const { return m_filter; }
  void setFilter(const QString& filter);
  [[nodiscard]] bool missedOnly() const { return m_missedOnly; }
  void setMissedOnly(bool missedOnly);
  [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }
  [[nodiscard]] int total() const { return m_total; }
  [[nodiscard]] int missed() const { return m_missed; }
  [[nodiscard]] int unseen() const { return m_unseen; }
  // Whether calls are remembered from now on.
  [[nodiscard]] bool keeps() const;
  void setKeeps(bool keeps);

  Q_INVOKABLE QString fingerprintAt(int row) const;  // "" outside
  Q_INVOKABLE QString callAt(int row) const;
  Q_INVOKABLE void remove(const QString& call);
  Q_INVOKABLE void clear();
  // The page is shown: who is here is followed, and days have their names from today.
  Q_INVOKABLE void open();
  // It was looked at, and left.
  Q_INVOKABLE void close();

 Q_SIGNALS:
  void filterChanged();
  void countChanged();
  void keepsChanged();

 private:
  struct Row {
    CallId call;
    Fingerprint peer;
    QString name, day, when, head, detail, state;
    engine::Trust trust = engine::Trust::NotVerified;
    bool isMissed = false, isIncoming = false, isHere = false, isCallable = false;
    bool operator==(const Row&) const = default;
  };
  void refresh();
  [[nodiscard]] std::vector<Row> wanted();
  void replaceRows(const std::vector<Row>& rows);

  engine::EngineInterface& m_engine;
  std::vector<Row> m_rows;
  QString m_filter;
  bool m_missedOnly = false;
  bool m_isOpen = false;
  int m_total = 0, m_missed = 0, m_unseen = 0;
};

// "23 min", "1 h 12 min", "40 s".
[[nodiscard]] QString lengthText(std::int64_t ms);
[[nodiscard]] bool isMissed(const engine::PastCallView& call);
// "Sounded good", "Broke up" of the stable name; empty: not known.
[[nodiscard]] QString qualityText(const std::string& quality);
// "through the relay", "direct"; empty: not known.
[[nodiscard]] QString pathText(const std::string& path);
// "Today", "Yesterday", "3 November".
[[nodiscard]] QString dayText(std::int64_t unixMs);
// "Missed · 11:42".
[[nodiscard]] QString whenText(const engine::PastCallView& call);

}  // namespace foyer::app
