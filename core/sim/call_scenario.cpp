#include "core/sim/call_scenario.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/sim/trace.h"

namespace foyer::sim {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kDaySeconds = 24 * 3600;
constexpr double kMostKbps = 1e9;
// Sound cards are off by tens of ppm; this is room for experiments.
constexpr double kMostDriftPpm = 10'000;
// Opus cannot do with less, and more than a datagram holds is no cap.
constexpr double kLeastPayloadKbps = 1;
constexpr double kMostPayloadKbps = 1000;

Duration durationOfMs(double ms) {
  return std::chrono::round<Duration>(std::chrono::duration<double, std::milli>(ms));
}

std::string plain(double value) {
  return value == std::floor(value) && std::abs(value) < 1e15
             ? std::to_string(static_cast<long long>(value))
             : std::to_string(value);
}

// What all parts of one file share: how traces are read, and the first thing that was wrong.
struct Reading {
  const TraceReader& readTrace;
  std::optional<Fault> fault;

  void refuse(const char* code, const std::string& detail) {
    if (!fault) fault = Fault{"scenario", code, false, detail};
  }
};

// One JSON object of the file. Every key that is asked for is a known one; close() refuses the
// others.
class Section {
 public:
  Section(const Json& json, std::string path, Reading& reading)
      : m_json(json), m_path(std::move(path)), m_reading(reading) {
    if (!json.is_object()) wrong("", "an object is wanted");
  }

  [[nodiscard]] const Json* find(const char* name) {
    m_known.emplace_back(name);
    const auto it = m_json.find(name);
    return it == m_json.end() ? nullptr : &*it;
  }
  std::optional<double> number(const char* name, double smallest, double largest) {
    const Json* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (value->is_number()) {
      const double number = value->get<double>();
      if (number >= smallest && number <= largest) return number;
    }
    wrong(name, "a number from " + plain(smallest) + " to " + plain(largest) + " is wanted");
    return std::nullopt;
  }
  std::optional<Duration> ms(const char* name) {
    const auto value = number(name, 0, kLongestDelayMs);
    return value ? std::optional(durationOfMs(*value)) : std::nullopt;
  }
  std::optional<bool> boolean(const char* name) {
    const Json* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (value->is_boolean()) return value->get<bool>();
    wrong(name, "true or false is wanted");
    return std::nullopt;
  }
  std::optional<std::string> text(const char* name, const char* wanted) {
    const Json* value = find(name);
    if (value == nullptr) return std::nullopt;
    if (value->is_string()) return value->get<std::string>();
    wrong(name, wanted);
    return std::nullopt;
  }
  // The parsed entries of the trace file that `name` names.
  template <class Parse>
  auto trace(const char* name, Parse&& parse, const char* wanted) -> decltype(parse("")) {
    const auto path = text(name, "the path of a text file is wanted");
    if (!path) return std::nullopt;
    if (!m_reading.readTrace) {
      m_reading.refuse("unreadable", pathOf(name) + ": trace files cannot be read here");
      return std::nullopt;
    }
    const auto content = m_reading.readTrace(*path);
    if (!content) {
      m_reading.refuse("unreadable", pathOf(name) + ": " + *path + ": " + content.error().detail);
      return std::nullopt;
    }
    auto entries = parse(*content);
    if (!entries) wrong(name, wanted);
    return entries;
  }
  void wrong(const char* name, const std::string& what) {
    m_reading.refuse("bad_value", pathOf(name) + ": " + what);
  }
  void close() {
    if (!m_json.is_object()) return;
    for (const auto& [key, value] : m_json.items())
      if (std::find(m_known.begin(), m_known.end(), key) == m_known.end())
        m_reading.refuse("unknown_key", pathOf(key.c_str()) + ": there is no such key");
  }
  [[nodiscard]] std::string pathOf(const char* name) const {
    if (m_path.empty()) return name;
    return *name == '\0' ? m_path : m_path + "." + name;
  }

 private:
  const Json& m_json;
  std::string m_path;
  Reading& m_reading;
  std::vector<std::string> m_known;
};

// Overrides what the section names and leaves the rest.
void readLink(Section& section, LinkSpec& link) {
  if (const auto value = section.ms("delay_ms")) {
    link.delay = *value;
    link.delayTrace.clear();
  }
  if (const auto value = section.ms("jitter_ms")) link.jitter = *value;
  if (const auto value = section.number("loss", 0, 1)) {
    link.loss = *value;
    link.lossTrace.clear();
  }
  if (const auto value = section.number("burst", 1, 1e6)) link.burstPackets = *value;
  if (const auto value = section.number("reorder", 0, 1)) link.reorder = *value;
  if (const auto value = section.number("duplicate", 0, 1)) link.duplicate = *value;
  if (const auto value = section.number("rate_kbps", 0, kMostKbps)) {
    link.rateBps.reset();
    if (*value > 0) link.rateBps = *value * 1000;
  }
  if (const auto value = section.ms("queue_ms")) link.queueLimit = *value;
  if (auto trace = section.trace("loss_trace", parseLossTrace, "the file must hold 0s and 1s"))
    link.lossTrace = std::move(*trace);
  if (auto trace = section.trace("delay_trace", parseDelayTrace,
                                 "the file must hold delays in milliseconds"))
    link.delayTrace = std::move(*trace);
}

std::optional<int> readPayload(Section& section) {
  const auto kbps = section.number("max_payload_kbps", kLeastPayloadKbps, kMostPayloadKbps);
  return kbps ? std::optional(static_cast<int>(*kbps * 1000)) : std::nullopt;
}

std::optional<double> readDrift(Section& section) {
  return section.number("drift_ppm", -kMostDriftPpm, kMostDriftPpm);
}

std::optional<TierChoice> readTier(Section& section) {
  std::string wanted = "auto";
  for (const wire::TierInfo& info : wire::tierTable()) wanted += ", " + std::string(info.name);
  wanted = "one of " + wanted + " is wanted";
  const auto name = section.text("tier", wanted.c_str());
  if (!name) return std::nullopt;
  if (*name == "auto") return TierChoice{};
  const auto tier = wire::parseTier(*name);
  if (!tier) section.wrong("tier", wanted);
  return TierChoice{tier};
}

// A step as it stands in the file; where it stands says what its plain keys mean.
struct RawStep {
  double at = 0;
  const Json* json = nullptr;
  std::string path;
  bool isForUp = true, isForDown = true;
};

class ScenarioReader {
 public:
  ScenarioReader(const Json& json, Reading& reading) : m_json(json), m_reading(reading) {}

