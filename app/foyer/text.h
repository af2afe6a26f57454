// Small pieces of text that several presenters show: initials, key groups, times. Value functions.
#pragma once

#include <QString>
#include <QStringList>
#include <cstdint>
#include <string>

#include "core/base/ids.h"

namespace foyer::app {

constexpr int kHueCount = 8;  // Theme.hueBg

[[nodiscard]] inline QString fromUtf8(const std::string& text) {
  return QString::fromStdString(text);
}
// "Naledi Sithole" -> "NS": first and last word, whole graphemes, at most two.
[[nodiscard]] QString initials(const QString& name);
// The colour comes from the key, never from the name.
[[nodiscard]] int hueOf(const Fingerprint& fingerprint);
// Eight groups of four hex digits.
[[nodiscard]] QStringList keyGroups(const Fingerprint& fingerprint);
[[nodiscard]] QString keyText(const Fingerprint& fingerprint);
// "0:07", "12:47", "1:02:03".
[[nodiscard]] QString durationText(std::int64_t seconds);
// "3 November" of a Unix time in ms, in the local zone; with the year where it is not this one.
[[nodiscard]] QString dateText(std::int64_t unixMs);
// "18:05", or as people where this computer is write it.
[[nodiscard]] QString timeText(std::int64_t unixMs);
// "38 ms"; empty when unknown.
[[nodiscard]] QString delayText(double ms);
// 4..1 bars by round trip: below 30, 120, 250 ms, else one.
[[nodiscard]] int barsOf(double rttMs);
// "good", "fair", "weak", "poor", "lost".
[[nodiscard]] QString barsWord(int bars);

}  // namespace foyer::app
