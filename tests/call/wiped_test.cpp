// After a call its keys are nowhere in this process (keys.md sections 12 and 15, wiped_after_end).
// The keys are recomputed in a child process, which hands them back masked, so that this one has
// never held them but in its agents; then all writable memory is searched.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "core/crypto/enc.h"
#include "tests/call/world.h"

namespace foyer::call {
namespace {

constexpr std::uint8_t kMask = 0xa5;

Bytes masked(ByteView bytes) {
  Bytes out = toBytes(bytes);
  for (std::uint8_t& b : out) b ^= kMask;
  return out;
}

// Remembers what was drawn, masked.
class MaskedRecorder final : public RandomSource {
 public:
  explicit MaskedRecorder(std::uint64_t seed) : m_random(seed) {}
  void fill(MutableByteView out) override {
    m_random.fill(out);
    drawn.push_back(masked(out));
  }
  [[nodiscard]] Bytes unmasked(std::size_t i) const { return masked(drawn[i]); }
  std::vector<Bytes> drawn;

 private:
  // Draws byte by byte into the output; its state is not the output.
  SeededRandom m_random;
};

struct Region {
  std::uintptr_t from = 0;
  std::uintptr_t to = 0;
};
std::vector<Region> writableMemory() {
  std::vector<Region> regions;
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    Region region;
    char access[5] = {};
    if (std::sscanf(line.c_str(), "%lx-%lx %4s", &region.from, &region.to, access) == 3 &&
        std::strncmp(access, "rw", 2) == 0) {
      regions.push_back(region);
    }
  }
  return regions;
}

// Which of the masked keys stand unmasked somewhere in memory.
std::vector<std::size_t> findInMemory(const std::vector<Bytes>& keys) {
  std::vector<std::size_t> found;
  std::FILE* const memory = std::fopen("/proc/self/mem", "rb");
  if (memory == nullptr) return found;
  const int file = fileno(memory);
  static std::vector<std::uint8_t> chunk(1 << 20);
  const auto chunkFrom = reinterpret_cast<std::uintptr_t>(chunk.data());
  for (const Region& region : writableMemory()) {
    for (std::uintptr_t at = region.from; at < region.to; at += chunk.size() - 32) {
      const std::size_t want = std::min<std::size_t>(chunk.size(), region.to - at);
      if (at + want > chunkFrom && at < chunkFrom + chunk.size()) continue;
      const auto got = pread(file, chunk.data(), want, static_cast<off_t>(at));
      if (got <= 0) continue;
      for (std::uint8_t& b : chunk) b ^= kMask;
      for (std::size_t k = 0; k < keys.size(); ++k) {
        if (memmem(chunk.data(), static_cast<std::size_t>(got), keys[k].data(), keys[k].size()) !=
                nullptr &&
            std::find(found.begin(), found.end(), k) == found.end()) {
          found.push_back(k);
        }
      }
    }
  }
  std::fclose(memory);
  std::sort(found.begin(), found.end());
  return found;
}

// Runs `make` in a child process and returns the 32-byte strings it appends, masked.
template <class Make>
std::vector<Bytes> inChild(Make make) {
  int ends[2];
  if (pipe(ends) != 0) return {};
  const pid_t child = fork();
  if (child == 0) {
    std::vector<Bytes> keys;
    make(keys);
    for (const Bytes& key : keys) {
      const Bytes out = masked(key);
      if (write(ends[1], out.data(), out.size()) < 0) _exit(1);
    }
    _exit(0);
  }
  close(ends[1]);
  std::vector<Bytes> keys;
  Bytes key(32);
  while (read(ends[0], key.data(), key.size()) == 32) keys.push_back(key);
  close(ends[0]);
  waitpid(child, nullptr, 0);
  return keys;
}

TEST(Scenario, wiped_after_end) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "sanitizers keep copies of freed memory on purpose";
#endif
  World world;
  MaskedRecorder randomA(21);
  MaskedRecorder randomB(22);
  Party& a = world.add(1, &randomA);
  Party& b = world.add(2, &randomB);
  // Draws of a: box, then per call id, eA, nA, reply, esk. Of b: box, esk of ringing, eB, nB, esk.
  const CallId id = world.connect(a, b);
  ASSERT_TRUE(world.open(b, id, *world.seal(a, id, "sound")));
  ASSERT_TRUE(world.open(a, id, *world.seal(b, id, "sound")));
  const auto history = world.history;

  const std::vector<Bytes> keys = inChild([&](std::vector<Bytes>& out) {
    using namespace crypto;
    const auto secretOf = [](const MaskedRecorder& from, std::size_t i) {
      return std::move(SecretKey::fromBytes(from.unmasked(i)).value());
    };
    const SecretKey eA = secretOf(randomA, 2);
    const SecretKey eB = secretOf(randomB, 2);
    const BoxPair boxB = BoxPair::fromSecret(secretOf(randomB, 0));
    const BoxPair reply = BoxPair::fromSecret(secretOf(randomA, 4));
    const auto offer = unsealSetup(boxB, messagesOf<wire::Offer>(history).at(0).box);
    const auto answer = unsealSetup(reply, messagesOf<wire::Setup>(history).at(1).box);
    if (!offer || !answer) return;
    Nonce32 nonce;
    const Bytes nonceBytes = randomA.unmasked(3);
    std::copy(nonceBytes.begin(), nonceBytes.end(), nonce.begin());
    const Hash th = transcriptOf(offer->body, answer->body, boxPublicKey(eA), nonce);
    const auto shared = dh(eA, boxPublicKey(eB));
    const SecretKey prk = extract(th, shared->view());
    const auto add = [&](const SecretKey& key) { out.push_back(toBytes(key.view())); };
    for (const char* label : {"foyer/1 media caller", "foyer/1 media callee"}) {
      const SecretKey chain = expand(prk, label);
      add(expand(chain, "foyer/1 media key"));
      add(expand(chain, "foyer/1 media next"));
    }
    for (const char* label :
         {"foyer/1 control caller", "foyer/1 control callee", "foyer/1 sas", "foyer/1 path"}) {
      add(expand(prk, label));
    }
    // From here on: wiped as soon as the keys stand.
    for (const char* label : {"foyer/1 media caller", "foyer/1 media callee"})
      add(expand(prk, label));
    add(prk);
    add(*shared);
    add(eA);
    add(eB);
    out.push_back(randomA.unmasked(4));
  });
  ASSERT_EQ(keys.size(), 15U);
  // The search finds what a live call needs, and nothing of the set-up any more.
  EXPECT_EQ(findInMemory(keys), (std::vector<std::size_t>{0, 1, 2, 3, 4, 5, 6, 7}));
  a.agent->hangup(world.now, id);
  world.settle();
  ASSERT_EQ(b.endOf(id), EndReason::RemoteHangup);
  EXPECT_EQ(findInMemory(keys), std::vector<std::size_t>{});
}

}  // namespace
}  // namespace foyer::call
