// A network check as the page shows it: a verdict in a few words, its sentences in rows with a sign
// and a word, what the person can do, and all of it as text to give away. The sentences themselves
// are the engine's (network_words.h), the same that foyerctl prints. Value functions, UI thread.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include "core/engine/network_words.h"

namespace foyer::app {

enum class NetworkSeverity : std::uint8_t { Good, Note, Trouble };

struct NetworkVerdict {
  NetworkSeverity severity = NetworkSeverity::Note;
  QString glyph;     // of resources/icons
  QString title;     // no full stop
  QString sentence;  // what it means for calls
};

// Before a check has ended it says what one does.
[[nodiscard]] NetworkVerdict verdictOf(const engine::NetworkCheckView& check);
// {sign, what was looked at, what was found, what that is}; the sign is "check", "info" or
// "warning". Addresses are left out unless `showsAddresses`.
[[nodiscard]] QList<QStringList> findingsOf(const engine::NetworkCheckView& check,
                                            bool showsAddresses);
[[nodiscard]] QStringList adviceOf(const engine::NetworkCheckView& check);
// "Today 11:52 · took 2.8 s"; empty before a check has ended.
[[nodiscard]] QString whenText(const engine::NetworkCheckView& check);
[[nodiscard]] QString networkReport(const engine::NetworkCheckView& check, bool showsAddresses);

}  // namespace foyer::app
