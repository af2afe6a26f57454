// The diagnostics that need no call: what this computer can do, which versions are at work, worse
// sending on purpose. The log beside them is LogModel's. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QStringList>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class CapabilityShown {
  Q_GADGET
  QML_VALUE_TYPE(capabilityShown)
  Q_PROPERTY(QString title MEMBER title)
  Q_PROPERTY(QString state MEMBER state)
  Q_PROPERTY(int severity MEMBER severity)  // 0 available, 1 not known yet, 2 missing
  Q_PROPERTY(QString sentence MEMBER sentence)
  Q_PROPERTY(QString advice MEMBER advice)

 public:
  QString title, state;
  int severity = 0;
  QString sentence, advice;

  bool operator==(const CapabilityShown&) const = default;
};

class DiagnosticsPresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(int page READ page WRITE setPage NOTIFY pageChanged)
  Q_PROPERTY(QStringList pageNames READ pageNames CONSTANT)
  Q_PROPERTY(
      QList<foyer::app::CapabilityShown> capabilities READ capabilities NOTIFY capabilitiesChanged)
  // Pairs of name and value; the first three groups are never made one.
  Q_PROPERTY(QList<QStringList> ownVersions READ ownVersions NOTIFY versionsChanged)
  Q_PROPERTY(QList<QStringList> relayVersions READ relayVersions NOTIFY versionsChanged)
  Q_PROPERTY(QList<QStringList> protocolVersions READ protocolVersions NOTIFY versionsChanged)
  Q_PROPERTY(QList<QStringList> libraries READ libraries NOTIFY versionsChanged)
  Q_PROPERTY(bool impaired READ isImpaired NOTIFY impairmentChanged)
  Q_PROPERTY(QString impairmentText READ impairmentText NOTIFY impairmentChanged)
  // Delay, jitter, loss, rate as they are now; "" where there is none.
  Q_PROPERTY(QStringList impairment READ impairment NOTIFY impairmentChanged)
  Q_PROPERTY(QString impairmentError READ impairmentError NOTIFY impairmentChanged)

 public:
  enum Page { Log, Computer, Versions, Testing };
  Q_ENUM(Page)

  explicit DiagnosticsPresenter(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] int page() const { return m_page; }
  void setPage(int page);
  [[nodiscard]] QStringList pageNames() const;
  [[nodiscard]] QList<CapabilityShown> capabilities() const { return m_capabilities; }
  [[nodiscard]] QList<QStringList> ownVersions() const;
  [[nodiscard]] QList<QStringList> relayVersions() const;
  [[nodiscard]] QList<QStringList> protocolVersions() const;
  [[nodiscard]] QList<QStringList> libraries() const;
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
  void pageChanged();
  void capabilitiesChanged();
  void versionsChanged();
  void impairmentChanged();
  void said(const QString& text);

 private:
  void readCapabilities();

  engine::EngineInterface& m_engine;
  Page m_page = Log;
  QList<CapabilityShown> m_capabilities;
  QString m_impairmentError;
};

}  // namespace foyer::app
