// What a relay tells its owner, and its figures. A client is a number of this run, with the key by
// which the lobby knows them: for the owner's eyes, not for a log. Values.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "core/base/ids.h"
#include "core/base/time.h"

namespace foyer::relaylite {

// A client was admitted (+1) or is no longer connected (−1).
struct ClientChanged {
  int delta = 0;
  std::uint64_t client = 0;
  Fingerprint who;
  TimePoint at;
  bool operator==(const ClientChanged&) const = default;
};
// A call got its channel (+1) or lost it (−1).
struct CallChanged {
  int delta = 0;
  TimePoint at;
  bool operator==(const CallChanged&) const = default;
};
// drain() is over: no calls are left or its deadline passed, and all connections are closed.
struct Drained {
  bool operator==(const Drained&) const = default;
};
using Event = std::variant<ClientChanged, CallChanged, Drained>;

// Counters since the start; each drop has its own, so that none is silent.
struct Metrics {
  std::uint64_t admitted = 0;
  std::uint64_t refused = 0;
  std::uint64_t replaced = 0;
  std::uint64_t helloMissing = 0;
  std::uint64_t closedForBadMessages = 0;
  std::uint64_t closedForLongFrame = 0;
  std::uint64_t closedForFlood = 0;
  std::uint64_t closedForSlowFrame = 0;
  std::uint64_t closedForSlowReading = 0;
  std::uint64_t messagesIn = 0;
  std::uint64_t messagesOut = 0;
  std::uint64_t unknownTypes = 0;
  std::uint64_t badMessages = 0;
  std::uint64_t wrongFrom = 0;
  std::uint64_t offers = 0;
  std::uint64_t offersUndeliverable = 0;
  std::uint64_t callIdTaken = 0;
  std::uint64_t routedMessages = 0;
  std::uint64_t unroutedMessages = 0;
  std::uint64_t messagesToSlowReaders = 0;
  std::uint64_t channelTimeouts = 0;
  std::uint64_t attached = 0;
  std::uint64_t pagesOut = 0;
  std::uint64_t deltasOut = 0;
  std::uint64_t datagramsIn = 0;
  std::uint64_t datagramsForwarded = 0;
  std::uint64_t datagramBytesForwarded = 0;
  std::uint64_t datagramsUnknownChannel = 0;
  std::uint64_t datagramsOverBudget = 0;
  std::uint64_t datagramsUnsendable = 0;
  std::uint64_t eventsDropped = 0;
};

// How things stand now.
struct Snapshot {
  std::size_t clients = 0;
  std::size_t newcomers = 0;  // connected, hello outstanding
  std::size_t calls = 0;
  std::size_t people = 0;  // in presence, unreachable ones included
  std::uint64_t presenceVersion = 0;
  bool isDraining = false;
};

}  // namespace foyer::relaylite
