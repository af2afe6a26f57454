#include "app/lab/replay_command.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace foyer::lab {
namespace {

using Json = nlohmann::ordered_json;
using media::PlayEvent;
using media::PlayEventKind;

double toMs(Duration d) { return std::chrono::duration<double, std::milli>(d).count(); }
double samplesToMs(std::int64_t samples) { return toMs(media::samplesToDuration(samples)); }

bool isDecision(const PlayEvent& event) {
  switch (event.kind) {
    case PlayEventKind::Frame:
    case PlayEventKind::Pull:
    case PlayEventKind::Carried:
      return false;
    case PlayEventKind::Decode:
    case PlayEventKind::Recover:
    case PlayEventKind::Redraw:
    case PlayEventKind::Conceal:
    case PlayEventKind::Silence:
    case PlayEventKind::Stretch:
    case PlayEventKind::Break:
      return true;
  }
  return false;
}

// Seconds since the record began; a decision happens at the pull that asked for it.
class Clock {
 public:
  explicit Clock(const media::PlayRecord& record) {
    if (!record.events.empty()) m_begun = m_now = record.events.front().at;
  }
  void see(const PlayEvent& event) {
    if (event.kind == PlayEventKind::Pull) m_now = event.at;
  }
  [[nodiscard]] double now() const { return secondsAt(m_now); }
  [[nodiscard]] double secondsAt(TimePoint at) const {
    return std::round(toMs(at - m_begun)) / 1000;
  }

 private:
  TimePoint m_begun{}, m_now{};
};

Json jsonOf(const PlayEvent& event, double at) {
  Json json{{"at_s", at}, {"what", toString(event.kind)}};
  if (event.kind == PlayEventKind::Decode) json["is_copy"] = event.isCopy;
  if (event.kind == PlayEventKind::Decode || event.kind == PlayEventKind::Recover ||
      event.kind == PlayEventKind::Redraw) {
    json["media_time"] = event.mediaTime;
    json["worked"] = event.result;
  }
  if (event.samples != 0) json["ms"] = samplesToMs(event.samples);
  return json;
}

std::string lineOf(const PlayEvent& event, double at) {
  char line[160];
  const std::string what =
      std::string(event.isCopy ? "decode copy" : toString(event.kind)) +
      (event.kind == PlayEventKind::Decode && !event.result ? " (broken)" : "");
  if (event.samples != 0)
    std::snprintf(line, sizeof line, "%9.3f s  %s %.1f ms\n", at, what.c_str(),
                  samplesToMs(event.samples));
  else if (event.kind == PlayEventKind::Decode)
    std::snprintf(line, sizeof line, "%9.3f s  %s, media time %u\n", at, what.c_str(),
                  unsigned{event.mediaTime});
  else
    std::snprintf(line, sizeof line, "%9.3f s  %s\n", at, what.c_str());
  return line;
}

Json jsonOf(const media::PlayGap& gap, const Clock& clock) {
  return {{"frame", gap.frame},           {"at_s", clock.secondsAt(gap.at)},
          {"cause", toString(gap.cause)}, {"cure", toString(gap.cure)},
          {"burst", gap.burst},           {"distance", gap.distance},
          {"late_ms", toMs(gap.lateBy)},  {"invented_ms", samplesToMs(gap.invented)},
          {"text", explain(gap)}};
}

}  // namespace

ReplayAnswer answerReplay(const media::PlayRecord& record, bool asJson) {
  const media::PlayReplay replayed = media::replay(record);
  const auto gaps = media::findGaps(record);
  const media::PlayoutCounters& counters = replayed.report.counters;
  Clock clock(record);
  ReplayAnswer answer;
  answer.isExact = !replayed.differsAt;
  // What was repeated, and nothing after the first difference.
  const std::size_t repeated = replayed.differsAt.value_or(record.events.size());

  if (asJson) {
    Json json{{"exact", answer.isExact},
              {"differs_at", replayed.differsAt ? Json(*replayed.differsAt) : Json(nullptr)},
              {"events", record.events.size()},
              {"cut", record.isCut},
              {"recovery",
               {{"decoded", counters.decoded},
                {"copies", counters.copies},
                {"lbrr", counters.lbrr},
                {"dred", counters.dred},
                {"plc", counters.plc},
                {"late", counters.late},
                {"lost", counters.lost},
                {"discarded", counters.discarded},
                {"accelerated", counters.accelerated},
                {"expanded", counters.expanded}}}};
    json["gaps"] = Json::array();
    for (const auto& gap : gaps) json["gaps"].push_back(jsonOf(gap, clock));
    json["decisions"] = Json::array();
    for (std::size_t i = 0; i < repeated; ++i) {
      clock.see(record.events[i]);
      if (isDecision(record.events[i]))
        json["decisions"].push_back(jsonOf(record.events[i], clock.now()));
    }
    answer.text = json.dump(2) + "\n";
    return answer;
  }

  for (std::size_t i = 0; i < repeated; ++i) {
    clock.see(record.events[i]);
    if (isDecision(record.events[i])) answer.text += lineOf(record.events[i], clock.now());
  }
  answer.text += answer.isExact
                     ? "\nEvery decision came out the same: " + std::to_string(repeated) + " events"
                     : "\nThe first difference is event " + std::to_string(repeated) + " of " +
                           std::to_string(record.events.size());
  answer.text += record.isCut ? "; the record was full before the call ended.\n" : ".\n";
  answer.text += std::to_string(gaps.size()) + (gaps.size() == 1 ? " gap\n" : " gaps\n");
  for (const auto& gap : gaps) {
    char at[32];
    std::snprintf(at, sizeof at, "%9.3f s  ", clock.secondsAt(gap.at));
    answer.text += at + explain(gap) + "\n";
  }
  return answer;
}

}  // namespace foyer::lab
