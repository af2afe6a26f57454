// The fixed-size values that cross the rings between the NET and the AUDIO thread: an encoded frame
// on its way out, an opened and authenticated frame on its way in. Trivially copyable, so a ring
// slot is filled in place and nothing allocates. Left out: sealing, redundancy, the wire bytes.
// All PCM in Foyer is int16, mono, 48 kHz. Value, no thread.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "core/base/bytes.h"
#include "core/base/time.h"
#include "core/wire/media_packet.h"

namespace foyer::media {

constexpr std::int64_t kSampleRate = 48000;
// Media time on the wire counts units of 2.5 ms, the shortest Opus frame.
constexpr std::int64_t kSamplesPerMediaUnit = kSampleRate / 400;
// 120 ms, the longest packet time.
constexpr std::size_t kMaxFrameSamples = 5760;
// Opus at 64 kb/s and 120 ms needs 960; more does not fit a datagram anyway.
constexpr std::size_t kMaxFrameBytes = 1024;

constexpr Duration samplesToDuration(std::int64_t samples) {
  return Duration(samples * 1'000'000 / (kSampleRate / 1000));
}
constexpr std::int64_t durationToSamples(Duration d) {
  return d.count() * (kSampleRate / 1000) / 1'000'000;
}
// Samples of one frame at 48 kHz: 120 … 5760.
inline std::size_t frameSamples(wire::PacketTime time) {
  return static_cast<std::size_t>(durationToSamples(wire::durationOf(time)));
}

// A frame so short says that a pause begins: the background goes on, and until the next frame
// nothing is missing (EncoderSettings::isDtx).
constexpr std::size_t kPauseBytes = 2;
constexpr bool isPauseMark(wire::CodecId codec, std::size_t size) {
  return codec == wire::CodecId::Opus && size <= kPauseBytes;
}

// AUDIO → NET.
struct EncodedFrame {
  wire::CodecId codec = wire::CodecId::None;
  wire::PacketTime time = wire::PacketTime::Ms20;
  std::uint64_t mediaTime = 0;  // of the first sample, 2.5 ms units since the pipeline began
  TimePoint capturedAt{};       // when the microphone took the first sample
  std::int8_t levelDb = -127;   // dBFS of the frame as sent; -127 = digital silence
  std::uint16_t size = 0;       // bytes used, 1 … kMaxFrameBytes
  std::array<std::uint8_t, kMaxFrameBytes> bytes;

  [[nodiscard]] ByteView payload() const {
    return {bytes.data(), std::min<std::size_t>(size, kMaxFrameBytes)};
  }
};

// NET → AUDIO. The counter is authenticated and unique; everything else is the peer's word.
struct ReceivedFrame {
  std::uint64_t counter = 0;
  TimePoint arrivedAt{};
  wire::CodecId codec = wire::CodecId::None;
  wire::PacketTime time = wire::PacketTime::Ms20;
  std::uint16_t mediaTime = 0;  // of the first sample, 2.5 ms units, mod 65 536
  bool isCopy = false;  // travelled in a later packet; counter and arrival are that packet's
  std::uint16_t size = 0;
  std::array<std::uint8_t, kMaxFrameBytes> bytes;

  [[nodiscard]] ByteView payload() const {
    return {bytes.data(), std::min<std::size_t>(size, kMaxFrameBytes)};
  }
};

}  // namespace foyer::media
