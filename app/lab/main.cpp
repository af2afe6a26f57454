// foyer-lab: the simulator and measurements on the command line. docs/lab.md explains the scenarios
// and the reports.
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "app/lab/laboratory_command.h"
#include "app/lab/nat_command.h"
#include "app/lab/replay_command.h"
#include "app/lab/wire_command.h"
#include "core/io/files.h"
#include "core/media/wav.h"
#include "core/sim/call_scenario.h"

namespace {

using foyer::Failure;
using foyer::Fault;
using foyer::Result;

constexpr std::size_t kMaxTextBytes = 64 << 20;  // traces of days
constexpr std::size_t kMaxWavBytes = 512 << 20;
constexpr std::size_t kMaxRecordBytes = 128 << 20;

// Exit codes: the call failed; the command line or a file is wrong.
constexpr int kFailed = 1;
constexpr int kWrong = 2;

constexpr const char* kHelp =
    R"(Usage: foyer-lab call SCENARIO.json [--in A.wav] [--out B.wav] [--in2 B.wav] [--out2 A.wav]
                 [--report REPORT.json] [--record B.record]
       foyer-lab replay B.record [--json]
       foyer-lab nat [--runs N CALLER,CALLEE] [--seed N] [--rtt MS] [--jitter MS]
                     [--loss PERCENT] [--limit S] [--json]
       foyer-lab nat list
       foyer-lab up [HOMES…] | down | in HOST COMMAND…
       foyer-lab wire [--seed N] DEVICE,DEVICE,DELAY_MS,JITTER_MS,LOSS_PERCENT…

Two whole clients, A and B, and a relay in virtual time, with the real codecs, over the ways that
the scenario describes. The same seed gives the same report.

  --in A.wav     what A says: 16-bit PCM, any usual rate
  --out B.wav    what B then hears: 48 kHz mono, from the moment at which A's microphone took the
                 first sample of the input, as long as the input and its delay
  --in2, --out2  the same for what B says and A hears
  --report       the report also goes to this file; it is always printed
  --record       what B's playout was given and decided; no sound

foyer-lab replay gives the same frames and device pulls to the same code again, prints its decisions
and explains each gap; with --json all of it as one object. Exit code 1: a decision differed.

foyer-lab nat lets every kind of home call every other one, through NATs and firewalls in virtual
time, and says by which way the voice went, when each side heard the other and when it went directly,
from the answer on; or one pair with N seeds (100), as rates. A direct way is waited for --limit
seconds (15). `list` names the kinds. Exit code 1: somebody was not heard although UDP was allowed.

foyer-lab up runs the real programs, relay and TURN server in homes made of network namespaces, with
links to paste; `up --help` says how homes are described. foyer-lab wire is the cable of its homes.
Both need root.

Keys of a scenario, all of them optional:
  seed              1
  seconds           how long they talk; else the longer input and a second
  relay             true; false: the call goes directly, over the same ways
  tier              "auto" or studio64, studio48, studio32, good, low, degraded, catastrophic,
                    codec2-3200
  links.up          from A to B; links.down from B to A. Each has:
    delay_ms, jitter_ms      one way; the extra delay of each packet is up to jitter_ms
    loss                     0 to 1; burst: mean length of a loss in packets (1)
    reorder, duplicate       0 to 1
    loss_trace               a text file of 0s and 1s, one per media packet, again from its start
                             at its end; 1 is lost
    delay_trace              a text file of delays in ms, one per media packet, likewise
    rate_kbps, queue_ms      a bottleneck and the longest wait in front of it (200)
    max_payload_kbps         a cap on the codec bytes that are sent
    steps                    as below, for this way alone
  steps             [{"at_s": 10, KEY: VALUE, "up": {...}, "down": {...}, "tier": ...}, ...]: from
                    that second of the talk on these keys have these values
  drift_ppm         how much faster B's sound devices run than A's
  max_payload_kbps  for both ways
  calls             2: another pair of people shares both ways
  series            true: the report has the queue four times a second
  codec             "opus", or "sized-frames" for figures without sound
  device_ms         delay of each loudspeaker (0)
Trace files are named relative to the scenario.

Exit code 0: active to the end and the codes were equal; 1: it failed, the report says at which
stage; 2: the command line or a file is wrong, and one JSON object on the standard error says why.
)";

