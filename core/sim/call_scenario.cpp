#include "core/sim/call_scenario.h"

#include <nlohmann/json.hpp>

#include "core/sim/sound_match.h"
#include "core/sim/world.h"

namespace foyer::sim {
namespace {

using Json = nlohmann::ordered_json;

Duration ms(double value) {
  return std::chrono::duration_cast<Duration>(std::chrono::duration<double, std::milli>(value));
}
double toMs(Duration d) {
  return std::round(std::chrono::duration<double, std::milli>(d).count() * 1000) / 1000;
}

// Numbers of a scenario are a tester's own; out of range is an error with the field's name.
class LinkReader {
 public:
  explicit LinkReader(const Json& json) : m_json(json) {}
  double number(const char* name, double fallback, double smallest, double largest) {
    const auto it = m_json.find(name);
    if (it == m_json.end()) return fallback;
    if (!it->is_number() || it->get<double>() < smallest || it->get<double>() > largest) {
      m_bad = name;
      return fallback;
    }
    return it->get<double>();
  }
  [[nodiscard]] const std::string& bad() const { return m_bad; }
  LinkSpec read() {
    constexpr double kHourMs = 3.6e6;
    LinkSpec spec;
    spec.delay = ms(number("delay_ms", 0, 0, kHourMs));
    spec.jitter = ms(number("jitter_ms", 0, 0, kHourMs));
    spec.loss = number("loss", 0, 0, 1);
    spec.burstPackets = number("burst", 1, 1, 1e6);
    spec.reorder = number("reorder", 0, 0, 1);
    spec.duplicate = number("duplicate", 0, 0, 1);
    const double rate = number("rate_kbps", 0, 0, 1e9);
    if (rate > 0) spec.rateBps = rate * 1000;
    spec.queueLimit = ms(number("queue_ms", 200, 0, kHourMs));
    spec.traceStep = ms(number("trace_step_ms", 20, 1, kHourMs));
    for (const auto& entry : m_json.value("delay_trace_ms", Json::array())) {
      if (!entry.is_number() || entry.get<double>() < 0 || entry.get<double>() > kHourMs)
        m_bad = "delay_trace_ms";
      else
        spec.delayTrace.push_back(ms(entry.get<double>()));
    }
    for (const auto& entry : m_json.value("loss_trace", Json::array())) {
      if (!entry.is_number())
        m_bad = "loss_trace";
      else
        spec.lossTrace.push_back(entry.get<double>() != 0);
    }
    return spec;
  }

