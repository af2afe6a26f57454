// The call this person made or took: from "Calling" to why it ended. An incoming call that still
// rings belongs to IncomingPresenter. Levels are read at 15 Hz while the window shows them.
// UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QTimer>
#include <optional>

#include "app/foyer/level_meter.h"
#include "core/engine/engine_interface.h"

namespace foyer::app {

class CallShown {
  Q_GADGET
  QML_VALUE_TYPE(callShown)
  Q_PROPERTY(int stage MEMBER stage)
  Q_PROPERTY(QString fingerprint MEMBER fingerprint)
  Q_PROPERTY(QString name MEMBER name)
  Q_PROPERTY(QString signedText MEMBER signedText)
  Q_PROPERTY(QString tag MEMBER tag)
  Q_PROPERTY(QString initials MEMBER initials)
  Q_PROPERTY(int hue MEMBER hue)
  Q_PROPERTY(QString title MEMBER title)
  Q_PROPERTY(QString sentence MEMBER sentence)
  Q_PROPERTY(QString keyTitle MEMBER keyTitle)
  Q_PROPERTY(QString keyText MEMBER keyText)
  Q_PROPERTY(bool verified MEMBER verified)
  Q_PROPERTY(bool suspect MEMBER suspect)
  Q_PROPERTY(int bars MEMBER bars)
  Q_PROPERTY(QString barsWord MEMBER barsWord)
  Q_PROPERTY(QString statusLine MEMBER statusLine)
  Q_PROPERTY(QString statusShort MEMBER statusShort)
  Q_PROPERTY(QString pathGlyph MEMBER pathGlyph)
  Q_PROPERTY(QString path MEMBER path)
  Q_PROPERTY(QString pathWord MEMBER pathWord)
  Q_PROPERTY(QString explanation MEMBER explanation)
  Q_PROPERTY(bool isSuffering MEMBER isSuffering)
  Q_PROPERTY(bool muted MEMBER muted)
  Q_PROPERTY(bool deafened MEMBER deafened)
  Q_PROPERTY(bool held MEMBER held)
  Q_PROPERTY(QString ownWord MEMBER ownWord)
  Q_PROPERTY(bool ownTrouble MEMBER ownTrouble)
  Q_PROPERTY(QString peerWord MEMBER peerWord)
  Q_PROPERTY(bool peerTrouble MEMBER peerTrouble)
  Q_PROPERTY(QString troubleTitle MEMBER troubleTitle)
  Q_PROPERTY(QString troubleAdvice MEMBER troubleAdvice)
  Q_PROPERTY(bool troubleIsOwn MEMBER troubleIsOwn)
  Q_PROPERTY(bool voiceHeld MEMBER voiceHeld)
  Q_PROPERTY(bool canSpeakUnverified MEMBER canSpeakUnverified)
  Q_PROPERTY(int sas MEMBER sas)
  Q_PROPERTY(QString digits MEMBER digits)
  Q_PROPERTY(QString words MEMBER words)
  Q_PROPERTY(QString sasQuestion MEMBER sasQuestion)
  Q_PROPERTY(QString sasStatus MEMBER sasStatus)
  Q_PROPERTY(bool canCallAgain MEMBER canCallAgain)
  Q_PROPERTY(QString unheardTitle MEMBER unheardTitle)
  Q_PROPERTY(QString unheardAdvice MEMBER unheardAdvice)
  Q_PROPERTY(bool pushToTalk MEMBER pushToTalk)
  Q_PROPERTY(bool talking MEMBER talking)
  Q_PROPERTY(double volume MEMBER volume)

 public:
  int stage = 0;  // CallPresenter::Stage
  QString fingerprint, name, tag, initials;
  QString signedText;  // "Calls themselves Ben", where they are called otherwise here
  int hue = 0;
  QString title, sentence;    // before and after the call: "Ringing Chiara Rossi", why it ended
  QString keyTitle, keyText;  // which key this call uses
  bool verified = false, suspect = false;
  int bars = 0;         // 0..4
  QString barsWord;     // "good" … "lost"
  QString statusLine;   // always true: tier, delay, secured how
  QString statusShort;  // the same where there is little room
  // Which way it takes and why, and the way alone in a word; empty before it is secured.
  QString pathGlyph, path, pathWord;
  QString explanation;  // why it sounds as it does, one sentence
  bool isSuffering = false;
  bool muted = false, deafened = false;
  bool held = false;          // by this side
  QString ownWord, peerWord;  // under the two arches
  bool ownTrouble = false, peerTrouble = false;
  QString troubleTitle, troubleAdvice;  // the strip when sound does not flow; empty: none
  bool troubleIsOwn = false;            // choosing another microphone may help
  bool voiceHeld = false;               // silence is sent until the words match
  bool canSpeakUnverified = false;      // who was called may open the microphone knowingly
  int sas = 0;                          // CallPresenter::Sas
  QString digits, words, sasQuestion, sasStatus;
  bool canCallAgain = false;
  QString unheardTitle, unheardAdvice;       // speaks unheard, or types audibly; empty: neither
  bool pushToTalk = false, talking = false;  // the mode; the key is held
  double volume = 1;                         // of the other one, 1 = as sent