  CallScenario read() {
    Section top(m_json, "", m_reading);
    if (const auto value = top.number("seed", 0, 9e15))
      m_scenario.seed = static_cast<std::uint64_t>(*value);
    if (const auto value = top.number("seconds", 0.1, kDaySeconds))
      m_scenario.length = durationOfMs(1000 * *value);
    if (const auto value = top.boolean("relay")) m_scenario.isRelayed = *value;
    if (const auto value = readTier(top)) m_scenario.tier = *value;
    if (const auto value = readPayload(top))
      m_scenario.up.maxPayloadBps = m_scenario.down.maxPayloadBps = value;
    if (const auto value = readDrift(top)) m_scenario.driftPpm = *value;
    if (const auto value = top.number("calls", 1, 2)) m_scenario.calls = static_cast<int>(*value);
    if (const auto value = top.boolean("series")) m_scenario.wantsSeries = *value;
    if (const auto value = top.number("device_ms", 0, 1000))
      m_scenario.deviceDelay = durationOfMs(*value);
    constexpr const char* kCodecs = "opus or sized-frames is wanted";
    if (const auto value = top.text("codec", kCodecs)) {
      if (*value != "opus" && *value != "sized-frames") top.wrong("codec", kCodecs);
      m_scenario.codec = *value == "opus" ? SimCodec::Opus : SimCodec::SizedFrames;
    }
    if (const Json* links = top.find("links")) {
      Section both(*links, "links", m_reading);
      if (const Json* up = both.find("up")) readWay(*up, "links.up", m_scenario.up, true);
      if (const Json* down = both.find("down"))
        readWay(*down, "links.down", m_scenario.down, false);
      both.close();
    }
    if (const Json* steps = top.find("steps")) gather(*steps, "steps", true, true);
    top.close();
    foldSteps();
    return std::move(m_scenario);
  }

 private:
  void readWay(const Json& json, const std::string& path, WayScenario& into, bool isUp) {
    Section section(json, path, m_reading);
    readLink(section, into.link);
    if (const auto value = readPayload(section)) into.maxPayloadBps = value;
    if (const auto value = readDrift(section)) m_scenario.driftPpm = *value;
    if (const Json* steps = section.find("steps")) gather(*steps, path + ".steps", isUp, !isUp);
    section.close();
  }

  void gather(const Json& steps, const std::string& path, bool isForUp, bool isForDown) {
    if (!steps.is_array()) return m_reading.refuse("bad_value", path + ": a list is wanted");
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const std::string name = path + "[" + std::to_string(i) + "]";
      Section section(steps[i], name, m_reading);
      const auto at = section.number("at_s", 0, kDaySeconds);
      if (!at) section.wrong("at_s", "each step says when it comes, in seconds");
      m_steps.push_back({at.value_or(0), &steps[i], name, isForUp, isForDown});
    }
  }

  void foldSteps() {
    if (m_reading.fault) return;
    std::stable_sort(m_steps.begin(), m_steps.end(),
                     [](const RawStep& a, const RawStep& b) { return a.at < b.at; });
    LinkSpec up = m_scenario.up.link;
    LinkSpec down = m_scenario.down.link;
    for (const RawStep& raw : m_steps) {
      Section section(*raw.json, raw.path, m_reading);
      (void)section.find("at_s");
      if (section.find("max_payload_kbps") != nullptr)
        section.wrong("max_payload_kbps", "it cannot change during a call");
      ScenarioStep step{.at = durationOfMs(1000 * raw.at)};
      // Twice, where the plain keys mean both ways: each keeps what it had beside them.
      if (raw.isForUp) readLink(section, up);
      if (raw.isForDown) readLink(section, down);
      step.driftPpm = readDrift(section);
      if (raw.isForUp && raw.isForDown) {
        step.tier = readTier(section);
        readOne(section, "up", raw.path, up);
        readOne(section, "down", raw.path, down);
      }
      section.close();
      if (raw.isForUp) step.up = up;
      if (raw.isForDown) step.down = down;
      m_scenario.steps.push_back(std::move(step));
    }
  }

  void readOne(Section& step, const char* name, const std::string& path, LinkSpec& into) {
    const Json* json = step.find(name);
    if (json == nullptr) return;
    Section section(*json, path + "." + name, m_reading);
    readLink(section, into);
    section.close();
  }

  const Json& m_json;
  Reading& m_reading;
  CallScenario m_scenario;
  std::vector<RawStep> m_steps;
};

}  // namespace

Result<CallScenario, Fault> parseCallScenario(const std::string& text,
                                              const TraceReader& readTrace) {
  Reading reading{readTrace, {}};
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) reading.refuse("malformed", "the file must hold one JSON object");
  if (reading.fault) return Failure<Fault>(*reading.fault);
  CallScenario scenario = ScenarioReader(json, reading).read();
  if (reading.fault) return Failure<Fault>(*reading.fault);
  return scenario;
}

}  // namespace foyer::sim
