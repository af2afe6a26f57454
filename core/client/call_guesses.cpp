// The part of CallPaths that guesses ports: what the two NATs mean for this call, and the search
// that follows from it (core/net/port_search.h).
#include <utility>

#include "core/client/call_paths.h"
#include "core/client/labels.h"

namespace foyer::client {

void CallPaths::setOwnNat(TimePoint now, const net::NatReport& report, bool triesPorts) {
  m_ownNat = report;
  m_triesPorts = triesPorts;
  planGuesses(now);
}

void CallPaths::setPeerNat(TimePoint now, const net::NatTraits& traits) {
  if (m_peerNat == traits) return;
  m_peerNat = traits;
  planGuesses(now);
}

void CallPaths::planGuesses(TimePoint now) {
  if (!m_ownNat) return;
  const net::PunchPlan plan = net::planPunch(net::traitsOf(*m_ownNat, m_triesPorts), m_peerNat);
  if (plan != m_plan) m_hasChanged = true;
  m_plan = plan;
  const auto peer = m_probes.publicAddress(m_ownNat->family);
  if (!peer) return;
  // A thousand packets go only where a relay that both are on has seen the peer (catalogue K-17),
  // and nobody in the own network needs them.
  const bool isSeenThere =
      m_probes.isVouched(peer->ip) && !net::isOnOwnNetwork(peer->ip, m_probes.own());
  if (plan.strategy == net::PunchStrategy::Birthday && !isSeenThere) return;
  net::PortSearch::Task task;
  task.plan = plan;
  task.local = localLabelFor(*peer);
  task.peer = *peer;
  task.allocation = m_ownNat->allocation;
  task.observer = m_ownNat->observer;
  if (m_ownNat->externalIp && m_ownNat->newestPort)
    task.newest = SocketAddress{*m_ownNat->externalIp, *m_ownNat->newestPort};
  m_search.begin(now, task);
  if (m_direct || m_probes.hasContact()) m_search.settle(now);
}

void CallPaths::tendGuesses(TimePoint now) {
  m_search.handleTimeout(now);
  if (m_predicted == m_search.predicted()) return;
  m_predicted = m_search.predicted();
  m_hasChanged = true;
}

void CallPaths::sendGuesses(TimePoint now, const net::TransmitSink& sink) {
  m_search.pollTransmit(now, sink);
  const std::size_t before = m_search.budget();
  m_probes.pollGuesses(now, m_search, sink);
  if (!m_search.isUnderWay()) m_hasNotedGuesses = false;
  // One line for all of them.
  if (m_search.budget() < before && !std::exchange(m_hasNotedGuesses, true))
    m_record.add(now, PathStep::Asked, wire::CandidateKind::Predicted,
                 m_probes.publicAddress(m_ownNat->family), net::toString(m_plan.strategy));
}

bool CallPaths::handleStun(TimePoint now, const net::DatagramView& datagram) {
  return m_search.handleDatagram(now, datagram);
}

void CallPaths::addEndsInUse(std::vector<SocketAddress>& labels) const {
  m_probes.addEndsInUse(labels);
  for (const Link& one : m_links) labels.push_back(one.way.local);
}

}  // namespace foyer::client
