// Saving all contacts to a file and taking those of one: first what it would bring, then the
// question. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QString>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class ContactFilePresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(int open READ open NOTIFY changed)  // which dialog is
  Q_PROPERTY(bool busy READ busy NOTIFY changed)
  Q_PROPERTY(QString error READ error NOTIFY changed)  // sentences, empty: none
  Q_PROPERTY(QString done READ done NOTIFY changed)    // likewise, what succeeded
  Q_PROPERTY(QString offer READ offer NOTIFY changed)  // what the file would bring; empty: not read
  Q_PROPERTY(QString suggestedPath READ suggestedPath CONSTANT)

 public:
  enum Open { Nothing, Save, Take };
  Q_ENUM(Open)

  explicit ContactFilePresenter(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] int open() const { return m_open; }
  [[nodiscard]] bool busy() const { return m_isBusy; }
  [[nodiscard]] const QString& error() const { return m_error; }
  [[nodiscard]] const QString& done() const { return m_done; }
  [[nodiscard]] const QString& offer() const { return m_offer; }
  [[nodiscard]] QString suggestedPath() const;

  // Opens a dialog, or begins it anew.
  Q_INVOKABLE void begin(int dialog);
  Q_INVOKABLE void close() { begin(Nothing); }
  // Paths as BackupPresenter::pathOf takes them.
  Q_INVOKABLE void save(const QString& path);
  // Says what the file would bring.
  Q_INVOKABLE void look(const QString& path, bool isOwnFile);
  Q_INVOKABLE void take(const QString& path, bool isOwnFile);

 Q_SIGNALS:
  void changed();

 private:
  void start();
  void say(const QString& error, const QString& done, const QString& offer);

  engine::EngineInterface& m_engine;
  QString m_error, m_done, m_offer;
  bool m_isBusy = false;
  int m_open = Nothing;
  int m_round = 0;  // counts begin(): an answer of an earlier round is dropped
};

}  // namespace foyer::app
