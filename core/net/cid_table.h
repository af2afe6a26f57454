// Hash table from 8-byte keys to non-zero 64-bit handles: open addressing, one allocation, nothing
// per entry. The place of a key depends on a secret, so peers who choose keys cannot crowd it.
// Bounded by its users (a few entries per connection). A value, no thread.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace foyer::net {

class CidTable {
 public:
  explicit CidTable(std::uint64_t secret) : m_secret(secret), m_cells(kSmallest) {}

  // 0 when absent.
  [[nodiscard]] std::uint64_t find(std::uint64_t key) const {
    for (std::size_t i = home(key);; i = next(i)) {
      if (m_cells[i].handle == 0) return 0;
      if (m_cells[i].key == key) return m_cells[i].handle;
    }
  }

  // Replaces what was there. `handle` is not 0.
  void set(std::uint64_t key, std::uint64_t handle) {
    if ((m_size + 1) * 4 > m_cells.size() * 3) grow();
    for (std::size_t i = home(key);; i = next(i)) {
      if (m_cells[i].handle == 0) {
        m_cells[i] = {key, handle};
        ++m_size;
        return;
      }
      if (m_cells[i].key == key) {
        m_cells[i].handle = handle;
        return;
      }
    }
  }

  // Only if it still leads to `handle`.
  void erase(std::uint64_t key, std::uint64_t handle) {
    std::size_t i = home(key);
    while (m_cells[i].handle != 0 && m_cells[i].key != key) i = next(i);
    if (m_cells[i].handle == 0 || m_cells[i].handle != handle) return;
    --m_size;
    // Moves later entries of the run back, so that no tombstone cells are needed.
    for (std::size_t hole = i, j = next(i);; j = next(j)) {
      if (m_cells[j].handle == 0) {
        m_cells[hole] = {};
        return;
      }
      const std::size_t mask = m_cells.size() - 1;
      const std::size_t distance = (j - home(m_cells[j].key)) & mask;
      if (distance >= ((j - hole) & mask)) {
        m_cells[hole] = m_cells[j];
        hole = j;
      }
    }
  }

  [[nodiscard]] std::size_t size() const { return m_size; }

 private:
  static constexpr std::size_t kSmallest = 16;  // a client has a handful of ids

  struct Cell {
    std::uint64_t key = 0;
    std::uint64_t handle = 0;
  };

  [[nodiscard]] std::size_t home(std::uint64_t key) const {
    const std::uint64_t mixed = (key ^ m_secret) * 0x9E3779B97F4A7C15ULL;
    return static_cast<std::size_t>(mixed >> (64 - std::countr_zero(m_cells.size())));
  }
  [[nodiscard]] std::size_t next(std::size_t i) const { return (i + 1) & (m_cells.size() - 1); }
  void grow() {
    std::vector<Cell> old(m_cells.size() * 2);
    old.swap(m_cells);
    m_size = 0;
    for (const Cell& cell : old) {
      if (cell.handle != 0) set(cell.key, cell.handle);
    }
  }

  std::uint64_t m_secret;
  std::vector<Cell> m_cells;
  std::size_t m_size = 0;
};

}  // namespace foyer::net
