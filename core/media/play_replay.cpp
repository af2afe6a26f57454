#include "core/media/play_replay.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>

namespace foyer::media {
namespace {

// A pause of the peer, or a new beginning, is no gap.
constexpr std::int64_t kLongestGap = 1 * kSampleRate;
// Frames never heard of, in all: hours in which every second one is lost.
constexpr std::size_t kMostHoles = 1 << 20;

// Answers as the record says, and notes where it was asked for something else. From then on it
// answers plainly, so that the replay comes to its end.
class ReplayedSound final : public PlayoutSound {
 public:
  explicit ReplayedSound(const std::vector<PlayEvent>& events) : m_events(&events) {}

  [[nodiscard]] std::size_t position() const { return m_next; }
  void skip() { ++m_next; }
  [[nodiscard]] bool isExact() const { return m_isExact; }

  [[nodiscard]] bool knows(wire::CodecId) const override {
    // Asked about the frame that was pushed, the event before.
    return m_next > 0 && (*m_events)[m_next - 1].result;
  }
  [[nodiscard]] CarriedRecovery carriedBy(const ReceivedFrame&, bool wantsDred) override {
    const PlayEvent* event = next(PlayEventKind::Carried);
    if (event == nullptr) return {};
    if (event->samples < 0 || (event->samples > 0 && !wantsDred))
      return differs(), CarriedRecovery{};
    return {event->result, event->samples};
  }
  [[nodiscard]] bool decode(const ReceivedFrame& frame) override {
    const PlayEvent* event = next(PlayEventKind::Decode);
    const bool result = event == nullptr || event->result;
    if (event != nullptr) {
      compare(*event, decodeEvent(frame, result, event->isPassive));
      m_isPassive = event->isPassive;
    }
    if (result) grow(static_cast<std::int64_t>(frameSamples(frame.time)));
    return result;
  }
  [[nodiscard]] bool recover(const ReceivedFrame& after, std::int64_t samples) override {
    const PlayEvent* event = next(PlayEventKind::Recover);
    const bool result = event == nullptr || event->result;
    if (event != nullptr) compare(*event, recoverEvent(after, samples, result));
    if (result) grow(samples);
    return result;
  }
  [[nodiscard]] bool redraw(const ReceivedFrame& frame, std::int64_t before,
                            std::int64_t samples) override {
    const PlayEvent* event = next(PlayEventKind::Redraw);
    const bool result = event == nullptr || event->result;
    if (event != nullptr) compare(*event, redrawEvent(frame, before, samples, result));
    if (result) grow(samples);
    return result;
  }
  void conceal(std::int64_t samples) override { plain(PlayEventKind::Conceal, samples); }
  void silence(std::int64_t samples) override { plain(PlayEventKind::Silence, samples); }
  [[nodiscard]] bool isPassive() const override { return m_isPassive; }
  std::int64_t stretch(PlayoutStretch kind, std::int64_t atMost) override {
    const PlayEvent* event = next(PlayEventKind::Stretch);
    if (event == nullptr) return 0;
    // A real one takes less than it was allowed, and adds no more than it looks at.
    if (event->samples < -std::min(atMost, m_unplayed) ||
        event->samples > static_cast<std::int64_t>(kMaxFrameSamples))
      return differs(), 0;
    compare(*event, stretchEvent(kind, atMost, event->samples));
    m_unplayed += event->samples;
    return event->samples;
  }
  void breakHere() override { plain(PlayEventKind::Break, 0); }
  [[nodiscard]] std::size_t unplayed() const override {
    return static_cast<std::size_t>(m_unplayed);
  }
  void play(std::span<std::int16_t> out) override {
    m_unplayed -= static_cast<std::int64_t>(out.size());
  }

