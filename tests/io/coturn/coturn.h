// The real coturn as a child process on the loopback interface: its own folder, random passwords,
// free ports, no control port, no service. It ends with this object, or with the test's process.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/address.h"
#include "core/base/bytes.h"

namespace foyer::test {

class Coturn {
 public:
  struct Options {
    // A loopback address; unset: a random one of 127/8, so that tests side by side do not meet.
    std::optional<IpAddress> ip;
    // Answers STUN from there and from a second port too (RFC 5780).
    std::optional<IpAddress> secondIp;
    // A self-signed certificate is made for it.
    bool hasTls = false;
    // More lines of its configuration, which is a file: what is on a command line is seen by all.
    std::vector<std::string> lines;
  };

  // Why there is none here; empty when there is one.
  [[nodiscard]] static std::string whyNot();

  // Returns when it answers. Fails the test when it does not.
  explicit Coturn(const Options& options);
  ~Coturn();
  Coturn(const Coturn&) = delete;
  Coturn& operator=(const Coturn&) = delete;

  [[nodiscard]] bool isUp() const { return m_isUp; }
  // UDP and TCP have the same port.
  [[nodiscard]] SocketAddress plain() const { return {m_ip, m_port}; }
  [[nodiscard]] SocketAddress tls() const { return {m_ip, m_tlsPort}; }
  [[nodiscard]] const Bytes& certificate() const { return m_certificate; }  // DER
  // Made out to "turn.test".
  [[nodiscard]] const std::string& certificatePem() const { return m_certificatePem; }
  // The end of what it says, for a failed test.
  [[nodiscard]] std::string log() const;

 private:
  void makeCertificate();
  void spawn();
  [[nodiscard]] bool answers() const;

  IpAddress m_ip;
  std::string m_folder;
  std::uint16_t m_port = 0;
  std::uint16_t m_tlsPort = 0;
  int m_pid = -1;
  bool m_isUp = false;
  Bytes m_certificate;
  std::string m_certificatePem;
};

// 24 letters that nobody knows.
[[nodiscard]] std::string randomWord();

}  // namespace foyer::test
