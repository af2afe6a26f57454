// "Explain this call": what core/client found out becomes one plain sentence that says what
// happens, whom it touches ("what you hear", "what they hear") and, where there is something, what
// to do. Value functions, UI thread.
#pragma once

#include <QString>

#include "core/engine/views.h"

namespace foyer::app {

// "Sounds good. No loss, 38 ms from mouth to ear."; empty while nothing can be said.
[[nodiscard]] QString sentenceOf(const client::Explanation& explanation);
// One or two words for the same: "Good", "Fair", "Poor", "No sound".
[[nodiscard]] QString verdictOf(const client::Explanation& explanation);

// By the band of the slider and the rate, "Clear 24k" for "good"; the stable name itself when it is
// new to this version.
[[nodiscard]] QString tierText(const std::string& tier);
[[nodiscard]] QString tierText(wire::Tier tier);
// "24k", "1.2k" of a codec's bit rate.
[[nodiscard]] QString kiloText(std::uint32_t bitsPerSecond);
// Why this side sends what it sends, after the name of the tier: "the connection was backing up";
// empty when there is nothing to tell.
[[nodiscard]] QString causeText(client::QualityCause cause);
// "8" of 0.08, "0.4" of 0.004.
[[nodiscard]] QString percentText(double share);

}  // namespace foyer::app
