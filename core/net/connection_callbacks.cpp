#include "core/net/connection_callbacks.h"

#include "core/crypto/certificate.h"
#include "core/net/path_address.h"

namespace foyer::net {

namespace {

// docs/protocol.md, close codes: 1 = protocol violation.
constexpr std::uint64_t kProtocolViolation = 1;
constexpr std::int64_t kControlStream = 0;

Connection& self(void* user) { return *static_cast<Connection*>(user); }

}  // namespace

ngtcp2_callbacks Connection::Callbacks::make(Role role, DatagramTracking tracking) {
  ngtcp2_callbacks cb{};
  if (role == Role::Client) {
    cb.client_initial = ngtcp2_crypto_client_initial_cb;
    cb.recv_retry = ngtcp2_crypto_recv_retry_cb;
  } else {
    cb.recv_client_initial = ngtcp2_crypto_recv_client_initial_cb;
  }
  cb.recv_crypto_data = [](ngtcp2_conn* quic, ngtcp2_encryption_level level, uint64_t offset,
                           const uint8_t* data, size_t size, void* user) {
    // The session is freed after the handshake, and nothing that may come later matters.
    if (!self(user).m_tls) return 0;
    return ngtcp2_crypto_recv_crypto_data_cb(quic, level, offset, data, size, user);
  };
  cb.encrypt = ngtcp2_crypto_encrypt_cb;
  cb.decrypt = ngtcp2_crypto_decrypt_cb;
  cb.hp_mask = ngtcp2_crypto_hp_mask_cb;
  cb.update_key = ngtcp2_crypto_update_key_cb;
  cb.delete_crypto_aead_ctx = ngtcp2_crypto_delete_crypto_aead_ctx_cb;
  cb.delete_crypto_cipher_ctx = ngtcp2_crypto_delete_crypto_cipher_ctx_cb;
  cb.version_negotiation = ngtcp2_crypto_version_negotiation_cb;
  cb.rand = [](uint8_t* to, size_t size, const ngtcp2_rand_ctx* context) {
    static_cast<RandomSource*>(context->native_handle)->fill({to, size});
  };
  cb.get_path_challenge_data = [](ngtcp2_conn*, uint8_t* to, void* user) {
    self(user).m_host.random().fill({to, NGTCP2_PATH_CHALLENGE_DATALEN});
    return 0;
  };
  cb.get_new_connection_id = [](ngtcp2_conn*, ngtcp2_cid* cid, uint8_t* token, size_t,
                                void* user) -> int {
    Connection& c = self(user);
    return c.m_host.issueConnectionId(c, *cid, token) ? 0 : NGTCP2_ERR_CALLBACK_FAILURE;
  };
  cb.remove_connection_id = [](ngtcp2_conn*, const ngtcp2_cid* cid, void* user) {
    Connection& c = self(user);
    c.m_host.retireConnectionId(c, *cid);
    return 0;
  };
  cb.dcid_status = [](ngtcp2_conn*, ngtcp2_connection_id_status_type type, uint64_t,
                      const ngtcp2_cid*, const uint8_t* token, void* user) {
    Connection& c = self(user);
    if (token != nullptr) {
      c.m_host.setResetToken(c, token, type == NGTCP2_CONNECTION_ID_STATUS_TYPE_ACTIVATE);
    }
    return 0;
  };
  cb.handshake_completed = [](ngtcp2_conn*, void* user) {
    return self(user).onHandshakeCompleted();
  };
  if (role == Role::Client) {
    cb.handshake_confirmed = [](ngtcp2_conn*, void* user) {
      return self(user).onHandshakeConfirmed();
    };
  }
  cb.recv_tx_key = [](ngtcp2_conn*, ngtcp2_encryption_level level, void* user) {
    return self(user).onKeyReady(level);
  };
  cb.stream_open = [](ngtcp2_conn*, int64_t stream, void* user) {
    if (stream == kControlStream) self(user).m_streamOpen = true;
    return 0;
  };
  cb.recv_stream_data = [](ngtcp2_conn*, uint32_t flags, int64_t, uint64_t, const uint8_t* data,
                           size_t size, void* user, void*) {
    return self(user).onControl((flags & NGTCP2_STREAM_DATA_FLAG_FIN) != 0, {data, size});
  };
  cb.acked_stream_data_offset = [](ngtcp2_conn*, int64_t, uint64_t, uint64_t size, void* user,
                                   void*) {
    Connection& c = self(user);
    if (c.m_controlOut) c.m_controlOut->acked(static_cast<std::size_t>(size));
    return 0;
  };
  cb.stream_reset = [](ngtcp2_conn*, int64_t, uint64_t, uint64_t, void* user, void*) {
    self(user).onControlEnded();
    return 0;
  };
  cb.stream_stop_sending = [](ngtcp2_conn*, int64_t, uint64_t, void* user, void*) {
    self(user).onControlEnded();
    return 0;
  };
  cb.recv_datagram = [](ngtcp2_conn*, uint32_t, const uint8_t* data, size_t size, void* user) {
    Connection& c = self(user);
    ++c.m_counts.datagramsReceived;
    c.m_readDatagram = true;
    c.m_datagramAt = c.m_now;
    // Before that the peer is not known to be whom the pin names (0.5-RTT data of a server).
    if (c.isConnected()) c.m_host.deliverDatagram(c, {data, size});
    return 0;
  };
  if (tracking == DatagramTracking::AckedAndLost) {
    cb.ack_datagram = [](ngtcp2_conn*, uint64_t, void* user) {
      ++self(user).m_counts.datagramsAcked;
      return 0;
    };
    cb.lost_datagram = [](ngtcp2_conn*, uint64_t, void* user) {
      ++self(user).m_counts.datagramsLost;
      return 0;
    };
  }
  cb.path_validation = [](ngtcp2_conn*, uint32_t, const ngtcp2_path* path, const ngtcp2_path*,
                          ngtcp2_path_validation_result result, void* user) {
    if (result != NGTCP2_PATH_VALIDATION_RESULT_ABORTED) {
      self(user).onPathValidated(*path, result == NGTCP2_PATH_VALIDATION_RESULT_SUCCESS);
    }
    return 0;
  };
  cb.recv_stateless_reset = [](ngtcp2_conn*, const ngtcp2_pkt_stateless_reset*, void* user) {
    self(user).m_wasReset = true;
    return 0;
  };
  return cb;
}

int Connection::verifyPeer(gnutls_session_t session) {
  auto* ref = static_cast<ngtcp2_crypto_conn_ref*>(gnutls_session_get_ptr(session));
  return self(ref->user_data).checkPeer() ? 0 : -1;
}

bool Connection::matchesPin(const PublicKey& key) const {
  if (m_pin.key && *m_pin.key != key) return false;
  if (m_pin.fingerprint && *m_pin.fingerprint != crypto::fingerprintOf(key)) return false;
  return true;
}

bool Connection::checkPeer() {
  unsigned count = 0;
  const gnutls_datum_t* chain = gnutls_certificate_get_peers(m_tls.get(), &count);
  if (chain == nullptr || count == 0) {
    m_peerFailure = CloseReason::CertificateRequired;
    return false;
  }
  const auto key = crypto::publicKeyOfCertificate({chain[0].data, chain[0].size});
  if (!key || !matchesPin(*key)) {
    if (key) m_closed.presentedKey = *key;
    m_peerFailure = CloseReason::PinMismatch;
    return false;
  }
  m_seenPeer = *key;
  return true;
}

int Connection::onKeyReady(ngtcp2_encryption_level level) {
  if (level != NGTCP2_ENCRYPTION_LEVEL_1RTT) return 0;
  m_keysReady = true;
  // A client has these keys only after the server's Finished, so possession is proven here.
  if (m_role == Role::Client && m_seenPeer) {
    m_provenPeer = m_seenPeer;
    m_host.emit(ServerKeyVerified{m_id, *m_provenPeer});
  }
  return 0;
}

int Connection::onHandshakeCompleted() {
  // A resumed session would not have asked verifyPeer(); whoever comes through has been checked.
  if ((!m_seenPeer && !checkPeer()) || !matchesPin(*m_seenPeer)) {
    if (!m_peerFailure) m_peerFailure = CloseReason::PinMismatch;
    return NGTCP2_ERR_CALLBACK_FAILURE;
  }
  m_provenPeer = m_seenPeer;
  gnutls_datum_t alpn{};
  if (gnutls_alpn_get_selected_protocol(m_tls.get(), &alpn) == 0) {
    m_alpn.assign(textOf({alpn.data, alpn.size}));
  }
  const ngtcp2_transport_params* theirs = ngtcp2_conn_get_remote_transport_params(m_quic);
  if (theirs != nullptr) m_peerMaxFrame = theirs->max_datagram_frame_size;
  m_peerMaySend = true;
  if (m_role == Role::Server || m_connectedWhen == ConnectedWhen::Completed) becomeConnected();
  return 0;
}

int Connection::onHandshakeConfirmed() {
  m_isConfirmed = true;
  if (!m_isConnected) becomeConnected();
  return 0;
}

void Connection::becomeConnected() {
  m_isConnected = true;
  m_deferFrom = m_now + kNoAckDelayBefore;
  m_host.emit(Connected{m_id, m_role, *m_provenPeer, m_alpn, m_remote, m_tag});
  if (!m_earlyControl.empty()) m_host.emit(ControlReceived{m_id, std::move(m_earlyControl)});
  m_earlyControl = {};
}

int Connection::onControl(bool isEnd, ByteView bytes) {
  m_readOther = true;
  m_streamOpen = true;
  if (!bytes.empty()) {
    // What overtook the confirmation of the handshake waits for it (flow control bounds it).
    if (m_isConnected)
      m_host.emit(ControlReceived{m_id, toBytes(bytes)});
    else
      append(m_earlyControl, bytes);
  }
  if (isEnd) onControlEnded();
  return 0;
}

void Connection::onControlEnded() {
  m_readOther = true;
  // The stream lives as long as the connection; ending it alone would leave half a session.
  requestClose(kProtocolViolation, "control stream ended");
}

void Connection::onPathValidated(const ngtcp2_path& path, bool isGood) {
  m_readOther = true;
  const SocketAddress local = toSocketAddress(path.local);
  const SocketAddress remote = toSocketAddress(path.remote);
  const bool isNew = local != m_local || remote != m_remote;
  if (!isGood) {
    if (m_migrating && isNew) {
      m_migrating = false;
      m_host.emit(MigrationFailed{m_id});
    }
    return;
  }
  if (!isNew) return;
  m_migrating = false;
  m_local = local;
  m_remote = remote;
  m_host.emit(PathChanged{m_id, local, remote});
}

}  // namespace foyer::net
