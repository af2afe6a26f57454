// One window per profile: the second start hands its links to the first and ends. Leaves out the
// profile's lock, which the store holds. A local socket of this user; UI thread.
#pragma once

#include <QLocalServer>
#include <QObject>
#include <QStringList>

namespace foyer::app {

class SingleInstance : public QObject {
  Q_OBJECT

 public:
  explicit SingleInstance(const QString& dataDir, QObject* parent = nullptr);

  // True when this is the only one. Otherwise `links` went to the one that runs, which comes
  // forward.
  [[nodiscard]] bool claim(const QStringList& links);
  // What the second start prints.
  [[nodiscard]] static QString message();

 Q_SIGNALS:
  void asked(const QStringList& links);

 private:
  void welcome();

  QString m_name;
  QLocalServer m_server;
};

}  // namespace foyer::app
