// Reads tests/vectors/keys-vectors.json: known answers for every byte of docs/keys.md.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "core/crypto/identity.h"
#include "core/crypto/primitives.h"

namespace foyer::crypto {

struct Vector {
  nlohmann::json in;
  nlohmann::json out;
};

inline Vector vectorNamed(const std::string& id) {
  std::ifstream file(FOYER_TEST_DATA "/keys-vectors.json");
  const auto all = nlohmann::json::parse(file);
  for (const auto& vector : all.at("vectors")) {
    if (vector.at("id") == id) return {vector.at("in"), vector.at("out")};
  }
  ADD_FAILURE() << "no vector " << id;
  return {};
}

inline Bytes bytesOf(const nlohmann::json& hex) {
  return foyer::fromHex(hex.get<std::string>()).value();
}
template <class Id>
Id idOf(const nlohmann::json& hex) {
  return Id::fromBytes(bytesOf(hex)).value();
}
inline SecretKey secretOf(const nlohmann::json& hex) {
  return std::move(SecretKey::fromBytes(bytesOf(hex)).value());
}
template <std::size_t N = 32>
std::array<std::uint8_t, N> arrayOf(const nlohmann::json& hex) {
  return ByteId<struct AnyTag, N>::fromBytes(bytesOf(hex)).value().bytes;
}
inline Identity identityOf(const nlohmann::json& seedHex) {
  return Identity::fromSeed(secretOf(seedHex));
}

}  // namespace foyer::crypto
