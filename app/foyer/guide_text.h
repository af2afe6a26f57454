// The user guide as it is written (docs/guide, the small part of Markdown that it uses: one line a
// paragraph) taken apart into blocks that the window draws. Leaves pictures out: they are the
// window itself. Pure.
#pragma once

#include <QString>
#include <QStringList>
#include <functional>
#include <vector>

namespace foyer::app {

struct GuideBlock {
  enum Kind { Heading, Paragraph, Bullet, Step, Code, TableHead, TableRow };

  Kind kind = Paragraph;
  QString text = {};       // HTML of one line; of Code as it is, of a Step without its number
  QString anchor = {};     // of a Heading, as links name it
  int number = 0;          // of a Step; of a Heading its level, from 2 on
  QStringList cells = {};  // of a table, HTML each
};

struct GuideChapter {
  QString title;
  std::vector<GuideBlock> blocks;
};

// Where a link of the text leads: what it stands for in the HTML, or empty where the window cannot
// follow it; its words stand alone then.
using GuideLinks = std::function<QString(const QString& target)>;

[[nodiscard]] GuideChapter guideChapter(const QString& markdown, const GuideLinks& links);
// As GitHub names a heading in a link.
[[nodiscard]] QString guideAnchor(const QString& heading);

}  // namespace foyer::app
