// The inside of a media packet, as a peer that knows the keys can send it, and a hop header.
#include "core/wire/media_packet.h"

#include "core/base/assert.h"

using namespace foyer;
using namespace foyer::wire;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  if (const auto hop = decodeVarint(input)) {
    FOYER_ASSERT(hop->size <= size && varintSize(hop->value) <= hop->size, "shortest is shortest");
  }
  if (const auto packet = decodeInner(input)) {
    // Longer forms of lengths and unknown items go, so what is written is never longer, but for
    // what was appended to reports later.
    constexpr std::size_t kReportGrew = 8;
    Bytes out(size + kReportGrew);
    const std::size_t written = encodeInner(*packet, out);
    FOYER_ASSERT(written != 0 && written <= size + (packet->report ? kReportGrew : 0),
                 "what was read can be written");
    const auto again = decodeInner(ByteView(out).first(written));
    FOYER_ASSERT(again && again->frame.size() == packet->frame.size() &&
                     again->earlierCount == packet->earlierCount &&
                     again->report == packet->report && again->levelDb == packet->levelDb,
                 "comes back the same");
  }
  return 0;
}
