#include "core/audio/device.h"

namespace foyer::audio {

DeviceSpec DeviceSpec::parse(std::string_view text) {
  constexpr std::string_view kFilePrefix = "file:";
  if (text.empty() || text == "default") return {};
  if (text == "null") return {Kind::Null, {}};
  if (text.starts_with(kFilePrefix)) {
    return {Kind::File, std::string(text.substr(kFilePrefix.size()))};
  }
  return {Kind::Named, std::string(text)};
}

void StreamCounters::reset(std::uint32_t newGeneration) {
  isOpen = true;
  isStarted = false;
  captureStartedNs = 0;
  playoutStartedNs = 0;
  capturedSamples = 0;
  playedSamples = 0;
  underflows = 0;
  restarts = 0;
  captureFragmentMs = 0;
  playoutBufferMs = 0;
  captureGrantedNs = kNotKnown;
  playoutGrantedNs = kNotKnown;
  playoutLatencyNs = kNotKnown;
  captureLatencyNs = kNotKnown;
  generation = newGeneration;
}

StreamStatus StreamCounters::snapshot() const {
  const auto timeOf = [](std::int64_t ns) {
    return ns == 0 ? std::nullopt : std::optional(TimePoint(Duration(ns)));
  };
  const auto durationOf = [](std::int64_t ns) {
    return ns == kNotKnown ? std::nullopt : std::optional(Duration(ns));
  };
  return {.generation = generation,
          .isOpen = isOpen,
          .isStarted = isStarted,
          .captureStarted = timeOf(captureStartedNs),
          .playoutStarted = timeOf(playoutStartedNs),
          .capturedSamples = capturedSamples,
          .playedSamples = playedSamples,
          .underflows = underflows,
          .restarts = restarts,
          .captureFragmentMs = captureFragmentMs,
          .playoutBufferMs = playoutBufferMs,
          .captureGranted = durationOf(captureGrantedNs),
          .playoutGranted = durationOf(playoutGrantedNs),
          .playoutLatency = durationOf(playoutLatencyNs),
          .captureLatency = durationOf(captureLatencyNs)};
}

}  // namespace foyer::audio
