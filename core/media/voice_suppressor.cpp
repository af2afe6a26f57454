#include "core/media/voice_suppressor.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace foyer::media {
namespace {

// Upper bin of each band, 47 Hz a bin; about as wide as hearing's.
constexpr std::array<std::size_t, VoiceSuppressor::kBands> kBandEnds{
    4,  6,  8,  10, 12, 14,  17,  20,  24,  28,  33,  39,
    46, 54, 64, 76, 90, 107, 128, 160, 200, 256, 341, kVoiceBins};
// Speech lives in these: 0.2 … 7.5 kHz.
constexpr std::size_t kFirstVoiceBand = 1, kLastVoiceBand = 19;

// What decays for ever ends here: the smallest numbers a float has are slow to compute with.
constexpr float kNothing = 1e-6F;

// ---- residual echo
// An echo that has ended dies away like this per block: 60 dB in 0.45 s.
constexpr float kRoomDecay = 0.74F;
// The filter is surer of itself than its own arithmetic, which knows no speech.
constexpr float kUncertainShare = 0.1F;
constexpr float kStartLeakDb = -6, kMinLeakDb = -32, kMaxLeakDb = 6;
// The leak is learnt while only the far end speaks; while both do it may only sink, or rise slowly.
constexpr float kLeakRise = 0.03F, kLeakFall = 0.02F;
constexpr float kLeakCreepDb = 0.005F;  // 0.5 dB/s
// The far end has to stand so far above the noise to teach anything, or to be gated.
constexpr float kFarOverNoise = 4.0F;
// Mean excess of what is heard over what is expected, dB: where the near end begins to be
// believed, and where it is certain.
constexpr float kPresenceFromDb = 1.7F, kPresenceCertainDb = 6.2F;
constexpr float kBandExcessMinDb = -3, kBandExcessMaxDb = 18;
constexpr float kPresenceFall = 0.6F;
// How alike error and estimate are, -1 … 1, mean of the bands: a filter that knows another room
// takes away what is not there, which shows as likeness below zero; a right one gives about 0.
constexpr float kUnlike = -0.38F;
constexpr float kLikenessSmoothing = 0.9F;
constexpr int kLikenessBands = 8;
// A filter counts as learnt after so many blocks above this.
constexpr float kLike = -0.2F;
constexpr int kRightBlocks = 60;
// Far end alone: the estimate is taken so many times over, down to so little. Both: as it is.
constexpr float kOverAlone = 6.0F, kOverBoth = 1.0F;
constexpr float kFloorAlone = 0.01F, kFloorBoth = 0.2F;  // -40, -14 dB
constexpr float kCapAlone = 0.1F;                        // -20 dB, whatever a bin looks like

// ---- noise
constexpr float kNoiseSmoothing = 0.94F;
constexpr float kSpeechPrior = 31.6F;  // 15 dB: what speech is expected to stand out by
constexpr float kChanceSmoothing = 0.9F;
constexpr float kPriorSmoothing = 0.965F;
constexpr float kPriorFloor = 0.003F;     // -25 dB
constexpr float kNoiseFloorGain = 0.12F;  // -18 dB: a room that goes quite silent sounds broken
constexpr float kNoiseMin = 30.0F;        // about a quarter of a step of int16
constexpr int kFirstFrames = 8;

// ---- voice
constexpr float kVoiceOverNoiseDb = 5.0F;
constexpr float kVoiceBandMaxDb = 20.0F;
constexpr int kVoiceFramesNeeded = 2;
// RMS -60 dBFS over the voice bands; quieter is not meant for anybody.
constexpr float kVoicePowerMin = 33.0F * 33.0F * static_cast<float>(kVoiceBlock);

float decibel(float power) { return 10 * std::log10(power + 1e-6F); }

// Exponential integral E1, piecewise, to within what a gain needs.
float expInt(float v) {
  if (v < 0.1F) return -2.31F * std::log10(v) - 0.6F;
  if (v <= 1) return -1.544F * std::log10(v) + 0.166F;
  return std::pow(10.0F, -0.52F * v - 0.26F);
}

}  // namespace

VoiceSuppressor::VoiceSuppressor() {
  for (std::size_t i = 0; i < kFrame; ++i)
    m_window[i] = static_cast<float>(
        std::sin(std::numbers::pi * (static_cast<double>(i) + 0.5) / static_cast<double>(kFrame)));
  for (std::size_t k = 0, band = 0; k < kVoiceBins; ++k) {
    if (k >= kBandEnds[band]) ++band;
    m_bandOf[k] = static_cast<std::uint8_t>(band);
  }
  m_leakDb.fill(kStartLeakDb);
  m_noise.fill(kNoiseMin);
  m_echoGain.fill(1);
  m_noiseGain.fill(1);
  m_speechChance.fill(0.5F);
}

