// The connection to PulseAudio (or PipeWire's stand-in for it): connects, comes back after the
// server was restarted, and keeps the list of devices by subscription. Lives in the AUDIO thread;
// only devices() may be called from others.
#pragma once

#include <pulse/pulseaudio.h>

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/audio/device.h"

namespace foyer::audio {

struct PulseDevice {
  std::string name, label;
  bool isMonitor = false;
  bool operator==(const PulseDevice&) const = default;
};
struct PulseDevices {
  std::vector<PulseDevice> sources, sinks;
  std::string defaultSource, defaultSink;
  bool operator==(const PulseDevices&) const = default;
  [[nodiscard]] const std::vector<PulseDevice>& of(Direction d) const {
    return d == Direction::Capture ? sources : sinks;
  }
  [[nodiscard]] const std::string& defaultOf(Direction d) const {
    return d == Direction::Capture ? defaultSource : defaultSink;
  }
  [[nodiscard]] const PulseDevice* find(Direction d, std::string_view nameOrLabel) const;
};

class PulseConnection {
 public:
  // More devices of one kind than this are left out.
  static constexpr std::size_t kMaxDevices = 128;
  static constexpr Duration kFirstRetry = 250ms, kLastRetry = 2s;

  class Owner {
   public:
    // The server is there and the devices are known, anew after every reconnect.
    virtual void serverReady() = 0;
    virtual void serverLost(AudioFault why) = 0;
    virtual void devicesRefreshed(bool listChanged, bool defaultInputChanged,
                                  bool defaultOutputChanged) = 0;

   protected:
    ~Owner() = default;
  };

  PulseConnection(pa_mainloop_api* api, Owner& owner) : m_api(api), m_owner(owner) {}
  ~PulseConnection() { close(); }
  PulseConnection(const PulseConnection&) = delete;
  PulseConnection& operator=(const PulseConnection&) = delete;

  void connect();
  void close();
  [[nodiscard]] bool isReady() const { return m_isReady; }
  [[nodiscard]] pa_context* context() const { return m_context; }
  [[nodiscard]] const PulseDevices& known() const { return m_known; }
  // Asks the server for everything again; devicesRefreshed follows.
  void refresh();

  [[nodiscard]] std::optional<TimePoint> nextTimeout() const { return m_retryAt; }
  void handleTimeout(TimePoint now);
  // Any thread.
  [[nodiscard]] DeviceList devices() const;

 private:
  void contextChanged();
  void lost(AudioFault why);
  void queryDone();
  void publish();

  pa_mainloop_api* m_api;
  Owner& m_owner;
  pa_context* m_context = nullptr;
  bool m_isReady = false;  // connected and devices known
  int m_pendingQueries = 0;
  bool m_refreshAgain = false;  // something changed while the queries ran
  PulseDevices m_known, m_reading;
  std::optional<TimePoint> m_retryAt;
  Duration m_retryAfter = kFirstRetry;
  mutable std::mutex m_mutex;  // of m_published; never held in a device's callback
  DeviceList m_published;
};

}  // namespace foyer::audio