int fail(const Fault& fault) {
  const nlohmann::ordered_json json{{"error",
                                     {{"stage", fault.stage},
                                      {"code", fault.code},
                                      {"retryable", fault.retryable},
                                      {"detail", fault.detail}}}};
  std::fprintf(stderr, "%s\n",
               json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
  return kWrong;
}

// What stands in a row after the word of the command.
struct Arguments {
  std::vector<std::string> plain;
  std::map<std::string, std::string> options;

  [[nodiscard]] const std::string* find(const char* option) const {
    const auto it = options.find(option);
    return it == options.end() ? nullptr : &it->second;
  }
};

Result<Arguments, Fault> readArguments(int argc, char** argv,
                                       const std::vector<std::string_view>& known) {
  Arguments arguments;
  for (int i = 0; i < argc; ++i) {
    const std::string word = argv[i];
    if (!word.starts_with("--")) {
      arguments.plain.push_back(word);
      continue;
    }
    if (std::find(known.begin(), known.end(), word) == known.end())
      return Failure(Fault{"arguments", "unknown_option", false, word});
    if (i + 1 == argc) return Failure(Fault{"arguments", "no_value", false, word});
    arguments.options[word] = argv[++i];
  }
  return arguments;
}

Result<std::string, Fault> readText(const std::string& path) {
  const auto file = foyer::io::readFile(path, kMaxTextBytes);
  if (!file) return Failure<Fault>(file.error());
  return std::string(foyer::textOf(*file));
}

Result<std::vector<std::int16_t>, Fault> readSound(const std::string& path) {
  const auto file = foyer::io::readFile(path, kMaxWavBytes);
  if (!file)
    return Failure<Fault>({"wav", file.error().code, false, path + ": " + file.error().detail});
  auto wav = foyer::media::parseWav(*file);
  if (!wav) return Failure<Fault>({"wav", foyer::media::toString(wav.error()), false, path});
  return std::move(wav->samples);
}

Result<void, Fault> write(const std::string& path, foyer::ByteView content) {
  return foyer::io::writeFileAtomically(path, content, foyer::io::FileMode::Ordinary);
}

int runCall(int argc, char** argv) {
  const auto arguments =
      readArguments(argc, argv, {"--in", "--out", "--in2", "--out2", "--report", "--record"});
  if (!arguments) return fail(arguments.error());
  if (arguments->plain.size() != 1)
    return fail({"arguments", "one_scenario", false, "foyer-lab call SCENARIO.json"});
  const std::filesystem::path scenarioPath = arguments->plain.front();
  const auto text = readText(scenarioPath);
  if (!text)
    return fail(
        {"scenario", text.error().code, false, scenarioPath.string() + ": " + text.error().detail});
  auto scenario = foyer::sim::parseCallScenario(*text, [&](const std::string& trace) {
    return readText(scenarioPath.parent_path() / trace);
  });
  if (!scenario) return fail(scenario.error());
  scenario->wantsRecord = arguments->find("--record") != nullptr;

  std::vector<std::int16_t> sounds[2];
  const char* inputs[] = {"--in", "--in2"};
  for (std::size_t side = 0; side < 2; ++side) {
    const std::string* path = arguments->find(inputs[side]);
    if (path == nullptr) continue;
    auto sound = readSound(*path);
    if (!sound) return fail(sound.error());
    sounds[side] = std::move(*sound);
  }
  const auto result = foyer::sim::runCallScenario(*scenario, sounds[0], sounds[1]);
  const std::pair<const char*, foyer::Bytes> outputs[] = {
      {"--out", foyer::media::makeWav48kMono(result.heardAtB)},
      {"--out2", foyer::media::makeWav48kMono(result.heardAtA)},
      {"--report", foyer::toBytes(foyer::viewOf(result.report + "\n"))},
      {"--record", result.record}};
  for (const auto& [option, content] : outputs) {
    const std::string* path = arguments->find(option);
    if (path == nullptr) continue;
    if (const auto written = write(*path, content); !written)
      return fail({"output", written.error().code, false, *path + ": " + written.error().detail});
  }
  std::puts(result.report.c_str());
  return result.ok ? 0 : kFailed;
}

int runReplay(int argc, char** argv) {
  const std::vector<std::string_view> words(argv, argv + argc);
  const bool asJson = std::find(words.begin(), words.end(), "--json") != words.end();
  if (words.size() != (asJson ? 2U : 1U))
    return fail({"arguments", "one_record", false, "foyer-lab replay RECORD [--json]"});
  const std::string path(words[0] == "--json" ? words[1] : words[0]);
  const auto file = foyer::io::readFile(path, kMaxRecordBytes);
  if (!file) return fail({"record", file.error().code, false, path + ": " + file.error().detail});
  const auto record = foyer::media::decodePlayRecord(*file);
  if (!record) return fail({"record", foyer::media::toString(record.error()), false, path});
  const auto answer = foyer::lab::answerReplay(*record, asJson);
  std::fputs(answer.text.c_str(), stdout);
  return answer.isExact ? 0 : kFailed;
}

// Of a run of the laboratory; more would take days.
constexpr int kMostRuns = 100000;
constexpr int kMostSeed = 1'000'000'000;

Result<int, Fault> readNumber(const Arguments& arguments, const char* option, int otherwise,
                              int most) {
  const std::string* text = arguments.find(option);
  if (text == nullptr) return otherwise;
  int value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc{} || end != text->data() + text->size() || value < 1 || value > most)
    return Failure(Fault{"arguments", "bad_number", false, std::string(option) + " " + *text});
  return value;
}

