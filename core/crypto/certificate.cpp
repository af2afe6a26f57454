#include "core/crypto/certificate.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include <limits>
#include <memory>

namespace foyer::crypto {

namespace {

// 1.3.101.112 (id-Ed25519, RFC 8410) as AlgorithmIdentifier without parameters.
constexpr std::array<std::uint8_t, 7> kEd25519Algorithm = {0x30, 0x05, 0x06, 0x03,
                                                           0x2b, 0x65, 0x70};
// CN=foyer. Says nothing: whoever sees it knows the program already.
constexpr std::array<std::uint8_t, 18> kName = {0x30, 0x10, 0x31, 0x0e, 0x30, 0x0c,
                                                0x06, 0x03, 0x55, 0x04, 0x03, 0x0c,
                                                0x05, 'f',  'o',  'y',  'e',  'r'};

Bytes der(std::uint8_t tag, std::initializer_list<ByteView> parts) {
  std::size_t size = 0;
  for (const ByteView part : parts) size += part.size();
  Bytes out{tag};
  if (size < 0x80) {
    out.push_back(static_cast<std::uint8_t>(size));
  } else if (size < 0x100) {
    out.push_back(0x81);
    out.push_back(static_cast<std::uint8_t>(size));
  } else {
    out.push_back(0x82);
    appendU16(out, static_cast<std::uint16_t>(size));
  }
  for (const ByteView part : parts) append(out, part);
  return out;
}

Bytes bitString(ByteView content) {
  static constexpr std::array<std::uint8_t, 1> kNoUnusedBits{};
  return der(0x03, {kNoUnusedBits, content});
}

struct CertificateDelete {
  void operator()(gnutls_x509_crt_int* certificate) const { gnutls_x509_crt_deinit(certificate); }
};

struct Datum {
  gnutls_datum_t value{nullptr, 0};
  Datum() = default;
  ~Datum() { gnutls_free(value.data); }
  Datum(const Datum&) = delete;
  Datum& operator=(const Datum&) = delete;
};

}  // namespace

const char* toString(CertificateError error) {
  switch (error) {
    case CertificateError::Malformed:
      return "malformed";
    case CertificateError::NotEd25519:
      return "not_ed25519";
    case CertificateError::InvalidKey:
      return "invalid_key";
  }
  return "";
}

Bytes makeCertificate(const Identity& identity) {
  // Version 3, serial number 1, from 2000-01-01 and without end (RFC 5280 4.1.2.5:
  // 99991231235959Z).
  static constexpr std::array<std::uint8_t, 5> kVersion3 = {0xa0, 0x03, 0x02, 0x01, 0x02};
  static constexpr std::array<std::uint8_t, 3> kSerial = {0x02, 0x01, 0x01};
  const Bytes validity =
      der(0x30, {der(0x17, {viewOf("000101000000Z")}), der(0x18, {viewOf("99991231235959Z")})});
  const Bytes publicKey = der(0x30, {kEd25519Algorithm, bitString(identity.publicKey().view())});
  const Bytes body =
      der(0x30, {kVersion3, kSerial, kEd25519Algorithm, kName, validity, kName, publicKey});
  const Signature signature = identity.sign(body);
  return der(0x30, {body, kEd25519Algorithm, bitString(signature.view())});
}

Result<PublicKey, CertificateError> publicKeyOfCertificate(ByteView bytes) {
  using Fail = Failure<CertificateError>;
  if (bytes.size() > std::numeric_limits<std::uint16_t>::max())
    return Fail(CertificateError::Malformed);
  gnutls_x509_crt_t raw = nullptr;
  if (gnutls_x509_crt_init(&raw) != GNUTLS_E_SUCCESS) return Fail(CertificateError::Malformed);
  const std::unique_ptr<gnutls_x509_crt_int, CertificateDelete> certificate(raw);
  // GnuTLS takes a pointer to non-const but only reads.
  const gnutls_datum_t input{const_cast<std::uint8_t*>(bytes.data()),
                             static_cast<unsigned>(bytes.size())};
  if (gnutls_x509_crt_import(raw, &input, GNUTLS_X509_FMT_DER) != GNUTLS_E_SUCCESS) {
    return Fail(CertificateError::Malformed);
  }
  if (gnutls_x509_crt_get_pk_algorithm(raw, nullptr) != GNUTLS_PK_EDDSA_ED25519) {
    return Fail(CertificateError::NotEd25519);
  }
  gnutls_ecc_curve_t curve = GNUTLS_ECC_CURVE_INVALID;
  Datum x;
  Datum y;
  if (gnutls_x509_crt_get_pk_ecc_raw(raw, &curve, &x.value, &y.value) != GNUTLS_E_SUCCESS ||
      curve != GNUTLS_ECC_CURVE_ED25519) {
    return Fail(CertificateError::NotEd25519);
  }
  const auto key = PublicKey::fromBytes({x.value.data, x.value.size});
  if (!key || !isValidIdentityKey(*key)) return Fail(CertificateError::InvalidKey);
  return *key;
}

}  // namespace foyer::crypto
