#include "core/io/udp_socket.h"

#include <netinet/udp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include "core/base/assert.h"
#include "core/io/bind_fault.h"
#include "core/io/socket_address.h"

// Linux 4.18 and 5.0; older C library headers lack them.
#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif
#ifndef UDP_GRO
#define UDP_GRO 104
#endif

namespace foyer::io {
namespace {

// With GRO one message may hold 64 kB of segments. Pages that no message reaches are never touched.
constexpr std::size_t kReceiveBatch = 32;
constexpr std::size_t kReceiveBufferBytes = 65535;
constexpr std::size_t kSendMessages = 64;
// Limits of UDP_SEGMENT (UDP_MAX_SEGMENTS, and one IP packet before it is cut).
constexpr std::size_t kMaxSegments = 64;
constexpr std::size_t kMaxSegmentedBytes = 65000;
// Traffic class and segment size, each an int.
constexpr std::size_t kControlBytes = 2 * CMSG_SPACE(sizeof(int));
// ECN is the low two bits of the traffic class (RFC 3168 section 5).
constexpr int kEcnMask = 0x03;

bool setOption(int fd, int level, int name, int value) {
  return setsockopt(fd, level, name, &value, sizeof value) == 0;
}

// A descriptor bound to `local`, or errno.
Result<int, int> openBound(const SocketAddress& local) {
  const bool v4 = local.ip.isV4();
  const int fd = socket(v4 ? AF_INET : AF_INET6, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return Failure<int>(errno);
  if (!v4) setOption(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
  RawAddress raw;
  toRaw(local, raw);
  if (bind(fd, raw.get(), raw.length) != 0) {
    const int error = errno;
    close(fd);
    return Failure<int>(error);
  }
  return fd;
}

}  // namespace

struct UdpSocket::State {
  struct Slot {
    SocketAddress remote;
    std::uint8_t ecn = 0;
    std::uint16_t size = 0;
    std::array<std::uint8_t, kMaxDatagramBytes> bytes;
  };
  struct Message {
    RawAddress address;
    alignas(cmsghdr) std::array<std::uint8_t, kControlBytes> control;
    std::size_t slots = 0;
  };

  int fd = -1;
  SocketAddress local;
  bool v4 = true;
  bool gso = false;
  UdpStats stats;

  explicit State(std::size_t sendSlots)
      : slotCount(sendSlots),
        slots(std::make_unique_for_overwrite<Slot[]>(sendSlots)),
        sendVectors(sendSlots) {}

  // Ring of datagrams to send: `count` from `head` on.
  const std::size_t slotCount;
  std::unique_ptr<Slot[]> slots;
  std::size_t head = 0;
  std::size_t count = 0;
  bool blocked = false;        // the kernel's buffer is full; wait until writable
  std::size_t sendSingly = 0;  // so many from the head were refused as one segmented message

  std::vector<Message> messages = std::vector<Message>(kSendMessages);
  std::vector<mmsghdr> sendHeaders = std::vector<mmsghdr>(kSendMessages);
  std::vector<iovec> sendVectors;

  std::unique_ptr<std::uint8_t[]> receiveBytes =
      std::make_unique_for_overwrite<std::uint8_t[]>(kReceiveBatch * kReceiveBufferBytes);
  std::vector<Message> receiveMessages = std::vector<Message>(kReceiveBatch);
  std::vector<mmsghdr> receiveHeaders = std::vector<mmsghdr>(kReceiveBatch);
  std::vector<iovec> receiveVectors = std::vector<iovec>(kReceiveBatch);

  ~State() {
    if (fd >= 0) close(fd);
  }

  void setOptions(const UdpOptions& options);
  [[nodiscard]] const Slot& at(std::size_t i) const { return slots[(head + i) % slotCount]; }
  void pop(std::size_t n);
  std::size_t groupFrom(std::size_t first) const;
  std::size_t buildMessages();
  void writeControl(Message& message, msghdr& header, std::uint8_t ecn, std::size_t segment) const;
  void dropFirstMessage(int error);
  void deliver(std::size_t index, const ReceiveSink& sink, std::size_t& delivered);
};

void UdpSocket::State::setOptions(const UdpOptions& options) {
  // None of these is necessary, so a kernel that refuses one is served without it. The FORCE kind
  // goes beyond net.core.*mem_max and needs CAP_NET_ADMIN.
  if (!setOption(fd, SOL_SOCKET, SO_RCVBUFFORCE, options.bufferBytes)) {
    setOption(fd, SOL_SOCKET, SO_RCVBUF, options.bufferBytes);
  }
  if (!setOption(fd, SOL_SOCKET, SO_SNDBUFFORCE, options.bufferBytes)) {
    setOption(fd, SOL_SOCKET, SO_SNDBUF, options.bufferBytes);
  }
  // QUIC finds the path's MTU itself; PROBE sets DF and ignores what ICMP told the kernel.
  if (v4) {
    setOption(fd, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_PROBE);
    setOption(fd, IPPROTO_IP, IP_RECVTOS, 1);
  } else {
    setOption(fd, IPPROTO_IPV6, IPV6_MTU_DISCOVER, IPV6_PMTUDISC_PROBE);
    setOption(fd, IPPROTO_IPV6, IPV6_RECVTCLASS, 1);
  }
  if (options.segmentationOffload) {
    setOption(fd, IPPROTO_UDP, UDP_GRO, 1);
    int size = 0;
    socklen_t length = sizeof size;
    gso = getsockopt(fd, IPPROTO_UDP, UDP_SEGMENT, &size, &length) == 0;
  }
}

void UdpSocket::State::pop(std::size_t n) {
  head = (head + n) % slotCount;
  count -= n;
  sendSingly -= std::min(sendSingly, n);
  if (count == 0) head = 0;  // stays within the memory that is warm
}

// How many datagrams from the `first` waiting one on go out as one segmented message.
std::size_t UdpSocket::State::groupFrom(std::size_t first) const {
  if (!gso || first < sendSingly) return 1;
  const Slot& lead = at(first);
  std::size_t bytes = lead.size;
  std::size_t n = 1;
  while (first + n < count && n < kMaxSegments) {
    const Slot& next = at(first + n);
    if (next.size > lead.size || next.ecn != lead.ecn || next.remote != lead.remote) break;
    bytes += next.size;
    if (bytes > kMaxSegmentedBytes) break;
    ++n;
    if (next.size < lead.size) break;  // a shorter one can only be the last
  }
  return n;
}

void UdpSocket::State::writeControl(Message& message, msghdr& header, std::uint8_t ecn,
                                    std::size_t segment) const {
  header.msg_control = nullptr;
  header.msg_controllen = 0;
  if (ecn == 0 && segment == 0) return;
  message.control.fill(0);
  header.msg_control = message.control.data();
  header.msg_controllen = message.control.size();
  std::size_t used = 0;
  cmsghdr* item = CMSG_FIRSTHDR(&header);
  if (ecn != 0) {
    const int value = ecn;
    item->cmsg_level = v4 ? IPPROTO_IP : IPPROTO_IPV6;
    item->cmsg_type = v4 ? IP_TOS : IPV6_TCLASS;
    item->cmsg_len = CMSG_LEN(sizeof value);
    std::memcpy(CMSG_DATA(item), &value, sizeof value);
    used += CMSG_SPACE(sizeof value);
    item = CMSG_NXTHDR(&header, item);
  }
  if (segment != 0) {
    const auto value = static_cast<std::uint16_t>(segment);
    item->cmsg_level = IPPROTO_UDP;
    item->cmsg_type = UDP_SEGMENT;
    item->cmsg_len = CMSG_LEN(sizeof value);
    std::memcpy(CMSG_DATA(item), &value, sizeof value);
    used += CMSG_SPACE(sizeof value);
  }
  header.msg_controllen = used;
}

std::size_t UdpSocket::State::buildMessages() {
  std::size_t built = 0;
  std::size_t slot = 0;
  while (slot < count && built < kSendMessages) {
    Message& message = messages[built];
    msghdr& header = sendHeaders[built].msg_hdr;
    message.slots = groupFrom(slot);
    toRaw(at(slot).remote, message.address);
    header.msg_name = message.address.get();
    header.msg_namelen = message.address.length;
    header.msg_iov = &sendVectors[slot];
    header.msg_iovlen = message.slots;
    writeControl(message, header, at(slot).ecn, message.slots > 1 ? at(slot).size : 0u);
    for (std::size_t i = 0; i < message.slots; ++i, ++slot) {
      Slot& source = slots[(head + slot) % slotCount];
      sendVectors[slot] = {source.bytes.data(), source.size};
    }
    ++built;
  }
  return built;
}

void UdpSocket::State::dropFirstMessage(int error) {
  const std::size_t n = messages[0].slots;
  if (n > 1) {
    // The path's MTU shrank below the segment, or the interface cannot do checksums of segments
    // (EIO): each datagram gets its own chance.
    if (error == EIO) gso = false;
    sendSingly = n;
    return;
  }
  (error == EMSGSIZE ? stats.droppedTooLarge : stats.droppedUnsendable) += 1;
  pop(1);
}

void UdpSocket::State::deliver(std::size_t index, const ReceiveSink& sink, std::size_t& delivered) {
  const msghdr& header = receiveHeaders[index].msg_hdr;
  const std::size_t size = receiveHeaders[index].msg_len;
  if ((header.msg_flags & MSG_TRUNC) != 0) {
    ++stats.truncated;
    return;
  }
  const auto remote = fromRaw(receiveMessages[index].address.get());
  if (!remote) return;
  std::uint8_t ecn = 0;
  std::size_t segment = 0;
  for (cmsghdr* item = CMSG_FIRSTHDR(&header); item != nullptr;
       item = CMSG_NXTHDR(const_cast<msghdr*>(&header), item)) {
    if (item->cmsg_level == IPPROTO_IP && item->cmsg_type == IP_TOS) {
      ecn = *CMSG_DATA(item) & kEcnMask;  // IPv4 hands over one byte
    } else if (item->cmsg_level == IPPROTO_IPV6 && item->cmsg_type == IPV6_TCLASS) {
      int value = 0;
      std::memcpy(&value, CMSG_DATA(item), sizeof value);
      ecn = static_cast<std::uint8_t>(value & kEcnMask);
    } else if (item->cmsg_level == IPPROTO_UDP && item->cmsg_type == UDP_GRO) {
      int value = 0;
      std::memcpy(&value, CMSG_DATA(item), sizeof value);
      segment = value > 0 ? static_cast<std::size_t>(value) : 0;
    }
  }
  ByteView rest(receiveBytes.get() + index * kReceiveBufferBytes, size);
  if (segment == 0) segment = rest.size();
  do {
    const ByteView bytes = rest.first(std::min(segment, rest.size()));
    rest = rest.subspan(bytes.size());
    ++stats.received;
    ++delivered;
    stats.receivedBytes += bytes.size();
    sink({*remote, ecn, bytes});
  } while (!rest.empty());
}

UdpSocket::UdpSocket(std::unique_ptr<State> state) : m_state(std::move(state)) {}
UdpSocket::~UdpSocket() = default;

Result<std::unique_ptr<UdpSocket>, Fault> UdpSocket::open(const SocketAddress& local,
                                                          const UdpOptions& options) {
  const auto fd = openBound(local);
  if (!fd) return Failure<Fault>(bindFault(fd.error()));
  auto state = std::make_unique<State>(std::max<std::size_t>(options.sendSlots, 1));
  state->fd = *fd;
  state->v4 = local.ip.isV4();
  state->setOptions(options);
  RawAddress bound;
  bound.length = sizeof bound.storage;
  if (getsockname(*fd, bound.get(), &bound.length) != 0) return Failure<Fault>(bindFault(errno));
  state->local = fromRaw(bound.get()).value_or(local);
  return std::unique_ptr<UdpSocket>(new UdpSocket(std::move(state)));
}

int UdpSocket::fd() const { return m_state->fd; }
SocketAddress UdpSocket::localAddress() const { return m_state->local; }
IpAddress::Family UdpSocket::family() const { return m_state->local.ip.family; }
bool UdpSocket::hasSegmentation() const { return m_state->gso; }
std::size_t UdpSocket::queued() const { return m_state->count; }
const UdpStats& UdpSocket::stats() const { return m_state->stats; }

std::size_t UdpSocket::receive(const ReceiveSink& sink) {
  State& s = *m_state;
  std::size_t delivered = 0;
  for (int round = 0; round < kMaxReceiveRounds; ++round) {
    for (std::size_t i = 0; i < kReceiveBatch; ++i) {
      msghdr& header = s.receiveHeaders[i].msg_hdr;
      s.receiveVectors[i] = {s.receiveBytes.get() + i * kReceiveBufferBytes, kReceiveBufferBytes};
      header.msg_name = s.receiveMessages[i].address.get();
      header.msg_namelen = sizeof(sockaddr_storage);
      header.msg_iov = &s.receiveVectors[i];
      header.msg_iovlen = 1;
      header.msg_control = s.receiveMessages[i].control.data();
      header.msg_controllen = s.receiveMessages[i].control.size();
      header.msg_flags = 0;
    }
    const int got = recvmmsg(s.fd, s.receiveHeaders.data(), kReceiveBatch, MSG_DONTWAIT, nullptr);
    ++s.stats.receiveCalls;
    // EAGAIN ends it; anything else is a stored ICMP error that this call has cleared.
    if (got <= 0) break;
    for (std::size_t i = 0; i < static_cast<std::size_t>(got); ++i) s.deliver(i, sink, delivered);
    if (static_cast<std::size_t>(got) < kReceiveBatch) break;
  }
  return delivered;
}

bool UdpSocket::queue(const SocketAddress& remote, std::uint8_t ecn, ByteView bytes) {
  State& s = *m_state;
  if (remote.ip.isV4() != s.v4) {
    ++s.stats.droppedUnsendable;
    return false;
  }
  if (bytes.size() > kMaxDatagramBytes || bytes.empty()) {
    ++s.stats.droppedTooLarge;
    return false;
  }
  if (s.count >= std::min(kFlushAt, s.slotCount) && !s.blocked) flush();
  if (s.count == s.slotCount) {
    ++s.stats.droppedQueueFull;
    s.pop(1);
  }
  State::Slot& slot = s.slots[(s.head + s.count) % s.slotCount];
  slot.remote = remote;
  slot.ecn = static_cast<std::uint8_t>(ecn & kEcnMask);
  slot.size = static_cast<std::uint16_t>(bytes.size());
  std::memcpy(slot.bytes.data(), bytes.data(), bytes.size());
  ++s.count;
  return true;
}

bool UdpSocket::flush() {
  State& s = *m_state;
  s.blocked = false;
  while (s.count > 0) {
    const std::size_t built = s.buildMessages();
    const int sent =
        sendmmsg(s.fd, s.sendHeaders.data(), static_cast<unsigned>(built), MSG_DONTWAIT);
    ++s.stats.sendCalls;
    if (sent < 0) {
      if (errno == EINTR) continue;
      if (errno == EAGAIN) {
        s.blocked = true;
        return false;
      }
      // ENOBUFS is among these: no wake-up would announce that the device has room again.
      s.dropFirstMessage(errno);
      continue;
    }
    std::size_t slots = 0;
    for (std::size_t i = 0; i < static_cast<std::size_t>(sent); ++i) slots += s.messages[i].slots;
    for (std::size_t i = 0; i < slots; ++i) s.stats.sentBytes += s.at(i).size;
    s.stats.sent += slots;
    s.pop(slots);
  }
  return true;
}

std::optional<std::uint16_t> findFreeUdpPort(const IpAddress& ip, std::uint16_t wished) {
  // The next few above are what a person would try; then whatever the kernel gives.
  constexpr int kNeighbours = 16;
  for (int i = 1; i <= kNeighbours + 1; ++i) {
    const int port = i <= kNeighbours && wished != 0 ? wished + i : 0;
    if (port > 65535) continue;
    const auto fd = openBound({ip, static_cast<std::uint16_t>(port)});
    if (!fd) continue;
    RawAddress bound;
    bound.length = sizeof bound.storage;
    getsockname(*fd, bound.get(), &bound.length);
    close(*fd);
    const auto address = fromRaw(bound.get());
    if (address) return address->port;
  }
  return std::nullopt;
}

}  // namespace foyer::io
