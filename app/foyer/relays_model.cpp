#include "app/foyer/relays_model.h"

#include <QClipboard>
#include <QGuiApplication>
#include <algorithm>

#include "app/foyer/error_text.h"
#include "app/foyer/path_text.h"
#include "app/foyer/text.h"

namespace foyer::app {

using engine::RelayState;
using engine::RelayView;

namespace {

RelaysModel::State stateOf(const RelayView& view) {
  switch (view.state) {
    case RelayState::Connected:
      return view.trust == "first_use" && !view.isOwn ? RelaysModel::New : RelaysModel::Verified;
    case RelayState::Connecting:
      return view.attempt > 0 || view.fault ? RelaysModel::Offline : RelaysModel::Joining;
    case RelayState::KeyChanged:
      return view.isProven ? RelaysModel::KeyChanged : RelaysModel::WrongKey;
    case RelayState::Replaced:
      return RelaysModel::Elsewhere;
    case RelayState::Disconnected:
      return RelaysModel::Offline;
  }
  return RelaysModel::Offline;
}

QString wordOf(RelaysModel::State state) {
  switch (state) {
    case RelaysModel::Verified:
      return RelaysModel::tr("Verified");
    case RelaysModel::New:
      return RelaysModel::tr("New");
    case RelaysModel::KeyChanged:
      return RelaysModel::tr("Key changed");
    case RelaysModel::WrongKey:
      return RelaysModel::tr("Wrong key");
    case RelaysModel::Joining:
      return RelaysModel::tr("Joining");
    case RelaysModel::Offline:
      return RelaysModel::tr("Offline");
    case RelaysModel::Elsewhere:
      return RelaysModel::tr("Used elsewhere");
  }
  return {};
}

QString glyphOf(RelaysModel::State state) {
  switch (state) {
    case RelaysModel::Verified:
      return QStringLiteral("verified");
    case RelaysModel::New:
      return QStringLiteral("unverified");
    case RelaysModel::KeyChanged:
    case RelaysModel::WrongKey:
      return QStringLiteral("warning");
    case RelaysModel::Joining:
      return QStringLiteral("refresh");
    case RelaysModel::Offline:
      return QStringLiteral("relay-off");
    case RelaysModel::Elsewhere:
      return QStringLiteral("info");
  }
  return {};
}

QString sentenceOf(const RelayView& view, RelaysModel::State state, bool isOnAnother) {
  switch (state) {
    case RelaysModel::Verified:
      return view.isOwn ? RelaysModel::tr("It runs in this Foyer.")
                        : RelaysModel::tr("It has the key in its link.");
    case RelaysModel::New:
      return RelaysModel::tr(
          "Found on this network. Nobody has vouched for its key yet: compare it with the person "
          "who runs it.");
    case RelaysModel::KeyChanged:
      return RelaysModel::tr(
          "This relay now answers with a different key, so Foyer sends it nothing. Usually it was "
          "set up again; rarely somebody is impersonating it. Ask the person who runs it to read "
          "the new key to you.");
    case RelaysModel::WrongKey:
      return RelaysModel::tr(
          "What answers there does not have the key in the link, so Foyer sends it nothing. The "
          "link may be old or mistyped; rarely somebody is impersonating the relay. Ask the person "
          "who runs it.");
    case RelaysModel::Joining:
      return RelaysModel::tr("It has not answered yet.");
    case RelaysModel::Offline:
      // This computer is on the network when another relay is reached.
      if (isOnAnother && view.fault && view.fault->stage == "connect" &&
          view.fault->code == "unreachable")
        return textOf(*view.fault).title + RelaysModel::tr(". Foyer keeps trying.");
      return view.fault ? textOf(*view.fault).sentence()
                        : RelaysModel::tr("The connection to it is gone. Foyer keeps trying.");
    case RelaysModel::Elsewhere:
      return view.fault ? textOf(*view.fault).sentence()
                        : RelaysModel::tr("Another Foyer with your key has taken your place.");
  }
  return {};
}

// "192.168.4.20:4710" of foyer://relay/192.168.4.20:4710,…#KEY
QString addressOf(const std::string& link) {
  return fromUtf8(link)
      .section(QStringLiteral("//relay/"), 1)
      .section(u'#', 0, 0)
      .section(u'?', 0, 0)
      .section(u',', 0, 0);
}

}  // namespace

RelaysModel::RelaysModel(engine::EngineInterface& engine, QObject* parent)
    : QAbstractListModel(parent), m_engine(engine) {
  using engine::EngineInterface;
  connect(&m_engine, &EngineInterface::relaysChanged, this, &RelaysModel::refresh);
  connect(&m_engine, &EngineInterface::discoveredChanged, this, &RelaysModel::refresh);
  refresh();
}

int RelaysModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

RelaysModel::Row RelaysModel::rowOf(const RelayView& view, bool isOnAnother) const {
  Row row{.view = view,
          .name = relayNameOf(view, m_engine.discovered()),
          .address = addressOf(view.link),
          .sentence = {},
          .delay = {},
          .state = stateOf(view)};
  if (view.isOwn) row.name = tr("This computer");
  if (view.state == RelayState::Connected && view.rttMs)
    row.delay = delayText(std::max(1.0, *view.rttMs));
  row.sentence = sentenceOf(view, row.state, isOnAnother);
  if (view.carrier == client::RelayCarrier::Tcp && view.state == RelayState::Connected)
    row.sentence +=
        u' ' + tr("Reached over TCP %1, because UDP is blocked here.").arg(view.carrierPort);
  return row;
}

const RelaysModel::Row* RelaysModel::rowOf(const QString& fingerprint) const {
  for (const Row& row : m_rows)
    if (fromUtf8(row.view.fingerprint.hex()) == fingerprint) return &row;
  return nullptr;
}

QVariant RelaysModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Row& row = m_rows[static_cast<std::size_t>(index.row())];
  switch (role) {
    case FingerprintRole:
      return fromUtf8(row.view.fingerprint.hex());
    case Qt::DisplayRole:
    case NameRole:
      return row.name;
    case AddressRole:
      return row.address;
    case StateRole:
      return row.state;
    case StateTextRole:
      return wordOf(row.state);
    case GlyphRole:
      return glyphOf(row.state);
    case SentenceRole:
      return row.sentence;
    case DelayTextRole:
      return row.delay;
    case OwnRole:
      return row.view.isOwn;
    case UnconfirmedRole:
      return row.state == New;
    case KeyRole:
      return keyGroups(row.view.fingerprint);
    case EarlierKeysRole: {
      QStringList earlier;
      for (const auto& key : row.view.earlierKeys)
        earlier.prepend(
            tr("%1, until %2").arg(keyText(key.fingerprint), dateText(key.replacedAtMs)));
      return earlier;
    }
    case OfferedKeyRole:
      return row.view.changedTo ? keyGroups(*row.view.changedTo) : QStringList();
    case DescriptionRole: {
      const QString place = tr("%1 of %2").arg(index.row() + 1).arg(count());
      const QString delay =
          row.delay.isEmpty() ? tr("round trip not measured") : tr("round trip %1").arg(row.delay);
      return QStringList{tr("Relay %1").arg(row.name), wordOf(row.state), delay, place}.join(
          QStringLiteral(", "));
    }
    default:
      return {};
  }
}

