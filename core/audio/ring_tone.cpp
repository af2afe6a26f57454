#include "core/audio/ring_tone.h"

#include <QAudio>
#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QMediaDevices>
#include <QMetaObject>
#include <QThread>
#include <QTimer>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <vector>

#include "core/audio/device.h"
#include "core/audio/qt_stream.h"

namespace foyer::audio {

namespace {
// Nobody minds a ring that comes a little late; small buffers are for calls.
constexpr int kRingBufferMs = 100;
constexpr int kFeedMs = 20;
// Ending a tone takes milliseconds where the sound server answers at all.
constexpr std::chrono::milliseconds kFarewell{500};
std::atomic<int> leftBehind{0};
}  // namespace

// Lives in its thread from the first play() on.
struct RingTone::Worker : QObject {
  QThread thread;
  QTimer feedTimer{this};
  QtSink sink;
  QIODevice* out = nullptr;
  std::vector<std::int16_t> pcm;
  std::size_t at = 0;  // in pcm; beyond its end = silence that drains the buffer
  bool isRepeating = false;
  std::atomic<bool> isPlaying{false};

  Worker() {
    connect(&feedTimer, &QTimer::timeout, this, [this] { feed(); });
    moveToThread(&thread);
    thread.setObjectName("foyer-ring");
  }

  void begin(Tone tone, const How& how) {
    end();
    QAudioDevice device = QMediaDevices::defaultAudioOutput();
    for (const QAudioDevice& d : QMediaDevices::audioOutputs()) {
      if (!how.outputId.empty() && d.id().toStdString() == how.outputId) device = d;
    }
    if (device.isNull()) return;
    QAudioFormat format;
    format.setSampleRate(kSampleRate);
    format.setChannelCount(1);
    format.setSampleFormat(QAudioFormat::Int16);
    pcm = synthesise(tone, how.ring);
    at = 0;
    isRepeating = repeats(tone) && !how.isOnce;
    sink.reset(new QAudioSink(device, format));
    sink->setVolume(QAudio::convertVolume(static_cast<float>(std::clamp(how.volume, 0.0, 1.0)),
                                          QAudio::LogarithmicVolumeScale,
                                          QAudio::LinearVolumeScale));
    sink->setBufferSize(kSampleRate / 1000 * kRingBufferMs * int{sizeof(std::int16_t)});
    out = sink->start();
    if (out == nullptr) return end();
    isPlaying = true;
    feedTimer.start(kFeedMs);
    feed();
  }

  void feed() {
    if (out == nullptr) return;
    while (sink->bytesFree() >= qsizetype{sizeof(std::int16_t)}) {
      if (at == pcm.size() && !isRepeating) {
        // Silence at the end of every tone has covered the buffer: nothing is cut off.
        return end();
      }
      at %= pcm.size();
      const std::size_t free = static_cast<std::size_t>(sink->bytesFree()) / sizeof(std::int16_t);
      const std::size_t n = std::min(free, pcm.size() - at);
      const qint64 written = out->write(reinterpret_cast<const char*>(pcm.data() + at),
                                        static_cast<qint64>(n * sizeof(std::int16_t)));
      if (written <= 0) return;
      at += static_cast<std::size_t>(written) / sizeof(std::int16_t);
    }
  }

  void end() {
    feedTimer.stop();
    out = nullptr;
    sink.reset();
    isPlaying = false;
  }
};

RingTone::RingTone() : m_worker(std::make_unique<Worker>()) {}

RingTone::~RingTone() {
  if (!m_worker->thread.isRunning()) return;
  QMetaObject::invokeMethod(m_worker.get(), [worker = m_worker.get()] {
    worker->end();
    worker->thread.quit();
  });
  if (m_worker->thread.wait(QDeadlineTimer(kFarewell))) return;
  // Qt Multimedia waits for the sound server without an end. Who leaves does not wait with it: the
  // thread is left behind, and cleared away if the server comes back while the program still runs.
  Worker* left = m_worker.release();
  ++leftBehind;
  if (QCoreApplication* application = QCoreApplication::instance())
    QObject::connect(&left->thread, &QThread::finished, application, [left] {
      delete left;
      --leftBehind;
    });
}

bool RingTone::isLeftBehind() { return leftBehind > 0; }

void RingTone::play(Tone tone, const How& how) {
  if (!m_worker->thread.isRunning()) m_worker->thread.start();
  QMetaObject::invokeMethod(m_worker.get(),
                            [worker = m_worker.get(), tone, how] { worker->begin(tone, how); });
}

void RingTone::stop() {
  if (!m_worker->thread.isRunning()) return;
  QMetaObject::invokeMethod(m_worker.get(), [worker = m_worker.get()] { worker->end(); });
}

bool RingTone::isPlaying() const { return m_worker->isPlaying; }

}  // namespace foyer::audio
