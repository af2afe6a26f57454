// A network check in plain sentences, for the page, foyerctl and the program without a window: what
// was found, what it means for calls, what the person can do. Names no address. Qt's translations;
// pure but for these.
#pragma once

#include <QString>
#include <string>
#include <vector>

#include "core/engine/views.h"

namespace foyer::engine {

// "idle", "running", "done".
[[nodiscard]] const char* toString(NetworkCheckState state);
// "none", "no_network", "no_observers", "nothing_answers", "captive", "udp_blocked", "slow".
[[nodiscard]] const char* toString(NetworkProblem problem);
// "off", "no_router", "asking", "open", "refused".
[[nodiscard]] const char* toString(PortMappingState state);
// "PCP", "NAT-PMP", "UPnP": as routers' pages call them.
[[nodiscard]] QString wayText(net::MappingWay way);
// Why a router opened no port by one way, as half a sentence: "the router refuses it".
[[nodiscard]] QString failureText(net::MappingFailure failure);

enum class NetworkAbout : std::uint8_t { Found, Means, Do };
// "found", "means", "do".
[[nodiscard]] const char* toString(NetworkAbout about);

struct NetworkSentence {
  NetworkAbout about = NetworkAbout::Found;
  std::string code;  // stable, e.g. "udp_blocked"
  QString text;
};

// Of a check that ended; empty before. In the order in which they are read, at least one of each.
[[nodiscard]] std::vector<NetworkSentence> networkSentences(const NetworkCheckView& check);

// The same as one text with headings, a sentence a line, for terminals and reports.
[[nodiscard]] QString networkText(const NetworkCheckView& check);

// The calls of this person work: UDP does, or a relay is reached all the same.
[[nodiscard]] bool callsWork(const NetworkCheckView& check);

}  // namespace foyer::engine
