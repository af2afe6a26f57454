// What playout does to sound, apart from when it does it (playout.h): decoders, concealment, seams,
// time-stretch and the store of what is decoded and not yet played. An interface, so that a record
// of a call can be replayed without its sound. One thread; no allocation after construction.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "core/media/codec.h"
#include "core/media/comfort_noise.h"
#include "core/media/frames.h"
#include "core/media/jitter_buffer.h"
#include "core/media/time_stretch.h"

namespace foyer::media {

class PlayoutSound {
 public:
  virtual ~PlayoutSound() = default;
  [[nodiscard]] virtual bool knows(wire::CodecId codec) const = 0;
  // What `frame` could do for those before it; `wantsDred`: worth looking for.
  [[nodiscard]] virtual CarriedRecovery carriedBy(const ReceivedFrame& frame, bool wantsDred) = 0;

  // Each of these adds sound at the end.
  // False: the frame is not what it claims, nothing was added.
  [[nodiscard]] virtual bool decode(const ReceivedFrame& frame) = 0;
  // The last `samples` of the frame before `next`, from the copy in it. False: nothing was added.
  [[nodiscard]] virtual bool recover(const ReceivedFrame& next, std::int64_t samples) = 0;
  // `samples` that begin `before` samples ahead of `frame`, from its deep redundancy.
  [[nodiscard]] virtual bool redraw(const ReceivedFrame& frame, std::int64_t before,
                                    std::int64_t samples) = 0;
  virtual void conceal(std::int64_t samples) = 0;
  virtual void silence(std::int64_t samples) = 0;

  // The last frame decoded was background: of it any amount may be left out or added.
  [[nodiscard]] virtual bool isPassive() const = 0;
  // Shortens or lengthens what is not played yet by a pitch period. Removes at most `wanted`; adds
  // about that much where any amount will do.
  // Returns the samples added, negative when removed, 0 when it would be heard.
  virtual std::int64_t stretch(PlayoutStretch kind, std::int64_t wanted) = 0;
  // What comes next does not continue what was added last.
  virtual void breakHere() = 0;

  [[nodiscard]] virtual std::size_t unplayed() const = 0;
  // Takes the first `out.size()` <= unplayed() samples.
  virtual void play(std::span<std::int16_t> out) = 0;
};

class SpeechSound final : public PlayoutSound {
 public:
  // Decoders for every codec that the factory knows are made here.
  explicit SpeechSound(const CodecFactory& factory);

  [[nodiscard]] bool knows(wire::CodecId codec) const override;
  [[nodiscard]] CarriedRecovery carriedBy(const ReceivedFrame& frame, bool wantsDred) override;
  [[nodiscard]] bool decode(const ReceivedFrame& frame) override;
  [[nodiscard]] bool recover(const ReceivedFrame& next, std::int64_t samples) override;
  [[nodiscard]] bool redraw(const ReceivedFrame& frame, std::int64_t before,
                            std::int64_t samples) override;
  void conceal(std::int64_t samples) override;
  void silence(std::int64_t samples) override;
  [[nodiscard]] bool isPassive() const override { return m_isPassive; }
  std::int64_t stretch(PlayoutStretch kind, std::int64_t wanted) override;
  void breakHere() override { m_seam = Seam::Broken; }
  [[nodiscard]] std::size_t unplayed() const override { return m_write - m_read; }
  void play(std::span<std::int16_t> out) override;

 private:
  // How what comes next joins the end: a decoder goes on without a step, mostly; what was faded or
  // cut does not.
  enum class Seam { Smooth, Doubtful, Broken };
  [[nodiscard]] Decoder* decoderOf(wire::CodecId codec) const;
  // Room for that many samples at the end; they count once m_write moves.
  std::span<std::int16_t> room(std::size_t samples);
  // Takes `samples` written into room() as the next sound.
  void commit(std::size_t samples);
  [[nodiscard]] bool steps(std::size_t samples) const;
  void merge(std::size_t samples);

  std::array<std::unique_ptr<Decoder>, 16> m_decoders;  // by codec id
  wire::CodecId m_codec = wire::CodecId::None;          // of the last frame decoded

  // Played history, then what is decoded and not yet played: [0, m_read) and [m_read, m_write).
  std::unique_ptr<std::int16_t[]> m_pcm;
  std::size_t m_read = 0;
  std::size_t m_write = 0;
  Seam m_seam = Seam::Broken;
  bool m_isQuiet = true;        // the tail is zeros, playing has not begun
  std::int64_t m_invented = 0;  // samples concealed since the last that came from the peer
  bool m_isPassive = true;
  TimeStretcher m_stretcher;
  ComfortNoise m_noise;

  std::array<std::int16_t, kMaxFrameSamples> m_scratch{};
  std::array<std::int16_t, kCrossFade> m_fade{};
};

}  // namespace foyer::media
