// The relay's logic over any Carrier: who is admitted, what each message does, what is too much.
// Relay (relay.h) puts it on QUIC; fuzzing drives it directly. Leaves out presence telling
// (PresenceHub), calls (CallRouter) and packets (Forwarder), which it owns. Value, no thread.
#pragma once

#include <deque>
#include <memory>
#include <unordered_map>
#include <vector>

#include "core/base/random.h"
#include "core/crypto/identity.h"
#include "relaylite/admission.h"
#include "relaylite/call_router.h"
#include "relaylite/carrier.h"
#include "relaylite/directory.h"
#include "relaylite/forwarder.h"
#include "relaylite/presence_hub.h"
#include "relaylite/relay_config.h"
#include "relaylite/relay_event.h"
#include "relaylite/session.h"

namespace foyer::relaylite {

class RelayCore {
 public:
  // How a connection ended.
  enum class Ended : std::uint8_t { OnPurpose, Lost };

  // `carrier` must outlive the core. It is not called by the constructor.
  RelayCore(TimePoint now, WallTime wall, RelayConfig config, crypto::Identity identity,
            Carrier& carrier, std::unique_ptr<Directory> directory);
  RelayCore(const RelayCore&) = delete;
  RelayCore& operator=(const RelayCore&) = delete;

  // --- Fed
  // False: no room for this connection; it is not to be opened.
  [[nodiscard]] bool mayConnect(const IpAddress& remote) const;
  void connected(TimePoint now, net::ConnectionId id, const PublicKey& key,
                 const SocketAddress& remote);
  void control(TimePoint now, net::ConnectionId id, ByteView bytes);
  void datagram(TimePoint now, net::ConnectionId id, ByteView payload) {
    m_forwarder.onDatagram(now, id, payload);
  }
  void moved(net::ConnectionId id, const SocketAddress& remote);
  void ended(TimePoint now, net::ConnectionId id, Ended how);
  void handleTimeout(TimePoint now);
  void setWallTime(TimePoint now, WallTime wall);

  // --- Drained
  [[nodiscard]] std::optional<Event> pollEvent();
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;

  // --- Steered
  void tune(const std::string& inviteToken, const RelayLimits& limits);
  void invite(TimePoint now, std::vector<Invite> invites);
  void offerTurn(TurnOffer offer) { m_config.turn = std::move(offer); }
  void drain(TimePoint now, TimePoint deadline);

  // --- Asked
  [[nodiscard]] const Metrics& metrics() const { return m_metrics; }
  [[nodiscard]] Snapshot snapshot() const;
  [[nodiscard]] bool isDraining() const { return m_drainBy.has_value() || m_isDrained; }

 private:
  struct Deadline {
    TimePoint at;
    net::ConnectionId id;
  };
  struct Lost {
    TimePoint goneAt;
    Fingerprint who;
  };

  [[nodiscard]] Session* find(net::ConnectionId id);
  // After each input: closes who does not read, ends a drain that is over.
  void settle(TimePoint now);
  void emit(Event event);
  void close(TimePoint now, Session& session, wire::CloseCode code, Ended how = Ended::Lost);
  // Takes the session out of presence, calls and counts; it may still be found until ended().
  void leave(TimePoint now, Session& session, Ended how);
  void refuse(TimePoint now, Session& session, std::uint32_t id, wire::RefusedCode code);
  void error(TimePoint now, Session& session, std::uint32_t id, wire::ErrorCode code,
             const char* about);
  void frame(TimePoint now, Session& session, ByteView json);
  void badMessage(TimePoint now, Session& session);
  void newcomerMessage(TimePoint now, Session& session, const wire::Message& message);
  // True when it was a presence or session message.
  [[nodiscard]] bool sessionMessage(TimePoint now, Session& session, const wire::Message& message);
  [[nodiscard]] bool callMessage(TimePoint now, Session& session, const wire::Message& message);
  void hello(TimePoint now, Session& session, const wire::Hello& message);
  void admit(TimePoint now, Session& session, const wire::Hello& message);
  void publish(TimePoint now, Session& session, const wire::Publish& message);
  void availability(TimePoint now, Session& session, const wire::Availability& message);
  void presenceGet(TimePoint now, Session& session, const wire::PresenceGet& message);
  void turnGet(TimePoint now, Session& session, const wire::TurnGet& message);
  [[nodiscard]] std::optional<wire::RefusedCode> whyRefused(TimePoint now, const Session& session,
                                                            const wire::Hello& message) const;
  // ---- legs (relay_legs.cpp)
  // Whoever has a record now: their leg is told if none is, and looked at from time to time.
  void watchLeg(TimePoint now, Session& session);
  void lookAtLegs(TimePoint now);
  [[nodiscard]] std::optional<TimePoint> nextLegs() const;
  void removeGone(TimePoint now);
  void forgetOldestLost();
  void finishDrain(TimePoint now);
  [[nodiscard]] std::uint64_t wallMs(TimePoint now) const;
  // This relay's signed word on the address it sees the client at (docs/keys.md section 10).
  [[nodiscard]] Bytes vouchFor(TimePoint now, const Session& session) const;

  RelayConfig m_config;
  crypto::Identity m_identity;  // to vouch with
  Carrier* m_carrier;
  std::unique_ptr<Directory> m_directory;
  Metrics m_metrics;
  Outbox m_outbox;
  Forwarder m_forwarder;
  PresenceHub m_hub;
  CallRouter m_router;
  InviteGate m_gate;
  AddressCounts m_addresses;

  // By the connection's slot: found without hashing.
  std::vector<std::unique_ptr<Session>> m_sessions;
  std::size_t m_sessionCount = 0;
  std::size_t m_admitted = 0;
  std::uint64_t m_nextNumber = 1;

  // In order of time, because each kind has one length. An entry whose connection is gone or has
  // done what was awaited says nothing.
  std::deque<Deadline> m_helloDeadlines;
  std::deque<Deadline> m_frameDeadlines;
  std::deque<Deadline> m_legs;
  TimePoint m_legsFrom{};  // no turn of theirs before that
  // At most maxClients; beyond it the oldest leave the list early.
  std::deque<Lost> m_lost;
  std::unordered_map<Fingerprint, TimePoint> m_goneAt;

  std::deque<Event> m_events;
  std::optional<TimePoint> m_drainBy;
  bool m_isDrained = false;
  std::int64_t m_wallOffsetMs = 0;  // wall clock − steady clock
};

}  // namespace foyer::relaylite
