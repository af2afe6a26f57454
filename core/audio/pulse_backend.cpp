#include "core/audio/pulse_backend.h"

#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <semaphore>
#include <utility>

#include "core/audio/audio_thread.h"
#include "core/base/assert.h"

namespace foyer::audio {

namespace {
constexpr std::array kBoth{Direction::Capture, Direction::Playout};

void readCounter(int fd) {
  std::uint64_t count = 0;
  [[maybe_unused]] const auto n = ::read(fd, &count, sizeof count);
}
}  // namespace

PulseBackend::PulseBackend(AudioEventQueue& events, StreamCounters& counters,
                           RecorderShelf& recorders)
    : m_events(events),
      m_recorders(recorders),
      m_runner(events, counters),
      m_loop(pa_mainloop_new()),
      m_connection(pa_mainloop_get_api(m_loop), *this),
      m_sides{Side(Direction::Capture, *this), Side(Direction::Playout, *this)},
      m_commandFd(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)),
      m_timerFd(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)) {
  FOYER_ASSERT(m_commandFd >= 0 && m_timerFd >= 0, "the process has descriptors left");
}

PulseBackend::~PulseBackend() {
  if (m_thread.joinable()) {
    post([this] {
      finish();
      m_connection.close();
      pa_mainloop_quit(m_loop, 0);
    });
    m_thread.join();
  }
  pa_mainloop_free(m_loop);
  ::close(m_commandFd);
  ::close(m_timerFd);
}

void PulseBackend::watch() {
  startThread();
  post([this] { connectOnce(); });
}

void PulseBackend::open(const StreamSpec& spec, DuplexCallbacks& callbacks,
                        std::uint32_t generation) {
  startThread();
  m_spec = spec;
  post([this, spec, &callbacks, generation, parts = PacedDuplex::load(spec, m_recorders)] {
    begin(spec, callbacks, generation, parts);
  });
}

void PulseBackend::change(const DeviceSpec& input, const DeviceSpec& output) {
  m_spec.input = input;
  m_spec.output = output;
  post([this, spec = m_spec, parts = PacedDuplex::load(m_spec, m_recorders)] {
    if (!m_runner.isOpen()) return;
    setSides(spec);
    m_paced.end();
    if (parts.capture || parts.playout) m_paced.begin(monotonicNow(), m_runner, parts);
    for (const Direction d : kBoth) reconcile(d);
  });
}

void PulseBackend::close() {
  if (!m_thread.joinable()) return;
  std::binary_semaphore done(0);
  post([this, &done] {
    finish();
    done.release();
  });
  done.acquire();
}

void PulseBackend::post(std::function<void()> command) {
  {
    const std::lock_guard lock(m_commandMutex);
    m_commands.push_back(std::move(command));
  }
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto n = ::write(m_commandFd, &one, sizeof one);
}

void PulseBackend::startThread() {
  if (!m_thread.joinable()) m_thread = std::thread([this] { run(); });
}

void PulseBackend::run() {
  becomeAudioThread();
  pa_mainloop_api* api = pa_mainloop_get_api(m_loop);
  pa_io_event* commands = api->io_new(
      api, m_commandFd, PA_IO_EVENT_INPUT,
      [](pa_mainloop_api*, pa_io_event*, int fd, pa_io_event_flags_t, void* self) {
        readCounter(fd);
        static_cast<PulseBackend*>(self)->runCommands();
      },
      this);
  pa_io_event* timer = api->io_new(
      api, m_timerFd, PA_IO_EVENT_INPUT,
      [](pa_mainloop_api*, pa_io_event*, int fd, pa_io_event_flags_t, void* self) {
        readCounter(fd);
        static_cast<PulseBackend*>(self)->onTimer();
      },
      this);
  int result = 0;
  pa_mainloop_run(m_loop, &result);
  api->io_free(commands);
  api->io_free(timer);
}

void PulseBackend::runCommands() {
  std::vector<std::function<void()>> commands;
  {
    const std::lock_guard lock(m_commandMutex);
    commands.swap(m_commands);
  }
  for (const auto& command : commands) command();
  armTimer();
}

void PulseBackend::onTimer() {
  const TimePoint now = monotonicNow();
  m_paced.tick(now);
  m_connection.handleTimeout(now);
  for (const Direction d : kBoth) dealWithEnded(d);
  if (m_nextCheck && now >= *m_nextCheck) {
    supervise(now);
    for (const Direction d : kBoth) lookAfterBusy(now, d);
    m_nextCheck = now + kCheckInterval;
  }
  armTimer();
}

