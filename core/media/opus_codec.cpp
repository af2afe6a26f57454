#include "core/media/opus_codec.h"

#include <opus.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "core/base/assert.h"

namespace foyer::media {
namespace {

constexpr int kEncoderComplexity = 9;
// From here up to below kWidebandTo the stream is wideband; libopus would choose narrowband where
// it is told of loss, and a thin hybrid above. Measured: docs/adr/0013-wideband-in-the-middle.md.
constexpr int kWidebandFrom = 8'400;
constexpr int kWidebandTo = 20'000;
// With a copy of the frame before in each packet only the rest is for the frame itself.
constexpr int kWidebandWithFecFrom = 14'000;
constexpr Duration kDredFrame = 10ms;
constexpr Duration kMaxDred = 1s;
// Deep PLC begins at 5, NoLACE at 7; a library without them ignores the excess.
constexpr int kEnhancing = 7;
// Where CELT carries the upper half NoLACE costs a quarter of what the sound thread takes,
// and gives nothing: docs/adr/0029-nolace-for-wideband-alone.md.
constexpr int kPlain = 5;
// RFC 6716, section 3.1: the upper five bits of the first byte; below 12 is SILK alone.
constexpr int kFirstHybridConfiguration = 12;

struct EncoderDelete {
  void operator()(OpusEncoder* e) const { opus_encoder_destroy(e); }
};
struct DecoderDelete {
  void operator()(OpusDecoder* d) const { opus_decoder_destroy(d); }
};
struct DredDecoderDelete {
  void operator()(OpusDREDDecoder* d) const { opus_dred_decoder_destroy(d); }
};
struct DredDelete {
  void operator()(OpusDRED* d) const { opus_dred_free(d); }
};
using EncoderPtr = std::unique_ptr<OpusEncoder, EncoderDelete>;
using DecoderPtr = std::unique_ptr<OpusDecoder, DecoderDelete>;

EncoderPtr newEncoder() {
  int error = OPUS_OK;
  EncoderPtr encoder(
      opus_encoder_create(static_cast<opus_int32>(kSampleRate), 1, OPUS_APPLICATION_VOIP, &error));
  return error == OPUS_OK ? std::move(encoder) : nullptr;
}

DecoderPtr newDecoder(int complexity) {
  int error = OPUS_OK;
  DecoderPtr decoder(opus_decoder_create(static_cast<opus_int32>(kSampleRate), 1, &error));
  if (error != OPUS_OK) return nullptr;
  // OPUS_UNIMPLEMENTED before 1.5: plain concealment, still correct.
  opus_decoder_ctl(decoder.get(), OPUS_SET_COMPLEXITY(complexity));
  return decoder;
}

int opusFrame(std::span<const std::int16_t> pcm) { return static_cast<int>(pcm.size()); }

class OpusEncoderSeam final : public Encoder {
 public:
  explicit OpusEncoderSeam(EncoderPtr encoder) : m_encoder(std::move(encoder)) {
    // Constant rate: packet sizes must not tell what is said (docs: keys page).
    set(OPUS_SET_VBR(0));
    set(OPUS_SET_SIGNAL(OPUS_SIGNAL_VOICE));
    set(OPUS_SET_COMPLEXITY(kEncoderComplexity));
    configure({});
  }
  [[nodiscard]] wire::CodecId codec() const override { return wire::CodecId::Opus; }

  void configure(const EncoderSettings& settings) override {
    const int bitrate = std::clamp(settings.bitrateBps, 6'000, 128'000);
    set(OPUS_SET_BITRATE(bitrate));
    set(OPUS_SET_INBAND_FEC(settings.inBandFec ? 1 : 0));
    set(OPUS_SET_PACKET_LOSS_PERC(std::clamp(settings.expectedLossPercent, 0, 100)));
    set(OPUS_SET_DTX(settings.isDtx ? 1 : 0));
    const bool hasFec = settings.inBandFec && settings.expectedLossPercent > 0;
    const bool isWideband =
        bitrate >= (hasFec ? kWidebandWithFecFrom : kWidebandFrom) && bitrate < kWidebandTo;
    set(OPUS_SET_BANDWIDTH(isWideband ? OPUS_BANDWIDTH_WIDEBAND : OPUS_AUTO));
    const auto dredFrames = std::clamp(settings.dred, Duration{0}, kMaxDred) / kDredFrame;
    // OPUS_UNIMPLEMENTED where the library was built without.
    opus_encoder_ctl(m_encoder.get(), OPUS_SET_DRED_DURATION(static_cast<opus_int32>(dredFrames)));
    m_bitrate = bitrate;
  }

