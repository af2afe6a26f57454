// How packets become longer: in steps. The first longer packet comes later than the receiver's
// buffer expects by as much as it is longer, and until then sound has to be invented: 100 ms of it
// from 20 to 120 ms at once, 20 ms at a time this way. Shorter packets come early and need no
// steps. Left out: what is in the packets (capture.h). Value, no thread.
#pragma once

#include <optional>

#include "core/wire/media_packet.h"

namespace foyer::media {

class PacketTimeSteps {
 public:
  // Of the next frame, on the way to `wanted`; the first one of all has what is wanted.
  [[nodiscard]] wire::PacketTime next(wire::CodecId codec, wire::PacketTime wanted) const;
  // A frame was made.
  void onFrame(wire::PacketTime time);

 private:
  std::optional<wire::PacketTime> m_time;  // of the newest frame
  int m_frames = 0;                        // with that time, in a row
};

}  // namespace foyer::media
