// A run of media packets into one opener: each two-byte length and its bytes are a packet as it is
// (forged), or, with the top bit set, genuine with its counter and epoch taken from the input.
#include "core/base/assert.h"
#include "core/crypto/media_seal.h"

using namespace foyer;
using namespace foyer::crypto;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  SeededRandom random(1);
  const SecretKey chain = SecretKey::random(random);
  MediaOpener opener(chain);
  std::array<std::uint8_t, kMaxMediaPacket> packet;
  std::array<std::uint8_t, 1024> inner;
  TimePoint now{};
  while (size >= 4) {
    const std::uint16_t head = readU16(data);
    const std::uint16_t low = readU16(data + 2);
    data += 4;
    size -= 4;
    now += Duration(1s) * (head & 0x0f);
    if ((head & 0x8000) != 0) {
      const std::uint64_t near = opener.highestCounter().value_or(0);
      MediaSealer sealer(now, chain, 0, near + low);
      const auto sealed = sealer.seal(now, {}, packet);
      if (!sealed) return 0;
      const auto opened = opener.open(now, ByteView(packet).first(*sealed), inner);
      if (opened) {
        const auto again = opener.open(now, ByteView(packet).first(*sealed), inner);
        FOYER_ASSERT(!again, "each counter opens once");
      }
    } else {
      const std::size_t take = std::min<std::size_t>(size, head & 0x07ff);
      const auto opened = opener.open(now, {data, take}, inner);
      FOYER_ASSERT(!opened, "without the key there is no packet");
      data += take;
      size -= take;
    }
  }
  FOYER_ASSERT(opener.derivations() <= kEpochsAhead, "forged epochs cost at most four derivations");
  return 0;
}
