// The media datagram: hop header (varint channel id, all that a relay reads) ‖ sealed packet, and
// what is inside the seal before padding (docs/protocol.md, media datagram). Decoding allocates
// nothing: frames are views into the buffer handed in. Values, no thread.
//
//   0  1       codec id (high nibble), packet time code (low nibble)
//   1  2       media time of the first sample, units of 2.5 ms, mod 65 536
//   3  varint  length of the primary frame, then the frame
//      items   type (1) ‖ varint length ‖ value, until the end; unknown types are skipped, and
//      known
//              ones may grow at their end
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/wire/limits.h"

namespace foyer::wire {

struct Varint {
  std::uint64_t value = 0;
  std::size_t size = 0;  // bytes used: 1, 2, 4 or 8
};
// RFC 9000 section 16. Longer forms than needed are accepted.
[[nodiscard]] std::optional<Varint> decodeVarint(ByteView bytes);
// Bytes of the shortest form; value ≤ kMaxVarint.
[[nodiscard]] std::size_t varintSize(std::uint64_t value);
// Writes the shortest form; 0 when `out` has no room.
[[nodiscard]] std::size_t encodeVarint(std::uint64_t value, MutableByteView out);

enum class CodecId : std::uint8_t {
  None = 0,
  Opus = 1,
  Codec2_1200 = 2,
  Codec2_3200 = 3,
  // Right sizes and times, no sound: the simulator's.
  Sized = 15,
};
[[nodiscard]] const char* toString(CodecId codec);

enum class PacketTime : std::uint8_t {
  Ms2_5 = 0,
  Ms5 = 1,
  Ms10 = 2,
  Ms20 = 3,
  Ms40 = 4,
  Ms60 = 5,
  Ms80 = 6,
  Ms100 = 7,
  Ms120 = 8,
};
[[nodiscard]] Duration durationOf(PacketTime time);
[[nodiscard]] std::optional<PacketTime> packetTimeOf(Duration duration);
// One unit of media time.
constexpr Duration kMediaTimeUnit = 2500us;

// A copy of a frame that was sent `distance` packets ago.
struct EarlierFrame {
  std::uint8_t distance = 1;
  CodecId codec = CodecId::None;
  PacketTime packetTime = PacketTime::Ms20;
  ByteView frame;
};

// What the receiver of media measured, about once a second.
struct QualityReport {
  std::uint8_t number = 0;           // +1 a report, mod 256
  std::uint32_t highestCounter = 0;  // low 32 bits of the highest authenticated counter
  std::uint16_t expected = 0;        // packets since the last report
  std::uint16_t received = 0;
  std::uint16_t jitterTenthMs = 0;  // 0.1 ms
  std::uint16_t bufferMs = 0;       // jitter buffer
  std::uint32_t echoMediaTime = 0;  // media time of the last packet received
  std::uint16_t echoHoldMs = 0;     // time since it arrived
  // Appended; 0 and kPairUnknown from a peer that does not send them.
  std::uint8_t burstTenths = 0;      // mean length of the runs of lost packets, 0.1 packet
  std::uint8_t late255 = 0;          // share of the frames that came too late to be played, 1/255
  std::uint16_t queueMs = 0;         // one-way delay now over the smallest of the last 30 s
  std::uint16_t deliveredTenth = 0;  // rate of the newest arrivals, 0.1 kb/s of sealed bytes
  std::uint16_t pairTenth = 0xFFFF;  // rate at which two packets sent at once came apart, 0.1 kb/s
  bool operator==(const QualityReport&) const = default;
};

// Came together, or was not measured.
constexpr std::uint16_t kPairUnknown = 0xFFFF;

// Level of digital silence, dBFS.
constexpr std::int8_t kSilenceDb = -127;

struct InnerPacket {
  CodecId codec = CodecId::None;
  PacketTime packetTime = PacketTime::Ms20;
  std::uint16_t mediaTime = 0;  // units of 2.5 ms
  ByteView frame;
  std::array<EarlierFrame, kMaxEarlierFrames> earlierFrames{};
  std::size_t earlierCount = 0;
  std::optional<QualityReport> report;
  std::optional<std::int8_t> levelDb;  // dBFS of the capture, −127 … 0

  [[nodiscard]] std::span<const EarlierFrame> earlier() const {
    return {earlierFrames.data(), earlierCount};
  }
};

enum class MediaError { TooShort, BadLength, UnknownCodec, UnknownPacketTime };
[[nodiscard]] const char* toString(MediaError error);

// `inner` is the opened packet without its padding. A copy or report that does not decode is
// skipped alone. Views in the result live as long as `inner`.
[[nodiscard]] Result<InnerPacket, MediaError> decodeInner(ByteView inner);
// Bytes encodeInner would write.
[[nodiscard]] std::size_t innerSize(const InnerPacket& packet);
// Bytes written to `out`, 0 when there is no room. kMaxInner is always room enough for what may be
// sealed.
[[nodiscard]] std::size_t encodeInner(const InnerPacket& packet, MutableByteView out);

// Makes of an encoded frame one of the same size that decodes to silence and holds nothing of what
// was in it.
void silenceFrame(CodecId codec, PacketTime time, MutableByteView frame);
// The same packet with silence in place of its frames, copies and level, and without items that are
// not known here; the size stays. Bytes written to `out`, 0 when `inner` does not decode.
[[nodiscard]] std::size_t silenceInner(ByteView inner, MutableByteView out);

}  // namespace foyer::wire
