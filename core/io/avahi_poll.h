// libavahi's poll interface on an EventLoop. Used by mdns.cpp only; that loop's thread.
#pragma once

#include <avahi-common/watch.h>

#include "core/io/event_loop.h"

namespace foyer::io {

// `loop` outlives everything made through it. The result lives as long as `loop` is used by Avahi.
[[nodiscard]] AvahiPoll avahiPollOn(EventLoop& loop);

}  // namespace foyer::io
