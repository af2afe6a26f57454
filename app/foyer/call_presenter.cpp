#include "app/foyer/call_presenter.h"

#include <algorithm>

#include "app/foyer/clock.h"
#include "app/foyer/error_text.h"
#include "app/foyer/explanation_text.h"
#include "app/foyer/path_text.h"
#include "app/foyer/people_model.h"
#include "app/foyer/text.h"

namespace foyer::app {

using engine::CallDirection;
using engine::CallState;
using engine::CallView;
using engine::Trust;

namespace {

constexpr int kClockMs = 500;  // a second never shows more than half a second late
constexpr int kLevelMs =
    100;  // what a meter may cost: two people who speak are ten pictures a second

std::optional<engine::PersonView> personOf(const engine::EngineInterface& engine,
                                           const Fingerprint& key) {
  for (const auto& person : engine.people()) {
    if (person.fingerprint == key) return person;
  }
  return std::nullopt;
}

bool isIncomingRinging(const CallView& call) {
  return call.direction == CallDirection::Incoming &&
         (call.state == CallState::Ringing || call.state == CallState::Calling);
}

// How much longer a call without a path is kept: what is said must still hold when it is read.
QString keptText(const CallView& call) {
  if (!call.keptUntilMs) return CallPresenter::tr("the call is kept");
  const std::int64_t leftMs = std::max<std::int64_t>(0, *call.keptUntilMs - steadyNowMs());
  return CallPresenter::tr("the call is kept for another %1 s").arg((leftMs + 999) / 1000);
}

}  // namespace

QString keySentence(Trust trust, std::optional<std::int64_t> verifiedAtMs) {
  switch (trust) {
    case Trust::Verified:
      return verifiedAtMs ? CallPresenter::tr("This call uses the key you verified on %1")
                                .arg(dateText(*verifiedAtMs))
                          : CallPresenter::tr("This call uses the key you verified");
    case Trust::NotVerified:
      return CallPresenter::tr("You have not verified this key yet; compare the words in the call");
    case Trust::KeyChanged:
      return CallPresenter::tr(
          "This is not the key you verified; compare the words before you talk");
    case Trust::WordsDiffered:
      return CallPresenter::tr(
          "The words of an earlier call with this key did not match; compare them before you talk");
    case Trust::Blocked:
      return CallPresenter::tr("You blocked this key");
  }
  return {};
}

CallPresenter::CallPresenter(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine) {
  m_clockTimer.setInterval(kClockMs);
  m_levelTimer.setInterval(kLevelMs);
  connect(&m_clockTimer, &QTimer::timeout, this, [this] {
    if (m_countsSeconds) refresh();
    tick();
  });
  connect(&m_levelTimer, &QTimer::timeout, this, [this] { sampleLevels(steadyNowMs()); });
  connect(&m_engine, &engine::EngineInterface::callsChanged, this, &CallPresenter::refresh);
  refresh();
}

void CallPresenter::setMetersWanted(bool wanted) {
  if (wanted == m_metersWanted) return;
  m_metersWanted = wanted;
  pace();
  emit metersWantedChanged();
}

void CallPresenter::refresh() {
  const std::vector<CallView> calls = m_engine.calls();
  const CallView* live = nullptr;
  const CallView* ours = nullptr;
  for (const CallView& call : calls) {
    if (call.state != CallState::Ended && !isIncomingRinging(call)) live = &call;
    if (m_call && call.call == *m_call) ours = &call;
  }
  if (live != nullptr) {
    if (!m_call || *m_call != live->call) {
      m_call = live->call;
      m_words = Words::AsUsual;
      m_shownSinceMs = steadyNowMs();
      m_own.clear();
      m_peer.clear();
    }
    m_wasLive = true;
    show(*live);
  } else if (ours != nullptr && m_wasLive) {
    show(*ours);  // it has ended
  } else if (m_shown.stage != Ended) {
    m_call.reset();
    publish({});
  }
  pace();
}

void CallPresenter::show(const CallView& call) {
  m_countsSeconds = false;
  const auto person = personOf(m_engine, call.peer);
  const std::optional<std::int64_t> verifiedAtMs = person ? person->verifiedAtMs : std::nullopt;
  m_peerKey = call.peer;
  m_activeSinceMs = call.activeSinceMs;

  CallShown shown;
  shown.fingerprint = fromUtf8(call.peer.hex());
  shown.name = fromUtf8(call.peerAlias);
  if (!call.signedAlias.empty())
    shown.signedText = tr("Calls themselves %1").arg(fromUtf8(call.signedAlias));
  shown.tag = fromUtf8(call.keyTag);
  shown.initials = initials(shown.name);
  shown.hue = hueOf(call.peer);
  shown.verified = call.peerTrust == Trust::Verified || (call.sas && call.sas->verified);
  shown.suspect = isSuspect(call.peerTrust);
  shown.keyTitle = call.isNewKey && call.peerTrust == Trust::NotVerified
                       ? tr("Another key than the last time; you had not verified that one either")
                       : keySentence(call.peerTrust, verifiedAtMs);
  shown.keyText = keyText(call.peer);
  shown.muted = call.muted;
  shown.voiceHeld = call.isVoiceHeld;
  shown.canSpeakUnverified = call.canSpeakUnverified;
  shown.deafened = call.deafened;
  shown.held = call.isHeld && call.state == CallState::Active;
  shown.pushToTalk =
      call.talkMode == media::TalkMode::PushToTalk && call.state == CallState::Active;
  shown.talking = shown.pushToTalk && call.isTalkKeyDown;
  shown.volume = call.volume;
  switch (call.state) {
    case CallState::Calling:
      shown.stage = Calling;
      shown.title = tr("Calling %1").arg(shown.name);
      shown.sentence = tr("Looking for their computer");
      if (relayOnPath(m_engine, call).isOneOfSeveral)
        shown.sentence =
            tr("Looking for their computer through %1").arg(relayOnPath(m_engine, call).name);
      break;
    case CallState::Ringing:
      shown.stage = Ringing;
      shown.title = tr("Ringing %1").arg(shown.name);
      shown.sentence = tr("Their computer is ringing");
      if (relayOnPath(m_engine, call).isOneOfSeveral)
        shown.sentence = tr("Their computer is ringing, called through %1")
                             .arg(relayOnPath(m_engine, call).name);
      break;
    case CallState::Securing:
      shown.stage = Securing;
      shown.title = tr("Securing the call with %1").arg(shown.name);
      shown.sentence = tr("Answered; waiting for sound in both directions");
      break;
    case CallState::Active:
      shown.stage = Active;
      shown.title = shown.name;
      break;
    case CallState::Ended:
      showEnd(call, shown);
      publish(shown);
      return;
  }
  m_countsSeconds = call.reconnecting || call.hasPeerLeft || call.nothingReceived;
  // The last delay that was measured says nothing of a way on which nothing comes any more.
  const bool isMeasured =
      call.stats.rttMs && !call.reconnecting && !call.nothingReceived && !call.hasPeerLeft;
  if (isMeasured) shown.bars = barsOf(*call.stats.rttMs);
  // What is heard badly has no good connection, however quick it is.
  if (call.explanation.severity >= client::Severity::Poor) shown.bars = std::min(shown.bars, 1);
  if (call.explanation.severity == client::Severity::Fair) shown.bars = std::min(shown.bars, 2);
  const bool haveDiffered = call.peerTrust == Trust::WordsDiffered;
  const QString secured =
      call.sas && call.sas->differs ? tr("encrypted, but the words differ")
      : shown.suspect && !shown.verified
          ? haveDiffered ? tr("end-to-end encrypted, the words differed last time")
                         : tr("end-to-end encrypted, key changed")
      : !shown.verified ? tr("end-to-end encrypted, not verified yet")
      : verifiedAtMs    ? tr("end-to-end encrypted, verified %1").arg(dateText(*verifiedAtMs))
                        : tr("end-to-end encrypted, verified");
  QStringList status;
  if (call.hasPeerLeft) {
    status = {tr("%1 lost the connection").arg(shown.name), keptText(call)};
  } else if (call.reconnecting) {
    status = {tr("Reconnecting"), keptText(call)};
  } else {
    status.append(tierText(call.stats.tier));
    if (isMeasured) status.append(delayText(*call.stats.rttMs));
    status.append(secured);
    if (call.privateMode) status.append(tr("address hidden"));
  }
  shown.statusLine = status.join(QStringLiteral(" · "));
  if (!call.hasPeerLeft && !call.reconnecting) {
    const qsizetype at = status.indexOf(secured);
    // In little room the trust is worth more words than the encryption, which never fails.
    status[at] = call.sas && call.sas->differs ? tr("the words differ")
                 : shown.suspect && !shown.verified
                     ? haveDiffered ? tr("the words differed last time") : tr("key changed")
                 : shown.verified ? tr("encrypted, verified")
                                  : tr("not verified yet");
  }
  shown.statusShort = status.join(QStringLiteral(" · "));
  shown.barsWord = barsWord(shown.bars);
  if (call.state == CallState::Active && !call.reconnecting && !call.hasPeerLeft) {
    const PathText path = pathTextOf(call, relayOnPath(m_engine, call));
    shown.pathGlyph = path.glyph;
    shown.path = path.sentence;
    shown.pathWord = path.word;
  }
  showSound(call, shown);
  // Where no sound flows, the strip says so already.
  if (call.state == CallState::Active && shown.troubleTitle.isEmpty()) {
    shown.explanation = sentenceOf(call.explanation);
    shown.isSuffering = call.explanation.severity >= client::Severity::Fair;
  }
  showSas(call, shown);
  publish(shown);
}

void CallPresenter::publish(const CallShown& shown) {
  if (shown == m_shown) return;
  m_shown = shown;
  emit changed();
  tick();
}

void CallPresenter::tick() {
  QString clock;
  if (m_shown.stage == Active && m_activeSinceMs) {
    clock = durationText((steadyNowMs() - *m_activeSinceMs) / 1000);
  } else if (m_shown.stage == Calling || m_shown.stage == Ringing) {
    clock = durationText((steadyNowMs() - m_shownSinceMs) / 1000);
  }
  if (clock == m_clock) return;
  m_clock = clock;
  emit clockChanged();
}

void CallPresenter::pace() {
  const bool runsClock = isLive();
  if (runsClock != m_clockTimer.isActive()) runsClock ? m_clockTimer.start() : m_clockTimer.stop();
  const bool runsLevels = m_metersWanted && m_shown.stage == Active;
  if (runsLevels != m_levelTimer.isActive())
    runsLevels ? m_levelTimer.start() : m_levelTimer.stop();
}

void CallPresenter::sampleLevels(std::int64_t nowMs) {
  for (const CallView& call : m_engine.calls()) {
    if (!m_call || call.call != *m_call) continue;
    const int own = m_own.step(), peer = m_peer.step();
    // Whoever put the other on hold, neither is heard; nor without a way.
    const bool isOnHold = call.isHeld || call.isPeerHeld || call.reconnecting || call.hasPeerLeft;
    const bool isHeldBack = isOnHold || call.muted || call.isVoiceHeld ||
                            (call.talkMode == media::TalkMode::PushToTalk && !call.isTalkKeyDown);
    m_own.feed(isHeldBack ? -127.f : call.levelInDb, nowMs);
    m_peer.feed(isOnHold || call.deafened ? -127.f : call.levelOutDb, nowMs);
    if (own == m_own.step() && peer == m_peer.step()) return;
    emit levelsChanged();
    const auto hasTurned = [](int before, int now) {
      return (before >= kSpeakingArches) != (now >= kSpeakingArches);
    };
    // The words under the arches; the rest waits until the engine says that something changed.
    if (hasTurned(own, m_own.step()) || hasTurned(peer, m_peer.step())) show(call);
    return;
  }
}

void CallPresenter::toggleMute() {
  if (!isLive()) return;
  // No button opens a microphone that waits for the words.
  if (m_shown.voiceHeld)
    emit said(tr("Your microphone opens when you confirm that the words match."));
  else
    m_engine.setMuted(!m_shown.muted);
}

void CallPresenter::speakUnverified() {
  if (m_shown.canSpeakUnverified && m_call) m_engine.speakUnverified(CallId(*m_call));
}

void CallPresenter::toggleDeafen() {
  if (isLive()) m_engine.setDeafened(!m_shown.deafened);
}

void CallPresenter::toggleHold() {
  if (m_shown.stage == Active && m_call) m_engine.setHeld(CallId(*m_call), !m_shown.held);
}

void CallPresenter::talk(bool isDown) { hold(m_isTalkHeld, isDown); }
void CallPresenter::talkFromOutside(bool isDown) { hold(m_isOutsideHeld, isDown); }

void CallPresenter::hold(bool& key, bool isDown) {
  // Let go of is always passed on: a call may have ended while the key was held.
  if (isDown && !m_shown.pushToTalk) return;
  key = isDown;
  const bool isAnyDown = m_isTalkHeld || m_isOutsideHeld;
  if (isAnyDown != m_isTalkKeyDown) m_engine.setTalkKey(isAnyDown);
  m_isTalkKeyDown = isAnyDown;
}

void CallPresenter::setVolume(double volume) {
  if (m_peerKey && isLive()) m_engine.setVolume(*m_peerKey, volume);
}

void CallPresenter::hangUp() {
  if (isLive() && m_call) m_engine.hangup(CallId(*m_call));
}

void CallPresenter::wordsMatch() {
  if (m_shown.stage == Active && m_call) m_engine.verify(CallId(*m_call), true);
}

void CallPresenter::wordsDiffer() {
  if (m_shown.stage != Active || !m_call) return;
  m_engine.verify(CallId(*m_call), false);
  m_engine.setMuted(true);  // at once; nothing more is said to who may be in between
}

void CallPresenter::putOffWords() {
  m_words = Words::Folded;
  refresh();
}

void CallPresenter::showWords() {
  m_words = Words::Open;
  refresh();
}

void CallPresenter::callAgain() {
  const std::optional<Fingerprint> peer = m_peerKey;
  dismiss();
  if (peer) emit callWanted(fromUtf8(peer->hex()));
}

void CallPresenter::dismiss() {
  if (m_shown.stage != Ended) return;
  m_dismissed = m_call;
  m_call.reset();
  m_wasLive = false;
  publish({});
}

}  // namespace foyer::app
