#include "core/base/random.h"

#include <bit>
#include <cstring>

#include "core/base/assert.h"

namespace foyer {

std::uint64_t RandomSource::u64() {
  std::array<std::uint8_t, 8> raw{};
  fill(raw);
  return readU64(raw.data());
}

std::uint64_t RandomSource::below(std::uint64_t bound) {
  FOYER_ASSERT(bound > 0, "an empty range has no member");
  // Rejection keeps the draw uniform: the first 2^64 mod bound values are refused.
  const std::uint64_t refused = (0 - bound) % bound;
  for (;;) {
    const std::uint64_t drawn = u64();
    if (drawn >= refused) return drawn % bound;
  }
}

double RandomSource::unit() { return static_cast<double>(u64() >> 11) * 0x1.0p-53; }

SeededRandom::SeededRandom(std::uint64_t seed) {
  for (auto& word : m_state) {
    seed += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = seed;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    word = z ^ (z >> 31);
  }
}

std::uint64_t SeededRandom::next() {
  const std::uint64_t result = std::rotl(m_state[1] * 5, 7) * 9;
  const std::uint64_t t = m_state[1] << 17;
  m_state[2] ^= m_state[0];
  m_state[3] ^= m_state[1];
  m_state[1] ^= m_state[2];
  m_state[0] ^= m_state[3];
  m_state[2] ^= t;
  m_state[3] = std::rotl(m_state[3], 45);
  return result;
}

void SeededRandom::fill(MutableByteView out) {
  std::size_t done = 0;
  while (done < out.size()) {
    std::uint64_t word = next();
    const std::size_t n = std::min<std::size_t>(8, out.size() - done);
    std::memcpy(out.data() + done, &word, n);
    done += n;
  }
}

}  // namespace foyer
