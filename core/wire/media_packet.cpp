#include "core/wire/media_packet.h"

#include <algorithm>
#include <cstring>

#include "core/base/assert.h"

namespace foyer::wire {
namespace {

constexpr std::size_t kInnerHeader = 3;
constexpr std::uint8_t kItemEarlierFrame = 1;
constexpr std::uint8_t kItemReport = 16;
constexpr std::uint8_t kItemLevel = 17;
// Distance and codec byte before an earlier frame.
constexpr std::size_t kEarlierHeader = 2;
constexpr std::size_t kFirstReportSize = 19;  // without what was appended later
constexpr std::size_t kReportSize = 27;

std::optional<CodecId> codecOf(std::uint8_t nibble) {
  switch (static_cast<CodecId>(nibble)) {
    case CodecId::None:
    case CodecId::Opus:
    case CodecId::Codec2_1200:
    case CodecId::Codec2_3200:
    case CodecId::Sized:
      return static_cast<CodecId>(nibble);
  }
  return std::nullopt;
}

std::optional<PacketTime> packetTimeOfCode(std::uint8_t nibble) {
  if (nibble > static_cast<std::uint8_t>(PacketTime::Ms120)) return std::nullopt;
  return static_cast<PacketTime>(nibble);
}

std::uint8_t codecByte(CodecId codec, PacketTime time) {
  return static_cast<std::uint8_t>((static_cast<unsigned>(codec) << 4) |
                                   static_cast<unsigned>(time));
}

// Length-prefixed bytes; nullopt when there is less than announced.
std::optional<ByteView> takeCounted(ByteView& from) {
  const auto length = decodeVarint(from);
  if (!length || length->value > from.size() - length->size) return std::nullopt;
  const auto value = from.subspan(length->size, static_cast<std::size_t>(length->value));
  from = from.subspan(length->size + value.size());
  return value;
}

std::optional<EarlierFrame> readEarlier(ByteView value) {
  if (value.size() <= kEarlierHeader || value[0] == 0) return std::nullopt;
  const auto codec = codecOf(value[1] >> 4);
  const auto time = packetTimeOfCode(value[1] & 15);
  if (!codec || !time) return std::nullopt;
  return EarlierFrame{value[0], *codec, *time, value.subspan(kEarlierHeader)};
}

std::optional<QualityReport> readReport(ByteView value) {
  if (value.size() < kFirstReportSize) return std::nullopt;
  const std::uint8_t* p = value.data();
  QualityReport report{p[0],           readU32(p + 1),  readU16(p + 5),  readU16(p + 7),
                       readU16(p + 9), readU16(p + 11), readU32(p + 13), readU16(p + 17)};
  if (value.size() < kReportSize) return report;
  report.burstTenths = p[19];
  report.late255 = p[20];
  report.queueMs = readU16(p + 21);
  report.deliveredTenth = readU16(p + 23);
  report.pairTenth = readU16(p + 25);
  return report;
}

// Writes into a span that is known to be large enough.
class SpanWriter {
 public:
  explicit SpanWriter(MutableByteView out) : m_out(out) {}
  void u8(std::uint8_t v) { m_out[m_size++] = v; }
  void u16(std::uint16_t v) {
    u8(static_cast<std::uint8_t>(v >> 8));
    u8(static_cast<std::uint8_t>(v));
  }
  void u32(std::uint32_t v) {
    u16(static_cast<std::uint16_t>(v >> 16));
    u16(static_cast<std::uint16_t>(v));
  }
  void varint(std::uint64_t v) { m_size += encodeVarint(v, m_out.subspan(m_size)); }
  void bytes(ByteView v) {
    if (v.empty()) return;
    std::memcpy(m_out.data() + m_size, v.data(), v.size());
    m_size += v.size();
  }
  [[nodiscard]] std::size_t size() const { return m_size; }

