// Driven by run_port_mapper_test: keeps one UDP port open with the real PortMapper and prints one
// line per event and per datagram that reaches the port.
//   port_mapper_probe PORT [no-upnp|v6]
// Reads commands, one a line: changed, disprove, stop. Ends when its standard input ends.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <variant>

#include "core/io/os_random.h"
#include "core/io/port_mapper.h"

namespace {

using namespace foyer;

void print(const std::string& line) {
  std::puts(line.c_str());
  std::fflush(stdout);
}

void print(const net::PortMappingEvent& event) {
  if (const auto* mapped = std::get_if<net::PortMapped>(&event)) {
    print(std::string("mapped ") + toString(mapped->way) + " " + mapped->external.toString() +
          (mapped->isPrivate ? " private" : " public"));
  } else if (const auto* lost = std::get_if<net::PortMappingLost>(&event)) {
    print(std::string("lost ") + toString(lost->loss) + " " + lost->external.toString());
  } else if (const auto* failed = std::get_if<net::PortMappingFailed>(&event)) {
    std::string line = "failed";
    for (const net::MappingFailure reason : failed->reasons) {
      line += std::string(" ") + toString(reason);
    }
    print(line);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const int port = argc > 1 ? std::atoi(argv[1]) : 0;
  if (port <= 0 || port > 65535) return 2;
  const std::string option = argc > 2 ? argv[2] : "";
  const auto family = option == "v6" ? IpAddress::Family::V6 : IpAddress::Family::V4;

  io::SystemClock clock;
  io::EventLoop loop(clock);
  io::OsRandom random;
  auto socket = io::UdpSocket::open(
      {option == "v6" ? IpAddress::v6({}) : IpAddress{}, static_cast<std::uint16_t>(port)});
  if (!socket) return 3;
  io::PortMapper mapper(loop, random,
                        {static_cast<std::uint16_t>(port), family, option != "no-upnp"},
                        [](TimePoint, const net::PortMappingEvent& event) { print(event); });
  print(mapper.hasGateway() ? "started" : "no gateway");

  loop.watch((*socket)->fd(), io::kReadable, [&](TimePoint, io::Readiness) {
    (*socket)->receive([&](const io::ReceivedDatagram& datagram) {
      if (mapper.held()) mapper.verified(mapper.held()->external);
      const bool isVerified = mapper.held() && mapper.held()->isVerified;
      print("received " + datagram.remote.toString() + (isVerified ? " verified" : ""));
    });
  });
  std::string input;
  loop.watch(STDIN_FILENO, io::kReadable, [&](TimePoint, io::Readiness) {
    char buffer[256];
    const ssize_t got = read(STDIN_FILENO, buffer, sizeof buffer);
    if (got <= 0) {
      loop.stop();
      return;
    }
    input.append(buffer, static_cast<std::size_t>(got));
    for (auto end = input.find('\n'); end != std::string::npos; end = input.find('\n')) {
      const std::string command = input.substr(0, end);
      input.erase(0, end + 1);
      if (command == "changed") mapper.networkChanged();
      if (command == "disprove" && mapper.held()) mapper.disproved(mapper.held()->external);
      if (command == "stop") mapper.stop([] { print("stopped"); });
    }
  });
  loop.run();
  return 0;
}
