#include "app/foyer/incoming_presenter.h"

#include <algorithm>

#include "app/foyer/clock.h"
#include "app/foyer/people_model.h"
#include "app/foyer/text.h"

namespace foyer::app {

using engine::CallDirection;
using engine::CallState;
using engine::CallView;
using engine::Trust;

IncomingPresenter::IncomingPresenter(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine) {
  m_timer.setInterval(1000);
  connect(&m_timer, &QTimer::timeout, this, &IncomingPresenter::tick);
  connect(&m_engine, &engine::EngineInterface::callsChanged, this, &IncomingPresenter::refresh);
  connect(&m_engine, &engine::EngineInterface::settingChanged, this, &IncomingPresenter::refresh);
  refresh();
}

void IncomingPresenter::setDesktopQuiet(bool isQuiet) {
  m_isDesktopQuiet = isQuiet;
  refresh();
}

void IncomingPresenter::refresh() {
  const std::vector<CallView> calls = m_engine.calls();
  // What comes all the same is not answered, and is listed as missed.
  const bool isQuiet = m_engine.setting(QStringLiteral("do_not_disturb")) == QLatin1String("on");
  const CallView* ringing = nullptr;
  const CallView* running = nullptr;
  for (const CallView& call : calls) {
    const bool rings =
        call.direction == CallDirection::Incoming && call.state == CallState::Ringing;
    if (rings && isQuiet) continue;
    // Who was shown first stays until the call is decided.
    if (rings && (ringing == nullptr || (m_call && call.call == *m_call))) ringing = &call;
    if (!rings && call.state != CallState::Ended) running = &call;
  }
  m_running = running != nullptr ? std::optional(running->call) : std::nullopt;

  IncomingShown shown;
  if (ringing != nullptr) {
    std::optional<std::int64_t> verifiedAtMs;
    for (const auto& person : m_engine.people()) {
      if (person.fingerprint == ringing->peer) verifiedAtMs = person.verifiedAtMs;
    }
    shown = shownOf(*ringing, running, verifiedAtMs);
    if (!m_call || *m_call != ringing->call) {
      m_call = ringing->call;
      m_ringsSinceMs = steadyNowMs();
      setHideAddress(hidesAddress(*ringing));
    }
  } else {
    m_call.reset();
  }
  if (shown.ringing != m_timer.isActive()) shown.ringing ? m_timer.start() : m_timer.stop();
  if (shown != m_shown) {
    m_shown = shown;
    emit changed();
  }
  tick();
}

bool IncomingPresenter::hidesAddress(const CallView& ringing) const {
  if (isSuspect(ringing.peerTrust)) return true;
  switch (ringing.policy) {
    case engine::ContactPolicy::Usual:
      // Verified people and those on this network may see the address; others after a choice.
      return ringing.peerTrust != Trust::Verified && !isOnOwnNetwork(ringing.peer);
    case engine::ContactPolicy::Direct:
      return false;
    case engine::ContactPolicy::RelayOnly:
    case engine::ContactPolicy::Ask:
      return true;
  }
  return true;
}

IncomingShown IncomingPresenter::shownOf(const CallView& ringing, const CallView* running,
                                         std::optional<std::int64_t> verifiedAtMs) const {
  IncomingShown shown;
  shown.ringing = true;
  shown.name = fromUtf8(ringing.peerAlias);
  if (!ringing.signedAlias.empty())
    shown.signedText = tr("Calls themselves %1").arg(fromUtf8(ringing.signedAlias));
  shown.tag = fromUtf8(ringing.keyTag);
  shown.initials = initials(shown.name);
  shown.hue = hueOf(ringing.peer);
  shown.verified = ringing.peerTrust == Trust::Verified;
  shown.suspect = isSuspect(ringing.peerTrust);
  // A call to compare words tells no address: there is nothing to ask.
  shown.asks = !shown.suspect && ringing.policy == engine::ContactPolicy::Ask;
  shown.relayOnly = ringing.policy == engine::ContactPolicy::RelayOnly;
  if (const auto contact = m_engine.contact(ringing.peer)) {
    shown.silent = contact->ring == store::kSilentRing;
    if (!shown.silent) shown.ring = fromUtf8(contact->ring);
  }
  shown.silent |= m_isDesktopQuiet;
  shown.trustText = shown.verified && verifiedAtMs ? tr("Verified %1").arg(dateText(*verifiedAtMs))
                    : ringing.isNewKey && ringing.peerTrust == Trust::NotVerified
                        ? tr("New key, not verified")
                        : trustWord(ringing.peerTrust);
  shown.microphoneOff = shown.suspect;
  shown.microphone = shown.suspect ? tr("Your microphone stays off until you compare words")
                                   : tr("Your microphone will be on");
  if (ringing.peerTrust == Trust::WordsDiffered) {
    shown.keySentence =
        tr("In an earlier call with this key the words did not match. Perhaps one of you misread "
           "them. It can also mean somebody is in between.");
  } else if (shown.suspect) {
    shown.keySentence =
        verifiedAtMs ? tr("This key is different from the one you verified on %1. Usually that "
                          "means a new computer. It can also mean somebody is in between.")
                           .arg(dateText(*verifiedAtMs))
                     : tr("This key is different from the one you verified. Usually that means a "
                          "new computer. It can also mean somebody is in between.");
  }
  shown.second = running != nullptr;
  shown.title = (shown.second ? tr("%1 is calling too") : tr("%1 is calling")).arg(shown.name);
  if (shown.second) {
    const QString other = fromUtf8(running->peerAlias);
    shown.secondSentence = tr("You stay with %1 until you choose").arg(other);
    shown.endsSentence = tr("Ends your call with %1").arg(other);
  }
  if (shown.asks) {
    shown.acceptText = shown.second ? tr("End call, accept by relay") : tr("Accept by relay");
    shown.directlyText = shown.second ? tr("End call, accept directly") : tr("Accept directly");
  } else {
    shown.acceptText = shown.second ? tr("End this call and accept") : tr("Accept");
  }
  return shown;
}

bool IncomingPresenter::isOnOwnNetwork(const Fingerprint& person) const {
  std::vector<Fingerprint> near;
  for (const auto& relay : m_engine.relays()) {
    if (relay.isOwn) near.push_back(relay.fingerprint);
  }
  for (const auto& found : m_engine.discovered()) near.push_back(found.fingerprint);
  for (const auto& known : m_engine.people()) {
    if (known.fingerprint != person) continue;
    return std::any_of(known.relays.begin(), known.relays.end(), [&](const Fingerprint& relay) {
      return std::find(near.begin(), near.end(), relay) != near.end();
    });
  }
  return false;
}

void IncomingPresenter::tick() {
  QString countdown;
  if (m_call) {
    const auto left =
        std::max<std::int64_t>(0, kRingSeconds - (steadyNowMs() - m_ringsSinceMs) / 1000);
    countdown =
        (m_shown.silent ? tr("without a sound for another %1 s") : tr("rings for another %1 s"))
            .arg(static_cast<qlonglong>(left));
  }
  if (countdown == m_countdown) return;
  m_countdown = countdown;
  emit countdownChanged();
}

void IncomingPresenter::setHideAddress(bool hide) {
  if (hide == m_hideAddress) return;
  m_hideAddress = hide;
  emit hideAddressChanged();
}

void IncomingPresenter::accept() { answer(m_hideAddress); }
void IncomingPresenter::acceptDirectly() { answer(false); }

void IncomingPresenter::answer(bool isPrivate) {
  if (!m_call) return;
  const CallId call = *m_call;
  if (m_running) m_engine.hangup(CallId(*m_running));
  m_engine.answer(call, !isPrivate);
}

void IncomingPresenter::decline() {
  if (m_call) m_engine.reject(CallId(*m_call));
}

}  // namespace foyer::app
