#include "core/audio/qt_backend.h"

#include <QMediaDevices>
#include <QThread>
#include <algorithm>
#include <array>

#include "core/audio/audio_thread.h"
#include "core/audio/qt_backend_worker.h"

namespace foyer::audio {

namespace {

QAudioFormat callFormat() {
  QAudioFormat format;
  format.setSampleRate(kSampleRate);
  format.setChannelCount(1);
  format.setSampleFormat(QAudioFormat::Int16);
  return format;
}

constexpr qsizetype bytesOfMs(int ms) {
  return qsizetype{ms} * (kSampleRate / 1000) * qsizetype{sizeof(std::int16_t)};
}

Duration timeOfBytes(qsizetype bytes) {
  return durationOfSamples(bytes / qsizetype{sizeof(std::int16_t)});
}

// The devices' own isDefault() is false for all of them in Qt 6.4 on PulseAudio.
std::vector<DeviceInfo> infosOf(const QList<QAudioDevice>& devices, const QAudioDevice& standard) {
  std::vector<DeviceInfo> infos;
  for (const QAudioDevice& d : devices) {
    infos.push_back({d.id().toStdString(), d.description().toStdString(), d.id() == standard.id()});
  }
  return infos;
}

}  // namespace

// ---- the owner's side

QtBackend::QtBackend(AudioEventQueue& events, StreamCounters& counters, RecorderShelf& recorders)
    : m_recorders(recorders),
      m_thread(std::make_unique<QThread>()),
      m_worker(new QtBackendWorker(events, counters)) {
  m_worker->moveToThread(m_thread.get());
  QObject::connect(m_thread.get(), &QThread::finished, m_worker, &QObject::deleteLater);
  m_thread->setObjectName("foyer-audio-qt");
  m_thread->start(QThread::TimeCriticalPriority);
}

QtBackend::~QtBackend() {
  QtBackend::close();
  m_thread->quit();
  m_thread->wait();
}

void QtBackend::watch() {
  QMetaObject::invokeMethod(m_worker, [worker = m_worker] { worker->watch(); });
}

DeviceList QtBackend::devices() const { return m_worker->devices(); }

void QtBackend::open(const StreamSpec& spec, DuplexCallbacks& callbacks, std::uint32_t generation) {
  m_spec = spec;
  QMetaObject::invokeMethod(m_worker, [worker = m_worker, spec, &callbacks, generation,
                                       parts = PacedDuplex::load(spec, m_recorders)] {
    worker->open(spec, callbacks, generation, parts);
  });
}

void QtBackend::change(const DeviceSpec& input, const DeviceSpec& output) {
  m_spec.input = input;
  m_spec.output = output;
  QMetaObject::invokeMethod(
      m_worker, [worker = m_worker, spec = m_spec, parts = PacedDuplex::load(m_spec, m_recorders)] {
        worker->change(spec, parts);
      });
}

void QtBackend::close() {
  QMetaObject::invokeMethod(
      m_worker, [worker = m_worker] { worker->close(); }, Qt::BlockingQueuedConnection);
}

// ---- in the thread

QtBackendWorker::QtBackendWorker(AudioEventQueue& events, StreamCounters& counters)
    : m_events(events), m_runner(events, counters) {
  m_pumpTimer.setTimerType(Qt::PreciseTimer);
  connect(&m_pumpTimer, &QTimer::timeout, this, &QtBackendWorker::pump);
  connect(&m_checkTimer, &QTimer::timeout, this, &QtBackendWorker::supervise);
  connect(&m_listTimer, &QTimer::timeout, this, &QtBackendWorker::pollList);
}

void QtBackendWorker::watch() {
  if (m_listTimer.isActive()) return;
  m_listTimer.start(kListPollMs);
  pollList();
}

DeviceList QtBackendWorker::devices() const {
  const std::lock_guard lock(m_mutex);
  return m_list;
}

void QtBackendWorker::pollList() {
  DeviceList list{
      .inputs = infosOf(QMediaDevices::audioInputs(), QMediaDevices::defaultAudioInput()),
      .outputs = infosOf(QMediaDevices::audioOutputs(), QMediaDevices::defaultAudioOutput()),
      .isKnown = true};
  bool isNew = false;
  {
    const std::lock_guard lock(m_mutex);
    isNew = !(m_list == list);
    m_list = std::move(list);
  }
  if (!isNew) return;
  m_events.push({.kind = AudioEventKind::ListChanged});
  if (!m_runner.isOpen()) return;
  const auto isGone = [](const QByteArray& id, const std::vector<DeviceInfo>& infos) {
    return !id.isEmpty() && std::none_of(infos.begin(), infos.end(), [&](const DeviceInfo& info) {
      return info.id == id.toStdString();
    });
  };
  const DeviceList now = devices();
  // A direction without a device looks for one again at every change of the list.
  const bool isInputGone = isGone(m_inputId, now.inputs);
  const bool isOutputGone = isGone(m_outputId, now.outputs);
  if (isInputGone) m_runner.report(AudioEventKind::DeviceLost, Direction::Capture);
  if (isOutputGone) m_runner.report(AudioEventKind::DeviceLost, Direction::Playout);
  if (m_wantsInput && (isInputGone || !m_source)) {
    m_runner.reopened(monotonicNow(), Direction::Capture);
    openInput();
  }
  if (m_wantsOutput && (isOutputGone || !m_sink)) {
    m_runner.reopened(monotonicNow(), Direction::Playout);
    openOutput();
  }
}

void QtBackendWorker::open(const StreamSpec& spec, DuplexCallbacks& callbacks,
                           std::uint32_t generation, PacedDuplex::Parts parts) {
  m_runner.begin(monotonicNow(), callbacks, generation, true, spec.purpose == Purpose::Call);
  watch();
  m_checkTimer.start(100);
  change(spec, std::move(parts));
}

void QtBackendWorker::change(const StreamSpec& spec, PacedDuplex::Parts parts) {
  if (!m_runner.isOpen()) return;
  closeStreams();
  m_spec = spec;
  m_wantsInput = !spec.input.isPaced();
  m_wantsOutput = !spec.output.isPaced() && spec.purpose == Purpose::Call;
  m_paced.end();
  if (parts.capture || parts.playout) m_paced.begin(monotonicNow(), m_runner, std::move(parts));
  if (m_wantsInput) openInput();
  if (m_wantsOutput) openOutput();
  m_pumpTimer.start(kPumpMs);
}

void QtBackendWorker::close() {
  m_pumpTimer.stop();
  m_checkTimer.stop();
  closeStreams();
  m_paced.end();
  m_runner.end();
}

void QtBackendWorker::closeStreams() {
  m_input = m_output = nullptr;
  m_source.reset();
  m_sink.reset();
  m_inputId.clear();
  m_outputId.clear();
}

QAudioDevice QtBackendWorker::choose(Direction direction, const DeviceSpec& spec) {
  const bool isCapture = direction == Direction::Capture;
  if (spec.kind == DeviceSpec::Kind::Named) {
    const QList<QAudioDevice> all =
        isCapture ? QMediaDevices::audioInputs() : QMediaDevices::audioOutputs();
    for (const QAudioDevice& d : all) {
      if (d.id().toStdString() == spec.name || d.description().toStdString() == spec.name) return d;
    }
    m_runner.report(AudioEventKind::DeviceNotFound, direction);
  }
  return isCapture ? QMediaDevices::defaultAudioInput() : QMediaDevices::defaultAudioOutput();
}

void QtBackendWorker::openInput() {
  m_input = nullptr;
  m_source.reset();
  m_inputId.clear();
  const QAudioDevice device = choose(Direction::Capture, m_spec.input);
  if (device.isNull()) return m_runner.fail(Direction::Capture, AudioFault::NoMicrophone);
  m_source.reset(new QAudioSource(device, callFormat()));
  m_source->setBufferSize(bytesOfMs(kBufferMs));
  connect(m_source.get(), &QAudioSource::stateChanged, this, [this](QAudio::State state) {
    checkEnded(Direction::Capture, state, m_source->error());
  });
  m_inputId = device.id();
  m_inputClock.reset();
  m_inputSamples = 0;
  m_runner.counters().captureFragmentMs = kBufferMs;
  m_input = m_source->start();
  m_runner.counters().captureGrantedNs = timeOfBytes(m_source->bufferSize()).count();
}

void QtBackendWorker::openOutput() {
  m_output = nullptr;
  m_sink.reset();
  m_outputId.clear();
  const QAudioDevice device = choose(Direction::Playout, m_spec.output);
  if (device.isNull()) return m_runner.fail(Direction::Playout, AudioFault::NoSpeaker);
  m_sink.reset(new QAudioSink(device, callFormat()));
  m_sink->setBufferSize(bytesOfMs(kBufferMs));
  connect(m_sink.get(), &QAudioSink::stateChanged, this,
          [this](QAudio::State state) { checkEnded(Direction::Playout, state, m_sink->error()); });
  m_outputId = device.id();
  m_outputClock.reset();
  m_outputSamples = 0;
  m_runner.counters().playoutBufferMs = kBufferMs;
  m_output = m_sink->start();
  m_runner.counters().playoutGrantedNs = timeOfBytes(m_sink->bufferSize()).count();
}

void QtBackendWorker::checkEnded(Direction direction, QAudio::State state, QAudio::Error error) {
  if (state != QAudio::StoppedState || error == QAudio::NoError) return;
  const bool isBusy = error == QAudio::OpenError;
  m_runner.fail(direction, isBusy ? AudioFault::DeviceBusy : AudioFault::DeviceStalled);
}

void QtBackendWorker::supervise() {
  while (const auto action = m_runner.poll(monotonicNow())) {
    if (action->kind != StreamSupervisor::ActionKind::Restart) continue;
    if (action->direction == Direction::Capture && m_wantsInput) openInput();
    if (action->direction == Direction::Playout && m_wantsOutput) openOutput();
  }
}

void QtBackendWorker::pump() {
  readInput();
  fillOutput();
  m_paced.tick(monotonicNow());
}

void QtBackendWorker::readInput() {
  if (m_input == nullptr) return;
  std::array<std::int16_t, kMaxBlockSamples> block;
  // Qt 6.4 asks libpulse about a stream that has ended and is gone, which aborts the program.
  while (m_source->state() == QAudio::ActiveState || m_source->state() == QAudio::IdleState) {
    const qint64 bytes = m_input->read(reinterpret_cast<char*>(block.data()), sizeof block);
    if (bytes < qint64{sizeof(std::int16_t)}) return;
    const auto n = static_cast<std::size_t>(bytes) / sizeof(std::int16_t);
    const TimePoint now = monotonicNow();
    const TimePoint at =
        m_inputClock.update(m_inputSamples, now - durationOfSamples(static_cast<std::int64_t>(n)));
    m_runner.capture(now, at, std::span(block).first(n), DuplexRunner::ZeroWatch::On);
    m_inputSamples += static_cast<std::int64_t>(n);
  }
}

void QtBackendWorker::fillOutput() {
  if (m_output == nullptr) return;
  std::array<std::int16_t, kMaxBlockSamples> block;
  while (m_sink->bytesFree() >= qsizetype{sizeof block}) {
    const TimePoint now = monotonicNow();
    const std::int64_t queued =
        (m_sink->bufferSize() - m_sink->bytesFree()) / qsizetype{sizeof(std::int16_t)};
    const TimePoint at = m_outputClock.update(m_outputSamples, now + durationOfSamples(queued));
    m_runner.playout(now, at, block);
    if (m_output->write(reinterpret_cast<const char*>(block.data()), sizeof block) <= 0) return;
    m_outputSamples += static_cast<std::int64_t>(block.size());
  }
}

}  // namespace foyer::audio
