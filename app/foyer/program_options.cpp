#include "app/foyer/program_options.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace foyer::app {
namespace {

constexpr int kUsageError = 2;  // the customary exit code for a wrong command line
constexpr int kMaxPort = 65535;
constexpr int kMaxLinks = 8;  // a link opens a connection; more on one line is a mistake
const auto kNetcheck = QStringLiteral("netcheck");
const auto kHostRelay = QStringLiteral("--host-relay");

QString tr(const char* text) { return QCoreApplication::translate("ProgramOptions", text); }

tl::unexpected<OptionsExit> refuse(const QString& text) {
  return tl::unexpected(OptionsExit{.text = text, .code = kUsageError});
}

}  // namespace

Result<ProgramOptions, OptionsExit> parseOptions(const QStringList& arguments) {
  QCommandLineParser parser;
  parser.setApplicationDescription(tr("Calls between people, through relays that hear nothing."));
  const QCommandLineOption help({"h", "help"}, tr("Show this help."));
  const QCommandLineOption version("version", tr("Show the version."));
  const QCommandLineOption dataDir("data-dir", tr("Keep the profile in DIR."), "DIR");
  const QCommandLineOption headless("headless", tr("Run without a window."));
  const QCommandLineOption hidden("hidden",
                                  tr("Start in the tray; with the window where there is none."));
  const QCommandLineOption control("control", tr("Listen for foyerctl at the local socket PATH."),
                                   "PATH");
  const QCommandLineOption audioIn(
      "audio-in", tr("Microphone: a device name, null, or file:NAME.wav."), "DEVICE");
  const QCommandLineOption audioOut(
      "audio-out", tr("Speakers: a device name, null, or file:NAME.wav."), "DEVICE");
  const QCommandLineOption relay("relay", tr("Connect to the relay LINK."), "LINK");
  const QCommandLineOption hostRelay("host-relay", tr("Run a relay here, on PORT if given."),
                                     "PORT");
  const QCommandLineOption screenshot("screenshot", tr("Write the first screen to FILE and exit."),
                                      "FILE");
  const QCommandLineOption json("json", tr("With netcheck: print JSON instead of sentences."));
  const QCommandLineOption slow(
      "slow", tr("With netcheck: measure for two minutes how long the router remembers."));
  const QCommandLineOption addresses("addresses", tr("With netcheck and --json: with addresses."));
  parser.addOptions({help, version, dataDir, hidden, headless, control, audioIn, audioOut, relay,
                     hostRelay, screenshot, json, slow, addresses});
  parser.addPositionalArgument("link", tr("A foyer:// link to open."), "[LINK…]");
  parser.addPositionalArgument(
      kNetcheck, tr("With --headless: check the network, say what was found, and exit."),
      "[netcheck]");

  // The port is optional, which QCommandLineParser cannot say; 0 means "any" already.
  QStringList prepared = arguments;
  for (QString& argument : prepared) {
    if (argument == kHostRelay) argument += QStringLiteral("=0");
  }
  if (!parser.parse(prepared)) return refuse(parser.errorText());
  if (parser.isSet(help)) return tl::unexpected(OptionsExit{.text = parser.helpText()});
  if (parser.isSet(version)) {
    return tl::unexpected(OptionsExit{.text = QStringLiteral("foyer " FOYER_VERSION)});
  }

  ProgramOptions options{
      .dataDir = parser.value(dataDir),
      .hidden = parser.isSet(hidden),
      .headless = parser.isSet(headless),
      .controlPath = parser.value(control),
      .audioIn = parser.value(audioIn),
      .audioOut = parser.value(audioOut),
      .relayLink = parser.value(relay),
      .screenshotFile = parser.value(screenshot),
  };
  if (parser.isSet(hostRelay)) {
    bool isNumber = false;
    const int port = parser.value(hostRelay).toInt(&isNumber);
    if (!isNumber || port < 0 || port > kMaxPort) {
      return refuse(tr("The port of --host-relay is a number from 0 to 65535."));
    }
    options.hostRelayPort = port;
  }
  if (options.headless && options.hidden)
    return refuse(tr("--hidden needs a window, --headless has none."));
  if (options.headless && !options.screenshotFile.isEmpty()) {
    return refuse(tr("--screenshot needs a window, --headless has none."));
  }
  QStringList links = parser.positionalArguments();
  if (links.removeAll(kNetcheck) > 0) {
    if (!options.headless) return refuse(tr("netcheck needs --headless."));
    options.netcheck = {kNetcheck};
    for (const QCommandLineOption* option : {&json, &slow, &addresses})
      if (parser.isSet(*option))
        options.netcheck += QStringLiteral("--") + option->names().constFirst();
  } else if (parser.isSet(json) || parser.isSet(slow) || parser.isSet(addresses)) {
    return refuse(tr("--json, --slow and --addresses belong to netcheck."));
  }
  for (const QString& link : links) {
    if (!link.startsWith(QLatin1String("foyer://"))) {
      return refuse(tr("“%1” is not a foyer:// link.").arg(link));
    }
    if (options.links.size() == kMaxLinks) return refuse(tr("Too many links on one line."));
    options.links.append(link);
  }
  return options;
}

}  // namespace foyer::app
