#include "core/net/tls_stream.h"

#include <gnutls/x509.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "core/base/address.h"
#include "core/base/assert.h"

namespace foyer::net {
namespace {

// Towards ourselves: the newest, and nothing that a passer-by could compare with other programs'
// habits beyond that. Its compatibility mode stays on: boxes in the middle that know TLS 1.2 alone
// let it pass (RFC 8446 appendix D.4).
constexpr const char* kCarrierPriority = "NORMAL:-VERS-ALL:+VERS-TLS1.3";
// Towards servers of others (RFC 9325 section 3.1.1).
constexpr const char* kServersPriority = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2";
// The largest record (RFC 8446 section 5.1).
constexpr std::size_t kRecordBytes = 16 * 1024;
constexpr time_t kFrom = 946684800;  // 2000-01-01
constexpr time_t kWithoutEnd = -1;   // GnuTLS: 99991231235959Z (RFC 5280 section 4.1.2.5)
constexpr std::array<std::uint8_t, 1> kSerial{1};
// GnuTLS may say "again" after a message that was none for us, with more at hand. So often in a row
// without taking anything: it never will.
constexpr int kMaxIdleReads = 16;

gnutls_datum_t datum(ByteView bytes) {
  // GnuTLS takes pointers to non-const and only reads.
  return {const_cast<std::uint8_t*>(bytes.data()), static_cast<unsigned>(bytes.size())};
}

struct KeyDelete {
  void operator()(gnutls_x509_privkey_int* key) const { gnutls_x509_privkey_deinit(key); }
};
using Key = std::unique_ptr<gnutls_x509_privkey_int, KeyDelete>;
struct CertificateDelete {
  void operator()(gnutls_x509_crt_int* certificate) const { gnutls_x509_crt_deinit(certificate); }
};
using Certificate = std::unique_ptr<gnutls_x509_crt_int, CertificateDelete>;

Key makeKey() {
  gnutls_x509_privkey_t raw = nullptr;
  if (gnutls_x509_privkey_init(&raw) < 0) return nullptr;
  Key key(raw);
  const unsigned bits = GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1);
  if (gnutls_x509_privkey_generate(raw, GNUTLS_PK_ECDSA, bits, 0) < 0) return nullptr;
  return key;
}

Certificate makeCertificate(gnutls_x509_privkey_t key, const std::string& dnsName) {
  gnutls_x509_crt_t raw = nullptr;
  if (gnutls_x509_crt_init(&raw) < 0) return nullptr;
  Certificate certificate(raw);
  bool isMade = gnutls_x509_crt_set_version(raw, 3) >= 0 &&
                gnutls_x509_crt_set_serial(raw, kSerial.data(), kSerial.size()) >= 0 &&
                gnutls_x509_crt_set_activation_time(raw, kFrom) >= 0 &&
                gnutls_x509_crt_set_expiration_time(raw, kWithoutEnd) >= 0 &&
                gnutls_x509_crt_set_key(raw, key) >= 0;
  if (!dnsName.empty()) {
    isMade = isMade &&
             gnutls_x509_crt_set_subject_alt_name(raw, GNUTLS_SAN_DNSNAME, dnsName.data(),
                                                  static_cast<unsigned>(dnsName.size()),
                                                  GNUTLS_FSAN_SET) >= 0 &&
             gnutls_x509_crt_set_ca_status(raw, 1) >= 0;
  }
  if (!isMade || gnutls_x509_crt_sign2(raw, raw, key, GNUTLS_DIG_SHA256, 0) < 0) return nullptr;
  return certificate;
}

Bytes toPem(gnutls_x509_crt_t certificate) {
  gnutls_datum_t out{};
  if (gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_PEM, &out) < 0) return {};
  Bytes pem(out.data, out.data + out.size);
  gnutls_free(out.data);
  return pem;
}

}  // namespace

const char* toString(TlsError error) {
  switch (error) {
    case TlsError::Setup:
      return "setup";
    case TlsError::Untrusted:
      return "untrusted";
    case TlsError::WrongName:
      return "wrong_name";
    case TlsError::Expired:
      return "expired";
    case TlsError::NotTls:
      return "not_tls";
    case TlsError::Refused:
      return "refused";
    case TlsError::CutOff:
      return "cut_off";
    case TlsError::TooMuch:
      return "too_much";
  }
  return "unknown";
}

// ---- credentials

std::shared_ptr<TlsCredentials> TlsCredentials::make(Role role, bool isChecked) {
  auto made = std::shared_ptr<TlsCredentials>(new TlsCredentials(role, isChecked));
  const int rv = gnutls_certificate_allocate_credentials(&made->m_credentials);
  FOYER_ASSERT(rv >= 0, "only memory could be missing");
  return made;
}

