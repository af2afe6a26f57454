// The verbs of TURN servers. The password comes in as the request's secret and goes out never.
#include "core/engine/control_json.h"
#include "core/engine/control_verbs.h"

namespace foyer::engine {
namespace {

Json toJson(const std::optional<Fault>& fault) {
  if (!fault) return nullptr;
  return {{"stage", fault->stage},
          {"code", fault->code},
          {"retryable", fault->retryable},
          {"detail", fault->detail}};
}

Json toJson(const TurnServerView& server) {
  return {{"link", server.link},
          {"host", server.host},
          {"transport", server.transport},
          {"user", server.userName},
          {"has_password", server.hasPassword},
          {"relay", server.fromRelay ? Json(server.fromRelay->hex()) : Json(nullptr)},
          {"good_until_ms", orNull(server.goodUntilMs)},
          {"in_use", server.isInUse},
          {"fault", toJson(server.fault)}};
}

Json toJson(const TurnTestView& test) {
  return {{"link", test.link},
          {"usable", test.isUsable},
          {"relaying", test.isRelaying},
          {"rtt_ms", orNull(test.roundTripMs)},
          {"relay_rtt_ms", orNull(test.relayRoundTripMs)},
          {"took_ms", test.tookMs},
          {"good_until_ms", orNull(test.goodUntilMs)},
          {"fault", toJson(test.fault)}};
}

// A relay's name and a TURN server's fail in the same way and need other words.
Json wordsOf(const ControlVerbs::Sentence& sentence, std::optional<Fault> fault) {
  if (!fault || !sentence) return nullptr;
  if (fault->stage == "resolve") fault->stage = "turn_resolve";
  return sentence(*fault);
}

// "LINK [--user NAME]", in any order; false: something else.
bool readArguments(const std::vector<std::string>& arguments, QString& link, QString& user) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--user" && i + 1 < arguments.size())
      user = QString::fromStdString(arguments[++i]);
    else if (link.isEmpty() && !arguments[i].starts_with("--"))
      link = QString::fromStdString(arguments[i]);
    else
      return false;
  }
  return !link.isEmpty();
}

}  // namespace

void ControlVerbs::turnVerb(const ControlRequest& request, const ControlReply& reply) {
  const std::string& verb = request.verb;
  if (verb == "turn-list") {
    Json servers = Json::array();
    for (const TurnServerView& server : m_engine.turnServers()) {
      servers.push_back(toJson(server));
      servers.back()["words"] = wordsOf(m_sentence, server.fault);
    }
    return reply(dumped({{"servers", std::move(servers)}}));
  }
  QString link, user;
  const bool isRead = readArguments(request.arguments, link, user);
  if (verb == "turn-test") {
    if (!isRead) return reply(failed("arguments", "malformed", "turn-test LINK [--user NAME]"));
    return m_engine.testTurnServer(link, user, request.secret.text(),
                                   [this, reply](Result<TurnTestView, Fault> test) {
                                     if (!test) return reply(Failure<Fault>(test.error()));
                                     Json json = toJson(*test);
                                     json["words"] = wordsOf(m_sentence, test->fault);
                                     reply(dumped(json));
                                   });
  }
  if (verb == "turn-add") {
    if (!isRead || user.isEmpty())
      return reply(failed("arguments", "malformed", "turn-add LINK --user NAME, and a password"));
    const auto added = [this, reply, link](const Result<void, Fault>& done) {
      if (!done) return reply(Failure<Fault>(done.error()));
      const auto parsed = net::parseTurnLink(link.toStdString());
      for (const TurnServerView& server : m_engine.turnServers())
        if (parsed && !server.fromRelay && server.link == parsed->format())
          return reply(dumped(toJson(server)));
      reply(failed("turn", "unknown_server"));  // removed meanwhile
    };
    return m_engine.addTurnServer(link, user, request.secret.text(), added);
  }
  if (!isRead || !user.isEmpty())
    return reply(failed("arguments", "malformed", "turn-remove LINK"));
  m_engine.removeTurnServer(link, [reply, link](const Result<void, Fault>& done) {
    if (done)
      reply(dumped({{"link", link.toStdString()}, {"removed", true}}));
    else
      reply(Failure<Fault>(done.error()));
  });
}

}  // namespace foyer::engine
