// The relay on this computer: its phases in words, the link to pass on, who uses it, how to stop
// it, and what to do when it does not start. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QList>
#include <QObject>
#include <QStringList>

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
  Q_PROPERTY(QString people MEMBER people)
  Q_PROPERTY(QString callsText MEMBER callsText)
  Q_PROPERTY(QStringList hereNames MEMBER hereNames)
  Q_PROPERTY(QStringList hereInitials MEMBER hereInitials)
  Q_PROPERTY(QList<int> hereHues MEMBER hereHues)
  Q_PROPERTY(QString hereText MEMBER hereText)
  Q_PROPERTY(QString traffic MEMBER traffic)
  Q_PROPERTY(QString faultTitle MEMBER faultTitle)
  Q_PROPERTY(QString faultAdvice MEMBER faultAdvice)
  Q_PROPERTY(bool portTaken MEMBER portTaken)

 public:
  bool on = false, serving = false, starting = false, stopping = false, failed = false;
  QString stateWord;  // beside the switch: "Off", "Starting", "On", "Stopping"
  QString summary;    // "Serving · 8 people, 2 calls"
  QStringList stepNames;
  QList<int> stepStates;  // RelayPresenter::Step each
  QString link;
  bool announced = false;
  int clients = 0, calls = 0;
  QString people, callsText, traffic;
  // Who is connected and in the lobby, at most kMaxDoors: those in a call first, then by name.
  QStringList hereNames, hereInitials;
  QList<int> hereHues;
  QString hereText;  // all of it as one sentence, with how many more are connected
  QString faultTitle, faultAdvice;
  bool portTaken = false;  // another port is the remedy

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
  static constexpr int kMaxDoors = 8;  // as many as stand round the arch of the picture

  explicit RelayPresenter(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] const RelayShown& shown() const { return m_shown; }

  Q_INVOKABLE void start();  // on the port of the settings, else any
  Q_INVOKABLE void startOnAnyPort();
  Q_INVOKABLE void stopWhenCallsEnd();
  Q_INVOKABLE void stopNow();
  Q_INVOKABLE void copyLink();

 Q_SIGNALS:
  void changed();
  void said(const QString& text);

 private:
  void refresh();
  void showWhoIsHere(RelayShown& shown) const;

  engine::EngineInterface& m_engine;
  RelayShown m_shown;
  int m_lastStep = 0;  // where a failure happened, when its stage does not say
};

}  // namespace foyer::app
