// What the call's screen says beside the figures: who is not heard and why, the words to compare,
// and how it ended.
#include <algorithm>

#include "app/foyer/call_presenter.h"
#include "app/foyer/clock.h"
#include "app/foyer/error_text.h"
#include "app/foyer/text.h"

namespace foyer::app {

using engine::CallState;
using engine::CallView;
using engine::Trust;

namespace {

// Keys.md section 6: what the set-ups that broke off may have been.
QString guessesText() {
  return CallPresenter::tr(
      "Three or more calls with this key broke off within a day while the keys were exchanged. "
      "Each may have been somebody in between who guessed at the words.");
}

int unheardSeconds(const CallView& call) {
  constexpr std::int64_t kLeastMs = 2000;  // a little of it still to come when it is said
  const std::int64_t forMs =
      call.lastReceivedMs ? std::max(kLeastMs, steadyNowMs() - *call.lastReceivedMs) : kLeastMs;
  return static_cast<int>(forMs / 1000);
}

}  // namespace

void CallPresenter::showSound(const CallView& call, CallShown& shown) const {
  if (shown.held) {
    shown.ownWord = tr("on hold");
    shown.ownTrouble = true;
  } else if (call.isVoiceHeld) {
    shown.ownWord = tr("off until the words match");
    shown.ownTrouble = true;
  } else if (call.muted) {
    shown.ownWord = tr("muted");
    shown.ownTrouble = true;
  } else if (call.inSilent) {
    shown.ownWord = tr("no sound from your microphone");
    shown.ownTrouble = true;
  } else if (call.isPeerHeld || call.reconnecting || call.hasPeerLeft) {
    shown.ownWord = tr("not heard");
  } else if (shown.pushToTalk && !call.isTalkKeyDown) {
    shown.ownWord = tr("hold T to speak");
  } else {
    shown.ownWord = m_own.step() >= kSpeakingArches ? tr("heard clearly") : tr("silent");
  }
  if (call.isSpeakingUnheard && call.state == CallState::Active && !shown.held) {
    shown.unheardTitle =
        call.muted ? tr("You are muted but speaking") : tr("You speak, but nobody hears you");
    shown.unheardAdvice = call.muted ? tr("Press M to be heard.") : tr("Hold T while you speak.");
  } else if (call.isTypingHeard && call.state == CallState::Active && !call.muted) {
    shown.unheardTitle = tr("Your typing can be heard");
    shown.unheardAdvice =
        tr("Press M to mute yourself while you type, or choose push to talk in the settings.");
  }
  if (call.nothingReceived) {
    shown.peerWord = tr("nothing received for %1 s").arg(unheardSeconds(call));
    shown.peerTrouble = true;
  } else if (shown.held) {
    shown.peerWord = tr("on hold");
    shown.peerTrouble = true;
  } else if (call.deafened) {
    shown.peerWord = tr("you hear nothing");
    shown.peerTrouble = true;
  } else if (call.isPeerHeld) {
    shown.peerWord = tr("put you on hold");
    shown.peerTrouble = true;
  } else if (call.isPeerMuted) {
    shown.peerWord = tr("muted");
  } else if (call.reconnecting || call.hasPeerLeft) {
    shown.peerWord = tr("not heard");
  } else {
    shown.peerWord = m_peer.step() >= kSpeakingArches ? tr("speaking") : tr("silent");
  }
  if (call.state != CallState::Active) return;
  if (call.hasPeerLeft) {
    shown.troubleTitle = tr("The relay reports that %1 has left").arg(shown.name);
    shown.troubleAdvice =
        tr("Their program or their network ended, not the call. Wait for them, or end it.");
  } else if (call.reconnecting) {
    shown.troubleTitle = tr("The connection is gone for the moment");
    shown.troubleAdvice = tr("Foyer is getting it back. Nobody needs to call again.");
  } else if (shown.held) {
    shown.troubleTitle = tr("You put %1 on hold").arg(shown.name);
    shown.troubleAdvice = tr("Neither of you hears the other.");
  } else if (call.isPeerHeld) {
    shown.troubleTitle = tr("%1 put you on hold").arg(shown.name);
    shown.troubleAdvice = tr("They do not hear you until they come back.");
  } else if (call.inSilent && !call.muted) {
    shown.troubleTitle = tr("They cannot hear you: your microphone sends silence");
    shown.troubleAdvice = tr("Is it muted on the headset or in the system settings?");
    shown.troubleIsOwn = true;
  } else if (call.isVoiceHeld && !(call.sas && call.sas->differs)) {
    shown.troubleTitle = (call.peerTrust == Trust::WordsDiffered
                              ? tr("%1 cannot hear you yet: the words differed last time")
                              : tr("%1 cannot hear you yet: this key has changed"))
                             .arg(shown.name);
    shown.troubleAdvice = tr(
        "Let them read their words out. Your microphone opens when you confirm that they match.");
  } else if (call.nothingReceived) {
    shown.troubleTitle = tr("Nothing received for %1 s").arg(unheardSeconds(call));
    shown.troubleAdvice =
        tr("The connection to %1 is weak or was cut. Foyer keeps trying.").arg(shown.name);
  } else if (call.isGuessedAt && !(call.sas && (call.sas->isConfirmed || call.sas->differs))) {
    shown.troubleTitle = tr("Compare the words before you say anything private");
    shown.troubleAdvice = guessesText();
  }
}

void CallPresenter::showSas(const CallView& call, CallShown& shown) const {
  if (!call.sas || call.state != CallState::Active) return;
  const engine::SasView& sas = *call.sas;
  QStringList words;
  for (const std::string& word : sas.words) words.append(fromUtf8(word));
  shown.digits = fromUtf8(sas.digits);
  shown.words = words.join(u' ');
  shown.sasQuestion = tr("Read these out. Does %1 see the same?").arg(shown.name);

  const QString theirs = sas.peerSays ? tr("%1 confirmed").arg(shown.name)
                                      : tr("%1 has not confirmed").arg(shown.name);
  if (!sas.differs && sas.peerSays == std::optional(false)) {
    // Shown, never believed: nobody is muted by what the other side says.
    shown.sas = Disputed;
    shown.sasQuestion = tr("%1 says the words differ").arg(shown.name);
    shown.sasStatus = call.muted
                          ? tr("Somebody may be in between. Compare again.")
                          : tr("Somebody may be in between and may hear you. Compare again.");
  } else if (sas.differs) {
    shown.sas = Differs;
    shown.sasQuestion = tr("The words differ: somebody may be in between");
    shown.sasStatus = tr("You are muted. End the call and tell %1 some other way.").arg(shown.name);
  } else if (sas.isConfirmed) {
    shown.sas = sas.peerSays ? Verified : Confirmed;
    shown.sasStatus =
        sas.peerSays ? tr("Both confirmed") : tr("You confirmed · %1 not yet").arg(shown.name);
  } else {
    // Verified in an earlier call: the words stay folded, one click away.
    const bool isFolded = m_words == Words::Folded ||
                          (m_words == Words::AsUsual && call.peerTrust == Trust::Verified);
    shown.sas = isFolded ? PutOff : Ask;
    shown.sasStatus =
        isFolded ? tr("Compare words") : tr("You have not confirmed · %1").arg(theirs);
  }
}

void CallPresenter::showEnd(const CallView& call, CallShown& shown) {
  const EndText end = textOf(call.reason, shown.name);
  const bool isRead = m_dismissed && *m_dismissed == call.call;
  if (!end.isTrouble || isRead) {
    if (m_shown.stage != None && !isRead) {
      const bool talked = call.activeSinceMs && call.endedAtMs > *call.activeSinceMs;
      const QString length =
          talked ? durationText((call.endedAtMs - *call.activeSinceMs) / 1000) : QString();
      emit said(length.isEmpty() ? end.title : end.title + QStringLiteral(" · ") + length);
    }
    m_wasLive = false;
    shown = {};
    return;
  }
  shown.stage = Ended;
  shown.title = end.title;
  shown.sentence = end.advice;
  if (call.isGuessedAt) shown.sentence += QLatin1Char(' ') + guessesText();
  shown.canCallAgain = end.canCallAgain && shown.name.size() > 0;
}

}  // namespace foyer::app
