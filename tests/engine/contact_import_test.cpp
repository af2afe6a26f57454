#include "core/engine/contact_import.h"

#include <gtest/gtest.h>

namespace foyer::engine {
namespace {

using store::ContactPolicy;
using store::ContactState;
using store::StoredContact;

PublicKey keyNumber(std::uint8_t n) {
  PublicKey key;
  key.bytes.fill(n);
  return key;
}
constexpr WallTime kNow{1'790'000'000'000};
const PublicKey kSelf = keyNumber(200);
const auto kNobodyHere = [](const PublicKey&) { return false; };

StoredContact verifiedFriend(std::uint8_t n, const char* alias) {
  return {.key = keyNumber(n),
          .lastAlias = alias,
          .state = ContactState::Verified,
          .firstSeen = {1000},
          .lastSeen = {2000},
          .verifiedAt = WallTime{1500},
          .keyHistory = {{keyNumber(99), {900}, true}},
          .note = "from the file",
          .isFavourite = true,
          .policy = ContactPolicy::RelayOnly};
}

TEST(ContactImport, aFileOfOnesOwnBringsBackWhoWasVerified) {
  const auto import = importedInto({}, {verifiedFriend(1, "Amina")}, kSelf, true, kNow);
  ASSERT_EQ(import.changed.size(), 1U);
  StoredContact expected = verifiedFriend(1, "Amina");
  expected.how = store::VerifiedHow::Import;
  EXPECT_EQ(import.changed[0], expected);
  EXPECT_EQ(import.view.added, 1);
  EXPECT_EQ(import.view.verified, 1);
}

TEST(ContactImport, aFileOfSomebodyElseVerifiesNobodyAndNamesNobodyAsMet) {
  const auto import = importedInto({}, {verifiedFriend(1, "Amina")}, kSelf, false, kNow);
  ASSERT_EQ(import.changed.size(), 1U);
  const StoredContact& amina = import.changed[0];
  EXPECT_EQ(amina.state, ContactState::Seen);
  EXPECT_FALSE(amina.verifiedAt);
  EXPECT_EQ(amina.lastSeen, WallTime{}) << "addresses are told to whom one has talked with";
  EXPECT_TRUE(amina.keyHistory.empty());
  EXPECT_EQ(amina.note, "from the file");
  EXPECT_EQ(import.view.verified, 0);
}

TEST(ContactImport, aFileOfSomebodyElseOpensNothingHushesNobodyAndGivesNoVerifiedName) {
  ContactList here;
  here.set(here.verified(keyNumber(1), "Mum", {1000}, kNobodyHere).contact);
  here.set(here.met(keyNumber(2), "Ben", {1000}));
  StoredContact known = verifiedFriend(2, "Ben"), another = verifiedFriend(3, "Zed");
  known.ownName = "Mum";
  for (StoredContact* read : {&known, &another}) {
    read->policy = ContactPolicy::Direct;
    read->ring = store::kSilentRing;
  }
  const auto import = importedInto(here, {known, another}, kSelf, false, kNow);
  ASSERT_EQ(import.changed.size(), 2U);
  for (const StoredContact& contact : import.changed) {
    EXPECT_EQ(contact.policy, ContactPolicy::Usual) << "no address is told on a file's word";
    EXPECT_TRUE(contact.ring.empty());
    EXPECT_TRUE(contact.ownName.empty()) << "an unverified key is not shown as the verified Mum";
    EXPECT_EQ(contact.state, ContactState::Seen);
  }
  const auto own = importedInto({}, {another}, kSelf, true, kNow);
  EXPECT_EQ(own.changed.at(0).policy, ContactPolicy::Direct);
}

TEST(ContactImport, aVerifiedKeyIsNeverReplacedByAFile) {
  ContactList here;
  here.set(here.verified(keyNumber(1), "Amina", {1000}, kNobodyHere).contact);
  for (const bool isOwnFile : {true, false}) {
    StoredContact another = verifiedFriend(2, "Zed");
    another.ownName = "amina";
    const auto import =
        importedInto(here, {verifiedFriend(3, "AMINA"), another}, kSelf, isOwnFile, kNow);
    ASSERT_EQ(import.changed.size(), 2U);
    for (const StoredContact& contact : import.changed)
      EXPECT_EQ(contact.state, ContactState::KeyChanged);
    EXPECT_EQ(import.view.conflicts, 2);
    EXPECT_EQ(import.view.verified, 0);
    ContactList after = here;
    for (const StoredContact& contact : import.changed) after.set(contact);
    EXPECT_EQ(after.trustOf(keyNumber(1), "Amina"), Trust::Verified);
    EXPECT_EQ(after.trustOf(keyNumber(3), "AMINA"), Trust::KeyChanged);
  }
}

TEST(ContactImport, whatIsHereStaysAndWhatIsEmptyIsFilledIn) {
  ContactList here;
  StoredContact mine{.key = keyNumber(1),
                     .ownName = "My name for them",
                     .lastAlias = "Amina",
                     .firstSeen = {5000},
                     .lastSeen = {6000}};
  here.set(mine);
  StoredContact read = verifiedFriend(1, "Amina B.");
  read.ownName = "Another name";
  const auto import = importedInto(here, {read}, kSelf, false, kNow);
  ASSERT_EQ(import.changed.size(), 1U);
  EXPECT_EQ(import.changed[0].ownName, "My name for them");
  EXPECT_EQ(import.changed[0].lastAlias, "Amina");
  EXPECT_EQ(import.changed[0].note, "from the file");
  EXPECT_EQ(import.changed[0].policy, ContactPolicy::RelayOnly);
  EXPECT_EQ(import.changed[0].state, ContactState::Seen);
  EXPECT_EQ(import.changed[0].lastSeen, WallTime{6000});
  EXPECT_EQ(import.view.completed, 1);

  here.set(import.changed[0]);
  EXPECT_TRUE(importedInto(here, {read}, kSelf, false, kNow).changed.empty()) << "twice is once";
  const auto own = importedInto(here, {read}, kSelf, true, kNow);
  ASSERT_EQ(own.changed.size(), 1U);
  EXPECT_EQ(own.changed[0].state, ContactState::Verified);
  EXPECT_EQ(own.changed[0].firstSeen, WallTime{1000});
}

TEST(ContactImport, aSuspectOrBlockedKeyHereIsNotMadeGoodByAFile) {
  ContactList here;
  here.set(here.suspect(keyNumber(1), "Amina", {1000}));
  here.set(here.blocked(keyNumber(2), "Ben", {1000}));
  const auto import =
      importedInto(here, {verifiedFriend(1, "Amina"), verifiedFriend(2, "Ben")}, kSelf, true, kNow);
  ASSERT_EQ(import.changed.size(), 2U);
  EXPECT_EQ(import.changed[0].state, ContactState::WordsDiffered);
  EXPECT_EQ(import.changed[1].state, ContactState::Blocked);
}

TEST(ContactImport, aSuspicionTravelsWithOnesOwnFileAlone) {
  ContactList here;
  here.set(here.met(keyNumber(1), "Amina", {1000}));
  const StoredContact known{.key = keyNumber(1), .state = ContactState::WordsDiffered},
      unknown{.key = keyNumber(2), .state = ContactState::WordsDiffered};
  const auto own = importedInto(here, {known, unknown}, kSelf, true, kNow);
  ASSERT_EQ(own.changed.size(), 2U);
  EXPECT_EQ(own.changed[0].state, ContactState::WordsDiffered);
  EXPECT_EQ(own.changed[1].state, ContactState::WordsDiffered);
  const auto theirs = importedInto(here, {known, unknown}, kSelf, false, kNow);
  ASSERT_EQ(theirs.changed.size(), 1U) << "of who is known here nothing is new";
  EXPECT_EQ(theirs.changed[0].state, ContactState::Seen) << "it was not a call of here";
}

TEST(ContactImport, whoIsBlockedInAFileIsBlockedHereUnlessVerified) {
  ContactList here;
  here.set(here.suspect(keyNumber(1), "Amina", {1000}));
  StoredContact blocked{.key = keyNumber(1), .state = ContactState::Blocked};
  const auto import = importedInto(here, {blocked}, kSelf, false, kNow);
  ASSERT_EQ(import.changed.size(), 1U);
  EXPECT_EQ(import.changed[0].state, ContactState::Blocked);
  EXPECT_EQ(import.changed[0].beforeBlock, ContactState::WordsDiffered);
}

TEST(ContactImport, whatIsVerifiedOnlyInSomebodyElsesFileIsCounted) {
  ContactList here;
  here.set(here.met(keyNumber(1), "Amina", {1000}));
  const auto import = importedInto(here, {verifiedFriend(1, "Amina"), verifiedFriend(2, "Ben")},
                                   kSelf, false, kNow);
  EXPECT_EQ(import.view.ignored, 2);
  EXPECT_EQ(import.view.verified, 0);
}

TEST(ContactImport, blockingTravelsAndNobodyIsAContactOfThemselves) {
  StoredContact blocked{.key = keyNumber(1), .state = ContactState::Blocked};
  StoredContact again{.key = keyNumber(1), .note = "second entry of the same key"};
  const auto import = importedInto({}, {{.key = kSelf}, blocked, again}, kSelf, false, kNow);
  ASSERT_EQ(import.changed.size(), 1U);
  EXPECT_EQ(import.changed[0].state, ContactState::Blocked);
  EXPECT_TRUE(import.changed[0].note.empty());
  EXPECT_EQ(import.view.read, 3);
}

TEST(ContactImport, datesOfTheFutureBecomeNow) {
  StoredContact late = verifiedFriend(1, "Amina");
  late.firstSeen = late.lastSeen = {kNow.unixMs + 1000};
  late.verifiedAt = WallTime{kNow.unixMs + 1000};
  const auto import = importedInto({}, {late}, kSelf, true, kNow);
  ASSERT_EQ(import.changed.size(), 1U);
  EXPECT_EQ(import.changed[0].firstSeen, kNow);
  EXPECT_EQ(import.changed[0].lastSeen, kNow);
  EXPECT_EQ(import.changed[0].verifiedAt, kNow);
}

}  // namespace
}  // namespace foyer::engine
