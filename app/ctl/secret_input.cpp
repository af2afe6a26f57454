#include "app/ctl/secret_input.h"

#include <termios.h>
#include <unistd.h>

#include <QFile>
#include <cstdio>

namespace foyer::ctl {
namespace {

// 24 words of eight letters are 216 characters; a passphrase longer than this is a mistaken file.
constexpr qint64 kMaxSecret = 4096;

Failure<Fault> secretFault(const char* code, std::string detail) {
  return Failure<Fault>(Fault{"secret", code, true, std::move(detail)});
}

// While it lives a terminal does not show what is typed.
class HiddenTyping {
 public:
  HiddenTyping() {
    if (tcgetattr(STDIN_FILENO, &m_before) != 0) return;
    termios hidden = m_before;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    m_isHidden = tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden) == 0;
  }
  ~HiddenTyping() {
    if (m_isHidden) tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
  }
  HiddenTyping(const HiddenTyping&) = delete;
  HiddenTyping& operator=(const HiddenTyping&) = delete;

 private:
  termios m_before{};
  bool m_isHidden = false;
};

std::string firstLine(const QByteArray& text) {
  const qsizetype end = text.indexOf('\n');
  QByteArray line = end < 0 ? text : text.first(end);
  if (line.endsWith('\r')) line.chop(1);
  return line.toStdString();
}

std::string typed(QFile& input, const char* question) {
  std::fputs(question, stderr);
  const HiddenTyping hidden;
  const std::string line = firstLine(input.readLine(kMaxSecret + 1));
  std::fputc('\n', stderr);
  return line;
}

}  // namespace

SecretKind secretOf(const QString& verb, const QStringList& arguments) {
  if (verb == "turn-add") return SecretKind::TurnPassword;
  // A server that is kept is tested with the password that is kept.
  if (verb == "turn-test" && arguments.contains(QStringLiteral("--user")))
    return SecretKind::TurnPassword;
  if (verb == "identity-export") return SecretKind::NewPassphrase;
  if (verb == "identity-import") return SecretKind::Passphrase;
  if (verb == "identity-restore") return SecretKind::Words;
  return SecretKind::None;
}

std::optional<QString> takeSecretFile(QStringList& arguments) {
  const QString name = QStringLiteral("--secret-file");
  for (qsizetype at = 0; at < arguments.size(); ++at) {
    if (arguments[at].startsWith(name + '=')) return arguments.takeAt(at).mid(name.size() + 1);
    if (arguments[at] != name || at + 1 >= arguments.size()) continue;
    arguments.removeAt(at);
    return arguments.takeAt(at);
  }
  return std::nullopt;
}

Result<std::string, Fault> readSecret(SecretKind kind, const std::optional<QString>& file) {
  QFile input;
  bool isOpen = false;
  if (file) {
    input.setFileName(*file);
    isOpen = input.open(QIODevice::ReadOnly);
  } else {
    isOpen = input.open(STDIN_FILENO, QIODevice::ReadOnly);
  }
  if (!isOpen) return secretFault("unreadable", input.errorString().toStdString());
  std::string secret;
  if (!file && isatty(STDIN_FILENO) != 0) {
    if (kind == SecretKind::Words) {
      secret = typed(input, "The 24 words, on one line: ");
    } else {
      secret = typed(input, kind == SecretKind::TurnPassword ? "Password of the TURN server: "
                                                             : "Passphrase: ");
      if (kind == SecretKind::NewPassphrase && typed(input, "The same once more: ") != secret)
        return secretFault("differ", "the two passphrases differ");
    }
  } else {
    const QByteArray all = input.read(kMaxSecret + 1);
    secret = kind == SecretKind::Words ? all.toStdString() : firstLine(all);
    if (all.size() > kMaxSecret) return secretFault("too_long", "more than 4096 bytes");
  }
  if (secret.empty()) return secretFault("empty", "nothing was given on standard input");
  return secret;
}

}  // namespace foyer::ctl
