#include "app/foyer/guide_text.h"

#include <QRegularExpression>

namespace foyer::app {
namespace {

// Words between marks, and the marks themselves, of one line.
QString html(const QString& line, const GuideLinks& links) {
  QString out;
  bool isBold = false, isOther = false;
  for (qsizetype at = 0; at < line.size(); ++at) {
    const QChar letter = line[at];
    if (letter == u'`') {
      const qsizetype end = line.indexOf(u'`', at + 1);
      if (end > at) {
        out += QStringLiteral("<code>") + line.mid(at + 1, end - at - 1).toHtmlEscaped() +
               QStringLiteral("</code>");
        at = end;
        continue;
      }
    }
    if (letter == u'[') {
      const qsizetype middle = line.indexOf(QLatin1String("]("), at);
      const qsizetype end = middle < 0 ? -1 : line.indexOf(u')', middle);
      if (end > middle) {
        const QString words = html(line.mid(at + 1, middle - at - 1), links);
        const QString target = links(line.mid(middle + 2, end - middle - 2));
        out += target.isEmpty()
                   ? words
                   : QStringLiteral("<a href=\"%1\">%2</a>").arg(target.toHtmlEscaped(), words);
        at = end;
        continue;
      }
    }
    if (letter == u'*') {
      const bool isTwo = line.mid(at, 2) == QLatin1String("**");
      bool& isOpen = isTwo ? isBold : isOther;
      isOpen = !isOpen;
      out += QStringLiteral("<%1%2>").arg(isOpen ? QString() : QStringLiteral("/"),
                                          isTwo ? QStringLiteral("b") : QStringLiteral("i"));
      at += isTwo ? 1 : 0;
      continue;
    }
    out += QString(letter).toHtmlEscaped();
  }
  return out;
}

QStringList cellsOf(const QString& line, const GuideLinks& links) {
  QStringList cells;
  for (const QString& cell : line.mid(1, line.lastIndexOf(u'|') - 1).split(u'|'))
    cells.append(html(cell.trimmed(), links));
  return cells;
}

}  // namespace

QString guideAnchor(const QString& heading) {
  QString anchor;
  for (const QChar letter : heading.toLower()) {
    if (letter == u' ')
      anchor += u'-';
    else if (letter.isLetterOrNumber() || letter == u'-' || letter == u'_')
      anchor += letter;
  }
  return anchor;
}

GuideChapter guideChapter(const QString& markdown, const GuideLinks& links) {
  static const QRegularExpression kHeading(QStringLiteral("^(#+) +(.+)$"));
  static const QRegularExpression kStep(QStringLiteral("^(\\d{1,3})\\. +(.+)$"));
  GuideChapter chapter;
  const QStringList lines = markdown.split(u'\n');
  QStringList code;
  bool isCode = false;
  for (qsizetype at = 0; at < lines.size(); ++at) {
    const QString& line = lines[at];
    if (line.startsWith(QLatin1String("```"))) {
      if (isCode) chapter.blocks.push_back({.kind = GuideBlock::Code, .text = code.join(u'\n')});
      code.clear();
      isCode = !isCode;
    } else if (isCode) {
      code.append(line);
    } else if (line.trimmed().isEmpty() || line.startsWith(QLatin1String("![")) ||
               line.startsWith(QLatin1String("|--"))) {
      continue;
    } else if (const auto heading = kHeading.match(line); heading.hasMatch()) {
      const int level = static_cast<int>(heading.capturedLength(1));
      if (level == 1)
        chapter.title = heading.captured(2);
      else
        chapter.blocks.push_back({.kind = GuideBlock::Heading,
                                  .text = html(heading.captured(2), links),
                                  .anchor = guideAnchor(heading.captured(2)),
                                  .number = level});
    } else if (line.startsWith(u'|')) {
      const bool isHead = lines.value(at + 1).startsWith(QLatin1String("|--"));
      chapter.blocks.push_back({.kind = isHead ? GuideBlock::TableHead : GuideBlock::TableRow,
                                .cells = cellsOf(line, links)});
    } else if (const auto step = kStep.match(line); step.hasMatch()) {
      chapter.blocks.push_back({.kind = GuideBlock::Step,
                                .text = html(step.captured(2), links),
                                .number = step.captured(1).toInt()});
    } else if (line.startsWith(QLatin1String("- "))) {
      chapter.blocks.push_back({.kind = GuideBlock::Bullet, .text = html(line.mid(2), links)});
    } else {
      chapter.blocks.push_back({.kind = GuideBlock::Paragraph, .text = html(line, links)});
    }
  }
  return chapter;
}

}  // namespace foyer::app
