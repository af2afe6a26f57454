#include "core/audio/wav_recorder.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <utility>

#include "core/media/wav.h"

namespace foyer::audio {

Result<std::unique_ptr<WavRecorder>, AudioFault> WavRecorder::create(const std::string& path) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return Failure<AudioFault>(AudioFault::FileUnwritable);
  std::unique_ptr<WavRecorder> recorder(new WavRecorder(fd));
  if (!recorder->writeHeader()) return Failure<AudioFault>(AudioFault::FileUnwritable);
  WavRecorder& self = *recorder;
  recorder->m_thread = std::thread([&self] { self.run(); });
  return recorder;
}

WavRecorder::WavRecorder(int fd) : m_fd(fd) {}

WavRecorder::~WavRecorder() {
  if (m_thread.joinable()) {
    {
      const std::lock_guard lock(m_mutex);
      m_stops = true;
    }
    m_wake.notify_all();
    m_thread.join();
  }
  ::close(m_fd);
}

void WavRecorder::write(std::span<const std::int16_t> samples) {
  const bool fits = m_ring.tryWrite([&](Block& block) {
    block.silence = m_owedSilence;
    block.size = std::min(samples.size(), kMaxBlockSamples);
    std::copy_n(samples.begin(), block.size, block.samples.begin());
  });
  m_owedSilence = fits ? 0 : m_owedSilence + samples.size();
}

void WavRecorder::writeSilence(std::uint64_t samples) {
  const bool fits = m_ring.tryWrite([&](Block& block) {
    block.silence = m_owedSilence + samples;
    block.size = 0;
  });
  m_owedSilence = fits ? 0 : m_owedSilence + samples;
}

void WavRecorder::flush() {
  std::unique_lock lock(m_mutex);
  const std::uint64_t mine = ++m_flushAsked;
  m_wake.notify_all();
  m_flushed.wait(lock, [&] { return m_flushDone >= mine; });
}

void WavRecorder::run() {
  std::unique_lock lock(m_mutex);
  for (;;) {
    m_wake.wait_for(lock, kWriteInterval, [&] { return m_stops || m_flushAsked > m_flushDone; });
    const bool stops = m_stops;
    const std::uint64_t asked = m_flushAsked;
    lock.unlock();
    drain();
    lock.lock();
    m_flushDone = asked;
    m_flushed.notify_all();
    if (stops) return;
  }
}

void WavRecorder::drain() {
  bool wroteAny = false;
  Block block;
  while (m_ring.tryPop(block)) {
    if (hasFailed()) continue;
    const std::uint64_t bytes = (std::uint64_t{block.silence} + block.size) * sizeof(std::int16_t);
    // The sizes of a WAV header have 32 bits: 12 hours. What comes after is not kept.
    constexpr std::uint64_t kMost = std::numeric_limits<std::uint32_t>::max() - 1024;
    const bool ok = m_dataBytes + bytes <= kMost && writeZeros(block.silence) &&
                    writeAll(block.samples.data(), block.size * sizeof(std::int16_t));
    if (!ok) {
      m_hasFailed = true;
      continue;
    }
    m_dataBytes += bytes;
    wroteAny = true;
  }
  if (wroteAny && !writeHeader()) m_hasFailed = true;
}

bool WavRecorder::writeAll(const void* data, std::size_t bytes) {
  const char* at = static_cast<const char*>(data);
  while (bytes > 0) {
    const ssize_t n = ::write(m_fd, at, bytes);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    at += n;
    bytes -= static_cast<std::size_t>(n);
  }
  return true;
}

bool WavRecorder::writeZeros(std::size_t samples) {
  constexpr std::array<std::int16_t, 4096> kZeros{};
  while (samples > 0) {
    const std::size_t n = std::min(samples, kZeros.size());
    if (!writeAll(kZeros.data(), n * sizeof(std::int16_t))) return false;
    samples -= n;
  }
  return true;
}

bool WavRecorder::writeHeader() {
  const Bytes header = media::wavHeader48kMono(static_cast<std::uint32_t>(m_dataBytes));
  const ssize_t n = ::pwrite(m_fd, header.data(), header.size(), 0);
  if (n != static_cast<ssize_t>(header.size())) return false;
  return ::lseek(m_fd, 0, SEEK_END) >= 0;
}

Result<WavRecorder*, AudioFault> RecorderShelf::open(const std::string& path) {
  const auto found = m_byPath.find(path);
  if (found != m_byPath.end() && !found->second->hasFailed()) return found->second.get();
  if (found != m_byPath.end()) return Failure<AudioFault>(AudioFault::FileUnwritable);
  if (m_byPath.size() >= kMaxRecorders) return Failure<AudioFault>(AudioFault::FileUnwritable);
  auto made = WavRecorder::create(path);
  if (!made) return Failure<AudioFault>(made.error());
  return m_byPath.emplace(path, std::move(*made)).first->second.get();
}

void RecorderShelf::flush() {
  for (auto& [path, recorder] : m_byPath) recorder->flush();
}

}  // namespace foyer::audio
