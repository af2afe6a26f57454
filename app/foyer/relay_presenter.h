// The relay on this computer: its phases in words, the link to pass on, how much it is used, how to
// stop it, and what to do when it does not start. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QList>
#include <QObject>
#include <QStringList>
#include <optional>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class RelayShown {
  Q_GADGET
  QML_VALUE_TYPE(relayShown)
  Q_PROPERTY(bool on MEMBER on)
  Q_PROPERTY(bool serving MEMBER serving)
  Q_PROPERTY(bool starting MEMBER starting)
  Q_PROPERTY(bool stopping MEMBER stopping)
  Q_PROPERTY(bool failed MEMBER failed)
  Q_PROPERTY(QString stateWord MEMBER stateWord)
  Q_PROPERTY(QString summary MEMBER summary)
  Q_PROPERTY(QList<QString> stepNames MEMBER stepNames)
  Q_PROPERTY(QList<int> stepStates MEMBER stepStates)
  Q_PROPERTY(QString link MEMBER link)
  Q_PROPERTY(bool announced MEMBER announced)
  Q_PROPERTY(int clients MEMBER clients)
  Q_PROPERTY(int calls MEMBER calls)
  Q_PROPERTY(int others MEMBER others)
  Q_PROPERTY(QString othersText MEMBER othersText)
  Q_PROPERTY(QString people MEMBER people)
  Q_PROPERTY(QString callsText MEMBER callsText)
  Q_PROPERTY(QString traffic MEMBER traffic)
  Q_PROPERTY(QString faultTitle MEMBER faultTitle)
  Q_PROPERTY(QString faultAdvice MEMBER faultAdvice)
  Q_PROPERTY(bool portTaken MEMBER portTaken)
  Q_PROPERTY(QString warningTitle MEMBER warningTitle)
  Q_PROPERTY(QString warningAdvice MEMBER warningAdvice)
  Q_PROPERTY(bool onlyHere MEMBER onlyHere)
  Q_PROPERTY(QString anotherTitle MEMBER anotherTitle)
  Q_PROPERTY(QString anotherAdvice MEMBER anotherAdvice)

 public:
  bool on = false, serving = false, starting = false, stopping = false, failed = false;
  QString stateWord;  // beside the switch: "Off", "Starting", "On", "Stopping"
  QString summary;    // "Serving · 8 people, 2 calls"
  QStringList stepNames;
  QList<int> stepStates;  // RelayPresenter::Step each
  QString link;
  bool announced = false;
  int clients = 0, calls = 0;
  int others = 0;      // connected beside this program
  QString othersText;  // "3 others"
  QString people, callsText, traffic;
  QString faultTitle, faultAdvice;
  bool portTaken = false;               // another port is the remedy
  QString warningTitle, warningAdvice;  // it serves, and others may not come in
  bool onlyHere = false;                // its link means nothing on another computer
  // A relay that runs on this network and was not joined, while nobody is on the one here.
  QString anotherTitle, anotherAdvice;

  bool operator==(const RelayShown&) const = default;
};

class RelayPresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(foyer::app::RelayShown shown READ shown NOTIFY changed)

 public:
  enum Step { Waiting, Now, Done, Failed };
  Q_ENUM(Step)

  explicit RelayPresenter(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] const RelayShown& shown() const { return m_shown; }

  Q_INVOKABLE void start();           // on the port that it has kept
  Q_INVOKABLE void startOnAnyPort();  // on another one, which is kept from then on
  Q_INVOKABLE void stopWhenCallsEnd();
  Q_INVOKABLE void stopNow();
  Q_INVOKABLE void copyLink();
  Q_INVOKABLE void joinAnother();  // the one that is shown

 Q_SIGNALS:
  void changed();
  void said(const QString& text);

 private:
  void refresh();
  static void showWarning(RelayShown& shown, const engine::HostedRelayView& view);
  void showAnother(RelayShown& shown);

  engine::EngineInterface& m_engine;
  RelayShown m_shown;
  std::optional<engine::DiscoveredRelayView> m_another;
  int m_lastStep = 0;  // where a failure happened, when its stage does not say
};

}  // namespace foyer::app