QHash<int, QByteArray> RelaysModel::roleNames() const {
  return {{FingerprintRole, "fingerprint"},
          {NameRole, "name"},
          {AddressRole, "address"},
          {StateRole, "standing"},
          {StateTextRole, "stateText"},
          {GlyphRole, "glyph"},
          {SentenceRole, "sentence"},
          {DelayTextRole, "delayText"},
          {OwnRole, "own"},
          {UnconfirmedRole, "unconfirmed"},
          {KeyRole, "key"},
          {EarlierKeysRole, "earlierKeys"},
          {OfferedKeyRole, "offeredKey"},
          {DescriptionRole, "description"}};
}

void RelaysModel::refresh() {
  std::vector<Row> rows;
  const std::vector<RelayView> views = m_engine.relays();
  const bool isOnOne = std::any_of(views.begin(), views.end(), [](const RelayView& view) {
    return view.state == RelayState::Connected && !view.isOwn;
  });
  for (const RelayView& view : views) rows.push_back(rowOf(view, isOnOne));
  const int before = count();
  replaceRows(std::move(rows));
  if (count() != before) emit countChanged();
  refreshFound();
}

// Row by row, so that what has the focus keeps it while a relay is moved.
void RelaysModel::replaceRows(std::vector<Row> rows) {
  const auto indexIn = [](const std::vector<Row>& list, const Fingerprint& relay) {
    const auto at = std::find_if(list.begin(), list.end(),
                                 [&](const Row& row) { return row.view.fingerprint == relay; });
    return static_cast<int>(at - list.begin());
  };
  for (int at = count(); at-- > 0;) {
    const Fingerprint& relay = m_rows[static_cast<std::size_t>(at)].view.fingerprint;
    if (indexIn(rows, relay) < static_cast<int>(rows.size())) continue;
    beginRemoveRows({}, at, at);
    m_rows.erase(m_rows.begin() + at);
    endRemoveRows();
  }
  for (int at = 0; at < static_cast<int>(rows.size()); ++at) {
    Row& wanted = rows[static_cast<std::size_t>(at)];
    const int old = indexIn(m_rows, wanted.view.fingerprint);
    if (old == count()) {
      beginInsertRows({}, at, at);
      m_rows.insert(m_rows.begin() + at, std::move(wanted));
      endInsertRows();
      continue;
    }
    if (old != at) {
      beginMoveRows({}, old, old, {}, at);
      std::rotate(m_rows.begin() + at, m_rows.begin() + old, m_rows.begin() + old + 1);
      endMoveRows();
    }
    m_rows[static_cast<std::size_t>(at)] = std::move(wanted);
  }
  if (count() > 0) emit dataChanged(index(0), index(count() - 1));
}

