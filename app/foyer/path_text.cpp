#include "app/foyer/path_text.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <string_view>

#include "app/foyer/text.h"

namespace foyer::app {

using client::PathReason;
using client::PathStep;
using engine::CallView;

namespace {

struct Path {
  Q_DECLARE_TR_FUNCTIONS(Path)
};

// What follows "Through the relay"; empty: nothing.
QString reasonText(const CallView& call) {
  switch (call.stats.pathReason) {
    case PathReason::None:
      return {};
    case PathReason::Off:
      return Path::tr(", because direct calls are switched off here");
    case PathReason::NoAddress:
      return Path::tr(", because this computer is on no network");
    case PathReason::Private:
      if (call.isCompareOnly) return Path::tr(", until you have compared the words");
      if (!call.isOwnPrivate) return Path::tr(", because the other side asked for privacy");
      if (call.policy == engine::ContactPolicy::RelayOnly)
        return Path::tr(", because you chose that calls with this person stay there");
      if (call.direction == engine::CallDirection::Incoming)
        return Path::tr(", because you answered without telling your address");
      return call.isPolicyChosen
                 ? Path::tr(", because you called without telling your address")
                 : Path::tr(", because your address is told to your contacts alone");
    case PathReason::Unconfirmed:
      return call.isCompareOnly ? Path::tr(", until you have compared the words")
                                : Path::tr(", until the keys are proven");
    case PathReason::PeerTellsNone:
      return Path::tr(", because the other side tells no address");
    case PathReason::NoneUsable:
      return Path::tr(", because no address of the other side may be tried from here");
    case PathReason::Looking:
      return Path::tr(", while a direct way is looked for");
    case PathReason::NoAnswer:
      return Path::tr(", because no direct way has opened; it is tried again");
    case PathReason::BothHard:
      return Path::tr(", because both routers are too strict for a direct call");
    case PathReason::PortsNotTried:
      return Path::tr(
          ", because many ports would have to be tried, and one side has that switched off");
    case PathReason::Lost:
      return Path::tr(", because the direct way was lost; another is looked for");
  }
  return {};
}

QString stepText(PathStep step) {
  switch (step) {
    case PathStep::Offered:
      return Path::tr("told them");
    case PathStep::PeerOffered:
      return Path::tr("they told");
    case PathStep::Refused:
      return Path::tr("not tried");
    case PathStep::Asked:
      return Path::tr("asked");
    case PathStep::Answered:
      return Path::tr("answered");
    case PathStep::PeerAsked:
      return Path::tr("they asked");
    case PathStep::Dialled:
      return Path::tr("connecting");
    case PathStep::PeerDialled:
      return Path::tr("they connect");
    case PathStep::Failed:
      return Path::tr("failed");
    case PathStep::Bound:
      return Path::tr("proven to be theirs");
    case PathStep::InUse:
      return Path::tr("in use");
    case PathStep::Silent:
      return Path::tr("silent");
    case PathStep::Heard:
      return Path::tr("heard again");
    case PathStep::Deaf:
      return Path::tr("they hear nothing");
    case PathStep::Lost:
      return Path::tr("given up");
    case PathStep::SearchedAgain:
      return Path::tr("looking again");
    case PathStep::NetworkChanged:
      return Path::tr("this network changed");
  }
  return {};
}

QString signOf(PathStep step) {
  switch (step) {
    case PathStep::Answered:
    case PathStep::Bound:
    case PathStep::InUse:
    case PathStep::Heard:
      return QStringLiteral("check");
    case PathStep::Failed:
    case PathStep::Silent:
    case PathStep::Deaf:
    case PathStep::Lost:
      return QStringLiteral("warning");
    case PathStep::Offered:
    case PathStep::PeerOffered:
    case PathStep::Refused:
    case PathStep::Asked:
    case PathStep::PeerAsked:
    case PathStep::Dialled:
    case PathStep::PeerDialled:
    case PathStep::SearchedAgain:
    case PathStep::NetworkChanged:
      return QStringLiteral("info");
  }
  return QStringLiteral("info");
}

QString kindText(wire::CandidateKind kind) {
  switch (kind) {
    case wire::CandidateKind::Host:
      return Path::tr("of the computer");
    case wire::CandidateKind::Reflexive:
      return Path::tr("as seen outside");
    case wire::CandidateKind::Mapped:
      return Path::tr("opened at the router");
    case wire::CandidateKind::Predicted:
      return Path::tr("predicted");
    case wire::CandidateKind::Relayed:
      return Path::tr("of a TURN server");
  }
  return {};
}

QString maskedText(const engine::MaskedAddress& masked) {
  QString range;
  switch (masked.range) {
    case engine::AddressRange::Loopback:
      range = Path::tr("loopback");
      break;
    case engine::AddressRange::LinkLocal:
      range = Path::tr("link-local");
      break;
    case engine::AddressRange::Private:
      range = Path::tr("private");
      break;
    case engine::AddressRange::Public:
      range = Path::tr("public");
      break;
  }
  //: "public IPv4 2, port 1": the first port of the second such address
  return Path::tr("%1 %2 %3, port %4")
      .arg(range, masked.isV4 ? QStringLiteral("IPv4") : QStringLiteral("IPv6"))
      .arg(masked.host)
      .arg(masked.port);
}

// "0:12.34": what counts happens in the first second.
QString whenText(std::int64_t ms) {
  const std::int64_t hundredths = std::max<std::int64_t>(0, ms) / 10;
  return durationText(hundredths / 100) + u'.' +
         QStringLiteral("%1").arg(static_cast<qlonglong>(hundredths % 100), 2, 10,
                                  QLatin1Char('0'));
}

// The stable words of the rooms; one that is not here is shown as it is.
QString whyText(const std::string& word) {
  struct Row {
    std::string_view word;
    const char* text;
  };
  static constexpr std::array kRows{
      Row{"unusable", QT_TRANSLATE_NOOP("Path", "no address of a computer")},
      Row{"port_too_low", QT_TRANSLATE_NOOP("Path", "its port is that of a service")},
      Row{"foreign_lan", QT_TRANSLATE_NOOP("Path", "in a network that is not this one")},
      Row{"no_such_family", QT_TRANSLATE_NOOP("Path", "this computer has no such address")},
      Row{"predict", QT_TRANSLATE_NOOP("Path", "ports that were told ahead")},
      Row{"birthday", QT_TRANSLATE_NOOP("Path", "many ports are tried")},
      Row{"too_many", QT_TRANSLATE_NOOP("Path", "there were too many")},
      Row{"not_bound", QT_TRANSLATE_NOOP("Path", "they did not prove who they are")},
      Row{"not bound in time", QT_TRANSLATE_NOOP("Path", "they did not prove who they are")},
      Row{"replaced", QT_TRANSLATE_NOOP("Path", "another way took its place")},
      Row{"silent", QT_TRANSLATE_NOOP("Path", "nothing was heard")},
      Row{"local_close", QT_TRANSLATE_NOOP("Path", "closed here")},
      Row{"peer_close", QT_TRANSLATE_NOOP("Path", "they closed it")},
      Row{"idle_timeout", QT_TRANSLATE_NOOP("Path", "nothing was heard")},
      Row{"handshake_timeout", QT_TRANSLATE_NOOP("Path", "no connection came about")},
      Row{"pin_mismatch", QT_TRANSLATE_NOOP("Path", "somebody else answered")},
      Row{"peer_rejected_key", QT_TRANSLATE_NOOP("Path", "they did not take our key")},
      Row{"stateless_reset", QT_TRANSLATE_NOOP("Path", "they had forgotten it")},
      Row{"refused", QT_TRANSLATE_NOOP("Path", "they refused")},
      Row{"transport_error", QT_TRANSLATE_NOOP("Path", "the connection broke")},
  };
  for (const Row& row : kRows)
    if (row.word == word) return Path::tr(row.text);
  return fromUtf8(word).replace(u'_', u' ');
}

// The host of foyer://relay/HOST:PORT…, short enough for a chip.
QString hostOf(const std::string& link) {
  QString rest = fromUtf8(link).section(QStringLiteral("//relay/"), 1);
  rest = rest.section(u'#', 0, 0).section(u'?', 0, 0).section(u',', 0, 0);
  const auto colon = rest.lastIndexOf(u':');
  return colon > 0 ? rest.left(colon) : rest;
}

}  // namespace

RelayOnPath relayOnPath(const engine::EngineInterface& engine, const CallView& call) {
  RelayOnPath found;
  int connected = 0;
  for (const engine::RelayView& relay : engine.relays()) {
    if (relay.state == engine::RelayState::Connected) ++connected;
    if (relay.fingerprint != call.relay) continue;
    found.name = relayNameOf(relay, engine.discovered());
    if (relay.carrier == client::RelayCarrier::Tcp) found.overTcpPort = relay.carrierPort;
  }
  found.isOneOfSeveral = connected > 1 && !found.name.isEmpty();
  return found;
}

PathText pathTextOf(const CallView& call, const RelayOnPath& relay) {
  const std::string& path = call.stats.path;
  const QString direct = QStringLiteral("direct");
  // Where the two met, when the sound takes another way.
  const QString met = relay.isOneOfSeveral ? (call.direction == engine::CallDirection::Incoming
                                                  ? Path::tr(", they called through %1")
                                                  : Path::tr(", called through %1"))
                                                 .arg(relay.name)
                                           : QString();
  if (path == "lan") return {direct, Path::tr("LAN"), Path::tr("Direct over LAN") + met};
  if (path == "direct_ipv4") return {direct, Path::tr("Direct"), Path::tr("Direct") + met};
  if (path == "direct_ipv6")
    return {direct, Path::tr("Direct"), Path::tr("Direct over IPv6") + met};
  if (path == "turn")
    return {QStringLiteral("path-relay"), Path::tr("TURN server"),
            Path::tr("Through a TURN server, because there is no shorter way") + met};
  const QString through =
      relay.name.isEmpty() ? Path::tr("Through the relay") : Path::tr("Through %1").arg(relay.name);
  if (relay.overTcpPort != 0)
    return {QStringLiteral("path-relay"), Path::tr("Relay over TCP"),
            through + Path::tr(" over TCP %1, because UDP is blocked here").arg(relay.overTcpPort)};
  return {QStringLiteral("path-relay"), Path::tr("Relay"), through + reasonText(call)};
}

QString relayNameOf(const engine::RelayView& relay,
                    const std::vector<engine::DiscoveredRelayView>& discovered) {
  if (relay.isOwn) return Path::tr("this computer");
  for (const auto& found : discovered)
    if (found.fingerprint == relay.fingerprint && !found.name.empty()) return fromUtf8(found.name);
  const QString host = hostOf(relay.link);
  return host.isEmpty() ? Path::tr("a relay") : host;
}

QString relayNameOf(const engine::EngineInterface& engine, const Fingerprint& relay) {
  for (const engine::RelayView& view : engine.relays())
    if (view.fingerprint == relay) return relayNameOf(view, engine.discovered());
  return {};
}

QStringList pathHead() {
  return {Path::tr("Time"), Path::tr("Step"), Path::tr("Kind"), Path::tr("Address"),
          Path::tr("Reason")};
}

QStringList pathCells(const engine::PathRow& row, bool showsAddresses) {
  const bool isNamed = row.address && row.masked;
  const QString address = !isNamed         ? QString()
                          : showsAddresses ? fromUtf8(row.address->toString())
                                           : maskedText(*row.masked);
  return {signOf(row.step),
          whenText(row.atMs),
          stepText(row.step),
          isNamed ? kindText(row.kind) : QString(),
          address,
          whyText(row.reason)};
}

}  // namespace foyer::app
