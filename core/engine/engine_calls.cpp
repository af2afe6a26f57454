// What the NET thread says about people and calls, what the person says to calls, and contacts.
#include <algorithm>

#include "core/crypto/identity.h"
#include "core/engine/engine.h"

namespace foyer::engine {

// ---- what the NET thread says

void Engine::onNetUpdate(NetUpdate&& update) {
  if (update.fault) raise(*update.fault);
  if (update.slept) announce("program:woke", "", {{"slept_ms", toMilliseconds(*update.slept)}});
  if (update.relays) onRelays(std::move(*update.relays));
  if (update.people) m_persons = std::move(*update.people);
  if (update.people || update.relays) {
    rebuildPeople();
    if (update.people)
      announce("lobby:changed", "", {{"people", static_cast<std::int64_t>(m_people.size())}});
    Q_EMIT peopleChanged();
  }
  if (update.calls) onCalls(*update.calls, update.at);
  if (update.network) onNetwork(std::move(*update.network));
  if (update.turn) onTurnStates(std::move(*update.turn));
  for (const auto& event : update.events) onClientEvent(event);
}

void Engine::onClientEvent(const client::ClientEvent& event) {
  if (const auto* tried = std::get_if<client::TriedToReachYou>(&event))
    announce("call:tried_to_reach", "", {{"peer", crypto::fingerprintOf(tried->peer).hex()}});
}

void Engine::onCalls(const std::vector<client::CallStatus>& calls, TimePoint at) {
  m_callStates = calls;
  std::optional<CallId> wantsSound;
  for (const client::CallStatus& status : calls) {
    const std::string source = "call:" + status.call.hex();
    if (!m_callGenerations.contains(status.call)) {
      m_callGenerations[status.call] = m_bus.beginGeneration(source);
      m_callBegan[status.call] = m_clock.wall();
    }
    markSound(status, m_clock.now() - at);
    if (status.wantsAudio && !wantsSound) wantsSound = status.call;
    const auto told = m_toldCalls.find(status.call);
    if (told != m_toldCalls.end() && told->second == status.phase) continue;
    m_toldCalls[status.call] = status.phase;
    std::vector<std::pair<std::string, FieldValue>> about{
        {"call", status.call.hex()},
        {"peer", status.peerFingerprint.hex()},
        {"direction",
         std::string(status.direction == client::CallDirection::Incoming ? "incoming"
                                                                         : "outgoing")}};
    if (status.phase == client::CallPhase::Ended) {
      about.emplace_back("reason", std::string(client::toString(status.end)));
      keepCall(status);
    }
    if (status.phase == client::CallPhase::Active) rememberMet(status);
    announce(std::string("call:") + client::toString(status.phase), source, std::move(about));
  }
  std::erase_if(m_toldCalls, [&](const auto& entry) {
    const bool isGone = std::none_of(calls.begin(), calls.end(),
                                     [&](const auto& s) { return s.call == entry.first; });
    if (isGone) {
      m_bus.retire("call:" + entry.first.hex());
      m_callGenerations.erase(entry.first);
      m_callBegan.erase(entry.first);
      m_pastSounds.erase(entry.first);
    }
    return isGone;
  });
  if (m_soundCall != wantsSound) {
    const bool hadSound = m_soundCall.has_value();
    if (hadSound) closeSound();
    // Muted and deafened were this call's: the card of the next one says that one will be heard.
    if (hadSound && !wantsSound) {
      if (m_isMuted) setMuted(false);
      if (m_isDeafened) setDeafened(false);
    }
    if (wantsSound)
      openSound(*wantsSound);
    else if (m_meterUsers > 0)
      openMeterNow();
  }
  applyDeafness();
  Q_EMIT callsChanged();
}

// ---- calls

void Engine::callPerson(const Fingerprint& person, std::optional<Fingerprint> via,
                        std::optional<crypto::CallPolicy> policy, Reply<CallId> reply) {
  if (!m_net) {
    reply(Failure<Fault>(Fault{"identity", "not_ready", true, {}}));
    return;
  }
  if (const store::StoredContact* const contact = m_contacts.find(person)) {
    switch (contact->policy) {
      case ContactPolicy::Usual:
        break;
      case ContactPolicy::Direct:
        if (!policy) policy = crypto::CallPolicy::Trusted;
        break;
      case ContactPolicy::RelayOnly:
        // Whatever a click or a script says: it was chosen for this person.
        policy = crypto::CallPolicy::Private;
        break;
      case ContactPolicy::Ask: {
        // A call to compare words tells no address anyway. By the name that they sign now.
        const auto here = knownOf(person);
        const std::string& alias = here ? here->alias : contact->lastAlias;
        const bool isAsking = !isSuspect(m_contacts.trustOf(contact->key, alias));
        if (!policy && isAsking) {
          reply(Failure<Fault>(Fault{"call", "ask_first", true, {}}));
          return;
        }
        break;
      }
    }
  }
  m_net->post([this, person, via, policy, reply = std::move(reply)](NetSide& side) {
    auto placed = side.client().placeCall(side.now(), person, via, policy);
    QMetaObject::invokeMethod(
        this, [reply, placed] { reply(placed); }, Qt::QueuedConnection);
  });
}

void Engine::withCall(const CallId&,
                      std::function<Result<void, Fault>(client::Client&, TimePoint)> work,
                      Reply<bool> reply) {
  if (!m_net) {
    reply(Failure<Fault>(Fault{"identity", "not_ready", true, {}}));
    return;
  }
  m_net->post([this, work = std::move(work), reply = std::move(reply)](NetSide& side) {
    const auto done = work(side.client(), side.now());
    QMetaObject::invokeMethod(
        this,
        [reply, done] {
          reply(done ? Result<bool, Fault>(true)
                     : Result<bool, Fault>(Failure<Fault>(done.error())));
        },
        Qt::QueuedConnection);
  });
}

void Engine::refreshCalls(std::function<void()> done) {
  if (!m_net) {
    done();
    return;
  }
  m_net->post([this, done = std::move(done)](NetSide& side) {
    auto calls = side.client().calls(side.now());
    QMetaObject::invokeMethod(
        this,
        [this, done, calls = std::move(calls), at = side.now()] {
          onCalls(calls, at);
          done();
        },
        Qt::QueuedConnection);
  });
}

void Engine::setQuality(const CallId& call, std::optional<wire::Tier> tier, Reply<bool> reply) {
  withCall(
      call,
      [call, tier](client::Client& c, TimePoint now) { return c.setQuality(now, call, tier); },
      std::move(reply));
}

void Engine::chooseQuality(const CallId& call, std::optional<wire::Tier> tier) {
  // A call that ended meanwhile needs none.
  setQuality(call, tier, [this](Result<bool, Fault>) { refreshCalls([] {}); });
}

std::optional<wire::Tier> Engine::defaultQuality() const {
  return wire::parseTier(setting("quality").toStdString());
}

void Engine::saveReport(const QString& path, const QByteArray& text, DoneReply reply) {
  keepFile(
      path.toStdString(), text.toStdString(), Existing::Kept, [reply](Result<bool, Fault> done) {
        reply(done ? Result<void, Fault>() : Result<void, Fault>(Failure<Fault>(done.error())));
      });
}

CallId Engine::call(const Fingerprint& person) {
  callPerson(person, {}, {}, [this](Result<CallId, Fault> placed) {
    if (!placed) raise(placed.error());
  });
  return {};
}

void Engine::callPrivately(const Fingerprint& person) {
  callPerson(person, {}, crypto::CallPolicy::Private, [this](Result<CallId, Fault> placed) {
    if (!placed) raise(placed.error());
  });
}

void Engine::callDirectly(const Fingerprint& person) {
  callPerson(person, {}, crypto::CallPolicy::Trusted, [this](Result<CallId, Fault> placed) {
    if (!placed) raise(placed.error());
  });
}

void Engine::answerCall(const CallId& id, bool isTrusted, Reply<bool> reply) {
  for (const client::CallStatus& status : m_callStates) {
    if (status.call != id) continue;
    const store::StoredContact* const contact = m_contacts.find(status.peer);
    if (contact != nullptr && contact->policy == ContactPolicy::RelayOnly) isTrusted = false;
  }
  withCall(
      id,
      [id, isTrusted](client::Client& c, TimePoint now) { return c.answer(now, id, isTrusted); },
      std::move(reply));
}

void Engine::answer(const CallId& id, bool trusted) {
  answerCall(id, trusted, [this](Result<bool, Fault> done) {
    if (!done) raise(done.error());
  });
}
void Engine::reject(const CallId& id) {
  withCall(
      id, [id](client::Client& c, TimePoint now) { return c.reject(now, id); },
      [this](Result<bool, Fault> done) {
        if (!done) raise(done.error());
      });
}
void Engine::hangup(const CallId& id) {
  // Ending a call that ended by itself a moment ago is no error for a person.
  withCall(
      id, [id](client::Client& c, TimePoint now) { return c.hangup(now, id); },
      [](Result<bool, Fault>) {});
}
void Engine::verify(const CallId& id, bool matches) {
  verifyCall(id, matches, [this](Result<bool, Fault> done) {
    if (!done) raise(done.error());
  });
}

void Engine::sendAvailability() {
  if (m_net)
    m_net->post([isQuiet = isOn("do_not_disturb", false), isHidden = isOn("invisible", false),
                 isAway = m_isAway](NetSide& side) {
      side.client().setDoNotDisturb(isQuiet);
      side.client().setAway(isAway);
      side.client().setInvisible(side.now(), isHidden);
    });
}

void Engine::setAway(bool isAway) {
  if (isAway == m_isAway) return;
  m_isAway = isAway;
  sendAvailability();
}

void Engine::holdCall(const CallId& id, bool isHeld, Reply<bool> reply) {
  withCall(
      id, [id, isHeld](client::Client& c, TimePoint now) { return c.setHeld(now, id, isHeld); },
      [this, reply = std::move(reply)](Result<bool, Fault> done) {
        refreshCalls([reply, done] { reply(done); });
      });
}

void Engine::setHeld(const CallId& id, bool isHeld) {
  holdCall(id, isHeld, [this](Result<bool, Fault> done) {
    if (!done) raise(done.error());
  });
}

void Engine::applyDeafness() {
  if (!m_sound || !m_soundCall) return;
  const bool isHeld = std::any_of(m_callStates.begin(), m_callStates.end(), [this](const auto& s) {
    return s.call == *m_soundCall && s.isHeld;
  });
  m_sound->seam->isDeafened.store(m_isDeafened || isHeld, std::memory_order_relaxed);
}

void Engine::setMuted(bool muted) {
  m_isMuted = muted;
  if (m_net) m_net->post([muted](NetSide& side) { side.client().setMuted(side.now(), muted); });
  announce("audio:muted", "", {{"muted", muted}});
  Q_EMIT callsChanged();
}

void Engine::setDeafened(bool deafened) {
  m_isDeafened = deafened;
  applyDeafness();
  Q_EMIT callsChanged();
}

}  // namespace foyer::engine
