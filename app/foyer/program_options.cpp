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

struct Words {
  Q_DECLARE_TR_FUNCTIONS(ProgramOptions)
};

// What Qt itself says in a help text; its own translations are a package that may be missing.
[[maybe_unused]] constexpr const char* kWordsOfQt[] = {
    QT_TRANSLATE_NOOP("QCommandLineParser", "Usage: %1"),
    QT_TRANSLATE_NOOP("QCommandLineParser", "[options]"),
    QT_TRANSLATE_NOOP("QCommandLineParser", "Options:"),
    QT_TRANSLATE_NOOP("QCommandLineParser", "Arguments:"),
    QT_TRANSLATE_NOOP("QCommandLineParser", "Unknown option '%1'."),
    QT_TRANSLATE_NOOP("QCommandLineParser", "Unknown options: %1."),
    QT_TRANSLATE_NOOP("QCommandLineParser", "Missing value after '%1'."),
    QT_TRANSLATE_NOOP("QCommandLineParser", "Unexpected value after '%1'."),
};

tl::unexpected<OptionsExit> refuse(const QString& text) {
  return tl::unexpected(OptionsExit{.text = text, .code = kUsageError});
}

}  // namespace

Result<ProgramOptions, OptionsExit> parseOptions(const QStringList& arguments) {
  QCommandLineParser parser;
  parser.setApplicationDescription(
      Words::tr("Calls between people, through relays that hear nothing."));
  const QCommandLineOption help({"h", "help"}, Words::tr("Show this help."));
  const QCommandLineOption version("version", Words::tr("Show the version."));
  const QCommandLineOption dataDir("data-dir", Words::tr("Keep the profile in DIR."), "DIR");
  const QCommandLineOption headless("headless", Words::tr("Run without a window."));
  const QCommandLineOption hidden(
      "hidden", Words::tr("Start in the tray; with the window where there is none."));
  const QCommandLineOption control(
      "control", Words::tr("Listen for foyerctl at the local socket PATH."), "PATH");
  const QCommandLineOption audioIn(
      "audio-in", Words::tr("Microphone: a device name, null, or file:NAME.wav."), "DEVICE");
  const QCommandLineOption audioOut(
      "audio-out", Words::tr("Speakers: a device name, null, or file:NAME.wav."), "DEVICE");
  const QCommandLineOption relay("relay", Words::tr("Connect to the relay LINK."), "LINK");
  const QCommandLineOption hostRelay("host-relay", Words::tr("Run a relay here, on PORT if given."),
                                     "PORT");
  const QCommandLineOption screenshot(
      "screenshot", Words::tr("Write the first screen to FILE and exit."), "FILE");
  const QCommandLineOption json("json",
                                Words::tr("With netcheck: print JSON instead of sentences."));
  const QCommandLineOption slow(
      "slow", Words::tr("With netcheck: measure for two minutes how long the router remembers."));
  const QCommandLineOption addresses("addresses",
                                     Words::tr("With netcheck and --json: with addresses."));
  parser.addOptions({help, version, dataDir, hidden, headless, control, audioIn, audioOut, relay,
                     hostRelay, screenshot, json, slow, addresses});
  parser.addPositionalArgument("link", Words::tr("A foyer:// link to open."), "[LINK…]");
  parser.addPositionalArgument(
      kNetcheck, Words::tr("With --headless: check the network, say what was found, and exit."),
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
      return refuse(Words::tr("The port of --host-relay is a number from 0 to 65535."));
    }
    options.hostRelayPort = port;
  }
  if (options.headless && options.hidden)
    return refuse(Words::tr("--hidden needs a window, --headless has none."));
  if (options.headless && !options.screenshotFile.isEmpty()) {
    return refuse(Words::tr("--screenshot needs a window, --headless has none."));
  }
  QStringList links = parser.positionalArguments();
  if (links.removeAll(kNetcheck) > 0) {
    if (!options.headless) return refuse(Words::tr("netcheck needs --headless."));
    options.netcheck = {kNetcheck};
    for (const QCommandLineOption* option : {&json, &slow, &addresses})
      if (parser.isSet(*option))
        options.netcheck += QStringLiteral("--") + option->names().constFirst();
  } else if (parser.isSet(json) || parser.isSet(slow) || parser.isSet(addresses)) {
    return refuse(Words::tr("--json, --slow and --addresses belong to netcheck."));
  }
  for (const QString& link : links) {
    if (!link.startsWith(QLatin1String("foyer://"))) {
      return refuse(Words::tr("“%1” is not a foyer:// link.").arg(link));
    }
    if (options.links.size() == kMaxLinks) return refuse(Words::tr("Too many links on one line."));
    options.links.append(link);
  }
  return options;
}

QStringList argumentsAgain(const QStringList& arguments, std::optional<int> hosts) {
  QStringList again;
  bool isValue = false;  // of the option before it: --relay takes a link, too
  for (const QString& argument : arguments) {
    const bool isLink = !isValue && argument.startsWith(QLatin1String("foyer://"));
    isValue = argument == QLatin1String("--relay");
    if (isLink || argument == QLatin1String("--") || argument == QLatin1String("--hidden") ||
        argument == kHostRelay || argument.startsWith(kHostRelay + u'='))
      continue;
    again.append(argument);
  }
  // Where the others look for it.
  if (hosts) again.append(*hosts == 0 ? kHostRelay : kHostRelay + u'=' + QString::number(*hosts));
  return again;
}

}  // namespace foyer::app
