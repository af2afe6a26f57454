#include <gtest/gtest.h>

#include <set>

#include "app/foyer/error_text.h"

namespace foyer::app {
namespace {

TEST(ErrorText, everyKnownFaultSaysWhatHappenedAndWhatToDo) {
  std::set<std::pair<std::string, std::string>> seen;
  for (const auto& [stage, code] : knownFaults()) {
    EXPECT_TRUE(seen.insert({stage, code}).second) << stage << ' ' << code;
    const FaultText text = textOf(Fault{.stage = stage == "*" ? "somewhere" : stage, .code = code});
    EXPECT_FALSE(text.title.isEmpty()) << code;
    EXPECT_FALSE(text.title.endsWith('.')) << code;
    EXPECT_TRUE(text.advice.endsWith('.')) << code;
    EXPECT_FALSE(text.title.contains("Something went wrong")) << stage << ' ' << code;
  }
}

// The codes that the rooms name in their headers; a new one there needs a sentence here.
TEST(ErrorText, theRoomsCodesAreKnown) {
  const std::vector<std::pair<const char*, const char*>> codes = {
      {"capture", "no_sound_server"},   {"capture", "no_microphone"},      {"playout", "no_speaker"},
      {"capture", "device_not_found"},  {"capture", "device_busy"},        {"capture", "access_denied"},
      {"playout", "device_never_started"}, {"capture", "device_stalled"},  {"capture", "file_unreadable"},
      {"capture", "file_not_wav"},      {"playout", "file_unwritable"},    {"identity", "secret_lost"},
      {"identity", "keyring_error"},    {"identity", "keyring_timeout"},   {"identity", "keyring_locked"},
      {"identity", "profile_corrupt"},  {"identity", "profile_missing"},   {"identity", "seed_file_corrupt"},
      {"profile", "already_running"},   {"profile", "unwritable"},         {"profile", "disk_full"},
      {"profile", "newer_version"},     {"store", "disk_full"},            {"store", "unwritable"},
      {"store", "database_error"},      {"store", "refused"},              {"bind", "port_taken"},
      {"bind", "permission"},           {"bind", "no_family"},             {"bind", "address_not_local"},
      {"bind", "no_resources"},         {"bind", "failed"},                {"connect", "wrong_key"},
      {"connect", "unreachable"},       {"connect", "refused"},            {"connect", "replaced"}};
  for (const auto& [stage, code] : codes) {
    EXPECT_FALSE(textOf(Fault{.stage = stage, .code = code}).title.contains("Something went wrong"))
        << stage << ' ' << code;
  }
}

TEST(ErrorText, anUnknownFaultNamesItsStageAndCode) {
  const FaultText text = textOf(Fault{.stage = "warp", .code = "no_dilithium", .retryable = true});
  EXPECT_TRUE(text.title.contains("warp"));
  EXPECT_TRUE(text.title.contains("no_dilithium"));
}

TEST(ErrorText, aStageOfItsOwnWinsOverTheGeneralRow) {
  EXPECT_NE(textOf(Fault{.stage = "profile", .code = "disk_full"}), textOf(Fault{.stage = "store", .code = "disk_full"}));
}

TEST(ErrorText, everyEndOfACallHasATitleAndTroubleHasASentence) {
  for (int at = 0; at <= static_cast<int>(engine::EndReason::AudioFailed); ++at) {
    const EndText text = textOf(static_cast<engine::EndReason>(at), "Amina");
    EXPECT_FALSE(text.title.isEmpty()) << at;
    if (text.isTrouble) {
      EXPECT_TRUE(text.advice.endsWith('.')) << at;
    }
  }
}

}  // namespace
}  // namespace foyer::app
