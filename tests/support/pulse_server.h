// A private PulseAudio for tests: own folder, own socket, null sinks and no hardware. The process's
// environment points to it while it lives, so libpulse, Qt Multimedia and child programs find it.
// Works as root. One at a time.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace foyer::test {

class PulseServer {
 public:
  struct Devices {
    bool speaker = true;  // null sink "speaker", the default output
    bool microphone =
        true;           // what plays into null sink "feed" comes out of source "mic", the default
    bool loop = false;  // instead: "mic" hears what plays on "speaker"
  };

  PulseServer() : PulseServer(Devices{}) {}
  explicit PulseServer(Devices devices) : m_devices(devices) {
    char pattern[] = "/tmp/foyer-pulse-XXXXXX";
    m_dir = ::mkdtemp(pattern);
    for (const char* name : {"PULSE_SERVER", "PULSE_RUNTIME_PATH", "PULSE_STATE_PATH"}) {
      const char* old = std::getenv(name);
      m_environment.emplace_back(name, old != nullptr ? old : "");
    }
    ::setenv("PULSE_SERVER", ("unix:" + socketPath()).c_str(), 1);
    ::setenv("PULSE_RUNTIME_PATH", m_dir.c_str(), 1);
    ::setenv("PULSE_STATE_PATH", m_dir.c_str(), 1);
    start();
  }
  ~PulseServer() {
    letGo();
    stop();
    for (const auto& [name, value] : m_environment) {
      value.empty() ? ::unsetenv(name.c_str()) : ::setenv(name.c_str(), value.c_str(), 1);
    }
    std::error_code ignored;
    std::filesystem::remove_all(m_dir, ignored);
  }
  PulseServer(const PulseServer&) = delete;
  PulseServer& operator=(const PulseServer&) = delete;

  // False when there is no pulseaudio to run (a test then says GTEST_SKIP with that reason).
  [[nodiscard]] static bool isInstalled() { return ::access("/usr/bin/pulseaudio", X_OK) == 0; }
  [[nodiscard]] bool isRunning() const { return m_pid > 0; }
  [[nodiscard]] std::string socketPath() const { return m_dir + "/native"; }

  // Returns when the server answers, or after five seconds.
  void start() {
    std::vector<std::string> arguments{
        "pulseaudio",
        "-n",
        "--daemonize=no",
        "--exit-idle-time=-1",
        "--use-pid-file=no",
        "--system=no",
        "--log-target=file:" + m_dir + "/log",
        "--realtime=no",
        "--high-priority=no",
        "-L",
        "module-native-protocol-unix auth-anonymous=1 socket=" + socketPath()};
    const auto load = [&](const std::string& module) {
      arguments.push_back("-L");
      arguments.push_back(module);
    };
    if (m_devices.speaker) load(nullSink("speaker"));
    if (m_devices.microphone && !m_devices.loop) {
      load(nullSink("feed"));
      load(
          "module-remap-source source_name=mic master=feed.monitor "
          "source_properties=device.description=Microphone");
    }
    if (m_devices.loop) {
      load(
          "module-remap-source source_name=mic master=speaker.monitor "
          "source_properties=device.description=Microphone");
    }
    m_pid = ::fork();
    if (m_pid == 0) {
      std::vector<char*> argv;
      for (std::string& a : arguments) argv.push_back(a.data());
      argv.push_back(nullptr);
      const int null = ::open("/dev/null", O_RDWR);
      ::dup2(null, 1);
      ::dup2(null, 2);
      ::execv("/usr/bin/pulseaudio", argv.data());
      ::_exit(127);
    }
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (!answers() && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    if (m_devices.speaker) pactl("set-default-sink speaker");
    if (m_devices.microphone) pactl("set-default-source mic");
  }

  void stop() {
    if (m_pid <= 0) return;
    ::kill(m_pid, SIGCONT);
    ::kill(m_pid, SIGTERM);
    ::waitpid(m_pid, nullptr, 0);
    m_pid = -1;
    ::unlink(socketPath().c_str());
  }

  // Stops the server's process without ending it: connected, and deaf.
  void freeze() const { ::kill(m_pid, SIGSTOP); }
  void thaw() const { ::kill(m_pid, SIGCONT); }

  // Runs pactl and returns what it printed, without the last newline.
  std::string pactl(const std::string& arguments) const {
    std::string out;
    FILE* pipe = ::popen(("pactl " + arguments + " 2>/dev/null").c_str(), "r");
    if (pipe == nullptr) return out;
    char buffer[512];
    while (std::fgets(buffer, sizeof buffer, pipe) != nullptr) out += buffer;
    ::pclose(pipe);
    while (!out.empty() && out.back() == '\n') out.pop_back();
    return out;
  }
  // Returns the module's number, for unplug().
  std::string plug(const std::string& module) const { return pactl("load-module " + module); }
  void unplug(const std::string& number) const { pactl("unload-module " + number); }
  // Another program that takes `sink` for itself, as players do that hand coded sound through to
  // a receiver: the server refuses everybody else with "busy" until letGo().
  void hold(const std::string& sink) {
    m_holder = ::fork();
    if (m_holder == 0) {
      const int zero = ::open("/dev/zero", O_RDONLY);
      const int null = ::open("/dev/null", O_WRONLY);
      ::dup2(zero, 0);
      ::dup2(null, 1);
      ::dup2(null, 2);
      ::execlp("pacat", "pacat", "--playback", "--raw", "--passthrough",
               ("--device=" + sink).c_str(), nullptr);
      ::_exit(127);
    }
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (pactl("list short sink-inputs").empty() && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
  void letGo() {
    if (m_holder <= 0) return;
    ::kill(m_holder, SIGKILL);
    ::waitpid(m_holder, nullptr, 0);
    m_holder = -1;
  }
  // The number of the first module whose arguments hold `text`.
  [[nodiscard]] std::string moduleWith(const std::string& text) const {
    const std::string list = pactl("list short modules");
    const std::size_t at = list.find(text);
    if (at == std::string::npos) return {};
    const std::size_t newline = list.rfind('\n', at);
    const std::size_t line = newline == std::string::npos ? 0 : newline + 1;
    return list.substr(line, list.find('\t', line) - line);
  }
  // Without norewinds a null sink stalls for seconds after an underrun.
  [[nodiscard]] static std::string nullSink(const std::string& name) {
    return "module-null-sink norewinds=1 rate=48000 sink_name=" + name +
           " sink_properties=device.description=" + name;
  }

 private:
  [[nodiscard]] bool answers() const {
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::snprintf(address.sun_path, sizeof address.sun_path, "%s", socketPath().c_str());
    const bool ok = ::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    ::close(fd);
    return ok;
  }

  Devices m_devices;
  std::string m_dir;
  std::vector<std::pair<std::string, std::string>> m_environment;
  pid_t m_pid = -1;
  pid_t m_holder = -1;
};

}  // namespace foyer::test
