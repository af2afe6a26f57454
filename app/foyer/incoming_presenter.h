// The call that rings here: the card, the banner and the notification show the same facts. One at a
// time; a second caller waits behind the first. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QTimer>
#include <optional>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class IncomingShown {
  Q_GADGET
  QML_VALUE_TYPE(incomingShown)
  Q_PROPERTY(bool ringing MEMBER ringing)
  Q_PROPERTY(QString name MEMBER name)
  Q_PROPERTY(QString tag MEMBER tag)
  Q_PROPERTY(QString initials MEMBER initials)
  Q_PROPERTY(int hue MEMBER hue)
  Q_PROPERTY(bool verified MEMBER verified)
  Q_PROPERTY(bool suspect MEMBER suspect)
  Q_PROPERTY(QString signedText MEMBER signedText)
  Q_PROPERTY(bool asks MEMBER asks)
  Q_PROPERTY(bool relayOnly MEMBER relayOnly)
  Q_PROPERTY(bool silent MEMBER silent)
  Q_PROPERTY(QString trustText MEMBER trustText)
  Q_PROPERTY(QString keySentence MEMBER keySentence)
  Q_PROPERTY(QString microphone MEMBER microphone)
  Q_PROPERTY(bool microphoneOff MEMBER microphoneOff)
  Q_PROPERTY(bool second MEMBER second)
  Q_PROPERTY(QString title MEMBER title)
  Q_PROPERTY(QString secondSentence MEMBER secondSentence)
  Q_PROPERTY(QString endsSentence MEMBER endsSentence)
  Q_PROPERTY(QString acceptText MEMBER acceptText)
  Q_PROPERTY(QString directlyText MEMBER directlyText)

 public:
  bool ringing = false;
  QString name, tag, initials;
  int hue = 0;
  bool verified = false, suspect = false;
  QString signedText;      // "Calls themselves Ben", where they are called otherwise here
  bool asks = false;       // the person wants to say at each call how it goes
  bool relayOnly = false;  // they chose that calls with this one stay on the relay
  bool silent = false;     // it is shown and makes no sound
  QString ring;            // the one chosen for them, by its stable name; empty: the usual one
  QString trustText;       // "Verified 12 October"
  QString keySentence;     // only when the key changed
  QString microphone;      // "Your microphone will be on"
  bool microphoneOff = false;
  bool second = false;                   // another call runs: accepting ends it
  QString title;                         // "Amina is calling", "… too" beside a call that runs
  QString secondSentence, endsSentence;  // only beside a call that runs, which they name
  QString acceptText, directlyText;      // what the buttons do; the second where it asks

  bool operator==(const IncomingShown&) const = default;
};

class IncomingPresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(foyer::app::IncomingShown shown READ shown NOTIFY changed)
  Q_PROPERTY(QString countdown READ countdown NOTIFY countdownChanged)  // "rings for another 38 s"
  Q_PROPERTY(bool hideAddress READ hideAddress WRITE setHideAddress NOTIFY hideAddressChanged)

 public:
  static constexpr int kRingSeconds = 45;  // protocol section 4: the ring timeout

  explicit IncomingPresenter(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] const IncomingShown& shown() const { return m_shown; }
  [[nodiscard]] QString countdown() const { return m_countdown; }
  [[nodiscard]] bool hideAddress() const { return m_hideAddress; }
  void setHideAddress(bool hide);
  // The desktop asks for quiet: calls are shown and make no sound.
  void setDesktopQuiet(bool isQuiet);

  // Ends the call that runs, if there is one. Without a choice, where one is asked for: private.
  Q_INVOKABLE void accept();
  Q_INVOKABLE void acceptDirectly();
  Q_INVOKABLE void decline();

 Q_SIGNALS:
  void changed();
  void countdownChanged();
  void hideAddressChanged();

 private:
  void refresh();
  // What the card begins with.
  [[nodiscard]] bool hidesAddress(const engine::CallView& ringing) const;
  [[nodiscard]] IncomingShown shownOf(const engine::CallView& ringing,
                                      const engine::CallView* running,
                                      std::optional<std::int64_t> verifiedAtMs) const;
  void answer(bool isPrivate);
  void tick();
  [[nodiscard]] bool isOnOwnNetwork(const Fingerprint& person) const;

  engine::EngineInterface& m_engine;
  IncomingShown m_shown;
  std::optional<CallId> m_call;
  std::optional<CallId> m_running;  // the call that accepting would end
  std::int64_t m_ringsSinceMs = 0;
  bool m_hideAddress = false, m_isDesktopQuiet = false;
  QTimer m_timer;
  QString m_countdown;
};

}  // namespace foyer::app
