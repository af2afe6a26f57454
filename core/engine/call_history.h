// Past calls, newest first, and what a running one will be remembered by: the way it took last, how
// it sounded in a word, and its figures. Bounded as the profile is. Value, no thread.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "core/engine/call_tally.h"
#include "core/store/stored_state.h"

namespace foyer::engine {

class CallHistory {
 public:
  // A call is called by the worst word that held for this share of its time: one bad second in an
  // hour is no poor call.
  static constexpr double kTellingShare = 0.1;

  void load(std::vector<store::StoredCall> calls) { m_calls = std::move(calls); }
  // A call that has sound, about once a second.
  void mark(const CallView& call, TimePoint now);
  // It has ended, and this is known of it; returned with what was marked. `last`: its last figures.
  [[nodiscard]] store::StoredCall finished(store::StoredCall call, const CallStats& last);
  void add(const store::StoredCall& call);
  // False: there is none.
  bool remove(const CallId& call);
  void clear() { m_calls.clear(); }
  // False: nothing was unseen.
  bool markSeen();
  [[nodiscard]] const std::vector<store::StoredCall>& calls() const { return m_calls; }

 private:
  struct Marks {
    std::string path;
    std::array<std::uint32_t, 4> bySeverity{};
    CallTally tally;
  };
  std::vector<store::StoredCall> m_calls;
  std::map<CallId, Marks> m_running;  // at most one or two have sound
};

}  // namespace foyer::engine
