#include "app/foyer/relay_presenter.h"

#include <QClipboard>
#include <QGuiApplication>
#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "app/foyer/error_text.h"
#include "app/foyer/text.h"

namespace foyer::app {
namespace {

// The phases on the way up, in order (catalogue L-004); a Fault's stage is the phase that it ended.
constexpr std::array<std::string_view, 5> kPhases = {"binding", "detecting_addresses", "announcing",
                                                     "verifying", "serving"};

template <std::size_t N>
int indexOf(const std::array<std::string_view, N>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

}  // namespace

RelayPresenter::RelayPresenter(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine) {
  using engine::EngineInterface;
  connect(&m_engine, &EngineInterface::hostedRelayChanged, this, &RelayPresenter::refresh);
  connect(&m_engine, &EngineInterface::discoveredChanged, this, &RelayPresenter::refresh);
  connect(&m_engine, &EngineInterface::relaysChanged, this, &RelayPresenter::refresh);
  refresh();
}

void RelayPresenter::refresh() {
  const engine::HostedRelayView view = m_engine.hostedRelay();
  RelayShown shown;
  shown.stepNames = {tr("Opening the port"), tr("Finding addresses"), tr("Announcing"),
                     tr("Checking that it answers"), tr("Serving")};
  const int steps = static_cast<int>(kPhases.size());
  const int step = indexOf(kPhases, view.phase);
  shown.serving = view.phase == "serving";
  shown.stopping = view.phase == "stopping";
  shown.failed = view.phase == "error";
  shown.starting = step >= 0 && !shown.serving;
  shown.on = step >= 0;
  // On the way down all phases are behind, and the last place says what goes on.
  if (shown.stopping) shown.stepNames.last() = tr("Stopping");
  if (step >= 0) m_lastStep = step;

  int failedAt = -1;
  if (shown.failed) {
    failedAt = view.fault ? indexOf(kPhases, view.fault->stage) : -1;
    if (failedAt < 0) failedAt = m_lastStep;
  }
  for (int at = 0; at < steps; ++at) {
    Step state = Waiting;
    if (shown.serving || shown.stopping || at < step || at < failedAt) state = Done;
    if (shown.starting ? at == step : shown.stopping && at == steps - 1) state = Now;
    if (at == failedAt) state = Failed;
    shown.stepStates.append(state);
  }

  shown.link = fromUtf8(view.link);
  shown.announced = view.isAnnounced;
  shown.clients = view.clients;
  shown.calls = view.calls;
  const Fingerprint own = m_engine.identity().fingerprint;
  const bool isIn = std::any_of(view.guests.begin(), view.guests.end(),
                                [&](const auto& guest) { return guest.who == own; });
  shown.others = std::max(0, view.clients - (isIn ? 1 : 0));
  shown.othersText = tr("%n other people", nullptr, shown.others);
  shown.people = tr("%n people", nullptr, view.clients);
  shown.callsText = tr("%n calls", nullptr, view.calls);
  shown.traffic = tr("↑ %1 ↓ %2 kbit/s")
                      .arg(static_cast<qlonglong>(std::llround(view.kbpsOut)))
                      .arg(static_cast<qlonglong>(std::llround(view.kbpsIn)));
  if (view.fault) {
    const FaultText text = textOf(*view.fault);
    shown.faultTitle = text.title;
    shown.faultAdvice = text.advice;
    shown.portTaken = view.fault->stage == "binding" && view.fault->code == "port_taken";
  }
  if (shown.serving) {
    shown.stateWord = tr("On");
    shown.summary = tr("Serving · %1, %2 · %3").arg(shown.people, shown.callsText, shown.traffic);
  } else if (shown.stopping) {
    shown.stateWord = tr("Stopping");
    shown.summary = view.calls > 0 ? tr("Stopping when the calls end · %1").arg(shown.callsText)
                                   : tr("Stopping");
  } else if (shown.starting) {
    shown.stateWord = tr("Starting");
    shown.summary = tr("Starting · %1").arg(shown.stepNames.at(step));
  } else if (shown.failed) {
    shown.stateWord = tr("Off");
    shown.summary =
        tr("Not running · %1").arg(shown.faultTitle.isEmpty() ? tr("it failed") : shown.faultTitle);
  } else {
    shown.stateWord = tr("Off");
    shown.summary = tr("Not running · start it if nobody else on this network runs one");
  }
  showWarning(shown, view);
  showAnother(shown);
  if (shown == m_shown) return;
  m_shown = shown;
  emit changed();
}

void RelayPresenter::showWarning(RelayShown& shown, const engine::HostedRelayView& view) {
  if (!shown.serving || !view.warning) return;
  shown.onlyHere = view.warning->code == "only_here";
  // A suspicion ends when somebody has come in.
  if (!shown.onlyHere && shown.others > 0) return;
  const FaultText text = textOf(*view.warning);
  shown.warningTitle = text.title;
  shown.warningAdvice = text.advice;
  if (!shown.onlyHere) shown.warningAdvice += u' ' + tr("Its port is UDP %1.").arg(view.port);
}

// Two relays on one network are two lobbies, and nobody would see why the other half is missing.
void RelayPresenter::showAnother(RelayShown& shown) {
  m_another.reset();
  // Who is on this one would be left behind.
  if (shown.stopping || shown.others > 0) return;
  const auto own =
      Fingerprint::parseHex(m_engine.setting(QStringLiteral("own_relay")).toStdString());
  const auto joined = m_engine.relays();
  for (const auto& found : m_engine.discovered()) {
    // Its announcement outlives the relay here by a moment.
    if (found.fingerprint == own) continue;
    const bool isJoined = std::any_of(joined.begin(), joined.end(), [&](const auto& view) {
      return view.fingerprint == found.fingerprint &&
             (view.isOwn || view.state != engine::RelayState::Disconnected);
    });
    if (isJoined) continue;
    m_another = found;
    break;
  }
  if (!m_another) return;
  shown.anotherTitle =
      tr("Another relay is already running on this network: %1").arg(fromUtf8(m_another->name));
  shown.anotherAdvice =
      shown.on ? tr("People who are on it do not see those on this one. Join it, then stop the "
                    "relay here, and everybody is in one lobby.")
               : tr("People who are on it will not see those on a relay that you start here. Join "
                    "it instead, and everybody is in one lobby.");
}

void RelayPresenter::start() { m_engine.startRelay(engine::EngineInterface::kKeptPort); }

void RelayPresenter::startOnAnyPort() { m_engine.startRelay(engine::EngineInterface::kOtherPort); }

void RelayPresenter::stopWhenCallsEnd() { m_engine.stopRelay(true); }

void RelayPresenter::stopNow() { m_engine.stopRelay(false); }

void RelayPresenter::copyLink() {
  if (m_shown.link.isEmpty()) return;
  QGuiApplication::clipboard()->setText(m_shown.link);
  emit said(tr("Link copied. Opening it joins this relay."));
}

void RelayPresenter::joinAnother() {
  if (!m_another) return;
  const engine::DiscoveredRelayView another = *m_another;
  m_engine.joinDiscovered(Fingerprint(another.fingerprint));
  emit said(tr("Joining %1.").arg(fromUtf8(another.name)));
}

}  // namespace foyer::app
