// Keeps one UDP port of this machine open at its router: PCP first (RFC 6887), NAT-PMP when that is
// refused or unanswered (RFC 6886), UPnP-IGD as orders to the owner. Renews, notices a restarted
// router, checks every reply, deletes at the end. Routers lie, so a mapping is unverified until the
// owner saw a packet come through. A value: feed it, then drain pollTransmit(), pollUpnp() and
// pollEvent(); nothing is sent, timed or drawn in here.
#pragma once

#include <array>
#include <optional>

#include "core/base/bounded_queue.h"
#include "core/base/bytes.h"
#include "core/base/random.h"
#include "core/net/nat_pmp.h"
#include "core/net/pcp.h"
#include "core/net/port_mapping_types.h"

namespace foyer::net {

class PortMapping {
 public:
  // Outlives a call and a night's standby; a program that died leaves its port open no longer.
  static constexpr Duration kLifetime = 2h;
  // A shorter lease costs more in renewals than it is worth.
  static constexpr Duration kLeastLifetime = 30s;
  // First ask: a router in the same house answers within milliseconds, and NAT-PMP, which is next,
  // is also answered by routers that speak both. RFC 6887's first wait is 3 s.
  static constexpr Duration kPcpPatience = 1s;
  // RFC 6887 section 8.1.1 (± 10 %, doubling, no end); renewals stop after 21 s and come again.
  static constexpr Duration kPcpFirstWait = 3s;
  static constexpr unsigned kPcpSends = 3;
  // RFC 6886 section 3.1 (doubling, nine times, two minutes); we give up after 7.75 s, because a
  // router that was silent so long is asked again later anyway.
  static constexpr Duration kNatPmpFirstWait = 250ms;
  static constexpr unsigned kNatPmpSends = 5;
  // Finding the router, its description and a handful of questions.
  static constexpr Duration kUpnpPatience = 12s;
  // UPnP has no epoch: the table is looked at again as often as this.
  static constexpr Duration kUpnpCheckEvery = 10min;
  // One small question to the router, for its epoch and address: bounds how long a restart that
  // nobody announced stays unnoticed.
  static constexpr Duration kCheckEvery = 1min;
  // RFC 6887 section 11.2.1.
  static constexpr Duration kLeastRenewalGap = 4s;
  // RFC 6887 section 14.1.3: hosts do not all ask at once when a router comes back.
  static constexpr Duration kAnnounceSpread = 5s;
  // Announcements are not authenticated, so they make us ask this often at most.
  static constexpr Duration kAnnounceGap = 30s;
  // A router that restarts so often without losing the mapping has a broken clock; then its epoch
  // is no longer looked at.
  static constexpr unsigned kFalseRestarts = 3;
  // After a round without success: bounds of what the router says, and what holds if it says none.
  static constexpr Duration kLeastRest = 30s;
  static constexpr Duration kLongestRest = 30min;
  static constexpr Duration kRest = 10min;
  // Nobody waits longer for a program to end; a lease that could not be returned ends by itself.
  static constexpr Duration kStopPatience = 2s;
  static constexpr Duration kStopResend = 500ms;

  // `random` outlives the mapping.
  PortMapping(const PortMappingConfig& config, RandomSource& random);

  void start(TimePoint now);
  // From the socket that sends what pollTransmit() gives; strangers' datagrams are dropped.
  void handleDatagram(TimePoint now, const SocketAddress& from, ByteView bytes);
  // From 224.0.0.1:5350. Believed only as far as asking the router itself.
  void handleAnnouncement(TimePoint now, const SocketAddress& from, ByteView bytes);
  void handleTimeout(TimePoint now);
  void onUpnp(TimePoint now, const UpnpAnswer& answer);
  // A packet came in through `external`, or surely should have and did not: the next way is tried.
  // Of another address than the present one: ignored.
  void onVerified(const SocketAddress& external);
  void onDisproved(TimePoint now, const SocketAddress& external);
  // The machine slept so long while `now` stood still: the lease has run on, and is renewed at
  // once.
  void onSlept(TimePoint now, Duration slept);
  // Deletes what was opened. isStopped() within kStopPatience, at once if nothing was.
  void stop(TimePoint now);

