// Proves that a relay answers: a client of its own, with a throw-away key and a socket of its own,
// connects through the real network path, checks that the relay has the pinned key, says hello and
// waits for welcome. One attempt per object; the loop's thread.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/base/address.h"
#include "core/base/fault.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/io/event_loop.h"
#include "core/net/endpoint_config.h"

namespace foyer::relayhost {

class SelfCheck {
 public:
  // An answer over the machine's own addresses comes within milliseconds.
  static constexpr Duration kPatience = 3s;

  struct Target {
    SocketAddress address;
    net::KeyPin relay;
    std::string invite;  // empty: none
  };
  // Called once, from the loop, never inside the constructor; deleting the object there is allowed.
  // Fault stage "verifying": no_answer, wrong_key, refused, failed, or a code of UdpSocket.
  using Done = std::function<void(Result<void, Fault>)>;

  SelfCheck(io::EventLoop& loop, RandomSource& random, Target target, Done done);
  ~SelfCheck();
  SelfCheck(const SelfCheck&) = delete;
  SelfCheck& operator=(const SelfCheck&) = delete;

 private:
  struct State;
  std::unique_ptr<State> m_state;
};

}  // namespace foyer::relayhost
