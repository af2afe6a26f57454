#include "core/crypto/media_seal.h"

#include <algorithm>

#include "core/base/assert.h"
#include "core/crypto/enc.h"
#include "core/crypto/library.h"

namespace foyer::crypto {

namespace {

constexpr std::string_view kKeyLabel = "foyer/1 media key";
constexpr std::string_view kNextLabel = "foyer/1 media next";

std::size_t bucketFor(std::size_t innerSize) {
  return *std::upper_bound(kMediaBuckets.begin(), kMediaBuckets.end(), innerSize);
}
bool isBucket(std::size_t size) {
  return std::find(kMediaBuckets.begin(), kMediaBuckets.end(), size) != kMediaBuckets.end();
}

}  // namespace

const char* toString(MediaSealError error) {
  switch (error) {
    case MediaSealError::TooLong:
      return "too_long";
    case MediaSealError::NoRoom:
      return "no_room";
    case MediaSealError::Exhausted:
      return "exhausted";
  }
  return "";
}

MediaSealer::MediaSealer(TimePoint now, const SecretKey& chain, std::uint32_t epoch,
                         std::uint64_t counter)
    : m_keys(makeSecure<Keys>()), m_counter(counter), m_epoch(epoch), m_epochSince(now) {
  m_keys->key = expand(chain, kKeyLabel);
  m_keys->nextChain = expand(chain, kNextLabel);
}

void MediaSealer::step(TimePoint now) {
  const SecretKey chain = std::move(m_keys->nextChain);
  m_keys->key = expand(chain, kKeyLabel);
  m_keys->nextChain = expand(chain, kNextLabel);
  ++m_epoch;
  m_epochSince = now;
}

void MediaSealer::chooseBucket(std::size_t innerSize) {
  const std::size_t needed = bucketFor(innerSize);
  if (needed < m_bucket && !m_mayShrink) return;
  if (needed < m_bucket) m_mayShrink = false;
  m_bucket = needed;
}

Result<std::size_t, MediaSealError> MediaSealer::seal(TimePoint now, ByteView inner,
                                                      MutableByteView out, Kind kind) {
  using Fail = Failure<MediaSealError>;
  if (inner.size() > kMaxMediaInner) return Fail(MediaSealError::TooLong);
  if (m_counter >= kMaxMediaPackets) return Fail(MediaSealError::Exhausted);
  const std::size_t bucketBefore = m_bucket;
  if (kind == Kind::Speech) chooseBucket(inner.size());
  const std::size_t bucket = kind == Kind::Speech ? m_bucket : bucketFor(inner.size());
  const std::size_t size = kMediaHeaderSize + bucket + kTagSize;
  if (out.size() < size) {
    m_bucket = bucketBefore;
    return Fail(MediaSealError::NoRoom);
  }
  // One step a packet: a receiver that follows four at once never loses a sender that was quiet.
  if (now - m_epochSince >= kEpochLength) step(now);
  out[0] = kMediaVersionByte;
  out[1] = static_cast<std::uint8_t>(m_epoch);
  out[2] = static_cast<std::uint8_t>(m_counter >> 8);
  out[3] = static_cast<std::uint8_t>(m_counter);
  const MutableByteView plain = out.subspan(kMediaHeaderSize, bucket);
  padInto(inner, plain);
  aeadSeal(m_keys->key, m_counter, out.first(kMediaHeaderSize), plain,
           out.subspan(kMediaHeaderSize, bucket + kTagSize));
  ++m_counter;
  return size;
}

const char* toString(MediaOpenError error) {
  switch (error) {
    case MediaOpenError::Malformed:
      return "malformed";
    case MediaOpenError::Replayed:
      return "replayed";
    case MediaOpenError::TooOld:
      return "too_old";
    case MediaOpenError::UnknownEpoch:
      return "unknown_epoch";
    case MediaOpenError::NotAuthentic:
      return "not_authentic";
    case MediaOpenError::BadPadding:
      return "bad_padding";
    case MediaOpenError::NoRoom:
      return "no_room";
  }
  return "";
}

MediaOpener::MediaOpener(const SecretKey& chain, std::uint32_t epoch)
    : m_keys(makeSecure<Keys>()), m_epoch(epoch) {
  m_keys->current = expand(chain, kKeyLabel);
  m_keys->frontier = expand(chain, kNextLabel);
}

void MediaOpener::deriveOneAhead() {
  const SecretKey chain = std::move(m_keys->frontier);
  m_keys->ahead[m_aheadCount++] = expand(chain, kKeyLabel);
  m_keys->frontier = expand(chain, kNextLabel);
  ++m_derivations;
}

const SecretKey* MediaOpener::keyFor(std::uint8_t epochByte, std::uint32_t& epoch) {
  const auto ahead = static_cast<std::uint8_t>(epochByte - static_cast<std::uint8_t>(m_epoch));
  epoch = m_epoch + ahead;
  if (ahead == 0) return &m_keys->current;
  if (ahead == 0xff && m_hasPrevious) {
    epoch = m_epoch - 1;
    return &m_keys->previous;
  }
  if (ahead > kEpochsAhead) return nullptr;
  while (m_aheadCount < ahead) deriveOneAhead();
  return &m_keys->ahead[ahead - 1];
}

void MediaOpener::moveTo(TimePoint now, std::uint32_t epoch) {
  while (m_epoch < epoch) {
    m_keys->previous = std::move(m_keys->current);
    m_keys->current = std::move(m_keys->ahead[0]);
    for (std::size_t i = 1; i < m_aheadCount; ++i)
      m_keys->ahead[i - 1] = std::move(m_keys->ahead[i]);
    --m_aheadCount;
    ++m_epoch;
  }
  m_hasPrevious = true;
  m_previousUntil = now + kPreviousEpochKept;
}

void MediaOpener::expire(TimePoint now) {
  if (!m_hasPrevious || now < m_previousUntil) return;
  m_keys->previous.wipe();
  m_hasPrevious = false;
}

bool MediaOpener::wasSeen(std::uint64_t counter) const {
  return m_highest && counter <= *m_highest &&
         (m_window[counter / 64 % m_window.size()] >> (counter % 64) & 1U) != 0;
}

void MediaOpener::markSeen(std::uint64_t counter) {
  if (!m_highest || counter > *m_highest) {
    const std::uint64_t from = m_highest ? *m_highest + 1 : 0;
    if (counter - from >= kMediaWindow) {
      m_window.fill(0);
    } else {
      for (std::uint64_t c = from; c < counter; ++c) {
        m_window[c / 64 % m_window.size()] &= ~(std::uint64_t{1} << (c % 64));
      }
    }
    m_highest = counter;
  }
  m_window[counter / 64 % m_window.size()] |= std::uint64_t{1} << (counter % 64);
}

Result<OpenedMedia, MediaOpenError> MediaOpener::open(TimePoint now, ByteView packet,
                                                      MutableByteView inner) {
  using Fail = Failure<MediaOpenError>;
  if (packet.size() < kMinMediaPacket || packet.size() > kMaxMediaPacket ||
      packet[0] != kMediaVersionByte || !isBucket(packet.size() - kMediaHeaderSize - kTagSize)) {
    return Fail(MediaOpenError::Malformed);
  }
  const std::size_t padded = packet.size() - kMediaHeaderSize - kTagSize;
  if (inner.size() < padded) return Fail(MediaOpenError::NoRoom);
  const std::uint64_t counter = expandCounter(m_highest, readU16(packet.data() + 2));
  if (counter >= kMaxMediaPackets) return Fail(MediaOpenError::Malformed);
  if (m_highest && counter + kMediaWindow <= *m_highest) return Fail(MediaOpenError::TooOld);
  if (wasSeen(counter)) return Fail(MediaOpenError::Replayed);
  expire(now);
  std::uint32_t epoch = 0;
  const SecretKey* const key = keyFor(packet[1], epoch);
  if (key == nullptr) return Fail(MediaOpenError::UnknownEpoch);
  const MutableByteView plain = inner.first(padded);
  if (!aeadOpen(*key, counter, packet.first(kMediaHeaderSize), packet.subspan(kMediaHeaderSize),
                plain)) {
    return Fail(MediaOpenError::NotAuthentic);
  }
  markSeen(counter);
  if (epoch > m_epoch) moveTo(now, epoch);
  const auto size = unpaddedSize(plain);
  if (!size) return Fail(MediaOpenError::BadPadding);
  return OpenedMedia{counter, epoch, *size};
}

std::uint64_t expandCounter(std::optional<std::uint64_t> highest, std::uint16_t low) {
  constexpr std::uint64_t kWindow = 0x10000;
  const std::uint64_t expected = highest ? *highest + 1 : 0;
  const std::uint64_t candidate = (expected & ~(kWindow - 1)) | low;
  if (candidate + kWindow / 2 <= expected) return candidate + kWindow;
  if (candidate > expected + kWindow / 2 && candidate >= kWindow) return candidate - kWindow;
  return candidate;
}

}  // namespace foyer::crypto