void VoiceSuppressor::process(Wanted wanted, std::span<const float> error,
                              std::span<const float> echo, std::span<const float> uncertainty,
                              std::span<float> out) {
  analyse(error, echo);
  if (wanted.echo) {
    compareWithEstimate();
    leaveWhatIsNoEcho();
    estimateResidual(uncertainty);
  } else {
    m_residual.fill(0);
    m_presence = 1;
    m_isEstimateWrong = false;
  }
  estimateNoise();
  if (wanted.echo) {
    suppressEcho();
  } else {
    m_echoGain.fill(1);
  }
  if (wanted.noise) {
    suppressNoise();
  } else {
    m_noiseGain.fill(1);
  }
  judgeVoice();
  synthesise(wanted, out);
}

void VoiceSuppressor::analyse(std::span<const float> error, std::span<const float> echo) {
  const auto load = [&](std::array<float, kFrame>& history, std::span<const float> block, Bins& re,
                        Bins& im) {
    std::copy(history.begin() + kVoiceBlock, history.end(), history.begin());
    std::copy(block.begin(), block.end(), history.end() - kVoiceBlock);
    for (std::size_t i = 0; i < kFrame; ++i) m_time[i] = history[i] * m_window[i];
    std::fill(m_time.begin() + kFrame, m_time.end(), 0.0F);
    m_fft.forward(m_time, re, im);
  };
  load(m_error, error, m_re, m_im);
  load(m_echo, echo, m_echoRe, m_echoIm);
  for (std::size_t k = 0; k < kVoiceBins; ++k) {
    m_power[k] = m_re[k] * m_re[k] + m_im[k] * m_im[k];
    const float now = m_echoRe[k] * m_echoRe[k] + m_echoIm[k] * m_echoIm[k];
    m_echoPower[k] = std::max({now, kRoomDecay * m_echoPower[k], kNothing});
  }
}

void VoiceSuppressor::estimateResidual(std::span<const float> uncertainty) {
  const float share = m_evidence.share();
  Bands leak{};
  for (std::size_t b = 0; b < kBands; ++b) leak[b] = std::pow(10.0F, 0.1F * m_leakDb[b]);
  Bands errorOf{}, echoOf{}, residualOf{}, noiseOf{};
  for (std::size_t k = 0; k < kVoiceBins; ++k) {
    // A frame holds this block and the one before.
    const float unsure = std::max(uncertainty[k], m_uncertainty[k]);
    m_uncertainty[k] = uncertainty[k];
    const std::size_t b = m_bandOf[k];
    m_residual[k] = share * (leak[b] * m_echoPower[k] + kUncertainShare * unsure);
    errorOf[b] += m_power[k];
    echoOf[b] += m_echoPower[k];
    residualOf[b] += m_residual[k];
    noiseOf[b] += m_noise[k];
  }
  float excess = 0;
  for (std::size_t b = kFirstVoiceBand; b <= kLastVoiceBand; ++b) {
    const float db = decibel(errorOf[b]) - decibel(residualOf[b] + noiseOf[b]);
    excess += std::clamp(db, kBandExcessMinDb, kBandExcessMaxDb);
  }
  excess /= static_cast<float>(kLastVoiceBand - kFirstVoiceBand + 1);
  const float presence =
      std::clamp((excess - kPresenceFromDb) / (kPresenceCertainDb - kPresenceFromDb), 0.0F, 1.0F);
  m_presence = std::max(presence, kPresenceFall * m_presence);
  learnLeaks(errorOf, echoOf, noiseOf);
}

