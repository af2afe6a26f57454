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
  // Where it listens: a folder that nobody else can write to.
  [[nodiscard]] const QString& path() const { return m_name; }
  // How long the one that runs may take to answer; it may be reading its screens.
  void setPatience(int ms) { m_patienceMs = ms; }
  // What the second start prints.
  [[nodiscard]] static QString message();

 Q_SIGNALS:
  void asked(const QStringList& links);

 private:
  void welcome();

  QString m_name;
  int m_patienceMs;
  QLocalServer m_server;
};

}  // namespace foyer::app
