// The verbs of relays that were joined, and of who may come into the one here.
#include <algorithm>
#include <charconv>

#include "core/engine/control_json.h"
#include "core/engine/control_verbs.h"

namespace foyer::engine {
namespace {

// Nobody means a longer one; who does takes an invite without an end.
constexpr std::int64_t kMaxInviteSeconds = 366LL * 24 * 3600;

Json toJson(const RelayInviteView& invite) {
  return {{"number", invite.number},
          {"link", invite.link.empty() ? Json(nullptr) : Json(invite.link)},
          {"made_ms", invite.madeAtMs},
          {"until_ms", orNull(invite.untilMs)},
          {"over", invite.isOver}};
}

Json toJson(const RelayRunView& run) {
  return {{"started_ms", run.startedAtMs},
          {"ended_ms", orNull(run.endedAtMs)},
          {"most_people", run.mostPeople},
          {"why", run.why}};
}

std::optional<std::int64_t> wholeNumber(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

void ControlVerbs::joinedRelayVerb(const ControlRequest& request, const ControlReply& reply) {
  const auto& verb = request.verb;
  const auto& arguments = request.arguments;
  const bool isMove = verb == "relay-move";
  const auto relay = arguments.empty() ? std::nullopt : Fingerprint::parseHex(arguments[0]);
  const bool isUp = arguments.size() == 2 && arguments[1] == "up";
  const bool isDown = arguments.size() == 2 && arguments[1] == "down";
  if (!relay || (isMove ? !isUp && !isDown : arguments.size() != 1))
    return reply(failed("arguments", "malformed", verb + (isMove ? " RELAY up|down" : " RELAY")));
  const auto known = m_engine.relays();
  if (std::none_of(known.begin(), known.end(),
                   [&](const RelayView& one) { return one.fingerprint == *relay; }))
    return reply(failed("relay", "unknown_relay"));
  if (verb == "relay-forget") m_engine.forgetRelay(*relay);
  if (verb == "relay-confirm") m_engine.confirmRelayKey(*relay);
  if (isMove) m_engine.moveRelay(*relay, isUp ? -1 : 1);
  Json order = Json::array();
  for (const RelayView& one : m_engine.relays())
    if (verb != "relay-forget" || one.fingerprint != *relay) order.push_back(one.fingerprint.hex());
  reply(dumped({{"relays", std::move(order)}}));
}

void ControlVerbs::hostingVerb(const ControlRequest& request, const ControlReply& reply) {
  const auto& verb = request.verb;
  const auto& arguments = request.arguments;
  if (verb == "relay-invite") {
    const auto seconds = arguments.size() == 1 ? wholeNumber(arguments[0]) : std::nullopt;
    const bool isEndless = arguments.empty();
    if (!isEndless && (!seconds || *seconds < 1 || *seconds > kMaxInviteSeconds))
      return reply(failed("arguments", "malformed", "relay-invite [SECONDS]"));
    std::optional<Duration> life;
    if (seconds) life = std::chrono::seconds(*seconds);
    return m_engine.makeInvite(life, [reply](const Result<RelayInviteView, Fault>& made) {
      if (!made) return reply(Failure<Fault>(made.error()));
      reply(dumped(toJson(*made)));
    });
  }
  const HostedRelayView hosted = m_engine.hostedRelay();
  if (verb == "relay-revoke") {
    const auto number = arguments.size() == 1 ? wholeNumber(arguments[0]) : std::nullopt;
    if (!number || *number < 0)
      return reply(failed("arguments", "malformed", "relay-revoke NUMBER"));
    const auto which = static_cast<std::uint64_t>(*number);
    if (std::none_of(hosted.invites.begin(), hosted.invites.end(),
                     [&](const RelayInviteView& one) { return one.number == which; }))
      return reply(failed("relay", "unknown_invite"));
    m_engine.revokeInvite(which);
    return reply(dumped({{"number", which}, {"revoked", true}}));
  }
  Json list = Json::array();
  if (verb == "relay-invites") {
    for (const RelayInviteView& invite : hosted.invites) list.push_back(toJson(invite));
    return reply(dumped({{"asks_invite", hosted.asksInvite}, {"invites", std::move(list)}}));
  }
  for (const RelayRunView& run : hosted.runs) list.push_back(toJson(run));
  reply(dumped({{"runs", std::move(list)}}));
}

}  // namespace foyer::engine
