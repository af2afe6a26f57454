#include "core/engine/log_tail.h"

#include <gtest/gtest.h>

namespace foyer::engine {
namespace {

Event event(std::string name, std::vector<std::pair<std::string, FieldValue>> about = {},
            std::int64_t timeMs = 0) {
  return {.name = std::move(name), .timeMs = timeMs, .about = std::move(about)};
}

TEST(LogTail, aLineIsRedactedAsTheFileIs) {
  LogTail tail;
  tail.add(event("relay:lost",
                 {{"relay", std::string("84a4f10145fcff117225212d8df04937")},
                  {"detail", std::string("192.168.1.7:4711 is gone")},
                  {"lobby_ms", std::int64_t{23}},
                  {"own", true},
                  {"fault", std::string("none")}},
                 1500),
           1'000'000, 2000);
  const auto lines = tail.since(0);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].name, "relay:lost");
  EXPECT_EQ(lines[0].about, "relay=84a4f101… detail=[address] is gone lobby_ms=23 own=yes");
  EXPECT_EQ(lines[0].uptimeMs, 1500);
  EXPECT_EQ(lines[0].unixMs, 999'500) << "when it happened, not when it was read";
}

TEST(LogTail, whatItIsAboutAndHowBadItIsFollowFromTheEvent) {
  struct Row {
    Event event;
    LogRoom room;
    LogLevel level;
  };
  using enum LogLevel;
  for (const Row& row : {
           Row{event("call:active"), LogRoom::Calls, Note},
           Row{event("call:ended", {{"reason", std::string("local_hangup")}}), LogRoom::Calls,
               Note},
           Row{event("call:ended", {{"reason", std::string("connection_lost")}}), LogRoom::Calls,
               Warning},
           Row{event("relay:connected"), LogRoom::Relays, Note},
           Row{event("relay:connecting", {{"code", std::string("unreachable")}}), LogRoom::Relays,
               Warning},
           Row{event("relay:key_changed"), LogRoom::Relays, Error},
           Row{event("relay_host:phase"), LogRoom::Relays, Note},
           Row{event("lobby:changed"), LogRoom::Relays, Note},
           Row{event("audio:failed"), LogRoom::Sound, Error},
           Row{event("audio:device_lost"), LogRoom::Sound, Warning},
           Row{event("network:checked"), LogRoom::Network, Note},
           Row{event("program:ready"), LogRoom::Program, Note},
           Row{event("identity:restored"), LogRoom::Program, Note},
           Row{event("fault", {{"stage", std::string("capture")}, {"retryable", true}}),
               LogRoom::Sound, Warning},
           Row{event("fault", {{"stage", std::string("store")}, {"retryable", false}}),
               LogRoom::Program, Error},
       }) {
    EXPECT_EQ(roomOf(row.event), row.room) << row.event.name;
    EXPECT_EQ(levelOf(row.event), row.level) << row.event.name;
  }
}

TEST(LogTail, itIsBoundedAndNumbersGoOn) {
  LogTail tail;
  const std::size_t all = LogTail::kMaxLines + 10;
  for (std::size_t i = 0; i < all; ++i) tail.add(event("program:woke"), 0, 0);
  const auto lines = tail.since(0);
  ASSERT_EQ(lines.size(), LogTail::kMaxLines);
  EXPECT_EQ(lines.front().number, 11U);
  EXPECT_EQ(lines.back().number, all);
  EXPECT_TRUE(tail.since(all).empty());
  EXPECT_EQ(tail.since(all - 3).size(), 3U);
  std::string words;
  while (words.size() < 2 * LogTail::kMaxAboutBytes) words += "word ";
  tail.add(event("x", {{"text", words}}), 0, 0);
  EXPECT_EQ(tail.since(all).front().about.size(), LogTail::kMaxAboutBytes);
}

TEST(LogTail, lostEventsAreALineOfTheirOwn) {
  LogTail tail;
  tail.add(Overflow{7, 40}, 0, 40);
  const auto lines = tail.since(0);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].name, "events:overflow");
  EXPECT_EQ(lines[0].about, "lost=7");
  EXPECT_EQ(lines[0].level, LogLevel::Warning);
}

}  // namespace
}  // namespace foyer::engine
