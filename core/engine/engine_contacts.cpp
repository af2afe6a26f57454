// What the engine learns about people and keeps: who was met, whose words matched or differed, who
// is blocked. The rules are contact_list.h's; here they reach the disk and the NET thread.
#include <algorithm>

#include "core/engine/engine.h"

namespace foyer::engine {

void Engine::keepContact(const store::StoredContact& contact) {
  m_contacts.set(contact);
  if (m_net) m_net->post([contact](NetSide& side) { side.contacts().set(contact); });
  rebuildPeople();
  Q_EMIT contactsChanged();
}

void Engine::rememberMet(const client::CallStatus& call) {
  store::StoredContact contact = m_contacts.met(call.peer, call.peerAlias, m_clock.wall());
  if (call.isCompareOnly && contact.state == store::ContactState::Seen)
    contact.state = store::ContactState::KeyChanged;
  m_store->saveContact(contact);
  keepContact(contact);
}

void Engine::verifyCall(const CallId& id, bool matches, Reply<bool> reply) {
  const auto status = std::find_if(m_callStates.begin(), m_callStates.end(),
                                   [&](const auto& s) { return s.call == id; });
  if (status == m_callStates.end()) {
    reply(Failure<Fault>(Fault{"call", "unknown_call", false, {}}));
    return;
  }
  const client::CallStatus at = *status;
  if (!matches) {
    // Also when the call cannot take the verdict: the screen must not say muted and the microphone
    // be open.
    setMuted(true);
    withCall(
        id, [id](client::Client& c, TimePoint now) { return c.verdict(now, id, false); },
        [this, at, reply = std::move(reply)](Result<bool, Fault> done) {
          // What was seen is kept, also where the other side has ended the call meanwhile.
          if (done || at.sas) {
            const auto contact = m_contacts.suspect(at.peer, at.peerAlias, m_clock.wall());
            m_store->saveContact(contact);
            keepContact(contact);
            Q_EMIT peopleChanged();
            Q_EMIT callsChanged();
          }
          reply(std::move(done));
        });
    return;
  }
  if (!at.sas) {
    reply(Failure<Fault>(Fault{"call", "not_secured", true, {}}));
    return;
  }
  const auto isHere = [this](const PublicKey& key) {
    return std::any_of(m_persons.begin(), m_persons.end(), [&](const client::Person& p) {
      return p.key == key && p.availability != client::Availability::Unreachable;
    });
  };
  const auto pinned = m_contacts.verified(at.peer, at.peerAlias, m_clock.wall(), isHere);
  // Verified is on disk before the screen says so (keys.md section 12).
  if (pinned.replaced)
    m_store->replaceContactKey(*pinned.replaced, pinned.contact);
  else
    m_store->saveContact(pinned.contact);
  m_store->flush([this, at, pinned, reply = std::move(reply)](Result<void, Fault> written) {
    if (!written) {
      reply(Failure<Fault>(written.error()));
      return;
    }
    if (pinned.replaced) {
      m_contacts.remove(*pinned.replaced);
      if (m_net)
        m_net->post([key = *pinned.replaced](NetSide& side) { side.contacts().remove(key); });
    }
    keepContact(pinned.contact);
    Q_EMIT peopleChanged();
    Q_EMIT callsChanged();
    withCall(
        at.call,
        [id = at.call](client::Client& c, TimePoint now) { return c.verdict(now, id, true); },
        reply);
  });
}

Result<void, Fault> Engine::blockPerson(const Fingerprint& person, bool isBlocked) {
  if (!m_net) return Failure<Fault>(Fault{"identity", "not_ready", true, {}});
  const store::StoredContact* const known = m_contacts.find(person);
  if (!isBlocked) {
    if (known == nullptr || known->state != store::ContactState::Blocked)
      return Failure<Fault>(Fault{"contact", "not_blocked", false, {}});
    const auto contact = m_contacts.unblocked(*known);
    m_store->saveContact(contact);
    keepContact(contact);
    Q_EMIT peopleChanged();
    return {};
  }
  const auto found = knownOf(person);
  if (!found) return Failure<Fault>(Fault{"contact", "not_found", false, {}});
  const auto contact = m_contacts.blocked(found->key, found->alias, m_clock.wall());
  m_store->saveContact(contact);
  keepContact(contact);
  m_net->post([key = found->key](NetSide& side) { side.client().dropCallsOf(side.now(), key); });
  Q_EMIT peopleChanged();
  Q_EMIT callsChanged();
  return {};
}

std::optional<Engine::Known> Engine::knownOf(const Fingerprint& person) const {
  std::optional<Known> found;
  if (const store::StoredContact* const kept = m_contacts.find(person))
    found = Known{kept->key, {}};
  for (const client::Person& here : m_persons)
    if (here.fingerprint == person) found = Known{here.key, here.alias};
  for (const client::CallStatus& call : m_callStates)
    if (call.peerFingerprint == person) found = Known{call.peer, call.peerAlias};
  return found;
}

void Engine::setBlocked(const Fingerprint& person, bool isBlocked) {
  if (const auto done = blockPerson(person, isBlocked); !done) raise(done.error());
}

void Engine::speakUnverified(const CallId& id) {
  speakUnverified(id, [this](Result<bool, Fault> done) {
    if (!done) raise(done.error());
  });
}

void Engine::speakUnverified(const CallId& id, Reply<bool> reply) {
  withCall(
      id, [id](client::Client& c, TimePoint now) { return c.speakUnverified(now, id); },
      [this, reply = std::move(reply)](Result<bool, Fault> done) {
        // The person's own act, so it also takes back an ordinary mute.
        if (done && m_isMuted) setMuted(false);
        reply(std::move(done));
      });
}

}  // namespace foyer::engine