 private:
  void differs() { m_isExact = false; }
  void compare(const PlayEvent& then, const PlayEvent& now) {
    if (then == now) return;
    --m_next;
    differs();
  }
  void grow(std::int64_t samples) { m_unplayed += std::max<std::int64_t>(samples, 0); }
  // The event that has to come now; nullptr when another one did then, or once anything differed.
  const PlayEvent* next(PlayEventKind kind) {
    if (!m_isExact) return nullptr;
    if (m_next >= m_events->size() || (*m_events)[m_next].kind != kind) return differs(), nullptr;
    return &(*m_events)[m_next++];
  }
  void plain(PlayEventKind kind, std::int64_t samples) {
    if (const PlayEvent* event = next(kind)) compare(*event, soundEvent(kind, samples));
    grow(samples);
  }

  const std::vector<PlayEvent>* m_events;
  std::size_t m_next = 0;
  bool m_isExact = true;
  bool m_isPassive = true;
  std::int64_t m_unplayed = 0;
};

// One frame of the peer as a record knows it.
struct Place {
  std::int64_t samples = 0;
  bool isPause = false;               // what follows was left out on purpose
  std::optional<TimePoint> cameAt;    // its own packet
  std::optional<PlayGap::Cure> cure;  // Itself: from its own packet
  int distance = 0;
  bool isCopyPlayed = false;
  std::optional<TimePoint> filledAt;  // sound was made up for it first
  std::int64_t invented = 0;
  TimePoint playedAt{};
};

// Reads the events in order and fills the places of all frames.
class Story {
 public:
  void tell(const PlayEvent& event) {
    switch (event.kind) {
      case PlayEventKind::Frame:
        return onFrame(event);
      case PlayEventKind::Pull:
        m_now = event.at;
        return;
      case PlayEventKind::Decode:
        if (event.result) onDecode(event);
        return;
      case PlayEventKind::Recover:
        if (event.result) onRecover(event);
        return;
      case PlayEventKind::Redraw:
        if (event.result) onRedraw(event);
        return;
      case PlayEventKind::Conceal:
        onConceal(event.samples);
        return;
      case PlayEventKind::Carried:
      case PlayEventKind::Silence:
      case PlayEventKind::Stretch:
      case PlayEventKind::Break:
        return;
    }
  }

  std::vector<PlayGap> gaps() {
    fillHoles();
    std::vector<PlayGap> gaps;
    std::uint64_t number = 0;
    for (auto it = m_places.lower_bound(m_first); it != m_places.end() && it->first < m_end;
         ++it, ++number)
      if (auto gap = gapAt(it->second)) {
        gap->frame = number;
        gap->burst = burstAround(it);
        gaps.push_back(*gap);
      }
    return gaps;
  }

 private:
  using Places = std::map<std::int64_t, Place>;  // by media time in samples, without wrap

  std::int64_t startOf(std::uint16_t mediaTime) const {
    const auto reference = static_cast<std::uint16_t>(m_highestUnits);
    const auto ahead = static_cast<std::int16_t>(static_cast<std::uint16_t>(mediaTime - reference));
    return (m_highestUnits + ahead) * kSamplesPerMediaUnit;
  }

  void onFrame(const PlayEvent& event) {
    if (!event.result) return;
    if (!m_hasFrame) m_highestUnits = event.mediaTime;
    m_hasFrame = true;
    const std::int64_t start = startOf(event.mediaTime);
    Place& place = m_places[start];
    place.samples = static_cast<std::int64_t>(frameSamples(event.time));
    place.isPause = isPauseMark(event.codec, event.size);
    if (event.isCopy) return;
    m_highestUnits = std::max(m_highestUnits, start / kSamplesPerMediaUnit);
    m_carriers[event.counter] = start;
    if (!place.cameAt) place.cameAt = event.at;
  }

  void onDecode(const PlayEvent& event) {
    const std::int64_t start = startOf(event.mediaTime);
    Place& place = m_places[start];
    place.cure = event.isCopy ? PlayGap::Cure::Copy : PlayGap::Cure::Itself;
    place.playedAt = m_now;
    const auto carrier = m_carriers.find(event.counter);
    if (event.isCopy && carrier != m_carriers.end() && place.samples > 0)
      place.distance = static_cast<int>((carrier->second - start) / place.samples);
    if (!m_hasPlayed) m_first = start;
    m_hasPlayed = true;
    m_at = start + place.samples;
    m_end = std::max(m_end, m_at);
  }

