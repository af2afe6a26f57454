#include "app/foyer/language.h"

#include <QCoreApplication>
#include <QPointer>
#include <QTranslator>
#include <optional>

namespace foyer::app {
namespace {

// Goes with the application that it translates.
struct Spoken final : QObject {
  using QObject::QObject;
  std::optional<QLocale> locale;
  QTranslator translator;
};

Spoken& spoken() {
  static QPointer<Spoken> made;
  if (made.isNull()) made = new Spoken(QCoreApplication::instance());
  return *made;
}

bool isSpoken(const QLocale& locale) {
  switch (locale.language()) {
    case QLocale::English:
    case QLocale::German:
    case QLocale::C:
      return true;
    default:
      return false;
  }
}

}  // namespace

QLocale languageFor(const QString& setting, const QStringList& preferred) {
  const QLocale wanted(setting);
  for (const QString& name : preferred) {
    const QLocale locale(name);
    const bool fits = setting.isEmpty() ? isSpoken(locale) : locale.language() == wanted.language();
    if (fits) return locale;
  }
  // Times and numbers as they are written where this computer is.
  const QLocale::Language language = setting.isEmpty() ? QLocale::English : wanted.language();
  return QLocale(language, QLocale::system().territory());
}

bool speak(const QString& setting) {
  Spoken& now = spoken();
  const QLocale locale = languageFor(setting, QLocale::system().uiLanguages());
  if (now.locale == locale) return false;
  now.locale = locale;
  QLocale::setDefault(locale);
  QCoreApplication::removeTranslator(&now.translator);
  const QString language =
      locale.language() == QLocale::C ? QStringLiteral("en") : locale.name().section(u'_', 0, 0);
  if (now.translator.load(QStringLiteral(":/foyer/translations/foyer_%1.qm").arg(language)))
    QCoreApplication::installTranslator(&now.translator);
  return true;
}

}  // namespace foyer::app
