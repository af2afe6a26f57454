// foyerctl: drives a running foyer through its control socket. One verb, one JSON object on stdout;
// on failure {"error":{"stage","code","retryable","detail"}} and a non-zero exit. `events` streams.
#include <QCoreApplication>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QStandardPaths>
#include <cstdio>

#include "app/ctl/secret_input.h"
#include "app/ctl/verbs.h"

namespace {

constexpr int kConnectMs = 3000;  // a local socket answers at once or not at all
constexpr int kReplyMs = 30000;   // verbs return when the engine took them, not when a call ends
constexpr int kSlowReplyMs = 240'000;  // netcheck --slow leaves connections silent for two minutes
constexpr int kExitUsage = 2;

int fail(const char* stage, const char* code, bool retryable, const QString& detail) {
  const QJsonObject error{
      {"stage", stage}, {"code", code}, {"retryable", retryable}, {"detail", detail}};
  std::puts(
      QJsonDocument(QJsonObject{{"error", error}}).toJson(QJsonDocument::Compact).constData());
  return 1;
}

QString defaultSocket() {
  return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
         "/foyer/control.sock";
}

int printHelp() {
  std::puts(
      "Usage: foyerctl [--socket PATH] VERB [ARGUMENT...]\n\n"
      "Drives a running foyer. Prints one JSON object (netcheck without --json: sentences); exits "
      "non-zero with {\"error\":...} on "
      "failure.\n"
      "PATH is what foyer was given as --control; without --socket it is control.sock in the data\n"
      "directory that foyer uses by itself. foyer listens only when it was given --control.\n");
  for (const auto& verb : foyer::ctl::verbs())
    std::printf("  %-16s %-24s %s\n", verb.name.data(), verb.arguments.data(), verb.help.data());
  return 0;
}

// Prints whole lines as they arrive. Ends when the other side closes.
int streamEvents(QLocalSocket& socket) {
  for (;;) {
    while (socket.canReadLine()) {
      std::fputs(socket.readLine().constData(), stdout);
      std::fflush(stdout);
    }
    if (!socket.waitForReadyRead(-1)) return 0;
  }
}

}  // namespace

int main(int argc, char** argv) {
  const QCoreApplication app(argc, argv);
  QStringList arguments = QCoreApplication::arguments().mid(1);
  QString path = defaultSocket();
  if (arguments.isEmpty() || arguments.first() == "--help" || arguments.first() == "-h")
    return printHelp();
  if (arguments.first() == "--version") {
    std::puts("foyerctl " FOYER_VERSION);
    return 0;
  }
  if (arguments.first() == "--socket") {
    if (arguments.size() < 2)
      return fail("arguments", "missing", false, "--socket needs a path"), kExitUsage;
    path = arguments.at(1);
    arguments = arguments.mid(2);
  } else if (arguments.first().startsWith("--socket=")) {
    path = arguments.takeFirst().mid(9);
  }
  if (arguments.isEmpty())
    return fail("arguments", "missing", false, "which verb? see foyerctl --help"), kExitUsage;

  QString name = arguments.takeFirst();
  // "turn add" reads better than "turn-add".
  if (name == "turn" && !arguments.isEmpty()) name += '-' + arguments.takeFirst();
  const foyer::ctl::Verb* verb = foyer::ctl::findVerb(name.toStdString());
  if (verb == nullptr)
    return fail("arguments", "unknown_verb", false, name + ": see foyerctl --help"), kExitUsage;
  const foyer::ctl::SecretKind secretKind = foyer::ctl::secretOf(name, arguments);
  std::optional<QString> secretFile;
  if (secretKind != foyer::ctl::SecretKind::None)
    secretFile = foyer::ctl::takeSecretFile(arguments);
  if (arguments.size() < verb->minArguments || arguments.size() > verb->maxArguments)
    return fail("arguments", "wrong_count", false,
                QString("usage: foyerctl %1 %2")
                    .arg(name, QString::fromUtf8(verb->arguments.data(),
                                                 static_cast<qsizetype>(verb->arguments.size())))),
           kExitUsage;

  QJsonObject request{{"v", 1}, {"id", 1}, {"verb", name}};
  if (secretKind != foyer::ctl::SecretKind::None) {
    const auto secret = foyer::ctl::readSecret(secretKind, secretFile);
    if (!secret)
      return fail(secret.error().stage.c_str(), secret.error().code.c_str(), true,
                  QString::fromStdString(secret.error().detail));
    request.insert("secret", QString::fromStdString(*secret));
    // Foyer runs in a folder of its own.
    if (name.startsWith("identity-"))
      for (QString& word : arguments)
        if (!word.startsWith("--")) word = QFileInfo(word).absoluteFilePath();
  }
  // For a person, unless a script asks.
  const bool wantsText = name == "netcheck" && arguments.removeAll("--json") == 0;
  const int replyMs = name == "netcheck" && arguments.contains("--slow") ? kSlowReplyMs : kReplyMs;
  // Foyer has a current folder of its own.
  if (name == "export") arguments.first() = QFileInfo(arguments.first()).absoluteFilePath();
  request.insert("args", QJsonArray::fromStringList(arguments));

  QLocalSocket socket;
  // Qt would look for a relative one in the folder for temporary files.
  socket.connectToServer(QFileInfo(path).absoluteFilePath());
  if (!socket.waitForConnected(kConnectMs))
    return fail("control", "not_running", true, "no Foyer answers on the control socket");

  socket.write(QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
  socket.flush();

  while (!socket.canReadLine())
    if (!socket.waitForReadyRead(replyMs))
      return fail("control", "no_reply", true, "Foyer did not answer");
  const QJsonObject reply = QJsonDocument::fromJson(socket.readLine()).object();
  if (reply.contains("error")) {
    std::puts(QJsonDocument(QJsonObject{{"error", reply.value("error")}})
                  .toJson(QJsonDocument::Compact)
                  .constData());
    return 1;
  }
  if (name == "events") return streamEvents(socket);
  if (wantsText) {
    std::fputs(reply.value("result").toObject().value("text").toString().toUtf8().constData(),
               stdout);
    return 0;
  }
  std::puts(
      QJsonDocument(reply.value("result").toObject()).toJson(QJsonDocument::Compact).constData());
  return 0;
}
