// Backup and restore of the identity. What is secret here goes to the one who asked and nowhere
// else: no event, no fault that is raised, no log line carries it.
#include <algorithm>

#include "core/crypto/identity.h"
#include "core/crypto/words.h"
#include "core/engine/engine.h"
#include "core/store/identity_backup.h"

namespace foyer::engine {

void Engine::revealWords(WordsReply reply) {
  if (!m_isLoaded) return reply(Failure<Fault>(Fault{"identity", "not_ready", true, {}}));
  m_store->readSeed([reply = std::move(reply)](Result<crypto::SecretSeed, Fault> seed) {
    if (!seed) return reply(Failure<Fault>(seed.error()));
    const auto words = crypto::wordsOfSeed(*seed);
    reply(std::vector<std::string>(words.begin(), words.end()));
  });
}

void Engine::exportIdentity(const QString& path, const std::string& passphrase, DoneReply reply) {
  if (!m_isLoaded) return reply(Failure<Fault>(Fault{"identity", "not_ready", true, {}}));
  m_store->exportIdentity(path.toStdString(), store::SecretText(passphrase), std::move(reply));
}

std::optional<Fault> Engine::refusalOf(const Fingerprint& next, bool mayReplace) const {
  if (!m_isLoaded) return Fault{"identity", "not_ready", true, {}};
  if (m_isRestoring) return Fault{"backup", "busy", true, {}};
  const bool isInCall = std::any_of(
      m_callStates.begin(), m_callStates.end(),
      [](const client::CallStatus& call) { return call.phase != client::CallPhase::Ended; });
  if (isInCall) return Fault{"backup", "in_call", true, {}};
  // Behind a secret that cannot be read may be any number of contacts.
  const bool isKnown = m_identity.blocked || !m_contacts.empty();
  if (isKnown && !mayReplace && next != m_identity.fingerprint)
    return Fault{"backup", "would_replace", false, {}};
  return std::nullopt;
}

void Engine::importIdentity(const QString& path, const std::string& passphrase, bool mayReplace,
                            RestoreReply reply) {
  // What can be refused without half a second of work is.
  if (const auto refusal = refusalOf(m_identity.fingerprint, true))
    return reply(Failure<Fault>(*refusal));
  m_store->readBackup(
      path.toStdString(), store::SecretText(passphrase),
      [this, mayReplace, reply = std::move(reply)](Result<crypto::SecretSeed, Fault> seed) {
        if (!seed) return reply(Failure<Fault>(seed.error()));
        replaceIdentity(std::move(*seed), mayReplace, reply);
      });
}

void Engine::restoreIdentity(const std::string& words, bool mayReplace, RestoreReply reply) {
  auto seed = store::seedFromWords(words);
  if (!seed) return reply(Failure<Fault>(seed.error()));
  replaceIdentity(std::move(*seed), mayReplace, std::move(reply));
}

void Engine::replaceIdentity(crypto::SecretSeed seed, bool mayReplace, RestoreReply reply) {
  const Fingerprint next = crypto::Identity::fromSeed(seed).fingerprint();
  if (const auto refusal = refusalOf(next, mayReplace)) return reply(Failure<Fault>(*refusal));
  if (!m_identity.blocked && next == m_identity.fingerprint) return reply(next);
  m_isRestoring = true;
  m_store->importSeed(std::move(seed), [this, next, reply = std::move(reply)](
                                           Result<store::StoredState, Fault> loaded) {
    m_isRestoring = false;
    if (!loaded) {
      // The old identity is still the one in force.
      Fault fault = loaded.error();
      if (fault.stage == "profile") fault.stage = "backup";
      return reply(Failure<Fault>(fault));
    }
    // The name and the devices were chosen, or the first start still asks for them.
    loaded->isFirstStart = false;
    forgetSession();
    onLoaded(std::move(loaded));
    announce("identity:restored", "", {{"fingerprint", next.hex()}});
    reply(next);
  });
}

// What the relays said belongs to the identity that they knew.
void Engine::forgetSession() {
  m_netInbox.close();
  onCalls({}, m_clock.now());
  m_relayStates.clear();
  m_toldPhases.clear();
  m_persons.clear();
  m_people.clear();
  Q_EMIT relaysChanged();
  Q_EMIT peopleChanged();
}

}  // namespace foyer::engine