TlsCredentials::~TlsCredentials() {
  if (m_credentials != nullptr) gnutls_certificate_free_credentials(m_credentials);
}

Result<std::shared_ptr<const TlsCredentials>, TlsError> TlsCredentials::systemTrust() {
  auto made = make(Role::Client, true);
  if (gnutls_certificate_set_x509_system_trust(made->get()) <= 0) return Failure(TlsError::Setup);
  return made;
}

Result<std::shared_ptr<const TlsCredentials>, TlsError> TlsCredentials::trusting(ByteView pem) {
  auto made = make(Role::Client, true);
  const gnutls_datum_t given = datum(pem);
  if (gnutls_certificate_set_x509_trust_mem(made->get(), &given, GNUTLS_X509_FMT_PEM) <= 0)
    return Failure(TlsError::Setup);
  return made;
}

std::shared_ptr<const TlsCredentials> TlsCredentials::unchecked() {
  return make(Role::Client, false);
}

Result<std::shared_ptr<const TlsCredentials>, TlsError> TlsCredentials::selfSigned(
    const std::string& dnsName) {
  auto made = make(Role::Server, false);
  const Key key = makeKey();
  const Certificate certificate = key ? makeCertificate(key.get(), dnsName) : nullptr;
  if (!certificate) return Failure(TlsError::Setup);
  gnutls_x509_crt_t chain = certificate.get();
  if (gnutls_certificate_set_x509_key(made->get(), &chain, 1, key.get()) < 0)
    return Failure(TlsError::Setup);
  made->m_certificate = toPem(chain);
  return made;
}

// ---- stream

TlsStream::TlsStream(std::shared_ptr<const TlsCredentials> credentials,
                     const std::string& serverName)
    : m_credentials(std::move(credentials)), m_serverName(serverName) {
  FOYER_ASSERT(!m_credentials->isChecked() || !m_serverName.empty(),
               "who checks a certificate knows whose it should be");
  if (!setUp()) fail(TlsError::Setup);
}

TlsStream::~TlsStream() = default;

bool TlsStream::setUp() {
  const bool isServer = m_credentials->role() == Role::Server;
  gnutls_session_t raw = nullptr;
  const unsigned flags = (isServer ? GNUTLS_SERVER | GNUTLS_NO_AUTO_SEND_TICKET : GNUTLS_CLIENT) |
                         GNUTLS_NO_TICKETS | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL;
  if (gnutls_init(&raw, flags) < 0) return false;
  m_session.reset(raw);
  const char* priority = m_credentials->isChecked() ? kServersPriority : kCarrierPriority;
  if (gnutls_priority_set_direct(raw, priority, nullptr) < 0) return false;
  if (gnutls_credentials_set(raw, GNUTLS_CRD_CERTIFICATE, m_credentials->get()) < 0) return false;
  gnutls_handshake_set_max_packet_length(raw, kMaxHandshake);
  // Without a time-out of its own GnuTLS reads no clock; the owner has one.
  gnutls_handshake_set_timeout(raw, 0);
  if (m_credentials->isChecked()) {
    // Keeps the pointer.
    gnutls_session_set_verify_cert(raw, m_serverName.c_str(), 0);
    // An address is no name that could be asked for (RFC 6066 section 3).
    if (!IpAddress::parse(m_serverName) &&
        gnutls_server_name_set(raw, GNUTLS_NAME_DNS, m_serverName.data(), m_serverName.size()) < 0)
      return false;
  }
  gnutls_transport_set_ptr(raw, this);
  gnutls_transport_set_push_function(raw, &TlsStream::push);
  gnutls_transport_set_pull_function(raw, &TlsStream::pull);
  gnutls_transport_set_pull_timeout_function(raw, &TlsStream::pullTimeout);
  return true;
}

ssize_t TlsStream::push(gnutls_transport_ptr_t self, const void* bytes, std::size_t size) {
  auto& stream = *static_cast<TlsStream*>(self);
  if (stream.m_out.size() - stream.m_outTaken + size > kMaxPending + kMaxOwn) {
    gnutls_transport_set_errno(stream.m_session.get(), ENOBUFS);
    return -1;
  }
  append(stream.m_out, {static_cast<const std::uint8_t*>(bytes), size});
  return static_cast<ssize_t>(size);
}

ssize_t TlsStream::pull(gnutls_transport_ptr_t self, void* into, std::size_t size) {
  auto& stream = *static_cast<TlsStream*>(self);
  if (stream.m_in.empty()) {
    gnutls_transport_set_errno(stream.m_session.get(), EAGAIN);
    return -1;
  }
  const std::size_t count = std::min(size, stream.m_in.size());
  std::memcpy(into, stream.m_in.data(), count);
  stream.m_in = stream.m_in.subspan(count);
  return static_cast<ssize_t>(count);
}

