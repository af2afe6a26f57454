// A report about a call before it is saved: all of its text line by line, a name for the file, and
// why that one cannot be written. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QByteArray>
#include <QObject>
#include <QStringList>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class ReportPresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(QStringList lines READ lines NOTIFY changed)  // the whole text
  Q_PROPERTY(QString suggestedPath READ suggestedPath NOTIFY changed)
  Q_PROPERTY(QString error READ error NOTIFY changed)

 public:
  explicit ReportPresenter(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] QByteArray text() const { return m_text; }
  [[nodiscard]] QStringList lines() const { return m_lines; }
  // With the second in it: two reports of a day are two files.
  [[nodiscard]] QString suggestedPath() const;
  [[nodiscard]] QString error() const { return m_error; }

  void prepare(QByteArray text);
  Q_INVOKABLE void save(const QString& path);
  // The text is looked at no more.
  Q_INVOKABLE void forget();

 Q_SIGNALS:
  void changed();
  void saved();
  void said(const QString& text);

 private:
  engine::EngineInterface& m_engine;
  QByteArray m_text;
  QStringList m_lines;
  QString m_error;
};

}  // namespace foyer::app
