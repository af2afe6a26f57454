#include "core/net/turn_probe.h"

#include <algorithm>

namespace foyer::net {
namespace {

TurnConfig forProbe(TurnConfig config) {
  config.retry = kTurnProbeRetry;
  return config;
}

}  // namespace

TurnProbe::TurnProbe(TurnConfig config, RandomSource& random)
    : m_random(random),
      m_isStream(config.transport != TurnTransport::Udp),
      m_client(forProbe(std::move(config)), random) {
  m_report.credentialsExpiry = m_client.credentialsExpiry();
}

void TurnProbe::start(TimePoint now) {
  if (!m_hasStarted) m_startedAt = now;
  m_hasStarted = true;
  m_wantsConnection = false;
  m_client.start(now);
}

void TurnProbe::disconnected(TimePoint now) {
  if (m_isDone) return;
  m_isDone = true;
  m_nextSend.reset();
  if (m_report.isUsable) return;
  m_report.fault = TurnFault{TurnStage::Allocate, TurnCause::NoAnswer, 0};
  m_report.took = now - m_startedAt;
}

bool TurnProbe::handle(TimePoint now, const SocketAddress& from, ByteView message) {
  if (m_isDone) return false;
  const TurnInput input = m_client.handle(now, from, message);
  if (input.kind == TurnInput::Kind::NotOurs) return false;
  // A repeated question cannot be told from the first, nor the time it took.
  if (!m_isAnswered && m_questions == 1) m_report.roundTrip = now - m_askedAt;
  m_isAnswered = true;
  if (input.kind == TurnInput::Kind::Data && m_nextSend && input.peer == m_report.relayed &&
      std::equal(input.payload.begin(), input.payload.end(), m_token.begin(), m_token.end())) {
    m_report.relayRoundTrip = now - m_firstSend;
    giveBack(now);
  }
  takeEvents(now);
  return true;
}

void TurnProbe::handleTimeout(TimePoint now) {
  if (m_isDone) return;
  m_client.handleTimeout(now);
  takeEvents(now);
  if (m_nextSend && *m_nextSend <= now && m_sends >= kTurnProbeSends) giveBack(now);
  takeEvents(now);
}

void TurnProbe::giveBack(TimePoint now) {
  m_nextSend.reset();
  m_client.close(now);
}

void TurnProbe::takeEvents(TimePoint now) {
  while (const auto event = m_client.pollEvent()) {
    if (const auto* allocated = std::get_if<TurnAllocated>(&*event)) {
      m_report.isUsable = true;
      m_report.relayed = allocated->relayed;
      m_report.mapped = allocated->mapped;
      m_report.lifetime = allocated->lifetime;
      m_report.took = now - m_startedAt;
      if (!m_client.addPeer(now, allocated->relayed)) giveBack(now);
    } else if (const auto* redirected = std::get_if<TurnRedirected>(&*event)) {
      m_report.redirectedTo = redirected->server;
      m_wantsConnection = m_isStream;
    } else if (std::holds_alternative<TurnPeerReady>(*event)) {
      m_random.fill(m_token);
      m_nextSend = now;
    } else if (std::holds_alternative<TurnPeerLost>(*event)) {
      giveBack(now);
    } else if (const auto* ended = std::get_if<TurnEnded>(&*event)) {
      m_isDone = true;
      m_nextSend.reset();
      if (m_report.isUsable) {
        m_report.isGivenBack = m_client.wasGivenBack();
      } else {
        m_report.fault = ended->fault;
        m_report.took = now - m_startedAt;
      }
    }
  }
}

void TurnProbe::pollTransmit(TimePoint now, const TurnClient::Sink& sink) {
  if (m_isDone) return;
  m_client.pollTransmit(now, [&](ByteView message) {
    if (!m_isAnswered) {
      ++m_questions;
      m_askedAt = now;
    }
    sink(message);
  });
  if (!m_nextSend || *m_nextSend > now || m_sends >= kTurnProbeSends) return;
  const auto message = m_client.wrap(now, m_report.relayed, m_token);
  if (message) sink(*message);
  if (m_sends++ == 0) m_firstSend = now;
  m_nextSend = now + kTurnProbeGap;
}

std::optional<TimePoint> TurnProbe::pollTimeout() const {
  if (m_isDone) return std::nullopt;
  const auto due = m_client.pollTimeout();
  if (!due || !m_nextSend) return due ? due : m_nextSend;
  return std::min(*due, *m_nextSend);
}

}  // namespace foyer::net
