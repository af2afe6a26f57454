#include "core/sim/nat_grid.h"

#include <algorithm>
#include <cmath>

#include "core/base/assert.h"
#include "core/sim/world.h"

namespace foyer::sim {
namespace {

constexpr Duration kLobbyLimit = 10s;
// Where nobody answers, a look at the NAT takes as long as its deadlines.
constexpr Duration kNatLimit = 15s;
constexpr Duration kRingLimit = 5s;
constexpr Duration kActiveLimit = 10s;
// For this long after the switch the wire is watched for the address that the voice goes to.
constexpr Duration kLook = 1s;
// 97.5 % of a normal distribution lies below.
constexpr double kZ = 1.959964;

SimClientOptions talkative(const char* alias) {
  SimClientOptions options;
  options.alias = alias;
  options.codec = SimCodec::SizedTone;
  // The tone is the decoder's; the microphone must only not be silent.
  options.sound.assign(SimClient::kTickSamples, 1000);
  options.loopsSound = true;
  return options;
}

// The bytes that a side sent to each kind of address.
struct Sent {
  std::uint64_t v4 = 0, v6 = 0, lan = 0;
};

class PairRun {
 public:
  PairRun(const HomeType& caller, const HomeType& callee, const PairOptions& options)
      : m_options(options), m_world(options.seed), m_relay(m_world.addPublicRelay()) {
    m_world.network.setDefaultLink(
        {.delay = options.roundTrip / 2, .jitter = options.jitter, .loss = options.loss});
    if (options.knowsNats) m_world.addObservers();
    if (options.asksRouters) m_world.askRouters();
    const Home home = m_world.addHome(caller);
    SimClientOptions ann = talkative("Ann"), ben = talkative("Ben");
    ann.triesPorts = ben.triesPorts = options.triesPorts;
    m_a = &m_world.addClient(home, std::move(ann));
    m_b = &m_world.addClient(options.isSameHome ? home : m_world.addHome(callee), std::move(ben));
    for (const auto& [who, whom] : {std::pair{m_a, m_b}, std::pair{m_b, m_a}})
      who->contacts().set(whom->key(), {.isKnown = true});
    findLinks(home);
  }

  PairOutcome run() {
    if (!m_world.meet(*m_a, *m_b, m_relay, kLobbyLimit)) return failed("lobby");
    if (m_options.knowsNats &&
        !m_world.network.runUntil([&] { return m_a->natReport() && m_b->natReport(); }, kNatLimit))
      return failed("nat");
    const auto call = m_world.call(*m_a, *m_b);
    if (!call || !m_world.waitForPhase(*m_b, *call, client::CallPhase::Ringing, kRingLimit))
      return failed("ringing");
    const TimePoint answered = m_world.network.now();
    m_b->tell([&](client::Client& c, TimePoint now) { return c.answer(now, *call, true); });
    const auto heard = [&](const SimClient& who) -> std::optional<Duration> {
      const auto sound = who.sounds().find(*call);
      if (sound == who.sounds().end() || !sound->second.firstSoundAt) return std::nullopt;
      return *sound->second.firstSoundAt - answered;
    };
    (void)m_world.network.runUntil(
        [&] {
          if (!m_outcome.direct && isDirect()) m_outcome.direct = m_world.network.now() - answered;
          return m_outcome.direct && heard(*m_a) && heard(*m_b);
        },
        m_options.limit);
    m_outcome.heardByCaller = heard(*m_a);
    m_outcome.heardByCallee = heard(*m_b);
    const auto isActive = [&](SimClient& who) {
      const auto status = m_world.status(who, *call);
      return status && status->phase == client::CallPhase::Active;
    };
    // A voice may be heard before the last word of the set-up is there.
    if (!m_world.network.runUntil([&] { return isActive(*m_a) && isActive(*m_b); }, kActiveLimit))
      return failed("active");
    if (m_outcome.isAudible()) m_outcome.way = m_outcome.direct ? look() : WaySeen::Relay;
    if (const auto status = m_world.status(*m_a, *call))
      m_outcome.reason = client::toString(status->path.reason);
    return m_outcome;
  }

 private:
  PairOutcome failed(const char* stage) {
    m_outcome.failedAt = stage;
    return m_outcome;
  }

  void findLinks(const Home& home) {
    Network& network = m_world.network;
    m_ab.push_back(&network.link(*m_a, *m_b));
    m_ba.push_back(&network.link(*m_b, *m_a));
    // A hairpin has one link for both.
    for (const Router* router : {home.router, home.outer})
      if (m_options.isSameHome && router) m_hairpins.push_back(&network.link(*router, *router));
  }

  [[nodiscard]] bool isDirect() const {
    const auto carries = [](const Link* link) { return link->counters().media > 0; };
    return (std::any_of(m_ab.begin(), m_ab.end(), carries) &&
            std::any_of(m_ba.begin(), m_ba.end(), carries)) ||
           std::any_of(m_hairpins.begin(), m_hairpins.end(), carries);
  }

  WaySeen look() {
    std::vector<LocalAddress> peers = m_world.network.addressesOf(*m_b);
    Sent sent;
    m_world.network.setWitness([&](const Node& sender, const SocketAddress&,
                                   const SocketAddress& to, ByteView datagram) {
      const auto& relay = m_relay.addresses();
      if (&sender != m_a || std::find(relay.begin(), relay.end(), to) != relay.end()) return;
      const bool isNear = m_options.isSameHome &&
                          std::any_of(peers.begin(), peers.end(),
                                      [&](const LocalAddress& peer) { return peer.ip == to.ip; });
      (isNear ? sent.lan : to.ip.isV4() ? sent.v4 : sent.v6) += datagram.size();
    });
    m_world.network.runFor(kLook);
    m_world.network.setWitness({});
    if (sent.lan > std::max(sent.v4, sent.v6)) return WaySeen::Lan;
    if (sent.v6 > sent.v4) return WaySeen::DirectV6;
    return m_options.isSameHome ? WaySeen::Hairpin : WaySeen::DirectV4;
  }

  PairOptions m_options;
  World m_world;
  SimRelay& m_relay;
  SimClient* m_a = nullptr;
  SimClient* m_b = nullptr;
  std::vector<const Link*> m_ab, m_ba, m_hairpins;
  PairOutcome m_outcome;
};

}  // namespace

const char* toString(WaySeen way) {
  switch (way) {
    case WaySeen::None:
      return "none";
    case WaySeen::Relay:
      return "relay";
    case WaySeen::Lan:
      return "lan";
    case WaySeen::Hairpin:
      return "hairpin";
    case WaySeen::DirectV4:
      return "direct-ipv4";
    case WaySeen::DirectV6:
      return "direct-ipv6";
  }
  return "?";
}

PairOutcome runPair(const HomeType& caller, const HomeType& callee, const PairOptions& options) {
  return PairRun(caller, callee, options).run();
}

RateInterval rateInterval(int successes, int runs) {
  FOYER_ASSERT(runs > 0 && successes >= 0 && successes <= runs, "a share of something");
  const double n = runs;
  const double p = successes / n;
  const double scale = 1 + kZ * kZ / n;
  const double centre = (p + kZ * kZ / (2 * n)) / scale;
  const double half = kZ * std::sqrt(p * (1 - p) / n + kZ * kZ / (4 * n * n)) / scale;
  return {std::max(0.0, centre - half), std::min(1.0, centre + half)};
}

}  // namespace foyer::sim
