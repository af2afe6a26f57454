#include "core/engine/event_log.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <nlohmann/json.hpp>

#include "core/engine/redact.h"

namespace foyer::engine {
namespace {

std::string format(const Event& event, bool isRedacted) {
  nlohmann::ordered_json line;
  line["event"] = event.name;
  line["time_ms"] = event.timeMs;
  line["seq"] = event.sequence;
  for (const auto& [key, value] : event.about) {
    std::visit(
        [&](const auto& v) {
          using Type = std::decay_t<decltype(v)>;
          if constexpr (std::is_same_v<Type, std::string>)
            line[key] = isRedacted ? redact(v) : v;
          else
            line[key] = v;
        },
        value);
  }
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::string toJsonLine(const Event& event) { return format(event, false); }
std::string toRedactedJsonLine(const Event& event) { return format(event, true); }

bool EventLog::append(const std::string& line) {
  if (m_size < 0) {
    struct stat info {};
    m_size = stat(m_path.c_str(), &info) == 0 ? info.st_size : 0;
  }
  if (m_size > kMaxFileBytes) {
    if (std::rename(m_path.c_str(), (m_path + ".1").c_str()) == 0) m_size = 0;
  }
  const int fd = open(m_path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  const std::string whole = line + "\n";
  const bool ok =
      fd >= 0 && write(fd, whole.data(), whole.size()) == static_cast<ssize_t>(whole.size());
  if (fd >= 0) close(fd);
  if (ok)
    m_size += static_cast<std::int64_t>(whole.size());
  else
    ++m_lost;
  return ok;
}

}  // namespace foyer::engine
