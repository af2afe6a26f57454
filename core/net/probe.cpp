#include "core/net/probe.h"

#include <algorithm>

#include "core/crypto/primitives.h"
#include "core/crypto/secret.h"

namespace foyer::net {
namespace {

constexpr std::uint8_t kAsk = 1, kAnswer = 2;
constexpr std::size_t kTagBytes = 16;
constexpr std::size_t kHead = 2 + std::tuple_size_v<ProbeNonce>;
constexpr std::size_t kAddressBytes = 1 + 16 + 2;
constexpr std::size_t kAskBytes = kHead + kTagBytes;
constexpr std::size_t kAnswerBytes = kHead + kAddressBytes + kTagBytes;
static_assert(kAnswerBytes == kMaxProbe);

crypto::SecretKey tagOf(const crypto::SecretKey& key, crypto::Role sender, ByteView before) {
  Bytes message = toBytes(viewOf("foyer/1 probe"));
  message.push_back(sender == crypto::Role::Caller ? 0 : 1);
  message.insert(message.end(), before.begin(), before.end());
  return crypto::hmac(key.view(), message);
}

}  // namespace

bool looksLikeProbe(ByteView bytes) {
  return bytes.size() >= 2 && bytes[0] == kProbeFirstByte &&
         ((bytes[1] == kAsk && bytes.size() == kAskBytes) ||
          (bytes[1] == kAnswer && bytes.size() == kAnswerBytes));
}

Bytes encodeProbe(const crypto::SecretKey& key, crypto::Role sender, const Probe& probe) {
  Bytes out{kProbeFirstByte};
  const auto* answer = std::get_if<ProbeAnswer>(&probe);
  out.push_back(answer != nullptr ? kAnswer : kAsk);
  const ProbeNonce& nonce = answer != nullptr ? answer->nonce : std::get<ProbeAsk>(probe).nonce;
  out.insert(out.end(), nonce.begin(), nonce.end());
  if (answer != nullptr) {
    out.push_back(answer->seen.ip.isV4() ? 4 : 6);
    out.insert(out.end(), answer->seen.ip.bytes.begin(), answer->seen.ip.bytes.end());
    out.push_back(static_cast<std::uint8_t>(answer->seen.port >> 8));
    out.push_back(static_cast<std::uint8_t>(answer->seen.port & 0xFF));
  }
  const crypto::SecretKey tag = tagOf(key, sender, out);
  out.insert(out.end(), tag.view().begin(), tag.view().begin() + kTagBytes);
  return out;
}

std::optional<Probe> decodeProbe(const crypto::SecretKey& key, crypto::Role sender,
                                 ByteView bytes) {
  if (!looksLikeProbe(bytes)) return std::nullopt;
  const ByteView before = bytes.first(bytes.size() - kTagBytes);
  const crypto::SecretKey tag = tagOf(key, sender, before);
  if (!crypto::equalInConstantTime(tag.view().first(kTagBytes), bytes.last(kTagBytes)))
    return std::nullopt;
  ProbeNonce nonce;
  std::copy_n(bytes.begin() + 2, nonce.size(), nonce.begin());
  if (bytes[1] == kAsk) return ProbeAsk{nonce};
  const ByteView at = bytes.subspan(kHead, kAddressBytes);
  ProbeAnswer answer{nonce, {}};
  if (at[0] != 4 && at[0] != 6) return std::nullopt;
  std::array<std::uint8_t, 16> ip{};
  std::copy_n(at.begin() + 1, ip.size(), ip.begin());
  answer.seen.ip = at[0] == 4 ? IpAddress::v4(ip[0], ip[1], ip[2], ip[3]) : IpAddress::v6(ip);
  answer.seen.port = static_cast<std::uint16_t>(at[17] << 8 | at[18]);
  return answer;
}

}  // namespace foyer::net
