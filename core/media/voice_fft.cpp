#include "core/media/voice_fft.h"

#include <bit>
#include <cmath>
#include <numbers>
#include <utility>

#include "core/base/assert.h"

namespace foyer::media {
namespace {

// Stride `s`, length `n`; x and y are blocks of s * n values. w holds w, w², w³ of n / 4 each.
void radix4(std::size_t n, std::size_t s, const float* wRe, const float* wIm,
            const float* __restrict xr, const float* __restrict xi, float* __restrict yr,
            float* __restrict yi) {
  const std::size_t quarter = n / 4;
  for (std::size_t p = 0; p < quarter; ++p) {
    const float w1r = wRe[p], w1i = wIm[p];
    const float w2r = wRe[quarter + p], w2i = wIm[quarter + p];
    const float w3r = wRe[2 * quarter + p], w3i = wIm[2 * quarter + p];
    const std::size_t a = s * p, b = s * (p + quarter), c = s * (p + 2 * quarter),
                      d = s * (p + 3 * quarter), out = 4 * s * p;
    for (std::size_t q = 0; q < s; ++q) {
      const float apcR = xr[a + q] + xr[c + q], apcI = xi[a + q] + xi[c + q];
      const float amcR = xr[a + q] - xr[c + q], amcI = xi[a + q] - xi[c + q];
      const float bpdR = xr[b + q] + xr[d + q], bpdI = xi[b + q] + xi[d + q];
      // j (b - d)
      const float jR = xi[d + q] - xi[b + q], jI = xr[b + q] - xr[d + q];
      yr[out + q] = apcR + bpdR;
      yi[out + q] = apcI + bpdI;
      const float uR = amcR - jR, uI = amcI - jI;
      yr[out + s + q] = uR * w1r - uI * w1i;
      yi[out + s + q] = uR * w1i + uI * w1r;
      const float vR = apcR - bpdR, vI = apcI - bpdI;
      yr[out + 2 * s + q] = vR * w2r - vI * w2i;
      yi[out + 2 * s + q] = vR * w2i + vI * w2r;
      const float tR = amcR + jR, tI = amcI + jI;
      yr[out + 3 * s + q] = tR * w3r - tI * w3i;
      yi[out + 3 * s + q] = tR * w3i + tI * w3r;
    }
  }
}

void radix2(std::size_t s, const float* __restrict xr, const float* __restrict xi,
            float* __restrict yr, float* __restrict yi) {
  for (std::size_t q = 0; q < s; ++q) {
    yr[q] = xr[q] + xr[q + s];
    yi[q] = xi[q] + xi[q + s];
    yr[q + s] = xr[q] - xr[q + s];
    yi[q + s] = xi[q] - xi[q + s];
  }
}

}  // namespace

RealFft::RealFft(std::size_t size) : m_size(size), m_half(size / 2) {
  FOYER_ASSERT(size >= 8 && std::has_single_bit(size), "only powers of two are transformed");
  for (std::size_t n = m_half; n >= 4; n /= 4) {
    for (std::size_t power = 1; power <= 3; ++power) {
      for (std::size_t p = 0; p < n / 4; ++p) {
        const double angle =
            -2 * std::numbers::pi * static_cast<double>(p * power) / static_cast<double>(n);
        m_twiddleRe.push_back(static_cast<float>(std::cos(angle)));
        m_twiddleIm.push_back(static_cast<float>(std::sin(angle)));
      }
    }
  }
  for (std::size_t k = 0; k <= m_half; ++k) {
    const double angle = -2 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(size);
    m_turnRe.push_back(static_cast<float>(std::cos(angle)));
    m_turnIm.push_back(static_cast<float>(std::sin(angle)));
  }
  m_re.resize(m_half);
  m_im.resize(m_half);
  m_otherRe.resize(m_half);
  m_otherIm.resize(m_half);
}

void RealFft::transform(std::vector<float>& re, std::vector<float>& im) {
  std::vector<float>* from[2] = {&re, &im};
  std::vector<float>* to[2] = {&m_otherRe, &m_otherIm};
  std::size_t n = m_half, s = 1, twiddle = 0;
  for (; n >= 4; n /= 4, s *= 4) {
    radix4(n, s, &m_twiddleRe[twiddle], &m_twiddleIm[twiddle], from[0]->data(), from[1]->data(),
           to[0]->data(), to[1]->data());
    twiddle += 3 * (n / 4);
    std::swap(from[0], to[0]);
    std::swap(from[1], to[1]);
  }
  if (n == 2) {
    radix2(s, from[0]->data(), from[1]->data(), to[0]->data(), to[1]->data());
    std::swap(from[0], to[0]);
    std::swap(from[1], to[1]);
  }
  if (from[0] != &re) {
    re.swap(m_otherRe);
    im.swap(m_otherIm);
  }
}

void RealFft::forward(std::span<const float> time, std::span<float> re, std::span<float> im) {
  FOYER_ASSERT(time.size() == m_size && re.size() >= bins() && im.size() >= bins(),
               "a block of another size");
  for (std::size_t n = 0; n < m_half; ++n) {
    m_re[n] = time[2 * n];
    m_im[n] = time[2 * n + 1];
  }
  transform(m_re, m_im);
  for (std::size_t k = 0; k <= m_half; ++k) {
    const std::size_t a = k == m_half ? 0 : k, b = k == 0 ? 0 : m_half - k;
    const float evenR = 0.5F * (m_re[a] + m_re[b]), evenI = 0.5F * (m_im[a] - m_im[b]);
    const float oddR = 0.5F * (m_im[a] + m_im[b]), oddI = -0.5F * (m_re[a] - m_re[b]);
    re[k] = evenR + oddR * m_turnRe[k] - oddI * m_turnIm[k];
    im[k] = evenI + oddR * m_turnIm[k] + oddI * m_turnRe[k];
  }
}

void RealFft::inverse(std::span<const float> re, std::span<const float> im, std::span<float> time) {
  FOYER_ASSERT(time.size() == m_size && re.size() >= bins() && im.size() >= bins(),
               "a block of another size");
  for (std::size_t k = 0; k < m_half; ++k) {
    const std::size_t b = m_half - k;
    const float evenR = 0.5F * (re[k] + re[b]), evenI = 0.5F * (im[k] - im[b]);
    const float halfR = 0.5F * (re[k] - re[b]), halfI = 0.5F * (im[k] + im[b]);
    const float oddR = halfR * m_turnRe[k] + halfI * m_turnIm[k];
    const float oddI = halfI * m_turnRe[k] - halfR * m_turnIm[k];
    m_re[k] = evenR - oddI;
    m_im[k] = evenI + oddR;
  }
  // The inverse transform is the forward one with the parts exchanged.
  transform(m_im, m_re);
  const float scale = 1.0F / static_cast<float>(m_half);
  for (std::size_t n = 0; n < m_half; ++n) {
    time[2 * n] = m_re[n] * scale;
    time[2 * n + 1] = m_im[n] * scale;
  }
}

}  // namespace foyer::media
