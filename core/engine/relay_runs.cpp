#include "core/engine/relay_runs.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace foyer::engine {
namespace {

std::string_view upTo(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  const std::string_view part = text.substr(0, at);
  text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
  return part;
}

std::optional<std::int64_t> number(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

bool isPlain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == ':';
}

}  // namespace

// "STARTED,ENDED,MOST,WHY;…", newest first; ENDED is empty while it runs.
void RelayRuns::load(std::string_view text) {
  m_runs.clear();
  m_isRunning = false;
  while (!text.empty() && m_runs.size() < kMaxRuns) {
    std::string_view line = upTo(text, ';');
    const auto started = number(upTo(line, ','));
    const std::string_view ended = upTo(line, ',');
    const auto most = number(upTo(line, ','));
    const auto endedAt = number(ended);
    if (!started || !most || *most > 1'000'000 || (!ended.empty() && !endedAt)) continue;
    RelayRunView run{.startedAtMs = *started,
                     .endedAtMs = endedAt,
                     .mostPeople = static_cast<int>(*most),
                     .why = endedAt ? std::string(line.substr(0, kMaxWhy)) : "cut"};
    if (run.why.empty() || !std::all_of(run.why.begin(), run.why.end(), isPlain)) continue;
    m_runs.push_back(std::move(run));
  }
}

std::string RelayRuns::text() const {
  std::string text;
  for (const RelayRunView& run : m_runs) {
    if (!text.empty()) text += ';';
    text += std::to_string(run.startedAtMs) + ',' +
            (run.endedAtMs ? std::to_string(*run.endedAtMs) : "") + ',' +
            std::to_string(run.mostPeople) + ',' + (run.endedAtMs ? run.why : "");
  }
  return text;
}

void RelayRuns::begin(WallTime now) {
  if (m_isRunning) end(now, "stopped");
  m_runs.insert(m_runs.begin(), RelayRunView{.startedAtMs = now.unixMs});
  if (m_runs.size() > kMaxRuns) m_runs.pop_back();
  m_isRunning = true;
}

bool RelayRuns::people(int count) {
  if (!m_isRunning || count <= m_runs.front().mostPeople) return false;
  m_runs.front().mostPeople = count;
  return true;
}

void RelayRuns::end(WallTime now, std::string_view why) {
  if (!m_isRunning) return;
  m_isRunning = false;
  RelayRunView& run = m_runs.front();
  // A clock that was set back would have it end before it began.
  run.endedAtMs = std::max(run.startedAtMs, now.unixMs);
  run.why = std::string(why.substr(0, kMaxWhy));
}

}  // namespace foyer::engine
