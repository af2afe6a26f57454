#include "core/engine/control_verbs.h"

#include "core/engine/control_json.h"
#include "core/engine/redact.h"
#include "core/engine/setting_values.h"
#include "core/wire/text.h"

namespace foyer::engine {
namespace {

const char* nameOf(RelayState state) {
  using enum RelayState;
  switch (state) {
    case Disconnected:
      return "disconnected";
    case Connecting:
      return "connecting";
    case Connected:
      return "connected";
    case KeyChanged:
      return "key_changed";
    case Replaced:
      return "replaced";
  }
  return "disconnected";
}

const char* nameOf(PersonState state) {
  using enum PersonState;
  switch (state) {
    case Available:
      return "available";
    case InCall:
      return "in_call";
    case Away:
      return "away";
    case DoNotDisturb:
      return "dnd";
    case Unreachable:
      return "unreachable";
    case Offline:
      return "offline";
  }
  return "offline";
}

Json toJson(const Fault& fault) {
  return {{"stage", fault.stage},
          {"code", fault.code},
          {"retryable", fault.retryable},
          {"detail", fault.detail}};
}
Json toJson(const std::optional<Fault>& fault) { return fault ? toJson(*fault) : Json(nullptr); }

Json toJson(const RelayView& relay) {
  Json earlier = Json::array();
  for (const auto& key : relay.earlierKeys)
    earlier.push_back(
        {{"fingerprint", key.fingerprint.hex()}, {"replaced_at_ms", key.replacedAtMs}});
  return {{"fingerprint", relay.fingerprint.hex()},
          {"link", relay.link.empty() ? Json(nullptr) : Json(relay.link)},
          {"state", nameOf(relay.state)},
          {"rtt_ms", orNull(relay.rttMs)},
          {"trust", relay.trust},
          {"changed_to", relay.changedTo ? Json(relay.changedTo->hex()) : Json(nullptr)},
          {"attempt", relay.attempt},
          {"retry_in_ms", orNull(relay.retryInMs)},
          {"own", relay.isOwn},
          {"carrier", client::toString(relay.carrier)},
          {"carrier_port", relay.carrierPort},
          {"earlier_keys", std::move(earlier)},
          {"fault", toJson(relay.fault)}};
}

Json toJson(const CallView& call) {
  return {{"call", call.call.hex()},
          {"peer", call.peer.hex()},
          {"alias", call.peerAlias},
          {"direction", call.direction == CallDirection::Incoming ? "incoming" : "outgoing"},
          {"state", client::toString(call.state)},
          {"reason",
           call.state == CallState::Ended ? Json(client::toString(call.reason)) : Json(nullptr)},
          {"trust", nameOf(call.peerTrust)},
          {"relay", call.relay.hex()},
          {"private", call.privateMode},
          {"reconnecting", call.reconnecting},
          {"peer_left", call.hasPeerLeft},
          {"compare_only", call.isCompareOnly},
          {"voice_held", call.isVoiceHeld},
          {"held", call.isHeld},
          {"peer_held", call.isPeerHeld},
          {"peer_muted", call.isPeerMuted}};
}

Json toJson(const HostedRelayView& relay) {
  return {{"phase", relay.phase},
          {"link", relay.link.empty() ? Json(nullptr) : Json(relay.link)},
          {"port", relay.port},
          {"asks_invite", relay.asksInvite},
          {"clients", relay.clients},
          {"calls", relay.calls},
          {"kbps_in", relay.kbpsIn},
          {"kbps_out", relay.kbpsOut},
          {"fault", toJson(relay.fault)},
          {"warning", toJson(relay.warning)}};
}

Json devicesJson(const std::vector<AudioDeviceView>& devices) {
  Json list = Json::array();
  for (const auto& device : devices)
    list.push_back({{"id", device.id},
                    {"label", device.label},
                    {"default", device.isDefault},
                    {"current", device.isCurrent}});
  return list;
}

std::optional<bool> onOff(const std::string& text) {
  if (text == "on" || text == "yes") return true;
  if (text == "off" || text == "no") return false;
  return std::nullopt;
}

}  // namespace

void ControlVerbs::handle(const ControlRequest& request, ControlReply reply) {
  const auto& verb = request.verb;
  const auto& arguments = request.arguments;
  if (verb == "identity") {
    const IdentityView& identity = m_engine.identity();
    reply(dumped(
        {{"fingerprint", identity.blocked ? Json(nullptr) : Json(identity.fingerprint.hex())},
         {"alias", identity.alias},
         {"seed_home", identity.seedHome},
         {"blocked", toJson(identity.blocked)}}));
  } else if (verb == "identity-words" || verb == "identity-export" || verb == "identity-import" ||
             verb == "identity-restore") {
    identityVerb(request, reply);
  } else if (verb == "status") {
    status(reply);
  } else if (verb == "lobby") {
    Json people = Json::array();
    for (const PersonView& person : m_engine.people()) {
      Json relays = Json::array();
      for (const Fingerprint& relay : person.relays) relays.push_back(relay.hex());
      people.push_back(
          {{"fingerprint", person.fingerprint.hex()},
           {"alias", person.alias},
           {"signed_alias", person.signedAlias.empty() ? Json(nullptr) : Json(person.signedAlias)},
           {"favourite", person.isFavourite},
           {"policy", store::toString(person.policy)},
           {"state", nameOf(person.state)},
           {"verified", person.trust == Trust::Verified},
           {"trust", nameOf(person.trust)},
           {"rtt_ms", orNull(person.rttMs)},
           {"relays", std::move(relays)}});
    }
    reply(dumped({{"people", std::move(people)}}));
  } else if (verb == "devices") {
    const AudioView audio = m_engine.audio();
    reply(dumped({{"inputs", devicesJson(audio.inputs)},
                  {"outputs", devicesJson(audio.outputs)},
                  {"fault", toJson(audio.fault)}}));
  } else if (verb == "mute") {
    const auto isMuted = arguments.size() == 1 ? onOff(arguments[0]) : std::nullopt;
    if (!isMuted) return reply(failed("arguments", "malformed", "mute on|off"));
    m_engine.setMuted(*isMuted);
    reply(dumped({{"muted", *isMuted}}));
  } else if (verb == "block" || verb == "unblock") {
    const auto person = arguments.size() == 1 ? Fingerprint::parseHex(arguments[0]) : std::nullopt;
    if (!person) return reply(failed("arguments", "malformed", verb + " FINGERPRINT"));
    const auto done = m_engine.blockPerson(*person, verb == "block");
    if (!done) return reply(Failure<Fault>(done.error()));
    reply(dumped({{"fingerprint", person->hex()}, {"blocked", verb == "block"}}));
  } else if (verb == "export") {
    if (arguments.size() != 1) return reply(failed("arguments", "malformed", "export PATH"));
    exportBundle(arguments[0], reply);
  } else if (verb == "quit") {
    reply(dumped({{"quitting", true}}));
    Q_EMIT m_engine.quitRequested();
  } else if (verb == "set" || verb == "get") {
    settingVerb(request, reply);
  } else if (verb == "turn-add" || verb == "turn-list" || verb == "turn-remove" ||
             verb == "turn-test") {
    turnVerb(request, reply);
  } else if (verb == "history" || verb == "history-remove" || verb == "history-clear") {
    historyVerb(request, reply);
  } else if (verb == "contacts" || verb == "contact" || verb == "contact-set" ||
             verb == "contact-remove" || verb == "contacts-export" || verb == "contacts-import") {
    contactVerb(request, reply);
  } else if (verb == "netcheck") {
    networkVerb(request, reply);
  } else if (verb == "capabilities" || verb == "versions" || verb == "impair") {
    diagnosticsVerb(request, reply);
  } else if (verb == "stats") {
    stats(request, reply);
  } else if (verb == "call" || verb == "answer" || verb == "reject" || verb == "hangup" ||
             verb == "sas" || verb == "verify" || verb == "speak-unverified" || verb == "quality" ||
             verb == "hold" || verb == "export-record") {
    callVerb(request, reply);
  } else if (verb == "relay-forget" || verb == "relay-confirm" || verb == "relay-move") {
    joinedRelayVerb(request, reply);
  } else if (verb == "relay-invite" || verb == "relay-invites" || verb == "relay-revoke" ||
             verb == "relay-log") {
    hostingVerb(request, reply);
  } else if (verb == "relay-start" || verb == "relay-stop" || verb == "relay-status" ||
             verb == "connect" || verb == "disconnect" || verb == "relays" || verb == "invite") {
    relayVerb(request, reply);
  } else {
    reply(failed("control", "unknown_verb", redact(verb)));
  }
}

void ControlVerbs::status(const ControlReply& reply) {
  Json relays = Json::array();
  const char* best = "disconnected";
  for (const RelayView& relay : m_engine.relays()) {
    relays.push_back(toJson(relay));
    if (relay.state == RelayState::Connected)
      best = "connected";
    else if (relay.state == RelayState::Connecting && std::string_view(best) == "disconnected")
      best = "connecting";
  }
  Json calls = Json::array();
  for (const CallView& call : m_engine.calls()) calls.push_back(toJson(call));
  reply(dumped({{"relay", best},
                {"relays", std::move(relays)},
                {"calls", std::move(calls)},
                {"muted", m_engine.isMuted()},
                {"away", m_engine.isAway()},
                {"metered", m_engine.isMetered()}}));
}

void ControlVerbs::callVerb(const ControlRequest& request, const ControlReply& reply) {
  const auto& verb = request.verb;
  const auto& arguments = request.arguments;
  if (verb == "call") {
    const auto person = arguments.empty() ? std::nullopt : Fingerprint::parseHex(arguments[0]);
    std::size_t next = 1;
    const bool hasVia = arguments.size() >= 3 && arguments[1] == "via";
    const auto via = hasVia ? Fingerprint::parseHex(arguments[2]) : std::nullopt;
    if (hasVia) next = 3;
    std::optional<crypto::CallPolicy> policy;
    if (next < arguments.size() && arguments[next] == "trusted")
      policy = crypto::CallPolicy::Trusted;
    if (next < arguments.size() && arguments[next] == "private")
      policy = crypto::CallPolicy::Private;
    if (policy) ++next;
    if (!person || (hasVia && !via) || next < arguments.size())
      return reply(
          failed("arguments", "malformed", "call FINGERPRINT [via RELAY] [trusted|private]"));
    m_engine.callPerson(*person, via, policy, [reply](Result<CallId, Fault> placed) {
      if (placed)
        reply(dumped({{"call", placed->hex()}}));
      else
        reply(Failure<Fault>(placed.error()));
    });
    return;
  }
  if (verb == "quality") return qualityVerb(request, reply);
  if (verb == "export-record") return exportRecord(request, reply);
  const auto id = arguments.empty() ? std::nullopt : CallId::parseHex(arguments[0]);
  if (!id) return reply(failed("arguments", "malformed", verb + " CALL"));
  const Json answer{{"call", id->hex()}};
  if (verb == "answer") {
    const bool isTrusted = arguments.size() == 2 && arguments[1] == "trusted";
    if (!isTrusted && !(arguments.size() == 2 && arguments[1] == "private"))
      return reply(failed("arguments", "malformed", "answer CALL trusted|private"));
    m_engine.answerCall(*id, isTrusted, asJson(reply, answer));
  } else if (verb == "reject") {
    m_engine.withCall(
        *id, [call = *id](client::Client& c, TimePoint now) { return c.reject(now, call); },
        asJson(reply, answer));
  } else if (verb == "hangup") {
    m_engine.withCall(
        *id, [call = *id](client::Client& c, TimePoint now) { return c.hangup(now, call); },
        asJson(reply, answer));
  } else if (verb == "speak-unverified") {
    m_engine.speakUnverified(*id, asJson(reply, answer));
  } else if (verb == "hold") {
    const auto isHeld = arguments.size() == 2 ? onOff(arguments[1]) : std::nullopt;
    if (!isHeld) return reply(failed("arguments", "malformed", "hold CALL on|off"));
    m_engine.holdCall(*id, *isHeld, asJson(reply, {{"call", id->hex()}, {"held", *isHeld}}));
  } else if (verb == "verify") {
    const auto matches = arguments.size() == 2 ? onOff(arguments[1]) : std::nullopt;
    if (!matches) return reply(failed("arguments", "malformed", "verify CALL yes|no"));
    m_engine.verifyCall(*id, *matches,
                        asJson(reply, {{"call", id->hex()}, {"verified", *matches}}));
  } else {  // sas
    const auto call = m_engine.callView(*id);
    if (!call) return reply(failed("call", "unknown_call"));
    if (!call->sas)
      return reply(dumped(
          {{"digits", nullptr}, {"words", nullptr}, {"verified", false}, {"peer_says", nullptr}}));
    reply(dumped({{"digits", call->sas->digits},
                  {"words", call->sas->words},
                  {"verified", call->sas->verified},
                  {"peer_says", orNull(call->sas->peerSays)}}));
  }
}

void ControlVerbs::relayVerb(const ControlRequest& request, const ControlReply& reply) {
  const auto& verb = request.verb;
  const auto& arguments = request.arguments;
  if (verb == "relay-status") return reply(dumped(toJson(m_engine.hostedRelay())));
  if (verb == "relay-start") {
    int port = Engine::kKeptPort;
    if (!arguments.empty()) {
      bool isNumber = false;
      port = QString::fromStdString(arguments[0]).toInt(&isNumber);
      if (!isNumber || port < 0 || port > 65535)
        return reply(failed("arguments", "malformed", "relay-start [PORT]"));
      if (port == 0) port = Engine::kOtherPort;
    }
    // One that serves stays: a second start would cut everybody off.
    if (port <= 0 && m_engine.hostedRelay().phase == "serving")
      return reply(dumped(toJson(m_engine.hostedRelay())));
    m_engine.startRelay(port);
    m_engine.whenRelaySettles([this, reply] {
      const HostedRelayView relay = m_engine.hostedRelay();
      if (relay.fault) return reply(Failure<Fault>(*relay.fault));
      reply(dumped(toJson(relay)));
    });
    return;
  }
  if (verb == "relay-stop") {
    m_engine.stopRelay(false);
    m_engine.whenRelaySettles([this, reply] { reply(dumped(toJson(m_engine.hostedRelay()))); });
    return;
  }
  if (verb == "connect") {
    if (arguments.size() != 1) return reply(failed("arguments", "malformed", "connect LINK"));
    const auto connected = m_engine.tryConnect(QString::fromStdString(arguments[0]));
    if (!connected) return reply(Failure<Fault>(connected.error()));
    return reply(dumped({{"connecting", true}}));
  }
  if (verb == "disconnect") {
    std::vector<Fingerprint> which;
    if (!arguments.empty()) {
      const auto relay = Fingerprint::parseHex(arguments[0]);
      if (!relay) return reply(failed("arguments", "malformed", "disconnect [RELAY]"));
      const auto known = m_engine.relays();
      if (std::none_of(known.begin(), known.end(),
                       [&](const RelayView& r) { return r.fingerprint == *relay; }))
        return reply(failed("relay", "unknown_relay"));
      which.push_back(*relay);
    } else {
      for (const RelayView& relay : m_engine.relays()) which.push_back(relay.fingerprint);
    }
    for (const Fingerprint& relay : which) m_engine.disconnectRelay(relay);
    return reply(dumped({{"disconnected", which.size()}}));
  }
  if (verb == "relays") {
    Json relays = Json::array();
    for (const RelayView& relay : m_engine.relays()) relays.push_back(toJson(relay));
    Json found = Json::array();
    for (const DiscoveredRelayView& relay : m_engine.discovered())
      found.push_back(
          {{"fingerprint", relay.fingerprint.hex()}, {"name", relay.name}, {"link", relay.link}});
    return reply(dumped({{"relays", std::move(relays)}, {"discovered", std::move(found)}}));
  }
  // invite
  const IdentityView identity = m_engine.identity();
  wire::PersonLink person;
  person.person = identity.fingerprint;
  person.name = identity.alias;
  const HostedRelayView hosted = m_engine.hostedRelay();
  // Without an invite nobody gets in by the link of a relay that asks for one.
  const bool isOpen = hosted.phase == "serving" && !hosted.asksInvite;
  std::string relayLink = isOpen ? hosted.link : std::string();
  if (hosted.phase == "serving" && relayLink.empty())
    for (const RelayInviteView& invite : hosted.invites)
      if (relayLink.empty() && !invite.isOver) relayLink = invite.link;
  if (relayLink.empty())
    for (const RelayView& relay : m_engine.relays())
      if (relayLink.empty() && relay.state == RelayState::Connected && !relay.isOwn)
        relayLink = relay.link;
  if (const auto parsed = wire::parseRelayLink(relayLink)) person.relay = *parsed;
  reply(dumped({{"person", person.format()},
                {"relay", relayLink.empty() ? Json(nullptr) : Json(relayLink)}}));
}

void ControlVerbs::settingVerb(const ControlRequest& request, const ControlReply& reply) {
  const auto& verb = request.verb;
  const auto& arguments = request.arguments;
  if (arguments.size() != (verb == "set" ? 2U : 1U))
    return reply(failed("arguments", "malformed", verb + " KEY" + (verb == "set" ? " VALUE" : "")));
  const QString key = QString::fromStdString(arguments[0]);
  const char* refusal = settingRefusal(arguments[0], verb == "set" ? arguments[1] : "");
  if (refusal != nullptr) return reply(failed("settings", refusal, redact(arguments[0])));
  if (verb == "get") {
    if (arguments[0] == "alias")
      return reply(dumped({{"key", "alias"}, {"value", m_engine.identity().alias}}));
    const QString value = m_engine.setting(key);
    return reply(dumped({{"key", arguments[0]},
                         {"value", value.isEmpty() ? Json(nullptr) : Json(value.toStdString())}}));
  }
  if (arguments[0] == "alias") {
    if (arguments[1].empty()) return reply(failed("settings", "bad_alias"));
    m_engine.setAlias(QString::fromStdString(arguments[1]));
  } else if (arguments[0] == "audio_in") {
    m_engine.selectInput(QString::fromStdString(arguments[1]));
  } else if (arguments[0] == "audio_out") {
    m_engine.selectOutput(QString::fromStdString(arguments[1]));
  } else {
    m_engine.setSetting(key, QString::fromStdString(arguments[1]));
  }
  reply(dumped({{"key", arguments[0]}, {"value", arguments[1]}}));
}

void ControlVerbs::exportBundle(const std::string& path, const ControlReply& reply) {
  Json bundle;
  bundle["foyer"] = FOYER_VERSION;
  bundle["uptime_ms"] = m_engine.uptimeMs();
  Json relays = Json::array();
  for (const RelayView& relay : m_engine.relays())
    relays.push_back({{"state", nameOf(relay.state)},
                      {"rtt_ms", orNull(relay.rttMs)},
                      {"trust", relay.trust},
                      {"fault", toJson(relay.fault)}});
  bundle["relays"] = std::move(relays);
  Json calls = Json::array();
  for (const CallView& call : m_engine.calls())
    calls.push_back({{"call", call.call.hex()},
                     {"state", client::toString(call.state)},
                     {"reason", client::toString(call.reason)},
                     {"tx", toJson(call.stats.tx)},
                     {"rx", toJson(call.stats.rx)},
                     {"path", call.stats.path},
                     {"path_reason", client::toString(call.stats.pathReason)},
                     {"path_record", pathRecordJson(call.stats, false)}});
  bundle["calls"] = std::move(calls);
  bundle["people"] = m_engine.people().size();
  bundle["network"] = networkCheckJson(m_engine.networkCheck(), m_engine.steadyNowMs(), false);
  const auto counters = m_engine.bus().counters();
  bundle["events"] = {{"emitted", counters.emitted},
                      {"unheard", counters.unheard},
                      {"overflows", counters.overflows}};
  m_engine.askCapabilities(
      [this, bundle = std::move(bundle), path, reply](const std::optional<NetFacts>&) mutable {
        addDiagnostics(bundle, m_engine);
        const std::string text = redact(bundle.dump(2, ' ', false, Json::error_handler_t::replace));
        m_engine.keepFile(path, text, Engine::Existing::Replaced,
                          asJson(reply, {{"path", path}, {"bytes", text.size()}}));
      });
}

}  // namespace foyer::engine
