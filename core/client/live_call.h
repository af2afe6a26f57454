// One call while it lives, as the client keeps it beside the agent's keys and states: what it
// shows, its seam to the devices, and the figures of both directions. Value of the NET thread.
#pragma once

#include <deque>
#include <memory>
#include <optional>

#include "core/client/call_paths.h"
#include "core/client/client_state.h"
#include "core/client/media_seam.h"
#include "core/quality/controller.h"
#include "core/quality/media_stats.h"
#include "core/wire/tiers.h"

namespace foyer::client {

// Bytes of the last two seconds, for the bit rate that is shown.
class RateMeter {
 public:
  static constexpr Duration kWindow = 2s;
  void add(TimePoint now, std::size_t bytes);
  [[nodiscard]] double kbps(TimePoint now) const;

 private:
  // Eight whole steps of 250 ms, enough for a figure that a person reads, and the one that has only
  // begun and does not count: a part of a step has one packet too many or too few.
  static constexpr std::size_t kWholeSteps = 8;
  static constexpr std::size_t kSteps = kWholeSteps + 1;
  static constexpr Duration kStep = kWindow / kWholeSteps;
  void advance(TimePoint now);
  std::array<std::uint64_t, kSteps> m_bytes{};
  std::int64_t m_step = 0;
};

// The frames sent last, for copies of them in later packets. Fixed size, allocates nothing later.
class FrameHistory {
 public:
  // Larger ones are not copied: no plan wants it.
  static constexpr std::size_t kMostBytes = 240;
  // Three copies, three packets apart, and room for a change of distance.
  static constexpr std::size_t kFrames = 16;
  void remember(const media::EncodedFrame& frame);
  // The frame that began at `mediaTime`; empty when it is not kept or was encoded otherwise.
  [[nodiscard]] ByteView find(std::uint64_t mediaTime, wire::CodecId codec,
                              wire::PacketTime time) const;

 private:
  struct Kept {
    std::uint64_t mediaTime = 0;
    wire::CodecId codec = wire::CodecId::None;
    wire::PacketTime time = wire::PacketTime::Ms20;
    std::uint16_t size = 0;
    std::array<std::uint8_t, kMostBytes> bytes;
  };
  std::array<Kept, kFrames> m_frames{};
  std::size_t m_next = 0;
};

struct LiveCall {
  CallStatus status;
  std::shared_ptr<MediaSeam> seam;
  std::optional<quality::QualityController> controller;  // from the keys on
  quality::SendPlan plan;                                // what AUDIO was told last
  FrameHistory history;
  quality::ReceiverStats received;
  quality::SenderStats sent;
  RateMeter txRate, rxRate, payloadRate;
  bool hasOwnChoice = false;           // of quality, made for this call
  std::optional<wire::Tier> peerMost;  // the best tier that the peer wants to be sent
  struct {
    std::uint16_t mediaTime = 0;
    wire::PacketTime time = wire::PacketTime::Ms20;
  } lastSent;  // frame; what a report right after it repeats
  int unheardFrames = 0;
  std::optional<TimePoint> placedAt;   // of a call made here, until the peer's machine rings
  Duration relayedRtt{};               // to the peer's machine and back by the relay; 0: not known
  std::unique_ptr<CallPaths> paths;    // from Active on, when a direct path is allowed
  wire::Paths offered;                 // told to the peer last
  std::uint32_t reports = 0;           // sent
  int owedReports = 0;                 // the peer waits for the proof that it was heard
  std::optional<TimePoint> keysSince;  // the silence timer's start
  std::uint64_t staleFrames = 0;       // waited too long and were dropped
  std::uint64_t heldFrames = 0;        // not sent, so that a queue could drain

  // What the devices and the network say now.
  [[nodiscard]] CallStatus snapshot(TimePoint now) const;

 private:
  void fillSending(SendFigures& sending, TimePoint now) const;
};

}  // namespace foyer::client
