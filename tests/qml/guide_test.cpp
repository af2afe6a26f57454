// The guide in the window: from where it opens, how it is walked, and where its links lead.
#include <QDir>
#include <QUrl>

#include "app/foyer/language.h"
#include "tests/qml/screens_fixture.h"

namespace foyer::app {
namespace {

class Guide : public Screens {
 protected:
  QStringList browsed;

  void openGuide() {
    test::fillLobby(engine);
    open();
    window->app().guide()->setBrowser(
        [this](const QUrl& address) { browsed.append(address.toString()); });
    click("User guide");
  }
};

TEST_F(Guide, isFoundInTheLobbyAndFromTheKeys) {
  openGuide();
  EXPECT_EQ(window->app().screen(), AppPresenter::Guide);
  EXPECT_TRUE(has("Words this guide uses", QAccessible::Heading));
  click("Keyboard");
  click("User guide");
  EXPECT_EQ(window->app().screen(), AppPresenter::Guide);
  QTest::keyClick(window->quickWindow(), Qt::Key_Escape);
  settle();
  EXPECT_EQ(window->app().screen(), AppPresenter::Lobby);
  QTest::keyClick(window->quickWindow(), Qt::Key_F1);
  settle();
  QTest::keyClick(window->quickWindow(), Qt::Key_Backtab);  // the button of the lobby is behind it
  QTest::keyClick(window->quickWindow(), Qt::Key_Return);
  settle();
  EXPECT_EQ(window->app().screen(), AppPresenter::Guide);
}

TEST_F(Guide, hasEveryChapterOfTheDocuments) {
  openGuide();
  const QDir documents(QStringLiteral(FOYER_SOURCE_DIR "/docs/guide"));
  EXPECT_EQ(window->app().guide()->chapters().size(), documents.entryList({"*.md"}).size());
  for (const QString& chapter : window->app().guide()->chapters()) EXPECT_FALSE(chapter.isEmpty());
}

// Each link of each chapter, as a click follows it.
TEST_F(Guide, everyLinkLeadsToAHeadingOrToTheBrowser) {
  openGuide();
  GuideModel& guide = *window->app().guide();
  int followed = 0, headings = 0;
  QObject::connect(&guide, &GuideModel::headingWanted, &guide, [&headings] { ++headings; });
  for (int chapter = 0; chapter < guide.chapters().size(); ++chapter) {
    guide.open(chapter);
    QStringList links;
    for (int row = 0; row < guide.rowCount(); ++row) {
      const QModelIndex index = guide.index(row);
      links += guide.linksIn(guide.data(index, GuideModel::TextRole).toString());
      for (const QString& cell : guide.data(index, GuideModel::CellsRole).toStringList())
        links += guide.linksIn(cell);
    }
    for (const QString& link : links) {
      if (link.startsWith("http")) continue;
      ++followed;
      const int before = headings;
      guide.open(chapter);
      guide.follow(link);
      EXPECT_TRUE(headings > before || !link.contains('#')) << link.toStdString();
      EXPECT_TRUE(guide.chapter() != chapter || link.contains('#')) << link.toStdString();
    }
  }
  EXPECT_GT(followed, 20);
  EXPECT_TRUE(browsed.isEmpty());
  guide.follow("https://example.org/?a=1&b=2");
  EXPECT_EQ(browsed, QStringList{"https://example.org/?a=1&b=2"});
  guide.follow("file:///etc/passwd");
  guide.follow("../keys.md");
  EXPECT_EQ(browsed.size(), 1) << "nothing but the web and the guide";
}

TEST_F(Guide, aLinkIsFollowedByTheKeyboardAndItsHeadingIsInSight) {
  openGuide();
  window->app().guide()->open(1);
  settle();
  QAccessibleInterface* line = nullptr;
  test::walkWindows([&line](QAccessibleInterface& node) {
    if (line == nullptr && node.role() == QAccessible::Link) line = &node;
  });
  ASSERT_NE(line, nullptr);
  EXPECT_TRUE(line->text(QAccessible::Name).contains("Backup and restore"))
      << line->text(QAccessible::Name).toStdString();
  qobject_cast<QQuickItem*>(line->object())->forceActiveFocus(Qt::TabFocusReason);
  QTest::keyClick(window->quickWindow(), Qt::Key_Return);
  settle();
  EXPECT_EQ(window->app().guide()->chapter(), 7);
  QAccessibleInterface* heading = find("Backup and restore", QAccessible::Heading);
  ASSERT_NE(heading, nullptr);
  EXPECT_TRUE(window->quickWindow()->geometry().contains(heading->rect()))
      << heading->rect().y() << " in " << window->quickWindow()->height();
}

TEST(GuideText, marksBecomeHtmlAndWhatIsTypedStaysAsItIs) {
  const auto links = [](const QString& target) {
    return target.startsWith("x") ? QString() : target;
  };
  const GuideChapter chapter = guideChapter(
      "# Title\n\n## A heading, `so`\n\nPress **Call** & *wait* for `a <b> **c**`, see "
      "[here](b.md#c) "
      "or [there](x.md).\n\n![picture](p.png)\n\n1. one\n- two\n\n```\n# no heading\n```\n\n| a | "
      "b "
      "|\n|---|---|\n| **c** | d |\n",
      links);
  EXPECT_EQ(chapter.title, "Title");
  ASSERT_EQ(chapter.blocks.size(), 7u);
  EXPECT_EQ(chapter.blocks[0].anchor, "a-heading-so");
  EXPECT_EQ(chapter.blocks[1].text,
            "Press <b>Call</b> &amp; <i>wait</i> for <code>a &lt;b&gt; **c**</code>, see <a "
            "href=\"b.md#c\">here</a> or there.");
  EXPECT_EQ(chapter.blocks[2].kind, GuideBlock::Step);
  EXPECT_EQ(chapter.blocks[3].kind, GuideBlock::Bullet);
  EXPECT_EQ(chapter.blocks[4].text, "# no heading");
  EXPECT_EQ(chapter.blocks[5].kind, GuideBlock::TableHead);
  EXPECT_EQ(chapter.blocks[6].cells, (QStringList{"<b>c</b>", "d"}));
}

// The last control of the panel, in the window's ordinary size.
class ThePanel : public Screens {
 protected:
  ~ThePanel() override { speak({}); }
};

TEST_F(ThePanel, fitsItsWindowWhileARelayIsHosted) {
  test::fillLobby(engine);
  engine.hostedView = test::servingRelay();
  open();
  for (const auto& [language, label] :
       {std::pair<QString, QString>{"en", "Relay, link and people"}, {"de", {}}}) {
    engine.setSetting("language", language);
    settle();
    const QString name = label.isEmpty()
                             ? QCoreApplication::translate("HallPanel", "Relay, link and people")
                             : label;
    QAccessibleInterface* last = find(name);
    ASSERT_NE(last, nullptr) << name.toStdString();
    EXPECT_LE(last->rect().bottom(), window->quickWindow()->geometry().bottom())
        << language.toStdString();
  }
}

}  // namespace
}  // namespace foyer::app
