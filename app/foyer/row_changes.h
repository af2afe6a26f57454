// Brings the rows of a list model to those that are wanted, with the signals of each step: views
// keep focus and scroll position, and nothing is reset. Rows have an `id` and are compared as a
// whole. What is removed goes first, then each place gets its row. About n log n for rows that
// stay where they are; a row that moves costs its way.
#pragma once

#include <QAbstractListModel>
#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace foyer::app {

// The steps of a list model that has this as its friend.
template <class Model>
struct RowSteps {
  Model& model;

  template <class Work>
  void remove(int first, int last, const Work& work) const {
    model.beginRemoveRows({}, first, last);
    work();
    model.endRemoveRows();
  }
  template <class Work>
  void insert(int first, int last, const Work& work) const {
    model.beginInsertRows({}, first, last);
    work();
    model.endInsertRows();
  }
  // `to` as QAbstractItemModel counts it: before which row.
  template <class Work>
  void move(int from, int to, const Work& work) const {
    model.beginMoveRows({}, from, from, {}, to);
    work();
    model.endMoveRows();
  }
  void change(int first, int last) const {
    emit model.dataChanged(model.index(first), model.index(last));
  }
};

template <class Row, class Steps>
void changeRows(std::vector<Row>& rows, const std::vector<Row>& wanted, const Steps& steps) {
  using Id = decltype(Row::id);
  std::set<Id> kept;
  for (const Row& row : wanted) kept.insert(row.id);
  for (std::size_t at = rows.size(); at-- > 0;) {
    if (kept.contains(rows[at].id)) continue;
    // Neighbours that go together go in one step.
    const std::size_t last = at;
    while (at > 0 && !kept.contains(rows[at - 1].id)) --at;
    steps.remove(static_cast<int>(at), static_cast<int>(last), [&] {
      rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(at),
                 rows.begin() + static_cast<std::ptrdiff_t>(last) + 1);
    });
  }
  std::set<Id> here;
  for (const Row& row : rows) here.insert(row.id);
  std::map<Id, std::size_t> places;
  for (std::size_t at = 0; at < wanted.size(); ++at) places.emplace(wanted[at].id, at);
  // What a row shows is said at the end, neighbours together: nothing above a placed row moves.
  std::vector<std::pair<int, int>> changed;
  for (std::size_t at = 0; at < wanted.size(); ++at) {
    if (at < rows.size() && rows[at].id == wanted[at].id) {
      // It stands where it should.
    } else if (!here.contains(wanted[at].id)) {
      std::size_t end = at + 1;
      while (end < wanted.size() && !here.contains(wanted[end].id)) ++end;
      steps.insert(static_cast<int>(at), static_cast<int>(end) - 1, [&] {
        rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(at),
                    wanted.begin() + static_cast<std::ptrdiff_t>(at),
                    wanted.begin() + static_cast<std::ptrdiff_t>(end));
      });
      at = end - 1;
      continue;
    } else if (at + 1 < rows.size() && rows[at + 1].id == wanted[at].id) {
      // The one that stands here sinks: one move of it instead of one of everybody it passes.
      const std::size_t target = std::min(places.at(rows[at].id), rows.size() - 1);
      steps.move(static_cast<int>(at), static_cast<int>(target) + 1, [&] {
        std::rotate(rows.begin() + static_cast<std::ptrdiff_t>(at),
                    rows.begin() + static_cast<std::ptrdiff_t>(at) + 1,
                    rows.begin() + static_cast<std::ptrdiff_t>(target) + 1);
      });
    } else {
      const auto old = std::find_if(rows.begin() + static_cast<std::ptrdiff_t>(at), rows.end(),
                                    [&](const Row& row) { return row.id == wanted[at].id; });
      steps.move(static_cast<int>(old - rows.begin()), static_cast<int>(at), [&] {
        std::rotate(rows.begin() + static_cast<std::ptrdiff_t>(at), old, old + 1);
      });
    }
    if (rows[at] != wanted[at]) {
      rows[at] = wanted[at];
      const int row = static_cast<int>(at);
      if (!changed.empty() && changed.back().second == row - 1)
        changed.back().second = row;
      else
        changed.emplace_back(row, row);
    }
  }
  for (const auto& [first, last] : changed) steps.change(first, last);
}

}  // namespace foyer::app
