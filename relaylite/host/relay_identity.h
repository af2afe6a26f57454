// The relay's own key, kept in its data directory, apart from any person's: "relay.seed" (32 bytes,
// 0600) and "relay.fingerprint", which remembers that there is one. A seed that is gone, damaged or
// of another key while the marker stands is an error: a relay never takes a new identity silently,
// because everybody who pinned the old one would be told of an attack. Blocking; relay thread.
#pragma once

#include <string>

#include "core/base/fault.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/crypto/identity.h"

namespace foyer::relayhost {

// Fault stage "identity": lost (marker without seed), corrupt (wrong length, or not the marker's
// key), open_to_others (the seed's file can be read by others), or a code of core/io/files.h.
[[nodiscard]] Result<crypto::Identity, Fault> loadOrCreateRelayIdentity(
    const std::string& dataDirectory, RandomSource& random);

}  // namespace foyer::relayhost
