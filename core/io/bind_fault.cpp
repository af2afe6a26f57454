#include "core/io/bind_fault.h"

#include <cerrno>
#include <cstring>

namespace foyer::io {

Fault bindFault(int error) {
  const auto fault = [error](const char* code, bool retryable) {
    return Fault{"bind", code, retryable, std::strerror(error)};
  };
  switch (error) {
    case EADDRINUSE:
      return fault("port_taken", true);
    case EACCES:
    case EPERM:
      return fault("permission", false);
    case EAFNOSUPPORT:
    case EPROTONOSUPPORT:
      return fault("no_family", false);
    case EADDRNOTAVAIL:
    case ENODEV:
      return fault("address_not_local", true);
    case EMFILE:
    case ENFILE:
    case ENOBUFS:
    case ENOMEM:
      return fault("no_resources", true);
    default:
      return fault("failed", true);
  }
}

}  // namespace foyer::io