int listHomes() {
  for (const foyer::sim::HomeType& type : foyer::sim::homeTypes())
    std::printf("%-32s %s\n", std::string(type.name).c_str(), std::string(type.meaning).c_str());
  return 0;
}

int runNat(int argc, char** argv) {
  std::vector<char*> words(argv, argv + argc);
  const auto isJson = [](const char* word) { return std::string_view(word) == "--json"; };
  const bool asJson = std::erase_if(words, isJson) > 0;
  const auto arguments =
      readArguments(static_cast<int>(words.size()), words.data(),
                    {"--seed", "--rtt", "--jitter", "--loss", "--limit", "--runs"});
  if (!arguments) return fail(arguments.error());
  if (arguments->plain.size() > 1)
    return fail({"arguments", "one_pair", false, "foyer-lab nat CALLER,CALLEE"});
  const std::string pair = arguments->plain.empty() ? "" : arguments->plain.front();
  if (pair == "list") return listHomes();
  const auto seed = readNumber(*arguments, "--seed", 1, kMostSeed);
  const auto roundTrip = readNumber(*arguments, "--rtt", 40, 10'000);
  const auto jitter = readNumber(*arguments, "--jitter", 0, 10'000);
  const auto loss = readNumber(*arguments, "--loss", 0, 99);
  const auto limit = readNumber(*arguments, "--limit", 15, 3600);
  const auto runs = readNumber(*arguments, "--runs", 100, kMostRuns);
  for (const auto* number : {&seed, &roundTrip, &jitter, &loss, &limit, &runs})
    if (!*number) return fail(number->error());
  foyer::sim::PairOptions options;
  options.seed = static_cast<std::uint64_t>(*seed);
  options.roundTrip = std::chrono::milliseconds(*roundTrip);
  options.jitter = std::chrono::milliseconds(*jitter);
  options.loss = *loss / 100.0;
  options.limit = std::chrono::seconds(*limit);

  foyer::lab::NatAnswer answer;
  if (pair.empty()) {
    answer = foyer::lab::answerNatGrid(options, asJson);
  } else {
    const auto comma = std::min(pair.find(','), pair.size() - 1);
    const auto* caller = foyer::sim::findHomeType(pair.substr(0, comma));
    const auto* callee = foyer::sim::findHomeType(pair.substr(comma + 1));
    if (caller == nullptr || callee == nullptr)
      return fail({"arguments", "unknown_home", false, pair});
    answer = foyer::lab::answerNatPair(*caller, *callee, *runs, options, asJson);
  }
  std::fputs(answer.text.c_str(), stdout);
  return answer.isAudible ? 0 : kFailed;
}

int runWire(int argc, char** argv) {
  const auto arguments = readArguments(argc, argv, {"--seed"});
  if (!arguments) return fail(arguments.error());
  const auto seed = readNumber(*arguments, "--seed", 1, kMostSeed);
  if (!seed) return fail(seed.error());
  std::vector<foyer::lab::WireSpec> wires;
  for (const std::string& word : arguments->plain) {
    auto wire = foyer::lab::parseWire(word);
    if (!wire) return fail(wire.error());
    wires.push_back(std::move(*wire));
  }
  if (wires.empty()) return fail({"arguments", "no_wire", false, "foyer-lab wire A,B,20,0,0"});
  return fail(foyer::lab::runWires(wires, static_cast<std::uint64_t>(*seed)));
}

bool isLaboratory(std::string_view command) {
  return command == "up" || command == "down" || command == "in";
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view command = argc < 2 ? "" : argv[1];
  if (command == "--version") return std::puts("foyer-lab " FOYER_VERSION), 0;
  if (command == "call" && !(argc > 2 && std::string_view(argv[2]) == "--help"))
    return runCall(argc - 2, argv + 2);
  if (command == "replay" && !(argc > 2 && std::string_view(argv[2]) == "--help"))
    return runReplay(argc - 2, argv + 2);
  if (command == "nat" && !(argc > 2 && std::string_view(argv[2]) == "--help"))
    return runNat(argc - 2, argv + 2);
  if (command == "wire" && !(argc > 2 && std::string_view(argv[2]) == "--help"))
    return runWire(argc - 2, argv + 2);
  if (isLaboratory(command)) return fail(foyer::lab::runLaboratory(argc, argv));
  const bool isAsked = command == "--help" || command == "help" || command == "call" ||
                       command == "replay" || command == "nat" || command == "wire";
  std::fputs(kHelp, isAsked ? stdout : stderr);
  return isAsked ? 0 : kWrong;
}