  // To server().
  [[nodiscard]] std::optional<Bytes> pollTransmit() { return m_transmits.pop(); }
  [[nodiscard]] std::optional<UpnpOrder> pollUpnp();
  [[nodiscard]] std::optional<PortMappingEvent> pollEvent() { return m_events.pop(); }
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;

  [[nodiscard]] SocketAddress server() const { return {m_config.gateway, kMappingServerPort}; }
  [[nodiscard]] const std::optional<HeldMapping>& held() const { return m_held; }
  [[nodiscard]] bool isStopped() const { return m_stage == Stage::Stopped; }

 private:
  enum class Stage : std::uint8_t { Idle, Asking, Held, Resting, Stopping, Stopped };
  // A question under way; NAT-PMP asks for the address first, then for the port.
  struct Exchange {
    MappingWay way = MappingWay::Pcp;
    bool isAddress = false;
    unsigned sends = 1;  // at most
    unsigned sent = 0;
    Duration wait{};
    TimePoint next;
  };
  struct Way {
    std::optional<MappingFailure> failure;  // in this round
    std::optional<EpochSeen> epoch;
    bool isDisproved = false;
    std::uint16_t grantedPort = 0;  // at the router, to be deleted at the end
  };

  [[nodiscard]] Way& at(MappingWay way) { return m_ways[static_cast<std::size_t>(way)]; }
  void beginRound(TimePoint now);
  void continueRound(TimePoint now);
  void beginExchange(TimePoint now, MappingWay way, bool isFirstAsk);
  void sendExchange(TimePoint now);
  void renew(TimePoint now);
  void check(TimePoint now);
  void fail(TimePoint now, MappingWay way, MappingFailure reason);
  void rest(TimePoint now);
  void lose(TimePoint now, MappingLoss loss);
  void grant(TimePoint now, MappingWay way, const SocketAddress& external, std::uint32_t lifetimeS);
  bool noteEpoch(TimePoint now, MappingWay way, std::uint32_t epochS);
  void onRestart(TimePoint now, MappingWay way);
  void onPcp(TimePoint now, const PcpReply& reply);
  void onPcpVersionRefusal(TimePoint now);
  void onNatPmp(TimePoint now, const NatPmpReply& reply);
  void onNatPmpAddress(TimePoint now, const IpAddress& address);
  void onNatPmpRefusal(TimePoint now, const NatPmpReply& reply);
  void restNoLongerThan(Duration rest);
  [[nodiscard]] bool asks(MappingWay way) const { return m_exchange && m_exchange->way == way; }
  [[nodiscard]] bool holds(MappingWay way) const { return m_held && m_held->way == way; }
  [[nodiscard]] SocketAddress wished() const;
  [[nodiscard]] IpAddress anyAddress() const;
  void sendMap(MappingWay way, std::uint32_t lifetimeS);
  void orderUpnp(TimePoint now, UpnpOrder::Kind kind, std::uint16_t externalPort);
  void sendDeletes();
  void finishStop();

  PortMappingConfig m_config;
  RandomSource& m_random;
  Stage m_stage = Stage::Idle;
  std::array<Way, kMappingWays> m_ways;
  PcpNonce m_nonce{};
  std::optional<Exchange> m_exchange;
  std::optional<HeldMapping> m_held;
  std::optional<IpAddress> m_natPmpAddress;
  bool m_wentBackToPcp = false;  // the router knew no NAT-PMP after all; once a round
  bool m_sawRestart = false;     // the next grant is a new mapping, whatever it looks like
  unsigned m_falseRestarts = 0;
  std::optional<Duration> m_restHint;

  std::optional<UpnpOrder> m_upnpOut;
  std::optional<UpnpOrder::Kind> m_upnpUnderWay;
  std::optional<TimePoint> m_upnpDeadline;

  std::optional<TimePoint> m_renewAt;
  std::optional<TimePoint> m_checkAt;
  std::optional<TimePoint> m_retryAt;
  std::optional<TimePoint> m_announcedAt;  // the last announcement that was acted on
  std::optional<TimePoint> m_stopBy;
  std::optional<TimePoint> m_stopResend;

  BoundedQueue<Bytes> m_transmits{8, WhenFull::DropOldest};
  BoundedQueue<PortMappingEvent> m_events{16, WhenFull::DropOldest};
};

}  // namespace foyer::net
