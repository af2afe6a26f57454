#include "core/net/nat_report.h"

#include <algorithm>

namespace foyer::net {

namespace {

template <class T>
struct Votes {
  T value{};
  std::size_t count = 0;
};

// The value that most voters name; a voter who names two names none.
template <class T, class Read>
Votes<T> mostNamed(std::span<const NatSample> samples, std::span<const std::size_t> voters,
                   Read&& read) {
  std::vector<Votes<T>> all;
  for (const std::size_t voter : voters) {
    std::optional<T> named;
    bool isOne = true;
    for (const NatSample& sample : samples) {
      if (sample.voter != voter) continue;
      if (named && *named != read(sample)) isOne = false;
      named = read(sample);
    }
    if (!isOne) continue;
    const auto known =
        std::find_if(all.begin(), all.end(), [&](const Votes<T>& v) { return v.value == *named; });
    if (known == all.end())
      all.push_back({*named, 1});
    else
      ++known->count;
  }
  Votes<T> best;
  for (const Votes<T>& votes : all)
    if (votes.count > best.count) best = votes;
  return best;
}

bool isMajority(std::size_t count, std::size_t voters) {
  return count * 2 > voters && (count >= 2 || voters == 1);
}

// Given that the mapping changes with the destination: with its port, or only with its address?
NatMapping whatItDependsOn(std::span<const NatSample> samples) {
  bool sawTwoPorts = false;
  for (const NatSample& a : samples)
    for (const NatSample& b : samples) {
      if (a.to.ip != b.to.ip || a.to.port == b.to.port) continue;
      sawTwoPorts = true;
      if (a.mapped != b.mapped) return NatMapping::AddressAndPortDependent;
    }
  return sawTwoPorts ? NatMapping::AddressDependent : NatMapping::EndpointDependent;
}

bool isOneAddress(std::span<const NatSample> samples) {
  return std::all_of(samples.begin(), samples.end(), [&](const NatSample& sample) {
    return sample.mapped == samples.front().mapped;
  });
}

bool hasTwoDestinations(std::span<const NatSample> samples) {
  return std::any_of(samples.begin(), samples.end(), [&](const NatSample& sample) {
    return sample.to.ip != samples.front().to.ip;
  });
}

}  // namespace

NatVerdict concludeMapping(std::span<const NatSample> samples) {
  NatVerdict verdict;
  std::vector<std::size_t> voters;
  for (const NatSample& sample : samples)
    if (std::find(voters.begin(), voters.end(), sample.voter) == voters.end())
      voters.push_back(sample.voter);
  if (voters.empty()) return verdict;

  const auto ip =
      mostNamed<IpAddress>(samples, voters, [](const NatSample& s) { return s.mapped.ip; });
  if (!isMajority(ip.count, voters.size())) {
    // Either lies or a NAT that changes its address as well; nothing to build on.
    if (voters.size() > 1) verdict.disagreeing = voters;
    return verdict;
  }
  verdict.ip = ip.value;
  verdict.isConfirmed = ip.count >= 2;

  const auto mapped =
      mostNamed<SocketAddress>(samples, voters, [](const NatSample& s) { return s.mapped; });
  const bool isOne = isMajority(mapped.count, voters.size());
  std::vector<NatSample> fitting;
  for (const std::size_t voter : voters) {
    const bool fits = std::all_of(samples.begin(), samples.end(), [&](const NatSample& s) {
      return s.voter != voter || (isOne ? s.mapped == mapped.value : s.mapped.ip == ip.value);
    });
    if (!fits) verdict.disagreeing.push_back(voter);
    for (const NatSample& sample : samples)
      if (fits && sample.voter == voter) fitting.push_back(sample);
  }
  if (isOne) {
    verdict.mapped = mapped.value;
    // One address proves nothing about the next one.
    if (hasTwoDestinations(fitting)) verdict.mapping = NatMapping::EndpointIndependent;
  } else if (!isOneAddress(fitting)) {
    verdict.mapping = whatItDependsOn(fitting);
  }
  return verdict;
}

const char* toString(NatAnswer answer) {
  switch (answer) {
    case NatAnswer::Unknown:
      return "unknown";
    case NatAnswer::No:
      return "no";
    case NatAnswer::Yes:
      return "yes";
  }
  return "unknown";
}

const char* toString(NatMapping mapping) {
  switch (mapping) {
    case NatMapping::Unknown:
      return "unknown";
    case NatMapping::EndpointIndependent:
      return "endpoint_independent";
    case NatMapping::AddressDependent:
      return "address_dependent";
    case NatMapping::AddressAndPortDependent:
      return "address_and_port_dependent";
    case NatMapping::EndpointDependent:
      return "endpoint_dependent";
  }
  return "unknown";
}

const char* toString(NatFiltering filtering) {
  switch (filtering) {
    case NatFiltering::Unknown:
      return "unknown";
    case NatFiltering::EndpointIndependent:
      return "endpoint_independent";
    case NatFiltering::AddressDependent:
      return "address_dependent";
    case NatFiltering::AddressAndPortDependent:
      return "address_and_port_dependent";
  }
  return "unknown";
}

const char* toString(NatOutlook outlook) {
  switch (outlook) {
    case NatOutlook::Unknown:
      return "unknown";
    case NatOutlook::RelayOverTcp:
      return "relay_over_tcp";
    case NatOutlook::DirectWithAll:
      return "direct_with_all";
    case NatOutlook::DirectWithMost:
      return "direct_with_most";
    case NatOutlook::DirectByPrediction:
      return "direct_by_prediction";
    case NatOutlook::DirectWithEasy:
      return "direct_with_easy";
  }
  return "unknown";
}

NatOutlook outlookOf(const NatReport& report) {
  if (report.udp == NatAnswer::No) return NatOutlook::RelayOverTcp;
  switch (report.mapping) {
    case NatMapping::Unknown:
      return NatOutlook::Unknown;
    case NatMapping::EndpointIndependent:
      // A peer with random ports is let in where its address alone is enough.
      return report.filtering == NatFiltering::EndpointIndependent ||
                     report.filtering == NatFiltering::AddressDependent
                 ? NatOutlook::DirectWithAll
                 : NatOutlook::DirectWithMost;
    case NatMapping::AddressDependent:
    case NatMapping::AddressAndPortDependent:
    case NatMapping::EndpointDependent:
      break;
  }
  switch (report.allocation.pattern) {
    case PortPattern::Preserving:
    case PortPattern::Sequential:
      return NatOutlook::DirectByPrediction;
    case PortPattern::Unknown:
    case PortPattern::Random:
      break;
  }
  return NatOutlook::DirectWithEasy;
}

std::vector<std::pair<std::string_view, std::string>> describe(const NatReport& report) {
  std::vector<std::pair<std::string_view, std::string>> out{
      {"udp", toString(report.udp)},
      {"ipv4", toString(report.ipv4)},
      {"ipv6", toString(report.ipv6)},
      {"family", report.family == IpAddress::Family::V4 ? "ipv4" : "ipv6"},
      {"translated", toString(report.translated)},
      {"mapping", toString(report.mapping)},
      {"filtering", toString(report.filtering)},
      {"port_allocation", toString(report.allocation.pattern)},
      {"hairpin", toString(report.hairpin)},
      {"outlook", toString(outlookOf(report))},
      {"observers_asked", std::to_string(report.observersAsked)},
      {"observers_answered", std::to_string(report.observersAnswered)},
      {"observers_disagreeing", std::to_string(report.disagreeing.size())},
  };
  if (report.allocation.pattern == PortPattern::Sequential)
    out.emplace_back("port_delta", std::to_string(report.allocation.delta));
  if (report.roundTrip) {
    out.emplace_back("round_trip_ms", std::to_string(toMilliseconds(*report.roundTrip)));
    out.emplace_back("slow", *report.roundTrip >= kSlowRoundTrip ? "yes" : "no");
  }
  if (report.lifetimeAtLeast > Duration::zero())
    out.emplace_back("lifetime_at_least_ms",
                     std::to_string(toMilliseconds(report.lifetimeAtLeast)));
  if (report.lifetimeBelow)
    out.emplace_back("lifetime_below_ms", std::to_string(toMilliseconds(*report.lifetimeBelow)));
  return out;
}

}  // namespace foyer::net
