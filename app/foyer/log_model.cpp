#include "app/foyer/log_model.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <algorithm>

#include "app/foyer/text.h"

namespace foyer::app {
namespace {

using engine::LogLevel;
using engine::LogLine;
using engine::LogRoom;

QString whenText(const LogLine& line) {
  return QDateTime::fromMSecsSinceEpoch(line.unixMs)
      .time()
      .toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString levelText(LogLevel level) {
  switch (level) {
    case LogLevel::Note:
      return LogModel::tr("Note");
    case LogLevel::Warning:
      return LogModel::tr("Warning");
    case LogLevel::Error:
      return LogModel::tr("Error");
  }
  return {};
}

QString roomText(LogRoom room) {
  switch (room) {
    case LogRoom::Calls:
      return LogModel::tr("Calls");
    case LogRoom::Relays:
      return LogModel::tr("Relays");
    case LogRoom::Sound:
      return LogModel::tr("Sound");
    case LogRoom::Network:
      return LogModel::tr("Network");
    case LogRoom::Program:
      return LogModel::tr("Program");
  }
  return {};
}

QString lineText(const LogLine& line) {
  QStringList parts{whenText(line), levelText(line.level), fromUtf8(line.name),
                    fromUtf8(line.about)};
  parts.removeAll(QString());
  return parts.join(u' ');
}

}  // namespace

LogModel::LogModel(engine::EngineInterface& engine, QObject* parent)
    : QAbstractListModel(parent), m_engine(engine) {
  connect(&m_engine, &engine::EngineInterface::logGrew, this, [this] {
    if (m_isOpen && !m_isPaused) read();
  });
}

int LogModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : count(); }

QVariant LogModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const LogLine& line = m_rows[static_cast<std::size_t>(index.row())];
  switch (role) {
    case WhenRole:
      return whenText(line);
    case LevelRole:
      return static_cast<int>(line.level);
    case LevelTextRole:
      return levelText(line.level);
    case RoomTextRole:
      return roomText(line.room);
    case Qt::DisplayRole:
    case NameRole:
      return fromUtf8(line.name);
    case AboutRole:
      return fromUtf8(line.about);
    case DescriptionRole: {
      QStringList parts{levelText(line.level), fromUtf8(line.name), fromUtf8(line.about),
                        whenText(line)};
      parts.removeAll(QString());
      return parts.join(QStringLiteral(", "));
    }
    default:
      return {};
  }
}

QHash<int, QByteArray> LogModel::roleNames() const {
  return {{WhenRole, "when"},
          {LevelRole, "level"},
          {LevelTextRole, "levelText"},
          {RoomTextRole, "roomText"},
          {NameRole, "name"},
          {AboutRole, "about"},
          {DescriptionRole, "description"}};
}

QStringList LogModel::levelNames() const {
  return {tr("All"), tr("Warnings and errors"), tr("Errors")};
}

QStringList LogModel::roomNames() const {
  QStringList names{tr("Everything")};
  for (int room = 0; room < engine::kLogRooms; ++room)
    names.append(roomText(static_cast<LogRoom>(room)));
  return names;
}

void LogModel::setFilter(const QString& filter) {
  if (filter == m_filter) return;
  m_filter = filter;
  filterAnew();
}

void LogModel::setLevel(int level) {
  if (level == m_level || level < 0 || level > static_cast<int>(LogLevel::Error)) return;
  m_level = level;
  filterAnew();
}

void LogModel::setRoom(int room) {
  if (room == m_room || room < 0 || room > engine::kLogRooms) return;
  m_room = room;
  filterAnew();
}

void LogModel::setPaused(bool paused) {
  if (paused == m_isPaused) return;
  m_isPaused = paused;
  emit pausedChanged();
  if (m_isOpen && !m_isPaused) read();
}

void LogModel::open() {
  m_isOpen = true;
  setPaused(false);
  read();
}

void LogModel::close() { m_isOpen = false; }

bool LogModel::isShown(const LogLine& line) const {
  if (static_cast<int>(line.level) < m_level) return false;
  if (m_room > 0 && static_cast<int>(line.room) != m_room - 1) return false;
  const QString needle = m_filter.simplified();
  return needle.isEmpty() || fromUtf8(line.name).contains(needle, Qt::CaseInsensitive) ||
         fromUtf8(line.about).contains(needle, Qt::CaseInsensitive);
}

void LogModel::read() {
  std::vector<LogLine> newer = m_engine.logSince(m_last);
  if (newer.empty()) return;
  m_last = newer.back().number;
  std::vector<LogLine> shown;
  for (LogLine& line : newer) {
    if (isShown(line)) shown.push_back(line);
    m_lines.push_back(std::move(line));
  }
  while (m_lines.size() > kMaxRows) m_lines.pop_front();
  if (!shown.empty()) {
    beginInsertRows({}, count(), count() + static_cast<int>(shown.size()) - 1);
    m_rows.insert(m_rows.end(), shown.begin(), shown.end());
    endInsertRows();
  }
  // The oldest give way, shown or not.
  const auto kept = std::find_if(m_rows.begin(), m_rows.end(), [this](const LogLine& line) {
    return line.number >= m_lines.front().number;
  });
  if (kept != m_rows.begin()) {
    beginRemoveRows({}, 0, static_cast<int>(kept - m_rows.begin()) - 1);
    m_rows.erase(m_rows.begin(), kept);
    endRemoveRows();
  }
  emit countChanged();
}

void LogModel::filterAnew() {
  beginResetModel();
  m_rows.clear();
  for (const LogLine& line : m_lines)
    if (isShown(line)) m_rows.push_back(line);
  endResetModel();
  emit filterChanged();
  emit countChanged();
}

void LogModel::copy() {
  QStringList lines;
  for (const LogLine& line : m_rows) lines.append(lineText(line));
  QGuiApplication::clipboard()->setText(lines.join(u'\n') + u'\n');
  emit said(tr("Copied. Lines: %1. Addresses, names and complete keys are left out.").arg(count()));
}

}  // namespace foyer::app
