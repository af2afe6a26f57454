#include "core/store/secret_text.h"

#include "core/crypto/secret.h"

namespace foyer::store {

SecretText::~SecretText() { wipe(); }
SecretText::SecretText(SecretText&& other) noexcept : m_text(other.m_text) { other.wipe(); }
SecretText& SecretText::operator=(SecretText&& other) noexcept {
  if (this == &other) return *this;
  wipe();
  m_text = other.m_text;
  other.wipe();
  return *this;
}
void SecretText::wipe() {
  crypto::wipe({reinterpret_cast<std::uint8_t*>(m_text.data()), m_text.size()});
  m_text.clear();
}

}  // namespace foyer::store
