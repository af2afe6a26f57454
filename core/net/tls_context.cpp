#include "core/net/tls_context.h"

#include <gnutls/x509.h>
#include <ngtcp2/ngtcp2_crypto_gnutls.h>

#include "core/base/assert.h"
#include "core/crypto/certificate.h"

namespace foyer::net {

namespace {

// AES first: with AES-NI a 120-byte packet costs a quarter of ChaCha20's time. The compatibility
// mode of TLS 1.3 is for middle boxes on TCP.
constexpr const char* kPriority =
    "NORMAL:-VERS-ALL:+VERS-TLS1.3:-CIPHER-ALL:+AES-128-GCM:+CHACHA20-POLY1305:"
    "-GROUP-ALL:+GROUP-X25519:-SIGN-ALL:+SIGN-EDDSA-ED25519:%DISABLE_TLS13_COMPAT_MODE";

gnutls_datum_t datum(ByteView bytes) {
  // GnuTLS takes pointers to non-const and only reads.
  return {const_cast<std::uint8_t*>(bytes.data()), static_cast<unsigned>(bytes.size())};
}

void mustSucceed(int rv) {
  FOYER_ASSERT(rv >= 0, "GnuTLS takes a valid Ed25519 key, our own certificate and our priority");
}

}  // namespace

TlsContext::TlsContext(const crypto::Identity& identity,
                       gnutls_certificate_verify_function* verify) {
  mustSucceed(gnutls_priority_init(&m_priority, kPriority, nullptr));
  mustSucceed(gnutls_certificate_allocate_credentials(&m_credentials));

  gnutls_x509_privkey_t key = nullptr;
  mustSucceed(gnutls_x509_privkey_init(&key));
  const gnutls_datum_t x = datum(identity.publicKey().view());
  const gnutls_datum_t k = datum(identity.tlsSeed().view());
  mustSucceed(gnutls_x509_privkey_import_ecc_raw(key, GNUTLS_ECC_CURVE_ED25519, &x, nullptr, &k));

  const Bytes der = crypto::makeCertificate(identity);
  const gnutls_datum_t derDatum = datum(der);
  gnutls_x509_crt_t certificate = nullptr;
  mustSucceed(gnutls_x509_crt_init(&certificate));
  mustSucceed(gnutls_x509_crt_import(certificate, &derDatum, GNUTLS_X509_FMT_DER));
  mustSucceed(gnutls_certificate_set_x509_key(m_credentials, &certificate, 1, key));
  gnutls_x509_crt_deinit(certificate);
  gnutls_x509_privkey_deinit(key);

  gnutls_certificate_set_verify_function(m_credentials, verify);
}

TlsContext::~TlsContext() {
  gnutls_certificate_free_credentials(m_credentials);
  gnutls_priority_deinit(m_priority);
}

TlsSession TlsContext::makeSession(Role role, const std::vector<std::string>& alpns,
                                   ngtcp2_crypto_conn_ref& ref) const {
  const bool isServer = role == Role::Server;
  gnutls_session_t raw = nullptr;
  const unsigned flags = (isServer ? GNUTLS_SERVER | GNUTLS_NO_AUTO_SEND_TICKET : GNUTLS_CLIENT) |
                         GNUTLS_NO_TICKETS | GNUTLS_NO_END_OF_EARLY_DATA;
  if (gnutls_init(&raw, flags) < 0) return nullptr;
  TlsSession session(raw);
  if (gnutls_priority_set(raw, m_priority) < 0) return nullptr;
  const int configured = isServer ? ngtcp2_crypto_gnutls_configure_server_session(raw)
                                  : ngtcp2_crypto_gnutls_configure_client_session(raw);
  if (configured != 0) return nullptr;
  gnutls_session_set_ptr(raw, &ref);
  if (gnutls_credentials_set(raw, GNUTLS_CRD_CERTIFICATE, m_credentials) < 0) return nullptr;

  std::vector<gnutls_datum_t> names;
  for (const std::string& name : alpns) names.push_back(datum(viewOf(name)));
  const unsigned alpnFlags = isServer ? GNUTLS_ALPN_MANDATORY | GNUTLS_ALPN_SERVER_PRECEDENCE
                                      : static_cast<unsigned>(GNUTLS_ALPN_MANDATORY);
  if (gnutls_alpn_set_protocols(raw, names.data(), static_cast<unsigned>(names.size()), alpnFlags) <
      0) {
    return nullptr;
  }
  if (isServer) gnutls_certificate_server_set_request(raw, GNUTLS_CERT_REQUIRE);
  return session;
}

}  // namespace foyer::net
