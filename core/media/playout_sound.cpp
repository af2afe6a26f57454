#include "core/media/playout_sound.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "core/base/assert.h"

namespace foyer::media {
namespace {

// Unplayed sound never exceeds the rest of a pull, two frames and a stretch.
constexpr std::size_t kCapacity = kStretchHistory + 4 * kMaxFrameSamples + kMaxPeriod;
// Concealment keeps its level for 120 ms and has faded into the background after as long again:
// longer invented speech is babble.
constexpr std::int64_t kFadeFrom = durationToSamples(120ms);
constexpr std::int64_t kFadeTo = durationToSamples(240ms);
// A step at a seam is one that the sound on either side does not make, within 2.5 ms. libopus makes
// it up to a millisecond later: its resamplers lag.
constexpr std::size_t kStepWindow = 120;
constexpr std::size_t kStepWithin = 60;
constexpr int kStepSlack = 32;

int largestStep(const std::int16_t* from, std::size_t count) {
  int largest = 0;
  for (std::size_t i = 1; i < count; ++i)
    largest = std::max(largest, std::abs(from[i] - from[i - 1]));
  return largest;
}

}  // namespace

SpeechSound::SpeechSound(const CodecFactory& factory)
    : m_pcm(std::make_unique<std::int16_t[]>(kCapacity)) {
  for (std::size_t i = 1; i < m_decoders.size(); ++i)
    m_decoders[i] = factory.makeDecoder(static_cast<wire::CodecId>(i));
  m_read = m_write = kStretchHistory;
}

Decoder* SpeechSound::decoderOf(wire::CodecId codec) const {
  const auto i = static_cast<std::size_t>(codec);
  return i < m_decoders.size() ? m_decoders[i].get() : nullptr;
}

bool SpeechSound::knows(wire::CodecId codec) const { return decoderOf(codec) != nullptr; }

CarriedRecovery SpeechSound::carriedBy(const ReceivedFrame& frame, bool wantsDred) {
  Decoder& decoder = *decoderOf(frame.codec);
  return {.hasPrevious = decoder.hasCopyOfPrevious(frame.payload()),
          .dredSamples = wantsDred ? decoder.dredSamplesBefore(frame.payload()) : 0};
}

std::span<std::int16_t> SpeechSound::room(std::size_t samples) {
  if (m_write + samples + kMaxPeriod > kCapacity) {
    const std::size_t from = m_read - kStretchHistory;
    std::memmove(m_pcm.get(), m_pcm.get() + from, (m_write - from) * sizeof(std::int16_t));
    m_read -= from;
    m_write -= from;
  }
  FOYER_ASSERT(m_write + samples + kMaxPeriod <= kCapacity, "unplayed sound is bounded");
  return {m_pcm.get() + m_write, samples};
}

bool SpeechSound::steps(std::size_t samples) const {
  const std::int16_t* fresh = m_pcm.get() + m_write;
  const std::size_t at = std::min(samples, kStepWithin);
  const int own = std::max(largestStep(fresh - kStepWindow, kStepWindow),
                           largestStep(fresh + at, std::min(samples - at, kStepWindow)));
  return largestStep(fresh - 1, at + 1) > own + own / 4 + kStepSlack;
}

// Goes on with the last period of what was played, and fades from that into the new sound.
void SpeechSound::merge(std::size_t samples) {
  const std::size_t fade = std::min(samples, kCrossFade);
  const std::size_t history = std::min(m_write - (m_read - kStretchHistory), kStretchHistory);
  const std::size_t period = m_stretcher.periodAtEnd({m_pcm.get() + (m_write - history), history});
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
}

void SpeechSound::commit(std::size_t samples) {
  if (m_seam == Seam::Broken || (m_seam == Seam::Doubtful && steps(samples))) merge(samples);
  m_seam = Seam::Smooth;
  m_isQuiet = false;
  m_write += samples;
}

bool SpeechSound::decode(const ReceivedFrame& frame) {
  Decoder& decoder = *decoderOf(frame.codec);
  if (frame.codec != m_codec) {
    decoder.reset();
    m_seam = Seam::Broken;
  }
  const std::span<std::int16_t> out = room(frameSamples(frame.time));
  if (!decoder.decode(frame.payload(), out)) {
    m_seam = Seam::Broken;
    return false;
  }
  m_codec = frame.codec;
  m_noise.learn(out);
  m_isPassive = m_noise.isPassive();
  // A pause begins: the voice is over, and what is invented next is the background.
  m_invented = isPauseMark(frame.codec, frame.size) ? kFadeFrom : 0;
  commit(out.size());
  return true;
}

bool SpeechSound::recover(const ReceivedFrame& next, std::int64_t samples) {
  if (next.codec != m_codec) return false;
  const std::span<std::int16_t> whole(m_scratch.data(), frameSamples(next.time));
  if (!decoderOf(m_codec)->decodeFec(next.payload(), whole)) return false;
  const std::span<std::int16_t> out = room(static_cast<std::size_t>(samples));
  std::copy(whole.end() - samples, whole.end(), out.begin());
  // The beginning of it had to be invented already.
  if (whole.size() > out.size()) m_seam = Seam::Broken;
  // libopus may step where a copy begins and ends: it can be of another mode than its neighbours.
  if (m_seam == Seam::Smooth) m_seam = Seam::Doubtful;
  commit(out.size());
  m_seam = Seam::Doubtful;
  m_invented = 0;
  return true;
}

bool SpeechSound::redraw(const ReceivedFrame& frame, std::int64_t before, std::int64_t samples) {
  if (frame.codec != m_codec) return false;
  Decoder& decoder = *decoderOf(m_codec);
  if (decoder.dredSamplesBefore(frame.payload()) < before) return false;
  const std::span<std::int16_t> out = room(static_cast<std::size_t>(samples));
  if (!decoder.decodeDred(before, out)) return false;
  if (m_seam == Seam::Smooth) m_seam = Seam::Doubtful;
  commit(out.size());
  m_seam = Seam::Doubtful;
  m_invented = 0;
  return true;
}

void SpeechSound::conceal(std::int64_t samples) {
  const std::span<std::int16_t> out = room(static_cast<std::size_t>(samples));
  Decoder* decoder = decoderOf(m_codec);
  const bool hasVoice = decoder != nullptr && m_invented < kFadeTo;
  if (hasVoice) decoder->conceal(out);
  const bool isFading = !hasVoice || m_invented + samples > kFadeFrom;
  if (isFading) {
    constexpr auto kSpan = static_cast<float>(kFadeTo - kFadeFrom);
    for (std::int64_t i = 0; i < samples; ++i) {
      const std::int64_t left =
          std::clamp(kFadeTo - m_invented - i, std::int64_t{0}, kFadeTo - kFadeFrom);
      const float voice = hasVoice ? static_cast<float>(left) / kSpan : 0;
      std::int16_t& sample = out[static_cast<std::size_t>(i)];
      const float heard = hasVoice ? voice * static_cast<float>(sample) : 0;
      const float mixed = heard + (1 - voice) * m_noise.next();
      sample = static_cast<std::int16_t>(std::clamp(std::lround(mixed), -32768L, 32767L));
    }
  }
  // The decoder goes on from what it heard or invented last, and knows nothing of the fading.
  if (m_invented > 0) {
    m_seam = Seam::Smooth;
  } else if (m_seam == Seam::Smooth) {
    m_seam = hasVoice ? Seam::Doubtful : Seam::Broken;
  }
  commit(out.size());
  m_seam = isFading ? Seam::Broken : Seam::Doubtful;
  m_invented += samples;
}

void SpeechSound::silence(std::int64_t samples) {
  const std::span<std::int16_t> out = room(static_cast<std::size_t>(samples));
  std::fill(out.begin(), out.end(), std::int16_t{0});
  // A spell of playing that was cut short fades out, and the first sound fades in.
  m_seam = m_isQuiet ? Seam::Smooth : Seam::Broken;
  commit(out.size());
  m_isQuiet = true;
  m_seam = Seam::Broken;
}

std::int64_t SpeechSound::stretch(PlayoutStretch kind, std::int64_t wanted) {
  if (kind == PlayoutStretch::None) return 0;
  const double likeness = kind == PlayoutStretch::FastAccelerate ? kHurriedLikeness : kSafeLikeness;
  (void)room(0);  // expand() needs a period of room after the end
  const std::span<std::int16_t> pcm(m_pcm.get(), kCapacity);
  if (kind == PlayoutStretch::Expand) {
    const std::size_t added = m_stretcher.expand(
        pcm, m_read, m_write, static_cast<std::size_t>(wanted), likeness, m_isPassive);
    m_write += added;
    return static_cast<std::int64_t>(added);
  }
  const std::size_t removed = m_stretcher.accelerate(
      pcm, m_read, m_write, static_cast<std::size_t>(wanted), likeness, m_isPassive);
  m_write -= removed;
  return -static_cast<std::int64_t>(removed);
}

void SpeechSound::play(std::span<std::int16_t> out) {
  std::memcpy(out.data(), m_pcm.get() + m_read, out.size() * sizeof(std::int16_t));
  m_read += out.size();
}

}  // namespace foyer::media
