#include "core/crypto/observed.h"

#include <algorithm>

#include "core/crypto/enc.h"

namespace foyer::crypto {
namespace {

constexpr std::string_view kLabel = "foyer/1 observed";
constexpr std::uint8_t kFamilyV4 = 4, kFamilyV6 = 6;

std::uint8_t familyOf(const IpAddress& ip) { return ip.isV4() ? kFamilyV4 : kFamilyV6; }

Bytes bodyOf(const PublicKey& who, const IpAddress& ip, std::uint64_t atMs) {
  return enc(kLabel, {who.view(), u8Field(familyOf(ip)), ip.bytes, u64Field(atMs)});
}

}  // namespace

Bytes signObserved(const Identity& relay, const PublicKey& who, const IpAddress& ip,
                   std::uint64_t atMs) {
  Bytes out = toBytes(relay.fingerprint().view());
  out.push_back(familyOf(ip));
  append(out, ip.bytes);
  append(out, u64Field(atMs));
  append(out, relay.sign(bodyOf(who, ip, atMs)).view());
  return out;
}

std::optional<ObservedAddress> readObserved(ByteView bytes) {
  if (bytes.size() != kObservedBytes) return std::nullopt;
  const auto take = [&bytes](std::size_t size) {
    const ByteView part = bytes.first(size);
    bytes = bytes.subspan(size);
    return part;
  };
  ObservedAddress out;
  out.relay = *Fingerprint::fromBytes(take(Fingerprint::kSize));
  const std::uint8_t family = take(1)[0];
  if (family != kFamilyV4 && family != kFamilyV6) return std::nullopt;
  const ByteView ip = take(out.ip.bytes.size());
  // What lies behind an IPv4 address is no second form of it.
  if (family == kFamilyV4 &&
      std::any_of(ip.begin() + 4, ip.end(), [](std::uint8_t byte) { return byte != 0; }))
    return std::nullopt;
  out.ip.family = family == kFamilyV4 ? IpAddress::Family::V4 : IpAddress::Family::V6;
  std::copy(ip.begin(), ip.end(), out.ip.bytes.begin());
  out.atMs = *readU64Field(take(8));
  out.signature = *Signature::fromBytes(bytes);
  return out;
}

bool isObserved(const PublicKey& relay, const PublicKey& who, const ObservedAddress& observed,
                std::uint64_t nowMs) {
  const std::uint64_t apart = observed.atMs > nowMs ? observed.atMs - nowMs : nowMs - observed.atMs;
  return apart <= kObservedForMs && fingerprintOf(relay) == observed.relay &&
         verify(relay, bodyOf(who, observed.ip, observed.atMs), observed.signature);
}

}  // namespace foyer::crypto
