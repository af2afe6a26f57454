#include "core/quality/line_pace.h"

#include <algorithm>

namespace foyer::quality {
namespace {

// Fewer lost than this is no full queue, or one that does little harm.
constexpr double kDrops = 0.08;
// All but this share of the gaps between frames are longer than a frame, by this much. Jitter makes
// some gaps shorter, so that a jittery way that loses at random is further from it, not nearer.
constexpr std::size_t kShorterOneOf = 5;
constexpr double kPlainlyLonger = 1.05;
constexpr std::size_t kLeastGaps = 10;

double seconds(Duration d) { return std::chrono::duration<double>(d).count(); }

}  // namespace

void LinePace::onPacket(TimePoint at, std::uint64_t counter, Duration frame,
                        std::size_t wireBytes) {
  m_packets[m_seen % kPackets] = {at, counter, frame, wireBytes};
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
  std::size_t bytes = 0, gaps = 0;
  std::array<double, kPackets> frames{};  // in each gap
  const Packet* before = &first;
  for (std::size_t i = 1; i < kPackets; ++i) {
    const Packet& now = packet(i);
    bytes += now.wireBytes;
    if (now.frame <= Duration{0}) continue;
    if (before->frame > Duration{0})
      frames[gaps++] = seconds(now.at - before->at) / seconds(now.frame);
    before = &now;
  }
  if (gaps < kLeastGaps) return std::nullopt;
  const auto shorter = frames.begin() + static_cast<std::ptrdiff_t>(gaps / kShorterOneOf);
  std::nth_element(frames.begin(), shorter, frames.begin() + static_cast<std::ptrdiff_t>(gaps));
  if (*shorter < kPlainlyLonger) return std::nullopt;
  return static_cast<double>(bytes) * 8 / seconds(last.at - first.at);
}

}  // namespace foyer::quality
