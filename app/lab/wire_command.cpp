#include "app/lab/wire_command.h"

#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <deque>
#include <memory>
#include <optional>

#include "core/base/bytes.h"
#include "core/base/random.h"
#include "core/io/clock.h"

namespace foyer::lab {
namespace {

constexpr double kMostMs = 60'000;
// Before each frame: virtio's header without extensions (VIRTIO 1.1 section 5.1.6), which is handed
// on as it came. The kernel's own definition of it is not C++.
constexpr std::size_t kOffloadHeader = 10;
// A segment that the kernel did not cut yet, its Ethernet header and what says how to cut it.
constexpr std::size_t kMaxFrame = 65536 + 14 + kOffloadHeader;
// Of one direction. A frame that finds it full is lost: 8192 of 1500 bytes are 12 MB.
constexpr std::size_t kMaxQueued = 8192;
// Turns of reading before frames that are due leave.
constexpr int kReadsInARow = 64;

struct Frame {
  TimePoint due{};
  Bytes bytes;  // the offload header, then the frame
};

class Descriptor {
 public:
  explicit Descriptor(int fd) : m_fd(fd) {}
  ~Descriptor() {
    if (m_fd >= 0) ::close(m_fd);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return m_fd; }

 private:
  int m_fd;
};

// What comes in at one device and leaves at its partner.
struct Direction {
  Duration delay{}, jitter{};
  double loss = 0;
  int from = -1, to = -1;  // sockets
  std::deque<Frame> queue{};
};

// ARP, and ICMPv6, which is neighbour discovery here: one that is lost costs a second in which
// nothing passes, which no network between homes has.
bool isNeighbourly(ByteView frame) {
  constexpr std::size_t kTypeAt = 12, kNextHeaderAt = ETH_HLEN + 6;
  if (frame.size() <= kNextHeaderAt) return true;
  const int type = frame[kTypeAt] << 8 | frame[kTypeAt + 1];
  return type == ETH_P_ARP || (type == ETH_P_IPV6 && frame[kNextHeaderAt] == IPPROTO_ICMPV6);
}

Fault systemFault(const std::string& what) {
  return {"wire", "failed", false, what + ": " + std::strerror(errno)};
}

// A socket for all frames of one device, with offloads described rather than done: a frame between
// two virtual devices has no checksum yet and may be longer than the wire.
Result<int, Fault> openDevice(const std::string& name) {
  const unsigned index = ::if_nametoindex(name.c_str());
  if (index == 0) return Failure(systemFault(name));
  const int fd = ::socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return Failure(systemFault("packet socket"));
  const int yes = 1;
  sockaddr_ll address{};
  address.sll_family = AF_PACKET;
  address.sll_protocol = htons(ETH_P_ALL);
  address.sll_ifindex = static_cast<int>(index);
  if (::setsockopt(fd, SOL_PACKET, PACKET_VNET_HDR, &yes, sizeof yes) != 0 ||
      ::setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &yes, sizeof yes) != 0 ||
      ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    Fault fault = systemFault(name);
    ::close(fd);
    return Failure(std::move(fault));
  }
  return fd;
}

class Wires {
 public:
  explicit Wires(std::uint64_t seed) : m_random(seed), m_buffer(kMaxFrame) {}

  Result<void, Fault> add(const WireSpec& wire) {
    int fds[2];
    for (std::size_t i = 0; i < 2; ++i) {
      const auto opened = openDevice(wire.ends[i]);
      if (!opened) return Failure<Fault>(opened.error());
      fds[i] = *opened;
      m_sockets.push_back(std::make_unique<Descriptor>(*opened));
      m_polled.push_back({*opened, POLLIN, 0});
    }
    for (std::size_t i = 0; i < 2; ++i)
      m_directions.push_back({wire.delay, wire.jitter, wire.loss, fds[i], fds[1 - i]});
    return {};
  }