  void onRecover(const PlayEvent& event) {
    const std::int64_t next = startOf(event.mediaTime);
    const auto after = m_places.find(next);
    if (after != m_places.end()) {
      Place& place = m_places[next - after->second.samples];
      if (place.samples == 0) place.samples = after->second.samples;
      place.cure = PlayGap::Cure::LowRate;
      place.playedAt = m_now;
    }
    m_at = next;
  }

  void onRedraw(const PlayEvent& event) {
    const std::int64_t from = startOf(event.mediaTime) - event.before;
    if (event.samples > 0) m_redrawn.push_back({from, from + event.samples, m_now});
    m_at = from + event.samples;
  }

  void onConceal(std::int64_t samples) {
    if (!m_hasPlayed || samples <= 0) return;
    m_invented.push_back({m_at, m_at + samples, m_now});
    m_at += samples;
  }

  // What was never heard of lies between what was.
  void fillHoles() {
    std::vector<std::pair<std::int64_t, std::int64_t>> holes;
    for (auto it = m_places.begin(); it != m_places.end(); ++it) {
      const auto next = std::next(it);
      if (next == m_places.end() || it->second.samples <= 0 || it->second.isPause) continue;
      const std::int64_t end = it->first + it->second.samples;
      if (next->first - end > kLongestGap) continue;
      for (std::int64_t at = end;
           at + it->second.samples <= next->first && holes.size() < kMostHoles;
           at += it->second.samples)
        holes.emplace_back(at, it->second.samples);
    }
    for (const auto& [at, samples] : holes) m_places[at].samples = samples;
    for (const Span& span : m_redrawn)
      forEachIn(span, [&](Place& place, std::int64_t) {
        if (!place.cure) place.cure = PlayGap::Cure::Redrawn;
        place.playedAt = span.at;
      });
    for (const Span& span : m_invented)
      forEachIn(span, [&](Place& place, std::int64_t samples) {
        place.invented += samples;
        if (!place.filledAt) place.filledAt = span.at;
        if (!place.cure) place.playedAt = span.at;
      });
  }

  struct Span {
    std::int64_t from = 0, to = 0;
    TimePoint at{};
  };
  template <class Visit>
  void forEachIn(const Span& span, Visit&& visit) {
    auto it = m_places.upper_bound(span.from);
    if (it != m_places.begin()) --it;
    for (; it != m_places.end() && it->first < span.to; ++it) {
      const std::int64_t shared =
          std::min(span.to, it->first + it->second.samples) - std::max(span.from, it->first);
      if (shared > 0) visit(it->second, shared);
    }
  }

  static std::optional<PlayGap> gapAt(const Place& place) {
    PlayGap gap;
    gap.at = place.playedAt;
    gap.invented = place.invented;
    gap.distance = place.distance;
    gap.cure = place.cure.value_or(PlayGap::Cure::None);
    if (gap.cure == PlayGap::Cure::Itself && place.invented == 0) return std::nullopt;
    if (!place.cameAt) return gap;
    const bool isLate = place.filledAt || place.cure;
    gap.cause = isLate ? PlayGap::Cause::Late : PlayGap::Cause::LeftOut;
    const TimePoint filled = place.filledAt.value_or(place.playedAt);
    if (isLate) gap.lateBy = std::max(*place.cameAt - filled, Duration::zero());
    return gap;
  }

  // Lost frames in a row around a lost one; 1 for any other.
  int burstAround(Places::iterator it) const {
    const auto isLost = [](const Place& place) { return !place.cameAt; };
    if (!isLost(it->second)) return 1;
    int burst = 1;
    for (auto at = it; at != m_places.begin() && isLost(std::prev(at)->second); --at) ++burst;
    for (auto at = std::next(it); at != m_places.end() && isLost(at->second); ++at) ++burst;
    return burst;
  }

