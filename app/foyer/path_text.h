// Which way a call takes and why, and the steps by which that way was found, as words for people.
// Value functions, UI thread.
#pragma once

#include <QString>
#include <QStringList>

#include "core/engine/engine_interface.h"
#include "core/engine/path_rows.h"

namespace foyer::app {

struct PathText {
  QString glyph;     // of resources/icons: "direct", "path-relay"
  QString word;      // "Direct", "Relay": where there is little room
  QString sentence;  // "Through Hana’s desk, because both routers are too strict for …"

  bool operator==(const PathText&) const = default;
};

// The relay that a call has, as the sentence needs it.
struct RelayOnPath {
  QString name;                 // empty: it is not named
  int overTcpPort = 0;          // 0: reached over UDP
  bool isOneOfSeveral = false;  // of those that are connected: which one is worth saying
};
[[nodiscard]] RelayOnPath relayOnPath(const engine::EngineInterface& engine,
                                      const engine::CallView& call);
[[nodiscard]] PathText pathTextOf(const engine::CallView& call, const RelayOnPath& relay);

// "This computer", the name it announces, the host of its link, "a relay".
[[nodiscard]] QString relayNameOf(const engine::RelayView& relay,
                                  const std::vector<engine::DiscoveredRelayView>& discovered);
// The same of the relay with that key; empty when it is not known here.
[[nodiscard]] QString relayNameOf(const engine::EngineInterface& engine, const Fingerprint& relay);

// One step: {sign, when, what, kind of address, address, reason}; the sign is "check", "info" or
// "warning".
[[nodiscard]] QStringList pathCells(const engine::PathRow& row, bool showsAddresses);
// Titles of all but the sign.
[[nodiscard]] QStringList pathHead();

}  // namespace foyer::app
