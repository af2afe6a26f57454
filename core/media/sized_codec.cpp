#include <algorithm>

#include "core/media/codec.h"

namespace foyer::media {
namespace {

class SizedEncoder final : public Encoder {
 public:
  [[nodiscard]] wire::CodecId codec() const override { return wire::CodecId::Sized; }
  void configure(const EncoderSettings& settings) override {
    m_bitrate = std::clamp(settings.bitrateBps, 600, 128'000);
  }
  [[nodiscard]] std::size_t encode(std::span<const std::int16_t> pcm,
                                   MutableByteView out) override {
    const std::size_t wanted = static_cast<std::size_t>(m_bitrate) * pcm.size() /
                               (8 * static_cast<std::size_t>(kSampleRate));
    const std::size_t size = std::clamp<std::size_t>(wanted, 1, kMaxFrameBytes);
    if (out.size() < size) return 0;
    // The number makes frames differ, so that a mixed-up or replayed one shows.
    ++m_number;
    for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<std::uint8_t>((m_number + i) * 31U);
    return size;
  }
  void reset() override {}
  [[nodiscard]] int lookaheadSamples() const override { return 0; }

 private:
  int m_bitrate = 24'000;
  std::uint32_t m_number = 0;
};

class SizedDecoder final : public Decoder {
 public:
  [[nodiscard]] bool decode(ByteView frame, std::span<std::int16_t> out) override {
    std::fill(out.begin(), out.end(), std::int16_t{0});
    return !frame.empty();
  }
  [[nodiscard]] bool hasCopyOfPrevious(ByteView) const override { return false; }
  [[nodiscard]] bool decodeFec(ByteView, std::span<std::int16_t>) override { return false; }
  [[nodiscard]] std::int64_t dredSamplesBefore(ByteView) override { return 0; }
  [[nodiscard]] bool decodeDred(std::int64_t, std::span<std::int16_t>) override { return false; }
  void conceal(std::span<std::int16_t> out) override {
    std::fill(out.begin(), out.end(), std::int16_t{0});
  }
  void reset() override {}
};

}  // namespace

std::unique_ptr<Encoder> SizedCodecFactory::makeEncoder(wire::CodecId codec) const {
  if (codec == wire::CodecId::None) return nullptr;
  return std::make_unique<SizedEncoder>();
}

std::unique_ptr<Decoder> SizedCodecFactory::makeDecoder(wire::CodecId codec) const {
  if (codec != wire::CodecId::Sized) return nullptr;
  return std::make_unique<SizedDecoder>();
}

}  // namespace foyer::media
