#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "app/foyer/error_text.h"
#include "core/audio/audio_events.h"
#include "core/call/call_agent.h"
#include "core/crypto/backup.h"
#include "core/crypto/words.h"
#include "core/net/stun_link.h"
#include "core/net/tls_stream.h"
#include "core/net/turn_client.h"
#include "core/net/turn_link.h"
#include "core/wire/close_codes.h"
#include "core/wire/link.h"
#include "core/wire/session_messages.h"

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

std::string readAll(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

using StageAndCode = std::pair<std::string, std::string>;

// Every {"stage", "code", …} that a room writes down, and the codes that its helpers put a stage
// to.
std::set<StageAndCode> faultsInSources() {
  const std::filesystem::path root = FOYER_SOURCE_DIR;
  std::set<StageAndCode> found;
  const auto collect = [&](const std::string& text, const std::regex& pattern,
                           const std::string& stage) {
    for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) {
      if (stage.empty())
        found.insert({(*at)[1], (*at)[2]});
      else
        found.insert({stage, (*at)[1]});
    }
  };
  const std::regex braced(R"re(\{\s*"([a-z_]+)",\s*"([a-z_]+)",\s*(?:true|false)\b)re");
  for (const char* room : {"core/client", "core/engine", "core/store", "core/audio", "core/io",
                           "relaylite/host", "app/foyer"}) {
    for (const auto& entry : std::filesystem::directory_iterator(root / room))
      if (entry.path().extension() == ".cpp") collect(readAll(entry.path()), braced, {});
  }
  const std::regex called(
      R"re(\b(?:fault|refused|identityFault|verifyFault|backupFault|turnFault|contactsFault)\("([a-z_]+)"[,)])re");
  for (const auto& [file, stage] :
       {StageAndCode{"core/client/client.cpp", "call"},
        {"core/io/files.cpp", "storage"},
        {"core/io/bind_fault.cpp", "bind"},
        {"core/io/bind_fault.cpp", "binding"},  // relaylite/host/relay_sockets
        {"core/store/secret_store.cpp", "identity"},
        {"core/store/identity_backup.cpp", "backup"},
        {"core/store/contact_file.cpp", "contacts"},
        {"core/io/files.cpp", "backup"},  // the file that a person names
        {"relaylite/host/relay_identity.cpp", "identity"},
        {"core/io/files.cpp", "identity"},  // the relay's key
        {"relaylite/host/self_check.cpp", "verifying"},
        {"app/foyer/qr_reader.cpp", "picture"},
        {"core/engine/engine_turn.cpp", "turn"}})
    collect(readAll(root / file), called, stage);
  return found;
}

// Those whose code is the word of an enumeration.
std::set<StageAndCode> faultsOfWords() {
  std::set<StageAndCode> found;
  for (int at = 0; at <= static_cast<int>(wire::RefusedCode::Draining); ++at)
    found.insert({"admission", wire::toString(static_cast<wire::RefusedCode>(at))});
  for (int at = 0; at <= static_cast<int>(wire::LinkError::TooManyParameters); ++at)
    found.insert({"link", wire::toString(static_cast<wire::LinkError>(at))});
  for (int at = 0; at <= static_cast<int>(call::PlaceError::TooManyCalls); ++at)
    found.insert({"call", call::toString(static_cast<call::PlaceError>(at))});
  for (int at = 1; at <= static_cast<int>(audio::AudioFault::FileUnwritable); ++at)
    for (const auto direction : {audio::Direction::Capture, audio::Direction::Playout}) {
      const Fault fault = audio::toFault(static_cast<audio::AudioFault>(at), direction);
      found.insert({fault.stage, fault.code});
    }
  for (std::uint64_t code = 0; code <= static_cast<std::uint64_t>(wire::CloseCode::Internal) + 1;
       ++code) {
    found.insert({"connect", wire::closeCodeName(code)});
    found.insert({"connection", wire::closeCodeName(code)});
  }
  for (const char* code : {"not_found", "try_again", "failed"})
    for (const char* stage : {"resolve", "turn_resolve"})  // of a relay, of a TURN server
      found.insert({stage, code});
  for (int at = 0; at <= static_cast<int>(net::TurnLinkError::UnknownParameter); ++at)
    found.insert({"turn_link", net::toString(static_cast<net::TurnLinkError>(at))});
  for (int at = 0; at <= static_cast<int>(net::TurnCause::NoHash); ++at)
    for (int stage = 0; stage <= static_cast<int>(net::TurnStage::Channel); ++stage)
      found.insert({net::toString(static_cast<net::TurnStage>(stage)),
                    net::toString(static_cast<net::TurnCause>(at))});
  for (int at = 0; at <= static_cast<int>(net::TlsError::TooMuch); ++at)
    found.insert({"turn_tls", net::toString(static_cast<net::TlsError>(at))});
  for (const char* code :
       {"no_socket", "refused", "unreachable", "timeout", "closed", "reset", "failed", "not_turn"})
    found.insert({"turn_connect", code});
  for (int at = 0; at <= static_cast<int>(net::StunLinkError::BadPort); ++at)
    found.insert({"stun", net::toString(static_cast<net::StunLinkError>(at))});
  for (int at = 0; at <= static_cast<int>(crypto::BackupError::NoMemory); ++at)
    found.insert({"backup", crypto::toString(static_cast<crypto::BackupError>(at))});
  for (const char* code :
       {"not_found", "permission", "not_a_file", "disk_full", "failed"})  // engine_contact_book
    found.insert({"contacts", code});
  for (int at = 0; at <= static_cast<int>(crypto::WordsError::WrongChecksum); ++at)
    found.insert({"backup", crypto::toString(static_cast<crypto::WordsError>(at))});
  for (const char* stage : {"profile", "store"})  // faultOfFile and the database's own
    for (const char* code : {"disk_full", "unwritable", "database_error"})
      found.insert({stage, code});
  return found;
}

TEST(ErrorText, everyFaultThatTheRoomsRaiseHasASentence) {
  std::set<StageAndCode> raised = faultsInSources();
  EXPECT_GT(raised.size(), 60U) << "the sources were read";
  raised.merge(faultsOfWords());
  for (const auto& [stage, code] : raised) {
    const FaultText text = textOf(Fault{.stage = stage, .code = code});
    EXPECT_FALSE(text.title.contains("Something went wrong"))
        << "no sentence for " << stage << ' ' << code;
  }
}

// A sentence for a stage that nobody raises is a misspelt stage (bind and binding, verify and
// verifying).
TEST(ErrorText, everyStageWithASentenceIsRaisedSomewhere) {
  std::set<std::string> stages{"*", "config"};
  for (const auto& all : {faultsInSources(), faultsOfWords()})
    for (const auto& [stage, code] : all) stages.insert(stage);
  // Put together from a variable: control_verbs' failed(), relay_sockets' bind faults.
  stages.insert({"settings", "binding"});
  for (const KnownFault& known : knownFaults())
    EXPECT_TRUE(stages.contains(known.stage)) << known.stage << ' ' << known.code;
}

TEST(ErrorText, anUnknownFaultNamesItsStageAndCode) {
  const FaultText text = textOf(Fault{.stage = "warp", .code = "no_dilithium", .retryable = true});
  EXPECT_TRUE(text.title.contains("warp"));
  EXPECT_TRUE(text.title.contains("no_dilithium"));
}

TEST(ErrorText, aStageOfItsOwnWinsOverTheGeneralRow) {
  EXPECT_NE(textOf(Fault{.stage = "profile", .code = "disk_full"}),
            textOf(Fault{.stage = "store", .code = "disk_full"}));
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