// One descriptor for every deadline of this thread; off when there is none, so idle costs nothing.
void PulseBackend::armTimer() {
  std::optional<TimePoint> next = m_nextCheck;
  const auto consider = [&](std::optional<TimePoint> at) {
    if (at && (!next || *at < *next)) next = at;
  };
  consider(m_connection.nextTimeout());
  if (m_paced.isRunning()) consider(m_paced.nextTick());
  if (side(Direction::Capture).hasEnded || side(Direction::Playout).hasEnded)
    consider(TimePoint(1ns));
  itimerspec when{};
  if (next) {
    const std::int64_t ns = next->time_since_epoch().count();
    when.it_value.tv_sec = static_cast<std::time_t>(ns / 1'000'000'000);
    when.it_value.tv_nsec = static_cast<long>(ns % 1'000'000'000);
  }
  ::timerfd_settime(m_timerFd, TFD_TIMER_ABSTIME, &when, nullptr);
}

void PulseBackend::connectOnce() {
  if (std::exchange(m_isConnecting, true)) return;
  m_connection.connect();
}

void PulseBackend::begin(const StreamSpec& spec, DuplexCallbacks& callbacks,
                         std::uint32_t generation, PacedDuplex::Parts parts) {
  const TimePoint now = monotonicNow();
  setSides(spec);
  m_runner.begin(now, callbacks, generation, true, spec.purpose == Purpose::Call);
  m_nextCheck = now + kCheckInterval;
  if (parts.capture || parts.playout) m_paced.begin(now, m_runner, std::move(parts));
  connectOnce();
  for (const Direction d : kBoth) {
    if (side(d).isWanted && m_serverFault != AudioFault::None) sayFault(d, m_serverFault);
    reconcile(d);
  }
}

void PulseBackend::setSides(const StreamSpec& spec) {
  for (const Direction d : kBoth) {
    const DeviceSpec& device = d == Direction::Capture ? spec.input : spec.output;
    Side& s = side(d);
    s.spec = device;
    s.isWanted = !device.isPaced() && (d == Direction::Capture || spec.purpose == Purpose::Call);
    s.lastDevice.clear();
    s.refused.clear();
    forgetBusy(d);
    s.saidBusy = false;
    s.movedByUser = false;
    s.saidNotFound = false;
    s.fault = AudioFault::None;
    if (!s.isWanted) s.stream.close();
  }
}

void PulseBackend::finish() {
  for (const Direction d : kBoth) forgetBusy(d);
  for (Side& s : m_sides) {
    s.stream.close();
    s.isWanted = false;
    s.hasEnded = false;
  }
  m_paced.end();
  m_runner.end();
  m_nextCheck.reset();
}

// ---- devices

PulseBackend::Target PulseBackend::resolve(Direction direction) const {
  const Side& s = side(direction);
  const PulseDevices& known = m_connection.known();
  Target target;
  const auto isBusy = [&](const PulseDevice& device) {
    return std::find(s.busy.begin(), s.busy.end(), device.name) != s.busy.end();
  };
  if (s.spec.kind == DeviceSpec::Kind::Named) {
    const PulseDevice* device = known.find(direction, s.spec.name);
    if (device != nullptr && !isBusy(*device)) return {device->name};
    target.isBusy = device != nullptr;
    target.isFallback = device == nullptr;
  }
  const PulseDevice* device = known.find(direction, known.defaultOf(direction));
  if (device != nullptr && isBusy(*device)) target.isBusy = true;
  // A monitor as default input means that there is no microphone; it would send what is played.
  if (device == nullptr || device->isMonitor || isBusy(*device)) {
    const auto& list = known.of(direction);
    const auto real = std::find_if(list.begin(), list.end(),
                                   [&](const auto& d) { return !d.isMonitor && !isBusy(d); });
    device = real == list.end() ? nullptr : &*real;
  }
  if (device != nullptr) {
    target.name = device->name;
  } else if (target.isBusy) {
    target.fault = AudioFault::DeviceBusy;
  } else {
    target.fault =
        direction == Direction::Capture ? AudioFault::NoMicrophone : AudioFault::NoSpeaker;
  }
  return target;
}

// Brings the stream of one direction to where the settings and the list of devices want it.
void PulseBackend::reconcile(Direction direction) {
  Side& s = side(direction);
  if (!s.isWanted || !m_connection.isReady() || s.hasEnded) return;
  const bool isLost =
      !s.lastDevice.empty() && m_connection.known().find(direction, s.lastDevice) == nullptr;
  if (isLost) {
    m_runner.report(AudioEventKind::DeviceLost, direction);
    s.lastDevice.clear();
    s.movedByUser = false;
  }
  const Target target = resolve(direction);
  if (target.name.empty()) {
    s.stream.close();
    sayFault(direction, target.fault);
    return;
  }
  if (s.stream.isOpen()) {
    // The server may have moved the stream to the right place itself.
    if (s.stream.device() == target.name) s.lastDevice = target.name;
    if (s.stream.device() == target.name || s.movedByUser) return;
  }
  if (target.name == s.refused) return;
  if (target.isFallback && !isLost && !std::exchange(s.saidNotFound, true)) {
    m_runner.report(AudioEventKind::DeviceNotFound, direction);
  }
  if (!target.isFallback) s.saidNotFound = false;
  if (target.isBusy && !std::exchange(s.saidBusy, true)) {
    m_runner.report(AudioEventKind::DeviceBusy, direction);
  }
  if (!target.isBusy && std::exchange(s.saidBusy, false)) m_runner.tellWhenItRuns(direction);
  m_runner.reopened(monotonicNow(), direction);
  openStream(direction, target.name);
}

void PulseBackend::openStream(Direction direction, const std::string& device) {
  Side& s = side(direction);
  s.lastDevice = device;
  s.movedByUser = false;
  s.hasEnded = false;
  s.fault = AudioFault::None;
  const bool isWide = m_runner.isWide();
  s.stream.open(m_connection.context(), device,
                isWide ? PulseStream::kLongTargetMs : PulseStream::kShortTargetMs);
  armTimer();
}

void PulseBackend::sayFault(Direction direction, AudioFault fault) {
  Side& s = side(direction);
  if (std::exchange(s.fault, fault) == fault) return;
  m_runner.fail(direction, fault);
}

void PulseBackend::dealWithEnded(Direction direction) {
  Side& s = side(direction);
  if (!std::exchange(s.hasEnded, false)) return;
  s.stream.close();
  if (!s.isWanted || !m_connection.isReady()) return;
  if (s.endFault == AudioFault::None) {
    // It ran and was ended: the device is gone, or the list says so in a moment.
    m_connection.refresh();
    return;
  }
  if (s.endFault == AudioFault::DeviceBusy) {
    s.busy.push_back(s.lastDevice);
    s.probeAt = monotonicNow() + kBusyRetry;
    return reconcile(direction);
  }
  s.refused = s.lastDevice;
  sayFault(direction, s.endFault);
}

// Goes back to the wanted device when whoever held it has let it go.
void PulseBackend::lookAfterBusy(TimePoint now, Direction direction) {
  Side& s = side(direction);
  if (s.busy.empty() || !s.isWanted || !m_connection.isReady()) return;
  switch (s.probe.answer()) {
    case PulseProbe::Answer::NotAsked:
      if (now >= s.probeAt) s.probe.ask(m_connection.context(), s.busy.front());
      return;
    case PulseProbe::Answer::Waiting:
      return;
    case PulseProbe::Answer::Refused:
      s.probe.close();
      s.probeAt = now + kBusyRetry;
      std::rotate(s.busy.begin(), s.busy.begin() + 1, s.busy.end());
      return;
    case PulseProbe::Answer::Free:
      forgetBusy(direction);
      return reconcile(direction);
  }
}

void PulseBackend::forgetBusy(Direction direction) {
  side(direction).probe.close();
  side(direction).busy.clear();
}

void PulseBackend::supervise(TimePoint now) {
  using enum StreamSupervisor::ActionKind;
  while (const auto action = m_runner.poll(now)) {
    Side& s = side(action->direction);
    if (action->kind == Restart) {
      if (!s.isWanted || !m_connection.isReady()) continue;
      const Target target = resolve(action->direction);
      if (!target.name.empty()) openStream(action->direction, target.name);
    } else {
      const int targetMs =
          action->kind == Widen ? PulseStream::kLongTargetMs : PulseStream::kShortTargetMs;
      for (Side& each : m_sides) each.stream.setTarget(targetMs);
      m_runner.report(AudioEventKind::LatencyChanged, Direction::Playout, AudioFault::None,
                      targetMs);
    }
  }
}

// ---- what the server tells

void PulseBackend::serverReady() {
  m_serverFault = AudioFault::None;
  for (const Direction d : kBoth) forgetBusy(d);
  for (Side& s : m_sides) {
    s.lastDevice.clear();
    s.refused.clear();
    s.hasEnded = false;
    s.stream.close();
  }
}

void PulseBackend::serverLost(AudioFault why) {
  const bool wasThere = std::exchange(m_serverFault, why) == AudioFault::None;
  if (wasThere) m_events.push({.kind = AudioEventKind::ListChanged});
  if (m_runner.isOpen()) {
    for (const Direction d : kBoth) {
      if (side(d).isWanted) sayFault(d, why);
    }
  }
  armTimer();
}

void PulseBackend::devicesRefreshed(bool listChanged, bool inputChanged, bool outputChanged) {
  if (listChanged) {
    m_events.push({.kind = AudioEventKind::ListChanged});
    for (const Direction d : kBoth) {
      side(d).refused.clear();
      forgetBusy(d);
    }
  }
  const auto sayDefault = [&](Direction d) {
    m_events.push({.kind = AudioEventKind::DefaultChanged, .direction = d});
  };
  if (inputChanged) sayDefault(Direction::Capture);
  if (outputChanged) sayDefault(Direction::Playout);
  if (!m_runner.isOpen()) return;
  for (const Direction d : kBoth) {
    Side& s = side(d);
    // Moved while its old device is still there: somebody did that in the desktop's mixer.
    const bool isElsewhere =
        s.stream.isOpen() && !s.lastDevice.empty() && s.stream.device() != s.lastDevice;
    if (isElsewhere && m_connection.known().find(d, s.lastDevice) != nullptr) s.movedByUser = true;
    reconcile(d);
  }
}

void PulseBackend::streamEnded(Direction direction, AudioFault fault) {
  side(direction).hasEnded = true;
  side(direction).endFault = fault;
  armTimer();
}

void PulseBackend::streamMoved(Direction) { m_connection.refresh(); }

}  // namespace foyer::audio
