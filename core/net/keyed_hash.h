// SipHash-2-4 (Aumasson and Bernstein, 2012): a short hash under a secret key, so that a stranger
// who chooses addresses or connection ids cannot choose where they land. Not for authentication.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "core/base/bytes.h"

namespace foyer::net {

struct HashKey {
  std::uint64_t k0 = 0;
  std::uint64_t k1 = 0;
};

[[nodiscard]] inline std::uint64_t keyedHash(const HashKey& key, ByteView bytes) {
  std::array<std::uint64_t, 4> v{key.k0 ^ 0x736f6d6570736575ULL, key.k1 ^ 0x646f72616e646f6dULL,
                                 key.k0 ^ 0x6c7967656e657261ULL, key.k1 ^ 0x7465646279746573ULL};
  const auto round = [&v] {
    v[0] += v[1];
    v[1] = std::rotl(v[1], 13) ^ v[0];
    v[0] = std::rotl(v[0], 32);
    v[2] += v[3];
    v[3] = std::rotl(v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = std::rotl(v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = std::rotl(v[1], 17) ^ v[2];
    v[2] = std::rotl(v[2], 32);
  };
  const auto absorb = [&v, &round](std::uint64_t word) {
    v[3] ^= word;
    round();
    round();
    v[0] ^= word;
  };
  std::size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) {
    std::uint64_t word = 0;
    for (unsigned i = 0; i < 8; ++i) word |= std::uint64_t{bytes[at + i]} << (8 * i);
    absorb(word);
  }
  std::uint64_t last = std::uint64_t{bytes.size() & 0xff} << 56;
  for (unsigned i = 0; at + i < bytes.size(); ++i) last |= std::uint64_t{bytes[at + i]} << (8 * i);
  absorb(last);
  v[2] ^= 0xff;
  for (int i = 0; i < 4; ++i) round();
  return v[0] ^ v[1] ^ v[2] ^ v[3];
}

}  // namespace foyer::net
