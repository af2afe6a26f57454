// FOYER_ASSERT stops the program, in release builds too, when an invariant is broken. Bad input
// and bad luck are error values, never assertions.
#pragma once

#include <source_location>

namespace foyer {

[[noreturn]] void assertionFailed(const char* condition, const char* whyItHolds,
                                  std::source_location where);

}  // namespace foyer

#define FOYER_ASSERT(condition, whyItHolds)                                       \
  ((condition) ? static_cast<void>(0)                                             \
               : ::foyer::assertionFailed(#condition, whyItHolds,                 \
                                          ::std::source_location::current()))
