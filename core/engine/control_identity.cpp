// The verbs that carry a secret: the 24 words out, a passphrase or the words in.
#include <nlohmann/json.hpp>

#include "core/engine/control_verbs.h"

namespace foyer::engine {
namespace {

std::string dumped(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Failure<Fault> misused(const char* usage) {
  return Failure<Fault>(Fault{.stage = "arguments", .code = "malformed", .detail = usage});
}

}  // namespace

void ControlVerbs::identityVerb(const ControlRequest& request, const ControlReply& reply) {
  const std::string& verb = request.verb;
  std::vector<std::string> words = request.arguments;
  const char* flag = verb == "identity-words" ? "--reveal" : "--replace";
  const bool isFlagged = std::erase(words, flag) > 0;
  const auto restored = [reply](Result<Fingerprint, Fault> done) {
    if (done)
      reply(dumped({{"fingerprint", done->hex()}}));
    else
      reply(Failure<Fault>(done.error()));
  };
  if (verb == "identity-words") {
    if (!words.empty() || !isFlagged) return reply(misused("identity-words --reveal"));
    m_engine.revealWords([reply](Result<std::vector<std::string>, Fault> revealed) {
      if (revealed)
        reply(dumped({{"words", *revealed}}));
      else
        reply(Failure<Fault>(revealed.error()));
    });
  } else if (verb == "identity-export") {
    if (words.size() != 1 || isFlagged)
      return reply(misused("identity-export PATH, and a passphrase"));
    m_engine.exportIdentity(QString::fromStdString(words[0]), request.secret.text(),
                            [reply, path = words[0]](const Result<void, Fault>& done) {
                              if (done)
                                reply(dumped({{"path", path}}));
                              else
                                reply(Failure<Fault>(done.error()));
                            });
  } else if (verb == "identity-import") {
    if (words.size() != 1)
      return reply(misused("identity-import PATH [--replace], and a passphrase"));
    m_engine.importIdentity(QString::fromStdString(words[0]), request.secret.text(), isFlagged,
                            restored);
  } else {
    if (!words.empty()) return reply(misused("identity-restore [--replace], and the 24 words"));
    m_engine.restoreIdentity(request.secret.text(), isFlagged, restored);
  }
}

}  // namespace foyer::engine
