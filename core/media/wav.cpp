#include "core/media/wav.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>

namespace foyer::media {
namespace {

constexpr std::uint32_t kRate = 48'000;
// WAVE_FORMAT_PCM and WAVE_FORMAT_EXTENSIBLE, whose sub-format begins with the plain number.
constexpr std::uint16_t kFormatPcm = 1;
constexpr std::uint16_t kFormatExtensible = 0xFFFE;
constexpr std::size_t kFmtBytes = 16;
constexpr std::size_t kExtensibleSubFormatAt = 24;

std::uint16_t le16(const std::uint8_t* p) { return static_cast<std::uint16_t>(p[0] | (p[1] << 8)); }
std::uint32_t le32(const std::uint8_t* p) {
  return le16(p) | (static_cast<std::uint32_t>(le16(p + 2)) << 16);
}
void appendLe16(Bytes& to, std::uint16_t v) {
  to.push_back(static_cast<std::uint8_t>(v));
  to.push_back(static_cast<std::uint8_t>(v >> 8));
}
void appendLe32(Bytes& to, std::uint32_t v) {
  appendLe16(to, static_cast<std::uint16_t>(v));
  appendLe16(to, static_cast<std::uint16_t>(v >> 16));
}
bool hasTag(ByteView bytes, std::size_t at, std::string_view tag) {
  return bytes.size() >= at + 4 && textOf(bytes.subspan(at, 4)) == tag;
}

struct Format {
  std::uint32_t rate = 0;
  std::uint16_t channels = 0;
};

Result<Format, WavError> parseFormat(ByteView chunk) {
  if (chunk.size() < kFmtBytes) return Failure(WavError::BadFormat);
  std::uint16_t code = le16(chunk.data());
  if (code == kFormatExtensible && chunk.size() >= kExtensibleSubFormatAt + 2)
    code = le16(chunk.data() + kExtensibleSubFormatAt);
  const Format format{.rate = le32(chunk.data() + 4), .channels = le16(chunk.data() + 2)};
  if (code != kFormatPcm || le16(chunk.data() + 14) != 16) return Failure(WavError::NotPcm16);
  if (format.rate < kMinWavRate || format.rate > kMaxWavRate) return Failure(WavError::BadRate);
  if (format.channels == 0 || format.channels > kMaxWavChannels)
    return Failure(WavError::BadChannels);
  return format;
}

Result<WavData, WavError> convert(const Format& format, ByteView data) {
  const std::size_t frameBytes = std::size_t{2} * format.channels;
  const std::size_t frames = data.size() / frameBytes;
  if (frames == 0) return Failure(WavError::NoData);
  if (frames > kMaxWavSamples || frames * kRate / format.rate > kMaxWavSamples)
    return Failure(WavError::TooLong);
  std::vector<std::int16_t> mono(frames);
  for (std::size_t i = 0; i < frames; ++i) {
    int sum = 0;
    for (std::size_t c = 0; c < format.channels; ++c)
      sum += static_cast<std::int16_t>(le16(data.data() + i * frameBytes + 2 * c));
    mono[i] = static_cast<std::int16_t>(sum / format.channels);
  }
  WavData out{.sourceRate = format.rate, .sourceChannels = format.channels};
  out.samples = format.rate == kRate ? std::move(mono) : resample(mono, format.rate, kRate);
  // Less than one sample of ours: a frame or two at a higher rate.
  if (out.samples.empty()) return Failure(WavError::NoData);
  return out;
}

}  // namespace

const char* toString(WavError error) {
  switch (error) {
    case WavError::NotWave:
      return "not-wave";
    case WavError::BadFormat:
      return "bad-format";
    case WavError::NotPcm16:
      return "not-pcm16";
    case WavError::BadRate:
      return "bad-rate";
    case WavError::BadChannels:
      return "bad-channels";
    case WavError::NoData:
      return "no-data";
    case WavError::TooLong:
      return "too-long";
  }
  return "?";
}

Result<WavData, WavError> parseWav(ByteView file) {
  if (!hasTag(file, 0, "RIFF") || !hasTag(file, 8, "WAVE")) return Failure(WavError::NotWave);
  std::optional<Format> format;
  std::size_t at = 12;
  while (file.size() - at >= 8) {
    const std::size_t claimed = le32(file.data() + at + 4);
    const std::size_t body = at + 8;
    const std::size_t size = std::min(claimed, file.size() - body);
    if (hasTag(file, at, "fmt ")) {
      const Result<Format, WavError> parsed = parseFormat(file.subspan(body, size));
      if (!parsed) return Failure(parsed.error());
      format = *parsed;
    } else if (hasTag(file, at, "data")) {
      if (!format) return Failure(WavError::BadFormat);
      return convert(*format, file.subspan(body, size));
    }
    // Chunks are padded to even sizes; the pad may be missing at the end of the file.
    at = std::min(body + size + (size & 1), file.size());
  }
  return Failure(format ? WavError::NoData : WavError::BadFormat);
}

Bytes wavHeader48kMono(std::uint32_t dataBytes) {
  Bytes out;
  out.reserve(kWavHeaderBytes);
  append(out, viewOf("RIFF"));
  // Saturates: players read a too long recording to its end.
  appendLe32(out, dataBytes > 0xFFFFFFFFU - 36 ? 0xFFFFFFFFU : dataBytes + 36);
  append(out, viewOf("WAVEfmt "));
  appendLe32(out, kFmtBytes);
  appendLe16(out, kFormatPcm);
  appendLe16(out, 1);
  appendLe32(out, kRate);
  appendLe32(out, kRate * 2);
  appendLe16(out, 2);
  appendLe16(out, 16);
  append(out, viewOf("data"));
  appendLe32(out, dataBytes);
  return out;
}

Bytes makeWav48kMono(const std::vector<std::int16_t>& samples) {
  Bytes out = wavHeader48kMono(static_cast<std::uint32_t>(samples.size() * 2));
  out.reserve(out.size() + samples.size() * 2);
  for (const std::int16_t s : samples) appendLe16(out, static_cast<std::uint16_t>(s));
  return out;
}

std::vector<std::int16_t> resample(const std::vector<std::int16_t>& pcm, std::uint32_t fromRate,
                                   std::uint32_t toRate) {
  if (fromRate == toRate || fromRate == 0 || toRate == 0) return pcm;
  const std::uint64_t divisor = std::gcd(fromRate, toRate);
  const std::uint64_t up = toRate / divisor;
  const std::uint64_t down = fromRate / divisor;
  // Cut just below the lower Nyquist frequency; the kernel widens when going down.
  const double cutoff = 0.95 * std::min(1.0, static_cast<double>(toRate) / fromRate);
  const int half = static_cast<int>(std::ceil(24 / cutoff));  // 24 zero crossings each side
  // Odd ratios (44 101 Hz) would need a phase per sample; 512 steps are past 16 bits' noise for
  // speech.
  const std::uint64_t phases = std::min<std::uint64_t>(up, 512);
  const auto taps = static_cast<std::size_t>(2 * half);
  std::vector<float> bank(phases * taps);
  for (std::uint64_t phase = 0; phase < phases; ++phase) {
    const double offset = static_cast<double>(phase) / static_cast<double>(phases);
    double sum = 0;
    for (std::size_t k = 0; k < taps; ++k) {
      const double x = static_cast<double>(k) - (half - 1) - offset;
      const double t = std::numbers::pi * x * cutoff;
      const double sinc = std::abs(t) < 1e-9 ? 1 : std::sin(t) / t;
      const double window = 0.5 + 0.5 * std::cos(std::numbers::pi * x / half);  // Hann
      const double tap = std::abs(x) >= half ? 0 : sinc * window;
      bank[phase * taps + k] = static_cast<float>(tap);
      sum += tap;
    }
    for (std::size_t k = 0; k < taps; ++k)
      bank[phase * taps + k] = static_cast<float>(bank[phase * taps + k] / sum);
  }
  const std::uint64_t count = pcm.size() * up / down;
  std::vector<std::int16_t> out(count);
  const auto size = static_cast<std::int64_t>(pcm.size());
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t position = i * down;
    const auto base = static_cast<std::int64_t>(position / up) - (half - 1);
    const float* kernel = &bank[(position % up) * phases / up * taps];
    const auto first = static_cast<std::size_t>(std::max<std::int64_t>(0, -base));
    const auto last = static_cast<std::size_t>(
        std::clamp<std::int64_t>(size - base, 0, static_cast<std::int64_t>(taps)));
    float sum = 0;
    for (std::size_t k = first; k < last; ++k)
      sum += kernel[k] *
             static_cast<float>(pcm[static_cast<std::size_t>(base + static_cast<std::int64_t>(k))]);
    out[i] = static_cast<std::int16_t>(std::clamp(std::lround(sum), -32768L, 32767L));
  }
  return out;
}

}  // namespace foyer::media
