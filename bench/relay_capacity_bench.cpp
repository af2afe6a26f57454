// What clients cost the real foyer-relay: memory per idle client, CPU per mutual handshake.
//
//   relay_capacity_bench [memory|handshakes|all] [--relay PATH] [--clients N] [--seconds S]
//
// The relay is a process of its own, read through /proc; the clients are in this one, each with an
// address, an identity and a socket. Memory: (VmRSS with N clients - VmRSS with none) / N, 10 s
// after the last registration, clients idle and
// subscribed to the lobby; beside it the same N connections on a bare Endpoint,
// which says how much of it is QUIC. Handshakes: both sides show and check a certificate (Ed25519),
// the connection closes at once; CPU of the relay's process only; beside it the signatures a
// handshake consists of, by GnuTLS, timed in the same run.
#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>

#include "bench/support/crowd.h"
#include "bench/support/measure.h"
#include "core/io/clock.h"
#include "core/io/net_driver.h"
#include "core/wire/link.h"

namespace {

using namespace foyer;
using bench::Crowd;

constexpr double kMemoryBarKb = 35;
constexpr double kHandshakeBar = 1200;
constexpr Duration kIdleBeforeReading = 10s;
// Under way at once; as many as an evening's rush on a relay, and far from its limits.
constexpr std::size_t kJoinAtOnce = 16;

struct Options {
  bool memory = true, handshakes = true;
  std::string relay;
  std::size_t clients = 1000;
  Duration length = 8s;
};

// A child that says {"port":…,"fingerprint":…} on its first line; ends with this object.
class Child {
 public:
  // `run` is called in the child with the write end of a pipe as stdout, and does not return.
  explicit Child(const std::function<void()>& run) {
    int ends[2];
    if (pipe(ends) != 0) std::abort();
    m_pid = fork();
    if (m_pid == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      dup2(ends[1], STDOUT_FILENO);
      close(ends[0]);
      close(ends[1]);
      run();
      _exit(127);
    }
    close(ends[1]);
    m_out = fdopen(ends[0], "r");
    char line[4096] = {};
    if (fgets(line, sizeof line, m_out) == nullptr) return;
    const auto said = nlohmann::json::parse(line, nullptr, false);
    if (!said.is_object() || !said.contains("port")) return;
    m_address = {IpAddress::v4(127, 0, 0, 1), said["port"].get<std::uint16_t>()};
    const auto parsed = Fingerprint::parseHex(said["fingerprint"].get<std::string>());
    if (!parsed) return;
    fingerprint = *parsed;
    m_isUp = true;
  }
  ~Child() {
    kill(m_pid, SIGTERM);
    for (int i = 0; i < 200 && waitpid(m_pid, nullptr, WNOHANG) == 0; ++i) usleep(20'000);
    kill(m_pid, SIGKILL);
    waitpid(m_pid, nullptr, 0);
    fclose(m_out);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  [[nodiscard]] bool isUp() const { return m_isUp; }
  [[nodiscard]] int pid() const { return m_pid; }
  [[nodiscard]] const SocketAddress& address() const { return m_address; }

  Fingerprint fingerprint;

 private:
  pid_t m_pid = -1;
  FILE* m_out = nullptr;
  SocketAddress m_address;
  bool m_isUp = false;
};

std::unique_ptr<Child> startRelay(const Options& options, const std::filesystem::path& folder) {
  const std::string config = folder / "relay.json";
  std::ofstream(config)
      << R"({"mdns": false, "limits": {"clients": 4000, "clients_per_address": 4000}})";
  const std::string data = folder / "data";
  return std::make_unique<Child>([&] {
    execl(options.relay.c_str(), "foyer-relay", "--config", config.c_str(), "--listen",
          "127.0.0.1:0", "--data-dir", data.c_str(), static_cast<char*>(nullptr));
    std::perror("foyer-relay");
  });
}

// A server endpoint that does nothing with its connections.
void serveBare() {
  io::SystemClock clock;
  io::EventLoop loop(clock);
  io::OsRandom random;
  const auto identity = crypto::Identity::generate(random);
  net::EndpointConfig config;
  config.acceptMode = net::AcceptMode::Open;
  net::Endpoint endpoint(config, identity, random);
  auto socket = std::move(*io::UdpSocket::open({IpAddress::v4(127, 0, 0, 1), 0}));
  io::NetDriver<net::Endpoint> driver(loop, endpoint, [&](TimePoint) {
    bool any = false;
    while (endpoint.pollEvent()) any = true;
    return any;
  });
  driver.addSocket(*socket);
  std::printf("{\"port\": %u, \"fingerprint\": \"%s\"}\n", socket->localAddress().port,
              identity.fingerprint().hex().c_str());
  std::fflush(stdout);
  loop.run();
}

// kB per client of `server`.
struct Memory {
  double without = 0, with = 0, perClient = 0;
};
std::optional<Memory> measureMemory(const Options& options, const Child& server, bool registers) {
  if (!server.isUp()) return std::nullopt;
  io::SystemClock clock;
  io::EventLoop loop(clock);
  Crowd::Options crowdOptions;
  crowdOptions.relay = server.address();
  crowdOptions.pin = net::KeyPin::to(server.fingerprint);
  crowdOptions.saysHello = crowdOptions.publishes = registers;
  Crowd crowd(loop, crowdOptions);
  // One comes and goes, so that what a process takes once is not counted as a client's.
  crowd.add(options.clients + 1);
  std::size_t dialled = 0;
  crowd.dial(dialled++);
  crowd.pump();
  const auto runUntil = [&](const std::function<bool()>& done, Duration limit) {
    const TimePoint end = clock.now() + limit;
    while (!done() && clock.now() < end) loop.runOnce(20ms);
    return done();
  };
  if (!runUntil([&] { return crowd.ready() == 1; }, 10s)) return std::nullopt;
  crowd.hangUp(0);
  crowd.pump();
  runUntil([] { return false; }, 2s);
  Memory memory;
  memory.without = bench::residentKb(server.pid());
  const bool joined = runUntil(
      [&] {
        // As many at once as the limits of half-open connections like.
        bool any = false;
        while (dialled <= options.clients && dialled < crowd.ready() + kJoinAtOnce) {
          crowd.dial(dialled++);
          any = true;
        }
        if (any) crowd.pump();
        return crowd.ready() == options.clients + 1;
      },
      120s);
  if (!joined) return std::nullopt;
  runUntil([] { return false; }, kIdleBeforeReading);
  memory.with = bench::residentKb(server.pid());
  memory.perClient = (memory.with - memory.without) / static_cast<double>(options.clients);
  std::fprintf(stderr, "  %zu clients: %.0f kB without, %.0f kB with, %.1f kB each; %llu lost\n",
               options.clients, memory.without, memory.with, memory.perClient,
               static_cast<unsigned long long>(crowd.losses()));
  return memory;
}

bool benchMemory(const Options& options, const std::filesystem::path& folder) {
  std::fprintf(stderr, "memory: bare endpoint, then foyer-relay\n");
  std::optional<Memory> bare, real;
  {
    const Child server(serveBare);
    bare = measureMemory(options, server, false);
  }
  {
    const auto server = startRelay(options, folder);
    real = measureMemory(options, *server, true);
  }
  if (!bare || !real) return false;
  bench::reportFigure(bench::text("relay: memory per idle client (%zu clients)", options.clients),
                      bench::text("<= %.0f kB", kMemoryBarKb),
                      bench::text("%.1f kB", real->perClient), real->perClient <= kMemoryBarKb,
                      bench::text("the same connections on a bare QUIC endpoint %.1f kB each; the "
                                  "relay without clients %.1f MB",
                                  bare->perClient, real->without / 1024));
  return true;
}

// Seconds of CPU for one Ed25519 signature and for one verification, by GnuTLS.
std::pair<double, double> timeSignatures() {
  gnutls_privkey_t key = nullptr;
  gnutls_pubkey_t open = nullptr;
  gnutls_privkey_init(&key);
  gnutls_pubkey_init(&open);
  gnutls_privkey_generate(key, GNUTLS_PK_EDDSA_ED25519, 0, 0);
  gnutls_pubkey_import_privkey(open, key, 0, 0);
  char words[] =
      "what a CertificateVerify signs is about as long as this sentence, give or take some";
  gnutls_datum_t data{reinterpret_cast<unsigned char*>(words), sizeof words};
  constexpr int kTimes = 1000;
  gnutls_datum_t signature{};
  double begun = bench::threadCpu();
  for (int i = 0; i < kTimes; ++i) {
    if (signature.data != nullptr) gnutls_free(signature.data);
    gnutls_privkey_sign_data2(key, GNUTLS_SIGN_EDDSA_ED25519, 0, &data, &signature);
  }
  const double sign = (bench::threadCpu() - begun) / kTimes;
  begun = bench::threadCpu();
  for (int i = 0; i < kTimes; ++i) {
    gnutls_pubkey_verify_data2(open, GNUTLS_SIGN_EDDSA_ED25519, 0, &data, &signature);
  }
  const double verify = (bench::threadCpu() - begun) / kTimes;
  gnutls_free(signature.data);
  gnutls_privkey_deinit(key);
  gnutls_pubkey_deinit(open);
  return {sign, verify};
}

bool benchHandshakes(const Options& options, const std::filesystem::path& folder) {
  std::fprintf(stderr, "handshakes\n");
  const auto server = startRelay(options, folder);
  if (!server->isUp()) return false;
  io::SystemClock clock;
  io::EventLoop loop(clock);
  Crowd::Options crowdOptions;
  crowdOptions.relay = server->address();
  crowdOptions.pin = net::KeyPin::to(server->fingerprint);
  Crowd crowd(loop, crowdOptions);
  // So many addresses that the limit of Initials per address is not met.
  constexpr std::size_t kAddresses = 400;
  crowd.add(kAddresses);
  std::size_t next = 0;
  crowd.onReady = [&](std::size_t index) {
    crowd.hangUp(index);
    crowd.dial(next);
    next = (next + 1) % kAddresses;
  };
  for (; next < kJoinAtOnce; ++next) crowd.dial(next);
  crowd.pump();
  const auto runFor = [&](Duration span) {
    const TimePoint end = clock.now() + span;
    while (clock.now() < end) loop.runOnce(20ms);
  };
  runFor(1s);
  std::vector<double> rates;
  double connected = 0, wall = 0;
  constexpr int kRounds = 4;
  for (int i = 0; i < kRounds; ++i) {
    const double cpu = bench::processCpu(server->pid());
    const double begun = bench::wallSeconds();
    const std::uint64_t before = crowd.connects();
    runFor(options.length / kRounds);
    const auto made = static_cast<double>(crowd.connects() - before);
    rates.push_back(made / (bench::processCpu(server->pid()) - cpu));
    connected += made;
    wall += bench::wallSeconds() - begun;
    std::fprintf(stderr, "  %.0f handshakes per CPU second\n", rates.back());
  }
  crowd.onReady = nullptr;
  const auto [sign, verify] = timeSignatures();
  const double rate = bench::median(rates);
  bench::reportFigure(
      "relay: mutual handshakes per second per core", bench::text(">= %.0f", kHandshakeBar),
      bench::text("%.0f (%.0f-%.0f)", rate, *std::min_element(rates.begin(), rates.end()),
                  *std::max_element(rates.begin(), rates.end())),
      rate >= kHandshakeBar,
      bench::text("%.0f us each, of which GnuTLS' Ed25519 sign %.0f us and verify %.0f us alone; "
                  "offered %.0f/s, %llu "
                  "connections lost",
                  1e6 / rate, 1e6 * sign, 1e6 * verify, connected / wall,
                  static_cast<unsigned long long>(crowd.losses())));
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  options.relay = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "foyer-relay";
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "memory")
      options.handshakes = false;
    else if (word == "handshakes")
      options.memory = false;
    else if (word == "--relay" && i + 1 < argc)
      options.relay = argv[++i];
    else if (word == "--clients" && i + 1 < argc)
      options.clients = static_cast<std::size_t>(std::max(1, std::atoi(argv[++i])));
    else if (word == "--seconds" && i + 1 < argc)
      options.length = std::chrono::seconds(std::max(1, std::atoi(argv[++i])));
    else if (word != "all")
      return std::fprintf(stderr, "unknown: %s\n", argv[i]), 2;
  }
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  char folderName[] = "/tmp/foyer-bench-XXXXXX";
  if (mkdtemp(folderName) == nullptr) return 1;
  const std::filesystem::path folder = folderName;
  bool isGood = true;
  if (options.memory) isGood = benchMemory(options, folder) && isGood;
  if (options.handshakes) isGood = benchHandshakes(options, folder) && isGood;
  std::filesystem::remove_all(folder);
  if (!isGood) std::fprintf(stderr, "the set-up did not come to an end\n");
  return isGood ? 0 : 1;
}
