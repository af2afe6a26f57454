#include "core/crypto/control_seal.h"

#include "core/crypto/enc.h"

namespace foyer::crypto {

namespace {

constexpr std::size_t kMaxBox =
    (kMaxControlText / kControlPadStep + 1) * kControlPadStep + kTagSize;

Bytes associated(const CallId& callId, std::uint64_t n) {
  return enc("foyer/1 control", {callId.view(), u64Field(n)});
}

}  // namespace

ControlSealer::ControlSealer(const SecretKey& key, const CallId& callId)
    : m_key(makeSecure<SecretKey>(key.clone())), m_callId(callId) {}

std::optional<SealedControl> ControlSealer::seal(ByteView text) {
  if (text.size() > kMaxControlText) return std::nullopt;
  const std::size_t padded = (text.size() / kControlPadStep + 1) * kControlPadStep;
  SealedControl made{m_next++, Bytes(padded + kTagSize)};
  padInto(text, MutableByteView(made.box).first(padded));
  aeadSeal(*m_key, made.n, associated(m_callId, made.n), ByteView(made.box).first(padded),
           made.box);
  return made;
}

const char* toString(ControlOpenError error) {
  switch (error) {
    case ControlOpenError::Malformed:
      return "malformed";
    case ControlOpenError::Replayed:
      return "replayed";
    case ControlOpenError::TooOld:
      return "too_old";
    case ControlOpenError::NotAuthentic:
      return "not_authentic";
    case ControlOpenError::BadPadding:
      return "bad_padding";
  }
  return "";
}

ControlOpener::ControlOpener(const SecretKey& key, const CallId& callId)
    : m_key(makeSecure<SecretKey>(key.clone())), m_callId(callId) {}

Result<Bytes, ControlOpenError> ControlOpener::open(std::uint64_t n, ByteView box) {
  using Fail = Failure<ControlOpenError>;
  if (box.size() < kControlPadStep + kTagSize || box.size() > kMaxBox ||
      (box.size() - kTagSize) % kControlPadStep != 0) {
    return Fail(ControlOpenError::Malformed);
  }
  if (m_highest && n <= *m_highest) {
    if (*m_highest - n >= kControlWindow) return Fail(ControlOpenError::TooOld);
    if ((m_window >> (*m_highest - n) & 1U) != 0) return Fail(ControlOpenError::Replayed);
  }
  Bytes text(box.size() - kTagSize);
  if (!aeadOpen(*m_key, n, associated(m_callId, n), box, text))
    return Fail(ControlOpenError::NotAuthentic);
  if (!m_highest || n > *m_highest) {
    const std::uint64_t ahead = m_highest ? n - *m_highest : kControlWindow;
    m_window = ahead >= kControlWindow ? 0 : m_window << ahead;
    m_highest = n;
  }
  m_window |= std::uint64_t{1} << (*m_highest - n);
  const auto size = unpaddedSize(text);
  if (!size) return Fail(ControlOpenError::BadPadding);
  text.resize(*size);
  return text;
}

}  // namespace foyer::crypto
