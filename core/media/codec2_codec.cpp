#include "core/media/codec2_codec.h"

#include <codec2/codec2.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include "core/media/resampler.h"

namespace foyer::media {
namespace {

constexpr int kNarrowRate = 8000;
constexpr std::size_t kRatio = kSampleRate / kNarrowRate;
// The longest packet and the longest codec frame at 8 kHz.
constexpr std::size_t kMaxNarrow = kMaxFrameSamples / kRatio;
constexpr std::size_t kMaxNarrowFrame = 320;
// A set of parameters describes the middle of 40 ms of input and is heard at the end of its 10 ms
// of output: 20 ms at 8 kHz. (Checked by a test; the library does not tell.)
constexpr int kModelDelay = 160;

struct Codec2Delete {
  void operator()(CODEC2* state) const { codec2_destroy(state); }
};
using Codec2Ptr = std::unique_ptr<CODEC2, Codec2Delete>;

Codec2Ptr newCodec2(wire::CodecId codec) {
  if (codec == wire::CodecId::Codec2_1200) return Codec2Ptr(codec2_create(CODEC2_MODE_1200));
  if (codec == wire::CodecId::Codec2_3200) return Codec2Ptr(codec2_create(CODEC2_MODE_3200));
  return nullptr;
}

// One frame of the codec.
struct Shape {
  std::size_t samples;  // at 8 kHz
  std::size_t bytes;
};

Shape shapeOf(CODEC2* state) {
  return {static_cast<std::size_t>(codec2_samples_per_frame(state)),
          static_cast<std::size_t>(codec2_bytes_per_frame(state))};
}

// The 1200 mode tells pitch and energy by their change, in steps that need a tenth of a second from
// nothing to speech. Both ends begin as if this had been said: 0.4 s of a voice of ordinary level.
std::array<std::int16_t, 10 * kMaxNarrowFrame> firstWords() {
  std::array<std::int16_t, 10 * kMaxNarrowFrame> voice;
  for (std::size_t i = 0; i < voice.size(); ++i) {
    const double t = static_cast<double>(i) / kNarrowRate;
    double s = 0;
    for (int harmonic = 1; harmonic <= 20; ++harmonic)
      s += std::sin(2 * std::numbers::pi * 140 * harmonic * t) / harmonic;
    voice[i] = static_cast<std::int16_t>(2000 * s);
  }
  return voice;
}

// Codec frames in `samples` at 48 kHz; 0 when that is not a whole number of them.
std::size_t framesIn(std::size_t samples, const Shape& shape) {
  const std::size_t each = shape.samples * kRatio;
  return samples <= kMaxFrameSamples && samples % each == 0 ? samples / each : 0;
}

class Codec2EncoderSeam final : public Encoder {
 public:
  Codec2EncoderSeam(wire::CodecId codec, Codec2Ptr state)
      : m_codec(codec), m_state(std::move(state)), m_shape(shapeOf(m_state.get())) {
    const Resampler up(kNarrowRate, static_cast<int>(kSampleRate));
    m_lookahead =
        m_down.inputLatency() + kModelDelay * static_cast<int>(kRatio) + up.outputLatency();
    auto words = firstWords();
    std::array<std::uint8_t, kMaxNarrowFrame> bytes{};
    for (std::size_t at = 0; at + m_shape.samples <= words.size(); at += m_shape.samples)
      codec2_encode(m_state.get(), bytes.data(), words.data() + at);
    std::reverse_copy(words.end() - kSeam, words.end(), m_seam.begin());
  }

  [[nodiscard]] wire::CodecId codec() const override { return m_codec; }
  // Rate and frame length are fixed, and there is no redundancy inside.
  void configure(const EncoderSettings&) override {}

  [[nodiscard]] std::size_t encode(std::span<const std::int16_t> pcm,
                                   MutableByteView out) override {
    const std::size_t frames = framesIn(pcm.size(), m_shape);
    if (frames == 0 || out.size() < frames * m_shape.bytes) return 0;
    const std::size_t narrow = frames * m_shape.samples;
    if (m_down.process(pcm, m_narrow) != narrow) return 0;
    if (m_isFresh) joinSeam();
    m_isFresh = false;
    std::reverse_copy(m_narrow.begin() + static_cast<std::ptrdiff_t>(narrow - kSeam),
                      m_narrow.begin() + static_cast<std::ptrdiff_t>(narrow), m_seam.begin());
    for (std::size_t i = 0; i < frames; ++i)
      codec2_encode(m_state.get(), out.data() + i * m_shape.bytes,
                    m_narrow.data() + i * m_shape.samples);
    return frames * m_shape.bytes;
  }

  // What the model predicts from stays, as it does in the decoder.
  void reset() override {
    m_down.reset();
    m_isFresh = true;
  }

  [[nodiscard]] int lookaheadSamples() const override { return m_lookahead; }

 private:
  // 10 ms. The model looks at 40 ms and would take a jump among them for a burst of energy.
  static constexpr std::size_t kSeam = 80;

