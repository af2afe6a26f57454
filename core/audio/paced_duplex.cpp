#include "core/audio/paced_duplex.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/io/files.h"
#include "core/media/wav.h"

namespace foyer::audio {

namespace {
// RIFF counts bytes in 32 bits; how long the sound may be is media::kMaxWavSamples' business.
constexpr std::size_t kMaxClipFileBytes = std::size_t{1} << 32;
}  // namespace

Result<std::shared_ptr<const Clip>, AudioFault> loadClip(const std::string& path) {
  const auto file = io::readFile(path, kMaxClipFileBytes);
  if (!file) return Failure<AudioFault>(AudioFault::FileUnreadable);
  auto wav = media::parseWav(*file);
  if (!wav) return Failure<AudioFault>(AudioFault::FileNotWav);
  return std::make_shared<const Clip>(std::move(wav->samples));
}

PacedDuplex::Parts PacedDuplex::load(const StreamSpec& spec, RecorderShelf& recorders) {
  Parts parts;
  parts.capture = spec.input.isPaced();
  parts.playout = spec.output.isPaced() && spec.purpose == Purpose::Call;
  if (spec.input.kind == DeviceSpec::Kind::File) {
    auto clip = loadClip(spec.input.name);
    if (clip) parts.clip = std::move(*clip);
    if (!clip) parts.captureFault = clip.error();
  }
  if (parts.playout && spec.output.kind == DeviceSpec::Kind::File) {
    const auto recorder = recorders.open(spec.output.name);
    if (recorder) parts.recorder = *recorder;
    if (!recorder) parts.playoutFault = recorder.error();
  }
  return parts;
}

void PacedDuplex::begin(TimePoint now, DuplexRunner& runner, Parts parts) {
  m_runner = &runner;
  m_parts = std::move(parts);
  m_start = now;
  m_tick = 0;
  m_clipAt = 0;
  m_saidWriteFault = false;
  const auto check = [&](bool& runs, AudioFault fault, Direction direction) {
    if (!runs || fault == AudioFault::None) return;
    runs = false;
    runner.fail(direction, fault);
  };
  check(m_parts.capture, m_parts.captureFault, Direction::Capture);
  check(m_parts.playout, m_parts.playoutFault, Direction::Playout);
}

void PacedDuplex::end() {
  m_runner = nullptr;
  m_parts = Parts();
}

// Tick k plays block k, which sounds from now on, and captures block k-1, which just ended.
void PacedDuplex::tick(TimePoint now) {
  if (m_runner == nullptr || now < nextTick()) return;
  const Duration late = now - nextTick();
  if (late > kMaxCatchUp) {
    const auto left = static_cast<std::uint64_t>(late / durationOfBlocks(1));
    const std::uint64_t samples = left * kBlock;
    m_tick += left;
    if (m_parts.capture) m_runner->skipCapture(samples);
    if (m_parts.playout) m_runner->skipPlayout(samples);
    if (m_parts.recorder != nullptr) m_parts.recorder->writeSilence(samples);
    m_clipAt += samples;
  }
  while (m_runner != nullptr && now >= nextTick()) {
    const TimePoint at = nextTick();
    ++m_tick;
    if (m_parts.playout) playBlock(now, at);
    if (m_parts.capture && m_tick > 1) captureBlock(now, at - durationOfBlocks(1));
  }
}

void PacedDuplex::playBlock(TimePoint now, TimePoint at) {
  std::array<std::int16_t, kBlock> block;
  m_runner->playout(now, at, block);
  if (m_parts.recorder == nullptr) return;
  m_parts.recorder->write(block);
  if (m_parts.recorder->hasFailed() && !m_saidWriteFault) {
    m_saidWriteFault = true;
    m_runner->report(AudioEventKind::Failed, Direction::Playout, AudioFault::FileUnwritable);
  }
}

void PacedDuplex::captureBlock(TimePoint now, TimePoint at) {
  std::array<std::int16_t, kBlock> block{};
  if (m_parts.clip && m_clipAt < m_parts.clip->size()) {
    const std::size_t n = std::min(kBlock, m_parts.clip->size() - m_clipAt);
    std::copy_n(m_parts.clip->begin() + static_cast<std::ptrdiff_t>(m_clipAt), n, block.begin());
  }
  m_clipAt += kBlock;
  m_runner->capture(now, at, block, DuplexRunner::ZeroWatch::Off);
}

}  // namespace foyer::audio
