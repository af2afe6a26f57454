// What a person chose about their sound: when the microphone is open, what is done to the voice,
// the test in which they hear themselves. Devices and level are AudioPresenter's. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class SoundPresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(int talkMode READ talkMode WRITE setTalkMode NOTIFY changed)  // media::TalkMode
  Q_PROPERTY(bool echo READ echo WRITE setEcho NOTIFY changed)
  Q_PROPERTY(bool noise READ noise WRITE setNoise NOTIFY changed)
  Q_PROPERTY(bool level READ level WRITE setLevel NOTIFY changed)
  Q_PROPERTY(bool levelOthers READ levelOthers WRITE setLevelOthers NOTIFY changed)
  Q_PROPERTY(bool lowDelay READ lowDelay WRITE setLowDelay NOTIFY changed)
  Q_PROPERTY(bool silenceSaving READ silenceSaving WRITE setSilenceSaving NOTIFY changed)
  Q_PROPERTY(bool loopback READ loopback WRITE setLoopback NOTIFY changed)
  Q_PROPERTY(QString talkSentence READ talkSentence NOTIFY changed)  // what the mode means

 public:
  explicit SoundPresenter(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] int talkMode() const { return static_cast<int>(m_view.talkMode); }
  void setTalkMode(int mode);
  [[nodiscard]] bool echo() const { return m_view.voice.echoCancellation; }
  void setEcho(bool isOn) { set("echo_cancelling", isOn); }
  [[nodiscard]] bool noise() const { return m_view.voice.noiseSuppression; }
  void setNoise(bool isOn) { set("noise_reduction", isOn); }
  [[nodiscard]] bool level() const { return m_view.voice.gainControl; }
  void setLevel(bool isOn) { set("level_control", isOn); }
  [[nodiscard]] bool levelOthers() const { return m_view.isLevelled; }
  void setLevelOthers(bool isOn) { set("level_others", isOn); }
  [[nodiscard]] bool lowDelay() const { return m_view.isLowDelay; }
  void setLowDelay(bool isOn) { set("low_delay", isOn); }
  [[nodiscard]] bool silenceSaving() const { return m_view.savesSilence; }
  void setSilenceSaving(bool isOn) { set("silence_saving", isOn); }
  [[nodiscard]] bool loopback() const { return m_view.isLoopback; }
  void setLoopback(bool isOn) { m_engine.setLoopback(isOn); }
  [[nodiscard]] QString talkSentence() const;

 Q_SIGNALS:
  void changed();

 private:
  void set(const char* key, bool isOn);
  void refresh();

  engine::EngineInterface& m_engine;
  engine::AudioView m_view;  // its settings; the rest is not looked at
};

}  // namespace foyer::app
