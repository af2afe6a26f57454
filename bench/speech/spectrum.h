// The two tools that every measure of speech here stands on: a radix-2 Fourier transform and the
// conversion of 48 kHz to the 10 kHz at which intelligibility is measured. Written for clarity, in
// doubles. Values, no thread.
#pragma once

#include <complex>
#include <cstdint>
#include <span>
#include <vector>

namespace foyer::speech {

constexpr double kInputRate = 48'000;
constexpr double kMeasureRate = 10'000;

class Fft {
 public:
  // `size` is a power of two.
  explicit Fft(std::size_t size);
  [[nodiscard]] std::size_t size() const { return m_size; }
  // In place, `data` of size() values, unscaled in both directions.
  void forward(std::span<std::complex<double>> data) const;
  void inverse(std::span<std::complex<double>> data) const;
  // |X_k|² of a real frame of at most size() samples (zeros follow), k = 0 … size()/2.
  [[nodiscard]] std::vector<double> power(std::span<const double> frame) const;

 private:
  std::size_t m_size;
  std::vector<std::complex<double>> m_turns;  // e^(-2πik/size), k < size/2
  std::vector<std::size_t> m_reversed;
};

// A Hann window of `size` points without its two zeros.
[[nodiscard]] std::vector<double> hannWindow(std::size_t size);

// 48 kHz to 10 kHz by windowed sinc; sample n of the result stands at 4.8 n of the input.
[[nodiscard]] std::vector<double> toMeasureRate(std::span<const std::int16_t> pcm);

}  // namespace foyer::speech
