#include "core/engine/contact_list.h"

#include <gtest/gtest.h>

namespace foyer::engine {
namespace {

using store::ContactState;
using store::StoredContact;

PublicKey keyNumber(std::uint8_t n) {
  PublicKey key;
  key.bytes.fill(n);
  return key;
}
constexpr WallTime kNow{1'790'000'000'000};
const auto kNobodyHere = [](const PublicKey&) { return false; };

ContactList withVerifiedAmina() {
  ContactList list;
  list.set(list.verified(keyNumber(1), "Amina", {1000}, kNobodyHere).contact);
  return list;
}

TEST(ContactList, aVerifiedNameUnderAnotherKeyIsAChangedKeyHoweverItIsWritten) {
  const ContactList list = withVerifiedAmina();
  EXPECT_EQ(list.trustOf(keyNumber(1), "Amina"), Trust::Verified);
  EXPECT_EQ(list.trustOf(keyNumber(1), "Zed"), Trust::Verified) << "the key is the person";
  for (const char* name : {"Amina", "amina", "AMINA", "Ａｍｉｎａ"}) {
    EXPECT_EQ(list.trustOf(keyNumber(2), name), Trust::KeyChanged) << name;
    EXPECT_TRUE(list.contact(keyNumber(2), name).isKeyChanged) << name;
    EXPECT_FALSE(list.contact(keyNumber(2), name).isVerified) << name;
  }
  EXPECT_EQ(list.trustOf(keyNumber(2), "Ben"), Trust::NotVerified);
  EXPECT_EQ(list.trustOf(keyNumber(2), ""), Trust::NotVerified);
}

// A stranger calls under a harmless name first, then under the contact's.
TEST(ContactList, aStrangerWhoTakesTheNameLaterIsAChangedKeyForGood) {
  ContactList list = withVerifiedAmina();
  list.set(list.met(keyNumber(2), "Zed", kNow));
  EXPECT_EQ(list.trustOf(keyNumber(2), "Zed"), Trust::NotVerified);
  EXPECT_EQ(list.trustOf(keyNumber(2), "Amina"), Trust::KeyChanged);
  list.set(list.met(keyNumber(2), "Amina", kNow));
  EXPECT_EQ(list.find(keyNumber(2))->state, ContactState::KeyChanged);
  list.set(list.met(keyNumber(2), "Zed", kNow));
  EXPECT_EQ(list.trustOf(keyNumber(2), "Zed"), Trust::KeyChanged);
}

TEST(ContactList, whoHadTheNameBeforeItWasVerifiedForSomebodyElseKeepsIt) {
  ContactList list;
  list.set(list.met(keyNumber(2), "Amina", {500}));
  list.set(list.verified(keyNumber(1), "Amina", kNow, kNobodyHere).contact);
  EXPECT_EQ(list.trustOf(keyNumber(2), "Amina"), Trust::NotVerified);
  EXPECT_EQ(list.trustOf(keyNumber(3), "Amina"), Trust::KeyChanged);
}

TEST(ContactList, equalWordsPinTheNewKeyAndTheOldOneStaysInItsHistory) {
  ContactList list = withVerifiedAmina();
  StoredContact old = *list.find(keyNumber(1));
  old.ownName = "Amina from work";
  old.keyHistory = {{keyNumber(9), {400}, true}};
  list.set(old);
  list.set(list.met(keyNumber(2), "Amina", kNow));
  const auto pinned = list.verified(keyNumber(2), "Amina", kNow, kNobodyHere);
  EXPECT_EQ(pinned.replaced, keyNumber(1));
  EXPECT_EQ(pinned.contact.state, ContactState::Verified);
  EXPECT_EQ(pinned.contact.verifiedAt, kNow);
  EXPECT_EQ(pinned.contact.ownName, "Amina from work");
  EXPECT_EQ(pinned.contact.firstSeen, WallTime{1000});
  const std::vector<store::KeyHistoryEntry> history{{keyNumber(9), {400}, true},
                                                    {keyNumber(1), kNow, true}};
  EXPECT_EQ(pinned.contact.keyHistory, history);
  list.remove(*pinned.replaced);
  list.set(pinned.contact);
  EXPECT_EQ(list.trustOf(keyNumber(2), "Amina"), Trust::Verified);
  EXPECT_EQ(list.trustOf(keyNumber(1), "Amina"), Trust::KeyChanged) << "the old key proves nothing";
}

TEST(ContactList, twoPeopleOfOneNameWhoAreBothHereAreBothKept) {
  ContactList list = withVerifiedAmina();
  const auto pinned = list.verified(keyNumber(2), "Amina", kNow,
                                    [](const PublicKey& k) { return k == keyNumber(1); });
  EXPECT_FALSE(pinned.replaced);
  list.set(pinned.contact);
  EXPECT_EQ(list.trustOf(keyNumber(1), "Amina"), Trust::Verified);
  EXPECT_EQ(list.trustOf(keyNumber(2), "Amina"), Trust::Verified);
}

TEST(ContactList, wordsThatDifferMakeAVerifiedKeyASuspectOne) {
  ContactList list = withVerifiedAmina();
  list.set(list.suspect(keyNumber(1), "Amina", kNow));
  EXPECT_EQ(list.trustOf(keyNumber(1), "Amina"), Trust::WordsDiffered);
  EXPECT_TRUE(list.contact(keyNumber(1), "Amina").isKeyChanged) << "the next call compares words";
  EXPECT_FALSE(list.find(keyNumber(1))->verifiedAt);
}

TEST(ContactList, anUnverifiedContactUnderANewKeyIsAQuietLine) {
  ContactList list;
  list.set(list.met(keyNumber(1), "Ben", {500}));
  EXPECT_TRUE(list.isNewKeyOfSeen(keyNumber(2), "ben"));
  EXPECT_FALSE(list.isNewKeyOfSeen(keyNumber(1), "Ben"));
  EXPECT_FALSE(list.isNewKeyOfSeen(keyNumber(2), "Carl"));
  EXPECT_EQ(list.trustOf(keyNumber(2), "Ben"), Trust::NotVerified);
  EXPECT_FALSE(list.contact(keyNumber(2), "Ben").isKeyChanged);
}

TEST(ContactList, blockingIsUndoneToWhatItWas) {
  ContactList list = withVerifiedAmina();
  list.set(list.blocked(keyNumber(1), "Amina", kNow));
  EXPECT_TRUE(list.contact(keyNumber(1), "anything").isBlocked);
  list.set(list.unblocked(*list.find(keyNumber(1))));
  EXPECT_EQ(list.trustOf(keyNumber(1), "Amina"), Trust::Verified);

  list.set(list.blocked(keyNumber(2), "Amina", kNow));
  EXPECT_EQ(list.trustOf(keyNumber(2), "Amina"), Trust::Blocked);
  list.set(list.unblocked(*list.find(keyNumber(2))));
  EXPECT_EQ(list.trustOf(keyNumber(2), "Amina"), Trust::KeyChanged);

  list.set(list.blocked(keyNumber(3), "Ben", kNow));
  list.set(list.unblocked(*list.find(keyNumber(3))));
  EXPECT_EQ(list.trustOf(keyNumber(3), "Ben"), Trust::NotVerified);

  list.set(list.suspect(keyNumber(4), "Zoe", kNow));
  list.set(list.blocked(keyNumber(4), "Zoe", kNow));
  list.set(list.blocked(keyNumber(4), "Zoe", kNow));
  list.set(list.unblocked(*list.find(keyNumber(4))));
  EXPECT_EQ(list.trustOf(keyNumber(4), "Zoe"), Trust::WordsDiffered) << "no way around the words";
}

TEST(ContactList, whoWasGivenANameAndNeverTalkedWithIsToldNoAddress) {
  ContactList list;
  list.set(list.kept(keyNumber(1), "Ben", kNow));
  EXPECT_NE(list.find(keyNumber(1)), nullptr);
  EXPECT_FALSE(list.contact(keyNumber(1), "Ben").isKnown);
  list.set(list.met(keyNumber(1), "Ben", kNow));
  EXPECT_TRUE(list.contact(keyNumber(1), "Ben").isKnown);
}

TEST(ContactList, keepingSomebodyDoesNotEndTheWarningAboutTheirKey) {
  ContactList list = withVerifiedAmina();
  StoredContact stranger = list.kept(keyNumber(2), "Amina", kNow);
  list.set(stranger);
  EXPECT_EQ(list.trustOf(keyNumber(2), "Amina"), Trust::KeyChanged);
  // Nor does the name that they were given here.
  StoredContact zed = list.kept(keyNumber(3), "Zed", kNow);
  zed.ownName = "Amina";
  list.set(zed);
  EXPECT_EQ(list.trustOf(keyNumber(3), "Zed"), Trust::NotVerified);
  EXPECT_EQ(list.trustOf(keyNumber(3), "Amina"), Trust::KeyChanged);
}

TEST(ContactList, whatWasKeptOfAPersonGoesToTheirNewKey) {
  ContactList list = withVerifiedAmina();
  StoredContact old = *list.find(keyNumber(1));
  old.note = "Owes me a book";
  old.isFavourite = true;
  old.policy = store::ContactPolicy::RelayOnly;
  old.ring = "silent";
  list.set(old);
  const auto pinned = list.verified(keyNumber(2), "Amina", kNow, kNobodyHere);
  EXPECT_EQ(pinned.contact.note, "Owes me a book");
  EXPECT_TRUE(pinned.contact.isFavourite);
  EXPECT_EQ(pinned.contact.policy, store::ContactPolicy::RelayOnly);
  EXPECT_EQ(pinned.contact.ring, "silent");
}

}  // namespace
}  // namespace foyer::engine
