// Files the careful way: replaced as a whole or not at all, read with a cap, one program per data
// directory. Blocking: not for NET or AUDIO. Any thread, one file by one thread.
#pragma once

#include <optional>
#include <string>

#include "core/base/bytes.h"
#include "core/base/fault.h"
#include "core/base/result.h"

namespace foyer::io {

enum class FileMode : std::uint8_t { Ordinary, OwnerOnly };  // 0644, 0600

// All faults have the stage "storage" and one of these codes; the detail is errno's sentence,
// without the path: not_found, permission, disk_full, read_only, too_large, not_a_file,
// already_running (LockFile), failed.

// Writes beside `path`, fsyncs, renames over it, fsyncs the folder: after a crash the file is the
// old one or the new one. The folder must exist.
[[nodiscard]] Result<void, Fault> writeFileAtomically(const std::string& path, ByteView content,
                                                      FileMode mode);
// The whole file; too_large when it is longer than `cap` bytes.
[[nodiscard]] Result<Bytes, Fault> readFile(const std::string& path, std::size_t cap);
[[nodiscard]] bool fileExists(const std::string& path);
// True when group or others have any right to it (false too when it cannot be looked at).
[[nodiscard]] bool isOpenToOthers(const std::string& path);
// Creates `path` and its missing parents, new ones with 0700.
[[nodiscard]] Result<void, Fault> makeDirectory(const std::string& path);
// Removing what is not there is no fault.
[[nodiscard]] Result<void, Fault> removeFile(const std::string& path);
// Moves a damaged file aside as "path.corrupt-<n>" (never overwriting) and returns the new name.
[[nodiscard]] Result<std::string, Fault> keepAside(const std::string& path);
// A second name, "path.<word>-<n>" (never overwriting), for a file that is about to be replaced as
// a whole: what it holds now stays there. Returns that name.
[[nodiscard]] Result<std::string, Fault> keepBeside(const std::string& path, const char* word);

// "$XDG_DATA_HOME/foyer" or "~/.local/share/foyer"; empty when neither HOME nor the user's entry
// says where.
[[nodiscard]] std::string defaultDataDirectory();
// "$XDG_RUNTIME_DIR/foyer" or, without one, `dataDirectory`.
[[nodiscard]] std::string defaultRuntimeDirectory(const std::string& dataDirectory);

// Holds flock(2) on a file with the owner's pid as its text. Freed by the kernel however the
// program ends, so a leftover file never blocks.
class LockFile {
 public:
  // already_running: another program holds it; the detail is its pid when readable.
  [[nodiscard]] static Result<LockFile, Fault> acquire(const std::string& path);
  ~LockFile();
  LockFile(LockFile&& other) noexcept;
  LockFile& operator=(LockFile&& other) noexcept;
  LockFile(const LockFile&) = delete;
  LockFile& operator=(const LockFile&) = delete;

 private:
  explicit LockFile(int fd) : m_fd(fd) {}
  int m_fd = -1;
};

}  // namespace foyer::io
