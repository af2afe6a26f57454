#include "core/call/box_memory.h"

#include <algorithm>

#include "core/base/assert.h"

namespace foyer::call {

BoxMemory::BoxMemory(TimePoint now, RandomSource& random)
    : m_random(&random), m_current(crypto::makeSecure<Key>()), m_rotateAt(now + kKeyLife) {
  m_current->pair = crypto::BoxPair::generate(random);
}

const BoxMemory::Key* BoxMemory::find(const BoxKey& box) const {
  for (const Key* key : {m_current.get(), m_predecessor.get()}) {
    if (key != nullptr && key->pair.publicKey == box) return key;
  }
  return nullptr;
}

std::optional<BoxMemory::Opened> BoxMemory::open(ByteView box) const {
  for (const Key* key : {m_current.get(), m_predecessor.get()}) {
    if (key == nullptr) continue;
    auto opened = crypto::unsealSetup(key->pair, box);
    if (opened) return Opened{std::move(*opened), key->pair.publicKey};
  }
  return std::nullopt;
}

std::optional<crypto::SignedSetup> BoxMemory::openWith(const BoxKey& with, ByteView box) const {
  const Key* const key = find(with);
  if (key == nullptr) return std::nullopt;
  auto opened = crypto::unsealSetup(key->pair, box);
  if (!opened) return std::nullopt;
  return std::move(*opened);
}

BoxMemory::Remembered BoxMemory::remember(TimePoint now, const BoxKey& box, const CallId& call) {
  auto* const key = const_cast<Key*>(find(box));
  FOYER_ASSERT(key != nullptr, "the key has just opened the offer");
  if (key->calls.contains(call)) return Remembered::Seen;
  if (key->calls.size() >= kCallIds) return Remembered::Full;
  key->calls.insert(call);
  // A full memory ends the key; not sooner than the predecessor is gone, or a flood of offers would
  // leave records in the world whose key is forgotten.
  if (key == m_current.get() && key->calls.size() >= kCallIds && !m_predecessor) {
    rotate(now);
    m_hasChanged = true;
  }
  return Remembered::New;
}

void BoxMemory::rotate(TimePoint now) {
  m_predecessor = std::move(m_current);
  m_current = crypto::makeSecure<Key>();
  m_current->pair = crypto::BoxPair::generate(*m_random);
  m_rotateAt = now + kKeyLife;
  m_forgetAt = now + kPredecessorLife;
}

bool BoxMemory::handleTimeout(TimePoint now) {
  if (m_predecessor && now >= m_forgetAt) m_predecessor.reset();
  const bool isFull = m_current->calls.size() >= kCallIds && !m_predecessor;
  if (now < m_rotateAt && !isFull) return false;
  rotate(now);
  return true;
}

TimePoint BoxMemory::pollTimeout() const {
  return m_predecessor ? std::min(m_forgetAt, m_rotateAt) : m_rotateAt;
}

bool BoxMemory::takeChanged() { return std::exchange(m_hasChanged, false); }

}  // namespace foyer::call
