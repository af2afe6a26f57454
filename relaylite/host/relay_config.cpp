#include "relaylite/host/relay_config.h"

#include <charconv>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/address.h"
#include "core/net/turn_link.h"
#include "core/wire/text.h"

namespace foyer::relayhost {
namespace {

using nlohmann::json;

Failure<Fault> invalid(std::string detail) {
  return Failure<Fault>(Fault{"config", "invalid", false, std::move(detail)});
}

// Empty: taken. Else what is wrong with the value.
using Take = std::function<std::string(const json&)>;
using Keys = std::map<std::string, Take, std::less<>>;

// Empty, or what is wrong, with the key in front.
std::string takeAll(const json& object, const Keys& keys, const std::string& prefix) {
  for (const auto& [key, value] : object.items()) {
    const auto found = keys.find(key);
    if (found == keys.end()) {
      std::string known;
      for (const auto& entry : keys) known += (known.empty() ? "" : ", ") + entry.first;
      return "unknown key \"" + prefix + key.substr(0, 64) + "\"; known are: " + known;
    }
    if (const std::string wrong = found->second(value); !wrong.empty()) {
      return "\"" + prefix + key + "\" " + wrong;
    }
  }
  return {};
}

Take text(std::string& into, std::size_t longest) {
  return [&into, longest](const json& value) -> std::string {
    if (!value.is_string()) return "must be a text";
    const auto& given = value.get_ref<const std::string&>();
    if (given.size() > longest) return "is longer than " + std::to_string(longest) + " bytes";
    into = given;
    return {};
  };
}

Take boolean(bool& into) {
  return [&into](const json& value) -> std::string {
    if (!value.is_boolean()) return "must be true or false";
    into = value.get<bool>();
    return {};
  };
}

Take count(std::uint32_t& into, std::uint32_t most) {
  return [&into, most](const json& value) -> std::string {
    if (!value.is_number_unsigned() || value.get<std::uint64_t>() < 1 ||
        value.get<std::uint64_t>() > most) {
      return "must be a whole number from 1 to " + std::to_string(most);
    }
    into = value.get<std::uint32_t>();
    return {};
  };
}

}  // namespace

bool parseListen(std::string_view text, RelayOptions& into) {
  if (text.starts_with(':')) {
    const std::string_view digits = text.substr(1);
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (error != std::errc() || end != digits.data() + digits.size()) return false;
    into.listen.clear();
    into.port = port;
    return true;
  }
  const auto address = SocketAddress::parse(text);
  if (!address) return false;
  into.listen = address->ip.toString();
  into.port = address->port;
  return true;
}

std::shared_ptr<const net::TurnPassword> turnSecretFrom(std::string_view content) {
  const std::string_view line = content.substr(0, content.find_first_of("\r\n"));
  auto secret = net::TurnPassword::from(line);
  if (!secret) return nullptr;
  return std::make_shared<const net::TurnPassword>(std::move(*secret));
}

Result<RelayOptions, Fault> parseRelayConfig(std::string_view source, RelayOptions options) {
  if (source.size() > kMaxConfigBytes) return invalid("the file is too long");
  // Duplicate keys would let the last one win unseen.
  std::vector<std::vector<std::string>> open;
  std::string duplicate;
  const auto onEvent = [&](int, json::parse_event_t event, json& parsed) {
    if (event == json::parse_event_t::object_start) open.emplace_back();
    if (event == json::parse_event_t::object_end && !open.empty()) open.pop_back();
    if (event == json::parse_event_t::key && !open.empty()) {
      const auto key = parsed.get<std::string>();
      for (const std::string& other : open.back()) {
        if (other == key) duplicate = key;
      }
      open.back().push_back(key);
    }
    return true;
  };
  const json root = json::parse(source, onEvent, false, true);
  if (root.is_discarded()) return invalid("the file is not valid JSON");
  if (!root.is_object()) return invalid("the file must hold one JSON object");
  if (!duplicate.empty())
    return invalid("the key \"" + duplicate.substr(0, 64) + "\" stands twice");

  RelayOptions read = std::move(options);
  const Keys limits{
      {"clients", count(read.tuning.maxClients, 100'000)},
      {"clients_per_address", count(read.tuning.maxClientsPerAddress, 100'000)},
      {"calls", count(read.tuning.maxCalls, 100'000)},
  };
  std::string nested;
  const Keys turn{
      {"links",
       [&](const json& value) -> std::string {
         if (!value.is_array() || value.empty() || value.size() > wire::kMaxTurnLinks)
           return "must be a list of 1 to " + std::to_string(wire::kMaxTurnLinks) + " links";
         read.tuning.turn.links.clear();
         for (const json& one : value) {
           const auto link = one.is_string() ? net::parseTurnLink(one.get_ref<const std::string&>())
                                             : Result<net::TurnLink, net::TurnLinkError>(
                                                   Failure(net::TurnLinkError::NotTurn));
           if (!link) return std::string("holds what is no link: ") + toString(link.error());
           read.tuning.turn.links.push_back(link->format());
         }
         return {};
       }},
      {"secret_file", text(read.turnSecretFile, 4096)},
      {"lifetime_s",
       [&](const json& value) -> std::string {
         if (!value.is_number_unsigned() || value.get<std::uint64_t>() < kMinTurnLifetime ||
             value.get<std::uint64_t>() > kMaxTurnLifetime) {
           return "must be a whole number from " + std::to_string(kMinTurnLifetime) + " to " +
                  std::to_string(kMaxTurnLifetime);
         }
         read.tuning.turn.lifetimeSeconds = value.get<std::uint32_t>();
         return {};
       }},
  };
  const Keys keys{
      {"listen",
       [&](const json& value) -> std::string {
         if (!value.is_string()) return "must be a text";
         const auto& given = value.get_ref<const std::string&>();
         if (given.empty()) {
           read.listen.clear();
           read.port = 0;
           return {};
         }
         return parseListen(given, read) ? "" : "must be ADDRESS:PORT, [IPV6]:PORT or :PORT";
       }},
      {"tcp",
       [&](const json& value) -> std::string {
         if (!value.is_number_unsigned() || value.get<std::uint64_t>() > 65535)
           return "must be a port, or 0 for any that is free";
         read.tcpPort = value.get<std::uint16_t>();
         return {};
       }},
      {"data_dir", text(read.dataDirectory, 4096)},
      {"name", text(read.name, 63)},
      {"mdns", boolean(read.announce)},
      {"real_time", boolean(read.realTime)},
      {"invite_token",
       [&](const json& value) -> std::string {
         if (!value.is_string()) return "must be a text";
         const auto& token = value.get_ref<const std::string&>();
         // Anything else would give a link that nobody can open.
         if (!wire::isValidToken(token)) return kTokenRule;
         read.tuning.inviteToken = token;
         return {};
       }},
      {"turn",
       [&](const json& value) -> std::string {
         if (!value.is_object()) return "must be an object";
         nested = takeAll(value, turn, "turn.");
         if (!nested.empty()) return "holds a mistake";
         if (!value.contains("links")) return "needs \"links\"";
         return value.contains("secret_file") ? "" : "needs \"secret_file\"";
       }},
      {"limits",
       [&](const json& value) -> std::string {
         if (!value.is_object()) return "must be an object";
         nested = takeAll(value, limits, "limits.");
         return nested.empty() ? "" : "holds a mistake";
       }},
  };
  const std::string wrong = takeAll(root, keys, "");
  if (!nested.empty()) return invalid(nested);
  if (!wrong.empty()) return invalid(wrong);
  return read;
}

}  // namespace foyer::relayhost