  // One turn: waits for a frame or for the next that is due.
  Result<void, Fault> turn() {
    const auto wait = untilDue();
    timespec time{};
    if (wait) {
      const auto ns = std::max<std::int64_t>(0, wait->count());
      time = {static_cast<std::time_t>(ns / 1'000'000'000), static_cast<long>(ns % 1'000'000'000)};
    }
    const int ready = ::ppoll(m_polled.data(), m_polled.size(), wait ? &time : nullptr, nullptr);
    if (ready < 0 && errno != EINTR) return Failure(systemFault("poll"));
    for (std::size_t i = 0; ready > 0 && i < m_polled.size(); ++i)
      if (m_polled[i].revents != 0) take(m_directions[i]);
    const TimePoint now = m_clock.now();
    for (Direction& direction : m_directions) sendDue(now, direction);
    return {};
  }

 private:
  [[nodiscard]] std::optional<Duration> untilDue() {
    std::optional<TimePoint> next;
    for (const Direction& direction : m_directions)
      if (!direction.queue.empty() && (!next || direction.queue.front().due < *next))
        next = direction.queue.front().due;
    return next ? std::optional(*next - m_clock.now()) : std::nullopt;
  }

  void take(Direction& direction) {
    for (int reads = 0; reads < kReadsInARow; ++reads) {
      const auto got = ::recv(direction.from, m_buffer.data(), m_buffer.size(), 0);
      if (got < static_cast<ssize_t>(kOffloadHeader)) return;
      const ByteView bytes(m_buffer.data(), static_cast<std::size_t>(got));
      if (direction.queue.size() >= kMaxQueued) continue;
      if (m_random.unit() < direction.loss && !isNeighbourly(bytes.subspan(kOffloadHeader)))
        continue;
      const auto more = direction.jitter * m_random.unit();
      TimePoint due = m_clock.now() + direction.delay + std::chrono::duration_cast<Duration>(more);
      if (!direction.queue.empty()) due = std::max(due, direction.queue.back().due);
      direction.queue.push_back({due, toBytes(bytes)});
    }
  }

  static void sendDue(TimePoint now, Direction& direction) {
    while (!direction.queue.empty() && direction.queue.front().due <= now) {
      const Bytes& bytes = direction.queue.front().bytes;
      // What the other device does not take now is lost, as on any wire.
      (void)::send(direction.to, bytes.data(), bytes.size(), 0);
      direction.queue.pop_front();
    }
  }

  io::SystemClock m_clock;
  SeededRandom m_random;
  Bytes m_buffer;
  std::vector<std::unique_ptr<Descriptor>> m_sockets;
  // One direction for each entry that is polled, in the same order.
  std::vector<pollfd> m_polled;
  std::vector<Direction> m_directions;
};

std::optional<double> numberOf(std::string_view text, double most) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value >= 0 && value <= most ? std::optional(value) : std::nullopt;
}

}  // namespace

Result<WireSpec, Fault> parseWire(const std::string& text) {
  std::array<std::string_view, 5> parts;
  std::string_view rest = text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto comma = rest.find(',');
    if ((comma == std::string_view::npos) != (i + 1 == parts.size()))
      return Failure(Fault{"arguments", "bad_wire", false, text});
    parts[i] = rest.substr(0, comma);
    rest = comma == std::string_view::npos ? "" : rest.substr(comma + 1);
  }
  const auto delay = numberOf(parts[2], kMostMs), jitter = numberOf(parts[3], kMostMs),
             loss = numberOf(parts[4], 99);
  if (parts[0].empty() || parts[1].empty() || !delay || !jitter || !loss)
    return Failure(Fault{"arguments", "bad_wire", false, text});
  const auto toDuration = [](double ms) {
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double, std::milli>(ms));
  };
  return WireSpec{{std::string(parts[0]), std::string(parts[1])},
                  toDuration(*delay),
                  toDuration(*jitter),
                  *loss / 100};
}

Fault runWires(const std::vector<WireSpec>& specs, std::uint64_t seed) {
  Wires wires(seed);
  for (const WireSpec& spec : specs)
    if (const auto added = wires.add(spec); !added) return added.error();
  std::puts("ready");
  std::fflush(stdout);
  while (true)
    if (const auto turned = wires.turn(); !turned) return turned.error();
}

}  // namespace foyer::lab
