#include "tests/io/coturn/coturn.h"

#include <fcntl.h>
#include <gnutls/x509.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "core/io/os_random.h"
#include "core/io/udp_socket.h"
#include "core/net/stun.h"
#include "tests/io/coturn/turn_wire.h"
#include "tests/io/wait.h"

namespace foyer::test {
namespace {

// Found in PATH, as a shell would; the package puts it into /usr/bin.
std::string programPath() {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "/usr/bin" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::string candidate = folder + "/turnserver";
    if (::access(candidate.c_str(), X_OK) == 0) return candidate;
  }
  return {};
}

IpAddress randomLoopback() {
  io::OsRandom random;
  const auto byte = [&] { return static_cast<std::uint8_t>(1 + random.below(254)); };
  return IpAddress::v4(127, byte(), byte(), byte());
}

// A port that is free for UDP and TCP at this moment.
std::uint16_t freePort(const IpAddress& ip) {
  for (int attempt = 0; attempt < 100; ++attempt) {
    const auto udp = io::UdpSocket::open({ip, 0});
    if (!udp) break;
    const SocketAddress address = (*udp)->localAddress();
    if (canListen(address)) return address.port;
  }
  return 0;
}

struct Pem {
  std::string certificate;
  std::string key;
  Bytes der;
};

Pem selfSigned() {
  Pem pem;
  gnutls_x509_privkey_t key = nullptr;
  gnutls_x509_crt_t certificate = nullptr;
  gnutls_x509_privkey_init(&key);
  gnutls_x509_crt_init(&certificate);
  gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA,
                               GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
  const std::uint8_t serial = 1;
  const std::time_t now = std::time(nullptr);
  gnutls_x509_crt_set_version(certificate, 3);
  gnutls_x509_crt_set_serial(certificate, &serial, 1);
  gnutls_x509_crt_set_activation_time(certificate, now - 3600);
  gnutls_x509_crt_set_expiration_time(certificate, now + 3600);
  gnutls_x509_crt_set_dn(certificate, "CN=turn.test", nullptr);
  gnutls_x509_crt_set_key(certificate, key);
  EXPECT_EQ(gnutls_x509_crt_sign2(certificate, certificate, key, GNUTLS_DIG_SHA256, 0), 0);
  const auto take = [](gnutls_datum_t& datum) {
    std::string text(reinterpret_cast<const char*>(datum.data), datum.size);
    gnutls_free(datum.data);
    return text;
  };
  gnutls_datum_t datum{};
  if (gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_PEM, &datum) == 0) {
    pem.certificate = take(datum);
  }
  if (gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_DER, &datum) == 0) {
    pem.der = toBytes(viewOf(take(datum)));
  }
  if (gnutls_x509_privkey_export2(key, GNUTLS_X509_FMT_PEM, &datum) == 0) pem.key = take(datum);
  gnutls_x509_crt_deinit(certificate);
  gnutls_x509_privkey_deinit(key);
  return pem;
}

}  // namespace

std::string randomWord() {
  io::OsRandom random;
  Bytes bytes(12);
  random.fill(bytes);
  return toHex(bytes);
}

std::string Coturn::whyNot() {
  return programPath().empty() ? "turnserver is not installed (Debian: coturn)" : "";
}

Coturn::Coturn(const Options& options) : m_ip(options.ip.value_or(randomLoopback())) {
  std::string made = std::filesystem::temp_directory_path() / "foyer-coturn.XXXXXX";
  EXPECT_NE(::mkdtemp(made.data()), nullptr);  // mode 700
  m_folder = made;
  m_port = freePort(m_ip);
  m_tlsPort = freePort(m_ip);
  if (options.hasTls) makeCertificate();
  std::ofstream config(m_folder + "/turnserver.conf");
  config << "listening-ip=" << m_ip.toString() << "\nrelay-ip=" << m_ip.toString()
         << "\nlistening-port=" << m_port << "\ntls-listening-port=" << m_tlsPort
         << "\nallow-loopback-peers\nno-cli\nno-dtls\nrelay-threads=1\nsimple-log"
         << "\nrealm=foyer.test\nlog-file=" << m_folder << "/log\npidfile=" << m_folder
         << "/pid\nuserdb=" << m_folder << "/db\n";
  if (options.hasTls) {
    config << "cert=" << m_folder << "/cert.pem\npkey=" << m_folder << "/key.pem\n";
  } else {
    config << "no-tls\n";
  }
  if (options.secondIp) {
    config << "listening-ip=" << options.secondIp->toString()
           << "\nalt-listening-port=" << freePort(*options.secondIp) << "\n";
  } else {
    config << "no-rfc5780\n";
  }
  for (const std::string& line : options.lines) config << line << "\n";
  config.close();
  spawn();
  m_isUp = io::waitUntil([this] { return answers(); });
  EXPECT_TRUE(m_isUp) << log();
}

Coturn::~Coturn() {
  if (m_pid > 0) {
    ::kill(m_pid, SIGKILL);
    ::waitpid(m_pid, nullptr, 0);
  }
  std::error_code ignored;
  std::filesystem::remove_all(m_folder, ignored);
}

void Coturn::makeCertificate() {
  const Pem pem = selfSigned();
  std::ofstream(m_folder + "/cert.pem") << pem.certificate;
  std::ofstream(m_folder + "/key.pem") << pem.key;
  m_certificate = pem.der;
  m_certificatePem = pem.certificate;
}

void Coturn::spawn() {
  const std::string program = programPath();
  const std::string config = m_folder + "/turnserver.conf";
  const std::string output = m_folder + "/output";
  m_pid = ::fork();
  if (m_pid != 0) return;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int fd = ::open(output.c_str(), O_WRONLY | O_CREAT, 0600);
  ::dup2(fd, STDOUT_FILENO);
  ::dup2(fd, STDERR_FILENO);
  ::execl(program.c_str(), "turnserver", "-c", config.c_str(), nullptr);
  ::_exit(127);
}

bool Coturn::answers() const {
  const auto socket = io::UdpSocket::open({m_ip, 0});
  if (!socket) return false;
  io::OsRandom random;
  std::array<std::uint8_t, net::kStunHeader> buffer{};
  const net::StunWriter writer(buffer, net::StunMethod::Binding, net::StunClass::Request,
                               random.id<net::StunTransactionId>());
  (*socket)->queue(plain(), 0, *writer.finish());
  (*socket)->flush();
  bool isAnswered = false;
  (void)io::waitUntil(
      [&] {
        (*socket)->receive([&](const io::ReceivedDatagram&) { isAnswered = true; });
        return isAnswered;
      },
      100ms);
  return isAnswered;
}

std::string Coturn::log() const {
  std::string all;
  for (const char* name : {"/output", "/log"}) {
    std::ifstream file(m_folder + name);
    all += std::string(std::istreambuf_iterator<char>(file), {});
  }
  return all.size() > 4000 ? all.substr(all.size() - 4000) : all;
}

}  // namespace foyer::test
