#include "core/net/punch_plan.h"

#include <gtest/gtest.h>

namespace foyer::net {
namespace {

constexpr auto kOne = NatMapping::EndpointIndependent;
constexpr auto kEach = NatMapping::AddressAndPortDependent;
constexpr auto kAny = NatFiltering::EndpointIndependent;
constexpr auto kAddress = NatFiltering::AddressDependent;
constexpr auto kSocket = NatFiltering::AddressAndPortDependent;

NatTraits traits(NatMapping mapping, NatFiltering filtering, PortPattern pattern,
                 bool triesPorts = true) {
  return {mapping, filtering, {pattern, 0}, triesPorts};
}

const NatTraits kFullCone = traits(kOne, kAny, PortPattern::Preserving);
const NatTraits kAddressRestricted = traits(kOne, kAddress, PortPattern::Preserving);
const NatTraits kPortRestricted = traits(kOne, kSocket, PortPattern::Preserving);
const NatTraits kUntold = traits(kOne, NatFiltering::Unknown, PortPattern::Random);
const NatTraits kCounting = traits(kEach, kSocket, PortPattern::Sequential);
const NatTraits kRandomly = traits(kEach, kSocket, PortPattern::Random);
const NatTraits kRandomlyNotTrying = traits(kEach, kSocket, PortPattern::Random, false);
const NatTraits kKeepsPorts =
    traits(NatMapping::EndpointDependent, kSocket, PortPattern::Preserving);
const NatTraits kUnmeasured = {};

struct Case {
  const char* what;
  NatTraits hard, other;
  PunchStrategy strategy;
};

TEST(PunchPlan, followsFromBothNats) {
  const Case cases[] = {
      {"two easy ones", kPortRestricted, kPortRestricted, PunchStrategy::Plain},
      {"whoever was spoken to gets in", kCounting, kFullCone, PunchStrategy::Plain},
      {"by his address", kRandomly, kAddressRestricted, PunchStrategy::Plain},
      {"a counter", kCounting, kPortRestricted, PunchStrategy::Predict},
      {"its own ports, towards each", kKeepsPorts, kPortRestricted, PunchStrategy::Predict},
      {"dice", kRandomly, kPortRestricted, PunchStrategy::Birthday},
      {"a filter that nobody could measure may be the strict one", kRandomly, kUntold,
       PunchStrategy::Birthday},
      {"switched off", kRandomlyNotTrying, kPortRestricted, PunchStrategy::NotTried},
      {"two with dice", kRandomly, kRandomly, PunchStrategy::BothHard},
      {"a counter and dice", kCounting, kRandomly, PunchStrategy::BothHard},
      {"nothing is known here", kUnmeasured, kPortRestricted, PunchStrategy::Plain},
      {"nothing is known there", kRandomly, kUnmeasured, PunchStrategy::Plain},
  };
  for (const Case& one : cases) {
    SCOPED_TRACE(one.what);
    const PunchPlan here = planPunch(one.hard, one.other);
    const PunchPlan there = planPunch(one.other, one.hard);
    EXPECT_EQ(here.strategy, one.strategy) << toString(here.strategy);
    EXPECT_EQ(there.strategy, one.strategy) << "both sides decide the same";
    const bool isOneSided = one.strategy == PunchStrategy::Predict ||
                            one.strategy == PunchStrategy::Birthday ||
                            one.strategy == PunchStrategy::NotTried;
    EXPECT_EQ(here.isHardSide, isOneSided || one.strategy == PunchStrategy::BothHard);
    EXPECT_EQ(there.isHardSide, one.strategy == PunchStrategy::BothHard);
  }
}

TEST(PunchPlan, whatIsToldComesBackAndUnknownWordsMeanNothing) {
  for (const NatTraits& told : {kFullCone, kAddressRestricted, kPortRestricted, kUntold, kCounting,
                                kRandomly, kRandomlyNotTrying, kKeepsPorts, kUnmeasured})
    EXPECT_EQ(traitsOf(wordsOf(told)), told);
  EXPECT_EQ(traitsOf(wire::NatWords{"per_moon_phase", "", "fibonacci", true}),
            (NatTraits{.triesPorts = true}));
  NatReport report;
  report.mapping = kEach;
  report.filtering = kSocket;
  report.allocation = {PortPattern::Sequential, 3};
  EXPECT_EQ(traitsOf(report, true).allocation.delta, 3);
  EXPECT_FALSE(traitsOf(report, false).triesPorts);
}

}  // namespace
}  // namespace foyer::net
