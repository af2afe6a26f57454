// A secret that a person typed or another program handed over: a passphrase, the words, a password.
// It moves, and is wiped when it dies. Value, no thread.
#pragma once

#include <string>
#include <utility>

namespace foyer::store {

class SecretText {
 public:
  SecretText() = default;
  explicit SecretText(std::string text) : m_text(std::move(text)) {}
  ~SecretText();
  SecretText(SecretText&& other) noexcept;
  SecretText& operator=(SecretText&& other) noexcept;
  SecretText(const SecretText&) = delete;
  SecretText& operator=(const SecretText&) = delete;
  [[nodiscard]] const std::string& text() const { return m_text; }
  [[nodiscard]] SecretText clone() const { return SecretText(m_text); }

 private:
  void wipe();
  std::string m_text;
};

}  // namespace foyer::store
