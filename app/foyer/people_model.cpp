#include "app/foyer/people_model.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "app/foyer/path_text.h"
#include "app/foyer/row_changes.h"
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
    case Trust::WordsDiffered:
      return PeopleModel::tr("Words differed");
    case Trust::Blocked:
      return PeopleModel::tr("Blocked");
  }
  return {};
}

namespace {

// Of a list whose relay is lost: nobody knows how they are now.
QString pastStateWord(PersonState state) {
  switch (state) {
    case PersonState::Available:
      return PeopleModel::tr("Was available");
    case PersonState::InCall:
      return PeopleModel::tr("Was in a call");
    case PersonState::Away:
      return PeopleModel::tr("Was away");
    default:
      return stateWord(state);
  }
}

}  // namespace

bool canBeCalled(const PersonView& person) {
  return person.trust != Trust::Blocked &&
         (person.state == PersonState::Available || person.state == PersonState::Away);
}

namespace {

const auto kSort = QStringLiteral("lobby_sort"), kByRelay = QStringLiteral("lobby_by_relay");

}  // namespace

struct PeopleModel::Sorted {
  QCollatorSortKey name;
  std::int64_t latestCallMs;
  Row row;

  // Warnings first, then favourites; who is blocked last.
  [[nodiscard]] int rank() const {
    if (isSuspect(row.trust)) return 0;
    if (row.trust == Trust::Blocked) return 3;
    return row.isFavourite ? 1 : 2;
  }
};

PeopleModel::PeopleModel(engine::EngineInterface& engine, QObject* parent)
    : QAbstractListModel(parent), m_engine(engine) {
  using engine::EngineInterface;
  m_collator.setCaseSensitivity(Qt::CaseInsensitive);
  connect(&m_engine, &EngineInterface::peopleChanged, this, &PeopleModel::refresh);
  connect(&m_engine, &EngineInterface::relaysChanged, this, &PeopleModel::refresh);
  connect(&m_engine, &EngineInterface::historyChanged, this, [this] {
    readHistory();
    refresh();
  });
  connect(&m_engine, &EngineInterface::settingChanged, this, [this](const QString& key) {
    if (key != kSort && key != kByRelay && key != QLatin1String("direct_calls")) return;
    emit orderChanged();
    refresh();
  });
  readHistory();
  refresh();
}

int PeopleModel::order() const {
  const QString order = m_engine.setting(kSort);
  return order == QLatin1String("name")     ? ByName
         : order == QLatin1String("recent") ? ByLatestCall
                                            : ByState;
}

void PeopleModel::setOrder(int order) {
  m_engine.setSetting(kSort, order == ByName         ? QStringLiteral("name")
                             : order == ByLatestCall ? QStringLiteral("recent")
                                                     : QString());
}

bool PeopleModel::byRelay() const { return m_engine.setting(kByRelay) == QLatin1String("on"); }

void PeopleModel::setByRelay(bool byRelay) {
  m_engine.setSetting(kByRelay, byRelay ? QStringLiteral("on") : QString());
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
      return fromUtf8(row.id.hex());
    case Qt::DisplayRole:
    case NameRole:
      return row.name;
    case TagRole:
      return row.tag;
    case StateTextRole:
      return stateTextOf(row);
    case InitialsRole:
      return initials(row.name);
    case HueRole:
      return hueOf(row.id);
    case LitRole:
      return row.state == PersonState::Available || row.state == PersonState::InCall;
    case VerifiedRole:
      return row.trust == Trust::Verified;
    case SuspectRole:
      return isSuspect(row.trust);
    case BlockedRole:
      return row.trust == Trust::Blocked;
    case TrustTextRole:
      return trustText(row);
    case BarsRole:
      return bars;
    case DelayTextRole:
      return row.delayMs ? delayText(*row.delayMs) : QStringLiteral("–");
    case CallableRole:
      return row.isCallable;
    case FavouriteRole:
      return row.isFavourite;
    case SignedRole:
      return row.signedAlias.isEmpty() ? QString() : tr("Calls themselves %1").arg(row.signedAlias);
    case PathRole:
      switch (row.way) {
        case Way::Unknown:
          return QStringLiteral("–");
        case Way::Relay:
          return tr("relay only");
        case Way::DirectLastTime:
          return tr("last: direct");
        case Way::TurnLastTime:
          return tr("last: TURN");
      }
      return {};
    case GroupRole:
      return row.group;
    case DescriptionRole:
      return describe(row);
    default:
      return {};
  }
}

QString PeopleModel::stateTextOf(const Row& row) {
  return row.isKnown ? stateWord(row.state) : pastStateWord(row.state);
}

QString PeopleModel::trustText(const Row& row) { return trustWord(row.trust); }

QString PeopleModel::describe(const Row& row) {
  QStringList parts{row.tag.isEmpty() ? row.name : row.name + u' ' + row.tag};
  if (!row.signedAlias.isEmpty()) parts << tr("calls themselves %1").arg(row.signedAlias);
  if (row.isFavourite) parts << tr("favourite");
  parts << stateTextOf(row) << trustText(row);
  parts << (row.delayMs ? tr("connection through the relay %1, %2")
                              .arg(barsWord(barsOf(*row.delayMs)), delayText(*row.delayMs))
                        : tr("connection not measured"));
  switch (row.way) {
    case Way::Unknown:
      break;
    case Way::Relay:
      parts << tr("a call stays on the relay");
      break;
    case Way::DirectLastTime:
      parts << tr("the last call went directly");
      break;
    case Way::TurnLastTime:
      parts << tr("the last call went through a TURN server");
      break;
  }
  return parts.join(QStringLiteral(", "));
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
          {SuspectRole, "suspect"},
          {BlockedRole, "blocked"},
          {TrustTextRole, "trustText"},
          {BarsRole, "bars"},
          {DelayTextRole, "delayText"},
          {CallableRole, "callable"},
          {FavouriteRole, "favourite"},
          {SignedRole, "signedText"},
          {PathRole, "pathText"},
          {GroupRole, "group"},
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
  return row >= 0 && row < count() ? fromUtf8(m_rows[static_cast<std::size_t>(row)].id.hex())
                                   : QString();
}

