#include "app/foyer/telemetry_plot.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "app/foyer/explanation_text.h"

namespace foyer::app {
namespace {

constexpr qreal kFirstWidth = 1.6, kFurtherWidth = 1.25;  // look.md
constexpr float kFill = 0.14f;
constexpr qreal kStrip = 32;  // whole pixels at each of the scales 1, 1.25, 1.5 …
constexpr qreal kReach = 4;   // what lies further away leaves nothing in a strip

// The values of one reading, first line first; above the level's floor in decibels.
std::array<float, 3> valuesOf(const TelemetrySample& s, int plot) {
  switch (plot) {
    case TelemetryPresenter::Delay:
      return {s.delayMs, s.bufferMs, -1};
    case TelemetryPresenter::Loss:
      return {s.lossPercent, s.concealedPercent, s.latePercent};
    case TelemetryPresenter::Rate:
      return {s.sentKbps, s.heardKbps, -1};
    case TelemetryPresenter::Level:
      return {std::max(0.f, s.ownDb - kLevelFloorDb), std::max(0.f, s.peerDb - kLevelFloorDb), -1};
    default:
      return {-1, -1, -1};
  }
}

// A level stretch is two points of it: loss is level for minutes.
void appendTo(QPolygonF& curve, const QPointF& point) {
  const qsizetype n = curve.size();
  if (n > 1 && curve[n - 1].y() == point.y() && curve[n - 2].y() == point.y())
    curve.last() = point;
  else
    curve.append(point);
}

// One side of a stroke round `count` points, from `first` on in steps of 1 or -1, with the corners
// cut off. The stroke's other side is that of the way back.
void appendSide(QPolygonF& outline, const QPointF* first, qsizetype count, qsizetype step,
                qreal half) {
  QPointF before;
  for (qsizetype at = 0; at + 1 < count; ++at) {
    const QPointF from = first[at * step], to = first[(at + 1) * step], way = to - from;
    const qreal length = std::hypot(way.x(), way.y());
    if (length <= 0) continue;
    const QPointF aside(way.y() * half / length, -way.x() * half / length);
    // On the inside of a bend by the point itself, so that nothing is surrounded backwards.
    if (before.x() * aside.y() - before.y() * aside.x() < 0) outline.append(from);
    outline.append(from + aside);
    outline.append(to + aside);
    before = aside;
  }
}

// The same pixels as drawPolyline() with a pen of that width for a third of the time (measured,
// bench/RESULTS.md): QStroker asks for two arc tangents at each point, and for each edge the
// rasterizer walks through all others on its row of pixels, so that short strips cost less.
void drawCurve(QPainter& painter, const QPolygonF& curve, const QSizeF& size, qreal width) {
  const auto isLeftOf = [](const QPointF& point, qreal x) { return point.x() < x; };
  QPolygonF outline;
  painter.save();
  for (qreal left = 0; left < size.width(); left += kStrip) {
    auto from = std::lower_bound(curve.begin(), curve.end(), left - kReach, isLeftOf);
    auto to = std::lower_bound(from, curve.end(), left + kStrip + kReach, isLeftOf);
    if (from != curve.begin()) --from;
    if (to != curve.end()) ++to;
    const qsizetype count = to - from;
    if (count < 2) continue;
    outline.clear();
    appendSide(outline, &*from, count, 1, width / 2);
    appendSide(outline, &*from + count - 1, count, -1, width / 2);
    painter.setClipRect(QRectF(left, 0, kStrip, size.height()));
    painter.drawPolygon(outline, Qt::WindingFill);
  }
  painter.restore();
}

}  // namespace

TelemetryPlot::TelemetryPlot(QQuickItem* parent) : QQuickPaintedItem(parent) {
  setAntialiasing(true);
  setOpaquePainting(false);
  connect(this, &TelemetryPlot::lookChanged, this, [this] { update(); });
}

void TelemetryPlot::setTelemetry(TelemetryPresenter* telemetry) {
  if (telemetry == m_telemetry) return;
  if (m_telemetry) m_telemetry->disconnect(this);
  m_telemetry = telemetry;
  if (m_telemetry) connect(m_telemetry, &TelemetryPresenter::sampled, this, [this] { update(); });
  emit lookChanged();
}

void TelemetryPlot::paint(QPainter* painter) {
  const qreal w = width(), h = height();
  for (const qreal y : {0.0, std::floor(h / 2), h - 1})
    painter->fillRect(QRectF(0, y, w, 1), m_grid);
  if (!m_telemetry || m_telemetry->count() < 2) return;
  const int count = m_telemetry->count();
  const float top = m_telemetry->top(static_cast<TelemetryPresenter::Plot>(m_plot));
  const qreal step = w / (TelemetryPresenter::kSamples - 1);
  const auto xAt = [&](int index) { return w - (count - 1 - index) * step; };
  const auto yAt = [&](float value) { return h - 1 - (h - 2) * std::clamp(value / top, 0.f, 1.f); };
  painter->setRenderHint(QPainter::Antialiasing);
  const std::array<const QColor*, 3> colours{&m_first, &m_second, &m_third};
  for (std::size_t line = colours.size(); line-- > 0;) {  // the first one on top
    if (!colours[line]->isValid()) continue;
    QPolygonF curve;
    curve.reserve(count + 2);
    for (int index = 0; index < count; ++index)
      appendTo(curve, {xAt(index), yAt(valuesOf(m_telemetry->at(index), m_plot)[line])});
    painter->setPen(Qt::NoPen);
    painter->setBrush(*colours[line]);
    drawCurve(*painter, curve, size(), line == 0 ? kFirstWidth : kFurtherWidth);
    if (line > 0) continue;
    QColor fill = m_first;
    fill.setAlphaF(kFill);
    curve.append({xAt(count - 1), h});
    curve.append({xAt(0), h});
    painter->setRenderHint(QPainter::Antialiasing, false);  // its edge is under the line
    painter->setBrush(fill);
    painter->drawPolygon(curve);
    painter->setBrush(Qt::NoBrush);
  }
  if (m_plot != TelemetryPresenter::Level) return;
  painter->setPen(QPen(m_tick, 2));
  for (int index = 0; index < count; ++index)
    if (m_telemetry->at(index).isUnderrun)
      painter->drawLine(QPointF(xAt(index), 0), QPointF(xAt(index), 6));
}

QString TelemetryPlot::readingAt(qreal x) const {
  if (!m_telemetry || m_telemetry->count() == 0 || width() <= 0) return {};
  const int count = m_telemetry->count();
  const qreal step = width() / (TelemetryPresenter::kSamples - 1);
  const int back = static_cast<int>(std::lround((width() - x) / step));
  if (back < 0 || back >= count) return {};
  const TelemetrySample &s = m_telemetry->at(count - 1 - back), &last = m_telemetry->at(count - 1);
  const QString ago = tr("%1 s ago").arg((last.atMs - s.atMs) / 1000);
  const auto whole = [](float value) { return QString::number(std::lround(value)); };
  switch (m_plot) {
    case TelemetryPresenter::Delay:
      return tr("%1: %2 ms · buffer %3 ms").arg(ago, whole(s.delayMs), whole(s.bufferMs));
    case TelemetryPresenter::Loss:
      return tr("%1: lost %2 % · filled in %3 % · late %4 %")
          .arg(ago, percentText(s.lossPercent / 100), percentText(s.concealedPercent / 100),
               percentText(s.latePercent / 100));
    case TelemetryPresenter::Rate:
      return tr("%1: sent %2 · heard %3 kbit/s · %4")
          .arg(ago, whole(s.sentKbps), whole(s.heardKbps),
               tierText(static_cast<wire::Tier>(s.tier)));
    case TelemetryPresenter::Level:
      return (s.isUnderrun ? tr("%1: you %2 · them %3 dB · ran empty")
                           : tr("%1: you %2 · them %3 dB"))
          .arg(ago, levelText(s.ownDb), levelText(s.peerDb));
    default:
      return {};
  }
}

}  // namespace foyer::app
