// The record of a call's paths made ready to be shown or given away: when each step was, counted
// from the first one, and addresses replaced by names that tell them apart but not where they are.
// Leaves out sentences (app/foyer/path_text.h). Values and pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/address.h"
#include "core/client/client_state.h"

namespace foyer::engine {

enum class AddressRange : std::uint8_t { Loopback, LinkLocal, Private, Public };

// Stands for an address wherever it must not be told: the same one in the same record, always.
struct MaskedAddress {
  AddressRange range = AddressRange::Public;
  bool isV4 = true;
  int host = 0;  // IP addresses of that range and family in the record, from 1
  int port = 0;  // ports of that IP address, from 1

  bool operator==(const MaskedAddress&) const = default;
};
// "public_v4_2/1", "private_v6_1/3".
[[nodiscard]] std::string toString(const MaskedAddress& address);

struct PathRow {
  std::int64_t atMs = 0;  // since the first step of the record
  client::PathStep step{};
  wire::CandidateKind kind{};
  std::optional<SocketAddress> address;  // personal data: shown when asked for
  std::optional<MaskedAddress> masked;   // of `address`
  std::string reason;                    // a stable word; may be empty

  bool operator==(const PathRow&) const = default;
};

// One row a note, in their order.
[[nodiscard]] std::vector<PathRow> pathRows(std::span<const client::PathNote> notes);

}  // namespace foyer::engine
