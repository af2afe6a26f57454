// A relay that runs in a thread of its own: sockets, identity, addresses, mDNS, a check that it can
// really be reached, and its lifecycle as values. The only relay header the engine sees. Owner
// thread: whoever built it; updates come in the relay's thread and are to be handed on.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/fault.h"
#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/io/clock.h"
#include "core/io/interfaces.h"
#include "relaylite/relay_config.h"

namespace foyer::relayhost {

// In this order from Idle to Serving; Stopping ends in Idle; Error can follow any of them and ends
// the run. The names are stable: scripts read them.
enum class RelayPhase : std::uint8_t {
  Idle,
  Binding,
  DetectingAddresses,
  Announcing,
  Verifying,
  Serving,
  Stopping,
  Error,
};
// "idle" "binding" "detecting_addresses" "announcing" "verifying" "serving" "stopping" "error"
[[nodiscard]] const char* toString(RelayPhase phase);

enum class StopWhen : std::uint8_t { Now, CallsEnded };

// What may change while the relay runs (reload()).
struct RelayTuning {
  std::optional<std::string> inviteToken;  // asked of everybody who joins; never logged
  std::uint32_t maxClients = 1000;
  std::uint32_t maxClientsPerAddress = 64;
  std::uint32_t maxCalls = 500;
  // Of media that one client sends, kbit/s; more is dropped. Absent: as RelayLimits has it.
  std::optional<std::uint32_t> mediaKbps;
  std::vector<relaylite::Invite> invites;  // beside inviteToken; never logged
  relaylite::TurnOffer turn;               // of the operator's server
  bool operator==(const RelayTuning&) const = default;
};

struct RelayOptions {
  std::string listen;      // "" = all interfaces, IPv4 and IPv6; else one address of this machine
  std::uint16_t port = 0;  // 0 = any
  // Listens for TLS on TCP too, for clients whose networks block UDP; 0 = any port that is free.
  // Absent: nothing listens on TCP.
  std::optional<std::uint16_t> tcpPort;
  std::string dataDirectory;  // the relay's own identity lives here
  std::string name;           // announced by mDNS; "" = the host's name
  bool announce = true;       // by mDNS
  bool realTime = false;      // ask for SCHED_RR
  RelayTuning tuning;
  // Of this machine; absent: as the system lists them.
  std::function<std::vector<io::LocalAddress>()> localAddresses;
  std::string turnSecretFile;  // for whoever reads it into tuning.turn.secret
};

// Somebody who is connected.
struct RelayGuest {
  std::uint64_t client = 0;  // tells connections of one run apart
  Fingerprint who;           // for the owner's eyes, not for a log
  TimePoint since;
  bool operator==(const RelayGuest&) const = default;
};

struct RelayStatus {
  std::uint64_t generation = 0;  // counts runs; nothing of an older one is worth showing
  RelayPhase phase = RelayPhase::Idle;
  std::string link;  // foyer://relay/…, with the invite if there is one; from Verifying on
  Fingerprint fingerprint;
  std::uint16_t port = 0;
  std::uint16_t tcpPort = 0;   // 0 = none
  std::optional<Fault> fault;  // in Error
  // It serves, and others may not come in: stage "reach", only_here (this computer has no network)
  // or firewall (its address did not answer, loopback did).
  std::optional<Fault> warning;
  std::optional<std::uint16_t> freePort;  // with port_taken: one that is free
  std::string announcedName;              // "" = not announced (yet)
  std::uint32_t clients = 0;
  std::uint32_t calls = 0;
  std::uint32_t tcpConnections = 0;  // of clients that have no UDP, and of who is not one yet
  double kbpsIn = 0, kbpsOut = 0;
  std::optional<TimePoint> servingSince;
  std::vector<RelayGuest> guests;  // who came first, first; at most kMaxGuestsTold
  bool operator==(const RelayStatus&) const = default;
};

// Somebody came (+1) or went (-1). `client` tells connections of one run apart and says nothing
// else.
struct ConnectionChange {
  int delta = 0;
  std::uint64_t client = 0;
  TimePoint at;
  bool operator==(const ConnectionChange&) const = default;
};

// Of very many the first are told; `clients` counts all.
inline constexpr std::size_t kMaxGuestsTold = 64;

struct RelayUpdate {
  RelayStatus status;
  // At most kMaxChangesPerUpdate, oldest first; `changesLost` more did not fit. The counts in
  // `status` are right either way.
  std::vector<ConnectionChange> changes;
  std::uint64_t changesLost = 0;
};

class HostedRelay {
 public:
  static constexpr std::size_t kMaxChangesPerUpdate = 64;
  // A phase change is told at once; counts and rates at most this often.
  static constexpr Duration kUpdateInterval = 1s;
  // A busy relay reads what came within this time at once: waking for each packet costs more than
  // forwarding it. A relay of a few calls never waits (EventLoop::setShortestTurn).
  static constexpr Duration kGather = 1ms;

  // `onUpdate` runs in the relay's thread. `clock` outlives the relay and may be read by any
  // thread.
  HostedRelay(io::SteadySource& clock, std::function<void(const RelayUpdate&)> onUpdate);
  // Stops at once and joins.
  ~HostedRelay();
  HostedRelay(const HostedRelay&) = delete;
  HostedRelay& operator=(const HostedRelay&) = delete;

  // Begins a run and returns its generation at once. A run that is going on is cut off first,
  // without a farewell to its clients: stop() and wait for Idle to part in peace.
  std::uint64_t start(RelayOptions options);
  // Now: tells the clients, closes, Idle follows within kStopGrace. CallsEnded: nobody new comes
  // in; Idle follows the last call. Stopping what is idle does nothing.
  void stop(StopWhen when);
  static constexpr Duration kStopGrace = 2s;
  // Stops now and waits for Idle, kStopGrace at most: for the end of the program, when nobody is
  // left to hear of Idle. What clients sent before is forwarded first.
  void stopAndWait();
  // Takes effect for whoever comes next; clients that are in stay in.
  void reload(RelayTuning tuning);

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace foyer::relayhost
