#include "core/media/play_record.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "core/base/assert.h"

namespace foyer::media {
namespace {

constexpr std::string_view kMagic = "foyer play record 1\n";
constexpr int kVarintBits = 7;

void putNumber(Bytes& to, std::uint64_t value) {
  for (; value >= 0x80; value >>= kVarintBits)
    to.push_back(static_cast<std::uint8_t>(value | 0x80));
  to.push_back(static_cast<std::uint8_t>(value));
}
// Small ones of either sign are short.
void putSigned(Bytes& to, std::int64_t value) {
  putNumber(to, (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
}

// Reads what the two above wrote; nullopt at the end of the bytes.
class Reader {
 public:
  explicit Reader(ByteView bytes) : m_bytes(bytes) {}
  [[nodiscard]] bool isAtEnd() const { return m_bytes.empty(); }
  std::optional<std::uint8_t> byte() {
    if (m_bytes.empty()) return std::nullopt;
    const std::uint8_t value = m_bytes.front();
    m_bytes = m_bytes.subspan(1);
    return value;
  }
  std::optional<std::uint64_t> number() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += kVarintBits) {
      const auto next = byte();
      if (!next) return std::nullopt;
      value |= std::uint64_t{*next & 0x7fU} << shift;
      if ((*next & 0x80) == 0) return value;
    }
    return std::nullopt;
  }
  std::optional<std::int64_t> signedNumber() {
    const auto value = number();
    if (!value) return std::nullopt;
    return static_cast<std::int64_t>((*value >> 1) ^ (~(*value & 1) + 1));
  }

 private:
  ByteView m_bytes;
};

// Which fields a kind names; the same for writing and reading.
struct Fields {
  bool at = false, frame = false, mediaTime = false, flags = false, before = false, samples = false,
       counter = false, stretch = false;
};
Fields fieldsOf(PlayEventKind kind) {
  switch (kind) {
    case PlayEventKind::Frame:
      return {.at = true, .frame = true, .mediaTime = true, .flags = true, .counter = true};
    case PlayEventKind::Pull:
      return {.at = true, .samples = true};
    case PlayEventKind::Carried:
      return {.flags = true, .samples = true};
    case PlayEventKind::Decode:
      return {.mediaTime = true, .flags = true, .counter = true};
    case PlayEventKind::Recover:
      return {.mediaTime = true, .flags = true, .samples = true};
    case PlayEventKind::Redraw:
      return {.mediaTime = true, .flags = true, .before = true, .samples = true};
    case PlayEventKind::Conceal:
    case PlayEventKind::Silence:
      return {.samples = true};
    case PlayEventKind::Stretch:
      return {.before = true, .samples = true, .stretch = true};
    case PlayEventKind::Break:
      return {};
  }
  FOYER_ASSERT(false, "every kind is named");
  return {};
}

// What differences are taken to.
struct Before {
  std::int64_t ns = 0;
  std::uint64_t counter = 0;
};

void put(Bytes& to, const PlayEvent& event, Before& before) {
  const Fields fields = fieldsOf(event.kind);
  to.push_back(static_cast<std::uint8_t>(event.kind));
  if (fields.flags) {
    to.push_back(
        static_cast<std::uint8_t>(event.isCopy | event.result << 1 | event.isPassive << 2));
  }
  if (fields.at) {
    const std::int64_t ns = event.at.time_since_epoch().count();
    putSigned(to, ns - before.ns);
    before.ns = ns;
  }
  if (fields.counter) {
    putSigned(to, static_cast<std::int64_t>(event.counter - before.counter));
    before.counter = event.counter;
  }
  if (fields.mediaTime) putNumber(to, event.mediaTime);
  if (fields.frame) {
    to.push_back(static_cast<std::uint8_t>(event.codec));
    to.push_back(static_cast<std::uint8_t>(event.time));
    putNumber(to, event.size);
  }
  if (fields.stretch) to.push_back(static_cast<std::uint8_t>(event.stretch));
  if (fields.before) putSigned(to, event.before);
  if (fields.samples) putSigned(to, event.samples);
}

bool isWithin(std::int64_t value) {
  return value >= -kMaxEventSamples && value <= kMaxEventSamples;
}

Result<PlayEvent, PlayRecordError> take(Reader& reader, Before& before) {
  using enum PlayRecordError;
  PlayEvent event;
  const auto kind = reader.byte();
  if (!kind) return Failure(Truncated);
  if (*kind > static_cast<std::uint8_t>(PlayEventKind::Break)) return Failure(BadEvent);
  event.kind = static_cast<PlayEventKind>(*kind);
  const Fields fields = fieldsOf(event.kind);
  if (fields.flags) {
    const auto flags = reader.byte();
    if (!flags) return Failure(Truncated);
    if (*flags > 7) return Failure(BadEvent);
    event.isCopy = (*flags & 1) != 0;
    event.result = (*flags & 2) != 0;
    event.isPassive = (*flags & 4) != 0;
  }
  if (fields.at) {
    const auto difference = reader.signedNumber();
    if (!difference) return Failure(Truncated);
    const std::int64_t most = before.ns == 0 ? kMaxEventNs : kMaxEventStep.count();
    if (*difference < -most || *difference > most) return Failure(BadEvent);
    before.ns += *difference;
    if (before.ns < 0 || before.ns > kMaxEventNs) return Failure(BadEvent);
    event.at = TimePoint(Duration(before.ns));
  }
  if (fields.counter) {
    const auto difference = reader.signedNumber();
    if (!difference) return Failure(Truncated);
    event.counter = before.counter += static_cast<std::uint64_t>(*difference);
  }
  if (fields.mediaTime) {
    const auto mediaTime = reader.number();
    if (!mediaTime) return Failure(Truncated);
    if (*mediaTime > 0xffff) return Failure(BadEvent);
    event.mediaTime = static_cast<std::uint16_t>(*mediaTime);
  }
  if (fields.frame) {
    const auto codec = reader.byte();
    const auto time = reader.byte();
    const auto size = reader.number();
    if (!codec || !time || !size) return Failure(Truncated);
    if (*codec > static_cast<std::uint8_t>(wire::CodecId::Sized) ||
        *time > static_cast<std::uint8_t>(wire::PacketTime::Ms120) || *size > 0xffff)
      return Failure(BadEvent);
    event.codec = static_cast<wire::CodecId>(*codec);
    event.time = static_cast<wire::PacketTime>(*time);
    event.size = static_cast<std::uint16_t>(*size);
  }
  if (fields.stretch) {
    const auto stretch = reader.byte();
    if (!stretch) return Failure(Truncated);
    if (*stretch > static_cast<std::uint8_t>(PlayoutStretch::Expand)) return Failure(BadEvent);
    event.stretch = static_cast<PlayoutStretch>(*stretch);
  }
  if (fields.before) {
    const auto ahead = reader.signedNumber();
    if (!ahead) return Failure(Truncated);
    event.before = *ahead;
  }
  if (fields.samples) {
    const auto samples = reader.signedNumber();
    if (!samples) return Failure(Truncated);
    event.samples = *samples;
  }
  if (!isWithin(event.before) || !isWithin(event.samples)) return Failure(BadEvent);
  const bool isPull = event.kind == PlayEventKind::Pull;
  if (isPull && (event.samples < 0 || event.samples > std::int64_t{kMaxFrameSamples}))
    return Failure(BadEvent);
  return event;
}

}  // namespace

const char* toString(PlayEventKind kind) {
  switch (kind) {
    case PlayEventKind::Frame:
      return "frame";
    case PlayEventKind::Pull:
      return "pull";
    case PlayEventKind::Carried:
      return "carried";
    case PlayEventKind::Decode:
      return "decode";
    case PlayEventKind::Recover:
      return "recover";
    case PlayEventKind::Redraw:
      return "redraw";
    case PlayEventKind::Conceal:
      return "conceal";
    case PlayEventKind::Silence:
      return "silence";
    case PlayEventKind::Stretch:
      return "stretch";
    case PlayEventKind::Break:
      return "break";
  }
  return "";
}

const char* toString(PlayRecordError error) {
  switch (error) {
    case PlayRecordError::NotARecord:
      return "not_a_record";
    case PlayRecordError::Truncated:
      return "truncated";
    case PlayRecordError::BadEvent:
      return "bad_event";
    case PlayRecordError::TooLong:
      return "too_long";
  }
  return "";
}

PlayEvent decodeEvent(const ReceivedFrame& frame, bool result, bool isPassive) {
  return {.kind = PlayEventKind::Decode,
          .isCopy = frame.isCopy,
          .result = result,
          .isPassive = isPassive,
          .mediaTime = frame.mediaTime,
          .counter = frame.counter};
}

PlayEvent recoverEvent(const ReceivedFrame& next, std::int64_t samples, bool result) {
  return {.kind = PlayEventKind::Recover,
          .result = result,
          .mediaTime = next.mediaTime,
          .samples = samples};
}

PlayEvent redrawEvent(const ReceivedFrame& frame, std::int64_t before, std::int64_t samples,
                      bool result) {
  return {.kind = PlayEventKind::Redraw,
          .result = result,
          .mediaTime = frame.mediaTime,
          .before = before,
          .samples = samples};
}

PlayEvent stretchEvent(PlayoutStretch kind, std::int64_t atMost, std::int64_t added) {
  return {.kind = PlayEventKind::Stretch, .stretch = kind, .before = atMost, .samples = added};
}

PlayEvent soundEvent(PlayEventKind kind, std::int64_t samples) {
  return {.kind = kind, .samples = samples};
}

PlayLog::PlayLog(std::size_t capacity) : m_capacity(capacity) {
  FOYER_ASSERT(capacity > 0 && capacity <= kMaxPlayEvents, "a log has room, and not without end");
  m_events.reserve(capacity);
}

void PlayLog::add(const PlayEvent& event) {
  if (m_events.size() < m_capacity)
    m_events.push_back(event);
  else
    m_isCut = true;
}

void PlayLog::addFrame(const ReceivedFrame& frame) {
  add({.kind = PlayEventKind::Frame,
       .isCopy = frame.isCopy,
       .codec = frame.codec,
       .time = frame.time,
       .mediaTime = frame.mediaTime,
       .size = frame.size,
       .counter = frame.counter,
       .at = frame.arrivedAt});
}

void PlayLog::addPull(TimePoint at, std::size_t samples) {
  add({.kind = PlayEventKind::Pull, .at = at, .samples = static_cast<std::int64_t>(samples)});
}

void PlayLog::markKnown() {
  if (!m_isCut && !m_events.empty()) m_events.back().result = true;
}

RecordedSound::RecordedSound(std::unique_ptr<PlayoutSound> sound, std::shared_ptr<PlayLog> log)
    : m_sound(std::move(sound)), m_log(std::move(log)) {}

bool RecordedSound::knows(wire::CodecId codec) const {
  const bool isKnown = m_sound->knows(codec);
  if (isKnown) m_log->markKnown();
  return isKnown;
}

CarriedRecovery RecordedSound::carriedBy(const ReceivedFrame& frame, bool wantsDred) {
  const CarriedRecovery carried = m_sound->carriedBy(frame, wantsDred);
  m_log->add({.kind = PlayEventKind::Carried,
              .result = carried.hasPrevious,
              .samples = carried.dredSamples});
  return carried;
}

bool RecordedSound::decode(const ReceivedFrame& frame) {
  const bool result = m_sound->decode(frame);
  m_log->add(decodeEvent(frame, result, m_sound->isPassive()));
  return result;
}

bool RecordedSound::recover(const ReceivedFrame& next, std::int64_t samples) {
  const bool result = m_sound->recover(next, samples);
  m_log->add(recoverEvent(next, samples, result));
  return result;
}

bool RecordedSound::redraw(const ReceivedFrame& frame, std::int64_t before, std::int64_t samples) {
  const bool result = m_sound->redraw(frame, before, samples);
  m_log->add(redrawEvent(frame, before, samples, result));
  return result;
}

void RecordedSound::conceal(std::int64_t samples) {
  m_log->add(soundEvent(PlayEventKind::Conceal, samples));
  m_sound->conceal(samples);
}

void RecordedSound::silence(std::int64_t samples) {
  m_log->add(soundEvent(PlayEventKind::Silence, samples));
  m_sound->silence(samples);
}

std::int64_t RecordedSound::stretch(PlayoutStretch kind, std::int64_t atMost) {
  const std::int64_t added = m_sound->stretch(kind, atMost);
  m_log->add(stretchEvent(kind, atMost, added));
  return added;
}

void RecordedSound::breakHere() {
  m_log->add(soundEvent(PlayEventKind::Break, 0));
  m_sound->breakHere();
}

Bytes encodePlayRecord(const PlayLog& log) {
  Bytes bytes = toBytes(viewOf(kMagic));
  bytes.push_back(log.isCut() ? 1 : 0);
  Before before;
  for (const PlayEvent& event : log.events()) put(bytes, event, before);
  return bytes;
}

Result<PlayRecord, PlayRecordError> decodePlayRecord(ByteView bytes) {
  if (bytes.size() <= kMagic.size() || textOf(bytes.first(kMagic.size())) != kMagic)
    return Failure(PlayRecordError::NotARecord);
  Reader reader(bytes.subspan(kMagic.size()));
  PlayRecord record;
  const auto isCut = reader.byte();
  if (*isCut > 1) return Failure(PlayRecordError::BadEvent);
  record.isCut = *isCut == 1;
  Before before;
  while (!reader.isAtEnd()) {
    if (record.events.size() == kMaxPlayEvents) return Failure(PlayRecordError::TooLong);
    const auto event = take(reader, before);
    if (!event) return Failure(event.error());
    record.events.push_back(*event);
  }
  return record;
}

}  // namespace foyer::media
