#include "core/media/playout.h"

#include <algorithm>

#include "core/base/assert.h"

namespace foyer::media {
namespace {

// Enough sound for any period to be removed; of silence more can go at once.
constexpr std::size_t kStretchable = kMaxPeriod + kCrossFade;
// -50 dBFS as an amplitude.
constexpr int kSoundThreshold = 104;

}  // namespace

Playout::Playout(const CodecFactory& factory, const JitterBufferLimits& limits)
    : Playout(std::make_unique<SpeechSound>(factory), limits) {}

Playout::Playout(std::unique_ptr<PlayoutSound> sound, const JitterBufferLimits& limits)
    : m_buffer(limits), m_sound(std::move(sound)) {}

void Playout::push(const ReceivedFrame& frame) {
  PlayoutCounters& counters = m_report.counters;
  // A packet may hold items alone.
  if (frame.codec == wire::CodecId::None) return;
  ++(frame.isCopy ? counters.copiesReceived : counters.received);
  if (!m_sound->knows(frame.codec) || frame.size == 0 || frame.size > kMaxFrameBytes) {
    ++counters.undecodable;
    return;
  }
  const CarriedRecovery carried =
      frame.isCopy ? CarriedRecovery{} : m_sound->carriedBy(frame, m_buffer.hasHoleBefore(frame));
  switch (m_buffer.insert(frame, carried)) {
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
      m_sound->breakHere();
      break;
    case InsertResult::Ignored:
      break;
  }
}

const PlayoutReport& Playout::pull(TimePoint now, std::span<std::int16_t> out, Duration lead) {
  FOYER_ASSERT(out.size() <= kMaxFrameSamples, "the device pulls blocks of at most 120 ms");
  const TimePoint at = m_buffer.onPull(now, static_cast<std::int64_t>(out.size()));
  const auto unplayed = [this] { return static_cast<std::int64_t>(m_sound->unplayed()); };
  const std::int64_t playing = m_buffer.playhead() + m_concealed - unplayed();
  m_report.playingMediaTime = static_cast<std::uint16_t>(playing / kSamplesPerMediaUnit);
  while (m_sound->unplayed() < out.size()) produce(at + samplesToDuration(unplayed()));
  m_sound->play(out);
  noteLead(lead);
  measure(now + lead, out);
  return m_report;
}

// `at`: when what is produced will be played.
void Playout::produce(TimePoint at) {
  BufferState state = m_buffer.state(at, m_concealed, m_sinceStretch);
  state.isPassive = m_sound->isPassive();
  if (state.gap > 0 && m_buffer.front()->codec != m_codec) {
    state.frameHasCopy = false;
    state.dredSamples = 0;
  }
  const PlayoutDecision decision = decide(state);
  const std::size_t before = m_sound->unplayed();
  switch (decision.action) {
    case PlayoutAction::Silence:
      m_sound->silence(decision.samples);
      break;
    case PlayoutAction::Decode:
      decodeDue(at, decision);
      break;
    case PlayoutAction::Recover:
      recover(decision.samples);
      break;
    case PlayoutAction::Redraw:
      redraw(decision);
      break;
    case PlayoutAction::Conceal:
      conceal(decision.samples);
      break;
    case PlayoutAction::Discard:
      m_report.counters.discarded +=
          static_cast<std::uint64_t>(m_buffer.discardToTarget(at, m_concealed));
      m_concealed = 0;
      m_sound->breakHere();
      break;
    case PlayoutAction::Jump:
      noteMissing(m_buffer.closeGap(m_concealed));
      m_concealed = 0;
      m_sound->breakHere();
      break;
    case PlayoutAction::Stop:
      m_buffer.stop();
      m_concealed = 0;
      m_sound->breakHere();
      break;
  }
  m_sinceStretch += static_cast<std::int64_t>(m_sound->unplayed() - before);
  if (m_isStretched) m_sinceStretch = 0;
  m_isStretched = false;
}

// Decodes the earliest frame to the end of the sound; false when it is not what it claims.
bool Playout::decodeFront(TimePoint at) {
  const ReceivedFrame& frame = *m_buffer.front();
  if (!m_sound->decode(frame)) {
    ++m_report.counters.undecodable;
    m_buffer.popUnusable();
    return false;
  }
  m_codec = frame.codec;
  m_time = frame.time;
  // The sound had to go on without it; those behind it are in time again. After a pause nobody
  // hears that.
  if (!frame.isCopy && !m_isPause && m_buffer.isOverdue(m_concealed)) ++m_report.counters.late;
  ++(frame.isCopy ? m_report.counters.copies : m_report.counters.decoded);
  const auto samples = static_cast<std::int64_t>(frameSamples(frame.time));
  const bool wasPlaying = m_buffer.isPlaying();
  const bool isPause = isPauseMark(frame.codec, frame.size);
  noteMissing(m_buffer.popPlayed(at, m_concealed));
  m_isPause = isPause;
  m_concealed = 0;

  const Duration delay = m_buffer.delayOf(at, m_buffer.playhead() - samples);
  const auto ns = static_cast<double>(std::max(delay, Duration{0}).count());
  m_meanDelayNs = wasPlaying ? m_meanDelayNs + (ns - m_meanDelayNs) / 16 : ns;
  return true;
}

void Playout::decodeDue(TimePoint at, const PlayoutDecision& decision) {
  if (!decodeFront(at)) {
    // Nothing else to begin with: stay silent until a good frame comes.
    if (!m_buffer.isPlaying()) m_sound->silence(kSamplesPerMediaUnit);
    return;
  }
  if (decision.stretch == PlayoutStretch::None) return;
  if (decision.stretch != PlayoutStretch::Expand && m_sound->unplayed() < kStretchable) {
    const BufferState next = m_buffer.state(at, 0, 0);
    if (next.hasFrame && next.gap == 0) (void)decodeFront(at);
  }
  stretch(decision);
}

void Playout::stretch(const PlayoutDecision& decision) {
  PlayoutCounters& counters = m_report.counters;
  const std::int64_t added = m_sound->stretch(decision.stretch, decision.samples);
  if (added == 0) return;
  m_buffer.onStretched(added);
  m_isStretched = true;
  if (added > 0) {
    ++counters.expanded;
    counters.stretchedInSamples += added;
  } else {
    ++counters.accelerated;
    counters.stretchedOutSamples -= added;
  }
}

void Playout::noteMissing(std::int64_t frames) {
  if (!m_isPause) m_report.counters.lost += static_cast<std::uint64_t>(frames);
}

// `samples`: the end of the missing frame that has not been covered by concealment.
void Playout::recover(std::int64_t samples) {
  if (!m_sound->recover(*m_buffer.front(), samples)) {
    conceal(samples);
    return;
  }
  ++m_report.counters.lbrr;
  noteMissing(m_buffer.closeGap(m_concealed + samples));
  m_concealed = 0;
}

void Playout::redraw(const PlayoutDecision& decision) {
  const JitterBuffer::Description from = m_buffer.description();
  const std::int64_t before = from.start - m_buffer.playhead() - m_concealed;
  if (!m_sound->redraw(*from.frame, before, decision.samples)) {
    conceal(std::min(decision.samples, kConcealBlock));
    return;
  }
  ++m_report.counters.dred;
  m_concealed += decision.samples;
}

void Playout::conceal(std::int64_t samples) {
  m_sound->conceal(samples);
  m_concealed += samples;
  if (m_isPause) return;
  m_report.counters.plc +=
      static_cast<std::uint64_t>((samples + kConcealBlock - 1) / kConcealBlock);
  m_report.counters.concealedSamples += static_cast<std::uint64_t>(samples);
}

void Playout::noteLead(Duration lead) {
  const auto ns = static_cast<double>(lead.count());
  m_meanLeadNs = m_meanLeadNs ? *m_meanLeadNs + (ns - *m_meanLeadNs) / 32 : ns;
  m_report.lead = Duration(static_cast<Duration::rep>(*m_meanLeadNs));
}

void Playout::measure(TimePoint soundsAt, std::span<const std::int16_t> out) {
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
      m_report.firstSoundAt = soundsAt + samplesToDuration(static_cast<std::int64_t>(i));
  }
  m_report.bufferDelay = Duration(static_cast<Duration::rep>(m_meanDelayNs));
  m_report.target = m_buffer.target();
  m_report.jitter = m_buffer.jitter();
  m_report.codec = m_codec;
  m_report.time = m_time;
}

}  // namespace foyer::media
