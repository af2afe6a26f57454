#include "core/store/call_figures.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace foyer::store {
namespace {

using Json = nlohmann::ordered_json;

// A few hundred bytes as written; more is nobody's figures.
constexpr std::size_t kMaxTextBytes = 4096;

bool isName(const std::string& name) {
  return !name.empty() && name.size() <= kMaxFigureNameBytes &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
         });
}

// Each number and list by its name, for writing and for reading.
template <class Figures, class Visitor>
void visit(Figures& figures, Visitor&& each) {
  each("seconds", figures.seconds);
  each("delay_mean_ms", figures.delayMeanMs);
  each("delay_worst_ms", figures.delayWorstMs);
  each("buffer_mean_ms", figures.bufferMeanMs);
  each("buffer_worst_ms", figures.bufferWorstMs);
  each("loss_heard_mean", figures.lossHeardMean);
  each("loss_heard_worst", figures.lossHeardWorst);
  each("loss_sent_mean", figures.lossSentMean);
  each("loss_sent_worst", figures.lossSentWorst);
  each("concealed", figures.concealed);
  each("sent_kbps", figures.sentKbps);
  each("heard_kbps", figures.heardKbps);
  each("paths", figures.paths);
  each("tiers", figures.tiers);
  each("changes", figures.changes);
}

struct Writer {
  Json& json;
  void operator()(const char* name, std::uint32_t value) const { json[name] = value; }
  void operator()(const char* name, const std::optional<std::uint32_t>& value) const {
    if (value) json[name] = *value;
  }
  void operator()(const char* name, const std::vector<NamedCount>& values) const {
    Json list = Json::object();
    for (const NamedCount& value : values) list[value.name] = value.count;
    json[name] = std::move(list);
  }
};

struct Reader {
  const Json& json;
  bool& isGood;

  void operator()(const char* name, std::uint32_t& value) const {
    const auto found = json.find(name);
    isGood = isGood && found != json.end() && take(*found, value);
  }
  void operator()(const char* name, std::optional<std::uint32_t>& value) const {
    if (!json.contains(name)) return;
    value.emplace(0);
    (*this)(name, *value);
  }
  void operator()(const char* name, std::vector<NamedCount>& values) const {
    const auto found = json.find(name);
    isGood =
        isGood && found != json.end() && found->is_object() && found->size() <= kMaxFigureNames;
    if (!isGood) return;
    for (const auto& [key, number] : found->items()) {
      NamedCount value{key, 0};
      isGood = isGood && isName(key) && take(number, value.count);
      values.push_back(std::move(value));
    }
  }
  static bool take(const Json& json, std::uint32_t& value) {
    if (!json.is_number_unsigned() || json.get<std::uint64_t>() > kMaxFigure) return false;
    value = json.get<std::uint32_t>();
    return true;
  }
};

}  // namespace

std::string toText(const CallFigures& figures) {
  Json json = Json::object();
  visit(figures, Writer{json});
  return json.dump();
}

std::optional<CallFigures> parseCallFigures(std::string_view text) {
  if (text.size() > kMaxTextBytes) return std::nullopt;
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  CallFigures figures;
  bool isGood = true;
  visit(figures, Reader{json, isGood});
  const bool areShares =
      std::max({figures.lossHeardMean, figures.lossHeardWorst, figures.lossSentMean,
                figures.lossSentWorst, figures.concealed}) <= kWholeShare;
  return isGood && areShares ? std::optional(std::move(figures)) : std::nullopt;
}

}  // namespace foyer::store
