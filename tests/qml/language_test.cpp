// The window in German: as it starts where the desktop speaks German, and when a person changes to
// it.
#include <gtest/gtest.h>

#include <QFile>
#include <QXmlStreamReader>

#include "app/foyer/language.h"
#include "tests/qml/legible.h"
#include "tests/qml/screens_fixture.h"

namespace foyer::app {
namespace {

// What is on the screen or said by a screen reader, in all windows.
QStringList said() {
  QStringList texts;
  test::walkWindows([&texts](QAccessibleInterface& node) {
    for (const auto part : {QAccessible::Name, QAccessible::Description, QAccessible::Value}) {
      const QString text = node.text(part);
      if (!text.isEmpty()) texts.append(text);
    }
  });
  return texts;
}

// The English texts that are another in German in every place where they stand.
QSet<QString> englishTexts() {
  QFile file(QStringLiteral(FOYER_SOURCE_DIR "/resources/translations/foyer_de.ts"));
  EXPECT_TRUE(file.open(QIODevice::ReadOnly));
  QXmlStreamReader xml(&file);
  QSet<QString> english, alike;
  QString source;
  while (!xml.atEnd()) {
    xml.readNext();
    if (!xml.isStartElement()) continue;
    if (xml.name() == QLatin1String("source")) source = xml.readElementText();
    if (xml.name() == QLatin1String("translation") && !xml.attributes().hasAttribute("type")) {
      const QString german = xml.readElementText(QXmlStreamReader::IncludeChildElements);
      (german == source ? alike : english).insert(source);
    }
  }
  return english - alike;
}

class ALanguage : public testing::Test {
 protected:
  ~ALanguage() override { speak({}); }
};

TEST_F(ALanguage, leavesNothingOfTheOneBeforeAndFitsTheControls) {
  const QSet<QString> english = englishTexts();
  ASSERT_GT(english.size(), 500);
  // Every scene, played in English and then changed to German by the setting.
  for (const test::Scene& scene : test::allScenes()) {
    SCOPED_TRACE(scene.name);
    speak(QStringLiteral("en"));
    test::ScriptedEngine scripted;
    scene.before(scripted);
    scripted.settings["motion"] = "reduced";
    scripted.settings["language"] = "en";
    Window window(scripted);
    ASSERT_TRUE(window.load());
    ASSERT_TRUE(test::playScene(scene, scripted, window));
    // What was said for a moment in the old language is not said again.
    while (!window.app().toast()->text().isEmpty()) window.app().toast()->dismiss();
    scripted.setSetting("language", "de");
    ASSERT_TRUE(test::drawTwoFrames(*window.quickWindow()));
    // The text of the guide is in English alone, and says so.
    const bool isGuide = window.app().screen() == AppPresenter::Guide;
    for (const QString& text : isGuide ? QStringList() : said())
      EXPECT_FALSE(english.contains(text)) << "still English: " << text.toStdString();
    for (const QString& fault : test::cutShort(*window.quickWindow())) {
      const auto people = scripted.people();
      const bool isName = std::any_of(people.begin(), people.end(), [&](const auto& person) {
        return fault.contains(QString::fromStdString(person.alias));
      });
      if (!isName) ADD_FAILURE() << fault.toStdString();
    }
  }
}

TEST_F(ALanguage, ofTheRowIsInForceAtOnceAndTheRowIsStillThere) {
  test::ScriptedEngine scripted;
  test::fillLobby(scripted);
  scripted.settings["motion"] = "reduced";
  Window window(scripted);
  ASSERT_TRUE(window.load());
  window.app().showSettings(SettingsModel::Window);
  ASSERT_TRUE(test::drawTwoFrames(*window.quickWindow()));
  auto* settings = window.app().settings();
  int row = 0;
  while (row < settings->count() &&
         settings->data(settings->index(row), SettingsModel::KeyRole) != QVariant("language"))
    ++row;
  ASSERT_LT(row, settings->count());
  EXPECT_EQ(settings->data(settings->index(row), SettingsModel::CurrentRole).toInt(), 0);
  settings->choose(row, 2);
  ASSERT_TRUE(test::drawTwoFrames(*window.quickWindow()));
  EXPECT_EQ(scripted.settings["language"], "de");
  EXPECT_EQ(settings->data(settings->index(row), SettingsModel::CurrentRole).toInt(), 2);
  EXPECT_NE(test::findControl("Fenster"), nullptr);
  settings->reset(row);
  ASSERT_TRUE(test::drawTwoFrames(*window.quickWindow()));
  EXPECT_EQ(test::findControl("Fenster"), nullptr);
  EXPECT_NE(test::findControl("Window"), nullptr);
}

// Run with LANGUAGE=de in the environment, as a German desktop starts the program.
class InGerman : public Screens {};

TEST_F(InGerman, theLobbyStartsInGerman) {
  ASSERT_EQ(QLocale().language(), QLocale::German);
  test::fillLobby(engine);
  open();
  EXPECT_TRUE(has("Einstellungen"));
  EXPECT_TRUE(has("Amina Okafor anrufen") || has("Schlüssel von Amina Okafor ansehen"));
  const QSet<QString> english = englishTexts();
  for (const QString& text : said())
    EXPECT_FALSE(english.contains(text)) << "still English: " << text.toStdString();
}

}  // namespace
}  // namespace foyer::app
