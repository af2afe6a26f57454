#include "app/foyer/people_model.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "app/foyer/text.h"

namespace foyer::app {

using engine::PersonState;
using engine::PersonView;
using engine::Trust;

QString stateWord(PersonState state) {
  switch (state) {
    case PersonState::Available:
      return PeopleModel::tr("Available");
    case PersonState::InCall:
      return PeopleModel::tr("In a call");
    case PersonState::Away:
      return PeopleModel::tr("Away");
    case PersonState::DoNotDisturb:
      return PeopleModel::tr("Do not disturb");
    case PersonState::Unreachable:
      return PeopleModel::tr("Unreachable");
    case PersonState::Offline:
      return PeopleModel::tr("Offline");
  }
  return {};
}

QString trustWord(Trust trust) {
  switch (trust) {
    case Trust::NotVerified:
      return PeopleModel::tr("Not verified yet");
    case Trust::Verified:
      return PeopleModel::tr("Verified");
    case Trust::KeyChanged:
      return PeopleModel::tr("Key changed");
    case Trust::Blocked:
      return PeopleModel::tr("Blocked");
  }
  return {};
}

bool canBeCalled(const PersonView& person) {
  return person.trust != Trust::Blocked &&
         (person.state == PersonState::Available || person.state == PersonState::Away);
}

namespace {

// Warnings first, then who can be talked to now, who is blocked last.
int rankOf(PersonState state, Trust trust) {
  if (trust == Trust::KeyChanged) return 0;
  const int rank = 1 + static_cast<int>(state);
  return trust == Trust::Blocked ? 100 + rank : rank;
}

}  // namespace

PeopleModel::PeopleModel(engine::EngineInterface& engine, QObject* parent)
    : QAbstractListModel(parent), m_engine(engine) {
  connect(&m_engine, &engine::EngineInterface::peopleChanged, this, &PeopleModel::refresh);
  refresh();
}

int PeopleModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

QVariant PeopleModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Row& row = m_rows[static_cast<std::size_t>(index.row())];
  const int bars = row.delayMs ? barsOf(*row.delayMs) : 0;
  switch (role) {
    case FingerprintRole:
      return fromUtf8(row.fingerprint.hex());
    case Qt::DisplayRole:
    case NameRole:
      return row.name;
    case TagRole:
      return row.tag;
    case StateTextRole:
      return stateWord(row.state);
    case InitialsRole:
      return initials(row.name);
    case HueRole:
      return hueOf(row.fingerprint);
    case LitRole:
      return row.state == PersonState::Available || row.state == PersonState::InCall;
    case VerifiedRole:
      return row.trust == Trust::Verified;
    case KeyChangedRole:
      return row.trust == Trust::KeyChanged;
    case BlockedRole:
      return row.trust == Trust::Blocked;
    case TrustTextRole:
      return trustWord(row.trust);
    case BarsRole:
      return bars;
    case DelayTextRole:
      return row.delayMs ? delayText(*row.delayMs) : QStringLiteral("–");
    case CallableRole:
      return row.isCallable;
    case DescriptionRole: {
      const QString name = row.tag.isEmpty() ? row.name : row.name + u' ' + row.tag;
      const QString path =
          row.delayMs ? tr("connection %1, %2").arg(barsWord(bars), delayText(*row.delayMs))
                      : tr("connection not measured");
      return QStringList{name, stateWord(row.state), trustWord(row.trust), path}.join(
          QStringLiteral(", "));
    }
    default:
      return {};
  }
}

QHash<int, QByteArray> PeopleModel::roleNames() const {
  return {{FingerprintRole, "fingerprint"},
          {NameRole, "name"},
          {TagRole, "tag"},
          {StateTextRole, "stateText"},
          {InitialsRole, "initials"},
          {HueRole, "hue"},
          {LitRole, "lit"},
          {VerifiedRole, "verified"},
          {KeyChangedRole, "keyChanged"},
          {BlockedRole, "blocked"},
          {TrustTextRole, "trustText"},
          {BarsRole, "bars"},
          {DelayTextRole, "delayText"},
          {CallableRole, "callable"},
          {DescriptionRole, "description"}};
}

