// Sealing and opening of media packets end to end (docs/keys.md section 8). One sealer per sender
// and call, one opener per source; key steps need no message. No allocation per packet. The hop
// header (channel id) is not part of the packet. Values, no thread; `now` is steady time.
//
//   0  1       10 (version 1, flags 0; anything else is dropped)
//   1  1       epoch mod 256
//   2  2       counter mod 65536
//   4  bucket  ciphertext of pad(inner, bucket)
//      16      tag; associated data = bytes 0…3
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/crypto/primitives.h"
#include "core/wire/limits.h"

namespace foyer::crypto {

constexpr std::size_t kMediaHeaderSize = 4;
constexpr std::uint8_t kMediaVersionByte = 0x10;
using wire::kMediaBuckets;
// One byte of every bucket is the end mark.
constexpr std::size_t kMaxMediaInner = 1023;
constexpr std::size_t kMaxMediaPacket = kMediaHeaderSize + 1024 + kTagSize;
constexpr std::size_t kMinMediaPacket = kMediaHeaderSize + 24 + kTagSize;
// A sender changes its key this often.
constexpr Duration kEpochLength = 600s;
// Packets that were under way when the sender stepped still open.
constexpr Duration kPreviousEpochKept = 10s;
// A receiver follows this many steps at once; more would let forged packets cost derivations.
constexpr std::uint32_t kEpochsAhead = 4;
// Counters behind the highest authenticated one that may still arrive.
constexpr std::uint64_t kMediaWindow = 1024;
// Packets under one call; far above any real call, far below a nonce's end.
constexpr std::uint64_t kMaxMediaPackets = std::uint64_t{1} << 48;

enum class MediaSealError { TooLong, NoRoom, Exhausted };
[[nodiscard]] const char* toString(MediaSealError error);

class MediaSealer {
 public:
  // `chain` is the sender's media key of the call, or a room's sender chain at `epoch` and
  // `counter`.
  MediaSealer(TimePoint now, const SecretKey& chain, std::uint32_t epoch = 0,
              std::uint64_t counter = 0);

  // Writes one packet to `out` (at least kMaxMediaPacket to be sure) and returns its size. Each
  // call takes a new counter, so what is to be sent on two paths is sealed once. Timed packets hold
  // no speech (a quality report): they have the bucket that fits them and leave that of the speech
  // alone.
  enum class Kind { Speech, Timed };
  [[nodiscard]] Result<std::size_t, MediaSealError> seal(TimePoint now, ByteView inner,
                                                         MutableByteView out,
                                                         Kind kind = Kind::Speech);

  // Tier or redundancy changed: the bucket falls once, with the first packet that needs less. Until
  // then it only rises, so that sizes follow the tier and not the speech.
  void allowSmallerBucket() { m_mayShrink = true; }

  [[nodiscard]] std::uint64_t nextCounter() const { return m_counter; }
  [[nodiscard]] std::uint32_t epoch() const { return m_epoch; }
  // Bytes of the padded inner text of the last packet with speech; 0 before the first.
  [[nodiscard]] std::size_t bucket() const { return m_bucket; }

 private:
  struct Keys {
    SecretKey key;
    SecretKey nextChain;
  };
  void step(TimePoint now);
  void chooseBucket(std::size_t innerSize);

  SecurePtr<Keys> m_keys;
  std::uint64_t m_counter;
  std::uint32_t m_epoch;
  TimePoint m_epochSince;
  std::size_t m_bucket = 0;
  bool m_mayShrink = false;
};

enum class MediaOpenError {
  Malformed,
  Replayed,
  TooOld,
  UnknownEpoch,
  NotAuthentic,
  BadPadding,
  NoRoom
};
[[nodiscard]] const char* toString(MediaOpenError error);

struct OpenedMedia {
  std::uint64_t counter = 0;
  std::uint32_t epoch = 0;
  std::size_t size = 0;  // bytes of the inner text
};

class MediaOpener {
 public:
  explicit MediaOpener(const SecretKey& chain, std::uint32_t epoch = 0);

  // Checks, opens into `inner` (at least packet.size() - 20 bytes; 1024 always suffice; overwritten
  // also on error), and only after a good tag marks the counter and moves the epoch. An error
  // changes nothing but caches.
  [[nodiscard]] Result<OpenedMedia, MediaOpenError> open(TimePoint now, ByteView packet,
                                                         MutableByteView inner);

  // Wipes the key of the previous epoch once it is too old; open() does it too.
  void expire(TimePoint now);

  [[nodiscard]] std::optional<std::uint64_t> highestCounter() const { return m_highest; }
  [[nodiscard]] std::uint32_t epoch() const { return m_epoch; }
  // Keys derived so far, for the test that forged epoch bytes cost at most four.
  [[nodiscard]] std::uint64_t derivations() const { return m_derivations; }

 private:
  struct Keys {
    SecretKey previous;
    SecretKey current;
    std::array<SecretKey, kEpochsAhead> ahead;
    // Chain of the first epoch whose key is not yet derived.
    SecretKey frontier;
  };
  [[nodiscard]] const SecretKey* keyFor(std::uint8_t epochByte, std::uint32_t& epoch);
  [[nodiscard]] bool wasSeen(std::uint64_t counter) const;
  void markSeen(std::uint64_t counter);
  void deriveOneAhead();
  void moveTo(TimePoint now, std::uint32_t epoch);

  SecurePtr<Keys> m_keys;
  std::uint32_t m_epoch;
  std::uint32_t m_aheadCount = 0;
  bool m_hasPrevious = false;
  TimePoint m_previousUntil;
  std::optional<std::uint64_t> m_highest;
  std::array<std::uint64_t, kMediaWindow / 64> m_window{};
  std::uint64_t m_derivations = 0;
};

// RFC 9000 A.3 with 16 bits against the highest authenticated counter.
[[nodiscard]] std::uint64_t expandCounter(std::optional<std::uint64_t> highest, std::uint16_t low);

}  // namespace foyer::crypto
