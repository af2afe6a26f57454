// The verb about the network around this program.
#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "core/engine/control_json.h"
#include "core/engine/control_verbs.h"
#include "core/engine/network_words.h"

namespace foyer::engine {
namespace {

Json addressJson(const std::optional<SocketAddress>& address, bool showsAddresses) {
  return address && showsAddresses ? Json(address->toString()) : Json(nullptr);
}

Json mappingJson(const PortMappingView& mapping, std::int64_t nowMs, bool showsAddresses) {
  const bool isOpen = mapping.state == PortMappingState::Open;
  Json json{
      {"state", toString(mapping.state)},
      {"way", isOpen ? Json(net::toString(mapping.way)) : Json(nullptr)},
      {"has_external", mapping.external.has_value()},
      {"behind_another", isOpen ? Json(mapping.isPrivate) : Json(nullptr)},
      {"verified", isOpen ? Json(mapping.isVerified) : Json(nullptr)},
      {"lifetime_ms", mapping.expiresAtMs ? Json(*mapping.expiresAtMs - nowMs) : Json(nullptr)},
      {"reasons", nullptr}};
  if (mapping.state == PortMappingState::Refused) {
    Json reasons = Json::object();
    for (std::size_t i = 0; i < mapping.reasons.size(); ++i)
      reasons[net::toString(static_cast<net::MappingWay>(i))] = net::toString(mapping.reasons[i]);
    json["reasons"] = std::move(reasons);
  }
  if (showsAddresses) json["external"] = addressJson(mapping.external, true);
  return json;
}

// Of net::describe(): figures as numbers, everything else as its word.
Json findingJson(std::string_view name, const std::string& value) {
  const bool isFigure =
      name.ends_with("_ms") || name.starts_with("observers_") || name == "port_delta";
  return isFigure ? Json(std::strtoll(value.c_str(), nullptr, 10)) : Json(value);
}

}  // namespace

Json networkCheckJson(const NetworkCheckView& check, std::int64_t nowMs, bool showsAddresses) {
  Json findings = Json::object();
  for (const auto& [name, value] : net::describe(check.report))
    findings[std::string(name)] = findingJson(name, value);
  Json words{{"found", Json::array()}, {"means", Json::array()}, {"do", Json::array()}};
  Json codes = Json::array();
  for (const NetworkSentence& sentence : networkSentences(check)) {
    words[toString(sentence.about)].push_back(sentence.text.toStdString());
    codes.push_back(sentence.code);
  }
  const bool hasTimes = check.startedAtMs && check.endedAtMs;
  Json json{
      {"state", toString(check.state)},
      {"problem", check.endedAtMs ? Json(toString(check.problem)) : Json(nullptr)},
      {"calls_work", check.endedAtMs ? Json(callsWork(check)) : Json(nullptr)},
      {"outlook", net::toString(check.outlook)},
      {"inside_only", check.isInsideOnly},
      {"report", std::move(findings)},
      {"relays_connected", check.relaysConnected},
      {"mapping",
       {{"ipv4", mappingJson(check.mappingV4, nowMs, showsAddresses)},
        {"ipv6", mappingJson(check.mappingV6, nowMs, showsAddresses)}}},
      {"took_ms", hasTimes ? Json(std::max<std::int64_t>(0, *check.endedAtMs - *check.startedAtMs))
                           : Json(nullptr)},
      {"ended_ms_ago", check.endedAtMs ? Json(nowMs - *check.endedAtMs) : Json(nullptr)},
      {"words", std::move(words)},
      {"codes", std::move(codes)},
      {"text", networkText(check).toStdString()}};
  if (showsAddresses) {
    Json disagreeing = Json::array();
    for (const SocketAddress& observer : check.report.disagreeing)
      disagreeing.push_back(observer.toString());
    json["addresses"] = {{"ipv4", addressJson(check.report.mappedV4, true)},
                         {"ipv6", addressJson(check.report.mappedV6, true)},
                         {"disagreeing", std::move(disagreeing)}};
  }
  return json;
}

void ControlVerbs::networkVerb(const ControlRequest& request, const ControlReply& reply) {
  bool isSlow = false, showsAddresses = false, isLast = false;
  for (const std::string& word : request.arguments) {
    if (word == "--slow")
      isSlow = true;
    else if (word == "--addresses")
      showsAddresses = true;
    else if (word == "--last")
      isLast = true;
    else
      return reply(
          failed("arguments", "malformed", "netcheck [--slow] [--addresses] or netcheck --last"));
  }
  if (isSlow && isLast) return reply(failed("arguments", "malformed", "--slow or --last"));
  if (isLast)
    return reply(
        dumped(networkCheckJson(m_engine.networkCheck(), m_engine.steadyNowMs(), showsAddresses)));
  m_engine.checkNetwork(
      isSlow, [this, reply, showsAddresses](Result<NetworkCheckView, Fault> checked) {
        if (!checked) return reply(Failure<Fault>(checked.error()));
        reply(dumped(networkCheckJson(*checked, m_engine.steadyNowMs(), showsAddresses)));
      });
}

}  // namespace foyer::engine