void PeopleModel::setFilter(const QString& filter) {
  if (filter == m_filter) return;
  m_filter = filter;
  emit filterChanged();
  refresh();
}

void PeopleModel::setReachable(bool reachable) {
  if (reachable == m_isReachable) return;
  m_isReachable = reachable;
  refresh();
}

QString PeopleModel::fingerprintAt(int row) const {
  return row >= 0 && row < count()
             ? fromUtf8(m_rows[static_cast<std::size_t>(row)].fingerprint.hex())
             : QString();
}

std::vector<PeopleModel::Row> PeopleModel::wanted() {
  const std::vector<PersonView> people = m_engine.people();
  std::map<std::string, int> namesakes;
  for (const PersonView& person : people) ++namesakes[person.alias];

  m_total = static_cast<int>(people.size());
  const QString needle = m_filter.simplified();
  std::vector<Row> rows;
  rows.reserve(people.size());
  for (const PersonView& person : people) {
    Row row{.fingerprint = person.fingerprint,
            .name = fromUtf8(person.alias),
            .tag = namesakes[person.alias] > 1 ? fromUtf8(person.keyTag) : QString(),
            .state = person.state,
            .trust = person.trust,
            .isCallable = m_isReachable && canBeCalled(person)};
    if (person.rttMs)
      row.delayMs = static_cast<int>(std::llround(std::clamp(*person.rttMs, 1.0, 60000.0)));
    if (!needle.isEmpty() && !row.name.contains(needle, Qt::CaseInsensitive) &&
        !fromUtf8(person.keyTag).startsWith(needle, Qt::CaseInsensitive)) {
      continue;
    }
    rows.push_back(std::move(row));
  }
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    const int rankA = rankOf(a.state, a.trust), rankB = rankOf(b.state, b.trust);
    if (rankA != rankB) return rankA < rankB;
    const int names = QString::localeAwareCompare(a.name, b.name);
    return names != 0 ? names < 0 : a.fingerprint < b.fingerprint;
  });
  return rows;
}

void PeopleModel::refresh() {
  const int oldCount = count(), oldTotal = m_total;
  replaceRows(wanted());
  if (count() != oldCount || m_total != oldTotal) emit countChanged();
}

void PeopleModel::replaceRows(const std::vector<Row>& rows) {
  const auto indexIn = [](const std::vector<Row>& list, const Fingerprint& fingerprint,
                          std::size_t from) {
    for (std::size_t at = from; at < list.size(); ++at) {
      if (list[at].fingerprint == fingerprint) return at;
    }
    return list.size();
  };
  for (std::size_t at = m_rows.size(); at-- > 0;) {
    if (indexIn(rows, m_rows[at].fingerprint, 0) != rows.size()) continue;
    beginRemoveRows({}, static_cast<int>(at), static_cast<int>(at));
    m_rows.erase(m_rows.begin() + static_cast<std::ptrdiff_t>(at));
    endRemoveRows();
  }
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const int row = static_cast<int>(at);
    const std::size_t old = indexIn(m_rows, rows[at].fingerprint, at);
    if (old == m_rows.size()) {
      beginInsertRows({}, row, row);
      m_rows.insert(m_rows.begin() + row, rows[at]);
      endInsertRows();
      continue;
    }
    if (old == at + 1) {
      // This one sinks: one move of it instead of one of everybody it passes.
      const std::size_t target =
          std::min(indexIn(rows, m_rows[at].fingerprint, at), m_rows.size() - 1);
      beginMoveRows({}, row, row, {}, static_cast<int>(target) + 1);
      std::rotate(m_rows.begin() + row, m_rows.begin() + row + 1,
                  m_rows.begin() + static_cast<std::ptrdiff_t>(target) + 1);
      endMoveRows();
    } else if (old != at) {
      beginMoveRows({}, static_cast<int>(old), static_cast<int>(old), {}, row);
      std::rotate(m_rows.begin() + row, m_rows.begin() + static_cast<std::ptrdiff_t>(old),
                  m_rows.begin() + static_cast<std::ptrdiff_t>(old) + 1);
      endMoveRows();
    }
    if (m_rows[at] != rows[at]) {
      m_rows[at] = rows[at];
      emit dataChanged(index(row), index(row));
    }
  }
}

}  // namespace foyer::app