  Places m_places;
  std::map<std::uint64_t, std::int64_t> m_carriers;  // where each packet's own frame begins
  std::vector<Span> m_invented, m_redrawn;
  bool m_hasFrame = false, m_hasPlayed = false;
  std::int64_t m_highestUnits = 0;
  std::int64_t m_first = 0;  // of what was played
  std::int64_t m_end = 0;
  std::int64_t m_at = 0;  // where playing stands
  TimePoint m_now{};
};

std::string inMs(std::int64_t samples) {
  return std::to_string(toMilliseconds(samplesToDuration(samples))) + " ms";
}

}  // namespace

const char* toString(PlayGap::Cause cause) {
  switch (cause) {
    case PlayGap::Cause::Lost:
      return "lost";
    case PlayGap::Cause::Late:
      return "late";
    case PlayGap::Cause::LeftOut:
      return "left_out";
  }
  return "";
}

const char* toString(PlayGap::Cure cure) {
  switch (cure) {
    case PlayGap::Cure::None:
      return "none";
    case PlayGap::Cure::Copy:
      return "copy";
    case PlayGap::Cure::LowRate:
      return "lbrr";
    case PlayGap::Cure::Redrawn:
      return "dred";
    case PlayGap::Cure::Itself:
      return "itself";
  }
  return "";
}

std::string explain(const PlayGap& gap) {
  std::string text = "frame " + std::to_string(gap.frame) + ": ";
  switch (gap.cause) {
    case PlayGap::Cause::Lost:
      text += gap.burst > 1 ? "lost in a burst of " + std::to_string(gap.burst) : "lost alone";
      break;
    case PlayGap::Cause::Late:
      text += "came " + std::to_string(toMilliseconds(gap.lateBy)) + " ms late";
      break;
    case PlayGap::Cause::LeftOut:
      return text + "left out to bring the delay down";
  }
  switch (gap.cure) {
    case PlayGap::Cure::None:
      return text + ", not recovered, " + inMs(gap.invented) + " invented";
    case PlayGap::Cure::Copy:
      text += ", recovered from copy at +" + std::to_string(gap.distance);
      break;
    case PlayGap::Cure::LowRate:
      text += ", recovered from the low-rate copy in the next frame";
      break;
    case PlayGap::Cure::Redrawn:
      text += ", redrawn from a later frame's deep redundancy";
      break;
    case PlayGap::Cure::Itself:
      text += ", still played";
      break;
  }
  if (gap.invented > 0) text += ", after " + inMs(gap.invented) + " invented";
  return text;
}

std::vector<PlayGap> findGaps(const PlayRecord& record) {
  Story story;
  for (const PlayEvent& event : record.events) story.tell(event);
  return story.gaps();
}

PlayReplay replay(const PlayRecord& record, const JitterBufferLimits& limits) {
  auto owned = std::make_unique<ReplayedSound>(record.events);
  ReplayedSound& sound = *owned;
  Playout playout(std::move(owned), limits);
  std::array<std::int16_t, kMaxFrameSamples> out{};
  ReceivedFrame frame{};
  while (sound.isExact() && sound.position() < record.events.size()) {
    const PlayEvent& event = record.events[sound.position()];
    if (event.kind == PlayEventKind::Frame) {
      frame.counter = event.counter;
      frame.arrivedAt = event.at;
      frame.codec = event.codec;
      frame.time = event.time;
      frame.mediaTime = event.mediaTime;
      frame.isCopy = event.isCopy;
      frame.size = event.size;
      sound.skip();
      playout.push(frame);
    } else if (event.kind == PlayEventKind::Pull) {
      sound.skip();
      playout.pull(event.at, {out.data(), static_cast<std::size_t>(event.samples)});
    } else {
      // Something was done to the sound then that is not done now.
      return {sound.position(), playout.report()};
    }
  }
  PlayReplay result{std::nullopt, playout.report()};
  // The room of a record that was cut ended somewhere inside a pull.
  const bool isAtCut = record.isCut && sound.position() >= record.events.size();
  if (!sound.isExact() && !isAtCut) result.differsAt = sound.position();
  return result;
}

}  // namespace foyer::media
