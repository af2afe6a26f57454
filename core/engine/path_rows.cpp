#include "core/engine/path_rows.h"

#include <algorithm>

namespace foyer::engine {
namespace {

AddressRange rangeOf(const IpAddress& ip) {
  if (ip.isLoopback()) return AddressRange::Loopback;
  if (ip.isLinkLocal()) return AddressRange::LinkLocal;
  return ip.isPrivate() ? AddressRange::Private : AddressRange::Public;
}

const char* wordOf(AddressRange range) {
  switch (range) {
    case AddressRange::Loopback:
      return "loopback";
    case AddressRange::LinkLocal:
      return "link_local";
    case AddressRange::Private:
      return "private";
    case AddressRange::Public:
      return "public";
  }
  return "public";
}

// The names given so far, in the order in which the addresses were met.
class Mask {
 public:
  MaskedAddress of(const SocketAddress& address) {
    const auto known = std::find_if(m_given.begin(), m_given.end(),
                                    [&](const Given& given) { return given.address == address; });
    if (known != m_given.end()) return known->name;
    MaskedAddress name{.range = rangeOf(address.ip), .isV4 = address.ip.isV4()};
    int hosts = 0;
    for (const Given& given : m_given) {
      const bool isOfKind = given.name.range == name.range && given.name.isV4 == name.isV4;
      if (isOfKind) hosts = std::max(hosts, given.name.host);
      if (given.address.ip != address.ip) continue;
      name.host = given.name.host;
      name.port = std::max(name.port, given.name.port);
    }
    if (name.host == 0) name.host = hosts + 1;
    ++name.port;
    m_given.push_back({address, name});
    return name;
  }

 private:
  struct Given {
    SocketAddress address;
    MaskedAddress name;
  };
  std::vector<Given> m_given;
};

}  // namespace

std::string toString(const MaskedAddress& address) {
  return std::string(wordOf(address.range)) + (address.isV4 ? "_v4_" : "_v6_") +
         std::to_string(address.host) + '/' + std::to_string(address.port);
}

std::vector<PathRow> pathRows(std::span<const client::PathNote> notes) {
  std::vector<PathRow> rows;
  rows.reserve(notes.size());
  Mask mask;
  for (const client::PathNote& note : notes) {
    PathRow row;
    row.atMs = toMilliseconds(note.at - notes.front().at);
    row.step = note.step;
    row.kind = note.kind;
    row.address = note.address;
    if (note.address) row.masked = mask.of(*note.address);
    row.reason = note.reason;
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace foyer::engine
