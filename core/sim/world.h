// A world in a few lines: relays and clients on one simulated network, and the steps that every
// scenario has. Owns everything; virtual time.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/sim/nat_types.h"
#include "core/sim/network.h"
#include "core/sim/sim_client.h"
#include "core/sim/sim_relay.h"
#include "core/sim/stun_server.h"

namespace foyer::sim {

class World {
 public:
  explicit World(std::uint64_t seed) : network(seed), m_seed(seed) {}

  // Relays get 10.0.0.N:4700, clients 10.1.X.Y:4800.
  SimRelay& addRelay(relaylite::RelayConfig config = {});
  SimClient& addClient(SimClientOptions options = {});
  // At 82.0.0.N:4700 and [2a02:ffff::N]:4700: a relay that every home can have, IPv6 alone too.
  SimRelay& addPublicRelay(relaylite::RelayConfig config = {});
  // STUN servers that have nothing to do with each other, two of each family. Clients that are
  // added to homes from then on look at their NATs.
  void addObservers();
  // Clients that are added to homes from then on ask their routers to open the port of calls.
  void askRouters() { m_asksRouters = true; }
  Home addHome(const HomeType& type);
  // The next host of that home. Its calls may go directly.
  SimClient& addClient(const Home& home, SimClientOptions options = {});
  void removeClient(SimClient& client);

  [[nodiscard]] client::RelayTarget targetOf(const SimRelay& relay, std::string invite = {}) const;
  // Tells the client to connect; returns at once.
  void connect(SimClient& client, SimRelay& relay, std::string invite = {});
  // Runs until the client knows this relay's lobby.
  bool waitForLobby(SimClient& client, SimRelay& relay, Duration limit = 10s);
  // Both connected and each in the other's lobby.
  bool meet(SimClient& a, SimClient& b, SimRelay& relay, Duration limit = 10s);
  // a calls b; returns the id or the fault's code as an assertion failure in debug output.
  Result<CallId, Fault> call(SimClient& a, SimClient& b);
  bool waitForPhase(SimClient& client, const CallId& call, client::CallPhase phase,
                    Duration limit = 10s);
  [[nodiscard]] std::optional<client::CallStatus> status(SimClient& client, const CallId& call);

  Network network;

 private:
  std::uint64_t m_seed;
  std::uint32_t m_made = 0;
  int m_homes = 0;
  bool m_asksRouters = false;
  std::map<int, int> m_hosts;  // by the number of the home
  std::vector<std::unique_ptr<SimRelay>> m_relays;
  std::vector<std::unique_ptr<StunServer>> m_observers;
  std::vector<std::unique_ptr<SimClient>> m_clients;
};

}  // namespace foyer::sim
