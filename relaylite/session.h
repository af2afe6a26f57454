// One connection as the relay's logic sees it: small, because there may be thousands that idle.
#pragma once

#include <cstdint>
#include <optional>

#include "core/base/address.h"
#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/net/connection_id.h"
#include "core/wire/frame_reader.h"
#include "relaylite/budget.h"

namespace foyer::relaylite {

// Which invite somebody came in by: the beginning of its token's hash, so that it stays the same
// while invites come and go.
using InviteMark = std::uint64_t;
inline constexpr InviteMark kNoInvite = 0;

struct Session {
  enum class Phase : std::uint8_t {
    Newcomer,  // connected, hello outstanding
    Admitted,
    Closing,  // closed by us; whatever still comes is ignored
  };

  net::ConnectionId id;
  std::uint64_t number = 0;  // of this run, for events
  PublicKey key;
  Fingerprint who;
  SocketAddress remote;
  Phase phase = Phase::Newcomer;
  std::uint32_t helloId = 0;  // of the hello that let them in
  InviteMark invite = kNoInvite;

  wire::FrameReader reader;
  std::optional<TimePoint> frameSince;  // an unfinished frame is held since
  TimePoint badSince{};                 // start of the minute that badCount is of
  std::uint32_t badCount = 0;

  bool isLegWatched = false;  // has an entry among the legs to look at
  TimePoint legFrom{};        // the leg stays as it was told until then

  Budget messages;
  Budget bytes;
  Budget offers;
  Budget availability;
  Budget publish;
  Budget snapshots;
  Budget turn;
  Budget errors;
};

}  // namespace foyer::relaylite
