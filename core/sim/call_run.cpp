// Runs a scenario: one or two pairs of people, the ways between them, the steps, the report.
#include <algorithm>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "core/sim/call_meter.h"
#include "core/sim/call_scenario.h"
#include "core/sim/sound_match.h"
#include "core/sim/world.h"

namespace foyer::sim {
namespace {

using Json = nlohmann::ordered_json;

// A talk without sound and without a length.
constexpr Duration kDefaultLength = 20s;
// What an input is given after its last sample, so that its end can be heard.
constexpr Duration kAfterInput = 1s;
// Setting up retries over a way that loses much; the call itself must then stand it.
constexpr Duration kSetUpLimit = 60s;
constexpr Duration kLobbyLimit = 30s;
// Half a minute of speech finds its place in a recording for certain, and hours would take long.
constexpr std::size_t kMatchedSamples = 30 * 48'000;
// Everything between two mouths that is not the way itself.
constexpr Duration kMostEndDelay = 2s;

double toMs(Duration d) {
  return std::round(std::chrono::duration<double, std::milli>(d).count() * 1000) / 1000;
}
double toSeconds(Duration d) { return toMs(d) / 1000; }
double rounded(double value) { return std::round(value * 1000) / 1000; }
Json orNull(const std::optional<double>& value) {
  return value ? Json(rounded(*value)) : Json(nullptr);
}
std::int64_t samplesOf(Duration d) { return d * std::int64_t{48} / 1ms; }

// The longest that a packet may travel, the queue not counted.
Duration longestTransit(const CallScenario& scenario) {
  Duration longest{};
  const auto consider = [&](const LinkSpec& link) {
    Duration transit = link.delay + link.jitter;
    for (const Duration traced : link.delayTrace) transit = std::max(transit, traced);
    longest = std::max(longest, transit);
  };
  consider(scenario.up.link);
  consider(scenario.down.link);
  for (const ScenarioStep& step : scenario.steps) {
    if (step.up) consider(*step.up);
    if (step.down) consider(*step.down);
  }
  return longest;
}

// What `listener` heard from the moment at which the speaker's sound began, or from the beginning
// of the talk when nothing was said.
std::vector<std::int16_t> heardFrom(TimePoint begin, const SimSound& sound,
                                    const SimClient& listener, std::size_t samples) {
  std::vector<std::int16_t> heard(samples, 0);
  const auto perSample = static_cast<double>(listener.deviceTime(48'000).count()) / 48'000;
  const auto skipped = static_cast<std::int64_t>(
      std::llround(static_cast<double>((begin - sound.playoutStarted).count()) / perSample));
  for (std::size_t i = 0; i < samples; ++i) {
    const std::int64_t at = static_cast<std::int64_t>(i) + skipped;
    if (at >= 0 && at < static_cast<std::int64_t>(sound.played.size()))
      heard[i] = sound.played[static_cast<std::size_t>(at)];
  }
  return heard;
}

Json queueReport(const WayFigures& figures, bool wantsSeries) {
  Json json{{"max", toMs(figures.queueLongest)}, {"mean", toMs(figures.queueMean)}};
  Json steps = Json::array();
  for (const AfterStep& step : figures.afterSteps)
    steps.push_back({{"at_s", toSeconds(step.at)},
                     {"max", toMs(step.longest)},
                     {"over_100_ms_for_s", toSeconds(step.overFor)}});
  json["after_steps"] = std::move(steps);
  if (wantsSeries) {
    Json series = Json::array();
    for (const Duration queue : figures.queueSeries) series.push_back(toMs(queue));
    json["series"] = std::move(series);
  }
  return json;
}

Json wayReport(const WayFigures& figures, bool wantsSeries) {
  Json changes = Json::array();
  for (const TierChange& change : figures.tierChanges)
    changes.push_back({{"at_s", toSeconds(change.at)},
                       {"tier", wire::toString(change.tier)},
                       {"cause", client::toString(change.cause)}});
  const client::RecoveryFigures& r = figures.recovery;
  return {
      {"payload_kbps", orNull(figures.payloadKbps)},
      {"wire_kbps", rounded(figures.wireKbps)},
      {"ack_kbps", rounded(figures.ackKbps)},
      {"end_kbps", rounded(figures.endKbps)},
      {"packets", figures.packets},
      {"packets_lost", figures.packetsLost},
      {"recovery",
       {{"decoded", r.decoded},
        {"copies", r.copies},
        {"lbrr", r.lbrr},
        {"dred", r.dred},
        {"plc", r.plc},
        {"late", r.late},
        {"lost", r.lost},
        {"discarded", r.discarded},
        {"accelerated", r.accelerated},
        {"expanded", r.expanded}}},
      {"jitter_buffer_ms", {{"mean", toMs(figures.bufferMean)}, {"p95", toMs(figures.bufferP95)}}},
      {"packet_time_ms", toMs(figures.packetTime)},
      {"late_share", std::round(figures.lateShare * 1e6) / 1e6},
      {"tier_at_start", wire::toString(figures.tierAtStart)},
      {"tier_at_end", wire::toString(figures.tierAtEnd)},
      {"tier_changes", std::move(changes)},
      {"mouth_to_ear_ms", figures.mouthToEar ? Json(toMs(*figures.mouthToEar)) : Json(nullptr)},
      {"queueing_ms", queueReport(figures, wantsSeries)}};
}

// Two people at one relay and the call between them.
struct Pair {
  SimClient* a = nullptr;
  SimClient* b = nullptr;
  CallId call;
  std::optional<WayMeter> up, down;
};

class Run {
 public:
  Run(const CallScenario& scenario, const std::vector<std::int16_t>& soundA,
      const std::vector<std::int16_t>& soundB)
      : m_scenario(scenario),
        m_soundA(soundA),
        m_soundB(soundB),
        m_world(scenario.seed),
        m_relay(&m_world.addRelay()) {
    m_length = scenario.length.value_or(soundA.empty() && soundB.empty()
                                            ? kDefaultLength
                                            : media::samplesToDuration(static_cast<std::int64_t>(
                                                  std::max(soundA.size(), soundB.size()))) +
                                                  kAfterInput);
    m_report = {{"seed", scenario.seed},
                {"codec", toString(scenario.codec)},
                {"seconds", toSeconds(m_length)},
                {"path", nullptr}};
  }

  CallScenarioResult run() {
    for (int i = 0; i < m_scenario.calls; ++i) addPair();
    if (const char* failedAt = setUp()) return finish(failedAt);
    talk();
    return finish(nullptr);
  }

 private:
  void addPair() {
    SimClientOptions options;
    options.codec = m_scenario.codec;
    options.recordsSound = true;
    options.waitsToSpeak = true;
    options.deviceDelay = m_scenario.deviceDelay;
    Pair pair;
    options.alias = "A" + std::to_string(m_pairs.size());
    options.sound = m_soundA;
    options.maxPayloadBps = m_scenario.up.maxPayloadBps;
    pair.a = &add(options);
    options.alias = "B" + std::to_string(m_pairs.size());
    options.sound = m_soundB;
    options.maxPayloadBps = m_scenario.down.maxPayloadBps;
    options.driftPpm = m_scenario.driftPpm;
    options.recordsPlay = m_scenario.wantsRecord && m_pairs.empty();
    pair.b = &add(options);
    if (!m_pairs.empty()) {
      const Pair& first = m_pairs.front();
      m_world.network.share({*pair.a, *m_relay}, {*first.a, *m_relay});
      m_world.network.share({*pair.b, *m_relay}, {*first.b, *m_relay});
    }
    if (!m_scenario.isRelayed) {
      // One way out of each home, whoever it leads to.
      m_world.network.share({*pair.a, *pair.b}, {*pair.a, *m_relay});
      m_world.network.share({*pair.b, *pair.a}, {*pair.b, *m_relay});
    }
    m_pairs.push_back(pair);
  }

  // Who may go directly is at home at a public address.
  SimClient& add(const SimClientOptions& options) {
    return m_scenario.isRelayed
               ? m_world.addClient(options)
               : m_world.addClient(m_world.addHome(*findHomeType("open")), options);
  }

  // Each way is applied once, where its speaker's packets leave for the relay; the relay's own hops
  // are perfect, so delay, loss and rate are those from end to end.
  Link& up() { return m_world.network.link(*m_pairs.front().a, *m_relay); }
  Link& down() { return m_world.network.link(*m_pairs.front().b, *m_relay); }

  // The stage that failed, or nullptr. Everybody is in the lobby over perfect ways; the weather of
  // the scenario begins with the call.
  const char* setUp() {
    for (Pair& pair : m_pairs)
      if (!m_world.meet(*pair.a, *pair.b, *m_relay, kLobbyLimit)) return "lobby";
    up().setSpec(m_scenario.up.link);
    down().setSpec(m_scenario.down.link);
    const TimePoint placedAt = m_world.network.now();
    for (Pair& pair : m_pairs) {
      const auto policy =
          m_scenario.isRelayed ? crypto::CallPolicy::Private : crypto::CallPolicy::Trusted;
      const auto placed = pair.a->tell([&](client::Client& c, TimePoint now) {
        return c.placeCall(now, pair.b->fingerprint(), {}, policy);
      });
      if (!placed) return "call";
      pair.call = *placed;
      chooseTier(*pair.a, pair, m_scenario.tier);
      if (!wait(*pair.b, pair, client::CallPhase::Ringing)) return "ringing";
      [[maybe_unused]] const auto answered = pair.b->tell(
          [&](client::Client& c, TimePoint now) { return c.answer(now, pair.call, true); });
      chooseTier(*pair.b, pair, m_scenario.tier);
      if (!wait(*pair.a, pair, client::CallPhase::Active) ||
          !wait(*pair.b, pair, client::CallPhase::Active))
        return "securing";
      if (!m_scenario.isRelayed && !waitForDirect(pair)) return "direct";
    }
    m_report["set_up_ms"] = toMs(m_world.network.now() - placedAt);
    return nullptr;
  }

  bool wait(SimClient& who, const Pair& pair, client::CallPhase phase) {
    return m_world.waitForPhase(who, pair.call, phase, kSetUpLimit);
  }

  [[nodiscard]] const char* pathOf(SimClient& who, const Pair& pair) {
    const auto status = m_world.status(who, pair.call);
    return client::toString(status ? status->path.kind : client::PathKind::Relay);
  }

  bool waitForDirect(const Pair& pair) {
    const auto isDirect = [&](SimClient& who) {
      const auto status = m_world.status(who, pair.call);
      return status && status->path.kind != client::PathKind::Relay;
    };
    return m_world.network.runUntil([&] { return isDirect(*pair.a) && isDirect(*pair.b); },
                                    kSetUpLimit);
  }

  void chooseTier(SimClient& who, const Pair& pair, const TierChoice& choice) {
    [[maybe_unused]] const auto set = who.tell([&](client::Client& c, TimePoint now) {
      return c.setQuality(now, pair.call, choice.tier);
    });
  }

  void talk() {
    const TimePoint begun = m_world.network.now();
    for (Pair& pair : m_pairs) {
      pair.a->startSpeaking();
      pair.b->startSpeaking();
      pair.up.emplace(begun, pair.call, *pair.a, *pair.b, up());
      pair.down.emplace(begun, pair.call, *pair.b, *pair.a, down());
    }
    for (const ScenarioStep& step : m_scenario.steps)
      if (step.at < m_length)
        m_world.network.at(begun + step.at, [this, &step](TimePoint now) { apply(now, step); });
    {
      const auto sampling = m_world.network.every(WayMeter::kSampleEvery, [this](TimePoint now) {
        for (Pair& pair : m_pairs) {
          pair.up->sample(now);
          pair.down->sample(now);
        }
      });
      m_world.network.runFor(m_length);
    }
    const TimePoint ended = m_world.network.now();
    std::vector<std::pair<WayFigures, WayFigures>> figures;
    for (Pair& pair : m_pairs)
      figures.emplace_back(pair.up->figures(ended), pair.down->figures(ended));
    m_isGood = std::all_of(m_pairs.begin(), m_pairs.end(),
                           [&](const Pair& pair) { return isActive(pair) && codesMatch(pair); });
    m_report["path"] = pathOf(*m_pairs.front().a, m_pairs.front());
    m_report["sas_match"] = std::all_of(m_pairs.begin(), m_pairs.end(),
                                        [&](const Pair& pair) { return codesMatch(pair); });
    // The last words are still on their way.
    m_world.network.runFor(longestTransit(m_scenario) + kMostEndDelay);
    for (std::size_t i = 0; i < m_pairs.size(); ++i) {
      const Pair& pair = m_pairs[i];
      Json aToB = wayReport(figures[i].first, m_scenario.wantsSeries);
      Json bToA = wayReport(figures[i].second, m_scenario.wantsSeries);
      auto heardAtB = listen(begun, m_soundA, *pair.a, *pair.b, pair.call, aToB);
      auto heardAtA = listen(begun, m_soundB, *pair.b, *pair.a, pair.call, bToA);
      if (i == 0) {
        m_result.heardAtB = std::move(heardAtB);
        m_result.heardAtA = std::move(heardAtA);
        if (const auto& log = pair.b->sounds().at(pair.call).seam->playLog)
          m_result.record = media::encodePlayRecord(*log);
      }
      Json& into = i == 0 ? m_report : m_report["second_call"];
      into["a_to_b"] = std::move(aToB);
      into["b_to_a"] = std::move(bToA);
    }
    for (const Pair& pair : m_pairs)
      pair.a->tell([&](client::Client& c, TimePoint now) { return c.hangup(now, pair.call); });
    m_report["ended"] = wait(*m_pairs.front().b, m_pairs.front(), client::CallPhase::Ended);
  }

  void apply(TimePoint now, const ScenarioStep& step) {
    if (step.up) up().setSpec(*step.up);
    if (step.down) down().setSpec(*step.down);
    for (Pair& pair : m_pairs) {
      if (step.up) pair.up->onStep(now);
      if (step.down) pair.down->onStep(now);
      if (step.driftPpm) pair.b->setDrift(*step.driftPpm);
      if (!step.tier) continue;
      chooseTier(*pair.a, pair, *step.tier);
      chooseTier(*pair.b, pair, *step.tier);
    }
  }

  bool isActive(const Pair& pair) {
    const auto atA = m_world.status(*pair.a, pair.call);
    const auto atB = m_world.status(*pair.b, pair.call);
    return atA && atB && atA->phase == client::CallPhase::Active &&
           atB->phase == client::CallPhase::Active;
  }

  bool codesMatch(const Pair& pair) {
    const auto atA = m_world.status(*pair.a, pair.call);
    const auto atB = m_world.status(*pair.b, pair.call);
    return atA && atB && atA->sas && atB->sas && atA->sas->digits == atB->sas->digits &&
           atA->sas->words == atB->sas->words;
  }

  // What the listener heard, and in `report` how it compares with what was said.
  std::vector<std::int16_t> listen(TimePoint begun, const std::vector<std::int16_t>& said,
                                   const SimClient& speaker, const SimClient& listener,
                                   const CallId& call, Json& report) {
    const SimSound& sound = listener.sounds().at(call);
    const TimePoint from = speaker.sounds().at(call).spokenFrom.value_or(begun);
    const std::size_t whole = static_cast<std::size_t>(samplesOf(m_length));
    report["heard"] = nullptr;
    report["delay_ms"] = nullptr;
    report["similarity"] = nullptr;
    if (said.empty()) return heardFrom(from, sound, listener, whole);
    const std::size_t spoken = std::min(said.size(), whole);
    const Duration longest = longestTransit(m_scenario) + kMostEndDelay;
    auto heard =
        heardFrom(from, sound, listener, spoken + static_cast<std::size_t>(samplesOf(longest)));
    const std::size_t matched = std::min(spoken, kMatchedSamples);
    const auto match =
        matchSound({said.data(), matched},
                   {heard.data(),
                    std::min(heard.size(), matched + static_cast<std::size_t>(samplesOf(longest)))},
                   Duration::zero(), longest);
    report["heard"] = match && match->isHeard();
    report["similarity"] = match ? std::round(match->similarity * 10000) / 10000 : 0;
    if (!match) return heard;
    report["delay_ms"] = toMs(match->delay);
    heard.resize(spoken + static_cast<std::size_t>(samplesOf(match->delay)));
    return heard;
  }

  CallScenarioResult finish(const char* failedAt) {
    m_result.ok = m_isGood;
    m_report["ok"] = m_isGood;
    m_report["failed_at"] = failedAt == nullptr ? Json(nullptr) : Json(failedAt);
    m_result.report = m_report.dump(2);
    return std::move(m_result);
  }

  const CallScenario& m_scenario;
  const std::vector<std::int16_t>& m_soundA;
  const std::vector<std::int16_t>& m_soundB;
  World m_world;
  SimRelay* m_relay;
  std::vector<Pair> m_pairs;
  Duration m_length{};
  Json m_report;
  CallScenarioResult m_result;
  bool m_isGood = false;
};

}  // namespace

CallScenarioResult runCallScenario(const CallScenario& scenario,
                                   const std::vector<std::int16_t>& soundA,
                                   const std::vector<std::int16_t>& soundB) {
  return Run(scenario, soundA, soundB).run();
}

}  // namespace foyer::sim
