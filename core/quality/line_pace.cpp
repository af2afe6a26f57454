#include "core/quality/line_pace.h"

#include <algorithm>

#include "core/wire/media_packet.h"

namespace foyer::quality {
namespace {

// Fewer lost than this is no full queue, or one that does little harm.
constexpr double kDrops = 0.08;
// The squared error of the link's pace against that of the sender's: a third as large or less is
// decided, and at random loss it is larger than one.
constexpr double kPlainlyPaced = 0.3;

double seconds(Duration d) { return std::chrono::duration<double>(d).count(); }

}  // namespace

void LinePace::onPacket(TimePoint at, std::uint64_t counter, std::int64_t mediaTime,
                        std::size_t wireBytes) {
  m_packets[m_seen % kPackets] = {at, counter, mediaTime, wireBytes};
  ++m_seen;
}

std::optional<double> LinePace::bps() const {
  if (m_seen < kPackets) return std::nullopt;
  const auto packet = [&](std::size_t i) -> const Packet& {
    return m_packets[(m_seen + i) % kPackets];
  };
  const Packet& first = packet(0);
  const Packet& last = packet(kPackets - 1);
  if (last.at <= first.at || last.counter <= first.counter) return std::nullopt;
  const double sent = static_cast<double>(last.counter - first.counter);
  if (1 - (kPackets - 1) / sent < kDrops) return std::nullopt;
  std::size_t bytes = 0;
  for (std::size_t i = 1; i < kPackets; ++i) bytes += packet(i).wireBytes;
  const double rate = static_cast<double>(bytes) / seconds(last.at - first.at);
  double ofLink = 0, ofSender = 0;
  for (std::size_t i = 1; i < kPackets; ++i) {
    const Packet& before = packet(i - 1);
    const Packet& now = packet(i);
    if (now.counter <= before.counter) return std::nullopt;
    const double gap = seconds(now.at - before.at);
    const double link = gap - static_cast<double>(now.wireBytes) / rate;
    const double media = gap - seconds((now.mediaTime - before.mediaTime) * wire::kMediaTimeUnit);
    ofLink += link * link;
    ofSender += media * media;
  }
  if (ofLink > ofSender * kPlainlyPaced) return std::nullopt;
  return rate * 8;
}

}  // namespace foyer::quality
