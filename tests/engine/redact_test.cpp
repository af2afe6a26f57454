#include "core/engine/redact.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace foyer::engine