int TlsStream::pullTimeout(gnutls_transport_ptr_t self, unsigned) {
  return static_cast<TlsStream*>(self)->m_in.empty() ? 0 : 1;
}

void TlsStream::start() {
  if (m_credentials->role() == Role::Client && m_state == State::Handshaking) shakeHands();
}

void TlsStream::fail(TlsError error) {
  if (m_state == State::Failed || m_state == State::Closed) return;
  m_state = State::Failed;
  m_error = error;
}

TlsError TlsStream::meaningOf(int code) const {
  if (code == GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR) {
    const unsigned status = gnutls_session_get_verify_cert_status(m_session.get());
    constexpr unsigned kTimes = GNUTLS_CERT_EXPIRED | GNUTLS_CERT_NOT_ACTIVATED;
    // A stranger's certificate says nothing reliable about its name or time.
    if ((status & (GNUTLS_CERT_SIGNER_NOT_FOUND | GNUTLS_CERT_REVOKED)) != 0)
      return TlsError::Untrusted;
    if ((status & kTimes) != 0) return TlsError::Expired;
    if ((status & GNUTLS_CERT_UNEXPECTED_OWNER) != 0) return TlsError::WrongName;
    return TlsError::Untrusted;
  }
  if (code == GNUTLS_E_FATAL_ALERT_RECEIVED) return TlsError::Refused;
  if (code == GNUTLS_E_PREMATURE_TERMINATION) return TlsError::CutOff;
  if (code == GNUTLS_E_PUSH_ERROR) return TlsError::TooMuch;
  return TlsError::NotTls;
}

void TlsStream::shakeHands() {
  for (;;) {
    const int rv = gnutls_handshake(m_session.get());
    if (rv == GNUTLS_E_SUCCESS) {
      m_state = State::Open;
      return;
    }
    if (rv == GNUTLS_E_AGAIN) return;
    if (gnutls_error_is_fatal(rv) == 0) continue;
    // Tells the other side why, as far as it still listens.
    (void)gnutls_alert_send_appropriate(m_session.get(), rv);
    return fail(meaningOf(rv));
  }
}

void TlsStream::readRecords(const Sink& sink) {
  std::array<std::uint8_t, kRecordBytes> plaintext;
  int idleReads = 0;
  while (m_state == State::Open) {
    const std::size_t before = m_in.size();
    const ssize_t got = gnutls_record_recv(m_session.get(), plaintext.data(), plaintext.size());
    if (got > 0) {
      sink({plaintext.data(), static_cast<std::size_t>(got)});
    } else if (got == 0) {
      m_state = State::Closed;
    } else if (got == GNUTLS_E_AGAIN) {
      if (m_in.empty()) return;
      if (m_in.size() == before && ++idleReads > kMaxIdleReads) return fail(TlsError::NotTls);
    } else if (got == GNUTLS_E_REHANDSHAKE) {
      // TLS 1.2 has it, nobody needs it, and it is work for whoever is asked.
      return fail(TlsError::NotTls);
    } else if (gnutls_error_is_fatal(static_cast<int>(got)) != 0) {
      return fail(meaningOf(static_cast<int>(got)));
    }
  }
}

void TlsStream::handleCiphertext(ByteView bytes, const Sink& sink) {
  if (m_state == State::Failed || m_state == State::Closed) return;
  m_in = bytes;
  if (m_state == State::Handshaking) shakeHands();
  readRecords(sink);
  m_in = {};
}

void TlsStream::handleEnd() { fail(TlsError::CutOff); }

bool TlsStream::send(ByteView plaintext) {
  if (m_state != State::Open) return false;
  if (ciphertext().size() + plaintext.size() > kMaxPending) return false;
  while (!plaintext.empty()) {
    const ssize_t sent = gnutls_record_send(m_session.get(), plaintext.data(), plaintext.size());
    if (sent < 0) {
      if (gnutls_error_is_fatal(static_cast<int>(sent)) == 0) continue;
      fail(meaningOf(static_cast<int>(sent)));
      return false;
    }
    plaintext = plaintext.subspan(static_cast<std::size_t>(sent));
  }
  return true;
}

void TlsStream::close() {
  if (m_state == State::Open) (void)gnutls_bye(m_session.get(), GNUTLS_SHUT_WR);
  if (m_state != State::Failed) m_state = State::Closed;
}

void TlsStream::taken(std::size_t bytes) {
  m_outTaken += std::min(bytes, m_out.size() - m_outTaken);
  if (m_outTaken == m_out.size()) {
    m_out.clear();
    m_outTaken = 0;
  } else if (m_outTaken >= kRecordBytes) {
    // The part that waits is small beside what has gone.
    m_out.erase(m_out.begin(), m_out.begin() + static_cast<std::ptrdiff_t>(m_outTaken));
    m_outTaken = 0;
  }
}

}  // namespace foyer::net
