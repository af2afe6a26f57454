// How a past call did, in a few numbers: small, bounded, without an address or a name. Kept as one
// text beside the call. Value, no thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace foyer::store {

// A stable name and how much of it there was.
struct NamedCount {
  std::string name;
  std::uint32_t count = 0;
  bool operator==(const NamedCount&) const = default;
};

struct CallFigures {
  std::uint32_t seconds = 0;                                 // with sound, one reading in each
  std::optional<std::uint32_t> delayMeanMs, delayWorstMs;    // there and back
  std::optional<std::uint32_t> bufferMeanMs, bufferWorstMs;  // jitter buffer
  std::uint32_t lossHeardMean = 0, lossHeardWorst = 0;       // hundredths of a percent
  std::uint32_t lossSentMean = 0, lossSentWorst = 0;         // … of what was sent
  std::uint32_t concealed = 0;                               // … of what was heard: invented
  std::uint32_t sentKbps = 0, heardKbps = 0;                 // means
  std::vector<NamedCount> paths;    // seconds on each, in the order of their first use
  std::vector<NamedCount> tiers;    // seconds in each, of what was sent
  std::vector<NamedCount> changes;  // of the tier, by cause
  bool operator==(const CallFigures&) const = default;
};

constexpr std::uint32_t kWholeShare = 10'000;      // 100 %
constexpr std::uint32_t kMaxFigure = 100'000'000;  // of any number: three years of seconds
constexpr std::size_t kMaxFigureNames = 16;        // of each list; more names than there are
constexpr std::size_t kMaxFigureNameBytes = 24;

[[nodiscard]] std::string toText(const CallFigures& figures);
// nullopt: it is not what toText() writes.
[[nodiscard]] std::optional<CallFigures> parseCallFigures(std::string_view text);

}  // namespace foyer::store
