// A control stream in pieces: the first byte of the input says how long the pieces are. However it
// is cut, the same frames come out.
#include "core/wire/frame_reader.h"

#include <algorithm>
#include <vector>

#include "core/base/assert.h"

using namespace foyer;
using namespace foyer::wire;

namespace {

struct Outcome {
  std::vector<Bytes> frames;
  bool isBroken = false;
  bool operator==(const Outcome&) const = default;
};

Outcome read(ByteView stream, std::size_t piece) {
  Outcome outcome;
  FrameReader reader;
  while (!stream.empty()) {
    const auto size = std::min(piece, stream.size());
    (void)reader.feed(stream.first(size),
                      [&](ByteView frame) { outcome.frames.push_back(toBytes(frame)); });
    FOYER_ASSERT(reader.held() < kFrameHeader + kMaxFrame, "one unfinished frame at most");
    stream = stream.subspan(size);
  }
  outcome.isBroken = reader.isBroken();
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const ByteView stream(data + 1, size - 1);
  FOYER_ASSERT(read(stream, stream.size()) == read(stream, 1 + data[0]), "cuts change nothing");
  return 0;
}
