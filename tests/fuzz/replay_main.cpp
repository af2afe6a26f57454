// Runs a fuzz target without libFuzzer: first every file of its named corpus, then a few thousand
// mutations of those files, made from a fixed seed so that each run feeds the same bytes. Linked
// with each *_fuzzer.cpp by the ordinary build; a crash or a sanitizer's report fails the test.
//
//   replay [--mutations N] [--seed S] PATH…      PATH is a file or a folder
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);
// A target may define it; most do not.
extern "C" __attribute__((weak)) int LLVMFuzzerInitialize(int* argc, char*** argv);

namespace {

using Input = std::vector<uint8_t>;

constexpr size_t kMaxInputBytes = 64 * 1024;  // as libFuzzer is told in packaging/fuzz

// splitmix64: small, seeded, the same everywhere.
class Mixer {
 public:
  explicit Mixer(uint64_t seed) : m_state(seed) {}

  uint64_t next() {
    m_state += 0x9e3779b97f4a7c15U;
    uint64_t z = m_state;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }

  size_t below(size_t bound) { return bound == 0 ? 0 : static_cast<size_t>(next() % bound); }

 private:
  uint64_t m_state;
};

Input readFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return Input(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

void mutateOnce(Input& input, const std::vector<Input>& corpus, Mixer& mixer) {
  constexpr uint8_t kTellingBytes[] = {0x00, 0x01, 0x7f, 0x80, 0xff, '"', '{', '}', '[', ','};
  switch (mixer.below(8)) {
    case 0:  // flip a bit
      if (!input.empty()) {
        uint8_t& byte = input[mixer.below(input.size())];
        byte = static_cast<uint8_t>(byte ^ (1U << mixer.below(8)));
      }
      break;
    case 1:  // any byte
      if (!input.empty()) {
        input[mixer.below(input.size())] = static_cast<uint8_t>(mixer.next());
      }
      break;
    case 2:  // a byte that parsers trip over
      if (!input.empty()) {
        input[mixer.below(input.size())] = kTellingBytes[mixer.below(std::size(kTellingBytes))];
      }
      break;
    case 3:  // cut the end
      input.resize(mixer.below(input.size() + 1));
      break;
    case 4: {  // take a piece out
      const size_t from = mixer.below(input.size() + 1);
      const size_t length = mixer.below(std::min<size_t>(input.size() - from, 16) + 1);
      const auto first = input.begin() + static_cast<ptrdiff_t>(from);
      input.erase(first, first + static_cast<ptrdiff_t>(length));
      break;
    }
    case 5: {  // repeat a piece
      const size_t from = mixer.below(input.size() + 1);
      const size_t length = mixer.below(std::min<size_t>(input.size() - from, 64) + 1);
      const auto first = input.begin() + static_cast<ptrdiff_t>(from);
      const Input piece(first, first + static_cast<ptrdiff_t>(length));
      input.insert(input.begin() + static_cast<ptrdiff_t>(mixer.below(input.size() + 1)),
                   piece.begin(), piece.end());
      break;
    }
    case 6: {  // put new bytes in
      const size_t length = 1 + mixer.below(8);
      Input piece(length);
      for (uint8_t& byte : piece) {
        byte = static_cast<uint8_t>(mixer.next());
      }
      input.insert(input.begin() + static_cast<ptrdiff_t>(mixer.below(input.size() + 1)),
                   piece.begin(), piece.end());
      break;
    }
    default: {  // go on with the tail of another input
      const Input& other = corpus[mixer.below(corpus.size())];
      input.resize(mixer.below(input.size() + 1));
      input.insert(input.end(),
                   other.begin() + static_cast<ptrdiff_t>(mixer.below(other.size() + 1)),
                   other.end());
      break;
    }
  }
  if (input.size() > kMaxInputBytes) {
    input.resize(kMaxInputBytes);
  }
}

void feed(const Input& input) {
  // An own allocation of the exact size, so that the address sanitizer sees one byte too far.
  const Input exact(input.begin(), input.end());
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

}  // namespace

int main(int argc, char** argv) {
  if (LLVMFuzzerInitialize != nullptr) {
    LLVMFuzzerInitialize(&argc, &argv);
  }
  size_t mutations = 3000;
  uint64_t seed = 1;
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--mutations" && i + 1 < argc) {
      mutations = std::strtoul(argv[++i], nullptr, 10);
    } else if (argument == "--seed" && i + 1 < argc) {
      seed = std::strtoull(argv[++i], nullptr, 10);
    } else if (std::filesystem::is_directory(argument)) {
      for (const auto& entry : std::filesystem::recursive_directory_iterator(argument)) {
        if (entry.is_regular_file()) {
          files.push_back(entry.path());
        }
      }
    } else if (std::filesystem::is_regular_file(argument)) {
      files.emplace_back(argument);
    } else {
      std::fprintf(stderr, "replay: no such file or folder: %s\n", argv[i]);
      return 2;
    }
  }
  std::sort(files.begin(), files.end());

  std::vector<Input> corpus;
  feed({});
  for (const auto& file : files) {
    corpus.push_back(readFile(file));
    std::printf("%s: %zu bytes\n", file.filename().c_str(), corpus.back().size());
    std::fflush(stdout);
    feed(corpus.back());
  }
  const size_t named = corpus.size();
  if (corpus.empty()) {
    corpus.emplace_back();
  }
  Mixer mixer(seed);
  for (size_t i = 0; i < mutations; ++i) {
    Input input = corpus[mixer.below(corpus.size())];
    for (size_t steps = 1 + mixer.below(6); steps > 0; --steps) {
      mutateOnce(input, corpus, mixer);
    }
    feed(input);
  }
  std::printf("%zu named inputs, %zu mutations, seed %llu\n", named, mutations,
              static_cast<unsigned long long>(seed));
  return named == 0 ? 1 : 0;  // a target without a named corpus is half a test
}
