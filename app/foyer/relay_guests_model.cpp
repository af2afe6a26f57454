#include "app/foyer/relay_guests_model.h"

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
    case LabelRole:
      //: the first name of somebody who has just left
      return row.leftAtMs == 0 ? row.name : tr("%1 left").arg(row.name.section(u' ', 0, 0));
    case TagRole:
      return row.leftAtMs == 0 ? row.tag : QString();
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
  return {
      {ConnectionRole, "connection"}, {NameRole, "name"}, {LabelRole, "label"},    {TagRole, "tag"},
      {InitialsRole, "initials"},     {HueRole, "hue"},   {LeavingRole, "leaving"}};
}

RelayGuestsModel::Row RelayGuestsModel::rowOf(const engine::RelayGuestView& guest) const {
  Row row{.connection = guest.connection,
          .name = {},
          .tag = {},
          .initials = {},
          .hue = hueOf(guest.who)};
  const engine::IdentityView own = m_engine.identity();
  if (guest.who == own.fingerprint) {
    row.name = tr("You");
    row.initials = initials(fromUtf8(own.alias));
    return row;
  }
  const auto people = m_engine.people();
  const auto known = std::find_if(people.begin(), people.end(), [&](const auto& person) {
    return person.fingerprint == guest.who;
  });
  if (known != people.end()) {
    row.name = fromUtf8(known->alias);
    const bool hasNamesake = std::any_of(people.begin(), people.end(), [&](const auto& person) {
      return person.alias == known->alias && person.fingerprint != known->fingerprint;
    });
    if (hasNamesake) row.tag = fromUtf8(known->keyTag);
  }
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
  const QStringList lines = linesOf(hosted);
  if (m_rows == before && lines == m_lines) return;
  m_lines = lines;
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

QStringList RelayGuestsModel::linesOf(const engine::HostedRelayView& hosted) const {
  const std::int64_t offset = unixNowMs() - steadyNowMs();
  const Fingerprint own = m_engine.identity().fingerprint;
  std::vector<engine::RelayGuestView> guests = hosted.guests;
  std::stable_partition(guests.begin(), guests.end(),
                        [&](const auto& guest) { return guest.who == own; });
  QStringList lines;
  for (const engine::RelayGuestView& guest : guests) {
    if (lines.size() == kMaxLines) break;
    const Row row = rowOf(guest);
    const QString name = row.tag.isEmpty() ? row.name : row.name + u' ' + row.tag;
    //: a name, and the time from which somebody is connected
    lines.append(tr("%1, since %2").arg(name, timeText(guest.sinceMs + offset)));
  }
  const auto more =
      std::max<qsizetype>(hosted.clients, static_cast<qsizetype>(guests.size())) - lines.size();
  if (more > 0 && !lines.isEmpty())
    lines.append(tr("and %n more", nullptr, static_cast<int>(more)));
  return lines;
}

}  // namespace foyer::app
