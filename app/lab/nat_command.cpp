#include "app/lab/nat_command.h"

#include <algorithm>
#include <cmath>
#include <cstdarg>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

namespace foyer::lab {
namespace {

using Json = nlohmann::ordered_json;
using sim::HomeType;
using sim::PairOptions;
using sim::PairOutcome;
using sim::WaySeen;

// Longer than any line of the table.
constexpr std::size_t kMaxLine = 256;

__attribute__((format(printf, 1, 2))) std::string line(const char* format, ...) {
  char text[kMaxLine];
  std::va_list values;
  va_start(values, format);
  std::vsnprintf(text, sizeof text, format, values);
  va_end(values);
  return text;
}

double toMs(Duration d) {
  return std::round(std::chrono::duration<double, std::milli>(d).count() * 10) / 10;
}
Json orNull(const std::optional<Duration>& d) { return d ? Json(toMs(*d)) : Json(nullptr); }
std::string orDash(const std::optional<Duration>& d) {
  return d ? std::to_string(std::llround(toMs(*d))) : "-";
}

Json toJson(const PairOutcome& outcome) {
  Json json{{"way", sim::toString(outcome.way)},
            {"heard_by_caller_ms", orNull(outcome.heardByCaller)},
            {"heard_by_callee_ms", orNull(outcome.heardByCallee)},
            {"direct_ms", orNull(outcome.direct)},
            {"reason", outcome.reason}};
  if (!outcome.failedAt.empty()) json["failed_at"] = outcome.failedAt;
  return json;
}

// Median and 95th percentile, of at least one value.
struct Spread {
  Duration median{}, p95{};
};
Spread spreadOf(std::vector<Duration> values) {
  std::sort(values.begin(), values.end());
  return {values[values.size() / 2], values[(values.size() - 1) * 95 / 100]};
}

}  // namespace

NatAnswer answerNatGrid(PairOptions options, bool asJson) {
  NatAnswer answer;
  answer.isAudible = true;
  const std::uint64_t seed = options.seed;
  Json cells = Json::array();
  std::map<std::string, int> ways;
  std::string table = line("%-32s %-32s %-12s %9s %9s %9s\n", "caller", "callee", "way",
                           "caller ms", "callee ms", "direct ms");
  for (const HomeType& caller : sim::homeTypes())
    for (const HomeType& callee : sim::homeTypes()) {
      const PairOutcome outcome = sim::runPair(caller, callee, options);
      ++options.seed;
      ++ways[sim::toString(outcome.way)];
      if (!outcome.isAudible()) answer.isAudible = false;
      Json cell{{"caller", caller.name}, {"callee", callee.name}};
      cell.update(toJson(outcome));
      cells.push_back(std::move(cell));
      table += line("%-32s %-32s %-12s %9s %9s %9s\n", std::string(caller.name).c_str(),
                    std::string(callee.name).c_str(), sim::toString(outcome.way),
                    orDash(outcome.heardByCaller).c_str(), orDash(outcome.heardByCallee).c_str(),
                    orDash(outcome.direct).c_str());
    }
  if (asJson) {
    answer.text = Json{{"seed", seed},
                       {"round_trip_ms", toMs(options.roundTrip)},
                       {"ways", ways},
                       {"cells", std::move(cells)}}
                      .dump(1) +
                  "\n";
    return answer;
  }
  answer.text = table + "\n";
  for (const auto& [way, count] : ways) answer.text += line("%s: %d\n", way.c_str(), count);
  return answer;
}

NatAnswer answerNatPair(const HomeType& caller, const HomeType& callee, int runs,
                        PairOptions options, bool asJson) {
  NatAnswer answer;
  answer.isAudible = true;
  const std::uint64_t seed = options.seed;
  std::map<std::string, int> ways;
  std::vector<Duration> heard, direct;
  for (int run = 0; run < runs; ++run, ++options.seed) {
    const PairOutcome outcome = sim::runPair(caller, callee, options);
    ++ways[sim::toString(outcome.way)];
    if (outcome.isAudible())
      heard.push_back(std::max(*outcome.heardByCaller, *outcome.heardByCallee));
    else
      answer.isAudible = false;
    if (outcome.direct) direct.push_back(*outcome.direct);
  }
  struct Rate {
    const char* name;
    const std::vector<Duration>& times;
  };
  Json json{{"caller", caller.name},
            {"callee", callee.name},
            {"seed", seed},
            {"runs", runs},
            {"ways", ways}};
  std::string text = line("%s calls %s, %d runs\n", std::string(caller.name).c_str(),
                          std::string(callee.name).c_str(), runs);
  for (const Rate& rate : {Rate{"audible", heard}, Rate{"direct", direct}}) {
    const int count = static_cast<int>(rate.times.size());
    const sim::RateInterval interval = sim::rateInterval(count, runs);
    Json figures{{"runs", count}, {"rate_low", interval.low}, {"rate_high", interval.high}};
    text += line("%-8s %d of %d, %.1f to %.1f %% (95 %%)", rate.name, count, runs,
                 100 * interval.low, 100 * interval.high);
    if (count > 0) {
      const Spread spread = spreadOf(rate.times);
      figures["median_ms"] = toMs(spread.median);
      figures["p95_ms"] = toMs(spread.p95);
      text += line("; after %.0f ms, 95 %% within %.0f ms", toMs(spread.median), toMs(spread.p95));
    }
    text += "\n";
    json[rate.name] = std::move(figures);
  }
  answer.text = asJson ? json.dump(1) + "\n" : text;
  return answer;
}

}  // namespace foyer::lab
