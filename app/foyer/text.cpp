#include "app/foyer/text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTextBoundaryFinder>
#include <array>
#include <cmath>

#include "app/foyer/clock.h"

namespace foyer::app {
namespace {

struct Text {
  Q_DECLARE_TR_FUNCTIONS(Text)
};

QString firstGrapheme(const QString& word) {
  QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, word);
  const auto end = finder.toNextBoundary();
  return end > 0 ? word.left(end).toUpper() : QString();
}

constexpr std::array<double, 3> kBarLimitsMs = {30, 120, 250};

}  // namespace

QString initials(const QString& name) {
  const QStringList words = name.simplified().split(u' ', Qt::SkipEmptyParts);
  if (words.isEmpty()) return QStringLiteral("?");
  QString letters = firstGrapheme(words.first());
  if (words.size() > 1) letters += firstGrapheme(words.last());
  return letters;
}

int hueOf(const Fingerprint& fingerprint) { return fingerprint.bytes[0] % kHueCount; }

QStringList keyGroups(const Fingerprint& fingerprint) {
  const QString hex = fromUtf8(fingerprint.hex());
  QStringList groups;
  for (qsizetype at = 0; at < hex.size(); at += 4) groups.append(hex.mid(at, 4));
  return groups;
}

QString keyText(const Fingerprint& fingerprint) { return keyGroups(fingerprint).join(u' '); }

QString durationText(std::int64_t seconds) {
  const std::int64_t whole = std::max<std::int64_t>(0, seconds);
  const auto two = [](std::int64_t value) {
    return QStringLiteral("%1").arg(static_cast<qlonglong>(value), 2, 10, QLatin1Char('0'));
  };
  const std::int64_t hours = whole / 3600, minutes = whole / 60 % 60;
  if (hours > 0) return QString::number(hours) + u':' + two(minutes) + u':' + two(whole % 60);
  return QString::number(minutes) + u':' + two(whole % 60);
}

QString dateText(std::int64_t unixMs) {
  const QDate date = QDateTime::fromMSecsSinceEpoch(unixMs).date();
  const bool thisYear = date.year() == QDateTime::fromMSecsSinceEpoch(unixNowMs()).date().year();
  //: How a date is written; QLocale::toString() says which letter is what.
  return QLocale().toString(date, thisYear ? Text::tr("d MMMM") : Text::tr("d MMMM yyyy"));
}

QString timeText(std::int64_t unixMs) {
  const QTime time = QDateTime::fromMSecsSinceEpoch(unixMs).time();
  // "C" is nobody's custom, and has the seconds in its short form.
  if (QLocale().language() == QLocale::C) return time.toString(QStringLiteral("HH:mm"));
  return QLocale().toString(time, QLocale::ShortFormat);
}

QString delayText(double ms) {
  return Text::tr("%1 ms").arg(static_cast<qlonglong>(std::llround(std::max(ms, 1.0))));
}

int barsOf(double rttMs) {
  int bars = 4;
  for (const double limit : kBarLimitsMs) bars -= rttMs >= limit ? 1 : 0;
  return bars;
}

QString barsWord(int bars) {
  switch (bars) {
    case 4:
      return Text::tr("good");
    case 3:
      return Text::tr("fair");
    case 2:
      return Text::tr("weak");
    case 1:
      return Text::tr("poor");
    default:
      return Text::tr("lost");
  }
}

}  // namespace foyer::app
