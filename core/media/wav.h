// RIFF/WAVE headers and the conversion to Foyer's PCM: 16-bit PCM files of any usual rate and
// channel count become 48 kHz mono. The bytes are untrusted; the parser is total and bounded.
// Left out: files (core/audio reads and writes them), compressed WAV. Value, no thread.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace foyer::media {

// Four hours at 48 kHz, longer than any test plays; they cost 1.4 GB, more is refused.
constexpr std::size_t kMaxWavSamples = std::size_t{4} * 3600 * 48'000;
constexpr std::uint32_t kMinWavRate = 4'000;
constexpr std::uint32_t kMaxWavRate = 192'000;
constexpr std::uint16_t kMaxWavChannels = 8;
constexpr std::size_t kWavHeaderBytes = 44;

enum class WavError {
  NotWave,      // no RIFF/WAVE at the start
  BadFormat,    // no usable fmt chunk before the data
  NotPcm16,     // compressed, float, or not 16 bits a sample
  BadRate,      // outside kMinWavRate … kMaxWavRate
  BadChannels,  // 0 or more than kMaxWavChannels
  NoData,       // no data chunk, or it holds no whole sample
  TooLong,      // more than kMaxWavSamples after conversion
};
[[nodiscard]] const char* toString(WavError error);

struct WavData {
  std::vector<std::int16_t> samples;  // 48 kHz mono
  std::uint32_t sourceRate = 0;
  std::uint16_t sourceChannels = 0;
};

// A data chunk that claims more than the file holds is read to the end of the file, as a recording
// that was cut off has it.
[[nodiscard]] Result<WavData, WavError> parseWav(ByteView file);

// The 44 bytes before `dataBytes` bytes of 48 kHz mono int16, little-endian.
[[nodiscard]] Bytes wavHeader48kMono(std::uint32_t dataBytes);
// Header and samples in one.
[[nodiscard]] Bytes makeWav48kMono(const std::vector<std::int16_t>& samples);

// Windowed-sinc polyphase conversion of mono PCM; rates within kMinWavRate … kMaxWavRate.
[[nodiscard]] std::vector<std::int16_t> resample(const std::vector<std::int16_t>& pcm,
                                                 std::uint32_t fromRate, std::uint32_t toRate);

}  // namespace foyer::media
