// The verbs of the diagnostics: what this computer can do, which versions are at work, and worse
// sending on purpose.
#include <charconv>

#include "core/engine/control_json.h"
#include "core/engine/control_verbs.h"

namespace foyer::engine {
namespace {

// Events in a bundle: the last minutes of a busy program.
constexpr std::size_t kBundleEvents = 500;

Json textOrNull(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json capabilitiesJson(const std::vector<CapabilityView>& capabilities) {
  Json all = Json::array();
  for (const CapabilityView& each : capabilities)
    all.push_back({{"name", toString(each.what)},
                   {"state", toString(each.state)},
                   {"reason", textOrNull(each.reason)}});
  return all;
}

Json versionsJson(const VersionsView& versions, bool showsRelays) {
  Json relays = Json::array();
  for (const RelayVersionView& relay : versions.relays) {
    Json each{
        {"build", textOrNull(relay.build)}, {"connected", relay.isConnected}, {"own", relay.isOwn}};
    if (showsRelays) each["relay"] = relay.relay.hex();
    relays.push_back(std::move(each));
  }
  Json libraries = Json::object();
  for (const LibraryVersion& library : versions.libraries)
    libraries[library.name] = textOrNull(library.version);
  return {{"program", versions.program},   {"commit", textOrNull(versions.commit)},
          {"protocol", versions.protocol}, {"control", versions.control},
          {"relays", std::move(relays)},   {"libraries", std::move(libraries)}};
}

Json impairmentJson(const net::ImpairmentSpec& spec) {
  return {{"on", spec.isOn()},
          {"delay_ms", spec.delayMs},
          {"jitter_ms", spec.jitterMs},
          {"loss_percent", spec.lossPercent},
          {"rate_kbps", spec.rateKbps == 0 ? Json(nullptr) : Json(spec.rateKbps)}};
}

template <class Number>
bool readNumber(const std::string& text, Number& into) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
  return error == std::errc() && end == text.data() + text.size();
}

// "delay 100 loss 5"; what is not named is as without impairment. nullopt: makes no sense.
std::optional<net::ImpairmentSpec> parseImpairment(const std::vector<std::string>& words) {
  net::ImpairmentSpec spec;
  if (words.size() == 1 && words[0] == "off") return spec;
  if (words.size() % 2 != 0) return std::nullopt;
  for (std::size_t i = 0; i < words.size(); i += 2) {
    const std::string& value = words[i + 1];
    bool isRead = false;
    if (words[i] == "delay")
      isRead = readNumber(value, spec.delayMs);
    else if (words[i] == "jitter")
      isRead = readNumber(value, spec.jitterMs);
    else if (words[i] == "loss")
      isRead = readNumber(value, spec.lossPercent);
    else if (words[i] == "rate")
      isRead = readNumber(value, spec.rateKbps);
    if (!isRead) return std::nullopt;
  }
  return spec.isValid() ? std::optional(spec) : std::nullopt;
}

}  // namespace

void addDiagnostics(Json& bundle, const Engine& engine) {
  bundle["versions"] = versionsJson(engine.versions(), false);
  bundle["capabilities"] = capabilitiesJson(engine.capabilities());
  bundle["impairment"] = impairmentJson(engine.impairment().spec);
  Json log = Json::array();
  const std::vector<LogLine> lines = engine.logSince(0);
  for (std::size_t i = lines.size() - std::min(lines.size(), kBundleEvents); i < lines.size(); ++i)
    log.push_back({{"time_ms", lines[i].uptimeMs},
                   {"level", toString(lines[i].level)},
                   {"event", lines[i].name},
                   {"about", lines[i].about}});
  bundle["log"] = std::move(log);
}

void ControlVerbs::diagnosticsVerb(const ControlRequest& request, const ControlReply& reply) {
  const auto& arguments = request.arguments;
  if (request.verb == "versions") return reply(dumped(versionsJson(m_engine.versions(), true)));
  if (request.verb == "impair" && !arguments.empty()) {
    const auto spec = parseImpairment(arguments);
    if (!spec)
      return reply(
          failed("arguments", "malformed",
                 "impair [delay MS] [jitter MS] [loss PERCENT] [rate KBPS] or impair off"));
    m_engine.impair(*spec);
  }
  const bool isImpair = request.verb == "impair";
  m_engine.askCapabilities([this, reply, isImpair](const std::optional<NetFacts>& net) {
    if (!isImpair)
      return reply(dumped({{"capabilities", capabilitiesJson(m_engine.capabilities())}}));
    Json json = impairmentJson(m_engine.impairment().spec);
    const net::ImpairmentCounters counters = net ? net->impairment : net::ImpairmentCounters{};
    json["sent"] = counters.sent;
    json["lost"] = counters.lost;
    json["overflowed"] = counters.overflowed;
    reply(dumped(json));
  });
}

}  // namespace foyer::engine
