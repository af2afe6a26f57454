#include "app/foyer/contacts_model.h"

#include <QCollator>
#include <algorithm>
#include <map>
#include <set>

#include "app/foyer/people_model.h"
#include "app/foyer/row_changes.h"
#include "app/foyer/text.h"

namespace foyer::app {

using engine::ContactDetails;
using engine::Trust;

QString lastCallText(const ContactDetails& contact) {
  if (contact.lastCallMs == 0) return {};
  // The moment is that of blocking, too.
  if (contact.trust == Trust::Blocked)
    return ContactsModel::tr("Last seen on %1").arg(dateText(contact.lastCallMs));
  return ContactsModel::tr("Last call on %1").arg(dateText(contact.lastCallMs));
}

ContactsModel::ContactsModel(engine::EngineInterface& engine, QObject* parent)
    : QAbstractListModel(parent), m_engine(engine) {
  using engine::EngineInterface;
  for (const auto signal : {&EngineInterface::contactsChanged, &EngineInterface::peopleChanged})
    connect(&m_engine, signal, this, [this] {
      if (m_isOpen) refresh();
    });
}

int ContactsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

QVariant ContactsModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const Row& row = m_rows[static_cast<std::size_t>(index.row())];
  switch (role) {
    case FingerprintRole:
      return fromUtf8(row.id.hex());
    case Qt::DisplayRole:
    case NameRole:
      return row.name;
    case TagRole:
      return row.tag;
    case LineRole:
      return row.line;
    case InitialsRole:
      return initials(row.name);
    case HueRole:
      return hueOf(row.id);
    case LitRole:
      return row.isHere;
    case FavouriteRole:
      return row.isFavourite;
    case VerifiedRole:
      return row.trust == Trust::Verified;
    case SuspectRole:
      return isSuspect(row.trust);
    case BlockedRole:
      return row.trust == Trust::Blocked;
    case TrustTextRole:
      return trustWord(row.trust);
    case DescriptionRole: {
      QStringList parts{row.tag.isEmpty() ? row.name : row.name + u' ' + row.tag,
                        row.isFavourite ? tr("favourite") : QString(), trustWord(row.trust),
                        row.line};
      parts.removeAll(QString());
      return parts.join(QStringLiteral(", "));
    }
    default:
      return {};
  }
}

QHash<int, QByteArray> ContactsModel::roleNames() const {
  return {{FingerprintRole, "fingerprint"},
          {NameRole, "name"},
          {TagRole, "tag"},
          {LineRole, "line"},
          {InitialsRole, "initials"},
          {HueRole, "hue"},
          {LitRole, "lit"},
          {FavouriteRole, "favourite"},
          {BlockedRole, "blocked"},
          {VerifiedRole, "verified"},
          {SuspectRole, "suspect"},
          {TrustTextRole, "trustText"},
          {DescriptionRole, "description"}};
}

void ContactsModel::setFilter(const QString& filter) {
  if (filter == m_filter) return;
  m_filter = filter;
  emit filterChanged();
  refresh();
}

QString ContactsModel::fingerprintAt(int row) const {
  return row >= 0 && row < count() ? fromUtf8(m_rows[static_cast<std::size_t>(row)].id.hex())
                                   : QString();
}

void ContactsModel::open() {
  m_isOpen = true;
  refresh();
}

void ContactsModel::close() {
  m_isOpen = false;
  setFilter({});
}

std::vector<ContactsModel::Row> ContactsModel::wanted() {
  const std::vector<ContactDetails> contacts = m_engine.contacts();
  std::map<std::string, int> namesakes;
  for (const ContactDetails& contact : contacts) ++namesakes[contact.name()];
  std::set<Fingerprint> here;
  for (const auto& person : m_engine.people()) {
    if (person.state != engine::PersonState::Offline) here.insert(person.fingerprint);
  }
  m_total = static_cast<int>(contacts.size());

  const QString needle = m_filter.simplified();
  const QCollator collator;
  struct Sorted {
    QCollatorSortKey key;
    Row row;
  };
  std::vector<Sorted> sorted;
  for (const ContactDetails& contact : contacts) {
    Row row{.id = contact.fingerprint, .name = fromUtf8(contact.name()), .trust = contact.trust};
    if (namesakes[contact.name()] > 1) row.tag = fromUtf8(contact.keyTag);
    const QString alias = fromUtf8(contact.signedAlias);
    const bool isFound = needle.isEmpty() || row.name.contains(needle, Qt::CaseInsensitive) ||
                         alias.contains(needle, Qt::CaseInsensitive) ||
                         fromUtf8(contact.note).contains(needle, Qt::CaseInsensitive) ||
                         fromUtf8(contact.keyTag).startsWith(needle, Qt::CaseInsensitive);
    if (!isFound) continue;
    QStringList line;
    if (!alias.isEmpty() && alias != row.name) line << tr("Calls themselves %1").arg(alias);
    const QString lastCall = lastCallText(contact);
    line << (lastCall.isEmpty() ? tr("No call yet") : lastCall);
    row.line = line.join(QStringLiteral(" · "));
    row.isFavourite = contact.isFavourite;
    row.isHere = here.contains(contact.fingerprint);
    QCollatorSortKey key = collator.sortKey(row.name);
    sorted.push_back({std::move(key), std::move(row)});
  }
  std::sort(sorted.begin(), sorted.end(), [](const Sorted& a, const Sorted& b) {
    if (a.row.isFavourite != b.row.isFavourite) return a.row.isFavourite;
    const int names = a.key.compare(b.key);
    return names != 0 ? names < 0 : a.row.id < b.row.id;
  });
  std::vector<Row> rows;
  rows.reserve(sorted.size());
  for (Sorted& one : sorted) rows.push_back(std::move(one.row));
  return rows;
}

void ContactsModel::refresh() {
  const int oldCount = count(), oldTotal = m_total;
  changeRows(m_rows, wanted(), RowSteps<ContactsModel>{*this});
  if (count() != oldCount || m_total != oldTotal) emit countChanged();
}

}  // namespace foyer::app
