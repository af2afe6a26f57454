#include "core/audio/tone_synthesis.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace foyer::audio {

namespace {

constexpr double kRate = 48000.0;

struct Note {
  double startS, lengthS, hz, amplitude;
};

// A soft bell: fundamental, a quieter octave and twelfth, quick rise, slow decay, faded out before
// its end so that nothing clicks.
double noteAt(const Note& note, double t) {
  constexpr double kRiseS = 0.008;
  constexpr double kFadeS = 0.06;
  constexpr double kDecayPerS = 3.2;
  if (t < 0 || t >= note.lengthS) return 0;
  const double rise = std::min(1.0, t / kRiseS);
  const double fade = std::min(1.0, (note.lengthS - t) / kFadeS);
  const double phase = 2 * std::numbers::pi * note.hz * t;
  const double wave =
      0.72 * std::sin(phase) + 0.20 * std::sin(2 * phase) + 0.08 * std::sin(3 * phase);
  return note.amplitude * wave * rise * fade * std::exp(-kDecayPerS * t);
}

std::vector<std::int16_t> render(double lengthS, const std::vector<Note>& notes) {
  // -9 dBFS, where two notes that overlap may add up to.
  constexpr double kPeak = 32767 * 0.35;
  std::vector<std::int16_t> pcm(static_cast<std::size_t>(lengthS * kRate));
  for (std::size_t i = 0; i < pcm.size(); ++i) {
    double sum = 0;
    for (const Note& note : notes)
      sum += noteAt(note, static_cast<double>(i) / kRate - note.startS);
    pcm[i] = static_cast<std::int16_t>(std::lround(std::clamp(sum, -1.0, 1.0) * kPeak));
  }
  return pcm;
}

constexpr double kG4 = 392.00, kC5 = 523.25, kE5 = 659.26, kG5 = 783.99;

}  // namespace

bool repeats(Tone tone) { return tone == Tone::Incoming || tone == Tone::Outgoing; }

std::vector<std::int16_t> synthesise(Tone tone) {
  switch (tone) {
    case Tone::Incoming:
      return render(3.0, {{0.00, 0.55, kE5, 0.7},
                          {0.18, 0.60, kG5, 0.7},
                          {0.60, 0.55, kE5, 0.7},
                          {0.78, 0.60, kG5, 0.7}});
    case Tone::Outgoing:
      return render(4.0, {{0.00, 1.00, kG4, 0.3}, {0.00, 1.00, kC5, 0.2}});
    case Tone::Test:
      return render(1.40, {{0.00, 0.50, kC5, 0.6}, {0.22, 0.50, kE5, 0.6}, {0.44, 0.80, kG5, 0.6}});
    case Tone::Ended:
      return render(0.55, {{0.00, 0.22, kE5, 0.5}, {0.13, 0.25, kC5, 0.5}});
  }
  return {};
}

}  // namespace foyer::audio