void VoiceSuppressor::compareWithEstimate() {
  Bands likeness{}, estimated{}, left{}, noise{};
  for (std::size_t k = 0; k < kVoiceBins; ++k) {
    const std::size_t b = m_bandOf[k];
    likeness[b] += m_re[k] * m_echoRe[k] + m_im[k] * m_echoIm[k];
    left[b] += m_power[k];
    estimated[b] += m_echoRe[k] * m_echoRe[k] + m_echoIm[k] * m_echoIm[k];
    noise[b] += m_noise[k];
  }
  Bands product{}, microphone{};
  for (std::size_t b = kFirstVoiceBand; b <= kLastVoiceBand; ++b) {
    product[b] = likeness[b] + estimated[b];
    microphone[b] = left[b] + 2 * likeness[b] + estimated[b];
  }
  const auto voice = [](const Bands& bands) {
    return std::span(bands).subspan(kFirstVoiceBand, kLastVoiceBand - kFirstVoiceBand + 1);
  };
  m_evidence.take({voice(product), voice(estimated), voice(microphone), voice(noise)});
  float sum = 0;
  int bands = 0;
  for (std::size_t b = kFirstVoiceBand; b <= kLastVoiceBand; ++b) {
    m_likeness[b] += (1 - kLikenessSmoothing) * (likeness[b] - m_likeness[b]);
    m_estimated[b] += (1 - kLikenessSmoothing) * (estimated[b] - m_estimated[b]);
    m_left[b] += (1 - kLikenessSmoothing) * (left[b] - m_left[b]);
    if (m_estimated[b] < kNothing) m_estimated[b] = m_likeness[b] = 0;
    if (m_left[b] < kNothing) m_left[b] = 0;
    if (m_estimated[b] < kFarOverNoise * noise[b]) continue;
    sum += m_likeness[b] / std::sqrt(m_estimated[b] * m_left[b] + 1.0F);
    ++bands;
  }
  m_isEstimateWrong = false;
  if (bands < kLikenessBands) return;
  const float mean = sum / static_cast<float>(bands);
  if (mean > kLike) ++m_rightBlocks;
  // A filter that is still learning overshoots; only one that was right can have become wrong.
  if (mean < kUnlike && m_rightBlocks > kRightBlocks) {
    m_isEstimateWrong = true;
    m_rightBlocks = 0;
  }
}

// The microphone is error and estimate together.
void VoiceSuppressor::leaveWhatIsNoEcho() {
  const float back = 1 - m_evidence.share();
  if (back == 0) return;
  for (std::size_t k = 0; k < kVoiceBins; ++k) {
    m_re[k] += back * m_echoRe[k];
    m_im[k] += back * m_echoIm[k];
    m_power[k] = m_re[k] * m_re[k] + m_im[k] * m_im[k];
  }
}

void VoiceSuppressor::learnLeaks(const Bands& error, const Bands& echo, const Bands& noise) {
  for (std::size_t b = 0; b < kBands; ++b) {
    // The echo itself must be well above the noise, or the noise would pass for a leak.
    if (echo[b] < kFarOverNoise * noise[b]) continue;
    const float heard = decibel(std::max(error[b] - noise[b], 0.01F * error[b])) - decibel(echo[b]);
    const float step = heard - m_leakDb[b];
    float moved = step > 0 ? kLeakRise * step : kLeakFall * step;
    if (m_presence > 0.5F) moved = std::min(moved, kLeakCreepDb);
    m_leakDb[b] = std::clamp(m_leakDb[b] + moved, kMinLeakDb, kMaxLeakDb);
  }
}

void VoiceSuppressor::estimateNoise() {
  constexpr float kExponent = kSpeechPrior / (1 + kSpeechPrior);
  for (std::size_t k = 0; k < kVoiceBins; ++k) {
    // What may be echo says nothing about the background.
    if (m_residual[k] > 0.5F * std::max(m_noise[k], m_seen[k] == 0 ? m_power[k] : 0.0F)) continue;
    if (m_seen[k] < kFirstFrames) {
      // Nobody speaks in the first 80 ms; if somebody does, the estimate sinks again.
      ++m_seen[k];
      m_noise[k] = std::max(m_noise[k] + (m_power[k] - m_noise[k]) / m_seen[k], kNoiseMin);
      continue;
    }
    const float ratio = std::min(m_power[k] / m_noise[k], 60.0F);
    float chance = 1 / (1 + (1 + kSpeechPrior) * std::exp(-ratio * kExponent));
    m_speechChance[k] += (1 - kChanceSmoothing) * (chance - m_speechChance[k]);
    // A noise that suddenly became louder must not pass for speech for ever.
    if (m_speechChance[k] > 0.99F) chance = std::min(chance, 0.99F);
    const float now = chance * m_noise[k] + (1 - chance) * m_power[k];
    m_noise[k] = std::max(m_noise[k] + (1 - kNoiseSmoothing) * (now - m_noise[k]), kNoiseMin);
  }
}

