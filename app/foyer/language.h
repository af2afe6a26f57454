// The language in which the program speaks: the translation, and how numbers and dates are
// written. Leaves out who made sentences before and has to make them anew (window.h).
// UI thread, after the application.
#pragma once

#include <QLocale>
#include <QStringList>

namespace foyer::app {

// What the setting `language` asks for: "en", "de", or empty: the first of `preferred`, as
// QLocale::uiLanguages() names them, that Foyer speaks. English for everybody else.
[[nodiscard]] QLocale languageFor(const QString& setting, const QStringList& preferred);

// Takes over for the whole program; false: it was in force already.
bool speak(const QString& setting);

}  // namespace foyer::app
