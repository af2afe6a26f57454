// foyer-lab: the simulator and measurements on the command line.
//   foyer-lab call SCENARIO.json [--in A.wav] [--in-b B.wav] [--out B.wav] [--out-a A.wav]
//   [--report R.json]
#include <cstdio>
#include <cstring>
#include <map>
#include <string>

#include "core/io/files.h"
#include "core/media/wav.h"
#include "core/sim/call_scenario.h"

namespace {

constexpr std::size_t kMaxScenarioBytes = 64 << 20;  // delay and loss traces of hours
constexpr std::size_t kMaxWavBytes = 512 << 20;

int fail(const foyer::Fault& fault) {
  std::fprintf(
      stderr,
      "{\"error\":{\"stage\":\"%s\",\"code\":\"%s\",\"retryable\":false,\"detail\":\"%s\"}}\n",
      fault.stage.c_str(), fault.code.c_str(), fault.detail.c_str());
  return 1;
}

int usage() {
  std::puts(
      "Usage: foyer-lab call SCENARIO.json [--in A.wav] [--in-b B.wav] [--out HEARD_AT_B.wav]\n"
      "                 [--out-a HEARD_AT_A.wav] [--report REPORT.json]\n\n"
      "Two whole clients and a relay in virtual time over the links of the scenario; the same "
      "seed\n"
      "gives the same report. Exits non-zero when the call failed or was not heard.");
  return 0;
}

int runCall(int argc, char** argv) {
  if (argc < 1) return usage(), 2;
  std::map<std::string, std::string> options;
  for (int i = 1; i + 1 < argc; i += 2) options[argv[i]] = argv[i + 1];
  const auto text = foyer::io::readFile(argv[0], kMaxScenarioBytes);
  if (!text) return fail(text.error());
  const auto scenario = foyer::sim::parseCallScenario(std::string(foyer::textOf(*text)));
  if (!scenario) return fail(scenario.error());

  std::vector<std::int16_t> sounds[2];
  const char* inputs[2] = {"--in", "--in-b"};
  for (int side = 0; side < 2; ++side) {
    if (!options.contains(inputs[side])) continue;
    const auto file = foyer::io::readFile(options[inputs[side]], kMaxWavBytes);
    if (!file) return fail(file.error());
    auto wav = foyer::media::parseWav(*file);
    if (!wav) return fail({"wav", foyer::media::toString(wav.error()), false, {}});
    sounds[side] = std::move(wav->samples);
  }
  const auto result = foyer::sim::runCallScenario(*scenario, sounds[0], sounds[1]);
  const std::pair<const char*, const std::vector<std::int16_t>*> outputs[] = {
      {"--out", &result.heardAtB}, {"--out-a", &result.heardAtA}};
  for (const auto& [option, pcm] : outputs) {
    if (!options.contains(option)) continue;
    const auto written = foyer::io::writeFileAtomically(
        options[option], foyer::media::makeWav48kMono(*pcm), foyer::io::FileMode::Ordinary);
    if (!written) return fail(written.error());
  }
  if (options.contains("--report")) {
    const auto written = foyer::io::writeFileAtomically(
        options["--report"], foyer::viewOf(result.report + "\n"), foyer::io::FileMode::Ordinary);
    if (!written) return fail(written.error());
  }
  std::puts(result.report.c_str());
  return result.ok ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || std::strcmp(argv[1], "--help") == 0) return usage();
  if (std::strcmp(argv[1], "--version") == 0) return std::puts("foyer-lab " FOYER_VERSION), 0;
  if (std::strcmp(argv[1], "call") == 0) return runCall(argc - 2, argv + 2);
  return usage(), 2;
}
