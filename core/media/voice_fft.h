// Fourier transform of real blocks for voice processing: a power-of-two Stockham transform in split
// (real, imaginary) arrays, which compilers turn into vector code. Left out: other sizes, windows.
// Value, no thread; nothing allocates after construction.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace foyer::media {

class RealFft {
 public:
  // A power of two, at least 8.
  explicit RealFft(std::size_t size);

  [[nodiscard]] std::size_t size() const { return m_size; }
  // size / 2 + 1: from 0 to half the sample rate.
  [[nodiscard]] std::size_t bins() const { return m_size / 2 + 1; }

  // `time` holds size() samples; `re` and `im` take bins() values, unscaled.
  void forward(std::span<const float> time, std::span<float> re, std::span<float> im);
  // The exact opposite, scaled by 1 / size().
  void inverse(std::span<const float> re, std::span<const float> im, std::span<float> time);

 private:
  // One pass over the packed half-size complex block; the result is in m_re and m_im again.
  void transform(std::vector<float>& re, std::vector<float>& im);

  std::size_t m_size, m_half;
  // Per radix-4 stage the three twiddle factors, one after the other: w, w², w³.
  std::vector<float> m_twiddleRe, m_twiddleIm;
  std::vector<float> m_turnRe, m_turnIm;  // e^(-2 pi i k / size), k = 0 … half
  std::vector<float> m_re, m_im, m_otherRe, m_otherIm;
};

}  // namespace foyer::media
