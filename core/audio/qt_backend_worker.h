// The part of QtBackend that lives in its thread. Methods are called there only, except devices().
#pragma once

#include <QAudioDevice>
#include <QObject>
#include <QTimer>
#include <memory>
#include <mutex>

#include "core/audio/duplex_runner.h"
#include "core/audio/paced_duplex.h"
#include "core/audio/qt_stream.h"
#include "core/audio/sample_clock.h"

namespace foyer::audio {

class QtBackendWorker final : public QObject {
  Q_OBJECT

 public:
  static constexpr int kBufferMs = 60;  // Qt 6.4 is silent below 30 (ux.md 3.2)
  static constexpr int kPumpMs = 5;  // how often the sink is filled and paced ticks are looked for
  static constexpr int kListPollMs = 500;  // a lost device is noticed within this

  QtBackendWorker(AudioEventQueue& events, StreamCounters& counters);
  void watch();
  void open(const StreamSpec& spec, DuplexCallbacks& callbacks, std::uint32_t generation,
            PacedDuplex::Parts parts);
  void change(const StreamSpec& spec, PacedDuplex::Parts parts);
  void close();
  [[nodiscard]] DeviceList devices() const;

 private:
  void pump();
  void supervise();
  void pollList();
  void openInput();
  void openOutput();
  void closeStreams();
  void readInput();
  void fillOutput();
  void checkEnded(Direction direction, QAudio::State state, QAudio::Error error);
  [[nodiscard]] QAudioDevice choose(Direction direction, const DeviceSpec& spec);

  AudioEventQueue& m_events;
  DuplexRunner m_runner;
  PacedDuplex m_paced;
  StreamSpec m_spec;
  bool m_wantsInput = false, m_wantsOutput = false;
  QtSource m_source;
  QtSink m_sink;
  QIODevice* m_input = nullptr;
  QIODevice* m_output = nullptr;
  QByteArray m_inputId, m_outputId;
  SampleClock m_inputClock, m_outputClock;
  std::int64_t m_inputSamples = 0, m_outputSamples = 0;
  QTimer m_pumpTimer{this}, m_checkTimer{this}, m_listTimer{this};
  mutable std::mutex m_mutex;  // of m_list
  DeviceList m_list;
};

}  // namespace foyer::audio
