// Who is here and where: the seam behind which several hosts of one relay can share presence and
// routing one day. People are ordered by the version of their last change, so a snapshot, a delta
// and a resumed list are the same walk. One in memory is in memory_directory.h. Value, no thread.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/ids.h"
#include "core/net/connection_id.h"
#include "core/wire/presence_messages.h"

namespace foyer::relaylite {

// Where a registered client can be reached. One host for now.
struct Route {
  std::uint32_t host = 0;
  net::ConnectionId connection;
  bool operator==(const Route&) const = default;
};

struct Person {
  Bytes record;  // body ‖ signature, as received
  std::uint64_t sequence = 0;
  wire::PresenceState state = wire::PresenceState::Available;
  wire::LegMs leg{};
};

// One step of the walk. `person` is null when the person is gone; valid until the next change.
struct Change {
  std::uint64_t version = 0;
  Fingerprint fingerprint;
  const Person* person = nullptr;
  std::uint64_t recordVersion = 0;  // of the last new record
};

class Directory {
 public:
  virtual ~Directory() = default;

  // --- routing: one live registration per identity, the newest wins
  // Returns the registration that it replaced.
  virtual std::optional<Route> attach(const Fingerprint& who, const Route& route) = 0;
  // False when somebody newer is attached by now: an old connection's end cannot remove them.
  virtual bool detach(const Fingerprint& who, const Route& route) = 0;
  [[nodiscard]] virtual std::optional<Route> route(const Fingerprint& who) const = 0;

  // --- presence
  // Every change makes the version higher by one.
  [[nodiscard]] virtual std::uint64_t version() const = 0;
  // A list older than this cannot be brought up to date by changes alone.
  [[nodiscard]] virtual std::uint64_t oldestVersion() const = 0;
  [[nodiscard]] virtual const Person* find(const Fingerprint& who) const = 0;
  virtual void put(const Fingerprint& who, Person person) = 0;
  // Nothing happens when the state is the same or nobody of that name is there. Who is unreachable
  // has no leg.
  virtual void setState(const Fingerprint& who, wire::PresenceState state) = 0;
  // Likewise.
  virtual void setLeg(const Fingerprint& who, std::uint16_t ms) = 0;
  virtual void remove(const Fingerprint& who) = 0;
  [[nodiscard]] virtual std::size_t people() const = 0;
  // The first `max` changes with a version above `after`, ascending.
  [[nodiscard]] virtual std::vector<Change> changesAfter(std::uint64_t after,
                                                         std::size_t max) const = 0;
};

}  // namespace foyer::relaylite
