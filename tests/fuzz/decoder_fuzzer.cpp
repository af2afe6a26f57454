// A peer that lies, at the decoders themselves: any bytes as frames of any codec and packet time,
// decoded, recovered from, concealed after, in any order. Never a crash or a write too far, and an
// honest frame is decoded whatever came before.
// mutations: 400
#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/base/assert.h"
#include "core/media/codec.h"

namespace {

using namespace foyer;
using namespace foyer::media;

constexpr wire::CodecId kCodecs[] = {wire::CodecId::Opus, wire::CodecId::Codec2_1200,
                                     wire::CodecId::Codec2_3200};

struct Honest {
  wire::PacketTime time;
  Bytes frame;
};

Honest honestFrame(wire::CodecId codec) {
  const VoiceCodecFactory factory;
  const auto encoder = factory.makeEncoder(codec);
  Honest honest{codec == wire::CodecId::Opus ? wire::PacketTime::Ms20 : wire::PacketTime::Ms40, {}};
  encoder->configure({.codec = codec, .time = honest.time, .bitrateBps = 16'000});
  std::vector<std::int16_t> pcm(frameSamples(honest.time));
  for (std::size_t i = 0; i < pcm.size(); ++i)
    pcm[i] = static_cast<std::int16_t>(i % 320 < 160 ? 3000 : -3000);
  std::array<std::uint8_t, kMaxFrameBytes> bytes;
  const std::size_t size = encoder->encode(pcm, bytes);
  honest.frame.assign(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
  return honest;
}

}  // namespace

// One byte says the codec. Then steps of three bytes, what to do (1), packet time (1) and size (1);
// `size` bytes of frame follow.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Honest honest[] = {honestFrame(kCodecs[0]), honestFrame(kCodecs[1]),
                                  honestFrame(kCodecs[2])};
  // Made once: what one input leaves behind the next has to live with.
  static const VoiceCodecFactory factory;
  static const std::unique_ptr<Decoder> decoders[] = {factory.makeDecoder(kCodecs[0]),
                                                      factory.makeDecoder(kCodecs[1]),
                                                      factory.makeDecoder(kCodecs[2])};
  if (size == 0) return 0;
  const std::size_t which = data[0] % std::size(kCodecs);
  Decoder& decoder = *decoders[which];
  decoder.reset();
  std::size_t at = 1;
  while (size - at >= 3) {
    const std::uint8_t* p = data + at;
    at += 3;
    // Exactly the samples asked for, so that a sanitizer sees one too many.
    std::vector<std::int16_t> out(frameSamples(static_cast<wire::PacketTime>(p[1] % 9)));
    const std::size_t payload = std::min<std::size_t>(p[2], size - at);
    const Bytes frame(data + at, data + at + payload);
    at += payload;
    switch (p[0] % 6) {
      case 0:
      case 1:
        (void)decoder.decode(frame, out);
        break;
      case 2:
        (void)decoder.hasCopyOfPrevious(frame);
        (void)decoder.decodeFec(frame, out);
        break;
      case 3: {
        const std::int64_t told = decoder.dredSamplesBefore(frame);
        FOYER_ASSERT(told >= 0 && told <= kSampleRate, "deep redundancy has a length");
        FOYER_ASSERT(!decoder.decodeDred(told + 1, out), "nothing is known of earlier sound");
        for (std::int64_t before = told - p[0];
             before >= static_cast<std::int64_t>(out.size()) && told - before < kSampleRate / 5;
             before -= static_cast<std::int64_t>(out.size()))
          (void)decoder.decodeDred(before, out);
        break;
      }
      case 4:
        decoder.conceal(std::span(out).first(std::min<std::size_t>(out.size(), 2880)));
        break;
      default:
        decoder.reset();
        break;
    }
  }
  std::vector<std::int16_t> out(frameSamples(honest[which].time));
  FOYER_ASSERT(decoder.decode(honest[which].frame, out), "an honest frame is decoded");
  return 0;
}
