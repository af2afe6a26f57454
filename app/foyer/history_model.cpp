#include "app/foyer/history_model.h"

#include <QDateTime>
#include <algorithm>
#include <map>
#include <set>

#include "app/foyer/clock.h"
#include "app/foyer/people_model.h"
#include "app/foyer/text.h"

namespace foyer::app {

using engine::CallDirection;
using engine::EndReason;
using engine::PastCallView;
using engine::PersonState;
using engine::Trust;

QString lengthText(std::int64_t ms) {
  const std::int64_t seconds = std::max<std::int64_t>(0, ms) / 1000;
  if (seconds < 60) return HistoryModel::tr("%1 s").arg(seconds);
  const std::int64_t minutes = seconds / 60;
  if (minutes < 60) return HistoryModel::tr("%1 min").arg(minutes);
  if (minutes % 60 == 0) return HistoryModel::tr("%1 h").arg(minutes / 60);
  return HistoryModel::tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

bool isMissed(const PastCallView& call) {
  return call.direction == CallDirection::Incoming && call.reason == EndReason::Missed;
}

QString qualityText(const std::string& quality) {
  if (quality == "good") return HistoryModel::tr("Sounded good");
  if (quality == "fair") return HistoryModel::tr("Sounded fair");
  if (quality == "poor") return HistoryModel::tr("Sounded poor");
  if (quality == "broken") return HistoryModel::tr("Broke up");
  return {};
}

QString pathText(const std::string& path) {
  if (path == "relay") return HistoryModel::tr("through the relay");
  if (path == "lan") return HistoryModel::tr("direct, on one network");
  if (path == "direct_ipv4" || path == "direct_ipv6") return HistoryModel::tr("direct");
  if (path == "turn") return HistoryModel::tr("through a TURN server");
  return {};
}

QString dayText(std::int64_t unixMs) {
  const QDate day = QDateTime::fromMSecsSinceEpoch(unixMs).date();
  const QDate today = QDateTime::fromMSecsSinceEpoch(unixNowMs()).date();
  if (day == today) return HistoryModel::tr("Today");
  if (day.addDays(1) == today) return HistoryModel::tr("Yesterday");
  return dateText(unixMs);
}

QString whenText(const PastCallView& call) {
  const QString time = timeText(call.startedAtUnixMs);
  if (isMissed(call)) return HistoryModel::tr("Missed · %1").arg(time);
  if (call.direction == CallDirection::Incoming) return HistoryModel::tr("Incoming · %1").arg(time);
  return HistoryModel::tr("Outgoing · %1").arg(time);
}

namespace {

// Why there was no talk.
QString unansweredText(const PastCallView& call) {
  const QString rang = lengthText(call.lastedMs);
  const bool isIncoming = call.direction == CallDirection::Incoming;
  switch (call.reason) {
    case EndReason::Missed:
      return HistoryModel::tr("Rang %1").arg(rang);
    case EndReason::NoAnswer:
      return HistoryModel::tr("No answer after %1").arg(rang);
    case EndReason::Declined:
      return isIncoming ? HistoryModel::tr("You declined") : HistoryModel::tr("Declined");
    case EndReason::Busy:
      return isIncoming ? HistoryModel::tr("You were in another call")
                        : HistoryModel::tr("In another call");
    case EndReason::Cancelled:
    case EndReason::LocalHangup:
      return HistoryModel::tr("Ended before an answer");
    case EndReason::Unreachable:
      return HistoryModel::tr("Could not be reached");
    case EndReason::TooOld:
      return HistoryModel::tr("The two programs do not understand each other");
    case EndReason::NotSecured:
    case EndReason::Tampered:
      return HistoryModel::tr("Could not be secured");
    case EndReason::AudioFailed:
      return HistoryModel::tr("The sound devices failed");
    case EndReason::None:
    case EndReason::RemoteHangup:
    case EndReason::ConnectionLost:
      break;
  }
  return HistoryModel::tr("Ended before it began");
}

QString headText(const PastCallView& call) {
  if (!call.wasActive) return unansweredText(call);
  const QString length = lengthText(call.lastedMs);
  if (call.reason == EndReason::ConnectionLost)
    return HistoryModel::tr("%1, then the connection was lost").arg(length);
  if (call.reason == EndReason::Tampered)
    return HistoryModel::tr("%1, ended because it was tampered with").arg(length);
  return length;
}

QString detailText(const PastCallView& call) {
  QStringList parts{qualityText(call.quality), pathText(call.path)};
  parts.removeAll(QString());
  return parts.join(QStringLiteral(" · "));
}

}  // namespace

HistoryModel::HistoryModel(engine::EngineInterface& engine, QObject* parent)
    : QAbstractListModel(parent), m_engine(engine) {
  using engine::EngineInterface;
  connect(&m_engine, &EngineInterface::historyChanged, this, &HistoryModel::refresh);
  connect(&m_engine, &EngineInterface::peopleChanged, this, [this] {
    if (m_isOpen) refresh();
  });
  connect(&m_engine, &EngineInterface::settingChanged, this, [this](const QString& key) {
    if (key == QLatin1String("call_history")) emit keepsChanged();
  });
  refresh();
}

int HistoryModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Row& row = m_rows[static_cast<std::size_t>(index.row())];
  switch (role) {
    case CallRole:
      return fromUtf8(row.call.hex());
    case FingerprintRole:
      return fromUtf8(row.peer.hex());
    case Qt::DisplayRole:
    case NameRole:
      return row.name;
    case InitialsRole:
      return initials(row.name);
    case HueRole:
      return hueOf(row.peer);
    case LitRole:
      return row.isHere;
    case DayRole:
      return row.day;
    case GlyphRole:
      return row.isMissed     ? QStringLiteral("missed")
             : row.isIncoming ? QStringLiteral("incoming")
                              : QStringLiteral("outgoing");
    case WhenRole:
      return row.when;
    case TrustTextRole:
      return trustWord(row.trust);
    case VerifiedRole:
      return row.trust == Trust::Verified;
    case SuspectRole:
      return isSuspect(row.trust);
    case BlockedRole:
      return row.trust == Trust::Blocked;
    case MissedRole:
      return row.isMissed;
    case HeadRole:
      return row.head;
    case DetailRole:
      return row.detail;
    case CallableRole:
      return row.isCallable;
    case StateTextRole:
      return row.state;
    case DescriptionRole: {
      QStringList parts{row.name, row.day,    row.when, trustWord(row.trust),
                        row.head, row.detail, row.state};
      parts.removeAll(QString());
      return parts.join(QStringLiteral(", "));
    }
    default:
      return {};
  }
}

QHash<int, QByteArray> HistoryModel::roleNames() const {
  return {{CallRole, "call"},
          {FingerprintRole, "fingerprint"},
          {NameRole, "name"},
          {InitialsRole, "initials"},
          {HueRole, "hue"},
          {LitRole, "lit"},
          {DayRole, "day"},
          {GlyphRole, "glyph"},
          {WhenRole, "when"},
          {TrustTextRole, "trustText"},
          {VerifiedRole, "verified"},
          {SuspectRole, "suspect"},
          {BlockedRole, "blocked"},
          {MissedRole, "missed"},
          {HeadRole, "head"},
          {DetailRole, "detail"},
          {CallableRole, "callable"},
          {StateTextRole, "stateText"},
          {DescriptionRole, "description"}};
}

void HistoryModel::setFilter(const QString& filter) {
  if (filter == m_filter) return;
  m_filter = filter;
  emit filterChanged();
  refresh();
}

void HistoryModel::setMissedOnly(bool missedOnly) {
  if (missedOnly == m_missedOnly) return;
  m_missedOnly = missedOnly;
  emit filterChanged();
  refresh();
}

bool HistoryModel::keeps() const {
  return m_engine.setting(QStringLiteral("call_history")) != QLatin1String("off");
}

void HistoryModel::setKeeps(bool keeps) {
  m_engine.setSetting(QStringLiteral("call_history"),
                      keeps ? QStringLiteral("on") : QStringLiteral("off"));
}

QString HistoryModel::fingerprintAt(int row) const {
  return row >= 0 && row < count() ? fromUtf8(m_rows[static_cast<std::size_t>(row)].peer.hex())
                                   : QString();
}

QString HistoryModel::callAt(int row) const {
  return row >= 0 && row < count() ? fromUtf8(m_rows[static_cast<std::size_t>(row)].call.hex())
                                   : QString();
}

void HistoryModel::remove(const QString& call) {
  if (const auto id = CallId::parseHex(call.toStdString())) m_engine.removePastCall(*id);
}

void HistoryModel::clear() { m_engine.clearHistory(); }

void HistoryModel::open() {
  m_isOpen = true;
  m_filter.clear();
  m_missedOnly = false;
  emit filterChanged();
  refresh();
}

void HistoryModel::close() {
  m_isOpen = false;
  m_engine.markHistorySeen();
}

std::vector<HistoryModel::Row> HistoryModel::wanted() {
  std::map<Fingerprint, const engine::PersonView*> here;
  const auto people = m_engine.people();
  for (const auto& person : people) here[person.fingerprint] = &person;
  const auto calls = m_engine.history();
  m_total = static_cast<int>(calls.size());
  m_missed = m_unseen = 0;
  const QString needle = m_filter.simplified();
  std::vector<Row> rows;
  rows.reserve(calls.size());
  for (const PastCallView& call : calls) {
    const bool wasMissed = isMissed(call);
    m_missed += wasMissed ? 1 : 0;
    m_unseen += wasMissed && !call.isSeen ? 1 : 0;
    Row row{.call = call.call,
            .peer = call.peer,
            .name = fromUtf8(call.alias),
            .day = dayText(call.startedAtUnixMs),
            .when = whenText(call),
            .head = headText(call),
            .detail = detailText(call),
            .state = tr("Not in the lobby"),
            .trust = call.trust,
            .isMissed = wasMissed,
            .isIncoming = call.direction == CallDirection::Incoming};
    if (const auto found = here.find(call.peer); found != here.end()) {
      const engine::PersonView& person = *found->second;
      row.trust = person.trust;
      row.isHere = person.state == PersonState::Available || person.state == PersonState::InCall;
      row.isCallable = canBeCalled(person) || isSuspect(person.trust);
      // Of somebody who is blocked the trust says it.
      row.state =
          row.isCallable || person.trust == Trust::Blocked ? QString() : stateWord(person.state);
    }
    if (m_missedOnly && !wasMissed) continue;
    if (!needle.isEmpty() && !row.name.contains(needle, Qt::CaseInsensitive)) continue;
    rows.push_back(std::move(row));
  }
  return rows;
}

void HistoryModel::refresh() {
  replaceRows(wanted());
  emit countChanged();
}

// Calls keep their order; they only come and go.
void HistoryModel::replaceRows(const std::vector<Row>& rows) {
  std::set<CallId> kept;
  for (const Row& row : rows) kept.insert(row.call);
  for (std::size_t at = m_rows.size(); at-- > 0;) {
    if (kept.contains(m_rows[at].call)) continue;
    beginRemoveRows({}, static_cast<int>(at), static_cast<int>(at));
    m_rows.erase(m_rows.begin() + static_cast<std::ptrdiff_t>(at));
    endRemoveRows();
  }
  for (std::size_t at = 0; at < rows.size(); ++at) {
    const int row = static_cast<int>(at);
    if (at >= m_rows.size() || m_rows[at].call != rows[at].call) {
      beginInsertRows({}, row, row);
      m_rows.insert(m_rows.begin() + row, rows[at]);
      endInsertRows();
    } else if (m_rows[at] != rows[at]) {
      m_rows[at] = rows[at];
      emit dataChanged(index(row), index(row));
    }
  }
}

}  // namespace foyer::app
