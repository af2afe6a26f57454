#include "core/engine/network_words.h"

#include <QCoreApplication>
#include <algorithm>
#include <utility>

namespace foyer::engine {
namespace {

using net::NatAnswer;
using net::NatFiltering;
using net::NatMapping;
using net::NatOutlook;
using net::PortPattern;

struct NetworkCheck {
  Q_DECLARE_TR_FUNCTIONS(NetworkCheck)
};

class Sentences {
 public:
  void found(const char* code, QString text) { add(NetworkAbout::Found, code, std::move(text)); }
  void means(const char* code, QString text) { add(NetworkAbout::Means, code, std::move(text)); }
  void advise(const char* code, QString text) { add(NetworkAbout::Do, code, std::move(text)); }
  [[nodiscard]] std::vector<NetworkSentence> take() {
    std::stable_sort(m_all.begin(), m_all.end(),
                     [](const auto& a, const auto& b) { return a.about < b.about; });
    return std::move(m_all);
  }

 private:
  void add(NetworkAbout about, const char* code, QString text) {
    m_all.push_back({about, code, std::move(text)});
  }
  std::vector<NetworkSentence> m_all;
};

bool keepsOnePort(const net::NatReport& report) {
  return report.mapping == NatMapping::EndpointIndependent;
}
bool changesPort(const net::NatReport& report) {
  return report.mapping != NatMapping::Unknown && !keepsOnePort(report);
}
bool isOpenToAll(const PortMappingView& mapping) {
  return mapping.state == PortMappingState::Open && !mapping.isPrivate;
}

void tellFamilies(const net::NatReport& report, Sentences& out) {
  const bool has4 = report.ipv4 == NatAnswer::Yes;
  const bool has6 = report.ipv6 == NatAnswer::Yes;
  if (has4 && has6)
    out.found("both_families", NetworkCheck::tr("IPv4 and IPv6 both work."));
  else if (has6)
    out.found("ipv6_alone", NetworkCheck::tr("IPv6 works, IPv4 does not."));
  else if (has4 && report.ipv6 == NatAnswer::No)
    out.found("ipv4_alone", NetworkCheck::tr("IPv4 works, IPv6 does not."));
}

void tellFiltering(const net::NatReport& report, Sentences& out) {
  switch (report.filtering) {
    case NatFiltering::Unknown:
      return;
    case NatFiltering::EndpointIndependent:
      return out.found("filter_open", NetworkCheck::tr("It lets in anyone who knows the port."));
    case NatFiltering::AddressDependent:
      return out.found(
          "filter_address",
          NetworkCheck::tr("It lets in replies from any address this computer has written to."));
    case NatFiltering::AddressAndPortDependent:
      return out.found("filter_port",
                       NetworkCheck::tr("It lets in replies only from the exact address and port "
                                        "this computer has written to."));
  }
}

void tellRouter(const NetworkCheckView& check, Sentences& out) {
  const net::NatReport& report = check.report;
  if (check.isInsideOnly)
    return out.found("inside_only",
                     NetworkCheck::tr("Everybody who answered is on this computer's own network, "
                                      "so nothing is known about the path out of it."));
  if (report.translated == NatAnswer::No) {
    out.found("not_translated",
              NetworkCheck::tr("This computer has its own address on the internet."));
  } else if (keepsOnePort(report)) {
    out.found(
        "one_port",
        NetworkCheck::tr("The router gives Foyer one outside port and uses it for everybody."));
  } else if (changesPort(report)) {
    const bool isRegular = report.allocation.pattern == PortPattern::Sequential ||
                           report.allocation.pattern == PortPattern::Preserving;
    if (isRegular)
      out.found(
          "ports_in_order",
          NetworkCheck::tr(
              "The router uses a different outside port for each person, in a predictable order."));
    else
      out.found("ports_without_order",
                NetworkCheck::tr(
                    "The router uses a different, unpredictable outside port for each person."));
  }
  tellFiltering(report, out);
  if (report.hairpin == NatAnswer::No)
    out.found("no_hairpin",
              NetworkCheck::tr("Two computers behind this router cannot reach each other by the "
                               "outside address; Foyer uses the inside one."));
}

void tellMapping(const PortMappingView& mapping, Sentences& out) {
  switch (mapping.state) {
    case PortMappingState::Off:
    case PortMappingState::NoRouter:
    case PortMappingState::Asking:
      return;
    case PortMappingState::Open:
      if (mapping.isPrivate)
        return out.found(
            "port_behind_another",
            NetworkCheck::tr(
                "The router opened a port (%1), but there is another router in front of it.")
                .arg(wayText(mapping.way)));
      return out.found(
          "port_open",
          NetworkCheck::tr("The router opened a port for Foyer (%1).").arg(wayText(mapping.way)));
    case PortMappingState::Refused:
      return out.found("port_refused", NetworkCheck::tr("The router opens no port for programs."));
  }
}

void tellLifetime(const net::NatReport& report, Sentences& out) {
  const auto seconds = [](Duration d) { return toMilliseconds(d) / 1000; };
  if (report.lifetimeBelow)
    out.found("lifetime_short",
              NetworkCheck::tr("The router forgets a silent connection in less than %1 s.")
                  .arg(seconds(*report.lifetimeBelow)));
  else if (report.lifetimeAtLeast > Duration::zero())
    out.found("lifetime_long",
              NetworkCheck::tr("The router remembers a silent connection for %1 s at least.")
                  .arg(seconds(report.lifetimeAtLeast)));
}

void tellObservers(const NetworkCheckView& check, Sentences& out) {
  const net::NatReport& report = check.report;
  if (check.isInsideOnly)
    return out.advise("outside_observer",
                      NetworkCheck::tr("To learn more, join a relay outside this network or add a "
                                       "STUN server in the settings, then check again."));
  if (!report.disagreeing.empty())
    out.found(
        "observers_disagree",
        NetworkCheck::tr("The observers disagree; Foyer believes only what several of them see."));
  if (report.observersAnswered != 1) return;
  out.found("one_observer",
            NetworkCheck::tr("Only one observer answered, so some of this is uncertain."));
  out.advise("more_observers", NetworkCheck::tr("To be sure, join a second relay or add a STUN "
                                                "server in the settings, then check again."));
}

void tellOutlook(const NetworkCheckView& check, Sentences& out) {
  if (isOpenToAll(check.mappingV4))
    return out.means("direct_by_mapping",
                     NetworkCheck::tr("Calls should go directly, whatever router the other side "
                                      "has."));
  if (check.isInsideOnly)
    return out.means("inside_direct",
                     NetworkCheck::tr("Calls within this network should go directly. What calls "
                                      "beyond it can expect is not known."));
  switch (check.outlook) {
    case NatOutlook::Unknown:
    case NatOutlook::RelayOverTcp:
      return out.means(
          "direct_unknown",
          NetworkCheck::tr("Calls work through the relay. Whether they can go directly "
                           "is not known."));
    case NatOutlook::DirectWithAll:
      return out.means("direct_with_all",
                       NetworkCheck::tr("Calls should go directly with nearly everybody."));
    case NatOutlook::DirectWithMost:
      return out.means(
          "direct_with_most",
          NetworkCheck::tr(
              "Calls should go directly with most people; with others they go through the relay."));
    case NatOutlook::DirectByPrediction:
      return out.means("direct_by_prediction",
                       NetworkCheck::tr("Calls go directly with many people, by predicting the "
                                        "next port; with others they go through the relay."));
    case NatOutlook::DirectWithEasy:
      return out.means("direct_with_easy",
                       NetworkCheck::tr("Calls go directly with people whose router is less "
                                        "strict; with others they go through the relay."));
  }
}

void adviseRouter(const NetworkCheckView& check, Sentences& out) {
  const bool wouldHelp = !check.isInsideOnly && check.report.translated != NatAnswer::No &&
                         check.outlook != NatOutlook::DirectWithAll &&
                         !isOpenToAll(check.mappingV4);
  if (!wouldHelp) return;
  const PortMappingView& mapping = check.mappingV4;
  if (mapping.state == PortMappingState::Open ||  // another router stands before it
      std::find(mapping.reasons.begin(), mapping.reasons.end(),
                net::MappingFailure::BehindAnotherRouter) != mapping.reasons.end())
    return out.advise("ask_provider",
                      NetworkCheck::tr("More calls would go directly with IPv6 or a public IPv4 "
                                       "address; the internet provider may give one."));
  if (mapping.state == PortMappingState::Off)
    return out.advise("allow_mapping",
                      NetworkCheck::tr("More calls would go directly if Foyer were allowed to open "
                                       "a port at the router, in the settings under Network."));
  if (mapping.state == PortMappingState::Refused)
    return out.advise("switch_on_mapping",
                      NetworkCheck::tr("More calls would go directly if UPnP, NAT-PMP or PCP were "
                                       "switched on in the router."));
}

void tellWorking(const NetworkCheckView& check, Sentences& out) {
  const net::NatReport& report = check.report;
  const auto answerMs =
      std::max<std::int64_t>(1, toMilliseconds(report.roundTrip.value_or(Duration::zero())));
  if (check.problem == NetworkProblem::Slow) {
    out.found("slow", NetworkCheck::tr("An answer takes %1 ms, which is slow.").arg(answerMs));
    out.means(
        "slow_calls",
        NetworkCheck::tr("Calls work, but with so much delay that people interrupt each other."));
    out.advise(
        "other_network",
        NetworkCheck::tr(
            "Use a cable or another network if you can, and stop whatever is loading this one."));
  } else if (report.roundTrip) {
    out.found("udp_works", NetworkCheck::tr("UDP works; an answer takes %1 ms.").arg(answerMs));
  } else {
    out.found("udp_works", NetworkCheck::tr("UDP works."));
  }
  tellFamilies(report, out);
  tellRouter(check, out);
  tellMapping(check.mappingV4, out);
  tellLifetime(report, out);
  tellObservers(check, out);
  tellOutlook(check, out);
  adviseRouter(check, out);
}

}  // namespace

const char* toString(NetworkCheckState state) {
  switch (state) {
    case NetworkCheckState::Idle:
      return "idle";
    case NetworkCheckState::Running:
      return "running";
    case NetworkCheckState::Done:
      return "done";
  }
  return "idle";
}

const char* toString(NetworkProblem problem) {
  switch (problem) {
    case NetworkProblem::None:
      return "none";
    case NetworkProblem::NoNetwork:
      return "no_network";
    case NetworkProblem::NoObservers:
      return "no_observers";
    case NetworkProblem::NothingAnswers:
      return "nothing_answers";
    case NetworkProblem::Captive:
      return "captive";
    case NetworkProblem::UdpBlocked:
      return "udp_blocked";
    case NetworkProblem::Slow:
      return "slow";
  }
  return "none";
}

const char* toString(PortMappingState state) {
  switch (state) {
    case PortMappingState::Off:
      return "off";
    case PortMappingState::NoRouter:
      return "no_router";
    case PortMappingState::Asking:
      return "asking";
    case PortMappingState::Open:
      return "open";
    case PortMappingState::Refused:
      return "refused";
  }
  return "off";
}

const char* toString(NetworkAbout about) {
  switch (about) {
    case NetworkAbout::Found:
      return "found";
    case NetworkAbout::Means:
      return "means";
    case NetworkAbout::Do:
      return "do";
  }
  return "found";
}

QString wayText(net::MappingWay way) {
  switch (way) {
    case net::MappingWay::Pcp:
      return QStringLiteral("PCP");
    case net::MappingWay::NatPmp:
      return QStringLiteral("NAT-PMP");
    case net::MappingWay::Upnp:
      return QStringLiteral("UPnP");
  }
  return {};
}

QString failureText(net::MappingFailure failure) {
  switch (failure) {
    case net::MappingFailure::NotOffered:
      return NetworkCheck::tr("not asked this way");
    case net::MappingFailure::Silent:
      return NetworkCheck::tr("the router does not answer");
    case net::MappingFailure::VersionNotSpoken:
      return NetworkCheck::tr("the router does not speak it");
    case net::MappingFailure::NotAuthorized:
      return NetworkCheck::tr("it is switched off in the router");
    case net::MappingFailure::NoResources:
      return NetworkCheck::tr("the router's table is full");
    case net::MappingFailure::NoNetwork:
      return NetworkCheck::tr("the router has no public address itself");
    case net::MappingFailure::BehindAnotherRouter:
      return NetworkCheck::tr("there is another router in between");
    case net::MappingFailure::Refused:
      return NetworkCheck::tr("the router refuses it");
    case net::MappingFailure::UnusableAddress:
      return NetworkCheck::tr("the router reports an impossible address");
    case net::MappingFailure::FalseReply:
      return NetworkCheck::tr("the router says yes and does not do it");
    case net::MappingFailure::Disproved:
      return NetworkCheck::tr("the router says yes and lets nothing through");
  }
  return {};
}

bool callsWork(const NetworkCheckView& check) {
  switch (check.problem) {
    case NetworkProblem::None:
    case NetworkProblem::UdpBlocked:
    case NetworkProblem::Slow:
      return true;
    case NetworkProblem::NoNetwork:
    case NetworkProblem::NoObservers:
    case NetworkProblem::NothingAnswers:
    case NetworkProblem::Captive:
      return false;
  }
  return false;
}

std::vector<NetworkSentence> networkSentences(const NetworkCheckView& check) {
  Sentences out;
  if (!check.endedAtMs) return {};
  switch (check.problem) {
    case NetworkProblem::NoNetwork:
      out.found("no_network", NetworkCheck::tr("This computer is not connected to a network."));
      out.means("no_calls", NetworkCheck::tr("Calls do not work now."));
      out.advise("connect", NetworkCheck::tr("Connect to a network. Foyer then checks by itself."));
      break;
    case NetworkProblem::NoObservers:
      out.found("no_observers", NetworkCheck::tr("There is nobody to ask: no relay is known and no "
                                                 "STUN server is set."));
      out.means("nothing_known", NetworkCheck::tr("What calls can expect is unknown."));
      out.advise("join_relay",
                 NetworkCheck::tr(
                     "Join a relay, or add a STUN server in the settings, then check again."));
      break;
    case NetworkProblem::NothingAnswers:
      out.found("nothing_answers", NetworkCheck::tr("Nobody who was asked has answered."));
      out.means("no_calls", NetworkCheck::tr("Calls do not work now."));
      out.advise(
          "maybe_captive",
          NetworkCheck::tr("If this network wants you to sign in first, as in hotels and trains, "
                           "open any page in a browser and check again. Otherwise try another "
                           "network, or ask whoever runs this one whether UDP is blocked."));
      break;
    case NetworkProblem::Captive:
      out.found("stranger_answers",
                NetworkCheck::tr("Something else answers in place of the relay, as in networks "
                                 "that want you to sign in first."));
      out.means("no_calls", NetworkCheck::tr("Calls do not work now."));
      out.advise("sign_in",
                 NetworkCheck::tr(
                     "Open any page in a browser and sign in there, as in hotels and trains; Foyer "
                     "then connects by itself. If no page appears, try another network."));
      break;
    case NetworkProblem::UdpBlocked:
      out.found("udp_blocked",
                NetworkCheck::tr("This network blocks UDP. The relay is reached over TCP."));
      out.means(
          "relay_over_tcp",
          NetworkCheck::tr(
              "Calls work through the relay, with more delay and less reliably than over UDP."));
      out.advise(
          "allow_udp",
          NetworkCheck::tr("Calls improve if this network allows UDP, or on another network."));
      break;
    case NetworkProblem::Slow:
    case NetworkProblem::None:
      tellWorking(check, out);
      break;
  }
  std::vector<NetworkSentence> all = out.take();
  if (all.back().about != NetworkAbout::Do)
    all.push_back({NetworkAbout::Do, "nothing_to_do", NetworkCheck::tr("Nothing to do.")});
  return all;
}

QString networkText(const NetworkCheckView& check) {
  const auto headingOf = [](NetworkAbout about) {
    switch (about) {
      case NetworkAbout::Found:
        return NetworkCheck::tr("What was found");
      case NetworkAbout::Means:
        return NetworkCheck::tr("What it means for calls");
      case NetworkAbout::Do:
        return NetworkCheck::tr("What you can do");
    }
    return QString();
  };
  QString text;
  std::optional<NetworkAbout> under;
  for (const NetworkSentence& sentence : networkSentences(check)) {
    if (under != sentence.about) {
      if (under) text += QLatin1Char('\n');
      text += headingOf(sentence.about) + QLatin1Char('\n');
      under = sentence.about;
    }
    text += QStringLiteral("  ") + sentence.text + QLatin1Char('\n');
  }
  return text;
}

}  // namespace foyer::engine
