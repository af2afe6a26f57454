#include "core/sim/trace.h"

#include <gtest/gtest.h>

namespace foyer::sim {
namespace {

TEST(Trace, lossIsReadHoweverItIsLaidOut) {
  const std::vector<bool> wanted{false, true, true, false};
  for (const char* text :
       {"0\n1\n1\n0\n", "0110", "0 1,1;0", "# lost = 1\r\n0\r\n1\r\n10\r\n", "\n\n01\t10"})
    EXPECT_EQ(parseLossTrace(text), wanted) << text;
  for (const char* text : {"", "\n", "# only a remark", "0 2", "0.5", "yes", "-1", "1\n0x\n"})
    EXPECT_FALSE(parseLossTrace(text)) << text;
}

TEST(Trace, delaysAreMilliseconds) {
  const std::vector<Duration> wanted{20ms, 20500us, 0ms};
  for (const char* text : {"20\n20.5\n0", "20 20.5 0.0", "# ms\n2e1,20.5,0\n"})
    EXPECT_EQ(parseDelayTrace(text), wanted) << text;
  for (const char* text : {"", "# none", "20 -1", "nan", "inf", "20ms", "1e99", "4000000", "x"})
    EXPECT_FALSE(parseDelayTrace(text)) << text;
}

}  // namespace
}  // namespace foyer::sim
