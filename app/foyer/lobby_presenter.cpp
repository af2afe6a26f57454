#include "app/foyer/lobby_presenter.h"

#include <QClipboard>
#include <QGuiApplication>
#include <algorithm>
#include <utility>

#include "app/foyer/clock.h"
#include "app/foyer/error_text.h"
#include "app/foyer/history_model.h"
#include "app/foyer/path_text.h"
#include "app/foyer/text.h"

namespace foyer::app {

using engine::RelayState;
using engine::RelayView;

namespace {

constexpr int kCountdownMs = 1000;  // "3rd try in 4 s" counts seconds

bool isStarting(const engine::HostedRelayView& hosted) {
  return hosted.phase == "binding" || hosted.phase == "detecting_addresses" ||
         hosted.phase == "announcing" || hosted.phase == "verifying";
}

// The relay to speak of: the one that works best.
int merit(RelayState state) {
  switch (state) {
    case RelayState::Connected:
      return 4;
    case RelayState::Connecting:
      return 3;
    case RelayState::KeyChanged:
      return 2;
    case RelayState::Replaced:
      return 1;
    case RelayState::Disconnected:
      return 0;
  }
  return 0;
}

const RelayView* bestOf(const std::vector<RelayView>& relays) {
  const auto best = std::max_element(
      relays.begin(), relays.end(),
      [](const auto& a, const auto& b) { return merit(a.state) < merit(b.state); });
  return best == relays.end() ? nullptr : &*best;
}

const RelayView* changedOne(const std::vector<RelayView>& relays) {
  const auto found = std::find_if(relays.begin(), relays.end(), [](const auto& relay) {
    return relay.state == RelayState::KeyChanged;
  });
  return found == relays.end() ? nullptr : &*found;
}

}  // namespace

LobbyPresenter::LobbyPresenter(engine::EngineInterface& engine, PeopleModel& people,
                               QObject* parent)
    : QObject(parent), m_engine(engine), m_people(people) {
  m_lookingTimer.setSingleShot(true);
  m_lookingTimer.setInterval(kLookingMs);
  m_lookingTimer.start();
  m_countdown.setInterval(kCountdownMs);
  connect(&m_lookingTimer, &QTimer::timeout, this, &LobbyPresenter::stopLooking);
  connect(&m_countdown, &QTimer::timeout, this, &LobbyPresenter::refresh);
  using engine::EngineInterface;
  connect(&m_engine, &EngineInterface::relaysChanged, this, [this] {
    m_retryAtMs = 0;
    refresh();
  });
  connect(&m_engine, &EngineInterface::discoveredChanged, this, &LobbyPresenter::refresh);
  connect(&m_engine, &EngineInterface::historyChanged, this, [this] {
    findMissed();
    refresh();
  });
  connect(&m_engine, &EngineInterface::hostedRelayChanged, this, &LobbyPresenter::refresh);
  connect(&m_engine, &EngineInterface::faultRaised, this, &LobbyPresenter::handleFault);
  connect(&m_people, &PeopleModel::countChanged, this, &LobbyPresenter::refresh);
  findMissed();
  refresh();
}

void LobbyPresenter::stopLooking() {
  m_isLooking = false;
  refresh();
}

void LobbyPresenter::refresh() {
  m_relays = m_engine.relays();
  const RelayView* relay = bestOf(m_relays);
  const bool isConnected = relay != nullptr && relay->state == RelayState::Connected;
  if (relay != nullptr && relay->retryInMs && m_retryAtMs == 0) {
    m_retryAtMs = steadyNowMs() + static_cast<std::int64_t>(*relay->retryInMs);
  }
  const bool counts = !isConnected && m_retryAtMs > steadyNowMs();
  if (counts != m_countdown.isActive()) counts ? m_countdown.start() : m_countdown.stop();
  m_people.setReachable(isConnected);

  LobbyShown shown;
  if (m_people.total() > 0) {
    shown.state = isConnected ? People : RelayLost;
    const int total = m_people.total();
    if (isConnected) {
      shown.title = tr("%n people here", nullptr, total);
    } else {
      shown.title = tr("%n people were here", nullptr, total);
    }
  } else {
    showEmptyState(shown, relay);
  }
  showChip(shown, relay);

  const auto hosted = m_engine.hostedRelay();
  const bool isServing = hosted.phase == "serving";
  if (isServing) {
    shown.relaySentence = tr("On. It sees who talks to whom and when, never what is said.");
  } else if (const QStringList names = connectedNames(); names.size() > 1) {
    shown.relaySentence =
        tr("You are on %n relays. Each sees who talks to whom and when on it, "
           "never what is said.",
           nullptr, static_cast<int>(names.size()));
  } else if (isConnected) {
    shown.relaySentence =
        tr("You are on %1. It sees who talks to whom and when, never what is said.")
            .arg(nameOf(*relay));
  } else {
    shown.relaySentence = tr("Off. Start it if nobody else on this network runs one.");
  }
  shown.canInvite = (isServing && !hosted.link.empty()) || isConnected;

  if (const RelayView* changed = changedOne(m_relays)) {
    shown.keyChanged = true;
    // At the first visit nothing can have changed: the link names another key.
    shown.keyTitle =
        changed->isProven
            ? tr("The key of %1 has changed").arg(nameOf(*changed))
            : tr("%1 has a different key from the one in its link").arg(nameOf(*changed));
    shown.keySentence =
        changed->isProven
            ? tr("Nothing has been sent to it. Usually the relay was set up again; rarely somebody "
                 "is posing as it. Ask the person who runs it to read out the new key.")
            : tr("Nothing has been sent to it. The link may be old or mistyped; rarely somebody is "
                 "posing as the relay. Ask the person who runs it to read out its key.");
    shown.oldKeyTitle = changed->isProven ? tr("Key until now") : tr("Key in the link");
    shown.oldKey = keyGroups(changed->fingerprint);
    if (changed->changedTo) shown.newKey = keyGroups(*changed->changedTo);
  } else if (relay != nullptr && !isConnected && relay->fault && m_people.total() > 0) {
    const FaultText text = textOf(*relay->fault);
    shown.troubleTitle = text.title;
    shown.troubleAdvice = text.advice;
  }
  for (const auto& found : foundRelays()) shown.found.append(fromUtf8(found.name));
  showMissed(shown);

  if (shown == m_shown) return;
  m_shown = shown;
  emit changed();
}

void LobbyPresenter::showEmptyState(LobbyShown& shown, const RelayView* relay) const {
  const bool isConnected = relay != nullptr && relay->state == RelayState::Connected;
  if (isConnected) {
    shown.state = Empty;
    shown.title = tr("Nobody else here yet");
    const auto warning = m_engine.hostedRelay().warning;
    if (relay->isOwn && warning && warning->code == "only_here")
      shown.sentence =
          tr("Your relay is on, but this computer has no network now. Nobody else can reach it "
             "until it has one.");
    else
      shown.sentence =
          relay->isOwn
              ? tr("Your relay is on. People on this network who open Foyer find it and appear "
                   "here. Send the link to those elsewhere.")
              : tr("You are on %1. Others appear here as soon as they join it.")
                    .arg(nameOf(*relay));
  } else if (relay != nullptr && relay->fault) {
    const FaultText text = textOf(*relay->fault);
    shown.state = Offline;
    shown.title = text.title;
    shown.sentence = text.advice;
  } else if (const auto hosted = m_engine.hostedRelay(); hosted.phase == "error" && hosted.fault) {
    const FaultText text = textOf(*hosted.fault);
    shown.state = Offline;
    shown.title = text.title;
    shown.sentence = text.advice;
  } else if (isStarting(hosted)) {
    shown.state = Looking;
    shown.title = tr("Starting the relay here");
    shown.sentence = tr("It opens a port, finds its addresses and checks that it answers.");
  } else if (m_isLooking || (relay != nullptr && relay->state == RelayState::Connecting)) {
    shown.state = Looking;
    shown.title = relay != nullptr ? tr("Joining %1").arg(nameOf(*relay)) : tr("Looking around");
    shown.sentence = tr("Looking for a relay on this network. The people on it appear here.");
  } else if (!foundRelays().empty()) {
    shown.state = Empty;
    shown.title = tr("You have not joined a relay yet");
    shown.sentence = foundRelays().size() > 1
                         ? tr("People meet on a relay. Join one of these to see who is there.")
                         : tr("People meet on a relay. Join this one to see who is there.");
  } else {
    shown.state = Empty;
    shown.title = tr("Nobody here yet");
    shown.sentence =
        tr("People meet on a relay, and none was found on this network. You can start one here; "
           "the others’ Foyer will find it.");
  }
}

void LobbyPresenter::showChip(LobbyShown& shown, const RelayView* relay) const {
  if (relay == nullptr) {
    shown.chipText = m_isLooking ? tr("Looking for a relay") : tr("No relay");
    shown.chipShort = m_isLooking ? tr("Looking") : tr("No relay");
    return;
  }
  const QStringList names = connectedNames();
  const auto secondsLeft = std::max<std::int64_t>(0, (m_retryAtMs - steadyNowMs() + 500) / 1000);
  switch (relay->state) {
    case RelayState::Connected: {
      shown.chipKind = Good;
      shown.chipText = tr("Relay: %1").arg(nameOf(*relay));
      shown.chipName = nameOf(*relay);
      shown.chipShort = tr("Relay");
      if (names.size() > 1) {
        shown.chipText = tr("%n relays", nullptr, static_cast<int>(names.size()));
        shown.chipName = shown.chipShort = shown.chipText;
        shown.chipTip = names.join(QStringLiteral(", "));
      }
      return;
    }
    case RelayState::Connecting:
      if (relay->attempt <= 1 && m_people.total() == 0) {
        shown.chipText = tr("Joining %1").arg(nameOf(*relay));
        shown.chipShort = tr("Joining");
        return;
      }
      shown.chipKind = Caution;
      shown.chipText = tr("Reconnecting");
      shown.chipShort = shown.chipText;
      shown.chipDetail =
          secondsLeft > 0
              ? tr("· try %1 in %2 s").arg(relay->attempt).arg(static_cast<qlonglong>(secondsLeft))
              : tr("· try %1").arg(relay->attempt);
      return;
    case RelayState::KeyChanged:
      shown.chipKind = Danger;
      shown.chipText = relay->isProven ? tr("Relay key changed") : tr("Relay has a different key");
      shown.chipShort = relay->isProven ? tr("Key changed") : tr("Different key");
      return;
    case RelayState::Replaced:
      shown.chipKind = Caution;
      shown.chipText = tr("Used elsewhere");
      shown.chipShort = shown.chipText;
      return;
    case RelayState::Disconnected:
      if (relay->fault && relay->fault->stage == "admission") {
        shown.chipKind = Caution;
        shown.chipText = tr("Not let in");
        shown.chipShort = shown.chipText;
        return;
      }
      shown.chipKind = Danger;
      shown.chipText = tr("Relay lost");
      shown.chipShort = shown.chipText;
      if (secondsLeft > 0)
        shown.chipDetail = tr("· again in %1 s").arg(static_cast<qlonglong>(secondsLeft));
      return;
  }
}

void LobbyPresenter::findMissed() {
  m_missed = m_engine.history();
  std::erase_if(m_missed, [](const auto& call) { return call.isSeen || !isMissed(call); });
}

void LobbyPresenter::showMissed(LobbyShown& shown) const {
  if (m_missed.empty()) return;
  const QString name = fromUtf8(m_missed.front().alias);
  shown.missed =
      tr("%n missed calls, the last from %1", nullptr, static_cast<int>(m_missed.size())).arg(name);
  const std::int64_t when = m_missed.front().startedAtUnixMs;
  shown.missedWhen = tr("%1, %2").arg(dayText(when), timeText(when));
}

QStringList LobbyPresenter::connectedNames() const {
  QStringList names;
  for (const RelayView& relay : m_relays)
    if (relay.state == RelayState::Connected) names.append(nameOf(relay));
  return names;
}

QString LobbyPresenter::nameOf(const RelayView& relay) const {
  return relayNameOf(relay, m_engine.discovered());
}

std::vector<engine::DiscoveredRelayView> LobbyPresenter::foundRelays() const {
  std::vector<engine::DiscoveredRelayView> found;
  for (const auto& candidate : m_engine.discovered()) {
    const bool isKnown = std::any_of(m_relays.begin(), m_relays.end(), [&](const RelayView& relay) {
      return relay.fingerprint == candidate.fingerprint && relay.state != RelayState::Disconnected;
    });
    if (!isKnown) found.push_back(candidate);
  }
  constexpr std::size_t kMaxShown =
      4;  // an announcement is anybody's word; more would push the list away
  if (found.size() > kMaxShown) found.resize(kMaxShown);
  return found;
}

std::optional<Fingerprint> LobbyPresenter::whomToCall(const QString& fingerprint) {
  const auto person = Fingerprint::parseHex(fingerprint.toStdString());
  if (!person) return std::nullopt;
  for (const auto& known : m_engine.people()) {
    if (known.fingerprint != *person) continue;
    if (!isSuspect(known.trust)) break;
    emit reviewWanted(fingerprint);
    return std::nullopt;
  }
  return person;
}

void LobbyPresenter::call(const QString& fingerprint) {
  const auto person = whomToCall(fingerprint);
  if (!person) return;
  const auto contact = m_engine.contact(*person);
  if (!contact || contact->policy != engine::ContactPolicy::Ask) {
    m_engine.call(*person);
    return;
  }
  m_asked = person;
  m_askedName = fromUtf8(contact->name());
  emit askedChanged();
}

void LobbyPresenter::callAsked(bool isPrivate) {
  const auto person = m_asked;
  dropAsk();
  if (!person) return;
  if (isPrivate)
    m_engine.callPrivately(*person);
  else
    m_engine.callDirectly(*person);
}

void LobbyPresenter::dropAsk() {
  m_asked.reset();
  if (std::exchange(m_askedName, {}).isEmpty()) return;
  emit askedChanged();
}

void LobbyPresenter::setFavourite(const QString& fingerprint, bool favourite) {
  const auto person = Fingerprint::parseHex(fingerprint.toStdString());
  if (!person) return;
  const auto done = m_engine.changeContact(*person, {.isFavourite = favourite});
  if (!done) emit said(textOf(done.error()).sentence());
}

void LobbyPresenter::callPrivately(const QString& fingerprint) {
  if (const auto person = whomToCall(fingerprint)) m_engine.callPrivately(*person);
}

void LobbyPresenter::setBlocked(const QString& fingerprint, bool blocked) {
  if (const auto person = Fingerprint::parseHex(fingerprint.toStdString()))
    m_engine.setBlocked(*person, blocked);
}

bool LobbyPresenter::join(const QString& link) {
  const QString trimmed = link.trimmed();
  setJoinError({});
  if (trimmed.startsWith(QLatin1String("foyer://person/"), Qt::CaseInsensitive)) {
    const auto person = wire::parsePersonLink(trimmed.toStdString());
    if (!person) {
      setJoinError(textOf(Fault{.stage = "link", .code = "bad_person"}).sentence());
      return false;
    }
    emit personLinked(*person);
    return true;
  }
  if (!trimmed.startsWith(QLatin1String("foyer://relay/"), Qt::CaseInsensitive)) {
    setJoinError(textOf(Fault{.stage = "link", .code = "malformed"}).sentence());
  } else if (!trimmed.contains(u'#')) {
    setJoinError(textOf(Fault{.stage = "link", .code = "no_fingerprint"}).sentence());
  }
  if (!m_joinError.isEmpty()) return false;
  m_isJoining = true;
  m_engine.connectRelay(trimmed);  // what it finds wrong with the link comes back as a fault
  m_isJoining = false;
  return m_joinError.isEmpty();
}

void LobbyPresenter::handleFault(const Fault& fault) {
  if (m_isJoining) {
    setJoinError(textOf(fault).sentence());
  } else {
    emit said(textOf(fault).sentence());
  }
}

void LobbyPresenter::clearJoinError() { setJoinError({}); }

void LobbyPresenter::setJoinError(const QString& text) {
  if (text == m_joinError) return;
  m_joinError = text;
  emit joinErrorChanged();
}

void LobbyPresenter::joinFound(int index) {
  const auto found = foundRelays();
  if (index >= 0 && index < static_cast<int>(found.size())) {
    m_engine.joinDiscovered(Fingerprint(found[static_cast<std::size_t>(index)].fingerprint));
  }
}

void LobbyPresenter::copyInvite() {
  const auto hosted = m_engine.hostedRelay();
  const RelayView* relay = bestOf(m_relays);
  if (hosted.phase == "serving" && hosted.asksInvite) {
    for (const auto& invite : hosted.invites) {
      if (invite.isOver || invite.link.empty()) continue;
      QGuiApplication::clipboard()->setText(fromUtf8(invite.link));
      emit said(tr("Invite copied. Whoever opens it may join your relay."));
      return;
    }
    emit said(tr("Your relay asks for an invite. Make one on its page."));
    return;
  }
  QString link = hosted.phase == "serving" ? fromUtf8(hosted.link) : QString();
  if (link.isEmpty() && relay != nullptr) link = fromUtf8(relay->link);
  if (link.isEmpty()) return;
  QGuiApplication::clipboard()->setText(link);
  emit said(tr("Link copied. Opening it joins this relay."));
}

void LobbyPresenter::retryRelay() {
  if (const RelayView* relay = bestOf(m_relays))
    m_engine.retryRelay(Fingerprint(relay->fingerprint));
}

void LobbyPresenter::leaveRelay() {
  const RelayView* relay = changedOne(m_relays);
  if (relay == nullptr) relay = bestOf(m_relays);
  if (relay != nullptr) m_engine.disconnectRelay(Fingerprint(relay->fingerprint));
}

void LobbyPresenter::takeNewRelayKey() {
  if (const RelayView* relay = changedOne(m_relays))
    m_engine.acceptRelayKey(Fingerprint(relay->fingerprint));
}

void LobbyPresenter::callBackMissed() {
  const auto missed = m_missed;
  dismissMissed();
  if (!missed.empty()) call(fromUtf8(missed.front().peer.hex()));
}

void LobbyPresenter::dismissMissed() { m_engine.markHistorySeen(); }

}  // namespace foyer::app
