#include "app/foyer/settings_model.h"

#include <algorithm>
#include <string_view>

#include "app/foyer/error_text.h"
#include "app/foyer/text.h"
#include "core/engine/setting_values.h"

namespace foyer::app {
namespace {

const QString kAlias = QStringLiteral("alias");

// Every word that was typed is somewhere in the row.
bool finds(const SettingRow& row, const QStringList& words) {
  const QString text = row.title + QLatin1Char(' ') + row.advice + QLatin1Char(' ') + row.further +
                       QLatin1Char(' ') + row.names.join(QLatin1Char(' ')) + QLatin1Char(' ') +
                       settingGroupName(row.group);
  return std::all_of(words.begin(), words.end(), [&text](const QString& word) {
    return text.contains(word, Qt::CaseInsensitive);
  });
}

}  // namespace

SettingsModel::SettingsModel(engine::EngineInterface& engine, QObject* parent)
    : QAbstractListModel(parent), m_engine(engine), m_rows(settingRows()) {
  connect(&m_engine, &engine::EngineInterface::settingChanged, this, &SettingsModel::refresh);
  connect(&m_engine, &engine::EngineInterface::identityChanged, this, [this] { refresh(kAlias); });
  show();
}

int SettingsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

QHash<int, QByteArray> SettingsModel::roleNames() const {
  return {{KindRole, "kind"},       {KeyRole, "key"},        {TitleRole, "title"},
          {AdviceRole, "advice"},   {OnRole, "isOn"},        {NamesRole, "names"},
          {CurrentRole, "current"}, {ValueRole, "value"},    {ChangedRole, "isChanged"},
          {ErrorRole, "error"},     {HeadingRole, "heading"}};
}

const SettingRow* SettingsModel::at(int row) const {
  return row >= 0 && row < count() ? &m_rows[m_shown[static_cast<std::size_t>(row)]] : nullptr;
}

QString SettingsModel::valueOf(const SettingRow& row) const {
  if (row.key == kAlias) return fromUtf8(m_engine.identity().alias);
  const QString value = m_engine.setting(row.key);
  return value.isEmpty() ? row.byItself : value;
}

bool SettingsModel::isChanged(const SettingRow& row) const {
  if (row.kind != SettingKind::Piece) return row.key != kAlias && valueOf(row) != row.byItself;
  return std::any_of(row.keeps.begin(), row.keeps.end(), [this](const auto& kept) {
    const QString value = m_engine.setting(kept.first);
    return !value.isEmpty() && value != kept.second;
  });
}

QString SettingsModel::headingOf(int row) const {
  if (m_search.isEmpty()) return {};
  const SettingRow* before = at(row - 1);
  const SettingGroup group = at(row)->group;
  return before != nullptr && before->group == group ? QString() : settingGroupName(group);
}

QVariant SettingsModel::data(const QModelIndex& index, int role) const {
  const SettingRow* row = at(index.row());
  if (row == nullptr) return {};
  switch (role) {
    case KindRole:
      return static_cast<int>(row->kind);
    case KeyRole:
      return row->key;
    case TitleRole:
      return row->title;
    case AdviceRole:
      return row->advice;
    case HeadingRole:
      return headingOf(index.row());
    case OnRole:
      return valueOf(*row) == QLatin1String("on");
    case NamesRole:
      return row->names;
    case CurrentRole:
      return static_cast<int>(row->values.indexOf(valueOf(*row)));
    case ValueRole:
      return valueOf(*row);
    case ChangedRole:
      return isChanged(*row);
    case ErrorRole:
      return m_errors.value(row->key);
    default:
      return {};
  }
}

void SettingsModel::setGroup(int group) {
  const int wanted = std::clamp(group, 0, kSettingGroups - 1);
  if (wanted == this->group() && m_search.isEmpty()) return;
  m_group = static_cast<SettingGroup>(wanted);
  m_search.clear();
  show();
  emit groupChanged();
  emit searchChanged();
}

void SettingsModel::setSearch(const QString& search) {
  if (search == m_search) return;
  m_search = search;
  show();
  emit searchChanged();
}

void SettingsModel::begin(int group) {
  m_search.clear();
  m_group = static_cast<SettingGroup>(std::clamp(group, 0, kSettingGroups - 1));
  show();
  emit groupChanged();
  emit searchChanged();
}

QStringList SettingsModel::groupNames() const {
  QStringList names;
  for (int at = 0; at < kSettingGroups; ++at)
    names.append(settingGroupName(static_cast<SettingGroup>(at)));
  return names;
}

QStringList SettingsModel::groupGlyphs() const {
  QStringList glyphs;
  for (int at = 0; at < kSettingGroups; ++at)
    glyphs.append(settingGroupGlyph(static_cast<SettingGroup>(at)));
  return glyphs;
}

void SettingsModel::show() {
  const QStringList words = m_search.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
  beginResetModel();
  // The fields are made anew with what is kept; what was refused stands in none of them.
  m_errors.clear();
  m_shown.clear();
  for (std::size_t at = 0; at < m_rows.size(); ++at)
    if (words.isEmpty() ? m_rows[at].group == m_group : finds(m_rows[at], words))
      m_shown.push_back(at);
  endResetModel();
  emit countChanged();
}

void SettingsModel::retranslate() {
  m_rows = settingRows();
  show();
  emit groupNamesChanged();
}

void SettingsModel::refresh(const QString& key) {
  const auto keeps = [&key](const SettingRow& row) {
    return std::any_of(row.keeps.begin(), row.keeps.end(),
                       [&key](const auto& kept) { return kept.first == key; });
  };
  for (int row = 0; row < count(); ++row)
    if (at(row)->key == key || keeps(*at(row)))
      emit dataChanged(index(row), index(row),
                       {OnRole, CurrentRole, ValueRole, ChangedRole, ErrorRole});
}

void SettingsModel::put(const SettingRow& row, const QString& value) {
  const char* refusal = row.key == kAlias && value.isEmpty()
                            ? "bad_alias"
                            : engine::settingRefusal(row.key.toStdString(), value.toStdString());
  if (refusal != nullptr) {
    const FaultText text = textOf({.stage = "settings", .code = refusal});
    const bool isExplained = std::string_view(refusal) == "bad_value" && !row.accepts.isEmpty();
    m_errors[row.key] =
        text.title + QStringLiteral(". ") + (isExplained ? row.accepts : text.advice);
    return refresh(row.key);
  }
  m_errors.remove(row.key);
  if (row.key == kAlias)
    m_engine.setAlias(value);
  else
    m_engine.setSetting(row.key, value == row.byItself ? QString() : value);
  refresh(row.key);
}

void SettingsModel::turn(int row, bool isOn) {
  if (const SettingRow* of = at(row)) put(*of, isOn ? QStringLiteral("on") : QStringLiteral("off"));
}

void SettingsModel::choose(int row, int index) {
  const SettingRow* of = at(row);
  if (of != nullptr && index >= 0 && index < of->values.size()) put(*of, of->values.at(index));
}

void SettingsModel::type(int row, const QString& text) {
  const SettingRow* of = at(row);
  if (of == nullptr) return;
  if (text.simplified() != valueOf(*of)) return put(*of, text.simplified());
  // What holds is there again: nothing is refused any more.
  if (m_errors.remove(of->key) > 0) refresh(of->key);
}

void SettingsModel::reset(int row) {
  const SettingRow* of = at(row);
  if (of == nullptr) return;
  if (of->kind != SettingKind::Piece) return put(*of, of->byItself);
  const auto keeps = of->keeps;  // what follows a setting may make the rows anew
  for (const auto& kept : keeps) m_engine.setSetting(kept.first, {});
}

}  // namespace foyer::app
