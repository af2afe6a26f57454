// What each message does once its frame is whole: hello and admission, presence, TURN, calls.
#include <algorithm>

#include "core/crypto/observed.h"
#include "core/crypto/presence.h"
#include "core/wire/limits.h"
#include "relaylite/relay.h"
#include "relaylite/relay_core.h"

namespace foyer::relaylite {
namespace {

constexpr std::uint8_t kVersion = 1;

}  // namespace

// ---- admission

void RelayCore::newcomerMessage(TimePoint now, Session& session, const wire::Message& message) {
  if (const auto* first = std::get_if<wire::Hello>(&message)) return hello(now, session, *first);
  close(now, session, wire::CloseCode::ProtocolViolation);
}

std::optional<wire::RefusedCode> RelayCore::whyRefused(TimePoint now, const Session& session,
                                                       const wire::Hello& message) const {
  const RelayLimits& limits = m_config.limits;
  if (isDraining()) return wire::RefusedCode::Draining;
  if (std::find(message.versions.begin(), message.versions.end(), kVersion) ==
      message.versions.end()) {
    return wire::RefusedCode::Version;
  }
  const WallTime wall{static_cast<std::int64_t>(wallMs(now))};
  if (const auto code = m_gate.check(message.invite, session.who, wall)) return code;
  // Who comes back takes no new place.
  if (m_directory->route(session.who)) return std::nullopt;
  if (m_admitted >= limits.maxClients) return wire::RefusedCode::Full;
  if (m_addresses.of(session.remote.ip) > limits.maxClientsPerAddress) {
    return wire::RefusedCode::AddressLimit;
  }
  return std::nullopt;
}

void RelayCore::hello(TimePoint now, Session& session, const wire::Hello& message) {
  if (const auto code = whyRefused(now, session, message)) {
    return refuse(now, session, message.id, *code);
  }
  admit(now, session, message);
}

void RelayCore::refuse(TimePoint now, Session& session, std::uint32_t id, wire::RefusedCode code) {
  ++m_metrics.refused;
  wire::Refused refused{id, code, "", std::nullopt};
  if (code == wire::RefusedCode::Draining) refused.retryAfterMs = kDrainRetryMs;
  if (code == wire::RefusedCode::Full || code == wire::RefusedCode::AddressLimit) {
    refused.retryAfterMs = kFullRetryMs;
  }
  m_outbox.send(session.id, refused);
  close(now, session, wire::CloseCode::Refused);
}

void RelayCore::admit(TimePoint now, Session& session, const wire::Hello& message) {
  const auto older = m_directory->attach(session.who, {0, session.id});
  if (older) {
    if (Session* old = find(older->connection)) {
      ++m_metrics.replaced;
      m_outbox.send(old->id, wire::Replaced{});
      close(now, *old, wire::CloseCode::Replaced);
    }
  }
  session.phase = Session::Phase::Admitted;
  ++m_admitted;
  ++m_metrics.admitted;
  session.helloId = message.id;
  session.invite = m_gate.admitted(message.invite, session.who);
  emit(ClientChanged{+1, session.number, session.who, now});
  m_outbox.send(session.id,
                wire::Welcome{message.id, kVersion, wallMs(now), session.remote.toString(),
                              m_config.build, m_config.recordTtlSeconds, vouchFor(now, session)});
  if (message.isHidden) {
    // Also where the goodbye of the earlier connection was lost, or is still on its way.
    m_goneAt.erase(session.who);
    if (m_directory->find(session.who) != nullptr) {
      m_directory->remove(session.who);
      m_hub.changed(now);
    }
  } else if (m_goneAt.erase(session.who) > 0) {
    m_directory->setState(session.who, wire::PresenceState::Available);
    m_hub.changed(now);
  }
  watchLeg(now, session);
}

Bytes RelayCore::vouchFor(TimePoint now, const Session& session) const {
  return crypto::signObserved(m_identity, session.key, session.remote.ip, wallMs(now));
}

// ---- session and presence

bool RelayCore::sessionMessage(TimePoint now, Session& session, const wire::Message& message) {
  if (const auto* ping = std::get_if<wire::Ping>(&message)) {
    m_outbox.send(session.id, wire::Pong{ping->id});
  } else if (const auto* reflect = std::get_if<wire::Reflect>(&message)) {
    m_outbox.send(session.id,
                  wire::Reflected{reflect->id, session.remote.toString(), vouchFor(now, session)});
  } else if (const auto* record = std::get_if<wire::Publish>(&message)) {
    publish(now, session, *record);
  } else if (const auto* state = std::get_if<wire::Availability>(&message)) {
    availability(now, session, *state);
  } else if (const auto* get = std::get_if<wire::PresenceGet>(&message)) {
    presenceGet(now, session, *get);
  } else if (const auto* turn = std::get_if<wire::TurnGet>(&message)) {
    turnGet(now, session, *turn);
  } else {
    // An answer to no question of ours.
    return std::holds_alternative<wire::Pong>(message);
  }
  return true;
}

void RelayCore::publish(TimePoint now, Session& session, const wire::Publish& message) {
  const RelayLimits& limits = m_config.limits;
  const auto fail = [&](wire::ErrorCode code) { error(now, session, message.id, code, "publish"); };
  const Person* known = m_directory->find(session.who);
  if (known == nullptr || known->record != message.record) {
    const double perSecond = 1.0 / std::chrono::duration<double>(kPublishInterval).count();
    if (!session.publish.take(now, perSecond, limits.publishBurst)) {
      return fail(wire::ErrorCode::TooSoon);
    }
    const auto record = crypto::openPresence(message.record);
    if (!record) return fail(wire::ErrorCode::BadRecord);
    if (record->identity != session.key) return fail(wire::ErrorCode::WrongKey);
    if (known != nullptr && record->sequence <= known->sequence) {
      return fail(wire::ErrorCode::StaleRecord);
    }
    const auto state = known == nullptr ? wire::PresenceState::Available : known->state;
    const wire::LegMs leg = known == nullptr ? std::nullopt : known->leg;
    m_directory->put(session.who, {message.record, record->sequence, state, leg});
    watchLeg(now, session);
    m_hub.changed(now);
  }
  m_outbox.send(session.id, wire::Published{message.id, m_directory->version()});
}

void RelayCore::availability(TimePoint now, Session& session, const wire::Availability& message) {
  const RelayLimits& limits = m_config.limits;
  if (!session.availability.take(now, limits.availabilityPerSecond, limits.availabilityBurst)) {
    return error(now, session, 0, wire::ErrorCode::RateLimited, "availability");
  }
  if (m_directory->find(session.who) == nullptr) {
    return error(now, session, 0, wire::ErrorCode::NotRegistered, "availability");
  }
  const std::uint64_t before = m_directory->version();
  m_directory->setState(session.who, message.state);
  if (m_directory->version() != before) m_hub.changed(now);
}

void RelayCore::presenceGet(TimePoint now, Session& session, const wire::PresenceGet& message) {
  const RelayLimits& limits = m_config.limits;
  if (!session.snapshots.take(now, limits.snapshotsPerMinute / 60, limits.snapshotsBurst)) {
    return error(now, session, message.id, wire::ErrorCode::RateLimited, "presence_get");
  }
  m_hub.subscribe(now, session.id, message.version);
}

void RelayCore::turnGet(TimePoint now, Session& session, const wire::TurnGet& message) {
  const RelayLimits& limits = m_config.limits;
  if (!session.turn.take(now, limits.turnPerMinute / 60, limits.turnBurst)) {
    return error(now, session, message.id, wire::ErrorCode::RateLimited, "turn_get");
  }
  wire::TurnGiven given{message.id, {}, {}, {}, 0};
  const TurnOffer& offer = m_config.turn;
  if (!offer.links.empty() && offer.secret != nullptr) {
    const auto end = static_cast<std::int64_t>(wallMs(now) / 1000) + offer.lifetimeSeconds;
    // A number of this run: its quota is one client's, and it names nobody to that server.
    const std::string name = "foyer-" + std::to_string(session.number);
    if (auto made = net::makeTurnRest(viewOf(offer.secret->text()), name, end)) {
      given.links = offer.links;
      given.username = std::move(made->username);
      given.password = made->password.text();
      given.ttlSeconds = offer.lifetimeSeconds;
    }
  }
  m_outbox.send(session.id, given);
  crypto::wipe({reinterpret_cast<std::uint8_t*>(given.password.data()), given.password.size()});
}

// ---- calls

bool RelayCore::callMessage(TimePoint now, Session& session, const wire::Message& message) {
  const Speaker speaker{session.id, session.who};
  const std::size_t before = m_router.calls();
  const auto isOwn = [&](const Fingerprint& from) {
    if (from == session.who) return true;
    ++m_metrics.wrongFrom;
    return false;
  };
  if (const auto* offer = std::get_if<wire::Offer>(&message)) {
    const RelayLimits& limits = m_config.limits;
    if (isOwn(offer->from)) {
      const bool mayOffer =
          session.offers.take(now, limits.offersPerMinute / 60, limits.offersBurst);
      m_router.offer(now, speaker, *offer, mayOffer);
    }
  } else if (const auto* setup = std::get_if<wire::Setup>(&message)) {
    if (isOwn(setup->from)) m_router.route(now, speaker, *setup);
  } else if (const auto* sealed = std::get_if<wire::Sealed>(&message)) {
    if (isOwn(sealed->from)) m_router.route(now, speaker, *sealed);
  } else if (const auto* attach = std::get_if<wire::Attach>(&message)) {
    m_router.attach(now, speaker, *attach);
  } else if (const auto* release = std::get_if<wire::Release>(&message)) {
    m_router.release(now, speaker, *release);
  } else {
    return false;
  }
  if (m_router.calls() > before) emit(CallChanged{+1, now});
  if (m_router.calls() < before) emit(CallChanged{-1, now});
  return true;
}

}  // namespace foyer::relaylite
