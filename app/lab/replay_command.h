// `foyer-lab replay RECORD`: what a call's playout decided, decided once more, and each gap
// explained. Values, no thread.
#pragma once

#include <string>

#include "core/media/play_replay.h"

namespace foyer::lab {

struct ReplayAnswer {
  std::string text;
  bool isExact = false;  // every decision came out the same
};
[[nodiscard]] ReplayAnswer answerReplay(const media::PlayRecord& record, bool asJson);

}  // namespace foyer::lab
