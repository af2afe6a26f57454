#include "core/media/packet_time_steps.h"

#include <algorithm>
#include <array>
#include <span>

namespace foyer::media {
namespace {

using wire::PacketTime;

// Two of each, so that the holes stay apart: 120 ms are reached after 0.56 s.
constexpr int kFramesEach = 2;
// Opus has all of them.
constexpr std::array kOpusSteps = {PacketTime::Ms20, PacketTime::Ms40,  PacketTime::Ms60,
                                   PacketTime::Ms80, PacketTime::Ms100, PacketTime::Ms120};
// Frames of Codec2 1200 have 40 ms.
constexpr std::array kCodec2Steps = {PacketTime::Ms40, PacketTime::Ms80, PacketTime::Ms120};

std::span<const PacketTime> stepsOf(wire::CodecId codec) {
  if (codec == wire::CodecId::Codec2_1200) return kCodec2Steps;
  return kOpusSteps;
}

}  // namespace

PacketTime PacketTimeSteps::next(wire::CodecId codec, PacketTime wanted) const {
  if (!m_time || wanted <= *m_time) return wanted;
  for (const PacketTime step : stepsOf(codec)) {
    if (step < *m_time || step > wanted) continue;
    if (step > *m_time || m_frames < kFramesEach) return step;
  }
  return wanted;
}

void PacketTimeSteps::onFrame(PacketTime time) {
  m_frames = time == m_time ? std::min(m_frames + 1, kFramesEach) : 1;
  m_time = time;
}

}  // namespace foyer::media
