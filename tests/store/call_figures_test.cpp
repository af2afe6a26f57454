// The figures of a past call as text.
#include "core/store/call_figures.h"

#include <gtest/gtest.h>

namespace foyer::store {
namespace {

CallFigures measured() {
  return {.seconds = 60,
          .delayMeanMs = 0,
          .lossHeardWorst = kWholeShare,
          .sentKbps = kMaxFigure,
          .paths = {{"turn", 60}},
          .tiers = {{"codec2-3200", 60}}};
}

TEST(CallFigures, comeBackAsTheyWereWithWhatWasNeverKnown) {
  for (const CallFigures& figures : {CallFigures{}, measured()})
    EXPECT_EQ(parseCallFigures(toText(figures)), figures) << toText(figures);
}

TEST(CallFigures, whatNoFoyerWroteIsNone) {
  const std::string good = toText(measured());
  const auto with = [&](const std::string& what, const std::string& by) {
    std::string changed = good;
    const auto at = changed.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return changed.replace(at, what.size(), by);
  };
  ASSERT_TRUE(parseCallFigures(good));
  EXPECT_FALSE(parseCallFigures(""));
  EXPECT_FALSE(parseCallFigures("[]"));
  EXPECT_FALSE(parseCallFigures(with("\"seconds\":60", "\"seconds\":-60")));
  EXPECT_FALSE(parseCallFigures(with("\"seconds\":60", "\"seconds\":\"60\"")));
  EXPECT_FALSE(parseCallFigures(with("100000000", "100000001"))) << "beyond the bound";
  EXPECT_FALSE(parseCallFigures(with("10000,", "10001,"))) << "more than all of it";
  EXPECT_FALSE(parseCallFigures(with("codec2-3200", "192.168.4.7"))) << "no name of a tier";
  EXPECT_FALSE(parseCallFigures(with("{\"turn\":60}", "[60]")));
  CallFigures many = measured();
  for (std::size_t i = 0; i < kMaxFigureNames; ++i)
    many.changes.push_back({"cause" + std::to_string(i), 1});
  EXPECT_TRUE(parseCallFigures(toText(many)));
  many.changes.push_back({"onemore", 1});
  EXPECT_FALSE(parseCallFigures(toText(many)));
  EXPECT_FALSE(parseCallFigures(good + std::string(5000, ' ')));
  for (std::size_t cut = 0; cut < good.size(); ++cut)
    EXPECT_FALSE(parseCallFigures(std::string_view(good).substr(0, cut))) << cut;
}

}  // namespace
}  // namespace foyer::store
