// TLS over a byte stream (RFC 8446, and 5246 towards servers of others) without I/O: ciphertext and
// plaintext in, ciphertext and plaintext out, through GnuTLS. For TURN over TLS and for the relay
// where UDP is blocked. Leaves out sockets, time-outs (the owner's), client certificates and
// sessions that are resumed. Values of one thread; credentials may be shared by many streams of
// it.
#pragma once

#include <gnutls/gnutls.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/net/connection_id.h"

namespace foyer::net {

enum class TlsError : std::uint8_t {
  Setup,      // GnuTLS refuses: no memory, a certificate that is none, no store of the system
  Untrusted,  // the certificate is signed by nobody who is trusted here, or was revoked
  WrongName,  // the certificate is another server's
  Expired,    // … or not valid yet
  NotTls,     // what came is no TLS, or breaks its rules
  Refused,    // the other side ended it with an alert
  CutOff,     // the stream ended without TLS having been closed: something may be missing
  TooMuch,    // the other side makes this one answer more than it takes
};
[[nodiscard]] const char* toString(TlsError error);

// What one side shows, and whom it believes.
class TlsCredentials {
 public:
  // Client: whom this system trusts. Reads the system's store: not in a hurry, and once.
  [[nodiscard]] static Result<std::shared_ptr<const TlsCredentials>, TlsError> systemTrust();
  // Client: who is signed by one of these certificates (PEM).
  [[nodiscard]] static Result<std::shared_ptr<const TlsCredentials>, TlsError> trusting(
      ByteView pem);
  // Client: anybody. Only for streams that carry what is authenticated itself. So it is with the
  // relay: the QUIC inside proves the relay's own key, and TLS is there to pass where nothing else
  // passes. A check here would need a certificate from an authority, and prove less.
  [[nodiscard]] static std::shared_ptr<const TlsCredentials> unchecked();
  // Server: a new P-256 key with a certificate that it signed itself. Names nobody and is another
  // one each time, so that it tells nothing of the relay behind it. `dnsName`: for tests of names.
  [[nodiscard]] static Result<std::shared_ptr<const TlsCredentials>, TlsError> selfSigned(
      const std::string& dnsName = {});

  ~TlsCredentials();
  TlsCredentials(const TlsCredentials&) = delete;
  TlsCredentials& operator=(const TlsCredentials&) = delete;

  [[nodiscard]] Role role() const { return m_role; }
  [[nodiscard]] bool isChecked() const { return m_isChecked; }
  [[nodiscard]] gnutls_certificate_credentials_t get() const { return m_credentials; }
  // Of selfSigned(), PEM; else empty.
  [[nodiscard]] const Bytes& certificate() const { return m_certificate; }

 private:
  TlsCredentials(Role role, bool isChecked) : m_role(role), m_isChecked(isChecked) {}
  [[nodiscard]] static std::shared_ptr<TlsCredentials> make(Role role, bool isChecked);

  Role m_role;
  bool m_isChecked;
  gnutls_certificate_credentials_t m_credentials = nullptr;
  Bytes m_certificate;
};

class TlsStream {
 public:
  // Ciphertext that waits to be taken; send() refuses what would go beyond.
  static constexpr std::size_t kMaxPending = 64 * 1024;
  // What comes of itself beside it (handshakes, alerts, key updates). A side that demands more
  // without reading is cut off.
  static constexpr std::size_t kMaxOwn = 64 * 1024;
  // One message of a handshake: a client's first words, or a server's chain of certificates.
  static constexpr std::size_t kMaxHandshake = 32 * 1024;

  enum class State : std::uint8_t {
    Handshaking,
    Open,
    Closed,  // the other side closed in order, or this one did
    Failed,  // error() says why
  };
  // Plaintext in order, at most 16 kB a time; valid during the call. May call send() and close().
  using Sink = std::function<void(ByteView plaintext)>;

  // `serverName`: a client's; who is expected, a DNS name or an address. Empty is for unchecked
  // credentials alone.
  TlsStream(std::shared_ptr<const TlsCredentials> credentials, const std::string& serverName);
  ~TlsStream();
  // GnuTLS knows it by its address.
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;

  // A client's first words; a server has none. Before anything else.
  void start();

  // ---- fed
  void handleCiphertext(ByteView bytes, const Sink& sink);
  // The stream below has ended.
  void handleEnd();
  // False when it is not open, or too much is waiting; then nothing of it is sent.
  bool send(ByteView plaintext);
  // Says goodbye; nothing can be sent from then on.
  void close();

  // ---- drained
  // To be sent, oldest first; valid until the next call. taken() removes what was.
  [[nodiscard]] ByteView ciphertext() const { return ByteView(m_out).subspan(m_outTaken); }
  void taken(std::size_t bytes);

  // ---- asked
  [[nodiscard]] State state() const { return m_state; }
  [[nodiscard]] bool isOpen() const { return m_state == State::Open; }
  [[nodiscard]] std::optional<TlsError> error() const { return m_error; }

 private:
  struct SessionDelete {
    void operator()(gnutls_session_int* session) const { gnutls_deinit(session); }
  };
  static ssize_t push(gnutls_transport_ptr_t self, const void* bytes, std::size_t size);
  static ssize_t pull(gnutls_transport_ptr_t self, void* into, std::size_t size);
  static int pullTimeout(gnutls_transport_ptr_t self, unsigned milliseconds);
  [[nodiscard]] bool setUp();
  void shakeHands();
  void readRecords(const Sink& sink);
  void fail(TlsError error);
  [[nodiscard]] TlsError meaningOf(int code) const;

  std::shared_ptr<const TlsCredentials> m_credentials;
  std::string m_serverName;
  std::unique_ptr<gnutls_session_int, SessionDelete> m_session;
  State m_state = State::Handshaking;
  std::optional<TlsError> m_error;
  ByteView m_in;  // of the handleCiphertext() that runs
  Bytes m_out;
  std::size_t m_outTaken = 0;
};

}  // namespace foyer::net