  // Runs on from the end of the sound before, backwards and fading.
  void joinSeam() {
    for (std::size_t i = 0; i < kSeam; ++i) {
      const int left = m_seam[i] * static_cast<int>(kSeam - i) / static_cast<int>(kSeam);
      m_narrow[i] = static_cast<std::int16_t>(std::clamp(m_narrow[i] + left, -32768, 32767));
    }
  }

  wire::CodecId m_codec;
  Codec2Ptr m_state;
  Shape m_shape;
  Resampler m_down{static_cast<int>(kSampleRate), kNarrowRate};
  std::array<std::int16_t, kMaxNarrow> m_narrow{};
  int m_lookahead = 0;
  std::array<std::int16_t, kSeam> m_seam{};  // the end of what was encoded last, backwards
  bool m_isFresh = true;
};

// Goes on with the sound heard last, at 8 kHz: its last period again and again when it was voiced,
// its last 40 ms otherwise, fading to nothing. Codec2 is not asked for it: the 1200 mode predicts
// pitch and energy from the frame before, so that a frame decoded twice runs off.
class Repeater {
 public:
  void hear(std::span<const std::int16_t> sound) {
    m_made = 0;
    const std::size_t kept = m_past.size() - std::min(sound.size(), m_past.size());
    std::copy(m_past.end() - static_cast<std::ptrdiff_t>(kept), m_past.end(), m_past.begin());
    std::copy(sound.end() - static_cast<std::ptrdiff_t>(m_past.size() - kept), sound.end(),
              m_past.begin() + static_cast<std::ptrdiff_t>(kept));
  }

  void goOn(std::span<std::int16_t> out) {
    if (m_made == 0) makeLoop();
    for (std::int16_t& s : out) {
      const std::size_t left = kFadeTo - std::min(m_made, kFadeTo);
      const std::size_t gain = std::min(left, kFadeTo - kFadeFrom);
      s = static_cast<std::int16_t>(m_loop[m_made % m_period] * static_cast<int>(gain) /
                                    static_cast<int>(kFadeTo - kFadeFrom));
      ++m_made;
    }
  }

  void forget() {
    m_past.fill(0);
    m_made = 0;
  }

  [[nodiscard]] bool isGoingOn() const { return m_made > 0; }

 private:
  // At 8 kHz: voices from 400 down to 50 Hz.
  static constexpr std::size_t kMinPeriod = 20, kMaxPeriod = 160;
  static constexpr std::size_t kCompared = 80;  // samples
  static constexpr std::size_t kPast = 480;
  static constexpr std::size_t kNoisePeriod = 320;
  static constexpr std::size_t kSeam = 16;
  // Likeness of a period to the one before, 0 … 1, from which sound counts as voiced.
  static constexpr double kVoiced = 0.6;
  // Full for 20 ms, silent after 120 ms: what is left of a lost packet of the longest time is
  // noise.
  static constexpr std::size_t kFadeFrom = 160, kFadeTo = 960;

  void makeLoop() {
    m_period = findPeriod();
    const std::size_t from = kPast - m_period;
    std::copy(m_past.begin() + static_cast<std::ptrdiff_t>(from), m_past.end(), m_loop.begin());
    // The end of the loop runs into what came before its beginning.
    for (std::size_t i = 0; i < kSeam; ++i) {
      std::int16_t& s = m_loop[m_period - kSeam + i];
      const int before = m_past[from - kSeam + i];
      s = static_cast<std::int16_t>(s + (before - s) * static_cast<int>(i + 1) /
                                            static_cast<int>(kSeam));
    }
  }

  [[nodiscard]] std::size_t findPeriod() const {
    const std::int16_t* const last = m_past.data() + (kPast - kCompared);
    double energy = 1;
    for (std::size_t i = 0; i < kCompared; ++i) energy += double{1} * last[i] * last[i];
    std::size_t period = kNoisePeriod;
    double best = kVoiced;
    for (std::size_t lag = kMinPeriod; lag <= kMaxPeriod; ++lag) {
      double product = 0, lagged = 1;
      for (std::size_t i = 0; i < kCompared; ++i) {
        const double earlier = *(last + i - lag);
        product += last[i] * earlier;
        lagged += earlier * earlier;
      }
      const double likeness = product / std::sqrt(energy * lagged);
      if (likeness > best) {
        best = likeness;
        period = lag;
      }
    }
    return period;
  }

  std::array<std::int16_t, kPast> m_past{};
  std::array<std::int16_t, kNoisePeriod> m_loop{};
  std::size_t m_period = kNoisePeriod;
  std::size_t m_made = 0;  // samples since the last that were heard
};

class Codec2DecoderSeam final : public Decoder {
 public:
  // `encoder` tells in bits what firstWords() are.
  Codec2DecoderSeam(Codec2Ptr state, Codec2Ptr encoder)
      : m_state(std::move(state)), m_shape(shapeOf(m_state.get())) {
    auto words = firstWords();
    std::array<std::uint8_t, kMaxNarrowFrame> bytes{};
    for (std::size_t at = 0; at + m_shape.samples <= words.size(); at += m_shape.samples) {
      codec2_encode(encoder.get(), bytes.data(), words.data() + at);
      codec2_decode(m_state.get(), m_narrow.data(), bytes.data());
    }
  }

