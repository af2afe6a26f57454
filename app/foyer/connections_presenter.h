// The servers that help calls to connect: STUN servers, and TURN servers with their test. What is
// typed of a password goes to the engine and stays nowhere here. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QStringList>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class ConnectionsPresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(QStringList observers READ observers NOTIFY changed)
  Q_PROPERTY(QString observerError READ observerError NOTIFY changed)
  // {link, host, "naledi · over TLS", how it stands, sign of that, "own" or ""}; the sign is
  // "check", "info" or "warning".
  Q_PROPERTY(QList<QStringList> servers READ servers NOTIFY changed)
  Q_PROPERTY(bool busy READ isBusy NOTIFY changed)                 // a server is added or tested
  Q_PROPERTY(bool testing READ isTesting NOTIFY changed)           // … what is typed is tested
  Q_PROPERTY(QString serverError READ serverError NOTIFY changed)  // of what is typed
  Q_PROPERTY(int faultyField READ faultyField NOTIFY changed)      // what serverError is about
  Q_PROPERTY(QString serverVerdict READ serverVerdict NOTIFY changed)

 public:
  enum Field { NoField, LinkField, UserField, PasswordField };
  Q_ENUM(Field)

  explicit ConnectionsPresenter(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] QStringList observers() const;
  [[nodiscard]] QString observerError() const { return m_observerError; }
  [[nodiscard]] QList<QStringList> servers() const;
  [[nodiscard]] bool isBusy() const { return m_isBusy; }
  [[nodiscard]] bool isTesting() const { return m_isBusy && m_testedLink.isEmpty(); }
  [[nodiscard]] QString serverError() const { return m_serverError; }
  [[nodiscard]] int faultyField() const {
    return m_serverError.isEmpty() ? NoField : m_faultyField;
  }
  [[nodiscard]] QString serverVerdict() const { return m_serverVerdict; }

  // True when it was taken.
  Q_INVOKABLE bool addObserver(const QString& typed);
  Q_INVOKABLE void removeObserver(int at);
  Q_INVOKABLE void addServer(const QString& link, const QString& user, const QString& password);
  // Of what is typed; nothing is kept.
  Q_INVOKABLE void testTyped(const QString& link, const QString& user, const QString& password);
  Q_INVOKABLE void removeServer(int at);
  Q_INVOKABLE void testServer(int at);
  Q_INVOKABLE void forgetErrors();
  // … of the one list or the other, whose field is typed into.
  Q_INVOKABLE void forgetServerError();
  Q_INVOKABLE void forgetObserverError();

 Q_SIGNALS:
  void changed();
  void added();  // the fields can be emptied
  void said(const QString& text);

 private:
  void test(const QString& link, const QString& user, const std::string& password);
  void showTest(const QString& sentence, bool isGood);
  void refuse(const Fault& fault);

  engine::EngineInterface& m_engine;
  std::vector<engine::TurnServerView> m_servers;
  QString m_observerError, m_serverError, m_serverVerdict;
  Field m_faultyField = NoField;
  bool m_isBusy = false;
  QString m_testedLink;  // of the list; what is tested or was tested last
  QString m_testedText;  // what came of it
  bool m_isTestedGood = false;
};

}  // namespace foyer::app