void VoiceSuppressor::suppressEcho() {
  const float alone = 1 - m_presence;
  const float over = kOverBoth + alone * (kOverAlone - kOverBoth);
  const float floor = kFloorBoth * std::pow(kFloorAlone / kFloorBoth, alone);
  const float cap = std::pow(kCapAlone, alone);
  Bins raw;
  for (std::size_t k = 0; k < kVoiceBins; ++k) {
    const std::size_t from = k == 0 ? 0 : k - 1, to = std::min(k + 1, kVoiceBins - 1);
    float power = 0, residual = 0;
    for (std::size_t i = from; i <= to; ++i) {
      power += m_power[i];
      residual += m_residual[i];
    }
    const float count = static_cast<float>(to - from + 1);
    const float gain = std::max(1 - over * residual / (power + 1e-3F), floor);
    // Where no echo can be heard over the background nothing is taken.
    const float audible = residual / (residual + m_noise[k] * count);
    raw[k] = 1 - audible * (1 - std::min(gain, cap));
  }
  for (std::size_t k = 0; k < kVoiceBins; ++k) {
    const std::size_t from = k == 0 ? 0 : k - 1, to = std::min(k + 1, kVoiceBins - 1);
    m_echoGain[k] = 0.25F * raw[from] + 0.5F * raw[k] + 0.25F * raw[to];
  }
}

void VoiceSuppressor::suppressNoise() {
  for (std::size_t k = 0; k < kVoiceBins; ++k) {
    const float posterior = std::clamp(m_power[k] / m_noise[k], 1e-3F, 1e4F);
    const float prior = std::max(
        kPriorSmoothing * m_prior[k] + (1 - kPriorSmoothing) * std::max(posterior - 1, 0.0F),
        kPriorFloor);
    const float wiener = prior / (1 + prior);
    const float v = wiener * posterior;
    const float gain = std::min(wiener * std::exp(0.5F * expInt(std::max(v, 1e-4F))), 1.0F);
    m_prior[k] = gain * gain * posterior;
    m_noiseGain[k] = std::max(gain, kNoiseFloorGain);
  }
}

void VoiceSuppressor::judgeVoice() {
  Bands heard{}, noise{};
  float power = 0;
  for (std::size_t k = 0; k < kVoiceBins; ++k) {
    const std::size_t b = m_bandOf[k];
    const float left = m_echoGain[k] * m_echoGain[k] * m_power[k];
    heard[b] += left;
    noise[b] += m_noise[k];
    if (b >= kFirstVoiceBand && b <= kLastVoiceBand) power += left;
  }
  float over = 0;
  for (std::size_t b = kFirstVoiceBand; b <= kLastVoiceBand; ++b)
    over += std::clamp(decibel(heard[b]) - decibel(noise[b]), 0.0F, kVoiceBandMaxDb);
  over /= static_cast<float>(kLastVoiceBand - kFirstVoiceBand + 1);
  // The power is of both halves of the spectrum, here only one is summed.
  const bool isLoud = 2 * power / static_cast<float>(kVoiceFft) > kVoicePowerMin;
  m_voiceFrames = over > kVoiceOverNoiseDb && isLoud ? m_voiceFrames + 1 : 0;
  m_isVoice = m_voiceFrames >= kVoiceFramesNeeded;
}

void VoiceSuppressor::synthesise(Wanted wanted, std::span<float> out) {
  for (std::size_t k = 0; k < kVoiceBins; ++k) {
    const float gain = m_echoGain[k] * m_noiseGain[k];
    m_re[k] *= gain;
    m_im[k] *= gain;
    if (!wanted.echo) continue;
    // The background stays when echo is taken away, or the line would seem to die.
    const float missing = (1 - m_echoGain[k] * m_echoGain[k]) * m_noise[k];
    const float level = std::sqrt(missing) * (wanted.noise ? kNoiseFloorGain : 1.0F);
    m_random = m_random * 1664525U + 1013904223U;
    const auto a = static_cast<float>(static_cast<std::int32_t>(m_random)) * 0x1p-31F;
    m_random = m_random * 1664525U + 1013904223U;
    const auto b = static_cast<float>(static_cast<std::int32_t>(m_random)) * 0x1p-31F;
    // Two uniform numbers of -1 … 1 have a mean square of 2 / 3 together.
    constexpr float kUniform = 1.2247F;
    m_re[k] += level * kUniform * a;
    m_im[k] += level * kUniform * b;
  }
  m_im.front() = 0;
  m_im.back() = 0;
  m_fft.inverse(m_re, m_im, m_time);
  for (std::size_t i = 0; i < kVoiceBlock; ++i) {
    out[i] = m_overlap[i] + m_time[i] * m_window[i];
    m_overlap[i] = m_time[i + kVoiceBlock] * m_window[i + kVoiceBlock];
  }
}

}  // namespace foyer::media
