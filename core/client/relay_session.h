// A client's life with one relay: dial its addresses, admission, presence upkeep, requests with
// time-outs, reconnection. Feeds on the events of the client's Endpoint and hands call and lobby
// messages up. Value, no thread. One lives for as long as the person wants this relay.
//
// hello, the presence record and the question for the lobby leave together with the client's
// Finished, so the lobby is known two round trips after the first packet.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/fault.h"
#include "core/base/random.h"
#include "core/client/client_state.h"
#include "core/net/endpoint.h"
#include "core/net/reconnect.h"
#include "core/wire/frame_reader.h"
#include "core/wire/message.h"

namespace foyer::client {

struct RelayTarget {
  Fingerprint fingerprint;  // from a link, an earlier use, or mDNS (a hint, then checked)
  std::vector<SocketAddress> addresses;  // in order of preference, 1 … kMaxAddresses
  std::string invite;                    // may be empty
  std::optional<PublicKey> knownKey;     // proven earlier
};

class RelaySession {
 public:
  static constexpr std::size_t kMaxAddresses = 16;
  // The next address is tried beside the first after this long (RFC 8305 suggests 250 ms).
  static constexpr Duration kNextAddressAfter = 250ms;
  // Admission is one message; a relay that took the connection and says nothing for this long is
  // not a relay.
  static constexpr Duration kWelcomeTimeout = 10s;
  // A lobby that does not come in this time is asked for once more, then shown as empty.
  static constexpr Duration kLobbyTimeout = 5s;
  static constexpr Duration kReflectTimeout = 1s;

  RelaySession(net::Endpoint& endpoint, RandomSource& random, RelayTarget target);

  // ---- commands
  void start(TimePoint now);
  // Says goodbye and stays down.
  void stop(TimePoint now);
  // The addresses were resolved again, or a new link names others.
  void setTarget(RelayTarget target);
  // The person looked at both fingerprints: from now on the new key is the relay's.
  void acceptChangedKey(TimePoint now);
  // The network changed or the machine woke up: dial again without the back-off.
  void retryNow(TimePoint now);
  // Gives the connection up, if there is one, and dials anew.
  void redial(TimePoint now);
  // The record to publish, now and at each admission.
  void setRecord(TimePoint now, Bytes record);
  void setAvailability(wire::PresenceState state);
  // False when there is no admitted connection; nothing is kept.
  bool send(const wire::Message& message);
  // Asks for the lobby again, e.g. after a gap in the deltas.
  void requestLobby(TimePoint now, std::uint64_t knownVersion);
  void requestReflect(TimePoint now);
  // All pages are here.
  void lobbyKnown(TimePoint now);

  // ---- fed
  // True when the event was this session's.
  bool handleEvent(TimePoint now, const net::Event& event);
  void handleTimeout(TimePoint now);
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;

  // ---- drained
  // Lobby and call messages, in order. Bounded by the Endpoint's flow control: what is not taken is
  // not acknowledged.
  [[nodiscard]] std::optional<wire::Message> pollMessage();
  // True once after the status changed.
  [[nodiscard]] bool takeChanged();
  // True once after an admission (the first or a later one): calls re-attach.
  [[nodiscard]] bool takeAdmitted();

  [[nodiscard]] RelayStatus status() const;
  [[nodiscard]] bool isAdmitted() const { return m_isAdmitted; }
  [[nodiscard]] net::ConnectionId connection() const { return m_connection; }
  [[nodiscard]] const RelayTarget& target() const { return m_target; }
  // Wall clock of the relay less `now` at admission, for judging how late an offer is.
  [[nodiscard]] std::optional<std::int64_t> relayTimeMsAt(TimePoint now) const;
  [[nodiscard]] std::uint64_t badMessages() const { return m_badMessages; }

 private:
  enum class Request : std::uint8_t { Hello, Publish, Lobby, Reflect };
  struct Pending {
    Request what;
    TimePoint deadline;
  };

  void dialNext(TimePoint now);
  void closeDials(TimePoint now, net::ConnectionId except);
  void onVerified(TimePoint now, net::ConnectionId id, const PublicKey& key);
  void onControl(TimePoint now, ByteView bytes);
  void onMessage(TimePoint now, wire::Message message);
  void onClosed(TimePoint now, const net::Closed& closed);
  void fail(TimePoint now, Fault fault, std::optional<Duration> retryAfter = {});
  void endForGood(TimePoint now, RelayPhase phase, Fault fault);
  void forget();
  [[nodiscard]] Bytes firstFlight(TimePoint now);
  std::uint32_t nextId();
  std::uint32_t expect(Request what, TimePoint deadline);
  void setPhase(RelayPhase phase);
  [[nodiscard]] bool isMine(net::ConnectionId id) const;

  net::Endpoint* m_endpoint;
  RandomSource* m_random;
  RelayTarget m_target;
  RelayStatus m_status;
  net::Reconnect m_reconnect;

  std::vector<net::ConnectionId> m_dials;  // under way
  std::size_t m_nextAddress = 0;
  std::optional<TimePoint> m_nextDialAt;
  TimePoint m_dialledAt{};
  net::ConnectionId m_connection;  // the one whose key was verified first
  bool m_isWanted = false;
  bool m_isAdmitted = false;
  bool m_hadLobbyRetry = false;

  wire::FrameReader m_frames;
  std::deque<wire::Message> m_inbox;
  std::unordered_map<std::uint32_t, Pending> m_pending;
  std::uint32_t m_lastId = 0;
  Bytes m_record;
  bool m_isRecordPublished = false;
  wire::PresenceState m_availability = wire::PresenceState::Available;
  std::uint64_t m_lobbyVersion = 0;
  std::uint64_t m_badMessages = 0;
  std::optional<Duration> m_retryAfter;  // from refused or draining
  std::optional<std::pair<TimePoint, std::uint64_t>> m_relayTime;
  bool m_hasChanged = false;
  bool m_hasNewAdmission = false;
};

}  // namespace foyer::client