 private:
  MutableByteView m_out;
  std::size_t m_size = 0;
};

}  // namespace

std::optional<Varint> decodeVarint(ByteView bytes) {
  if (bytes.empty()) return std::nullopt;
  const std::size_t size = std::size_t{1} << (bytes[0] >> 6);
  if (bytes.size() < size) return std::nullopt;
  std::uint64_t value = bytes[0] & 0x3f;
  for (std::size_t i = 1; i < size; ++i) value = (value << 8) | bytes[i];
  return Varint{value, size};
}

std::size_t varintSize(std::uint64_t value) {
  FOYER_ASSERT(value <= kMaxVarint, "no larger number has a form");
  if (value < 64) return 1;
  if (value < 16384) return 2;
  return value < (std::uint64_t{1} << 30) ? 4 : 8;
}

std::size_t encodeVarint(std::uint64_t value, MutableByteView out) {
  const std::size_t size = varintSize(value);
  if (out.size() < size) return 0;
  for (std::size_t i = size; i-- > 0; value >>= 8) out[i] = static_cast<std::uint8_t>(value);
  const unsigned prefix = size == 1 ? 0 : size == 2 ? 1 : size == 4 ? 2 : 3;
  out[0] = static_cast<std::uint8_t>(out[0] | (prefix << 6));
  return size;
}

const char* toString(CodecId codec) {
  switch (codec) {
    case CodecId::None:
      return "none";
    case CodecId::Opus:
      return "opus";
    case CodecId::Codec2_1200:
      return "codec2-1200";
    case CodecId::Codec2_3200:
      return "codec2-3200";
    case CodecId::Sized:
      return "sized";
  }
  return "unknown";
}

const char* toString(MediaError error) {
  switch (error) {
    case MediaError::TooShort:
      return "too_short";
    case MediaError::BadLength:
      return "bad_length";
    case MediaError::UnknownCodec:
      return "unknown_codec";
    case MediaError::UnknownPacketTime:
      return "unknown_packet_time";
  }
  return "unknown";
}

Duration durationOf(PacketTime time) {
  switch (time) {
    case PacketTime::Ms2_5:
      return 2500us;
    case PacketTime::Ms5:
      return 5ms;
    case PacketTime::Ms10:
      return 10ms;
    case PacketTime::Ms20:
      return 20ms;
    case PacketTime::Ms40:
      return 40ms;
    case PacketTime::Ms60:
      return 60ms;
    case PacketTime::Ms80:
      return 80ms;
    case PacketTime::Ms100:
      return 100ms;
    case PacketTime::Ms120:
      return 120ms;
  }
  return 20ms;
}

std::optional<PacketTime> packetTimeOf(Duration duration) {
  for (std::uint8_t code = 0; code <= static_cast<std::uint8_t>(PacketTime::Ms120); ++code) {
    if (durationOf(static_cast<PacketTime>(code)) == duration) return static_cast<PacketTime>(code);
  }
  return std::nullopt;
}

Result<InnerPacket, MediaError> decodeInner(ByteView inner) {
  if (inner.size() <= kInnerHeader) return Failure(MediaError::TooShort);
  const auto codec = codecOf(inner[0] >> 4);
  if (!codec) return Failure(MediaError::UnknownCodec);
  const auto time = packetTimeOfCode(inner[0] & 15);
  if (!time) return Failure(MediaError::UnknownPacketTime);

  InnerPacket packet{*codec, *time, readU16(inner.data() + 1)};
  ByteView rest = inner.subspan(kInnerHeader);
  const auto frame = takeCounted(rest);
  if (!frame) return Failure(MediaError::BadLength);
  packet.frame = *frame;
  while (!rest.empty()) {
    const std::uint8_t type = rest[0];
    rest = rest.subspan(1);
    const auto value = takeCounted(rest);
    if (!value) return Failure(MediaError::BadLength);
    if (type == kItemEarlierFrame && packet.earlierCount < kMaxEarlierFrames) {
      if (const auto earlier = readEarlier(*value)) {
        packet.earlierFrames[packet.earlierCount++] = *earlier;
      }
    } else if (type == kItemReport) {
      if (const auto report = readReport(*value)) packet.report = report;
    } else if (type == kItemLevel && !value->empty()) {
      const auto level = static_cast<std::int8_t>((*value)[0]);
      if (level <= 0 && level >= kSilenceDb) packet.levelDb = level;
    }
  }
  return packet;
}

std::size_t innerSize(const InnerPacket& packet) {
  std::size_t size = kInnerHeader + varintSize(packet.frame.size()) + packet.frame.size();
  for (const EarlierFrame& earlier : packet.earlier()) {
    const std::size_t value = kEarlierHeader + earlier.frame.size();
    size += 1 + varintSize(value) + value;
  }
  if (packet.report) size += 2 + kReportSize;
  if (packet.levelDb) size += 3;
  return size;
}

std::size_t encodeInner(const InnerPacket& packet, MutableByteView out) {
  if (innerSize(packet) > out.size()) return 0;
  SpanWriter to(out);
  to.u8(codecByte(packet.codec, packet.packetTime));
  to.u16(packet.mediaTime);
  to.varint(packet.frame.size());
  to.bytes(packet.frame);
  for (const EarlierFrame& earlier : packet.earlier()) {
    to.u8(kItemEarlierFrame);
    to.varint(kEarlierHeader + earlier.frame.size());
    to.u8(earlier.distance);
    to.u8(codecByte(earlier.codec, earlier.packetTime));
    to.bytes(earlier.frame);
  }
  if (packet.report) {
    const QualityReport& report = *packet.report;
    to.u8(kItemReport);
    to.varint(kReportSize);
    to.u8(report.number);
    to.u32(report.highestCounter);
    to.u16(report.expected);
    to.u16(report.received);
    to.u16(report.jitterTenthMs);
    to.u16(report.bufferMs);
    to.u32(report.echoMediaTime);
    to.u16(report.echoHoldMs);
    to.u8(report.burstTenths);
    to.u8(report.late255);
    to.u16(report.queueMs);
    to.u16(report.deliveredTenth);
    to.u16(report.pairTenth);
  }
  if (packet.levelDb) {
    to.u8(kItemLevel);
    to.varint(1);
    to.u8(static_cast<std::uint8_t>(*packet.levelDb));
  }
  return to.size();
}

void silenceFrame(CodecId codec, PacketTime time, MutableByteView frame) {
  std::fill(frame.begin(), frame.end(), std::uint8_t{0});
  if (codec != CodecId::Opus || frame.empty()) return;
  // RFC 6716: CELT frames of at most 20 ms whose first symbol says "silence" (section 4.3), in a
  // packet of code 3 (section 3.2.5) whose rest is padding. A decoder fades to zeros within a
  // frame; an empty frame would let it guess on from the sound before.
  constexpr std::uint8_t kFullband2_5 = 28;  // configurations 28 to 31 are 2.5, 5, 10 and 20 ms
  constexpr std::size_t kSilentBytes = 2;
  constexpr std::uint8_t kSilent[kSilentBytes] = {0xff, 0xfe};
  constexpr std::uint8_t kCode3 = 3, kHasPadding = 0x40;
  const auto code = static_cast<std::uint8_t>(std::min(time, PacketTime::Ms20));
  const auto toc = static_cast<std::uint8_t>((kFullband2_5 + code) << 3);
  const auto frames = static_cast<std::size_t>(
      time <= PacketTime::Ms20 ? 1 : durationOf(time) / durationOf(PacketTime::Ms20));
  constexpr std::size_t kHeader = 2;  // TOC and frame count
  if (frame.size() < kHeader + frames * kSilentBytes) {
    // Too short for that; no tier has such frames. Nothing is in them either.
    frame[0] = toc;
    if (frame.size() > 1) {
      frame[0] = toc | kCode3;
      frame[1] = static_cast<std::uint8_t>(frames);
      std::fill(frame.begin() + kHeader, frame.end(), std::uint8_t{0});
      if (frame.size() > kHeader) {
        frame[1] |= kHasPadding;
        frame[kHeader] = static_cast<std::uint8_t>(frame.size() - kHeader - 1);
      }
    }
    return;
  }
  frame[0] = toc | kCode3;
  frame[1] = static_cast<std::uint8_t>(frames);
  std::size_t at = kHeader;
  std::size_t rest = frame.size() - kHeader - frames * kSilentBytes;
  if (rest > 0) {
    frame[1] |= kHasPadding;
    // A length byte of 255 stands for 254 bytes of padding and a further length byte.
    for (--rest; rest >= 255; rest -= 255) frame[at++] = 255;
    frame[at++] = static_cast<std::uint8_t>(rest);
  }
  for (std::size_t i = 0; i < frames * kSilentBytes; ++i) frame[at++] = kSilent[i % kSilentBytes];
}

std::size_t silenceInner(ByteView inner, MutableByteView out) {
  auto packet = decodeInner(inner);
  if (!packet) return 0;
  std::array<std::uint8_t, kMaxInner> room;
  std::size_t used = 0;
  const auto silenced = [&](CodecId codec, PacketTime time, ByteView frame) -> ByteView {
    const auto made = MutableByteView(room).subspan(used, frame.size());
    used += frame.size();
    silenceFrame(codec, time, made);
    return made;
  };
  if (inner.size() > room.size()) return 0;
  packet->frame = silenced(packet->codec, packet->packetTime, packet->frame);
  for (std::size_t i = 0; i < packet->earlierCount; ++i) {
    EarlierFrame& earlier = packet->earlierFrames[i];
    earlier.frame = silenced(earlier.codec, earlier.packetTime, earlier.frame);
  }
  if (packet->levelDb) packet->levelDb = kSilenceDb;
  return encodeInner(*packet, out);
}

}  // namespace foyer::wire
