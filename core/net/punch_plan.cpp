#include "core/net/punch_plan.h"

#include <array>
#include <string>

namespace foyer::net {

namespace {

// Another address for another destination.
bool isHard(const NatTraits& traits) {
  switch (traits.mapping) {
    case NatMapping::AddressDependent:
    case NatMapping::AddressAndPortDependent:
    case NatMapping::EndpointDependent:
      return true;
    case NatMapping::Unknown:
    case NatMapping::EndpointIndependent:
      return false;
  }
  return false;
}

// Lets in whoever lives at an address that was spoken to, by whatever port.
bool letsAddressesIn(const NatTraits& traits) {
  return traits.filtering == NatFiltering::EndpointIndependent ||
         traits.filtering == NatFiltering::AddressDependent;
}

bool isPredictable(const PortAllocation& allocation) {
  return allocation.pattern == PortPattern::Preserving ||
         allocation.pattern == PortPattern::Sequential;
}

template <class Word, std::size_t kCount>
Word parse(const std::array<Word, kCount>& all, const std::string& text) {
  for (const Word word : all)
    if (text == toString(word)) return word;
  return Word::Unknown;
}

constexpr std::array kMappings{NatMapping::EndpointIndependent, NatMapping::AddressDependent,
                               NatMapping::AddressAndPortDependent, NatMapping::EndpointDependent};
constexpr std::array kFilterings{NatFiltering::EndpointIndependent, NatFiltering::AddressDependent,
                                 NatFiltering::AddressAndPortDependent};
constexpr std::array kPatterns{PortPattern::Preserving, PortPattern::Sequential,
                               PortPattern::Random};

}  // namespace

NatTraits traitsOf(const NatReport& report, bool triesPorts) {
  return {report.mapping, report.filtering, report.allocation, triesPorts};
}

NatTraits traitsOf(const wire::NatWords& words) {
  NatTraits traits;
  traits.mapping = parse(kMappings, words.mapping);
  traits.filtering = parse(kFilterings, words.filtering);
  traits.allocation.pattern = parse(kPatterns, words.ports);
  traits.triesPorts = words.triesPorts;
  return traits;
}

wire::NatWords wordsOf(const NatTraits& traits) {
  return {toString(traits.mapping), toString(traits.filtering), toString(traits.allocation.pattern),
          traits.triesPorts};
}

const char* toString(PunchStrategy strategy) {
  switch (strategy) {
    case PunchStrategy::Plain:
      return "plain";
    case PunchStrategy::Predict:
      return "predict";
    case PunchStrategy::Birthday:
      return "birthday";
    case PunchStrategy::BothHard:
      return "both_hard";
    case PunchStrategy::NotTried:
      return "not_tried";
  }
  return "plain";
}

PunchPlan planPunch(const NatTraits& own, const NatTraits& peer) {
  if (own.mapping == NatMapping::Unknown || peer.mapping == NatMapping::Unknown) return {};
  const bool isHardSide = isHard(own);
  if (!isHardSide && !isHard(peer)) return {};
  if (isHardSide && isHard(peer)) return {PunchStrategy::BothHard, true};
  const NatTraits& hard = isHardSide ? own : peer;
  const NatTraits& easy = isHardSide ? peer : own;
  if (letsAddressesIn(easy)) return {};
  if (isPredictable(hard.allocation)) return {PunchStrategy::Predict, isHardSide};
  if (!own.triesPorts || !peer.triesPorts) return {PunchStrategy::NotTried, isHardSide};
  return {PunchStrategy::Birthday, isHardSide};
}

}  // namespace foyer::net
