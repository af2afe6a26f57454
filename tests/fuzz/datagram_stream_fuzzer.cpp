// A stream of datagrams from anybody: cut anywhere it gives the same datagrams and the same error,
// keeps no more than one datagram, and what was read and written again is the same stream.
#include <algorithm>

#include "core/base/assert.h"
#include "core/net/datagram_stream.h"

using namespace foyer;
using namespace foyer::net;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const TimePoint now = fromNanoseconds(1);
  const ByteView input(data, size);
  Bytes again;
  DatagramReader whole;
  const auto onDatagram = [&](ByteView datagram) {
    FOYER_ASSERT(!datagram.empty() && datagram.size() <= kMaxStreamDatagram, "of a size of ours");
    DatagramWriter writer(true);
    writer.push(now, datagram);
    append(again, writer.take(now, 0));
  };
  const auto fed = whole.feed(input, onDatagram);
  FOYER_ASSERT(again.size() + whole.waiting() <= size, "nothing is invented");
  FOYER_ASSERT(std::equal(again.begin(), again.end(), input.begin()), "and nothing changed");
  FOYER_ASSERT(!fed || again.size() + whole.waiting() == size, "and nothing lost");

  std::size_t bytes = 0;
  DatagramReader cut;
  bool isGood = true;
  const std::size_t step = size == 0 ? 1 : 1 + data[0] % 7;
  for (std::size_t at = 0; at < size; at += step) {
    isGood = cut.feed(input.subspan(at, std::min(step, size - at)),
                      [&](ByteView datagram) { bytes += kStreamDatagramHeader + datagram.size(); })
                 .has_value();
    FOYER_ASSERT(cut.waiting() <= kMaxStreamDatagram + kStreamDatagramHeader, "it is bounded");
  }
  FOYER_ASSERT(isGood == fed.has_value() && bytes == again.size(), "a stream is cut anywhere");
  FOYER_ASSERT(cut.waiting() == whole.waiting(), "and waits for the same");
  return 0;
}
