// The invites of the relay in this program. They are kept as numbers and times alone: each token is
// made of the relay's secret, so that the secret is all that has to be kept secret. Value, no
// thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"

namespace foyer::engine {

class RelayInvites {
 public:
  static constexpr std::size_t kMaxInvites = 16;  // one more is refused
  // One that is over is shown for so long, then forgotten.
  static constexpr std::int64_t kShownAfterMs = 24LL * 3600 * 1000;

  struct Invite {
    std::uint64_t number = 0;
    std::int64_t madeAtMs = 0;            // Unix ms
    std::optional<std::int64_t> untilMs;  // absent: until it is taken back
    [[nodiscard]] bool isOver(WallTime now) const { return untilMs && *untilMs <= now.unixMs; }
  };

  void load(std::string_view text);
  [[nodiscard]] std::string text() const;

  // nullopt: there are too many.
  [[nodiscard]] std::optional<Invite> make(WallTime now, std::optional<Duration> life);
  bool revoke(std::uint64_t number);
  // True when some were.
  bool forgetOver(WallTime now);
  // A relay starts: nobody has come in by an invite yet.
  void beginRun() { m_forgotten.clear(); }
  [[nodiscard]] const std::vector<Invite>& invites() const { return m_invites; }  // newest first
  // Those, and what was forgotten since the relay started: who came in by them may come back.
  [[nodiscard]] std::vector<Invite> known() const;

  // 20 hex digits: no number can be guessed by asking a relay, and short enough for a QR code that
  // a telephone reads off a screen.
  [[nodiscard]] static std::string tokenOf(const Invite& invite, std::string_view secret);

 private:
  std::vector<Invite> m_invites;
  std::vector<Invite> m_forgotten;  // newest first; at most kMaxInvites
};

}  // namespace foyer::engine
