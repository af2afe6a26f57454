// GnuTLS as QUIC needs it (RFC 9001): one credential and one priority for all sessions of an
// endpoint; TLS 1.3, X25519, Ed25519 certificates both ways, no tickets, no early data, no SNI.
// Pinning is the connection's. One thread.
#pragma once

#include <gnutls/gnutls.h>
#include <ngtcp2/ngtcp2_crypto.h>

#include <memory>
#include <string>
#include <vector>

#include "core/crypto/identity.h"
#include "core/net/connection_id.h"

namespace foyer::net {

struct SessionDelete {
  void operator()(gnutls_session_int* session) const { gnutls_deinit(session); }
};
using TlsSession = std::unique_ptr<gnutls_session_int, SessionDelete>;

class TlsContext {
 public:
  // `verify` is asked once per session whether its peer may stay: 0 yes, -1 no. The connection is
  // behind gnutls_session_get_ptr().
  TlsContext(const crypto::Identity& identity, gnutls_certificate_verify_function* verify);
  ~TlsContext();
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;

  // Null when GnuTLS refuses (no memory, bad names). `ref` must outlive the session.
  [[nodiscard]] TlsSession makeSession(Role role, const std::vector<std::string>& alpns,
                                       ngtcp2_crypto_conn_ref& ref) const;

 private:
  gnutls_certificate_credentials_t m_credentials = nullptr;
  gnutls_priority_t m_priority = nullptr;
};

}  // namespace foyer::net