 private:
  const Json& m_json;
  std::string m_bad;
};

Failure<Fault> bad(const std::string& what) {
  return Failure<Fault>(Fault{"scenario", "malformed", false, what});
}

Json sideReport(const client::CallStatus& status, const SimSound* sound, TimePoint answeredAt) {
  Json side{{"state", status.phase == client::CallPhase::Active ? "active" : "not_active"},
            {"sas", status.sas ? Json(status.sas->digits) : Json(nullptr)},
            {"tx_packets", status.tx.packets},
            {"tx_bytes", status.tx.bytes},
            {"rx_packets", status.rx.packets},
            {"rx_loss", status.rx.loss}};
  if (sound != nullptr) {
    const client::AudioReport& report = sound->seam->report;
    side["jitter_buffer_ms"] = toMs(Duration(report.bufferDelayNs.load()));
    side["decoded"] = report.decoded.load();
    side["lbrr"] = report.lbrr.load();
    side["plc"] = report.plc.load();
    side["late"] = report.late.load();
    side["first_sound_ms"] =
        sound->firstSoundAt ? Json(toMs(*sound->firstSoundAt - answeredAt)) : Json(nullptr);
  }
  return side;
}

Json matchReport(const std::vector<std::int16_t>& said, const SimSound* speaker,
                 const SimSound* listener) {
  if (said.empty() || speaker == nullptr || listener == nullptr) return nullptr;
  const Duration offset = listener->playoutStarted - speaker->captureStarted;
  const auto match = matchSound(said, listener->played, -offset, 2s - offset);
  if (!match) return {{"heard", false}, {"delay_ms", nullptr}, {"similarity", 0}};
  return {{"heard", match->isHeard()},
          {"delay_ms", toMs(match->delay + offset)},
          {"similarity", std::round(match->similarity * 10000) / 10000}};
}

}  // namespace

Result<CallScenario, Fault> parseCallScenario(const std::string& text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return bad("a JSON object is wanted");
  CallScenario scenario;
  LinkReader top(json);
  scenario.seed = static_cast<std::uint64_t>(top.number("seed", 1, 0, 9e15));
  scenario.length = ms(1000 * top.number("seconds", 20, 0.1, 24 * 3600));
  scenario.deviceDelay = ms(top.number("device_ms", 0, 0, 1000));
  if (!top.bad().empty()) return bad(top.bad());
  const auto named = json.find("codec");
  if (named != json.end() && !named->is_string()) return bad("codec");
  const std::string codec = named == json.end() ? "opus" : named->get<std::string>();
  if (codec != "opus" && codec != "sized-frames") return bad("codec");
  scenario.codec = codec == "opus" ? SimCodec::Opus : SimCodec::SizedFrames;
  const auto link = [&](const char* name, LinkSpec& into) -> std::string {
    const char* source = json.contains(name) ? name : "link";
    if (!json.contains(source)) return {};
    if (!json[source].is_object()) return source;
    LinkReader reader(json[source]);
    into = reader.read();
    return reader.bad().empty() ? std::string() : std::string(source) + "." + reader.bad();
  };
  for (const std::string& wrong : {link("a_up", scenario.aUp), link("a_down", scenario.aDown),
                                   link("b_up", scenario.bUp), link("b_down", scenario.bDown)})
    if (!wrong.empty()) return bad(wrong);
  return scenario;
}

CallScenarioResult runCallScenario(const CallScenario& scenario,
                                   const std::vector<std::int16_t>& soundA,
                                   const std::vector<std::int16_t>& soundB) {
  World world(scenario.seed);
  SimRelay& relay = world.addRelay();
  SimClientOptions options;
  options.codec = scenario.codec;
  options.recordsSound = !soundA.empty() || !soundB.empty();
  options.deviceDelay = scenario.deviceDelay;
  options.alias = "A";
  options.sound = soundA;
  SimClient& a = world.addClient(options);
  options.alias = "B";
  options.sound = soundB;
  SimClient& b = world.addClient(options);
  world.network.link(a, relay).setSpec(scenario.aUp);
  world.network.link(relay, a).setSpec(scenario.aDown);
  world.network.link(b, relay).setSpec(scenario.bUp);
  world.network.link(relay, b).setSpec(scenario.bDown);

  CallScenarioResult result;
  Json report{{"seed", scenario.seed},
              {"codec", toString(scenario.codec)},
              {"seconds", toMs(scenario.length) / 1000}};
  const auto finish = [&](const char* failedAt) {
    report["ok"] = result.ok;
    report["failed_at"] = failedAt == nullptr ? Json(nullptr) : Json(failedAt);
    result.report = report.dump(2);
    return std::move(result);
  };
  if (!world.meet(a, b, relay, 30s)) return finish("lobby");
  for (const auto& status : a.client().relays())
    if (status.lobbyAfter) report["lobby_ms"] = toMs(*status.lobbyAfter);
  const auto placed = world.call(a, b);
  if (!placed) return finish("call");
  if (!world.waitForPhase(b, *placed, client::CallPhase::Ringing, 15s)) return finish("ringing");
  const TimePoint answeredAt = world.network.now();
  [[maybe_unused]] const auto answered =
      b.tell([&](client::Client& c, TimePoint now) { return c.answer(now, *placed, true); });
  if (!world.waitForPhase(a, *placed, client::CallPhase::Active, 15s) ||
      !world.waitForPhase(b, *placed, client::CallPhase::Active, 15s))
    return finish("securing");
  report["active_ms"] = toMs(world.network.now() - answeredAt);
  world.network.runFor(scenario.length);

  const auto atA = world.status(a, *placed);
  const auto atB = world.status(b, *placed);
  const auto soundOf = [&](SimClient& who) -> const SimSound* {
    const auto it = who.sounds().find(*placed);
    return it == who.sounds().end() ? nullptr : &it->second;
  };
  report["a"] = sideReport(*atA, soundOf(a), answeredAt);
  report["b"] = sideReport(*atB, soundOf(b), answeredAt);
  const bool sasMatch = atA->sas && atB->sas && atA->sas->digits == atB->sas->digits &&
                        atA->sas->words == atB->sas->words;
  report["sas_match"] = sasMatch;
  report["a_to_b"] = matchReport(soundA, soundOf(a), soundOf(b));
  report["b_to_a"] = matchReport(soundB, soundOf(b), soundOf(a));
  result.ok = sasMatch && atA->phase == client::CallPhase::Active &&
              atB->phase == client::CallPhase::Active &&
              (soundA.empty() || report["a_to_b"].value("heard", false)) &&
              (soundB.empty() || report["b_to_a"].value("heard", false));
  if (const SimSound* sound = soundOf(a)) result.heardAtA = sound->played;
  if (const SimSound* sound = soundOf(b)) result.heardAtB = sound->played;
  // The codes of a run are random; they prove equality and then would only make reports differ.
  report["a"].erase("sas");
  report["b"].erase("sas");
  a.tell([&](client::Client& c, TimePoint now) { return c.hangup(now, *placed); });
  report["ended"] = world.waitForPhase(b, *placed, client::CallPhase::Ended, 5s);
  return finish(nullptr);
}

}  // namespace foyer::sim
