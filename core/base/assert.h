// FOYER_ASSERT stops the program, in release builds too, when an invariant is broken. Bad input
// and bad luck are error values, never assertions. (std::source_location is not used: clang 14,
// which builds the fuzzers and clang-tidy, does not have it.)
#pragma once

namespace foyer {

[[noreturn]] void assertionFailed(const char* condition, const char* whyItHolds, const char* file,
                                  int line);

}  // namespace foyer

#define FOYER_ASSERT(condition, whyItHolds) \
  ((condition) ? static_cast<void>(0)       \
               : ::foyer::assertionFailed(#condition, whyItHolds, __FILE__, __LINE__))
