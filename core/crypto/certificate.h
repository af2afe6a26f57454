// The self-signed X.509 certificate that carries an identity into TLS, and the way back from a
// peer's certificate to its key. Fixed serial, dates and name, so the same identity always makes
// the same bytes (Ed25519 signs without randomness). Left out: credentials and pinning (core/net).
#pragma once

#include "core/base/result.h"
#include "core/crypto/identity.h"

namespace foyer::crypto {

enum class CertificateError { Malformed, NotEd25519, InvalidKey };
[[nodiscard]] const char* toString(CertificateError error);

// DER, RFC 5280 profile of RFC 8410.
[[nodiscard]] Bytes makeCertificate(const Identity& identity);

// The Ed25519 key in a DER certificate. Name, dates and signature are not looked at: TLS's
// CertificateVerify proves possession, the pin decides.
[[nodiscard]] Result<PublicKey, CertificateError> publicKeyOfCertificate(ByteView der);

}  // namespace foyer::crypto
