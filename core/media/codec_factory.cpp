#include "core/media/codec2_codec.h"
#include "core/media/opus_codec.h"

namespace foyer::media {

std::unique_ptr<Encoder> VoiceCodecFactory::makeEncoder(wire::CodecId codec) const {
  switch (codec) {
    case wire::CodecId::Opus:
      return makeOpusEncoder();
    case wire::CodecId::Codec2_1200:
    case wire::CodecId::Codec2_3200:
      return makeCodec2Encoder(codec);
    case wire::CodecId::None:
    case wire::CodecId::Sized:
      break;
  }
  return nullptr;
}

std::unique_ptr<Decoder> VoiceCodecFactory::makeDecoder(wire::CodecId codec) const {
  switch (codec) {
    case wire::CodecId::Opus:
      return makeOpusDecoder();
    case wire::CodecId::Codec2_1200:
    case wire::CodecId::Codec2_3200:
      return makeCodec2Decoder(codec);
    case wire::CodecId::None:
    case wire::CodecId::Sized:
      break;
  }
  return nullptr;
}

}  // namespace foyer::media
