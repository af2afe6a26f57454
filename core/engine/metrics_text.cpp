#include "core/engine/metrics_text.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace foyer::engine {
namespace {

using Labels = std::vector<std::pair<const char*, std::string>>;

class Page {
 public:
  void name(const char* name, const char* type, const char* help) {
    m_name = name;
    m_text += std::string("# HELP ") + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
  }
  void value(double value, const Labels& labels = {}) {
    m_text += m_name;
    for (std::size_t i = 0; i < labels.size(); ++i)
      m_text += std::string(i == 0 ? "{" : ",") + labels[i].first + "=\"" + labels[i].second + '"';
    if (!labels.empty()) m_text += '}';
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    m_text += ' ';
    m_text.append(digits.data(), end);
    m_text += '\n';
  }
  // Nothing where it is not known: a gap tells more than a zero.
  void known(const char* name, const char* help, std::optional<double> seconds) {
    if (!seconds) return;
    this->name(name, "gauge", help);
    value(*seconds);
  }
  [[nodiscard]] std::string take() { return std::move(m_text); }

 private:
  std::string m_text;
  const char* m_name = "";
};

double number(std::uint64_t value) { return static_cast<double>(value); }

std::optional<double> seconds(std::optional<double> ms) {
  return ms ? std::optional(*ms / 1000) : std::nullopt;
}

void addRelays(Page& page, const std::vector<RelayView>& relays) {
  static constexpr std::array kStates{std::pair{RelayState::Disconnected, "disconnected"},
                                      std::pair{RelayState::Connecting, "connecting"},
                                      std::pair{RelayState::Connected, "connected"},
                                      std::pair{RelayState::KeyChanged, "key_changed"},
                                      std::pair{RelayState::Replaced, "replaced"}};
  page.name("foyer_relays", "gauge", "Relays this program uses, by state.");
  for (const auto& [state, word] : kStates)
    page.value(number(static_cast<std::uint64_t>(std::count_if(
                   relays.begin(), relays.end(),
                   [state = state](const RelayView& relay) { return relay.state == state; }))),
               {{"state", word}});
  std::optional<double> least;
  for (const RelayView& relay : relays)
    if (relay.rttMs) least = std::min(least.value_or(*relay.rttMs), *relay.rttMs);
  page.known("foyer_relay_round_trip_seconds", "Round trip to the nearest relay.", seconds(least));
}

void addPeople(Page& page, const std::vector<PersonView>& people) {
  static constexpr std::array kStates{std::pair{PersonState::Available, "available"},
                                      std::pair{PersonState::InCall, "in_call"},
                                      std::pair{PersonState::Away, "away"},
                                      std::pair{PersonState::DoNotDisturb, "dnd"},
                                      std::pair{PersonState::Unreachable, "unreachable"},
                                      std::pair{PersonState::Offline, "offline"}};
  page.name("foyer_people", "gauge", "People in the lobby, by state.");
  for (const auto& [state, word] : kStates)
    page.value(number(static_cast<std::uint64_t>(std::count_if(
                   people.begin(), people.end(),
                   [state = state](const PersonView& person) { return person.state == state; }))),
               {{"state", word}});
}

void addCall(Page& page, const CallView& call) {
  const CallStats& stats = call.stats;
  const Labels sent{{"direction", "sent"}}, heard{{"direction", "heard"}};
  const auto both = [&](const char* name, const char* type, const char* help, double ofSent,
                        double ofHeard) {
    page.name(name, type, help);
    page.value(ofSent, sent);
    page.value(ofHeard, heard);
  };
  both("foyer_call_loss_ratio", "gauge", "Packets of the call that are lost, lately.",
       std::max(stats.tx.loss, stats.sending.loss), stats.rx.loss);
  both("foyer_call_bits_per_second", "gauge", "Of sealed packets, lately.",
       stats.tx.bitrateKbps * 1000, stats.rx.bitrateKbps * 1000);
  both("foyer_call_packets_total", "counter", "Packets of this call.", number(stats.tx.packets),
       number(stats.rx.packets));
  page.known("foyer_call_round_trip_seconds", "Round trip to the other side.",
             seconds(stats.rttMs));
  page.known("foyer_call_jitter_buffer_seconds", "Sound that waits to be played.",
             seconds(stats.jitterBufferMs));
  page.known("foyer_call_mouth_to_ear_seconds", "Estimated age of the sound that is heard.",
             seconds(stats.mouthToEarMs));
  const client::RecoveryFigures& recovery = stats.receiving.recovery;
  page.name("foyer_call_frames_total", "counter", "Frames of this call, by how they were had.");
  for (const auto& [how, count] :
       {std::pair{"decoded", recovery.decoded}, std::pair{"copy", recovery.copies},
        std::pair{"lbrr", recovery.lbrr}, std::pair{"dred", recovery.dred},
        std::pair{"lost", recovery.lost}, std::pair{"late", recovery.late}})
    page.value(number(count), {{"how", how}});
  page.name("foyer_call_device_underruns_total", "counter", "The loudspeaker ran dry.");
  page.value(number(stats.underruns));
  page.name("foyer_call_path", "gauge", "1 for the way the call takes.");
  page.value(1, {{"path", stats.path}});
}

void addCalls(Page& page, const std::vector<CallView>& calls) {
  page.name("foyer_calls", "gauge", "Calls that have not ended, by state.");
  for (const CallState state :
       {CallState::Calling, CallState::Ringing, CallState::Securing, CallState::Active})
    page.value(number(static_cast<std::uint64_t>(
                   std::count_if(calls.begin(), calls.end(),
                                 [state](const CallView& call) { return call.state == state; }))),
               {{"state", client::toString(state)}});
  const auto active = std::find_if(calls.begin(), calls.end(), [](const CallView& call) {
    return call.state == CallState::Active;
  });
  if (active != calls.end()) addCall(page, *active);
}

void addEvents(Page& page, const EventTally& events) {
  page.name("foyer_events_total", "counter", "Events since the program began, by name.");
  for (const auto& [event, count] : events.byName()) page.value(number(count), {{"event", event}});
  page.name("foyer_events_lost_total", "counter", "Events that came too fast to be counted.");
  page.value(number(events.lost()));
  page.name("foyer_calls_ended_total", "counter", "Calls that ended, by direction and reason.");
  for (const auto& [how, count] : events.endedCalls())
    page.value(number(count), {{"direction", how.first}, {"reason", how.second}});
}

}  // namespace

