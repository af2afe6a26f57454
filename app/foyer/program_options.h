// The command line of `foyer` as a plain value. Leaves out what the words mean to the engine: links
// and device names are checked where they are used. Value, no thread.
#pragma once

#include <QString>
#include <QStringList>
#include <optional>

#include "core/base/result.h"

namespace foyer::app {

struct ProgramOptions {
  QString dataDir;                   // empty: the platform's place
  bool hidden = false;               // only in the tray, where there is one
  bool headless = false;             // no window; profile and identity are made without asking
  QString controlPath;               // local socket of foyerctl; empty: none
  QString audioIn, audioOut;         // device name, "null" or "file:NAME.wav"; empty: the default
  QString relayLink;                 // --relay: connect at start
  std::optional<int> hostRelayPort;  // --host-relay: 0 = the port it keeps
  QString screenshotFile;            // PNG of the first complete frame, then exit
  QStringList links;                 // foyer:// links to open
  QStringList netcheck;              // words for the verb of that name; "netcheck" first, if wanted

  bool operator==(const ProgramOptions&) const = default;
};

// The program ends at once: --help, --version, or a command line it does not understand.
struct OptionsExit {
  QString text;
  int code = 0;  // 0 goes to standard output, anything else to standard error

  bool operator==(const OptionsExit&) const = default;
};

// For a start anew: what was to be done once, links to open and a window that stays away, is not
// done again. `arguments` without the program's name; `hosts`: a relay runs here, on this
// port; 0: on the one that it keeps.
[[nodiscard]] QStringList argumentsAgain(const QStringList& arguments, std::optional<int> hosts);

// `arguments` includes the program's name, as QCoreApplication::arguments() does.
[[nodiscard]] Result<ProgramOptions, OptionsExit> parseOptions(const QStringList& arguments);

}  // namespace foyer::app
