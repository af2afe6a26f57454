// Measures the NAT in front of this host (RFC 4787 classes, by the tests of RFC 5780) with the help
// of STUN servers that it does not trust: mapping, filtering, port allocation, hairpin, on request
// how long a silent mapping lives, and whether IPv4, IPv6 and UDP work at all. Leaves out sockets,
// sentences and what a call makes of it. A value of one thread; `random` must outlive it.
//
// A turn of the owner's loop: handleDatagram()*, handleTimeout(now) if due, pollTransmit(now,
// sink), then sleep until pollTimeout(), until isDone(). A few seconds with everything answered or
// not.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/base/address.h"
#include "core/base/random.h"
#include "core/base/time.h"
#include "core/net/endpoint.h"
#include "core/net/nat_report.h"
#include "core/net/stun_client.h"

namespace foyer::net {

// More observers and sockets than these are not used.
constexpr std::size_t kMaxNatObservers = 8;
constexpr std::size_t kMaxNatSockets = 16;
// Between the first requests of two extra sockets, so that the NAT makes their mappings in order.
constexpr Duration kNatSocketGap = 15ms;
// How long is waited for what a NAT may swallow: four round trips, within these bounds.
constexpr Duration kMinNatSilence = 800ms;
constexpr Duration kMaxNatSilence = kStunDeadline;
constexpr unsigned kNatHairpinSends = 3;
constexpr Duration kNatHairpinGap = 150ms;

struct NatSocket {
  // As in DatagramView::local; its family is the socket's.
  SocketAddress label;
  // The port it is bound to, which the label of a wildcard socket need not have.
  std::uint16_t port = 0;
};

struct NatCheckConfig {
  // STUN servers, best on hosts and networks that have nothing to do with each other.
  std::vector<SocketAddress> observers;
  // The sockets of calls, of which the report speaks.
  std::optional<NatSocket> mainV4;
  std::optional<NatSocket> mainV6;
  // Fresh sockets for what takes several: port allocation, filtering, hairpin. Without any, these
  // stay unknown where the main socket cannot tell. Eight tell a counter well.
  std::vector<NatSocket> extra;
  // Addresses of this host's interfaces.
  std::vector<IpAddress> hostAddresses;
  // The slow step: one extra socket each is left silent for so long. Empty: not measured.
  std::vector<Duration> lifetimeWaits;
};

class NatCheck {
 public:
  NatCheck(NatCheckConfig config, RandomSource& random);

  // Once.
  void start(TimePoint now);
  // What a relay says about the main socket of that family, over a connection on it: a sample like
  // an observer's. Before or while it runs.
  void observed(const SocketAddress& observer, const SocketAddress& mapped);

  // --- Fed
  // False: somebody else's datagram.
  bool handleDatagram(TimePoint now, const DatagramView& datagram);
  void handleTimeout(TimePoint now);

  // --- Drained
  void pollTransmit(TimePoint now, const TransmitSink& sink);
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;
  [[nodiscard]] bool isDone() const { return m_stage == Stage::Done; }
  // At any time: what is known so far.
  [[nodiscard]] NatReport report() const;

 private:
  enum class Stage : std::uint8_t { Idle, Mapping, Sockets, Filtering, Others, Lifetime, Done };
  enum class Purpose : std::uint8_t {
    Mapping,       // of observer `index`
    Socket,        // extra socket `index`
    FilterBoth,    // an answer from another address and port
    FilterPort,    // an answer from another port
    Others,        // the other address of the chosen observer
    LifetimeFrom,  // extra socket `index`, before its silence
    LifetimeTo,    // and after it
  };
  struct Observer {
    SocketAddress address;
    std::size_t voter = 0;
    bool isAsked = false;
    // Anything came, a refusal too: then UDP gets through.
    bool isHeard = false;
    bool hasAnswered = false;
    std::optional<SocketAddress> other;
  };
  struct Pending {
    StunQueryId id = 0;
    Purpose purpose{};
    std::size_t index = 0;
  };
  struct Extra {
    NatSocket socket;
    std::optional<SocketAddress> mapped;
    // About when the NAT made the mapping: lost requests change the order.
    TimePoint mappedAt;
    // Of the slow step.
    Duration wait{};
    std::optional<TimePoint> askAgainAt;
    std::optional<SocketAddress> before;
    std::optional<bool> survived;
  };
  struct Hairpin {
    struct Way {
      SocketAddress from;
      SocketAddress to;
    };
    std::array<Way, 2> ways;
    StunTransactionId transaction;
    unsigned sends = 0;
    std::optional<TimePoint> sendAt;
    TimePoint endsAt;
    bool isOver = false;
    bool hasArrived = false;
  };

  void ask(TimePoint now, Purpose purpose, std::size_t index, const StunQuery& query);
  void take(TimePoint now, const StunAnswer& answer);
  void addSample(std::size_t voter, const SocketAddress& to, const SocketAddress& mapped);
  // Takes answers, does what is due and goes on while a stage has nothing to wait for.
  void advance(TimePoint now);
  [[nodiscard]] bool isStageOver() const;
  void enterNext(TimePoint now);
  void enterSockets(TimePoint now);
  void enterFiltering(TimePoint now);
  void enterOthers(TimePoint now);
  void enterLifetime(TimePoint now);
  void startDueSockets(TimePoint now);
  void startHairpin(TimePoint now);
  bool takeHairpin(const DatagramView& datagram);
  void sendHairpin(TimePoint now, const TransmitSink& sink);

  [[nodiscard]] const std::optional<NatSocket>& mainOf(IpAddress::Family family) const {
    return family == IpAddress::Family::V4 ? m_config.mainV4 : m_config.mainV6;
  }
  [[nodiscard]] std::optional<std::size_t> chooseObserver() const;
  [[nodiscard]] std::vector<NatSample> samplesOf(IpAddress::Family family) const;
  [[nodiscard]] std::size_t voterOf(const IpAddress& ip) const;
  [[nodiscard]] Duration silence() const;
  [[nodiscard]] IpAddress::Family family() const;
  [[nodiscard]] NatAnswer works(IpAddress::Family family) const;
  [[nodiscard]] NatFiltering filtering() const;
  [[nodiscard]] PortAllocation allocation(const NatVerdict& verdict) const;
  [[nodiscard]] NatAnswer translated(const NatVerdict& verdict) const;
  void reportLifetime(NatReport& report) const;

  NatCheckConfig m_config;
  RandomSource* m_random;
  StunClient m_client;
  Stage m_stage = Stage::Idle;
  std::vector<Observer> m_observers;
  std::vector<IpAddress> m_voters;
  std::vector<NatSample> m_samples;
  std::vector<Pending> m_pending;
  // The one that all further questions go to.
  std::optional<std::size_t> m_chosen;
  std::vector<Extra> m_extras;
  std::size_t m_startedSockets = 0;
  std::optional<TimePoint> m_nextSocketAt;
  std::optional<StunOutcome> m_filterBoth;
  std::optional<StunOutcome> m_filterPort;
  std::optional<Hairpin> m_hairpin;
  std::optional<std::uint16_t> m_newestPort;
  std::optional<Duration> m_roundTrip;
};

}  // namespace foyer::net