  [[nodiscard]] bool decode(ByteView frame, std::span<std::int16_t> out) override {
    const std::size_t frames = framesIn(out.size(), m_shape);
    if (frames == 0 || frame.size() != frames * m_shape.bytes) return false;
    for (std::size_t i = 0; i < frames; ++i) {
      const std::span<std::int16_t> narrow(m_narrow.data(), m_shape.samples);
      const ByteView bytes = frame.subspan(i * m_shape.bytes, m_shape.bytes);
      if (std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t b) { return b == 0; })) {
        fallSilent(narrow);
      } else {
        codec2_decode(m_state.get(), narrow.data(), bytes.data());
        if (m_isFresh) fadeIn(narrow);
        m_isFresh = false;
        if (m_repeater.isGoingOn()) join(narrow);
        m_repeater.hear(narrow);
      }
      if (!widen(narrow, out.subspan(i * m_shape.samples * kRatio))) return false;
    }
    return true;
  }
  [[nodiscard]] bool hasCopyOfPrevious(ByteView) const override { return false; }
  [[nodiscard]] bool decodeFec(ByteView, std::span<std::int16_t>) override { return false; }
  [[nodiscard]] std::int64_t dredSamplesBefore(ByteView) override { return 0; }
  [[nodiscard]] bool decodeDred(std::int64_t, std::span<std::int16_t>) override { return false; }

  void conceal(std::span<std::int16_t> out) override {
    while (out.size() >= kRatio) {
      const std::span<std::int16_t> narrow(m_narrow.data(),
                                           std::min(out.size() / kRatio, m_narrow.size()));
      m_repeater.goOn(narrow);
      const std::size_t wide = narrow.size() * kRatio;
      if (!widen(narrow, out)) std::fill_n(out.begin(), wide, std::int16_t{0});
      out = out.subspan(wide);
    }
    std::fill(out.begin(), out.end(), std::int16_t{0});
  }

  // Codec2's own memory cannot be cleared without making it anew. What it holds are predictions of
  // pitch and energy, which are better old than at zero, and 10 ms of sound, which are faded out.
  void reset() override {
    m_up.reset();
    m_repeater.forget();
    m_isFresh = true;
  }

 private:
  // Samples over which two frames of the model overlap.
  static constexpr std::size_t kOverlap = 80;
  static constexpr std::size_t kFadeIn = 320;  // 40 ms

  // A frame of zeros stands for silence (docs/protocol.md). Codec2 has no bits for that, and would
  // make a loud noise of these.
  void fallSilent(std::span<std::int16_t> sound) {
    m_repeater.goOn(sound.first(kOverlap));
    for (std::size_t i = 0; i < kOverlap; ++i)
      sound[i] = static_cast<std::int16_t>(sound[i] * static_cast<int>(kOverlap - i) /
                                           static_cast<int>(kOverlap));
    std::fill(sound.begin() + kOverlap, sound.end(), std::int16_t{0});
    m_repeater.forget();
    m_isFresh = true;
  }

  // The first frame after another codec was measured across the seam, and is too loud.
  static void fadeIn(std::span<std::int16_t> sound) {
    const std::size_t length = std::min(kFadeIn, sound.size());
    for (std::size_t i = 0; i < length; ++i)
      sound[i] =
          static_cast<std::int16_t>(sound[i] * static_cast<int>(i) / static_cast<int>(length));
  }

  // After concealment: out of what it would have gone on with. Here and not at 48 kHz, where the
  // seam would lie later, by the resampler's delay.
  void join(std::span<std::int16_t> sound) {
    std::array<std::int16_t, kOverlap> invented{};
    m_repeater.goOn(invented);
    for (std::size_t i = 0; i < kOverlap; ++i) {
      const auto part = static_cast<int>(i);
      constexpr auto kWhole = static_cast<int>(kOverlap);
      sound[i] =
          static_cast<std::int16_t>((sound[i] * part + invented[i] * (kWhole - part)) / kWhole);
    }
  }

  bool widen(std::span<const std::int16_t> narrow, std::span<std::int16_t> out) {
    const std::size_t wide = narrow.size() * kRatio;
    return m_up.process(narrow, out.first(wide)) == wide;
  }

  Codec2Ptr m_state;
  Shape m_shape;
  Resampler m_up{kNarrowRate, static_cast<int>(kSampleRate)};
  Repeater m_repeater;
  bool m_isFresh = true;
  std::array<std::int16_t, kMaxNarrowFrame> m_narrow{};
};

}  // namespace

std::unique_ptr<Encoder> makeCodec2Encoder(wire::CodecId codec) {
  Codec2Ptr state = newCodec2(codec);
  if (!state) return nullptr;
  return std::make_unique<Codec2EncoderSeam>(codec, std::move(state));
}

std::unique_ptr<Decoder> makeCodec2Decoder(wire::CodecId codec) {
  Codec2Ptr state = newCodec2(codec);
  Codec2Ptr encoder = newCodec2(codec);
  if (!state || !encoder) return nullptr;
  return std::make_unique<Codec2DecoderSeam>(std::move(state), std::move(encoder));
}

}  // namespace foyer::media
