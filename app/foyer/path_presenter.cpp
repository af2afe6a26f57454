#include "app/foyer/path_presenter.h"

#include <algorithm>

#include "app/foyer/path_text.h"

namespace foyer::app {

PathPresenter::PathPresenter(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine) {
  connect(&m_engine, &engine::EngineInterface::callsChanged, this, &PathPresenter::refresh);
  refresh();
}

void PathPresenter::setWhole(bool whole) {
  if (whole == m_isWhole) return;
  m_isWhole = whole;
  makeRows();
}

void PathPresenter::setAddressesShown(bool shown) {
  if (shown == m_areAddressesShown) return;
  m_areAddressesShown = shown;
  makeRows();
}

QStringList PathPresenter::head() const { return pathHead(); }

void PathPresenter::refresh() {
  const auto calls = m_engine.calls();
  const auto live = std::find_if(calls.begin(), calls.end(), [](const engine::CallView& call) {
    return call.state == engine::CallState::Active;
  });
  std::vector<client::PathNote> notes;
  PathText now;
  if (live != calls.end()) {
    notes = live->stats.pathNotes;
    now = pathTextOf(*live, relayOnPath(m_engine, *live));
    if (m_call != live->call) {
      m_call = live->call;
      m_isWhole = m_areAddressesShown = false;
    }
  }
  if (notes == m_notes && now.glyph == m_glyph && now.sentence == m_sentence) return;
  m_notes = std::move(notes);
  m_glyph = now.glyph;
  m_sentence = now.sentence;
  makeRows();
}

void PathPresenter::makeRows() {
  std::vector<engine::PathRow> all = engine::pathRows(m_notes);
  std::reverse(all.begin(), all.end());
  if (!m_isWhole && all.size() > kFirstRows) all.resize(kFirstRows);
  m_rows.clear();
  for (const engine::PathRow& row : all) m_rows.append(pathCells(row, m_areAddressesShown));
  emit changed();
}

QString PathPresenter::spokenRow(const QStringList& cells) const {
  const QStringList titles = head();
  QStringList spoken;
  for (qsizetype at = 0; at < titles.size() && at + 1 < cells.size(); ++at)
    if (!cells[at + 1].isEmpty()) spoken.append(titles[at] + u' ' + cells[at + 1]);
  return spoken.join(QStringLiteral(", "));
}

}  // namespace foyer::app
