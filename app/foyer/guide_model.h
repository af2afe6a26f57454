// The user guide in the window: its chapters, and the blocks of the one that is open. The text is
// part of the program, so it is there without a network. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>
#include <functional>

#include "app/foyer/guide_text.h"

namespace foyer::app {

class GuideModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(QList<QString> chapters READ chapters NOTIFY chaptersChanged)
  Q_PROPERTY(int chapter READ chapter NOTIFY chapterChanged)
  // The language of the window has no guide of its own.
  Q_PROPERTY(bool foreign READ isForeign NOTIFY chaptersChanged)

 public:
  enum Kind {
    Heading = GuideBlock::Heading,
    Paragraph = GuideBlock::Paragraph,
    Bullet = GuideBlock::Bullet,
    Step = GuideBlock::Step,
    Code = GuideBlock::Code,
    TableHead = GuideBlock::TableHead,
    TableRow = GuideBlock::TableRow
  };
  Q_ENUM(Kind)
  enum Role { KindRole = Qt::UserRole + 1, TextRole, NumberRole, CellsRole };
  Q_ENUM(Role)

  explicit GuideModel(QObject* parent = nullptr);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

  [[nodiscard]] QStringList chapters() const { return m_titles; }
  [[nodiscard]] int chapter() const { return m_chapter; }
  [[nodiscard]] bool isForeign() const { return m_isForeign; }

  // Another chapter, from its beginning.
  Q_INVOKABLE void open(int chapter);
  // A link of the text: a heading of the guide, or a page of the web, which the browser opens.
  Q_INVOKABLE void follow(const QString& link);
  // Where the links of a block lead, in their order.
  Q_INVOKABLE QList<QString> linksIn(const QString& html) const;
  // The words of a block, for a screen reader.
  Q_INVOKABLE QString wordsOf(const QString& html) const;
  // The language is another one.
  void retranslate();

  // Tests look at what would be opened.
  void setBrowser(std::function<void(const QUrl&)> browser) { m_browser = std::move(browser); }

 Q_SIGNALS:
  void chaptersChanged();
  void chapterChanged();
  void headingWanted(int row);  // shown at the top, please

 private:
  void load();
  [[nodiscard]] QString fileOf(const QString& name) const;

  std::vector<GuideChapter> m_guide;
  QStringList m_titles;
  QString m_language;
  int m_chapter = 0;
  bool m_isForeign = false;
  std::function<void(const QUrl&)> m_browser;
};

}  // namespace foyer::app
