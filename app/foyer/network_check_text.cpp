#include "app/foyer/network_check_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <array>
#include <string_view>

#include "app/foyer/clock.h"
#include "app/foyer/text.h"

namespace foyer::app {

using engine::NetworkAbout;
using engine::NetworkCheckView;
using engine::NetworkProblem;
using engine::NetworkSentence;
using engine::PortMappingState;
using engine::PortMappingView;
using net::NatOutlook;

namespace {

struct Network {
  Q_DECLARE_TR_FUNCTIONS(Network)
};

#define FOYER_TEXT(text) QT_TRANSLATE_NOOP("Network", text)

// What a sentence is about, by its code.
struct Row {
  std::string_view code;
  const char* sign;
  const char* title;
  const char* value;
};
constexpr std::array kRows = {
    Row{"udp_works", "check", FOYER_TEXT("UDP"), FOYER_TEXT("Open")},
    Row{"slow", "warning", FOYER_TEXT("UDP"), FOYER_TEXT("Slow")},
    Row{"udp_blocked", "warning", FOYER_TEXT("UDP"), FOYER_TEXT("Blocked")},
    Row{"no_network", "warning", FOYER_TEXT("Network"), FOYER_TEXT("None")},
    Row{"no_observers", "info", FOYER_TEXT("Observers"), FOYER_TEXT("None")},
    Row{"stranger_answers", "warning", FOYER_TEXT("Network"), FOYER_TEXT("Wants a sign-in")},
    Row{"nothing_answers", "warning", FOYER_TEXT("Observers"), FOYER_TEXT("No answer")},
    Row{"both_families", "check", FOYER_TEXT("IPv6"), FOYER_TEXT("Works")},
    Row{"ipv6_alone", "info", FOYER_TEXT("IPv6"), FOYER_TEXT("IPv6 alone")},
    Row{"ipv4_alone", "info", FOYER_TEXT("IPv6"), FOYER_TEXT("None")},
    Row{"inside_only", "info", FOYER_TEXT("NAT mapping"), FOYER_TEXT("Not known")},
    Row{"not_translated", "check", FOYER_TEXT("NAT mapping"), FOYER_TEXT("No NAT")},
    Row{"one_port", "check", FOYER_TEXT("NAT mapping"), FOYER_TEXT("One port for all")},
    Row{"ports_in_order", "info", FOYER_TEXT("NAT mapping"),
        FOYER_TEXT("A new port for each, in order")},
    Row{"ports_without_order", "warning", FOYER_TEXT("NAT mapping"),
        FOYER_TEXT("A random port for each")},
    Row{"filter_open", "check", FOYER_TEXT("NAT filtering"), FOYER_TEXT("None")},
    Row{"filter_address", "check", FOYER_TEXT("NAT filtering"), FOYER_TEXT("By address")},
    Row{"filter_port", "info", FOYER_TEXT("NAT filtering"), FOYER_TEXT("By address and port")},
    Row{"no_hairpin", "info", FOYER_TEXT("Own network"), FOYER_TEXT("None")},
    Row{"lifetime_short", "info", FOYER_TEXT("Silent connection"), FOYER_TEXT("Soon forgotten")},
    Row{"lifetime_long", "check", FOYER_TEXT("Silent connection"), FOYER_TEXT("Kept")},
    Row{"observers_disagree", "warning", FOYER_TEXT("Observers"), FOYER_TEXT("Disagree")},
    Row{"one_observer", "info", FOYER_TEXT("Observers"), FOYER_TEXT("One alone")},
    Row{"port_open", "check", FOYER_TEXT("Opened port"), FOYER_TEXT("Open")},
    Row{"port_behind_another", "info", FOYER_TEXT("Opened port"), FOYER_TEXT("Not outside")},
    Row{"port_refused", "info", FOYER_TEXT("Opened port"), FOYER_TEXT("Refused")},
};
#undef FOYER_TEXT

QString joined(const std::vector<NetworkSentence>& all, NetworkAbout about) {
  QStringList texts;
  for (const NetworkSentence& sentence : all)
    if (sentence.about == about) texts.append(sentence.text);
  return texts.join(u' ');
}

// "PCP: the router does not answer; UPnP: it is switched off in the router."
QString reasonsText(const PortMappingView& mapping) {
  QStringList reasons;
  for (std::size_t at = 0; at < mapping.reasons.size(); ++at)
    if (mapping.reasons[at] != net::MappingFailure::NotOffered)
      reasons.append(engine::wayText(static_cast<net::MappingWay>(at)) + QStringLiteral(": ") +
                     engine::failureText(mapping.reasons[at]));
  return reasons.isEmpty() ? QString() : reasons.join(QStringLiteral("; ")) + u'.';
}

// Of the port at the router: "UPnP, 4710", and why not.
void detail(const PortMappingView& mapping, QStringList& row) {
  if (mapping.state == PortMappingState::Open && mapping.external)
    row[2] = engine::wayText(mapping.way) + QStringLiteral(", ") +
             QString::number(mapping.external->port);
  if (mapping.state != PortMappingState::Refused) return;
  if (const QString reasons = reasonsText(mapping); !reasons.isEmpty()) row[3] += u' ' + reasons;
}

QStringList addressRow(const net::NatReport& report, bool showsAddresses) {
  QStringList seen;
  for (const auto& mapped : {report.mappedV4, report.mappedV6})
    if (mapped) seen.append(fromUtf8(mapped->toString()));
  if (seen.isEmpty()) return {};
  const QString meaning =
      report.observersAnswered > 1
          ? Network::tr("%1 of %2 observers see this computer there.")
                .arg(report.observersAnswered -
                     std::min(report.disagreeing.size(), report.observersAnswered))
                .arg(report.observersAnswered)
          : Network::tr("One observer sees this computer there.");
  return {report.disagreeing.empty() ? QStringLiteral("check") : QStringLiteral("info"),
          Network::tr("Outside address"),
          showsAddresses ? seen.join(QStringLiteral(", ")) : Network::tr("Not shown"), meaning};
}

QString titleOf(const NetworkCheckView& check) {
  switch (check.problem) {
    case NetworkProblem::NoNetwork:
      return Network::tr("There is no network");
    case NetworkProblem::NoObservers:
      return Network::tr("There is nobody to ask");
    case NetworkProblem::NothingAnswers:
      return Network::tr("Nothing answers on this network");
    case NetworkProblem::Captive:
      return Network::tr("This network wants you to sign in first");
    case NetworkProblem::UdpBlocked:
      return Network::tr("Calls go through the relay, over TCP");
    case NetworkProblem::Slow:
      return Network::tr("Calls work, with much delay");
    case NetworkProblem::None:
      break;
  }
  if (check.isInsideOnly) return Network::tr("Calls within this network should go directly");
  const bool isOpened =
      check.mappingV4.state == PortMappingState::Open && !check.mappingV4.isPrivate;
  if (isOpened) return Network::tr("Direct calls should work from here");
  switch (check.outlook) {
    case NatOutlook::DirectWithAll:
    case NatOutlook::DirectWithMost:
      return Network::tr("Direct calls should work from here");
    case NatOutlook::DirectByPrediction:
      return Network::tr("Many calls should go directly");
    case NatOutlook::DirectWithEasy:
      return Network::tr("Some calls go directly");
    case NatOutlook::Unknown:
    case NatOutlook::RelayOverTcp:
      break;
  }
  return Network::tr("Calls go through the relay");
}

}  // namespace

NetworkVerdict verdictOf(const NetworkCheckView& check) {
  NetworkVerdict verdict;
  if (!check.endedAtMs) {
    verdict.glyph = QStringLiteral("network");
    verdict.title = check.state == engine::NetworkCheckState::Running
                        ? Network::tr("Checking this network")
                        : Network::tr("This network has not been checked yet");
    verdict.sentence = Network::tr(
        "Foyer asks the relays and STUN servers it knows how this computer looks from outside. It "
        "takes a few seconds, calls continue meanwhile, and the result stays here.");
    return verdict;
  }
  verdict.title = titleOf(check);
  verdict.sentence = joined(engine::networkSentences(check), NetworkAbout::Means);
  const bool isDirect = check.problem == NetworkProblem::None && !check.isInsideOnly &&
                        check.outlook != NatOutlook::Unknown &&
                        check.outlook != NatOutlook::RelayOverTcp;
  if (!engine::callsWork(check) || check.problem == NetworkProblem::Slow) {
    verdict.severity = NetworkSeverity::Trouble;
    verdict.glyph = QStringLiteral("warning");
  } else if (isDirect) {
    verdict.severity = NetworkSeverity::Good;
    verdict.glyph = QStringLiteral("direct");
  } else {
    verdict.glyph = check.isInsideOnly ? QStringLiteral("network") : QStringLiteral("path-relay");
  }
  return verdict;
}

QList<QStringList> findingsOf(const NetworkCheckView& check, bool showsAddresses) {
  QList<QStringList> rows;
  if (!check.endedAtMs) return rows;
  const int relays = check.relaysConnected;
  rows.append({relays > 0 ? QStringLiteral("check") : QStringLiteral("info"), Network::tr("Relays"),
               relays > 0 ? QString::number(relays) : Network::tr("None"),
               relays > 0 ? Network::tr("Reached during the check.")
                          : Network::tr("None was reached during the check.")});
  if (const QStringList address = addressRow(check.report, showsAddresses); !address.isEmpty())
    rows.append(address);
  for (const NetworkSentence& sentence : engine::networkSentences(check)) {
    if (sentence.about != NetworkAbout::Found) continue;
    const auto known = std::find_if(kRows.begin(), kRows.end(),
                                    [&](const Row& row) { return row.code == sentence.code; });
    QStringList row{QStringLiteral("info"), Network::tr("Also"), QString(), sentence.text};
    if (known != kRows.end())
      row = {QString::fromLatin1(known->sign), Network::tr(known->title), Network::tr(known->value),
             sentence.text};
    if (sentence.code.starts_with("port_")) detail(check.mappingV4, row);
    rows.append(row);
  }
  return rows;
}

QStringList adviceOf(const NetworkCheckView& check) {
  QStringList advice;
  for (const NetworkSentence& sentence : engine::networkSentences(check))
    // A heading "What you can do" above nothing would be a contradiction.
    if (sentence.about == NetworkAbout::Do && sentence.code != std::string_view("nothing_to_do"))
      advice.append(sentence.text);
  return advice;
}

QString whenText(const NetworkCheckView& check) {
  if (!check.endedAtMs || check.endedAtUnixMs == 0) return {};
  const QDateTime at = QDateTime::fromMSecsSinceEpoch(check.endedAtUnixMs);
  const bool isToday = at.date() == QDateTime::fromMSecsSinceEpoch(unixNowMs()).date();
  const QString time = timeText(check.endedAtUnixMs);
  QString text =
      isToday ? Network::tr("Today %1").arg(time) : dateText(check.endedAtUnixMs) + u' ' + time;
  // While the next one runs its beginning is not known any more.
  if (check.state == engine::NetworkCheckState::Done && check.startedAtMs) {
    const double seconds = static_cast<double>(*check.endedAtMs - *check.startedAtMs) / 1000.0;
    text += QStringLiteral(" · ") +
            Network::tr("took %1 s").arg(QLocale().toString(seconds, 'f', seconds < 10 ? 1 : 0));
  }
  return text;
}

QString networkReport(const NetworkCheckView& check, bool showsAddresses) {
  const NetworkVerdict verdict = verdictOf(check);
  QStringList lines{QStringLiteral("Foyer " FOYER_VERSION),
                    Network::tr("Network check: %1").arg(verdict.title), whenText(check),
                    verdict.sentence, QString()};
  for (const QStringList& row : findingsOf(check, showsAddresses)) {
    const QString what = row[2].isEmpty() ? row[1] : row[1] + QStringLiteral(": ") + row[2];
    lines.append(what + QStringLiteral(". ") + row[3]);
  }
  const QStringList advice = adviceOf(check);
  if (!advice.isEmpty()) lines += {QString(), Network::tr("What you can do:")};
  for (const QString& line : advice) lines.append(QStringLiteral("- ") + line);
  return lines.join(u'\n') + u'\n';
}

}  // namespace foyer::app
