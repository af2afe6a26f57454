// The diagnostics that need no call: what this computer can do, which versions are at work, worse
// sending on purpose. The log beside them is LogModel's. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QStringList>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class DiagnosticsPresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(int page READ page WRITE setPage NOTIFY pageChanged)
  Q_PROPERTY(QList<QString> pageNames READ pageNames NOTIFY wordsChanged)
  // Each: glyph, title, state, what that means, what to do (may be empty).
  Q_PROPERTY(QList<QStringList> capabilities READ capabilities NOTIFY capabilitiesChanged)
  // Name, value, name, value …; these groups are never made one.
  Q_PROPERTY(QList<QString> ownVersions READ ownVersions NOTIFY versionsChanged)
  Q_PROPERTY(QList<QString> relayVersions READ relayVersions NOTIFY versionsChanged)
  Q_PROPERTY(QList<QString> protocolVersions READ protocolVersions NOTIFY versionsChanged)
  Q_PROPERTY(QList<QString> libraries READ libraries NOTIFY versionsChanged)
  Q_PROPERTY(bool impaired READ isImpaired NOTIFY impairmentChanged)
  Q_PROPERTY(QString impairmentText READ impairmentText NOTIFY impairmentChanged)
  // Delay, jitter, loss, rate as they are now; "" where there is none.
  Q_PROPERTY(QStringList impairment READ impairment NOTIFY impairmentChanged)
  Q_PROPERTY(QString impairmentError READ impairmentError NOTIFY impairmentChanged)

 public:
  enum Page { Log, PastCalls, Computer, Versions, Testing };
  Q_ENUM(Page)

  explicit DiagnosticsPresenter(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] int page() const { return m_page; }
  void setPage(int page);
  [[nodiscard]] QStringList pageNames() const;
  [[nodiscard]] QList<QStringList> capabilities() const { return m_capabilities; }
  [[nodiscard]] QStringList ownVersions() const;
  [[nodiscard]] QStringList relayVersions() const;
  [[nodiscard]] QStringList protocolVersions() const;
  [[nodiscard]] QStringList libraries() const;
  [[nodiscard]] bool isImpaired() const { return m_engine.impairment().isOn(); }
  [[nodiscard]] QString impairmentText() const;
  [[nodiscard]] QStringList impairment() const;
  [[nodiscard]] QString impairmentError() const { return m_impairmentError; }

  // The page is shown: what may have changed is asked anew.
  Q_INVOKABLE void look();
  // Each a number or empty.
  Q_INVOKABLE void impair(const QString& delay, const QString& jitter, const QString& loss,
                          const QString& rate);
  Q_INVOKABLE void stopImpairing();
  Q_INVOKABLE void copyVersions();

 Q_SIGNALS:
  void wordsChanged();  // the language is another one
  void pageChanged();
  void capabilitiesChanged();
  void versionsChanged();
  void impairmentChanged();
  void said(const QString& text);

 private:
  void readCapabilities();

  engine::EngineInterface& m_engine;
  Page m_page = Log;
  QList<QStringList> m_capabilities;
  QString m_impairmentError;
};

}  // namespace foyer::app
