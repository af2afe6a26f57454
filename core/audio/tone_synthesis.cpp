#include "core/audio/tone_synthesis.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace foyer::audio {

namespace {

constexpr double kRate = 48000.0;

// How a note sounds: what of it is fundamental, octave and twelfth (together at most 1), how it
// begins, how fast it decays, how it ends.
struct Voice {
  double fundamental, octave, twelfth, riseS, decayPerS, fadeS;
};
constexpr Voice kBell{0.72, 0.20, 0.08, 0.008, 3.2, 0.06};
constexpr Voice kWood{0.80, 0.05, 0.15, 0.004, 22.0, 0.03};
constexpr Voice kReed{0.70, 0.00, 0.30, 0.006, 0.5, 0.012};

struct Note {
  double startS, lengthS, hz, amplitude;
  const Voice& voice = kBell;
};

// Quick rise, slow decay, faded out before its end so that nothing clicks.
double noteAt(const Note& note, double t) {
  if (t < 0 || t >= note.lengthS) return 0;
  const Voice& voice = note.voice;
  const double rise = std::min(1.0, t / voice.riseS);
  const double fade = std::min(1.0, (note.lengthS - t) / voice.fadeS);
  const double phase = 2 * std::numbers::pi * note.hz * t;
  const double wave = voice.fundamental * std::sin(phase) + voice.octave * std::sin(2 * phase) +
                      voice.twelfth * std::sin(3 * phase);
  return note.amplitude * wave * rise * fade * std::exp(-voice.decayPerS * t);
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

constexpr double kD4 = 293.66, kG4 = 392.00, kC5 = 523.25, kE5 = 659.26, kG5 = 783.99, kA5 = 880.00,
                 kC6 = 1046.50, kE6 = 1318.51;

std::vector<Note> knocks() {
  std::vector<Note> notes;
  for (const double group : {0.0, 0.9})
    for (const double knock : {0.0, 0.17, 0.34})
      notes.push_back({group + knock, 0.16, kD4, 0.95, kWood});
  return notes;
}

std::vector<Note> trill() {
  constexpr double kStepS = 0.06;
  constexpr int kSteps = 14;
  std::vector<Note> notes;
  for (const double group : {0.0, 1.1})
    for (int step = 0; step < kSteps; ++step)
      notes.push_back({group + step * kStepS, kStepS, step % 2 == 0 ? kC6 : kE6, 0.55, kReed});
  return notes;
}

std::vector<std::int16_t> ringing(Ring ring) {
  switch (ring) {
    case Ring::Chimes:
      return render(3.0, {{0.00, 0.55, kE5, 0.7},
                          {0.18, 0.60, kG5, 0.7},
                          {0.60, 0.55, kE5, 0.7},
                          {0.78, 0.60, kG5, 0.7}});
    case Ring::Knock:
      return render(2.6, knocks());
    case Ring::Trill:
      return render(3.4, trill());
    case Ring::Scale:
      return render(4.2, {{0.00, 0.70, kC6, 0.6},
                          {0.42, 0.70, kA5, 0.6},
                          {0.84, 0.70, kG5, 0.6},
                          {1.26, 0.70, kE5, 0.6},
                          {1.68, 1.10, kC5, 0.6}});
  }
  return {};
}

}  // namespace

bool repeats(Tone tone) { return tone == Tone::Incoming || tone == Tone::Outgoing; }

std::vector<std::int16_t> synthesise(Tone tone, Ring ring) {
  switch (tone) {
    case Tone::Incoming:
      return ringing(ring);
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
