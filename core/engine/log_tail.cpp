#include "core/engine/log_tail.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

#include "core/engine/redact.h"

namespace foyer::engine {
namespace {

constexpr std::string_view kOverflow = "events:overflow";

// "" when the event does not have it as a text.
std::string_view textOf(const Event& event, std::string_view key) {
  for (const auto& [name, value] : event.about)
    if (name == key)
      if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return {};
}

bool flagOf(const Event& event, std::string_view key) {
  for (const auto& [name, value] : event.about)
    if (name == key)
      if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  return false;
}

// Of the part of a name before its colon, or of the stage of a fault.
LogRoom roomOfWord(std::string_view word) {
  struct Row {
    std::string_view word;
    LogRoom room;
  };
  static constexpr std::array kRows{Row{"call", LogRoom::Calls},
                                    Row{"relay", LogRoom::Relays},
                                    Row{"relay_host", LogRoom::Relays},
                                    Row{"lobby", LogRoom::Relays},
                                    Row{"discovery", LogRoom::Relays},
                                    Row{"link", LogRoom::Relays},
                                    Row{"resolve", LogRoom::Relays},
                                    Row{"connect", LogRoom::Relays},
                                    Row{"connection", LogRoom::Relays},
                                    Row{"admission", LogRoom::Relays},
                                    Row{"binding", LogRoom::Relays},
                                    Row{"audio", LogRoom::Sound},
                                    Row{"capture", LogRoom::Sound},
                                    Row{"playout", LogRoom::Sound},
                                    Row{"network", LogRoom::Network},
                                    Row{"bind", LogRoom::Network},
                                    Row{"netlink", LogRoom::Network},
                                    Row{"turn", LogRoom::Network},
                                    Row{"turn_connect", LogRoom::Network},
                                    Row{"turn_tls", LogRoom::Network},
                                    Row{"turn_allocate", LogRoom::Network},
                                    Row{"turn_refresh", LogRoom::Network},
                                    Row{"impairment", LogRoom::Network}};
  const auto row =
      std::find_if(kRows.begin(), kRows.end(), [&](const Row& each) { return each.word == word; });
  return row == kRows.end() ? LogRoom::Program : row->room;
}

std::string shown(const FieldValue& value) {
  struct Shower {
    std::string operator()(bool flag) const { return flag ? "yes" : "no"; }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(double number) const {
      std::array<char, 32> digits{};
      std::snprintf(digits.data(), digits.size(), "%.3g", number);
      return digits.data();
    }
    std::string operator()(const std::string& text) const { return redact(text); }
  };
  return std::visit(Shower{}, value);
}

std::string aboutText(const Event& event) {
  std::string text;
  for (const auto& [key, value] : event.about) {
    const std::string word = shown(value);
    if (word.empty() || word == "none") continue;
    if (!text.empty()) text += ' ';
    text += key + '=' + word;
  }
  if (text.size() > LogTail::kMaxAboutBytes) text.resize(LogTail::kMaxAboutBytes);
  return text;
}

}  // namespace

LogLevel levelOf(const Event& event) {
  if (event.name == "fault")
    return flagOf(event, "retryable") ? LogLevel::Warning : LogLevel::Error;
  static constexpr std::array<std::string_view, 2> kErrors{"relay:key_changed", "audio:failed"};
  static constexpr std::array<std::string_view, 8> kWarnings{
      "relay:lost",       "relay:replaced",         "audio:device_lost",  "audio:device_busy",
      "audio:restarting", "audio:device_not_found", "audio:input_silent", "impairment:changed"};
  const auto has = [&](const auto& names) {
    return std::find(names.begin(), names.end(), event.name) != names.end();
  };
  if (has(kErrors)) return LogLevel::Error;
  if (has(kWarnings) || !textOf(event, "code").empty()) return LogLevel::Warning;
  // How a call ended is news; that it was cut off is more.
  const std::string_view reason = textOf(event, "reason");
  for (const std::string_view bad :
       {"connection_lost", "not_secured", "tampered", "audio_failed", "unreachable", "too_old"})
    if (reason == bad) return LogLevel::Warning;
  return LogLevel::Note;
}

LogRoom roomOf(const Event& event) {
  if (event.name == "fault") return roomOfWord(textOf(event, "stage"));
  return roomOfWord(std::string_view(event.name).substr(0, event.name.find(':')));
}

void LogTail::add(const Polled& polled, std::int64_t unixNowMs, std::int64_t uptimeNowMs) {
  LogLine line;
  line.number = ++m_lastNumber;
  if (const auto* event = std::get_if<Event>(&polled)) {
    line.uptimeMs = event->timeMs;
    line.level = levelOf(*event);
    line.room = roomOf(*event);
    line.name = event->name;
    line.about = aboutText(*event);
  } else {
    const auto& overflow = std::get<Overflow>(polled);
    line.uptimeMs = overflow.timeMs;
    line.level = LogLevel::Warning;
    line.name = kOverflow;
    line.about = "lost=" + std::to_string(overflow.lost);
  }
  line.unixMs = unixNowMs - (uptimeNowMs - line.uptimeMs);
  m_lines.push_back(std::move(line));
  if (m_lines.size() > kMaxLines) m_lines.pop_front();
}

std::vector<LogLine> LogTail::since(std::uint64_t after) const {
  const auto first = std::find_if(m_lines.begin(), m_lines.end(),
                                  [after](const LogLine& line) { return line.number > after; });
  return {first, m_lines.end()};
}

}  // namespace foyer::engine
