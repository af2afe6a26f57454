#include "core/engine/path_rows.h"

#include <gtest/gtest.h>

namespace foyer::engine {
namespace {

using client::PathNote;
using client::PathStep;

PathNote note(Duration at, PathStep step, const char* address, const char* reason = "") {
  PathNote made;
  made.at = TimePoint{} + 90s + at;
  made.step = step;
  if (*address != '\0') made.address = SocketAddress::parse(address);
  made.reason = reason;
  return made;
}

TEST(PathRows, countsFromItsFirstStepAndKeepsItsOrder) {
  const std::vector<PathNote> notes = {
      note(0ms, PathStep::Offered, "192.168.4.2:40000"),
      note(120ms, PathStep::Refused, "10.9.9.9:40000", "foreign_lan"),
      note(12s, PathStep::NetworkChanged, "")};
  const auto rows = pathRows(notes);
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].atMs, 0);
  EXPECT_EQ(rows[1].atMs, 120);
  EXPECT_EQ(rows[1].reason, "foreign_lan");
  EXPECT_EQ(rows[2].atMs, 12'000);
  EXPECT_EQ(rows[2].step, PathStep::NetworkChanged);
  EXPECT_FALSE(rows[2].masked);
}

TEST(PathRows, masksTheSameAddressTheSameWayAndTellsPortsAndRangesApart) {
  const std::vector<PathNote> notes = {note(0ms, PathStep::Offered, "192.168.4.2:40000"),
                                       note(0ms, PathStep::Offered, "203.0.113.9:40000"),
                                       note(0ms, PathStep::Offered, "203.0.113.9:40001"),
                                       note(0ms, PathStep::Offered, "198.51.100.7:9"),
                                       note(0ms, PathStep::Offered, "100.70.1.1:9"),
                                       note(0ms, PathStep::Offered, "[2001:db8::7]:9"),
                                       note(0ms, PathStep::Offered, "[fe80::7]:9"),
                                       note(0ms, PathStep::Offered, "127.0.0.1:9"),
                                       note(5ms, PathStep::Asked, "203.0.113.9:40001")};
  std::vector<std::string> names;
  for (const PathRow& row : pathRows(notes)) names.push_back(toString(row.masked.value()));
  EXPECT_EQ(names,
            (std::vector<std::string>{"private_v4_1/1", "public_v4_1/1", "public_v4_1/2",
                                      "public_v4_2/1", "private_v4_2/1", "public_v6_1/1",
                                      "link_local_v6_1/1", "loopback_v4_1/1", "public_v4_1/2"}));
}

}  // namespace
}  // namespace foyer::engine
