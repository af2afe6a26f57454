#include "relaylite/host/relay_identity.h"

#include "core/io/files.h"

namespace foyer::relayhost {
namespace {

using crypto::Identity;
using crypto::SecretSeed;

// Longer than what is written, so that a longer file is seen as damaged.
constexpr std::size_t kReadCap = 256;

Failure<Fault> identityFault(const char* code, const char* detail) {
  return Failure<Fault>(Fault{"identity", code, false, detail});
}

Failure<Fault> identityFault(Fault fault) {
  fault.stage = "identity";
  return Failure<Fault>(std::move(fault));
}

Result<void, Fault> writeMarker(const std::string& path, const Identity& identity) {
  const std::string text = identity.fingerprint().hex() + "\n";
  return io::writeFileAtomically(path, viewOf(text), io::FileMode::Ordinary);
}

Result<Identity, Fault> create(const std::string& seedPath, const std::string& markerPath,
                               RandomSource& random) {
  Identity made = Identity::generate(random);
  // Seed first: a crash in between leaves a seed without a marker, which is a usable identity.
  if (auto written = io::writeFileAtomically(seedPath, made.seed().view(), io::FileMode::OwnerOnly);
      !written) {
    return identityFault(written.error());
  }
  if (auto written = writeMarker(markerPath, made); !written) return identityFault(written.error());
  return made;
}

}  // namespace

Result<Identity, Fault> loadOrCreateRelayIdentity(const std::string& dataDirectory,
                                                  RandomSource& random) {
  const std::string seedPath = dataDirectory + "/relay.seed";
  const std::string markerPath = dataDirectory + "/relay.fingerprint";
  const auto marker = io::readFile(markerPath, kReadCap);
  // Only "not there" may lead to a new identity; "cannot be read" must not.
  if (!marker && marker.error().code != "not_found") return identityFault(marker.error());

  auto stored = io::readFile(seedPath, kReadCap);
  if (!stored) {
    if (stored.error().code != "not_found") return identityFault(stored.error());
    if (marker) return identityFault("lost", "the relay had a key and its file is gone");
    return create(seedPath, markerPath, random);
  }
  if (io::isOpenToOthers(seedPath)) {
    crypto::wipe(*stored);
    return identityFault("open_to_others", "the relay's key file can be read by others");
  }
  const auto seed = SecretSeed::fromBytes(*stored);
  crypto::wipe(*stored);
  if (!seed || seed->isZero()) return identityFault("corrupt", "the relay's key file is damaged");
  Identity identity = Identity::fromSeed(*seed);
  if (!marker) {
    if (auto written = writeMarker(markerPath, identity); !written) {
      return identityFault(written.error());
    }
    return identity;
  }
  std::string_view text = textOf(*marker);
  while (text.ends_with('\n')) text.remove_suffix(1);
  if (text != identity.fingerprint().hex()) {
    return identityFault("corrupt", "the relay's key is not the one it had before");
  }
  return identity;
}

}  // namespace foyer::relayhost