  [[nodiscard]] std::size_t encode(std::span<const std::int16_t> pcm,
                                   MutableByteView out) override {
    // libopus makes packets of several frames for 40 to 120 ms. With DRED it spends more than the
    // bit rate if it finds room, so the room is what the rate gives.
    const std::size_t wanted = static_cast<std::size_t>(m_bitrate) * pcm.size() /
                               (8 * static_cast<std::size_t>(kSampleRate));
    const std::size_t room =
        std::min({out.size(), std::max<std::size_t>(wanted, 8), kMaxFrameBytes});
    const opus_int32 size = opus_encode(m_encoder.get(), pcm.data(), opusFrame(pcm), out.data(),
                                        static_cast<opus_int32>(room));
    return size > 0 ? static_cast<std::size_t>(size) : 0;
  }

  // The decoder is reset by the change of codec as well, and predicts from nothing.
  void reset() override { set(OPUS_RESET_STATE); }

  [[nodiscard]] int lookaheadSamples() const override {
    opus_int32 lookahead = 0;
    opus_encoder_ctl(m_encoder.get(), OPUS_GET_LOOKAHEAD(&lookahead));
    return lookahead;
  }

 private:
  template <class... Ctl>
  void set(Ctl... request) {
    const int result = opus_encoder_ctl(m_encoder.get(), request...);
    FOYER_ASSERT(result == OPUS_OK, "values are clamped to what libopus documents");
  }

  EncoderPtr m_encoder;
  int m_bitrate = 24'000;
};

// The deep redundancy of one packet at a time. Without it in the library everything is 0 and false.
class Dred {
 public:
  Dred() {
    int error = OPUS_OK;
    m_decoder.reset(opus_dred_decoder_create(&error));
    if (m_decoder) m_state.reset(opus_dred_alloc(&error));
  }

  // Parsing is cheap; turning it into sound features costs about as much as decoding a frame, and
  // waits until they are asked for.
  [[nodiscard]] std::int64_t samplesBefore(ByteView frame) {
    if (!m_state || frame.empty() || frame.size() > m_frame.size()) return 0;
    if (frame.size() == m_frameSize && std::equal(frame.begin(), frame.end(), m_frame.begin()))
      return m_samples;
    std::copy(frame.begin(), frame.end(), m_frame.begin());
    m_frameSize = frame.size();
    m_isProcessed = false;
    int undescribed = 0;
    const int found =
        opus_dred_parse(m_decoder.get(), m_state.get(), frame.data(),
                        static_cast<opus_int32>(frame.size()), static_cast<opus_int32>(kSampleRate),
                        static_cast<opus_int32>(kSampleRate), &undescribed, 1);
    // Its place is the peer's word, and may be seconds away.
    m_samples = std::clamp<std::int64_t>(found, 0, durationToSamples(kMaxDred));
    m_undescribed = undescribed;
    return m_samples;
  }

  [[nodiscard]] bool decode(OpusDecoder* decoder, std::int64_t before,
                            std::span<std::int16_t> out) {
    if (before > m_samples || before <= m_undescribed ||
        before < static_cast<std::int64_t>(out.size()))
      return false;
    if (!m_isProcessed) {
      if (opus_dred_process(m_decoder.get(), m_state.get(), m_state.get()) != OPUS_OK) {
        m_samples = 0;
        return false;
      }
      m_isProcessed = true;
    }
    return opus_decoder_dred_decode(decoder, m_state.get(), static_cast<opus_int32>(before),
                                    out.data(), opusFrame(out)) == opusFrame(out);
  }

  void forget() {
    m_frameSize = 0;
    m_samples = 0;
  }

 private:
  std::unique_ptr<OpusDREDDecoder, DredDecoderDelete> m_decoder;
  std::unique_ptr<OpusDRED, DredDelete> m_state;
  std::array<std::uint8_t, kMaxFrameBytes> m_frame{};  // what m_state is of
  std::size_t m_frameSize = 0;
  std::int64_t m_samples = 0;
  std::int64_t m_undescribed = 0;  // samples right before the frame
  bool m_isProcessed = false;
};

class OpusDecoderSeam final : public Decoder {
 public:
  explicit OpusDecoderSeam(DecoderPtr decoder) : m_decoder(std::move(decoder)) {}

  [[nodiscard]] bool decode(ByteView frame, std::span<std::int16_t> out) override {
    if (!fits(frame, out.size())) return false;
    chooseComplexity(frame.front());
    return opus_decode(m_decoder.get(), frame.data(), static_cast<opus_int32>(frame.size()),
                       out.data(), opusFrame(out), 0) == opusFrame(out);
  }
  [[nodiscard]] bool hasCopyOfPrevious(ByteView frame) const override {
    return !frame.empty() &&
           opus_packet_has_lbrr(frame.data(), static_cast<opus_int32>(frame.size())) == 1;
  }
  [[nodiscard]] bool decodeFec(ByteView next, std::span<std::int16_t> out) override {
    if (next.empty()) return false;
    return opus_decode(m_decoder.get(), next.data(), static_cast<opus_int32>(next.size()),
                       out.data(), opusFrame(out), 1) == opusFrame(out);
  }
  [[nodiscard]] std::int64_t dredSamplesBefore(ByteView frame) override {
    return m_dred.samplesBefore(frame);
  }
  [[nodiscard]] bool decodeDred(std::int64_t before, std::span<std::int16_t> out) override {
    return m_dred.decode(m_decoder.get(), before, out);
  }
  void conceal(std::span<std::int16_t> out) override {
    const int made = opus_decode(m_decoder.get(), nullptr, 0, out.data(), opusFrame(out), 0);
    if (made != opusFrame(out)) std::fill(out.begin(), out.end(), std::int16_t{0});
  }
  void reset() override {
    opus_decoder_ctl(m_decoder.get(), OPUS_RESET_STATE);
    m_dred.forget();
  }

