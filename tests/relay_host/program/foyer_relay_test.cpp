// The real program, as a person or systemd runs it: first line, client over UDP, signals, errors.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/io/files.h"
#include "core/io/interfaces.h"
#include "tests/io/wait.h"
#include "tests/relay_host/test_clients.h"

extern char** environ;

namespace foyer::relayhost {
namespace {

using nlohmann::json;

class Program {
 public:
  explicit Program(const std::vector<std::string>& arguments) {
    std::array<int, 2> pipe{};
    EXPECT_EQ(pipe2(pipe.data(), O_CLOEXEC), 0);
    std::vector<std::string> all{FOYER_RELAY_PROGRAM};
    all.insert(all.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& argument : all) argv.push_back(argument.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
    EXPECT_EQ(posix_spawn(&m_pid, FOYER_RELAY_PROGRAM, &actions, nullptr, argv.data(), environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    close(pipe[1]);
    m_out = pipe[0];
    fcntl(m_out, F_SETFL, O_NONBLOCK);
  }
  ~Program() {
    if (m_pid > 0) {
      kill(m_pid, SIGKILL);
      waitpid(m_pid, nullptr, 0);
    }
    close(m_out);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // Its next line of output; empty after patience or its end.
  std::string line() {
    io::waitUntil([&] {
      std::array<char, 4096> chunk;
      const ssize_t got = read(m_out, chunk.data(), chunk.size());
      if (got > 0) m_text.append(chunk.data(), static_cast<std::size_t>(got));
      return m_text.find('\n') != std::string::npos || got == 0;
    });
    const std::size_t end = m_text.find('\n');
    if (end == std::string::npos) return {};
    std::string first = m_text.substr(0, end);
    m_text.erase(0, end + 1);
    return first;
  }
  json object() { return json::parse(line(), nullptr, false); }
  void signal(int number) const { kill(m_pid, number); }
  [[nodiscard]] pid_t pid() const { return m_pid; }
  // Exit code; −1 if it does not end or was killed.
  int wait(Duration patience = io::kPatience) {
    int status = 0;
    if (!io::waitUntil([&] { return waitpid(m_pid, &status, WNOHANG) == m_pid; }, patience))
      return -1;
    m_pid = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t m_pid = -1;
  int m_out = -1;
  std::string m_text;
};

class FoyerRelay : public testing::Test {
 protected:
  FoyerRelay() {
    std::string name = testing::TempDir() + "foyer-program-XXXXXX";
    m_folder = mkdtemp(name.data());
  }
  ~FoyerRelay() override { std::filesystem::remove_all(m_folder); }
  [[nodiscard]] std::vector<std::string> arguments(
      const std::string& listen = "127.0.0.1:0") const {
    return {"--listen", listen, "--data-dir", m_folder + "/data", "--no-mdns"};
  }
  std::string m_folder;
  io::SystemClock m_clock;
};

TEST_F(FoyerRelay, printsItsLinkWelcomesAClientAndDrainsOnTerm) {
  Program program(arguments());
  const json first = program.object();
  ASSERT_TRUE(first.is_object() && first.contains("link")) << first;
  const auto link = wire::parseRelayLink(first["link"].get<std::string>());
  ASSERT_TRUE(link);
  EXPECT_EQ(link->hosts.front().host, "127.0.0.1");
  EXPECT_NE(link->hosts.front().port, 0);

  io::EventLoop loop(m_clock);
  TestClients clients(loop);
  clients.join(*link);
  ASSERT_TRUE(io::turnUntil(loop, [&] { return clients.welcomed == 1; }));
  program.signal(SIGTERM);
  EXPECT_TRUE(io::turnUntil(loop, [&] { return clients.closed == 1; }));
  EXPECT_EQ(clients.drained, 1u);
  EXPECT_EQ(program.wait(), 0);
}

TEST_F(FoyerRelay, waitsForACallAfterTheFirstSignalAndEndsAtTheSecond) {
  Program program(arguments());
  const json first = program.object();
  ASSERT_TRUE(first.is_object() && first.contains("link")) << first;
  const auto link = wire::parseRelayLink(first["link"].get<std::string>());
  ASSERT_TRUE(link);
  io::EventLoop loop(m_clock);
  TestClients clients(loop), late(loop);
  clients.join(*link);
  ASSERT_TRUE(io::turnUntil(loop, [&] { return clients.welcomed == 1; }));
  clients.waitInCall();
  ASSERT_TRUE(io::turnUntil(loop, [&] { return clients.channels == 1; }));
  program.signal(SIGTERM);
  ASSERT_TRUE(io::turnUntil(loop, [&] { return clients.drained == 1; }));
  // Nobody new, and the call stands.
  late.join(*link);
  ASSERT_TRUE(io::turnUntil(loop, [&] { return late.closed == 1; }));
  EXPECT_EQ(late.welcomed, 0u);
  EXPECT_EQ(clients.closed, 0u);
  program.signal(SIGTERM);
  EXPECT_TRUE(io::turnUntil(loop, [&] { return clients.closed == 1; }));
  EXPECT_EQ(program.wait(), 0);
}

TEST_F(FoyerRelay, theKeyIsTheOwnersAloneAndATokenThatFitsNoLinkIsRefused) {
  setenv("FOYER_RELAY_INVITE", "two words", 1);
  Program refused(arguments());
  unsetenv("FOYER_RELAY_INVITE");
  const json error = refused.object();
  ASSERT_TRUE(error.is_object() && error.contains("error")) << error;
  EXPECT_EQ(error["error"]["stage"], "config");
  EXPECT_EQ(error.dump().find("two words"), std::string::npos);
  EXPECT_EQ(refused.wait(), 1);

  Program program(arguments());
  ASSERT_TRUE(program.object().contains("link"));
  const auto mode = [&](const char* name) {
    return std::filesystem::status(m_folder + "/data" + name).permissions();
  };
  using std::filesystem::perms;
  EXPECT_EQ(mode(""), perms::owner_all);
  EXPECT_EQ(mode("/relay.seed"), perms::owner_read | perms::owner_write);
}

TEST_F(FoyerRelay, aWildcardGivesTheBestAddressAndKeepsTheKey) {
  std::string print;
  for (int run = 0; run < 2; ++run) {
    Program program({"--data-dir", m_folder + "/data", "--no-mdns"});
    const json first = program.object();
    ASSERT_TRUE(first.contains("link")) << first;
    const auto link = wire::parseRelayLink(first["link"].get<std::string>());
    ASSERT_TRUE(link);
    const auto best = io::bestLocalAddress();
    if (best) {
      EXPECT_EQ(link->hosts.front().host, best->toString());
    }
    if (run == 1) {
      EXPECT_EQ(link->relay.hex(), print);
    }
    print = link->relay.hex();
    program.signal(SIGINT);
    EXPECT_EQ(program.wait(), 0);
  }
}

TEST_F(FoyerRelay, aTakenPortEndsItWithOneJsonLine) {
  const auto other = io::UdpSocket::open({IpAddress::v4(127, 0, 0, 1), 0});
  Program program(arguments((*other)->localAddress().toString()));
  const json error = program.object()["error"];
  EXPECT_EQ(error["stage"], "binding");
  EXPECT_EQ(error["code"], "port_taken");
  EXPECT_EQ(error["retryable"], true);
  EXPECT_TRUE(error["detail"].is_string());
  EXPECT_NE(program.wait(), 0);
}

TEST_F(FoyerRelay, aSecondOneOnTheSameFolderIsRefused) {
  Program first(arguments());
  ASSERT_TRUE(first.object().contains("link"));
  Program second(arguments());
  const json error = second.object()["error"];
  EXPECT_EQ(error["code"], "already_running");
  EXPECT_EQ(error["detail"], std::to_string(first.pid()));
  EXPECT_EQ(second.wait(), 1);
}

TEST_F(FoyerRelay, aMistakeInTheConfigurationIsNamed) {
  const std::string config = m_folder + "/config.json";
  ASSERT_TRUE(io::writeFileAtomically(config, viewOf(R"({"limit": {}})"), io::FileMode::OwnerOnly));
  Program program({"--config", config});
  const json error = program.object()["error"];
  EXPECT_EQ(error["stage"], "config");
  EXPECT_NE(error["detail"].get<std::string>().find("limit"), std::string::npos);
  EXPECT_EQ(program.wait(), 1);
  Program none({"--config", m_folder + "/none.json"});
  EXPECT_EQ(none.object()["error"]["code"], "not_found");
}

TEST_F(FoyerRelay, hangupReadsTheTokenAnew) {
  const std::string config = m_folder + "/config.json";
  const auto write = [&](const std::string& token) {
    const std::string text = json{
        {"listen", "127.0.0.1:0"},
        {"data_dir", m_folder + "/data"},
        {"mdns", false},
        {"invite_token", token}}.dump();
    ASSERT_TRUE(io::writeFileAtomically(config, viewOf(text), io::FileMode::OwnerOnly));
  };
  write("one");
  Program program({"--config", config});
  const json first = program.object();
  ASSERT_TRUE(first.contains("link")) << first;
  const auto link = wire::parseRelayLink(first["link"].get<std::string>());
  EXPECT_EQ(link->invite, "one");
  write("two");
  program.signal(SIGHUP);
  io::EventLoop loop(m_clock);
  TestClients clients(loop);
  // The signal takes effect soon; until then the new token is refused.
  EXPECT_TRUE(io::waitUntil([&] {
    const std::size_t answered = clients.welcomed + clients.refused;
    clients.join(*link, "two");
    io::turnUntil(loop, [&] { return clients.welcomed + clients.refused > answered; });
    return clients.welcomed > 0;
  }));
  clients.join(*link, "one");
  const std::size_t refused = clients.refused;
  EXPECT_TRUE(io::turnUntil(loop, [&] { return clients.refused > refused; }));
}

TEST_F(FoyerRelay, tellsTheServiceManager) {
  const std::string path = m_folder + "/notify";
  const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.data(), path.size());
  ASSERT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  setenv("NOTIFY_SOCKET", path.c_str(), 1);
  Program program(arguments());
  unsetenv("NOTIFY_SOCKET");
  std::string heard;
  const auto hears = [&](const char* what) {
    return io::waitUntil([&] {
      std::array<char, 128> text{};
      const ssize_t got = recv(fd, text.data(), text.size(), 0);
      if (got > 0) heard.append(text.data(), static_cast<std::size_t>(got)) += '\n';
      return heard.find(what) != std::string::npos;
    });
  };
  EXPECT_TRUE(hears("READY=1"));
  program.signal(SIGTERM);
  EXPECT_TRUE(hears("STOPPING=1"));
  EXPECT_EQ(program.wait(), 0);
  close(fd);
}

TEST_F(FoyerRelay, helpAndVersionDoNotStartAnything) {
  Program help({"--help"});
  EXPECT_NE(help.line().find("foyer-relay"), std::string::npos);
  EXPECT_EQ(help.wait(), 0);
  Program version({"--version"});
  EXPECT_EQ(version.line(), std::string("foyer-relay ") + FOYER_VERSION);
  EXPECT_EQ(version.wait(), 0);
}

}  // namespace
}  // namespace foyer::relayhost
