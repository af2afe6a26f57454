#include "app/foyer/relay_guests_model.h"

#include <QDateTime>
#include <QLocale>
#include <algorithm>

#include "app/foyer/clock.h"
#include "app/foyer/text.h"

namespace foyer::app {

RelayGuestsModel::RelayGuestsModel(engine::EngineInterface& engine, QObject* parent)
    : QAbstractListModel(parent), m_engine(engine) {
  using engine::EngineInterface;
  m_sweeping.setSingleShot(true);
  m_sweeping.setInterval(kLeavingMs);
  connect(&m_sweeping, &QTimer::timeout, this, &RelayGuestsModel::sweep);
  connect(&m_engine, &EngineInterface::hostedRelayChanged, this, &RelayGuestsModel::refresh);
  connect(&m_engine, &EngineInterface::peopleChanged, this, &RelayGuestsModel::refresh);
  connect(&m_engine, &EngineInterface::identityChanged, this, &RelayGuestsModel::refresh);
  refresh();
}

int RelayGuestsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

QVariant RelayGuestsModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Row& row = m_rows[static_cast<std::size_t>(index.row())];
  switch (role) {
    case ConnectionRole:
      return static_cast<qulonglong>(row.connection);
    case Qt::DisplayRole:
    case NameRole:
      return row.name;
    case InitialsRole:
      return row.initials;
    case HueRole:
      return row.hue;
    case LeavingRole:
      return row.leftAtMs != 0;
    default:
      return {};
  }
}

QHash<int, QByteArray> RelayGuestsModel::roleNames() const {
  return {{ConnectionRole, "connection"},
          {NameRole, "name"},
          {InitialsRole, "initials"},
          {HueRole, "hue"},
          {LeavingRole, "leaving"}};
}

RelayGuestsModel::Row RelayGuestsModel::rowOf(const engine::RelayGuestView& guest) const {
  Row row{.connection = guest.connection, .name = {}, .initials = {}, .hue = hueOf(guest.who)};
  const engine::IdentityView own = m_engine.identity();
  if (guest.who == own.fingerprint) {
    row.name = tr("You");
    row.initials = initials(fromUtf8(own.alias));
    return row;
  }
  for (const engine::PersonView& person : m_engine.people())
    if (person.fingerprint == guest.who) row.name = fromUtf8(person.alias);
  row.initials = initials(row.name);
  // Connected, and the lobby does not know them (yet).
  if (row.name.isEmpty()) row.name = tr("Somebody");
  return row;
}

void RelayGuestsModel::refresh() {
  const engine::HostedRelayView hosted = m_engine.hostedRelay();
  const auto isThere = [&](std::uint64_t connection) {
    return std::any_of(hosted.guests.begin(), hosted.guests.end(),
                       [&](const auto& guest) { return guest.connection == connection; });
  };
  const std::vector<Row> before = m_rows;
  for (Row& row : m_rows) {
    if (row.leftAtMs == 0 && !isThere(row.connection))
      row.leftAtMs = std::max<std::int64_t>(1, steadyNowMs());
  }
  for (const engine::RelayGuestView& guest : hosted.guests) {
    const auto known = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row& row) {
      return row.connection == guest.connection && row.leftAtMs == 0;
    });
    if (known != m_rows.end()) {
      *known = rowOf(guest);
      continue;
    }
    // Who waits for room comes in when somebody has left.
    if (count() >= kMaxDoors) continue;
    beginInsertRows({}, count(), count());
    m_rows.push_back(rowOf(guest));
    endInsertRows();
  }
  const bool leaves =
      std::any_of(m_rows.begin(), m_rows.end(), [](const Row& row) { return row.leftAtMs != 0; });
  if (leaves && !m_sweeping.isActive()) m_sweeping.start();
  const QString sentence = sentenceOf(hosted);
  if (m_rows == before && sentence == m_sentence) return;
  m_sentence = sentence;
  if (count() > 0) emit dataChanged(index(0), index(count() - 1));
  emit changed();
}

void RelayGuestsModel::sweep() {
  for (int at = count(); at-- > 0;) {
    if (m_rows[static_cast<std::size_t>(at)].leftAtMs == 0) continue;
    beginRemoveRows({}, at, at);
    m_rows.erase(m_rows.begin() + at);
    endRemoveRows();
  }
  emit changed();
  refresh();
}

QString RelayGuestsModel::sentenceOf(const engine::HostedRelayView& hosted) const {
  if (hosted.guests.empty()) return {};
  const std::int64_t offset = unixNowMs() - steadyNowMs();
  QStringList names;
  for (const engine::RelayGuestView& guest : hosted.guests) {
    if (names.size() == kMaxDoors) break;
    const QTime since = QDateTime::fromMSecsSinceEpoch(guest.sinceMs + offset).time();
    //: a name, and the time from which somebody is connected
    names.append(
        tr("%1 since %2").arg(rowOf(guest).name, QLocale().toString(since, QLocale::ShortFormat)));
  }
  const auto more =
      std::max<qsizetype>(hosted.clients, static_cast<qsizetype>(hosted.guests.size())) -
      names.size();
  const QString list = names.join(tr(", "));
  return more > 0 ? tr("Connected now: %1, and %2 more").arg(list).arg(more)
                  : tr("Connected now: %1").arg(list);
}

}  // namespace foyer::app