 private:
  // The packet's own idea of its length; decoding a longer one would overrun the schedule.
  [[nodiscard]] bool fits(ByteView frame, std::size_t samples) const {
    if (frame.empty()) return false;
    const int claimed = opus_packet_get_nb_samples(
        frame.data(), static_cast<opus_int32>(frame.size()), static_cast<opus_int32>(kSampleRate));
    return claimed > 0 && static_cast<std::size_t>(claimed) == samples;
  }

  void chooseComplexity(std::uint8_t tableOfContents) {
    const int wanted = tableOfContents >> 3 < kFirstHybridConfiguration ? kEnhancing : kPlain;
    if (wanted == m_complexity) return;
    opus_decoder_ctl(m_decoder.get(), OPUS_SET_COMPLEXITY(wanted));
    m_complexity = wanted;
  }

  DecoderPtr m_decoder;
  Dred m_dred;
  int m_complexity = kEnhancing;
};

// A voice-like buzz: harmonics of 140 Hz with a slow swell.
void fillBuzz(std::span<std::int16_t> out, std::size_t from) {
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double t = static_cast<double>(from + i) / static_cast<double>(kSampleRate);
    double s = 0;
    for (int h = 1; h <= 12; ++h) s += std::sin(2 * std::numbers::pi * 140 * h * t) / h;
    out[i] =
        static_cast<std::int16_t>(4000 * s * (0.6 + 0.4 * std::sin(2 * std::numbers::pi * 3 * t)));
  }
}

// Runs the same packets through two decoders and says whether their output differs.
bool decodersDiffer(int complexityA, int complexityB, int bitrate, bool loseLast) {
  constexpr std::size_t kFrame = 960;
  constexpr std::size_t kFrames = 12;
  const EncoderPtr encoder = newEncoder();
  const DecoderPtr a = newDecoder(complexityA);
  const DecoderPtr b = newDecoder(complexityB);
  if (!encoder || !a || !b) return false;
  opus_encoder_ctl(encoder.get(), OPUS_SET_BITRATE(bitrate));
  opus_encoder_ctl(encoder.get(), OPUS_SET_SIGNAL(OPUS_SIGNAL_VOICE));
  std::array<std::int16_t, kFrame> pcm{};
  std::array<std::int16_t, kFrame> outA{};
  std::array<std::int16_t, kFrame> outB{};
  std::array<std::uint8_t, kMaxFrameBytes> packet{};
  for (std::size_t i = 0; i < kFrames; ++i) {
    fillBuzz(pcm, i * kFrame);
    const opus_int32 size = opus_encode(encoder.get(), pcm.data(), opusFrame(pcm), packet.data(),
                                        static_cast<opus_int32>(packet.size()));
    if (size <= 0) return false;
    const bool isLost = loseLast && i + 2 >= kFrames;
    for (auto [decoder, out] : {std::pair{a.get(), &outA}, std::pair{b.get(), &outB}})
      if (opus_decode(decoder, isLost ? nullptr : packet.data(), isLost ? 0 : size, out->data(),
                      opusFrame(*out), 0) != opusFrame(*out))
        return false;
  }
  return outA != outB;
}

OpusFeatures probeFeatures() {
  OpusFeatures features;
  features.version = opus_get_version_string();
  if (const EncoderPtr encoder = newEncoder())
    features.dred = opus_encoder_ctl(encoder.get(), OPUS_SET_DRED_DURATION(0)) == OPUS_OK;
  features.deepPlc = decodersDiffer(0, 5, 24'000, true);
  features.osce = decodersDiffer(5, 7, 12'000, false);
  return features;
}

}  // namespace

const char* opusVersion() { return opus_get_version_string(); }

std::unique_ptr<Encoder> makeOpusEncoder() {
  EncoderPtr encoder = newEncoder();
  if (!encoder) return nullptr;
  return std::make_unique<OpusEncoderSeam>(std::move(encoder));
}

std::unique_ptr<Decoder> makeOpusDecoder() {
  DecoderPtr decoder = newDecoder(kEnhancing);
  if (!decoder) return nullptr;
  return std::make_unique<OpusDecoderSeam>(std::move(decoder));
}

const OpusFeatures& opusFeatures() {
  static const OpusFeatures features = probeFeatures();
  return features;
}

}  // namespace foyer::media
