#include "core/sim/trace.h"

#include <algorithm>
#include <charconv>

namespace foyer::sim {
namespace {

constexpr std::string_view kBetween = " \t\r\n,;";

// Each entry in turn; false as soon as `take` refuses one.
template <class Take>
bool forEachEntry(std::string_view text, Take&& take) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.starts_with('#')) continue;
    for (std::size_t at = line.find_first_not_of(kBetween); at < line.size();) {
      const std::size_t end = std::min(line.find_first_of(kBetween, at), line.size());
      if (!take(line.substr(at, end - at))) return false;
      at = line.find_first_not_of(kBetween, end);
    }
  }
  return true;
}

}  // namespace

std::optional<std::vector<bool>> parseLossTrace(std::string_view text) {
  std::vector<bool> trace;
  const bool isGood = forEachEntry(text, [&](std::string_view entry) {
    for (const char c : entry) {
      if (c != '0' && c != '1') return false;
      trace.push_back(c == '1');
    }
    return true;
  });
  if (!isGood || trace.empty()) return std::nullopt;
  return trace;
}

std::optional<std::vector<Duration>> parseDelayTrace(std::string_view text) {
  std::vector<Duration> trace;
  const bool isGood = forEachEntry(text, [&](std::string_view entry) {
    double ms = 0;
    const auto [end, error] = std::from_chars(entry.data(), entry.data() + entry.size(), ms);
    if (error != std::errc{} || end != entry.data() + entry.size()) return false;
    if (!(ms >= 0 && ms <= kLongestDelayMs)) return false;
    trace.push_back(std::chrono::round<Duration>(std::chrono::duration<double, std::milli>(ms)));
    return true;
  });
  if (!isGood || trace.empty()) return std::nullopt;
  return trace;
}

}  // namespace foyer::sim