void RelaysModel::refreshFound() {
  std::vector<engine::DiscoveredRelayView> found;
  for (const auto& candidate : m_engine.discovered()) {
    const bool isJoined = std::any_of(m_rows.begin(), m_rows.end(), [&](const Row& row) {
      return row.view.fingerprint == candidate.fingerprint;
    });
    if (!isJoined && found.size() < kMaxFound) found.push_back(candidate);
  }
  const auto isSame = [](const auto& a, const auto& b) {
    return a.fingerprint == b.fingerprint && a.name == b.name;
  };
  if (std::equal(found.begin(), found.end(), m_found.begin(), m_found.end(), isSame)) return;
  m_found = std::move(found);
  emit foundChanged();
}

QStringList RelaysModel::found() const {
  QStringList names;
  for (const auto& one : m_found) names.append(fromUtf8(one.name));
  return names;
}

QStringList RelaysModel::foundKeys() const {
  QStringList keys;
  for (const auto& one : m_found) keys.append(keyText(one.fingerprint));
  return keys;
}

void RelaysModel::joinFound(int index) {
  if (index >= 0 && index < static_cast<int>(m_found.size()))
    m_engine.joinDiscovered(Fingerprint(m_found[static_cast<std::size_t>(index)].fingerprint));
}

void RelaysModel::move(const QString& fingerprint, int by) {
  const Row* row = rowOf(fingerprint);
  if (row == nullptr) return;
  const auto to = (row - m_rows.data()) + by;
  if (to >= 0 && to < count()) m_engine.moveRelay(Fingerprint(row->view.fingerprint), by);
}

void RelaysModel::leave(const QString& fingerprint) {
  if (const Row* row = rowOf(fingerprint)) m_engine.forgetRelay(Fingerprint(row->view.fingerprint));
}

void RelaysModel::confirmKey(const QString& fingerprint) {
  if (const Row* row = rowOf(fingerprint))
    m_engine.confirmRelayKey(Fingerprint(row->view.fingerprint));
}

void RelaysModel::takeOfferedKey(const QString& fingerprint) {
  if (const Row* row = rowOf(fingerprint))
    m_engine.acceptRelayKey(Fingerprint(row->view.fingerprint));
}

void RelaysModel::tryNow(const QString& fingerprint) {
  if (const Row* row = rowOf(fingerprint)) m_engine.retryRelay(Fingerprint(row->view.fingerprint));
}

void RelaysModel::copyKey(const QString& fingerprint) {
  const Row* row = rowOf(fingerprint);
  if (row == nullptr) return;
  QGuiApplication::clipboard()->setText(keyText(row->view.fingerprint));
  emit said(tr("Key copied."));
}

void RelaysModel::copyLink(const QString& fingerprint) {
  const Row* row = rowOf(fingerprint);
  if (row == nullptr || row->view.link.empty()) return;
  QGuiApplication::clipboard()->setText(fromUtf8(row->view.link));
  emit said(
      tr("Link copied, without an invite. If the relay asks for one, get a link from the person "
         "who runs it."));
}

}  // namespace foyer::app