void PeopleModel::readHistory() {
  m_latest.clear();
  for (const engine::PastCallView& call : m_engine.history()) {
    LatestCall& latest = m_latest[call.peer];  // they come newest first
    if (latest.startedAtMs == 0) latest.startedAtMs = call.startedAtUnixMs;
    if (latest.path.empty()) latest.path = call.path;
  }
}

PeopleModel::Way PeopleModel::wayTo(const PersonView& person) const {
  // Until the words of a changed key match no address is told.
  const bool isRelayed = person.policy == engine::ContactPolicy::RelayOnly ||
                         isSuspect(person.trust) ||
                         m_engine.setting(QStringLiteral("direct_calls")) == QLatin1String("off");
  if (isRelayed) return Way::Relay;
  const auto latest = m_latest.find(person.fingerprint);
  if (latest == m_latest.end()) return Way::Unknown;
  const std::string& path = latest->second.path;
  if (path == "lan" || path == "direct_ipv4" || path == "direct_ipv6") return Way::DirectLastTime;
  return path == "turn" ? Way::TurnLastTime : Way::Unknown;
}

PeopleModel::Row PeopleModel::rowOf(const PersonView& person) const {
  Row row{.id = person.fingerprint,
          .name = fromUtf8(person.alias),
          .signedAlias = fromUtf8(person.signedAlias),
          .state = person.state,
          .trust = person.trust,
          .way = wayTo(person),
          .isCallable = m_isReachable && canBeCalled(person),
          .isFavourite = person.isFavourite,
          .isKnown = m_isReachable};
  if (person.rttMs)
    row.delayMs = static_cast<int>(std::llround(std::clamp(*person.rttMs, 1.0, 60000.0)));
  for (const Fingerprint& relay : person.relays) {
    const auto group = m_groups.find(relay);
    // On several: under the first of their names.
    if (group != m_groups.end() && (row.group.isEmpty() || group->second < row.group))
      row.group = group->second;
  }
  return row;
}

std::vector<PeopleModel::Row> PeopleModel::wanted() {
  const std::vector<PersonView> people = m_engine.people();
  std::map<std::string, int> namesakes;
  for (const PersonView& person : people) ++namesakes[person.alias];
  m_total = static_cast<int>(people.size());

  const QString needle = m_filter.simplified();
  std::vector<Sorted> sorted;
  sorted.reserve(people.size());
  for (const PersonView& person : people) {
    Row row = rowOf(person);
    const QString tag = fromUtf8(person.keyTag);
    if (namesakes[person.alias] > 1) row.tag = tag;
    const bool isFound = needle.isEmpty() || row.name.contains(needle, Qt::CaseInsensitive) ||
                         row.signedAlias.contains(needle, Qt::CaseInsensitive) ||
                         tag.startsWith(needle, Qt::CaseInsensitive);
    if (!isFound) continue;
    const auto latest = m_latest.find(person.fingerprint);
    QCollatorSortKey key = m_collator.sortKey(row.name);
    sorted.push_back({std::move(key), latest == m_latest.end() ? 0 : latest->second.startedAtMs,
                      std::move(row)});
  }
  const bool isGrouped = grouped();
  const int by = order();
  // A warning is at the top of the list, and takes its group along.
  std::set<QString> warned;
  for (const Sorted& one : sorted)
    if (isSuspect(one.row.trust)) warned.insert(one.row.group);
  std::sort(sorted.begin(), sorted.end(), [&](const Sorted& a, const Sorted& b) {
    if (isGrouped && a.row.group != b.row.group) {
      const bool isAWarned = warned.contains(a.row.group);
      if (isAWarned != warned.contains(b.row.group)) return isAWarned;
      return a.row.group < b.row.group;
    }
    if (a.rank() != b.rank()) return a.rank() < b.rank();
    if (by == ByLatestCall && a.latestCallMs != b.latestCallMs)
      return a.latestCallMs > b.latestCallMs;
    if (by != ByName && a.row.state != b.row.state) return a.row.state < b.row.state;
    const int names = a.name.compare(b.name);
    return names != 0 ? names < 0 : a.row.id < b.row.id;
  });
  std::vector<Row> rows;
  rows.reserve(sorted.size());
  for (Sorted& one : sorted) rows.push_back(std::move(one.row));
  return rows;
}

void PeopleModel::refresh() {
  m_groups.clear();
  for (const engine::RelayView& relay : m_engine.relays())
    if (relay.state == engine::RelayState::Connected)
      m_groups[relay.fingerprint] = relayNameOf(relay, m_engine.discovered());
  const bool canGroup = m_groups.size() > 1;
  const bool canGroupChanged = canGroup != std::exchange(m_canGroup, canGroup);
  const int oldCount = count(), oldTotal = m_total;
  changeRows(m_rows, wanted(), RowSteps<PeopleModel>{*this});
  if (canGroupChanged) emit orderChanged();
  if (count() != oldCount || m_total != oldTotal) emit countChanged();
}

}  // namespace foyer::app
