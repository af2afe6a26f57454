// Measuring in one place: CPU time of a thread or process, resident memory, medians, and the one
// line of JSON per figure that bench/run collects.
#pragma once

#include <pthread.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/base/time.h"

namespace foyer::bench {

[[nodiscard]] inline double secondsOf(clockid_t clock) {
  timespec t{};
  clock_gettime(clock, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}
// CPU time of the calling thread, seconds.
[[nodiscard]] inline double threadCpu() { return secondsOf(CLOCK_THREAD_CPUTIME_ID); }
// Monotonic time, seconds.
[[nodiscard]] inline double wallSeconds() { return secondsOf(CLOCK_MONOTONIC); }

// CPU time of all threads of a process, seconds (schedstat counts nanoseconds, where the kernel
// keeps it; getting in and out of threads in between is not seen).
[[nodiscard]] inline double processCpu(int pid) {
  double sum = 0;
  std::error_code error;
  const std::filesystem::path tasks = "/proc/" + std::to_string(pid) + "/task";
  for (const auto& task : std::filesystem::directory_iterator(tasks, error)) {
    std::ifstream file(task.path() / "schedstat");
    double ns = 0;
    if (file >> ns) sum += 1e-9 * ns;
  }
  return sum;
}

// VmRSS in kB (1024 bytes).
[[nodiscard]] inline double residentKb(int pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("VmRSS:")) return std::stod(line.substr(6));
  }
  return 0;
}

[[nodiscard]] inline double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

// One row of bench/RESULTS.md. `bar` and `reference` are sentences; `isMet` is the bar's verdict.
inline void reportFigure(const std::string& what, const std::string& bar, const std::string& figure,
                         bool isMet, const std::string& reference) {
  std::printf(
      "{\"what\": \"%s\", \"bar\": \"%s\", \"figure\": \"%s\", \"met\": %s, \"reference\": "
      "\"%s\"}\n",
      what.c_str(), bar.c_str(), figure.c_str(), isMet ? "true" : "false", reference.c_str());
  std::fflush(stdout);
}

template <class... Values>
[[nodiscard]] std::string text(const char* format, Values... values) {
  char out[512];
  std::snprintf(out, sizeof out, format, values...);
  return out;
}

}  // namespace foyer::bench