void EventTally::add(const Polled& polled) {
  if (const auto* overflow = std::get_if<Overflow>(&polled)) {
    m_lost += overflow->lost;
    return;
  }
  const auto& event = std::get<Event>(polled);
  const bool isKnown = m_byName.contains(event.name) || m_byName.size() < kMaxNames;
  ++m_byName[isKnown ? event.name : "other"];
  if (event.name != "call:ended") return;
  std::pair<std::string, std::string> how;
  for (const auto& [key, value] : event.about) {
    const auto* word = std::get_if<std::string>(&value);
    if (key == "direction" && word != nullptr) how.first = *word;
    if (key == "reason" && word != nullptr) how.second = *word;
  }
  ++m_endedCalls[how];
}

std::string metricsText(const MetricsInput& input) {
  Page page;
  page.name("foyer_build_info", "gauge", "Version of this program.");
  page.value(1, {{"version", input.version}});
  page.name("foyer_uptime_seconds", "gauge", "Since the program began.");
  page.value(static_cast<double>(input.uptimeMs) / 1000);
  addRelays(page, input.relays);
  addPeople(page, input.people);
  addCalls(page, input.calls);
  page.name("foyer_hosted_relay_clients", "gauge", "Clients of the relay inside this program.");
  page.value(input.hosted.clients);
  page.name("foyer_hosted_relay_calls", "gauge", "Calls through the relay inside this program.");
  page.value(input.hosted.calls);
  page.name("foyer_hosted_relay_bits_per_second", "gauge",
            "Traffic of the relay inside this program.");
  page.value(input.hosted.kbpsIn * 1000, {{"direction", "in"}});
  page.value(input.hosted.kbpsOut * 1000, {{"direction", "out"}});
  page.name("foyer_impaired", "gauge", "1 while the own sending is made worse on purpose.");
  page.value(input.isImpaired ? 1 : 0);
  if (input.events != nullptr) addEvents(page, *input.events);
  return page.take();
}

}  // namespace foyer::engine
