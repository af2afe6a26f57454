#include "core/media/playout.h"

#include <algorithm>
#include <cstring>

#include "core/base/assert.h"

namespace foyer::media {
namespace {

// Unplayed sound never exceeds the rest of a pull, two frames and a stretch.
constexpr std::size_t kCapacity = kStretchHistory + 4 * kMaxFrameSamples + kMaxPeriod;
// Concealment keeps its level for 120 ms and has faded away after as long again: longer invented
// speech is babble.
constexpr std::int64_t kFadeFrom = durationToSamples(120ms);
constexpr std::int64_t kFadeTo = durationToSamples(240ms);
// Enough sound for any period to be removed.
constexpr std::size_t kStretchable = kMaxPeriod + kCrossFade;
// Near silence: below this any place may be cut.
constexpr std::int8_t kPassiveDb = -50;
// -50 dBFS as an amplitude.
constexpr int kSoundThreshold = 104;

}  // namespace

Playout::Playout(const CodecFactory& factory, const JitterBufferLimits& limits)
    : m_buffer(limits), m_pcm(std::make_unique<std::int16_t[]>(kCapacity)) {
  for (std::size_t i = 1; i < m_decoders.size(); ++i)
    m_decoders[i] = factory.makeDecoder(static_cast<wire::CodecId>(i));
  m_read = m_write = kStretchHistory;
}

Decoder* Playout::decoderOf(wire::CodecId codec) const {
  const auto i = static_cast<std::size_t>(codec);
  return i < m_decoders.size() ? m_decoders[i].get() : nullptr;
}

void Playout::push(const ReceivedFrame& frame) {
  PlayoutCounters& counters = m_report.counters;
  // A packet may hold items alone.
  if (frame.codec == wire::CodecId::None) return;
  ++counters.received;
  if (decoderOf(frame.codec) == nullptr || frame.size == 0 || frame.size > kMaxFrameBytes) {
    ++counters.undecodable;
    return;
  }
  switch (m_buffer.insert(frame)) {
    case InsertResult::Stored:
      break;
    case InsertResult::Duplicate:
      ++counters.duplicates;
      break;
    case InsertResult::Late:
      ++counters.late;
      break;
    case InsertResult::Resynced:
      ++counters.resyncs;
      m_concealed = 0;
      m_needsMerge = true;
      break;
  }
}

const PlayoutReport& Playout::pull(TimePoint now, std::span<std::int16_t> out) {
  FOYER_ASSERT(out.size() <= kMaxFrameSamples, "the device pulls blocks of at most 120 ms");
  m_buffer.onPull(now, samplesToDuration(static_cast<std::int64_t>(out.size())));
  const std::int64_t playing =
      m_buffer.playhead() + m_concealed - static_cast<std::int64_t>(unplayed());
  m_report.playingMediaTime = static_cast<std::uint16_t>(playing / kSamplesPerMediaUnit);
  while (unplayed() < out.size())
    produce(now + samplesToDuration(static_cast<std::int64_t>(unplayed())));
  std::memcpy(out.data(), m_pcm.get() + m_read, out.size() * sizeof(std::int16_t));
  m_read += out.size();
  measure(now, out);
  return m_report;
}

// `at`: when what is produced will be played.
void Playout::produce(TimePoint at) {
  const BufferState state =
      m_buffer.state(at, m_concealed, m_sinceStretch, [&](const ReceivedFrame& next) {
        return next.codec == m_codec && decoderOf(m_codec)->hasCopyOfPrevious(next.payload());
      });
  const PlayoutDecision decision = decide(state);
  switch (decision.action) {
    case PlayoutAction::Silence:
      appendSilence(decision.samples);
      break;
    case PlayoutAction::Decode:
      decodeDue(at, decision);
      break;
    case PlayoutAction::Recover:
      recover(decision.samples);
      break;
    case PlayoutAction::Conceal:
      conceal(decision.samples);
      break;
    case PlayoutAction::Discard:
      m_report.counters.discarded +=
          static_cast<std::uint64_t>(m_buffer.discardToTarget(at, m_concealed));
      m_concealed = 0;
      m_needsMerge = true;
      break;
    case PlayoutAction::Jump:
      m_report.counters.lost += static_cast<std::uint64_t>(m_buffer.closeGap(m_concealed));
      m_concealed = 0;
      m_needsMerge = true;
      break;
    case PlayoutAction::Stop:
      m_buffer.stop();
      m_concealed = 0;
      m_needsMerge = true;
      break;
  }
}

std::span<std::int16_t> Playout::room(std::size_t samples) {
  if (m_write + samples + kMaxPeriod > kCapacity) {
    const std::size_t from = m_read - kStretchHistory;
    std::memmove(m_pcm.get(), m_pcm.get() + from, (m_write - from) * sizeof(std::int16_t));
    m_read -= from;
    m_write -= from;
  }
  FOYER_ASSERT(m_write + samples + kMaxPeriod <= kCapacity, "unplayed sound is bounded");
  return {m_pcm.get() + m_write, samples};
}

void Playout::commit(std::size_t samples) {
  if (m_needsMerge) {
    // Goes on with the last period of what was played, and fades from that into the new sound.
    const std::size_t fade = std::min(samples, kCrossFade);
    const std::size_t history = m_write - (m_read - kStretchHistory);
    const std::size_t period =
        m_stretcher.periodAtEnd({m_pcm.get() + (m_write - std::min(history, kStretchHistory)),
                                 std::min(history, kStretchHistory)});
    std::int16_t* fresh = m_pcm.get() + m_write;
    // One period back is only nearly the same place; the difference fades away instead of clicking.
    const std::ptrdiff_t back = static_cast<std::ptrdiff_t>(period);
    const int offset = fresh[-1] - fresh[-1 - back];
    for (std::size_t i = 0; i < fade; ++i) {
      const int left = offset * static_cast<int>(fade - i) / static_cast<int>(fade);
      m_fade[i] = static_cast<std::int16_t>(
          std::clamp(fresh[static_cast<std::ptrdiff_t>(i % period) - back] + left, -32768, 32767));
    }
    crossFade({m_fade.data(), fade}, {fresh, fade}, {fresh, fade});
    m_needsMerge = false;
  }
  m_isQuiet = false;
  m_write += samples;
  m_sinceStretch += static_cast<std::int64_t>(samples);
}

void Playout::appendSilence(std::int64_t samples) {
  const std::span<std::int16_t> out = room(static_cast<std::size_t>(samples));
  std::fill(out.begin(), out.end(), std::int16_t{0});
  // A spell of playing that was cut short fades out, and the first sound fades in.
  m_needsMerge = !m_isQuiet;
  commit(out.size());
  m_isQuiet = true;
  m_needsMerge = true;
}

// Decodes the earliest frame to the end of the sound; false when it is not what it claims.
bool Playout::decodeFront(TimePoint at) {
  const ReceivedFrame& frame = *m_buffer.front();
  Decoder& decoder = *decoderOf(frame.codec);
  if (frame.codec != m_codec) {
    decoder.reset();
    m_needsMerge = true;
  }
  const std::span<std::int16_t> out = room(frameSamples(frame.time));
  if (!decoder.decode(frame.payload(), out)) {
    ++m_report.counters.undecodable;
    m_needsMerge = true;
    m_buffer.popUnusable();
    return false;
  }
  m_codec = frame.codec;
  m_time = frame.time;
  commit(out.size());
  m_isPassive = levelDbfs(out) < kPassiveDb;
  ++m_report.counters.decoded;
  const bool wasPlaying = m_buffer.isPlaying();
  m_report.counters.lost += static_cast<std::uint64_t>(m_buffer.popPlayed(at, m_concealed));
  m_concealed = 0;

  const Duration delay =
      m_buffer.delayOf(at, m_buffer.playhead() - static_cast<std::int64_t>(out.size()));
  const auto ns = static_cast<double>(std::max(delay, Duration{0}).count());
  m_meanDelayNs = wasPlaying ? m_meanDelayNs + (ns - m_meanDelayNs) / 16 : ns;
  return true;
}

void Playout::decodeDue(TimePoint at, const PlayoutDecision& decision) {
  if (!decodeFront(at)) {
    // Nothing else to begin with: stay silent until a good frame comes.
    if (!m_buffer.isPlaying()) appendSilence(kSamplesPerMediaUnit);
    return;
  }
  if (decision.stretch == PlayoutStretch::None) return;
  if (decision.stretch != PlayoutStretch::Expand && unplayed() < kStretchable) {
    const BufferState next = m_buffer.state(at, 0, 0, [](const ReceivedFrame&) { return false; });
    if (next.hasFrame && next.gap == 0) (void)decodeFront(at);
  }
  stretch(decision);
}

void Playout::stretch(const PlayoutDecision& decision) {
  PlayoutCounters& counters = m_report.counters;
  const double likeness =
      decision.stretch == PlayoutStretch::FastAccelerate ? kHurriedLikeness : kSafeLikeness;
  (void)room(0);  // expand() needs a period of room after the end
  const std::span<std::int16_t> pcm(m_pcm.get(), kCapacity);
  if (decision.stretch == PlayoutStretch::Expand) {
    const std::size_t added = m_stretcher.expand(pcm, m_read, m_write, likeness, m_isPassive);
    if (added == 0) return;
    m_write += added;
    m_buffer.onStretched(static_cast<std::int64_t>(added));
    ++counters.expanded;
    counters.stretchedInSamples += static_cast<std::int64_t>(added);
  } else {
    const std::size_t removed = m_stretcher.accelerate(
        pcm, m_read, m_write, static_cast<std::size_t>(decision.samples), likeness, m_isPassive);
    if (removed == 0) return;
    m_write -= removed;
    m_buffer.onStretched(-static_cast<std::int64_t>(removed));
    ++counters.accelerated;
    counters.stretchedOutSamples += static_cast<std::int64_t>(removed);
  }
  m_sinceStretch = 0;
}

// `samples`: the end of the missing frame that has not been covered by concealment.
void Playout::recover(std::int64_t samples) {
  const ReceivedFrame& next = *m_buffer.front();
  const std::span<std::int16_t> whole(m_scratch.data(), frameSamples(next.time));
  if (!decoderOf(m_codec)->decodeFec(next.payload(), whole)) {
    conceal(samples);
    return;
  }
  const std::span<std::int16_t> out = room(static_cast<std::size_t>(samples));
  std::copy(whole.end() - samples, whole.end(), out.begin());
  // libopus may step where a copy begins and ends: it can be of another mode than its neighbours.
  m_needsMerge = true;
  commit(out.size());
  m_needsMerge = true;
  ++m_report.counters.lbrr;
  m_report.counters.lost += static_cast<std::uint64_t>(m_buffer.closeGap(m_concealed + samples));
  m_concealed = 0;
}

void Playout::conceal(std::int64_t samples) {
  std::span<std::int16_t> out = room(static_cast<std::size_t>(samples));
  Decoder* decoder = decoderOf(m_codec);
  const std::int64_t left = kFadeTo - m_concealed;
  if (decoder == nullptr || left <= 0) {
    std::fill(out.begin(), out.end(), std::int16_t{0});
  } else {
    decoder->conceal(out);
    for (std::int64_t i = 0; i < samples; ++i) {
      const std::int64_t gain = std::clamp(left - i, std::int64_t{0}, kFadeTo - kFadeFrom);
      std::int16_t& s = out[static_cast<std::size_t>(i)];
      s = static_cast<std::int16_t>(s * gain / (kFadeTo - kFadeFrom));
    }
  }
  // Invention goes on from its own last block.
  if (m_concealed > 0) m_needsMerge = false;
  commit(out.size());
  m_needsMerge = true;
  m_concealed += samples;
  m_report.counters.plc +=
      static_cast<std::uint64_t>((samples + kConcealBlock - 1) / kConcealBlock);
  m_report.counters.concealedSamples += static_cast<std::uint64_t>(samples);
}

void Playout::measure(TimePoint now, std::span<const std::int16_t> out) {
  m_report.isPlaying = m_buffer.isPlaying();
  if (m_report.isPlaying || m_report.counters.playedSamples > 0)
    m_report.counters.playedSamples += out.size();
  for (std::size_t i = 0; i < out.size(); ++i) {
    m_meter[m_metered++] = out[i];
    if (m_metered == m_meter.size()) {
      m_report.levelDb = levelDbfs(m_meter);
      m_metered = 0;
    }
    if (!m_report.firstSoundAt && (out[i] > kSoundThreshold || out[i] < -kSoundThreshold))
      m_report.firstSoundAt = now + samplesToDuration(static_cast<std::int64_t>(i));
  }
  m_report.bufferDelay = Duration(static_cast<Duration::rep>(m_meanDelayNs));
  m_report.target = m_buffer.target();
  m_report.lead = m_buffer.lead();
  m_report.jitter = m_buffer.jitter();
  m_report.codec = m_codec;
  m_report.time = m_time;
}

}  // namespace foyer::media
