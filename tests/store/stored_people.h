// What the tests of the store keep: somebody with every field set, figures of a call, ids.
#pragma once

#include "tests/store/store_fixture.h"

namespace foyer::store::test {

template <class Id>
Id idOf(std::uint8_t first) {
  Id id;
  id.bytes.fill(first);
  return id;
}

inline StoredContact person(std::uint8_t n) {
  return {.key = idOf<PublicKey>(n),
          .ownName = "Ämina \"A\"; DROP TABLE contacts",
          .lastAlias = "Calm Otter",
          .state = ContactState::Verified,
          .firstSeen = {1000},
          .lastSeen = {2000},
          .verifiedAt = WallTime{1500},
          .how = VerifiedHow::Words,
          .keyHistory = {{idOf<PublicKey>(100), {900}, true}, {idOf<PublicKey>(101), {950}, false}},
          .note = "Met at the fair;\nlikes 'quotes'",
          .isFavourite = true,
          .policy = ContactPolicy::Ask,
          .ring = "silent"};
}

inline CallFigures someFigures() {
  return {.seconds = 754,
          .delayMeanMs = 38,
          .delayWorstMs = 212,
          .bufferMeanMs = 24,
          .bufferWorstMs = 121,
          .lossHeardMean = 80,
          .lossHeardWorst = 1250,
          .lossSentMean = 0,
          .lossSentWorst = 310,
          .concealed = 14,
          .sentKbps = 46,
          .heardKbps = 44,
          .paths = {{"relay", 3}, {"direct_ipv4", 751}},
          .tiers = {{"good", 700}, {"codec2-3200", 54}},
          .changes = {{"loss", 1}, {"recovered", 1}}};
}

}  // namespace foyer::store::test
