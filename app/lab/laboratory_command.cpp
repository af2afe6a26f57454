#include "app/lab/laboratory_command.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

namespace foyer::lab {

Fault runLaboratory(int argc, char** argv) {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  const auto folder = self.parent_path();
  const auto script = folder.parent_path() / "share/foyer/lab/laboratory.py";
  if (error || !std::filesystem::exists(script, error))
    return {"laboratory", "not_found", false, "share/foyer/lab/laboratory.py beside this program"};
  const std::string program = script.string(), programs = folder.string();
  std::vector<const char*> words{"python3", program.c_str(), programs.c_str()};
  words.insert(words.end(), argv + 1, argv + argc);
  words.push_back(nullptr);
  ::execvp("python3", const_cast<char* const*>(words.data()));
  return {"laboratory", "not_started", false, std::string("python3: ") + std::strerror(errno)};
}

}  // namespace foyer::lab
