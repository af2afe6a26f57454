// The lobby as one relay shows it: a mirror of its presence list, kept by pages and deltas. Every
// record is opened and checked (key against fingerprint, signature, sequence while a newer record
// lives) before anybody is shown. Bounded; a gap asks for the list again. Value, no thread.
// (Interface written by the lead; core/client codes against it.)
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/wire/presence_messages.h"

namespace foyer::call {

struct LobbyPerson {
  PublicKey key;
  Fingerprint fingerprint;
  BoxKey box;
  std::string alias;  // valid text or empty
  Bytes versions;
  std::uint64_t sequence = 0;
  TimePoint receivedAt{};  // by the own steady clock
  Duration lifetime{};
  wire::PresenceState state = wire::PresenceState::Available;
  wire::LegMs leg{};  // as the relay says; nobody else can check it
};

class Lobby {
 public:
  // A relay that names more is lying or too big for one lobby; the rest is counted and not shown.
  static constexpr std::size_t kMaxPeople = 20000;

  explicit Lobby(const Fingerprint& relay, const PublicKey& own);

  enum class Fed {
    Incomplete,  // more pages follow
    Complete,    // the list is whole
    Gap,         // ask again with version() (0 = everything)
  };
  Fed handlePage(TimePoint now, const wire::PresencePage& page);
  Fed handleDelta(TimePoint now, const wire::PresenceDelta& delta);
  // The connection is gone: people stay, greyed by their age, until the next snapshot.
  void disconnected();
  // Records whose lifetime is over are not shown any more; returns true when somebody went.
  bool expire(TimePoint now);
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const { return m_nextExpiry; }

  [[nodiscard]] const Fingerprint& relay() const { return m_relay; }
  [[nodiscard]] std::uint64_t version() const { return m_version; }
  // Without oneself.
  [[nodiscard]] const std::map<Fingerprint, LobbyPerson>& people() const { return m_people; }
  [[nodiscard]] const LobbyPerson* find(const Fingerprint& fingerprint) const;
  [[nodiscard]] std::uint64_t refusedRecords() const { return m_refused; }

 private:
  void take(TimePoint now, std::map<Fingerprint, LobbyPerson>& into, ByteView record,
            wire::PresenceState state, wire::LegMs leg, const Fingerprint* expected = nullptr);
  void noteExpiry();

  Fingerprint m_relay;
  PublicKey m_own;
  Fingerprint m_ownFingerprint;
  std::uint64_t m_version = 0;
  std::map<Fingerprint, LobbyPerson> m_people;
  // Whose record is over: what changes of them without a new one is no gap, or a stranger with a
  // short lifetime would have everybody ask for the list again and again. At most kMaxPeople.
  std::set<Fingerprint> m_expired;
  // Pages of a snapshot under way replace the list only when the last one came.
  std::optional<std::uint64_t> m_pagesOf;
  std::uint32_t m_nextPage = 0;
  std::map<Fingerprint, LobbyPerson> m_incoming;
  std::uint64_t m_refused = 0;
  std::optional<TimePoint> m_nextExpiry;
};

}  // namespace foyer::call
