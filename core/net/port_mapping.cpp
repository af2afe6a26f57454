#include "core/net/port_mapping.h"

#include <algorithm>
#include <utility>

#include "core/base/assert.h"

namespace foyer::net {
namespace {

constexpr std::uint32_t kLifetimeS =
    std::chrono::duration_cast<std::chrono::seconds>(PortMapping::kLifetime).count();

bool isDue(const std::optional<TimePoint>& when, TimePoint now) { return when && *when <= now; }

}  // namespace

PortMapping::PortMapping(const PortMappingConfig& config, RandomSource& random)
    : m_config(config), m_random(random) {
  FOYER_ASSERT(config.localPort != 0, "the socket has a port");
  FOYER_ASSERT(config.local.family == config.gateway.family, "a gateway is of its host's family");
}

void PortMapping::start(TimePoint now) {
  if (m_stage != Stage::Idle) return;
  m_random.fill(m_nonce);
  beginRound(now);
}

// --- Rounds
// ---------------------------------------------------------------------------------------

void PortMapping::beginRound(TimePoint now) {
  m_stage = Stage::Asking;
  m_exchange.reset();
  m_renewAt = m_checkAt = m_retryAt = std::nullopt;
  m_restHint.reset();
  m_wentBackToPcp = false;
  for (Way& way : m_ways) {
    way.failure = way.isDisproved ? std::optional(MappingFailure::Disproved) : std::nullopt;
  }
  if (!m_config.local.isV4()) at(MappingWay::NatPmp).failure = MappingFailure::NotOffered;
  if (!m_config.local.isV4() || !m_config.usesUpnp) {
    at(MappingWay::Upnp).failure = MappingFailure::NotOffered;
  }
  continueRound(now);
}

void PortMapping::continueRound(TimePoint now) {
  if (m_stage != Stage::Asking) return;
  if (!m_exchange && !at(MappingWay::Pcp).failure) {
    const bool isNatPmpNext = !at(MappingWay::NatPmp).failure;
    beginExchange(now, MappingWay::Pcp, isNatPmpNext);
  } else if (!m_exchange && !at(MappingWay::NatPmp).failure) {
    beginExchange(now, MappingWay::NatPmp, true);
  }
  // A router that is silent to PCP may know UPnP alone, so that does not wait for NAT-PMP's end.
  const bool isSilent = at(MappingWay::Pcp).failure == MappingFailure::Silent;
  if (!at(MappingWay::Upnp).failure && !m_upnpUnderWay && (!m_exchange || isSilent)) {
    orderUpnp(now, UpnpOrder::Kind::Map, m_config.localPort);
  }
  if (!m_exchange && !m_upnpUnderWay) rest(now);
}

void PortMapping::fail(TimePoint now, MappingWay way, MappingFailure reason) {
  at(way).failure = reason;
  if (asks(way)) m_exchange.reset();
  if (m_stage == Stage::Held && holds(way) && !isPassing(reason)) {
    lose(now, MappingLoss::Refused);
  } else {
    continueRound(now);
  }
}

void PortMapping::restNoLongerThan(Duration rest) {
  m_restHint = std::min(m_restHint.value_or(kLongestRest), rest);
}

void PortMapping::rest(TimePoint now) {
  m_stage = Stage::Resting;
  m_retryAt = now + std::clamp(m_restHint.value_or(kRest), kLeastRest, kLongestRest);
  PortMappingFailed failed;
  for (std::size_t i = 0; i < kMappingWays; ++i) {
    failed.reasons[i] = m_ways[i].failure.value_or(MappingFailure::Silent);
  }
  failed.retryAt = *m_retryAt;
  m_events.push(failed);
}

void PortMapping::lose(TimePoint now, MappingLoss loss) {
  m_events.push(PortMappingLost{m_held->external, loss});
  m_held.reset();
  beginRound(now);
}

// --- Questions
// ------------------------------------------------------------------------------------

IpAddress PortMapping::anyAddress() const {
  return m_config.local.isV4() ? IpAddress{} : IpAddress::v6({});
}

SocketAddress PortMapping::wished() const {
  return m_held ? m_held->external : SocketAddress{anyAddress(), m_config.localPort};
}

void PortMapping::sendMap(MappingWay way, std::uint32_t lifetimeS) {
  // A deletion suggests nothing (RFC 6886 section 3.4, RFC 6887 section 15.1).
  const SocketAddress suggested = lifetimeS == 0 ? SocketAddress{anyAddress(), 0} : wished();
  if (way == MappingWay::Pcp) {
    m_transmits.push(encode(
        PcpRequest{m_config.local, lifetimeS, PcpMap{m_nonce, m_config.localPort, suggested}}));
  } else {
    m_transmits.push(
        encode(NatPmpRequest{NatPmpOpcode::MapUdp, m_config.localPort, suggested.port, lifetimeS}));
  }
}

void PortMapping::beginExchange(TimePoint now, MappingWay way, bool isFirstAsk) {
  Exchange e;
  e.way = way;
  if (way == MappingWay::NatPmp) {
    e.isAddress = true;
    e.sends = kNatPmpSends;
    e.wait = kNatPmpFirstWait;
  } else if (isFirstAsk) {
    e.wait = kPcpPatience;
  } else {
    e.sends = kPcpSends;
    e.wait = std::chrono::duration_cast<Duration>(kPcpFirstWait * (0.9 + 0.2 * m_random.unit()));
  }
  m_exchange = e;
  sendExchange(now);
}

void PortMapping::sendExchange(TimePoint now) {
  Exchange& e = *m_exchange;
  ++e.sent;
  e.next = now + e.wait;
  e.wait *= 2;
  if (e.isAddress) {
    m_transmits.push(encode(NatPmpRequest{}));
  } else {
    sendMap(e.way, kLifetimeS);
  }
}

void PortMapping::renew(TimePoint now) {
  m_renewAt = now + std::max((m_held->expires - now) / 2, kLeastRenewalGap);
  if (m_held->way == MappingWay::Upnp) {
    orderUpnp(now, UpnpOrder::Kind::Map, m_held->external.port);
  } else if (!m_exchange) {
    beginExchange(now, m_held->way, false);
  }
}

void PortMapping::check(TimePoint now) {
  m_checkAt = now + kCheckEvery;
  if (m_exchange) return;
  if (m_held->way == MappingWay::Pcp) {
    m_transmits.push(encode(PcpRequest{m_config.local, 0, std::nullopt}));
  } else {
    m_transmits.push(encode(NatPmpRequest{}));
  }
}

void PortMapping::orderUpnp(TimePoint now, UpnpOrder::Kind kind, std::uint16_t externalPort) {
  if (m_upnpUnderWay) return;  // its answer decides what follows
  m_upnpOut = UpnpOrder{kind, externalPort, kind == UpnpOrder::Kind::Map ? kLifetimeS : 0};
  m_upnpUnderWay = kind;
  m_upnpDeadline = now + kUpnpPatience;
}

std::optional<UpnpOrder> PortMapping::pollUpnp() { return std::exchange(m_upnpOut, std::nullopt); }

void PortMapping::onVerified(const SocketAddress& external) {
  if (m_held && m_held->external == external) m_held->isVerified = true;
}

void PortMapping::onDisproved(TimePoint now, const SocketAddress& external) {
  if (!m_held || m_held->external != external) return;
  const MappingWay way = m_held->way;
  at(way).isDisproved = true;
  if (way == MappingWay::Upnp) {
    orderUpnp(now, UpnpOrder::Kind::Remove, external.port);
  } else {
    sendMap(way, 0);
  }
  lose(now, MappingLoss::Disproved);
}

void PortMapping::onSlept(TimePoint now, Duration slept) {
  // The router's clock ran on as well; that is no restart.
  for (Way& way : m_ways) way.epoch.reset();
  if (m_stage == Stage::Resting) m_retryAt = now;
  if (m_stage == Stage::Held) {
    m_held->expires -= slept;
    m_renewAt = now;
  }
  handleTimeout(now);
}

// --- Time and the end
// -----------------------------------------------------------------------------

void PortMapping::handleTimeout(TimePoint now) {
  if (m_stage == Stage::Stopping) {
    if (isDue(m_stopBy, now)) {
      m_stage = Stage::Stopped;
    } else if (isDue(m_stopResend, now)) {
      m_stopResend = now + kStopResend;
      sendDeletes();
    }
    return;
  }
  if (isDue(m_upnpDeadline, now)) {
    m_upnpDeadline.reset();
    m_upnpOut.reset();
    const auto kind = std::exchange(m_upnpUnderWay, std::nullopt);
    if (kind == UpnpOrder::Kind::Map) {
      fail(now, MappingWay::Upnp, MappingFailure::Silent);
    } else {
      continueRound(now);
    }
  }
  if (m_exchange && m_exchange->next <= now) {
    if (m_exchange->sent < m_exchange->sends) {
      sendExchange(now);
    } else {
      fail(now, m_exchange->way, MappingFailure::Silent);
    }
  }
  if (m_stage == Stage::Resting && isDue(m_retryAt, now)) {
    for (Way& way : m_ways) way.isDisproved = false;
    beginRound(now);
  } else if (m_stage == Stage::Held && m_held->expires <= now) {
    lose(now, MappingLoss::Expired);
  } else if (m_stage == Stage::Held) {
    if (isDue(m_renewAt, now)) renew(now);
    if (isDue(m_checkAt, now)) check(now);
  }
}

std::optional<TimePoint> PortMapping::pollTimeout() const {
  std::optional<TimePoint> earliest;
  const auto consider = [&](const std::optional<TimePoint>& when) {
    if (when && (!earliest || *when < *earliest)) earliest = when;
  };
  if (m_stage == Stage::Idle || m_stage == Stage::Stopped) return std::nullopt;
  if (m_stage == Stage::Stopping) {
    consider(m_stopBy);
    consider(m_stopResend);
    return earliest;
  }
  consider(m_upnpDeadline);
  if (m_exchange) consider(m_exchange->next);
  if (m_stage == Stage::Resting) consider(m_retryAt);
  if (m_stage == Stage::Held) {
    consider(m_held->expires);
    consider(m_renewAt);
    consider(m_checkAt);
  }
  return earliest;
}

void PortMapping::stop(TimePoint now) {
  if (m_stage == Stage::Stopping || m_stage == Stage::Stopped) return;
  // A question under way may still be granted; without an answer so far it is not waited for.
  if (m_stage != Stage::Idle && m_exchange && !m_exchange->isAddress &&
      at(m_exchange->way).grantedPort == 0) {
    sendMap(m_exchange->way, 0);
  }
  m_stage = Stage::Stopping;
  m_exchange.reset();
  m_held.reset();
  if (m_upnpOut && m_upnpOut->kind == UpnpOrder::Kind::Map) {
    m_upnpOut.reset();
    m_upnpUnderWay.reset();
  }
  m_stopBy = now + kStopPatience;
  m_stopResend = now + kStopResend;
  const Way& upnp = at(MappingWay::Upnp);
  if (upnp.grantedPort != 0) orderUpnp(now, UpnpOrder::Kind::Remove, upnp.grantedPort);
  sendDeletes();
  finishStop();
}

void PortMapping::sendDeletes() {
  for (const MappingWay way : {MappingWay::Pcp, MappingWay::NatPmp}) {
    if (at(way).grantedPort != 0) sendMap(way, 0);
  }
}

void PortMapping::finishStop() {
  if (m_stage != Stage::Stopping || m_upnpUnderWay) return;
  for (const Way& way : m_ways) {
    if (way.grantedPort != 0) return;
  }
  m_stage = Stage::Stopped;
}

}  // namespace foyer::net
