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

std::string toJsonLine(const Overflow& overflow) {
  const nlohmann::ordered_json line{
      {"event", "events:overflow"}, {"time_ms", overflow.timeMs}, {"lost", overflow.lost}};
  return line.dump();
}

bool EventLog::append(const std::string& lines) {
  if (m_size > kMaxFileBytes && std::rename(m_path.c_str(), (m_path + ".1").c_str()) == 0)
    m_size = -1;
  const int fd = open(m_path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return false;
  if (m_size < 0) {
    struct stat info {};
    m_size = fstat(fd, &info) == 0 ? info.st_size : 0;
    // A program that was killed may have left half a line.
    char last = '\n';
    m_isTorn = m_size > 0 && pread(fd, &last, 1, m_size - 1) == 1 && last != '\n';
  }
  const std::string whole = (m_isTorn ? "\n" : "") + lines + "\n";
  const ssize_t written = write(fd, whole.data(), whole.size());
  close(fd);
  if (written > 0) {
    m_size += written;
    m_isTorn = whole[static_cast<std::size_t>(written) - 1] != '\n';
  }
  return written == static_cast<ssize_t>(whole.size());
}

}  // namespace foyer::engine
