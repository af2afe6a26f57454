// A picture of a QR code that the person chose, dropped or copied: read beside the UI thread, one
// at a time, and what link is on it. Joining or opening it is the person's next step. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QImage>
#include <QObject>
#include <QString>
#include <QStringList>
#include <functional>

#include "core/base/fault.h"
#include "core/base/result.h"

namespace foyer::app {

class PicturePresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(bool busy READ busy NOTIFY changed)
  Q_PROPERTY(QString error READ error NOTIFY changed)  // a sentence, empty: none
  Q_PROPERTY(QString link READ link NOTIFY changed)    // of a relay that was found, empty: none
  // There is something to be shown: it is being read, or was.
  Q_PROPERTY(bool active READ active NOTIFY changed)
  Q_PROPERTY(bool pasteable READ pasteable NOTIFY pasteableChanged)  // a picture was copied

 public:
  explicit PicturePresenter(QObject* parent = nullptr);

  [[nodiscard]] bool busy() const { return m_isBusy; }
  [[nodiscard]] const QString& error() const { return m_error; }
  [[nodiscard]] const QString& link() const { return m_link; }
  [[nodiscard]] bool active() const { return m_isBusy || !m_error.isEmpty() || !m_link.isEmpty(); }
  [[nodiscard]] bool pasteable() const { return m_isPasteable; }

  // As BackupPresenter::pathOf takes it.
  Q_INVOKABLE void readFile(const QString& path);
  // What was dropped onto the window; more than one file is refused.
  Q_INVOKABLE void readDropped(const QStringList& urls);
  Q_INVOKABLE void paste();
  // What was read before holds no more; a reading that runs is not waited for.
  Q_INVOKABLE void clear();

 Q_SIGNALS:
  void changed();
  void pasteableChanged();
  void personFound(const QString& link);
  void relayFound(const QString& link);

 private:
  using Work = std::function<Result<QString, Fault>()>;
  void read(Work work);
  void begin(const Work& work);
  void done(int round, const Result<QString, Fault>& found);
  void take(const Result<QString, Fault>& found);
  void lookAtClipboard();

  bool m_isBusy = false;     // what was asked for last is not known yet
  bool m_isReading = false;  // also for something that nobody waits for any more
  bool m_isPasteable = false;
  Work m_waiting;
  QString m_error, m_link;
  int m_round = 0;  // counts readings: what an earlier one found is dropped
};

}  // namespace foyer::app
