// Which language Foyer takes, and how dates and plural forms are said in it.
#include "app/foyer/language.h"

#include <gtest/gtest.h>

#include <QCoreApplication>

#include "app/foyer/clock.h"
#include "app/foyer/lobby_presenter.h"
#include "app/foyer/text.h"

namespace foyer::app {
namespace {

struct Languages : testing::Test {
  ~Languages() override { speak({}); }
};

TEST_F(Languages, theFirstOneOfTheDesktopThatFoyerSpeaksIsTaken) {
  EXPECT_EQ(languageFor({}, {"de-CH", "fr-CH"}), QLocale("de_CH"));
  EXPECT_EQ(languageFor({}, {"fr-FR", "de-DE", "en-GB"}).language(), QLocale::German);
  EXPECT_EQ(languageFor({}, {"en-GB", "de"}), QLocale("en_GB"));
  EXPECT_EQ(languageFor({}, {"C"}), QLocale::c());
}

TEST_F(Languages, whoeverSpeaksNeitherGetsEnglish) {
  EXPECT_EQ(languageFor({}, {"fr-FR", "zu"}).language(), QLocale::English);
  EXPECT_EQ(languageFor({}, {}).language(), QLocale::English);
}

TEST_F(Languages, theSettingOverrulesTheDesktopAndKeepsItsRegion) {
  EXPECT_EQ(languageFor("de", {"en-GB", "de-AT"}), QLocale("de_AT"));
  EXPECT_EQ(languageFor("de", {"fr-FR"}).language(), QLocale::German);
  EXPECT_EQ(languageFor("en", {"de-DE", "en-GB"}), QLocale("en_GB"));
  EXPECT_EQ(languageFor("en", {"de-DE"}).language(), QLocale::English);
}

TEST_F(Languages, oneAndManyAreSaidApart) {
  const auto here = [](int n) { return LobbyPresenter::tr("%n people here", nullptr, n); };
  EXPECT_EQ(here(1), "One person here");
  EXPECT_EQ(here(2), "2 people here");
  EXPECT_TRUE(speak("de"));
  EXPECT_FALSE(speak("de")) << "it is in force already";
  EXPECT_EQ(here(1), "1 Person hier");
  EXPECT_EQ(here(2), "2 Personen hier");
  EXPECT_TRUE(speak("en"));
  EXPECT_EQ(here(1), "One person here");
}

TEST_F(Languages, datesAndTimesAreWrittenAsInTheLanguage) {
  constexpr std::int64_t kHour = 3'600'000, kDay = 24 * kHour;
  const std::int64_t longAgo =
      9 * 365 * kDay + 2 * kDay;  // 1 January 1979, whatever the zone: noon
  speak("en");
  EXPECT_EQ(dateText(longAgo + 12 * kHour), "1 January 1979");
  speak("de");
  EXPECT_EQ(dateText(longAgo + 12 * kHour), "1. Januar 1979");
  EXPECT_EQ(timeText(longAgo).size(), 5) << timeText(longAgo).toStdString();
}

}  // namespace
}  // namespace foyer::app
