// The small interface of every sound backend (libpulse, Qt Multimedia, timer for null and file:).
// Sound is 48 kHz mono int16 in both directions. A backend owns one AUDIO thread; all callbacks of
// one opening come from that thread, also when a device is mixed with a file.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/audio/audio_events.h"
#include "core/base/time.h"

namespace foyer::audio {

constexpr int kSampleRate = 48000;
// No callback gets more samples than this (10 ms); fewer is normal with real devices.
constexpr std::size_t kMaxBlockSamples = 480;
// Playout is asked for in whole multiples of this (2.5 ms, the unit of media time).
constexpr std::size_t kPlayoutGrid = 120;

struct PlayoutTime {
  TimePoint askedAt;   // now
  TimePoint soundsAt;  // when the first sample sounds, as far as the backend knows
};

// Called in the AUDIO thread between open() and the return of close(). Implementations allocate
// nothing, take no lock that another thread can hold, log nothing and do not throw.
class DuplexCallbacks {
 public:
  virtual ~DuplexCallbacks() = default;
  // 1..kMaxBlockSamples samples; the first was taken at `firstSampleAt` (CLOCK_MONOTONIC).
  virtual void onCapture(TimePoint firstSampleAt, std::span<const std::int16_t> samples) = 0;
  // Fill `out` (120, 240, 360 or 480 samples, comes zeroed).
  virtual void onPlayout(const PlayoutTime& time, std::span<std::int16_t> out) = 0;
};

struct DeviceInfo {
  std::string id;     // stable name of the server, what settings keep
  std::string label;  // for people
  bool isDefault = false;
  bool operator==(const DeviceInfo&) const = default;
};
struct DeviceList {
  std::vector<DeviceInfo> inputs, outputs;  // monitors of outputs are left out
  bool isKnown = false;                     // false until the server answered for the first time
  bool operator==(const DeviceList&) const = default;
};

// One end of an opening: "" or "default" | "null" | "file:NAME.wav" | a device's id or label.
struct DeviceSpec {
  enum class Kind : std::uint8_t { Default, Null, File, Named };
  Kind kind = Kind::Default;
  std::string name;  // the path for File, id or label for Named

  [[nodiscard]] static DeviceSpec parse(std::string_view text);
  [[nodiscard]] bool isPaced() const { return kind == Kind::Null || kind == Kind::File; }
  bool operator==(const DeviceSpec&) const = default;
};

enum class Purpose : std::uint8_t {
  Call,   // both directions; an output file is written
  Meter,  // capture only; no output is opened and no file written
};

struct StreamSpec {
  DeviceSpec input, output;
  Purpose purpose = Purpose::Call;
};

// What is known of the present (or last) opening. Every field is of one generation.
struct StreamStatus {
  std::uint32_t generation = 0;
  bool isOpen = false;
  bool isStarted = false;  // both directions gave their first callback
  // Sample k of this opening was taken, or sounds, at started + k/48000; exact when paced, settled
  // after a second with a real device, and true until `restarts` grows.
  std::optional<TimePoint> captureStarted, playoutStarted;
  std::uint64_t capturedSamples = 0, playedSamples = 0;
  std::uint64_t underflows = 0, restarts = 0;
  int captureFragmentMs = 0, playoutBufferMs = 0;          // as asked of the server; 0 when paced
  std::optional<Duration> captureGranted, playoutGranted;  // what it gave for them
  // As last measured: of the first sample written, the last one read (< 0 at an output's monitor).
  std::optional<Duration> playoutLatency, captureLatency;
};

// The numbers behind StreamStatus: written by the AUDIO thread, read by any.
struct StreamCounters {
  std::atomic<std::uint32_t> generation{0};
  std::atomic<bool> isOpen{false}, isStarted{false};
  std::atomic<std::int64_t> captureStartedNs{0}, playoutStartedNs{0};  // 0 = not yet
  std::atomic<std::uint64_t> capturedSamples{0}, playedSamples{0}, underflows{0}, restarts{0};
  std::atomic<int> captureFragmentMs{0}, playoutBufferMs{0};
  static constexpr std::int64_t kNotKnown = INT64_MIN;
  std::atomic<std::int64_t> captureGrantedNs{kNotKnown}, playoutGrantedNs{kNotKnown};
  std::atomic<std::int64_t> playoutLatencyNs{kNotKnown}, captureLatencyNs{kNotKnown};
  void reset(std::uint32_t newGeneration);
  [[nodiscard]] StreamStatus snapshot() const;
};

// open, change and close come from one thread (the engine's); devices() from any. None waits for a
// sound server.
class AudioBackend {
 public:
  virtual ~AudioBackend() = default;
  // Begins to watch devices; ListChanged follows when the list is known. Needed before open for
  // real devices only.
  virtual void watch() = 0;
  [[nodiscard]] virtual DeviceList devices() const = 0;
  // Returns at once; Started or Failed follow as events with this generation. Nothing is open
  // before. `callbacks` must live until close() returned.
  virtual void open(const StreamSpec& spec, DuplexCallbacks& callbacks,
                    std::uint32_t generation) = 0;
  // Moves the open streams to other devices without ending the opening.
  virtual void change(const DeviceSpec& input, const DeviceSpec& output) = 0;
  // After it returned no callback runs. Waits for the AUDIO thread only (one callback at most).
  virtual void close() = 0;
};

}  // namespace foyer::audio
