#include "core/engine/redact.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/engine/event_log.h"

namespace foyer::engine {
namespace {

TEST(Redact, whatIdentifiesIsTakenOutAndWhatExplainsStays) {
  struct Row {
    const char* in;
    const char* out;
  };
  for (const Row& row : {
           Row{"relay:connected after 12 ms", "relay:connected after 12 ms"},
           Row{"bind 192.168.1.7:4711 failed", "bind [address] failed"},
           Row{"from [2001:db8::1]:443.", "from [address]"},
           Row{"from fe80::1%3", "from [address]"},
           Row{"peer 84a4f10145fcff117225212d8df04937 left", "peer 84a4f101… left"},
           Row{"key Hkgxnj7lY-zVU0dnRXZhmAhdjsAKoqT3q5tjy59ZVKHl8g is bad", "key [removed] is bad"},
           Row{"invite=abc&x=1", "invite=[removed]&x=1"},
           Row{"version 0.1.0", "version 0.1.0"},
           Row{"took 1:05", "took 1:05"},
       })
    EXPECT_EQ(redact(row.in), row.out) << row.in;
}

TEST(EventLog, filesAreRedactedAndTheOwnersStreamIsNot) {
  const Event event{.name = "call:active",
                    .timeMs = 5,
                    .sequence = 9,
                    .about = {{"call", std::string("84a4f10145fcff117225212d8df04937")},
                              {"setup_ms", std::int64_t{12}}}};
  EXPECT_EQ(
      toJsonLine(event),
      R"({"event":"call:active","time_ms":5,"seq":9,"call":"84a4f10145fcff117225212d8df04937","setup_ms":12})");
  EXPECT_EQ(toRedactedJsonLine(event),
            R"({"event":"call:active","time_ms":5,"seq":9,"call":"84a4f101…","setup_ms":12})");
}

TEST(EventLog, anOverflowHasItsTimeToo) {
  EXPECT_EQ(toJsonLine(Overflow{3, 17}), R"({"event":"events:overflow","time_ms":17,"lost":3})");
}

class EventLogFile : public ::testing::Test {
 protected:
  void SetUp() override {
    char pattern[] = "/tmp/foyer-log-XXXXXX";
    dir = ::mkdtemp(pattern);
    path = dir + "/events.jsonl";
  }
  void TearDown() override { std::filesystem::remove_all(dir); }
  [[nodiscard]] std::vector<std::string> lines() const {
    std::ifstream in(path);
    std::vector<std::string> all;
    for (std::string line; std::getline(in, line);) all.push_back(line);
    return all;
  }
  std::string dir, path;
};

TEST_F(EventLogFile, aLineThatWasCutOffDoesNotSpoilTheNext) {
  std::ofstream(path) << "{\"event\":\"a\"}\n{\"eve";  // a program that was killed
  EventLog log(path);
  EXPECT_TRUE(log.append(R"({"event":"b"})"));
  EXPECT_EQ(lines(), (std::vector<std::string>{R"({"event":"a"})", "{\"eve", R"({"event":"b"})"}));

  // A disk that fills up in the middle of a line.
  const auto before = ::signal(SIGXFSZ, SIG_IGN);
  rlimit old{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &old), 0);
  rlimit tight = old;
  tight.rlim_cur = std::filesystem::file_size(path) + 4;
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
  EXPECT_FALSE(log.append(R"({"event":"c"})"));
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &old), 0);
  ::signal(SIGXFSZ, before);
  EXPECT_TRUE(log.append(R"({"event":"d"})"));
  EXPECT_EQ(lines().back(), R"({"event":"d"})");
}

TEST_F(EventLogFile, isKeptUnderASize) {
  EventLog log(path);
  const std::string line(100'000, 'x');
  for (int i = 0; i < 60; ++i) ASSERT_TRUE(log.append(line));
  EXPECT_LE(std::filesystem::file_size(path), EventLog::kMaxFileBytes + 100'001);
  EXPECT_LE(std::filesystem::file_size(path + ".1"), EventLog::kMaxFileBytes + 100'001);
  EXPECT_FALSE(std::filesystem::exists(path + ".2"));
}

}  // namespace
}  // namespace foyer::engine
