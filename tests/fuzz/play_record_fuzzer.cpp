// Records of calls, which people send to each other: whatever the bytes are, reading, replaying and
// explaining them ends, and what was read is written back the same.
// mutations: 1500
#include "core/base/assert.h"
#include "core/media/play_record.h"
#include "core/media/play_replay.h"

using namespace foyer;
using namespace foyer::media;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto record = decodePlayRecord({data, size});
  if (!record) return 0;
  if (!record->events.empty()) {
    PlayLog log(record->events.size());
    for (const PlayEvent& event : record->events) log.add(event);
    const auto again = decodePlayRecord(encodePlayRecord(log));
    FOYER_ASSERT(again && again->events == record->events, "comes back the same");
  }
  const PlayReplay replayed = replay(*record);
  FOYER_ASSERT(!replayed.differsAt || *replayed.differsAt <= record->events.size(),
               "a difference is one of its events");
  for (const PlayGap& gap : findGaps(*record))
    FOYER_ASSERT(!explain(gap).empty(), "each gap has its story");
  return 0;
}
