// What comes back: the router's answers and announcements, and those of UPnP.
#include <algorithm>
#include <utility>

#include "core/net/port_mapping.h"

namespace foyer::net {
namespace {

constexpr std::uint32_t kLifetimeS =
    std::chrono::duration_cast<std::chrono::seconds>(PortMapping::kLifetime).count();

MappingFailure failureOf(PcpResult result) {
  switch (result) {
    case PcpResult::UnsupportedVersion:
      return MappingFailure::VersionNotSpoken;
    case PcpResult::NotAuthorized:
      return MappingFailure::NotAuthorized;
    case PcpResult::NoResources:
    case PcpResult::UserExceededQuota:
      return MappingFailure::NoResources;
    case PcpResult::NetworkFailure:
      return MappingFailure::NoNetwork;
    case PcpResult::AddressMismatch:
      return MappingFailure::BehindAnotherRouter;
    case PcpResult::Success:
    case PcpResult::MalformedRequest:
    case PcpResult::UnsupportedOpcode:
    case PcpResult::UnsupportedOption:
    case PcpResult::MalformedOption:
    case PcpResult::UnsupportedProtocol:
    case PcpResult::CannotProvideExternal:
    case PcpResult::ExcessiveRemotePeers:
    case PcpResult::Unknown:
      return MappingFailure::Refused;
  }
  return MappingFailure::Refused;
}

MappingFailure failureOf(NatPmpResult result) {
  switch (result) {
    case NatPmpResult::UnsupportedVersion:
      return MappingFailure::VersionNotSpoken;
    case NatPmpResult::NotAuthorized:
      return MappingFailure::NotAuthorized;
    case NatPmpResult::NetworkFailure:
      return MappingFailure::NoNetwork;
    case NatPmpResult::OutOfResources:
      return MappingFailure::NoResources;
    case NatPmpResult::Success:
    case NatPmpResult::UnsupportedOpcode:
    case NatPmpResult::Unknown:
      return MappingFailure::Refused;
  }
  return MappingFailure::Refused;
}

MappingFailure failureOf(UpnpOutcome outcome) {
  switch (outcome) {
    case UpnpOutcome::Done:
    case UpnpOutcome::NotOurs:
      return MappingFailure::FalseReply;
    case UpnpOutcome::NoGateway:
    case UpnpOutcome::OutOfTime:
      return MappingFailure::Silent;
    case UpnpOutcome::Refused:
      return MappingFailure::Refused;
    case UpnpOutcome::NoAddress:
      return MappingFailure::NoNetwork;
  }
  return MappingFailure::Refused;
}

}  // namespace

void PortMapping::handleDatagram(TimePoint now, const SocketAddress& from, ByteView bytes) {
  if (from != server() || m_stage == Stage::Idle || m_stage == Stage::Stopped) return;
  if (const auto natPmp = decodeNatPmpReply(bytes)) {
    onNatPmp(now, *natPmp);
  } else if (const auto pcp = decodePcpReply(bytes)) {
    onPcp(now, *pcp);
  }
}

// Whether the router's clock says that its table was emptied. Remembers the clock.
bool PortMapping::noteEpoch(TimePoint now, MappingWay way, std::uint32_t epochS) {
  const EpochSeen seen{epochS, now};
  const auto before = std::exchange(at(way).epoch, seen);
  if (!before) return false;
  const bool restarted =
      way == MappingWay::Pcp ? pcpRestarted(*before, seen) : natPmpRestarted(*before, seen);
  if (!restarted) {
    // Even a clock that stands still agrees with itself over a short while.
    if (now - before->at >= kCheckEvery / 2) m_falseRestarts = 0;
    return false;
  }
  if (m_falseRestarts >= kFalseRestarts) return false;
  ++m_falseRestarts;
  if (holds(way)) m_sawRestart = true;
  return true;
}

void PortMapping::onRestart(TimePoint now, MappingWay way) {
  if (m_stage == Stage::Held && holds(way) && !asks(way)) beginExchange(now, way, false);
}

void PortMapping::onPcpVersionRefusal(TimePoint now) {
  if (asks(MappingWay::Pcp)) {
    fail(now, MappingWay::Pcp, MappingFailure::VersionNotSpoken);
    return;
  }
  if (!asks(MappingWay::NatPmp)) return;
  // It knows PCP but not NAT-PMP (RFC 6887 section 9), so the first question was lost.
  Way& pcp = at(MappingWay::Pcp);
  if (m_stage == Stage::Asking && !m_wentBackToPcp && pcp.failure == MappingFailure::Silent) {
    m_wentBackToPcp = true;
    pcp.failure.reset();
  }
  fail(now, MappingWay::NatPmp, MappingFailure::VersionNotSpoken);
}

void PortMapping::onPcp(TimePoint now, const PcpReply& reply) {
  if (reply.result == PcpResult::UnsupportedVersion) {
    onPcpVersionRefusal(now);
    return;
  }
  if (!reply.map) {
    if (noteEpoch(now, MappingWay::Pcp, reply.epochS)) onRestart(now, MappingWay::Pcp);
    return;
  }
  if (reply.map->nonce != m_nonce || reply.map->internalPort != m_config.localPort) return;
  const bool restarted = noteEpoch(now, MappingWay::Pcp, reply.epochS);
  if (m_stage == Stage::Stopping) {
    if (reply.result != PcpResult::Success || reply.lifetimeS == 0) {
      at(MappingWay::Pcp).grantedPort = 0;
      finishStop();
    }
    return;
  }
  if (reply.result != PcpResult::Success) {
    if (asks(MappingWay::Pcp)) {
      const Duration told = std::chrono::seconds(reply.lifetimeS);
      restNoLongerThan(told > Duration::zero() || isShortLived(reply.result) ? told : kRest);
      fail(now, MappingWay::Pcp, failureOf(reply.result));
    } else if (restarted) {
      onRestart(now, MappingWay::Pcp);
    }
    return;
  }
  if (reply.lifetimeS == 0) {
    // Perhaps by a deletion that we sent long ago; if it is not, the next renewal tells.
    if (holds(MappingWay::Pcp)) {
      m_renewAt = std::min(*m_renewAt, now + kLeastRenewalGap);
    } else {
      at(MappingWay::Pcp).grantedPort = 0;
    }
    return;
  }
  grant(now, MappingWay::Pcp, reply.map->external, reply.lifetimeS);
}

void PortMapping::onNatPmp(TimePoint now, const NatPmpReply& reply) {
  if (reply.result == NatPmpResult::UnsupportedVersion && asks(MappingWay::Pcp)) {
    fail(now, MappingWay::Pcp, MappingFailure::VersionNotSpoken);
    return;
  }
  if (reply.opcode == NatPmpOpcode::MapTcp) return;
  if (reply.result != NatPmpResult::Success) {
    onNatPmpRefusal(now, reply);
    return;
  }
  const bool isMap = reply.opcode == NatPmpOpcode::MapUdp;
  if (isMap && reply.internalPort != m_config.localPort) return;
  const bool restarted = noteEpoch(now, MappingWay::NatPmp, reply.epochS);
  if (m_stage == Stage::Stopping) {
    if (isMap && reply.lifetimeS == 0) {
      at(MappingWay::NatPmp).grantedPort = 0;
      finishStop();
    }
    return;
  }
  if (!isMap) {
    if (restarted) onRestart(now, MappingWay::NatPmp);
    onNatPmpAddress(now, reply.externalAddress);
    return;
  }
  if (reply.lifetimeS == 0 && !holds(MappingWay::NatPmp)) at(MappingWay::NatPmp).grantedPort = 0;
  // Without a nonce only an answer to a question of this moment counts.
  if (!asks(MappingWay::NatPmp) || m_exchange->isAddress || reply.lifetimeS == 0) return;
  grant(now, MappingWay::NatPmp, {*m_natPmpAddress, reply.externalPort}, reply.lifetimeS);
}

void PortMapping::onNatPmpAddress(TimePoint now, const IpAddress& address) {
  const ExternalKind kind = externalKind(address);
  if (asks(MappingWay::NatPmp) && m_exchange->isAddress) {
    if (kind == ExternalKind::Unusable) {
      fail(now, MappingWay::NatPmp, MappingFailure::UnusableAddress);
      return;
    }
    m_natPmpAddress = address;
    m_exchange->isAddress = false;
    m_exchange->sent = 0;
    m_exchange->wait = kNatPmpFirstWait;
    sendExchange(now);
  } else if (holds(MappingWay::NatPmp) && kind != ExternalKind::Unusable &&
             m_held->external.ip != address) {
    m_natPmpAddress = address;
    m_held->external.ip = address;
    m_held->isPrivate = kind == ExternalKind::Private;
    m_held->isVerified = false;
    m_events.push(PortMapped{m_held->way, m_held->external, m_held->isPrivate});
  }
}

void PortMapping::onNatPmpRefusal(TimePoint now, const NatPmpReply& reply) {
  const bool isMap = reply.opcode == NatPmpOpcode::MapUdp;
  if (m_stage == Stage::Stopping) {
    if (isMap) at(MappingWay::NatPmp).grantedPort = 0;
    finishStop();
    return;
  }
  if (!asks(MappingWay::NatPmp) || m_exchange->isAddress == isMap) return;
  const MappingFailure failure = failureOf(reply.result);
  if (isPassing(failure)) restNoLongerThan(kLeastRest);
  fail(now, MappingWay::NatPmp, failure);
}

void PortMapping::onUpnp(TimePoint now, const UpnpAnswer& answer) {
  // An answer after its time still tells what stands in the router's table.
  const auto kind = std::exchange(m_upnpUnderWay, std::nullopt);
  m_upnpDeadline.reset();
  Way& upnp = at(MappingWay::Upnp);
  if (m_stage == Stage::Idle || m_stage == Stage::Stopped) return;
  if (kind == UpnpOrder::Kind::Remove) {
    upnp.grantedPort = 0;
    finishStop();
    continueRound(now);
    return;
  }
  if (answer.outcome != UpnpOutcome::Done || answer.external.port == 0) {
    finishStop();
    fail(now, MappingWay::Upnp, failureOf(answer.outcome));
    return;
  }
  upnp.grantedPort = answer.external.port;
  const bool isLate = m_held && m_held->way != MappingWay::Upnp;
  if (m_stage == Stage::Stopping || upnp.isDisproved ||
      (isLate && m_held->external.port != answer.external.port)) {
    orderUpnp(now, UpnpOrder::Kind::Remove, answer.external.port);
  } else if (!isLate) {
    grant(now, MappingWay::Upnp, answer.external,
          answer.lifetimeS == 0 ? kLifetimeS : answer.lifetimeS);
  }
}

void PortMapping::grant(TimePoint now, MappingWay way, const SocketAddress& external,
                        std::uint32_t lifetimeS) {
  at(way).grantedPort = external.port;
  // Two ways may both have been answered; the first one stays, both are deleted at the end.
  if (at(way).isDisproved || (m_held && m_held->way != way)) return;
  const ExternalKind kind = externalKind(external.ip);
  if (kind == ExternalKind::Unusable || external.ip.family != m_config.local.family) {
    fail(now, way, MappingFailure::UnusableAddress);
    return;
  }
  const Duration lifetime = std::min<Duration>(std::chrono::seconds(lifetimeS), kLifetime);
  if (lifetime < kLeastLifetime) {
    fail(now, way, MappingFailure::FalseReply);
    return;
  }
  const bool isSame = m_held && m_held->external == external && !m_sawRestart;
  m_sawRestart = false;
  m_stage = Stage::Held;
  m_exchange.reset();
  m_retryAt.reset();
  m_held = HeldMapping{way, external, kind == ExternalKind::Private, isSame && m_held->isVerified,
                       now + lifetime};
  // RFC 6887 section 11.2.1: between 1/2 and 5/8 of the lifetime.
  auto half = std::chrono::duration_cast<Duration>(lifetime * (0.5 + 0.125 * m_random.unit()));
  if (way == MappingWay::Upnp) {
    half = std::min(half, kUpnpCheckEvery);
  } else {
    m_checkAt = now + kCheckEvery;
  }
  m_renewAt = now + half;
  if (!isSame) m_events.push(PortMapped{way, external, m_held->isPrivate});
}

void PortMapping::handleAnnouncement(TimePoint now, const SocketAddress& from, ByteView bytes) {
  if (from.ip != m_config.gateway) return;
  const auto isNews = [&](MappingWay way, std::uint32_t epochS) {
    if (m_stage == Stage::Resting) return true;
    const auto& before = at(way).epoch;
    if (m_stage != Stage::Held || !holds(way) || !before) return false;
    const EpochSeen seen{epochS, now};
    return way == MappingWay::Pcp ? pcpRestarted(*before, seen) : natPmpRestarted(*before, seen);
  };
  bool news = false;
  if (const auto natPmp = decodeNatPmpReply(bytes)) {
    if (natPmp->opcode != NatPmpOpcode::ExternalAddress) return;
    if (natPmp->result != NatPmpResult::Success) return;
    news = isNews(MappingWay::NatPmp, natPmp->epochS) ||
           (holds(MappingWay::NatPmp) && m_held->external.ip != natPmp->externalAddress);
  } else if (const auto pcp = decodePcpReply(bytes)) {
    if (pcp->map || pcp->result != PcpResult::Success) return;
    news = isNews(MappingWay::Pcp, pcp->epochS);
  }
  if (!news || (m_announcedAt && now - *m_announcedAt < kAnnounceGap)) return;
  m_announcedAt = now;
  const TimePoint when =
      now + std::chrono::duration_cast<Duration>(kAnnounceSpread * m_random.unit());
  if (m_stage == Stage::Held) m_renewAt = std::min(*m_renewAt, when);
  if (m_stage == Stage::Resting) m_retryAt = std::min(*m_retryAt, when);
}

}  // namespace foyer::net
