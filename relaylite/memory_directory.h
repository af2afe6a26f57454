// The directory of a relay that is alone: everything in memory. People who left stay known for the
// sake of deltas, at most kMaxTombstones of them; then lists older than the oldest start anew.
// Value, no thread.
#pragma once

#include <map>
#include <unordered_map>

#include "relaylite/directory.h"

namespace foyer::relaylite {

class MemoryDirectory final : public Directory {
 public:
  static constexpr std::size_t kMaxTombstones = 1024;

  // Versions count from `firstVersion`. A random one keeps lists of an earlier run from being taken
  // for lists of this one.
  explicit MemoryDirectory(std::uint64_t firstVersion);

  std::optional<Route> attach(const Fingerprint& who, const Route& route) override;
  bool detach(const Fingerprint& who, const Route& route) override;
  [[nodiscard]] std::optional<Route> route(const Fingerprint& who) const override;

  [[nodiscard]] std::uint64_t version() const override { return m_version; }
  [[nodiscard]] std::uint64_t oldestVersion() const override { return m_oldest; }
  [[nodiscard]] const Person* find(const Fingerprint& who) const override;
  void put(const Fingerprint& who, Person person) override;
  void setState(const Fingerprint& who, wire::PresenceState state) override;
  void setLeg(const Fingerprint& who, std::uint16_t ms) override;
  void remove(const Fingerprint& who) override;
  [[nodiscard]] std::size_t people() const override { return m_people; }
  [[nodiscard]] std::vector<Change> changesAfter(std::uint64_t after,
                                                 std::size_t max) const override;

 private:
  struct Entry {
    std::optional<Person> person;  // nullopt: gone
    std::uint64_t version = 0;
    std::uint64_t recordVersion = 0;
  };
  void touch(const Fingerprint& who, Entry& entry);
  void forgetOldTombstones();

  std::unordered_map<Fingerprint, Route> m_routes;
  std::unordered_map<Fingerprint, Entry> m_entries;
  std::map<std::uint64_t, Fingerprint> m_byVersion;
  std::map<std::uint64_t, Fingerprint> m_tombstones;
  std::size_t m_people = 0;
  std::uint64_t m_version;
  std::uint64_t m_oldest;
};

}  // namespace foyer::relaylite
