// The seam to the codecs. Objects allocate when they are made and never again. Two factories: the
// real one (Opus, RFC 6716, and Codec2) and one whose frames have the right sizes and times but no
// sound, for the simulator. Left out: packet loss decisions (playout.h), tiers (core/quality).
// Value-like objects, one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "core/base/bytes.h"
#include "core/media/frames.h"

namespace foyer::media {

// How a direction is encoded; changed between frames. The default is tier `good`.
struct EncoderSettings {
  wire::CodecId codec = wire::CodecId::Opus;
  wire::PacketTime time = wire::PacketTime::Ms20;
  int bitrateBps = 24'000;       // of the codec's payload, 6 000 … 128 000
  bool inBandFec = true;         // each packet carries a low-rate copy of the one before (LBRR)
  int expectedLossPercent = 10;  // 0 … 100; what the encoder spends on that copy
  // Deep redundancy: how far back each packet describes speech at most, 0 … 1 s. It is paid from
  // the bit rate, by the share that expectedLossPercent asks for, so that 0 there gives none.
  Duration dred{};
  // Pauses become frames of one or two bytes (isPauseMark), with a full one every 0.4 s that says
  // how they sound; capture leaves all but the first away, playout makes comfort noise of them.
  // Saves rate, and shows who watches when one speaks.
  bool isDtx = false;
  bool operator==(const EncoderSettings&) const = default;
};

class Encoder {
 public:
  virtual ~Encoder() = default;
  // The id its frames carry on the wire.
  [[nodiscard]] virtual wire::CodecId codec() const = 0;
  // Values out of range are clamped. `codec` is not looked at; a codec of one rate ignores most.
  virtual void configure(const EncoderSettings& settings) = 0;
  // `pcm` is one frame of the configured packet time. Bytes written, always the same number for
  // the same settings without DTX; 0 = it could not be encoded (a packet time the codec lacks).
  [[nodiscard]] virtual std::size_t encode(std::span<const std::int16_t> pcm,
                                           MutableByteView out) = 0;
  // The sound that comes next does not follow what was encoded last (another codec was in use).
  virtual void reset() = 0;
  // Samples by which decoded sound lags the input.
  [[nodiscard]] virtual int lookaheadSamples() const = 0;
};

class Decoder {
 public:
  virtual ~Decoder() = default;
  // Decodes a frame of exactly `out.size()` samples. False when the bytes are not such a frame;
  // `out` is then unspecified.
  [[nodiscard]] virtual bool decode(ByteView frame, std::span<std::int16_t> out) = 0;
  // True when `frame` holds a copy of the frame before it.
  [[nodiscard]] virtual bool hasCopyOfPrevious(ByteView frame) const = 0;
  // Recovers the `out.size()` samples that end where `next` begins. False: nothing usable in it.
  [[nodiscard]] virtual bool decodeFec(ByteView next, std::span<std::int16_t> out) = 0;
  // Samples before `frame` that its deep redundancy (DRED) describes; 0 = none, or a library
  // without it. The frame is kept in mind for decodeDred().
  [[nodiscard]] virtual std::int64_t dredSamplesBefore(ByteView frame) = 0;
  // Recovers `out.size()` samples that begin `before` samples ahead of the frame last given to
  // dredSamplesBefore(). False: not described there.
  [[nodiscard]] virtual bool decodeDred(std::int64_t before, std::span<std::int16_t> out) = 0;
  // Invents the next samples after what was decoded last; any multiple of 2.5 ms up to 60 ms.
  virtual void conceal(std::span<std::int16_t> out) = 0;
  // Forgets what it heard (a jump in time, a change of codec).
  virtual void reset() = 0;
};

class CodecFactory {
 public:
  virtual ~CodecFactory() = default;
  // nullptr when this build cannot.
  [[nodiscard]] virtual std::unique_ptr<Encoder> makeEncoder(wire::CodecId codec) const = 0;
  [[nodiscard]] virtual std::unique_ptr<Decoder> makeDecoder(wire::CodecId codec) const = 0;
};

// Opus and both rates of Codec2 (opus_codec.h, codec2_codec.h).
class VoiceCodecFactory final : public CodecFactory {
 public:
  [[nodiscard]] std::unique_ptr<Encoder> makeEncoder(wire::CodecId codec) const override;
  [[nodiscard]] std::unique_ptr<Decoder> makeDecoder(wire::CodecId codec) const override;
};

// Frames of the size the bit rate asks for, filled with a pattern, codec id Sized. Decodes to
// silence. Any codec id may be asked for.
class SizedCodecFactory final : public CodecFactory {
 public:
  [[nodiscard]] std::unique_ptr<Encoder> makeEncoder(wire::CodecId codec) const override;
  [[nodiscard]] std::unique_ptr<Decoder> makeDecoder(wire::CodecId codec) const override;
};

// What this build's Opus can do, found out by trying it once (about 20 ms of work at first call).
struct OpusFeatures {
  const char* version = "";  // the library's own string
  bool dred = false;
  bool deepPlc = false;
  bool osce = false;  // LACE/NoLACE
};
[[nodiscard]] const OpusFeatures& opusFeatures();

}  // namespace foyer::media
