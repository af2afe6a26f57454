// Microphone and speakers: which ones, the live level in words, what is wrong with them. Reads the
// level at 15 Hz and only while the window shows the meter. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QTimer>

#include "app/foyer/device_model.h"
#include "app/foyer/level_meter.h"
#include "core/engine/engine_interface.h"

namespace foyer::app {

class AudioPresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(foyer::app::DeviceModel* inputs READ inputs CONSTANT)
  Q_PROPERTY(foyer::app::DeviceModel* outputs READ outputs CONSTANT)
  // Where calls ring: as the speakers, or a device of its own.
  Q_PROPERTY(foyer::app::DeviceModel* rings READ rings CONSTANT)
  Q_PROPERTY(double ringVolume READ ringVolume WRITE setRingVolume NOTIFY ringChanged)  // 0 … 1
  Q_PROPERTY(bool known READ known NOTIFY knownChanged)  // the devices were listed once
  Q_PROPERTY(bool meterWanted READ meterWanted WRITE setMeterWanted NOTIFY meterWantedChanged)
  // The settings of the sound are open: their meter runs on every screen.
  Q_PROPERTY(bool settingsShown MEMBER m_settingsShown NOTIFY settingsShownChanged)
  Q_PROPERTY(int arches READ arches NOTIFY levelChanged)  // 0..6
  Q_PROPERTY(int slats READ slats NOTIFY levelChanged)    // 0..24
  Q_PROPERTY(QString verdict READ verdict NOTIFY verdictChanged)
  Q_PROPERTY(bool heard READ heard NOTIFY verdictChanged)  // the verdict is a good one
  Q_PROPERTY(bool troubled READ troubled NOTIFY verdictChanged)
  Q_PROPERTY(QString fault READ fault NOTIFY faultChanged)
  Q_PROPERTY(QString faultAdvice READ faultAdvice NOTIFY faultChanged)

 public:
  explicit AudioPresenter(engine::EngineInterface& engine, QObject* parent = nullptr);
  ~AudioPresenter() override;

  [[nodiscard]] DeviceModel* inputs() { return &m_inputs; }
  [[nodiscard]] DeviceModel* outputs() { return &m_outputs; }
  [[nodiscard]] DeviceModel* rings() { return &m_rings; }
  [[nodiscard]] double ringVolume() const;
  void setRingVolume(double volume);
  [[nodiscard]] bool known() const { return m_isKnown; }
  [[nodiscard]] bool meterWanted() const { return m_meterWanted; }
  void setMeterWanted(bool wanted);
  [[nodiscard]] int arches() const { return m_archMeter.step(); }
  [[nodiscard]] int slats() const { return m_slatMeter.step(); }
  [[nodiscard]] QString verdict() const;
  [[nodiscard]] bool heard() const { return m_verdict == Verdict::Good; }
  [[nodiscard]] bool troubled() const {
    return m_verdict != Verdict::Good && m_verdict != Verdict::Listening;
  }
  [[nodiscard]] QString fault() const { return m_faultTitle; }
  [[nodiscard]] QString faultAdvice() const { return m_faultAdvice; }

  Q_INVOKABLE void selectInput(int row);
  Q_INVOKABLE void selectOutput(int row);
  Q_INVOKABLE void playTestSound();
  Q_INVOKABLE void selectRing(int row);
  Q_INVOKABLE void playRing();

  // One reading of the level; the timer calls it, tests may.
  void sampleLevel(std::int64_t nowMs);

 Q_SIGNALS:
  void knownChanged();
  void ringChanged();
  void meterWantedChanged();
  void settingsShownChanged();
  void levelChanged();
  void verdictChanged();
  void faultChanged();
  void noticed(const QString& text);  // a passing remark, for a toast

 private:
  enum class Verdict { Listening, Nothing, Quiet, Good, Loud };
  void refresh();
  void refreshRings(const engine::AudioView& view);
  void setVerdict(Verdict verdict);

  engine::EngineInterface& m_engine;
  DeviceModel m_inputs, m_outputs, m_rings;
  QTimer m_timer;
  LevelMeter m_archMeter{kArchScale}, m_slatMeter{kSlatScale};
  bool m_isKnown = false;
  bool m_meterWanted = false;
  bool m_settingsShown = false;
  Verdict m_verdict = Verdict::Listening;
  float m_peakDb = -127.f;  // of the running window
  std::int64_t m_windowSinceMs = 0;
  QString m_faultTitle, m_faultAdvice;
  std::string m_notice;
  std::uint64_t m_notices = 0;
};

}  // namespace foyer::app
