// The verbs of contacts.
#include "core/engine/control_json.h"
#include "core/engine/control_verbs.h"

namespace foyer::engine {
namespace {

Json orNull(std::int64_t ms) { return ms > 0 ? Json(ms) : Json(nullptr); }

Json toJson(const ContactDetails& contact) {
  Json earlier = Json::array();
  for (const auto& key : contact.earlierKeys)
    earlier.push_back({{"fingerprint", key.fingerprint.hex()},
                       {"replaced_at_ms", key.replacedAtMs},
                       {"was_verified", key.wasVerified}});
  return {{"fingerprint", contact.fingerprint.hex()},
          {"name", contact.ownName},
          {"alias", contact.signedAlias},
          {"note", contact.note},
          {"kept", contact.isKept},
          {"favourite", contact.isFavourite},
          {"policy", store::toString(contact.policy)},
          {"ring", contact.ring},
          {"trust", nameOf(contact.trust)},
          {"verified_at_ms", engine::orNull(contact.verifiedAtMs)},
          {"verified_by_file", contact.isFromFile},
          {"first_seen_ms", orNull(contact.firstSeenMs)},
          {"last_call_ms", orNull(contact.lastCallMs)},
          {"earlier_keys", std::move(earlier)}};
}

// What `contact-set PERSON FIELD VALUE` asks for.
std::optional<ContactChange> changeOf(const std::string& field, const std::string& value) {
  ContactChange change;
  if (field == "name") {
    change.ownName = value;
  } else if (field == "note") {
    change.note = value;
  } else if (field == "ring") {
    change.ring = value;
  } else if (field == "favourite" && (value == "on" || value == "off")) {
    change.isFavourite = value == "on";
  } else if (field == "policy") {
    change.policy = store::parseContactPolicy(value);
    if (!change.policy) return std::nullopt;
  } else {
    return std::nullopt;
  }
  return change;
}

}  // namespace

void ControlVerbs::contactVerb(const ControlRequest& request, const ControlReply& reply) {
  const auto& verb = request.verb;
  const auto& arguments = request.arguments;
  if (verb == "contacts") {
    Json contacts = Json::array();
    for (const ContactDetails& contact : m_engine.contacts()) contacts.push_back(toJson(contact));
    return reply(dumped({{"contacts", std::move(contacts)}}));
  }
  if (verb == "contacts-export" || verb == "contacts-import")
    return contactFileVerb(request, reply);
  const auto person = arguments.empty() ? std::nullopt : Fingerprint::parseHex(arguments[0]);
  if (verb == "contact-set") {
    const auto change =
        person && arguments.size() == 3 ? changeOf(arguments[1], arguments[2]) : std::nullopt;
    if (!change)
      return reply(failed("arguments", "malformed",
                          "contact-set FINGERPRINT name|note|ring TEXT, favourite on|off, policy "
                          "usual|direct|relay|ask"));
    const auto done = m_engine.changeContact(*person, *change);
    if (!done) return reply(Failure<Fault>(done.error()));
  } else if (!person || arguments.size() != 1) {
    return reply(failed("arguments", "malformed", verb + " FINGERPRINT"));
  } else if (verb == "contact-remove") {
    const auto done = m_engine.removeContact(*person);
    if (!done) return reply(Failure<Fault>(done.error()));
    return reply(dumped({{"fingerprint", person->hex()}, {"removed", true}}));
  }
  const auto contact = m_engine.contact(*person);
  if (!contact) return reply(failed("contact", "not_found"));
  reply(dumped(toJson(*contact)));
}

void ControlVerbs::contactFileVerb(const ControlRequest& request, const ControlReply& reply) {
  const auto& arguments = request.arguments;
  if (request.verb == "contacts-export") {
    if (arguments.size() != 1)
      return reply(failed("arguments", "malformed", "contacts-export PATH"));
    const std::string path = arguments[0];
    const std::size_t count = m_engine.contacts().size();
    m_engine.exportContacts(QString::fromStdString(path),
                            [reply, path, count](Result<void, Fault> done) {
                              if (!done) return reply(Failure<Fault>(done.error()));
                              reply(dumped({{"path", path}, {"contacts", count}}));
                            });
    return;
  }
  bool isOwn = false, isTrial = false, isGood = !arguments.empty();
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    isOwn |= arguments[i] == "own";
    isTrial |= arguments[i] == "trial";
    isGood &= arguments[i] == "own" || arguments[i] == "trial";
  }
  if (!isGood) return reply(failed("arguments", "malformed", "contacts-import PATH [own] [trial]"));
  m_engine.importContacts(QString::fromStdString(arguments[0]), isOwn, isTrial,
                          [reply](Result<ContactImportView, Fault> done) {
                            if (!done) return reply(Failure<Fault>(done.error()));
                            reply(dumped({{"read", done->read},
                                          {"added", done->added},
                                          {"completed", done->completed},
                                          {"verified", done->verified},
                                          {"conflicts", done->conflicts},
                                          {"ignored", done->ignored},
                                          {"refused", done->refused}}));
                          });
}

}  // namespace foyer::engine
