// Replays a record: the same frames and pulls go through the same Playout, whose sound answers what
// it answered then. All that is asked of it must be what was asked then; the first difference is
// named. And the story of each gap that the record tells. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/media/play_record.h"
#include "core/media/playout.h"

namespace foyer::media {

// Why a frame was not simply played, and what was heard in its place.
struct PlayGap {
  enum class Cause : std::uint8_t {
    Lost,     // its own packet never came
    Late,     // it came after its place had begun to be filled
    LeftOut,  // it was there, and left out to bring the delay down
  };
  enum class Cure : std::uint8_t {
    None,     // invented sound, or nothing
    Copy,     // the frame itself out of a later packet
    LowRate,  // the low-rate copy in the next frame
    Redrawn,  // deep redundancy of a later frame
    Itself,   // late, and still played
  };
  std::uint64_t frame = 0;  // from 0, the first that was played
  Cause cause = Cause::Lost;
  Cure cure = Cure::None;
  int burst = 1;              // lost frames in a row, this one among them
  int distance = 0;           // Copy: packets between them
  Duration lateBy{};          // Late: from its place being filled to its coming
  std::int64_t invented = 0;  // samples of concealment in its place or while it was waited for
  TimePoint at{};             // of the pull that played its place
};
[[nodiscard]] const char* toString(PlayGap::Cause cause);
[[nodiscard]] const char* toString(PlayGap::Cure cure);
// "frame 812: lost in a burst of 4, recovered from copy at +3"
[[nodiscard]] std::string explain(const PlayGap& gap);

// From the events alone, in order of the frames.
[[nodiscard]] std::vector<PlayGap> findGaps(const PlayRecord& record);

struct PlayReplay {
  // Number of the first event that was not repeated; nullopt: bit for bit the same.
  std::optional<std::size_t> differsAt;
  PlayoutReport report;  // at the end
};
// `limits`: of the Playout that was recorded.
[[nodiscard]] PlayReplay replay(const PlayRecord& record, const JitterBufferLimits& limits = {});

}  // namespace foyer::media
