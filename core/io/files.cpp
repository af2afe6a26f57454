#include "core/io/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace foyer::io {
namespace {

Failure<Fault> storageFault(int error) {
  const auto fault = [error](const char* code, bool retryable) {
    return Failure<Fault>(Fault{"storage", code, retryable, std::strerror(error)});
  };
  switch (error) {
    case ENOENT:
      return fault("not_found", false);
    case EACCES:
    case EPERM:
      return fault("permission", false);
    case ENOSPC:
    case EDQUOT:
      return fault("disk_full", true);
    case EROFS:
      return fault("read_only", false);
    case EISDIR:
    case ENOTDIR:
      return fault("not_a_file", false);
    case EFBIG:
      return fault("too_large", false);
    default:
      return fault("failed", false);
  }
}

// Closes on every way out.
class Descriptor {
 public:
  explicit Descriptor(int fd) : m_fd(fd) {}
  ~Descriptor() { reset(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return m_fd; }
  [[nodiscard]] bool isValid() const { return m_fd >= 0; }
  // 0 or errno: some file systems report a full disk only here.
  int reset() {
    const int fd = std::exchange(m_fd, -1);
    return fd >= 0 && close(fd) != 0 ? errno : 0;
  }
  int release() { return std::exchange(m_fd, -1); }

 private:
  int m_fd;
};

std::string folderOf(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

int writeAll(int fd, ByteView content) {
  while (!content.empty()) {
    const ssize_t written = write(fd, content.data(), content.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    content = content.subspan(static_cast<std::size_t>(written));
  }
  return fsync(fd) == 0 ? 0 : errno;
}

}  // namespace

Result<void, Fault> writeFileAtomically(const std::string& path, ByteView content, FileMode mode) {
  std::string temporary = path + ".new-XXXXXX";
  Descriptor file(mkostemp(temporary.data(), O_CLOEXEC));  // made with 0600
  if (!file.isValid()) return storageFault(errno);
  int error = 0;
  if (mode == FileMode::Ordinary && fchmod(file.get(), 0644) != 0) error = errno;
  if (error == 0) error = writeAll(file.get(), content);
  const int closing = file.reset();
  if (error == 0) error = closing;
  if (error == 0 && rename(temporary.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) {
    unlink(temporary.c_str());
    return storageFault(error);
  }
  // Without this the rename itself may be lost in a crash.
  const Descriptor folder(open(folderOf(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.isValid()) fsync(folder.get());
  return {};
}

Result<Bytes, Fault> readFile(const std::string& path, std::size_t cap) {
  // O_NONBLOCK: a FIFO in the file's place must not hang the program.
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (!file.isValid()) return storageFault(errno);
  struct stat info {};
  if (fstat(file.get(), &info) != 0) return storageFault(errno);
  if (!S_ISREG(info.st_mode)) return storageFault(EISDIR);
  if (static_cast<std::uint64_t>(info.st_size) > cap) return storageFault(EFBIG);
  Bytes content;
  std::array<std::uint8_t, 16384> chunk;
  while (true) {
    const ssize_t got = read(file.get(), chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return storageFault(errno);
    if (got == 0) return content;
    // It may grow while it is read.
    if (content.size() + static_cast<std::size_t>(got) > cap) return storageFault(EFBIG);
    append(content, ByteView(chunk.data(), static_cast<std::size_t>(got)));
  }
}

bool fileExists(const std::string& path) { return access(path.c_str(), F_OK) == 0; }

bool isOpenToOthers(const std::string& path) {
  struct stat info {};
  return stat(path.c_str(), &info) == 0 && (info.st_mode & 077) != 0;
}

Result<void, Fault> makeDirectory(const std::string& path) {
  if (path.empty()) return storageFault(ENOENT);
  for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
    const std::string part = path.substr(0, end);
    if (mkdir(part.c_str(), 0700) != 0 && errno != EEXIST) {
      // A folder above may be unwritable and yet be there.
      const int error = errno;
      if (!fileExists(part)) return storageFault(error);
    }
    if (end == std::string::npos) break;
  }
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) return storageFault(errno);
  if (!S_ISDIR(info.st_mode)) return storageFault(ENOTDIR);
  return {};
}

Result<void, Fault> removeFile(const std::string& path) {
  if (unlink(path.c_str()) != 0 && errno != ENOENT) return storageFault(errno);
  return {};
}

Result<std::string, Fault> keepBeside(const std::string& path, const char* word) {
  constexpr int kMost = 1000;  // somebody has a problem that one more copy does not explain
  for (int n = 1; n <= kMost; ++n) {
    std::string beside = path + "." + word + "-" + std::to_string(n);
    // link() refuses to overwrite, which rename() does not.
    if (link(path.c_str(), beside.c_str()) == 0) return beside;
    if (errno != EEXIST) return storageFault(errno);
  }
  return storageFault(EEXIST);
}

Result<std::string, Fault> keepAside(const std::string& path) {
  auto aside = keepBeside(path, "corrupt");
  if (aside && unlink(path.c_str()) != 0) return storageFault(errno);
  return aside;
}

std::string defaultDataDirectory() {
  // An XDG path that is not absolute is to be ignored (base directory specification).
  if (const char* data = std::getenv("XDG_DATA_HOME"); data != nullptr && data[0] == '/') {
    return std::string(data) + "/foyer";
  }
  if (const char* home = std::getenv("HOME"); home != nullptr && home[0] == '/') {
    return std::string(home) + "/.local/share/foyer";
  }
  return {};
}

std::string defaultRuntimeDirectory(const std::string& dataDirectory) {
  if (const char* runtime = std::getenv("XDG_RUNTIME_DIR");
      runtime != nullptr && runtime[0] == '/') {
    return std::string(runtime) + "/foyer";
  }
  return dataDirectory;
}

Result<LockFile, Fault> LockFile::acquire(const std::string& path) {
  Descriptor file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!file.isValid()) return storageFault(errno);
  if (flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return storageFault(errno);
    std::array<char, 32> pid{};
    const ssize_t got = pread(file.get(), pid.data(), pid.size() - 1, 0);
    std::string detail(pid.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    while (!detail.empty() && detail.back() == '\n') detail.pop_back();
    return Failure<Fault>(Fault{"storage", "already_running", true, detail});
  }
  const std::string pid = std::to_string(getpid()) + "\n";
  // The text is a courtesy; the lock is what counts.
  if (ftruncate(file.get(), 0) == 0) {
    [[maybe_unused]] const ssize_t written = pwrite(file.get(), pid.data(), pid.size(), 0);
  }
  return LockFile(file.release());
}

LockFile::~LockFile() {
  if (m_fd >= 0) close(m_fd);
}

LockFile::LockFile(LockFile&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}

LockFile& LockFile::operator=(LockFile&& other) noexcept {
  if (this != &other) {
    if (m_fd >= 0) close(m_fd);
    m_fd = std::exchange(other.m_fd, -1);
  }
  return *this;
}

}  // namespace foyer::io
