// The record of the ways that the call on the screen has tried, newest step first, for the
// diagnostics. Addresses are masked until somebody asks for them, in each call anew. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QStringList>
#include <optional>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class PathPresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(QString glyph READ glyph NOTIFY changed)  // of the way it takes now
  Q_PROPERTY(QString sentence READ sentence NOTIFY changed)
  Q_PROPERTY(QStringList head READ head NOTIFY changed)
  Q_PROPERTY(QList<QStringList> rows READ rows NOTIFY changed)  // pathCells()
  Q_PROPERTY(int total READ total NOTIFY changed)               // steps, also those not shown
  Q_PROPERTY(bool whole READ isWhole WRITE setWhole NOTIFY changed)
  Q_PROPERTY(bool addressesShown READ areAddressesShown WRITE setAddressesShown NOTIFY changed)

 public:
  static constexpr int kFirstRows = 8;  // what is shown of a record until all of it is asked for

  explicit PathPresenter(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] QString glyph() const { return m_glyph; }
  [[nodiscard]] QString sentence() const { return m_sentence; }
  [[nodiscard]] QStringList head() const;
  [[nodiscard]] QList<QStringList> rows() const { return m_rows; }
  [[nodiscard]] int total() const { return static_cast<int>(m_notes.size()); }
  [[nodiscard]] bool isWhole() const { return m_isWhole; }
  void setWhole(bool whole);
  [[nodiscard]] bool areAddressesShown() const { return m_areAddressesShown; }
  void setAddressesShown(bool shown);

  // "at 0:00.2, what asked, …"
  Q_INVOKABLE QString spokenRow(const QStringList& cells) const;

 Q_SIGNALS:
  void changed();

 private:
  void refresh();
  void makeRows();

  engine::EngineInterface& m_engine;
  std::optional<CallId> m_call;
  std::vector<client::PathNote> m_notes;
  QString m_glyph, m_sentence;
  QList<QStringList> m_rows;
  bool m_isWhole = false, m_areAddressesShown = false;
};

}  // namespace foyer::app