  bool operator==(const CallShown&) const = default;
};

class CallPresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(foyer::app::CallShown shown READ shown NOTIFY changed)
  Q_PROPERTY(QString clock READ clock NOTIFY clockChanged)       // "12:47", "0:07" while ringing
  Q_PROPERTY(int ownArches READ ownArches NOTIFY levelsChanged)  // 0..6
  Q_PROPERTY(int peerArches READ peerArches NOTIFY levelsChanged)
  Q_PROPERTY(bool metersWanted READ metersWanted WRITE setMetersWanted NOTIFY metersWantedChanged)

 public:
  enum Stage { None, Calling, Ringing, Securing, Active, Ended };
  Q_ENUM(Stage)
  // What the word strip asks or says.
  enum Sas { NoSas, Ask, PutOff, Confirmed, Verified, Differs, Disputed };
  Q_ENUM(Sas)

  explicit CallPresenter(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] const CallShown& shown() const { return m_shown; }
  [[nodiscard]] QString clock() const { return m_clock; }
  [[nodiscard]] int ownArches() const { return m_own.step(); }
  [[nodiscard]] int peerArches() const { return m_peer.step(); }
  [[nodiscard]] bool metersWanted() const { return m_metersWanted; }
  void setMetersWanted(bool wanted);
  // Calling, ringing, securing or talking: not ended.
  [[nodiscard]] bool isLive() const { return m_shown.stage != None && m_shown.stage != Ended; }

  Q_INVOKABLE void toggleMute();
  Q_INVOKABLE void speakUnverified();
  // Neither speak nor listen, and the other side sees it.
  Q_INVOKABLE void toggleHold();
  Q_INVOKABLE void toggleDeafen();
  Q_INVOKABLE void hangUp();                  // also cancels
  Q_INVOKABLE void talk(bool isDown);         // push to talk, from the window
  void talkFromOutside(bool isDown);          // from a key that works in every window
  Q_INVOKABLE void setVolume(double volume);  // of the other one
  Q_INVOKABLE void wordsMatch();
  Q_INVOKABLE void wordsDiffer();
  Q_INVOKABLE void putOffWords();
  Q_INVOKABLE void showWords();
  Q_INVOKABLE void callAgain();
  Q_INVOKABLE void dismiss();  // of an ended call

  void sampleLevels(std::int64_t nowMs);

 Q_SIGNALS:
  void callWanted(const QString& fingerprint);  // again; by way of what is asked before a call
  void changed();
  void clockChanged();
  void levelsChanged();
  void metersWantedChanged();
  void said(const QString& text);  // an ordinary end, for a toast

 private:
  void hold(bool& key, bool isDown);
  void refresh();
  void show(const engine::CallView& call);
  void showSas(const engine::CallView& call, CallShown& shown) const;
  void showSound(const engine::CallView& call, CallShown& shown) const;
  void showEnd(const engine::CallView& call, CallShown& shown);
  void publish(const CallShown& shown);
  void tick();
  void pace();

  engine::EngineInterface& m_engine;
  CallShown m_shown;
  std::optional<CallId> m_call;  // the one on the screen
  std::optional<Fingerprint> m_peerKey;
  std::optional<CallId> m_dismissed;  // ended and read
  std::optional<std::int64_t> m_activeSinceMs;
  std::int64_t m_shownSinceMs = 0;
  bool m_countsSeconds = false;  // a sentence on the screen says for how long
  enum class Words { AsUsual, Folded, Open } m_words = Words::AsUsual;  // what the person asked for
  bool m_wasLive = false;
  bool m_metersWanted = false;
  // Held in the window, held outside, and what the engine was told.
  bool m_isTalkHeld = false, m_isOutsideHeld = false, m_isTalkKeyDown = false;
  // The word under an arch follows speech, not syllables: two lit arches are a voice.
  static constexpr int kSpeakingArches = 2;
  LevelMeter m_own{kArchScale}, m_peer{kArchScale};
  QTimer m_clockTimer, m_levelTimer;
  QString m_clock;
};

// What a key means for a call that has not begun: "This call uses the key you verified on 3
// November".
[[nodiscard]] QString keySentence(engine::Trust trust, std::optional<std::int64_t> verifiedAtMs);

}  // namespace foyer::app
