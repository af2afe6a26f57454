// Calls through libpulse: one thread with libpulse's own poll loop, in which the server, the
// streams, the watchdog and (mixed with a file or `null`) the paced side all run. Other threads
// only post commands; nobody else ever takes a lock that the sound callbacks need.
#pragma once

#include <pulse/pulseaudio.h>

#include <array>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/audio/paced_duplex.h"
#include "core/audio/pulse_connection.h"
#include "core/audio/pulse_probe.h"
#include "core/audio/pulse_stream.h"

namespace foyer::audio {

class PulseBackend final : public AudioBackend,
                           private PulseConnection::Owner,
                           private PulseStream::Owner {
 public:
  // While something is open the streams are looked at this often.
  static constexpr Duration kCheckInterval = 100ms;
  // A device that another program holds is asked for this often.
  static constexpr Duration kBusyRetry = 1s;

  PulseBackend(AudioEventQueue& events, StreamCounters& counters, RecorderShelf& recorders);
  ~PulseBackend() override;

  void watch() override;
  [[nodiscard]] DeviceList devices() const override { return m_connection.devices(); }
  void open(const StreamSpec& spec, DuplexCallbacks& callbacks, std::uint32_t generation) override;
  void change(const DeviceSpec& input, const DeviceSpec& output) override;
  void close() override;

 private:
  struct Side {
    Side(Direction d, PulseBackend& backend) : stream(d, backend, backend.m_runner), probe(d) {}
    PulseStream stream;
    PulseProbe probe;  // of busy.front()
    DeviceSpec spec;
    bool isWanted = false;  // this direction of the opening is a real device
    bool hasEnded = false;  // the stream told so; dealt with outside its callback
    AudioFault endFault = AudioFault::None;
    std::string lastDevice;         // opened last, to notice that it went away
    std::string refused;            // failed to open: not tried again until the list changes
    std::vector<std::string> busy;  // held by others; no more than the server has devices
    TimePoint probeAt;
    bool saidBusy = false;
    bool movedByUser = false;  // the person chose another device in the desktop's mixer
    bool saidNotFound = false;
    AudioFault fault = AudioFault::None;  // said last
  };
  struct Target {
    std::string name;  // empty: see fault
    AudioFault fault = AudioFault::None;
    bool isFallback = false;  // the named device is absent
    bool isBusy = false;      // the wanted device is held by somebody else
  };

  // ---- any thread
  void post(std::function<void()> command);
  void startThread();

  // ---- AUDIO thread
  void run();
  void runCommands();
  void onTimer();
  void armTimer();
  void connectOnce();
  void begin(const StreamSpec& spec, DuplexCallbacks& callbacks, std::uint32_t generation,
             PacedDuplex::Parts parts);
  void setSides(const StreamSpec& spec);
  void finish();
  void dealWithEnded(Direction direction);
  void lookAfterBusy(TimePoint now, Direction direction);
  void forgetBusy(Direction direction);
  [[nodiscard]] Target resolve(Direction direction) const;
  void reconcile(Direction direction);
  void openStream(Direction direction, const std::string& device);
  void sayFault(Direction direction, AudioFault fault);
  void supervise(TimePoint now);
  [[nodiscard]] Side& side(Direction d) { return m_sides[static_cast<std::size_t>(d)]; }
  [[nodiscard]] const Side& side(Direction d) const { return m_sides[static_cast<std::size_t>(d)]; }

  void serverReady() override;
  void serverLost(AudioFault why) override;
  void devicesRefreshed(bool listChanged, bool inputChanged, bool outputChanged) override;
  void streamEnded(Direction direction, AudioFault fault) override;
  void streamMoved(Direction direction) override;

  AudioEventQueue& m_events;
  RecorderShelf& m_recorders;
  StreamSpec m_spec;  // the engine's thread
  DuplexRunner m_runner;
  pa_mainloop* m_loop;
  PulseConnection m_connection;
  std::array<Side, 2> m_sides;
  PacedDuplex m_paced;
  bool m_isConnecting = false;  // connect() was called once
  AudioFault m_serverFault = AudioFault::None;
  std::optional<TimePoint> m_nextCheck;
  int m_commandFd = -1, m_timerFd = -1;
  std::mutex m_commandMutex;  // of m_commands, never held while one runs
  std::vector<std::function<void()>> m_commands;
  std::thread m_thread;
};

}  // namespace foyer::audio
