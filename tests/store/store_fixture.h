// A data folder of its own, a Store that is waited for, and a key ring that does as it is told.
#pragma once

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "core/io/files.h"
#include "core/store/store.h"

namespace foyer::store::test {

struct RingState {
  std::map<std::string, std::string> entries;
  std::optional<KeyRingError> readError, writeError;
  bool isAvailable = true;
  bool forgets = false;  // takes writes and keeps nothing
  int reads = 0;
};

// Outlives the Store through the shared state. Called in the STORE thread while the test waits.
class FakeRing final : public KeyRing {
 public:
  explicit FakeRing(std::shared_ptr<RingState> state) : m_state(std::move(state)) {}
  [[nodiscard]] bool isAvailable() const override { return m_state->isAvailable; }
  [[nodiscard]] Result<std::string, KeyRingError> read(const std::string& entry) override {
    ++m_state->reads;
    if (m_state->readError) return Failure<KeyRingError>(*m_state->readError);
    const auto found = m_state->entries.find(entry);
    if (found == m_state->entries.end()) return Failure<KeyRingError>(KeyRingError::NotFound);
    return found->second;
  }
  [[nodiscard]] Result<void, KeyRingError> write(const std::string& entry,
                                                 const std::string& secret) override {
    if (m_state->writeError) return Failure<KeyRingError>(*m_state->writeError);
    if (!m_state->forgets) m_state->entries[entry] = secret;
    return {};
  }
  [[nodiscard]] Result<void, KeyRingError> remove(const std::string& entry) override {
    if (m_state->writeError) return Failure<KeyRingError>(*m_state->writeError);
    m_state->entries.erase(entry);
    return {};
  }

 private:
  std::shared_ptr<RingState> m_state;
};

inline QCoreApplication& application() {
  static int argc = 1;
  static char name[] = "store_tests";
  static char* argv[] = {name, nullptr};
  // Never destroyed: at exit Qt's own statics, which hear of its end in Qt 6.8, may be gone before.
  static auto* const app = new QCoreApplication(argc, argv);
  return *app;
}

inline bool spinUntil(const std::function<bool()>& done, int limitMs = 10000) {
  QElapsedTimer timer;
  timer.start();
  while (!done() && timer.elapsed() < limitMs) {
    QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 20);
  }
  return done();
}

class StoreTest : public ::testing::Test {
 protected:
  using Outcome = Result<StoredState, Fault>;

  void SetUp() override {
    application();
    char pattern[] = "/tmp/foyer-store-XXXXXX";
    root = ::mkdtemp(pattern);
    dir = root + "/profile";
  }
  void TearDown() override {
    store.reset();
    std::filesystem::remove_all(root);
  }

  // With the fake ring unless `system` says otherwise.
  void make(std::optional<KeyRingUse> system = std::nullopt) {
    store.reset();
    StoreOptions options;
    options.dataDir = dir;
    options.random = std::make_unique<SeededRandom>(++seed);
    if (system) options.keyRing = *system;
    if (!system) options.ring = std::make_unique<FakeRing>(ring);
    store = std::make_unique<Store>(std::move(options));
    QObject::connect(store.get(), &Store::faultRaised,
                     [this](const Fault& fault) { faults.push_back(fault); });
  }
  Outcome wait(const std::function<void(Store::Loaded)>& call) {
    std::optional<Outcome> got;
    call([&](Outcome outcome) { got.emplace(std::move(outcome)); });
    EXPECT_TRUE(spinUntil([&] { return got.has_value(); }));
    if (!got) return Failure<Fault>(Fault{"test", "no_answer", false, {}});
    return std::move(*got);
  }
  Outcome open() {
    return wait([this](auto done) { store->open(std::move(done)); });
  }
  Outcome reopen() {
    make();
    return open();
  }
  void flush() {
    bool isDone = false;
    store->flush([&](const Result<void, Fault>&) { isDone = true; });
    EXPECT_TRUE(spinUntil([&] { return isDone; }));
    QCoreApplication::processEvents();
  }
  [[nodiscard]] std::string path(const char* name) const { return dir + "/" + name; }
  [[nodiscard]] bool exists(const char* name) const { return std::filesystem::exists(path(name)); }
  // How many files begin with `prefix`.
  [[nodiscard]] int filesLike(const std::string& prefix) const {
    int n = 0;
    for (const auto& entry : std::filesystem::directory_iterator(dir)) {
      n += entry.path().filename().string().starts_with(prefix) ? 1 : 0;
    }
    return n;
  }
  static void spoil(const std::string& file) { std::ofstream(file, std::ios::trunc) << "{]"; }
  [[nodiscard]] static std::string contentOf(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static Fingerprint fingerprintOf(const crypto::SecretSeed& s) {
    return crypto::Identity::fromSeed(s).fingerprint();
  }

  std::string root, dir;
  std::uint64_t seed = 0;
  std::shared_ptr<RingState> ring = std::make_shared<RingState>();
  std::unique_ptr<Store> store;
  std::vector<Fault> faults;
};

}  // namespace foyer::store::test
