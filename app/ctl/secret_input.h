// Passphrases and words for foyerctl: from a file, from standard input, or typed without an echo.
// Never from the command line, where every process of the machine could read them. Values, no
// thread.
#pragma once

#include <QString>
#include <QStringList>
#include <optional>
#include <string>

#include "core/base/fault.h"
#include "core/base/result.h"

namespace foyer::ctl {

// What a verb asks for beside its arguments.
enum class SecretKind {
  None,
  NewPassphrase,  // typed twice
  Passphrase,
  Words,  // 24, on one line or many
  TurnPassword,
};
[[nodiscard]] SecretKind secretOf(const QString& verb, const QStringList& arguments);

// Takes "--secret-file FILE" (or "--secret-file=FILE") out of `arguments`.
[[nodiscard]] std::optional<QString> takeSecretFile(QStringList& arguments);

// From `file`, else standard input. A passphrase is the first line without its end. Stage
// "secret": unreadable, empty, too_long, differ (the two typed passphrases).
[[nodiscard]] Result<std::string, Fault> readSecret(SecretKind kind,
                                                    const std::optional<QString>& file);

}  // namespace foyer::ctl
