#include "app/foyer/guide_model.h"

#include <QDesktopServices>
#include <QFile>
#include <QLocale>
#include <QRegularExpression>
#include <QTextDocumentFragment>
#include <QUrl>

namespace foyer::app {
namespace {

// In the order of docs/guide/README.md, which is the first.
const QStringList& files() {
  static const QStringList kFiles = {
      QStringLiteral("README.md"),    QStringLiteral("first-call.md"),
      QStringLiteral("verifying.md"), QStringLiteral("sound.md"),
      QStringLiteral("relay.md"),     QStringLiteral("what-a-relay-sees.md"),
      QStringLiteral("settings.md"),  QStringLiteral("network.md"),
      QStringLiteral("testers.md")};
  return kFiles;
}

constexpr QLatin1String kEnglish("en");

QString pathOf(const QString& language, const QString& file) {
  return QStringLiteral(":/foyer/guide/%1/%2").arg(language, file);
}

bool isWeb(const QString& link) {
  return link.startsWith(QLatin1String("https://")) || link.startsWith(QLatin1String("http://"));
}

}  // namespace

GuideModel::GuideModel(QObject* parent)
    : QAbstractListModel(parent),
      m_browser([](const QUrl& address) { QDesktopServices::openUrl(address); }) {}

int GuideModel::rowCount(const QModelIndex& parent) const {
  if (parent.isValid() || m_guide.empty()) return 0;
  return static_cast<int>(m_guide[static_cast<std::size_t>(m_chapter)].blocks.size());
}

QVariant GuideModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const GuideBlock& block =
      m_guide[static_cast<std::size_t>(m_chapter)].blocks[static_cast<std::size_t>(index.row())];
  switch (role) {
    case KindRole:
      return static_cast<int>(block.kind);
    case TextRole:
      return block.text;
    case NumberRole:
      return block.number;
    case CellsRole:
      return block.cells;
    default:
      return {};
  }
}

QHash<int, QByteArray> GuideModel::roleNames() const {
  return {{KindRole, "kind"}, {TextRole, "text"}, {NumberRole, "number"}, {CellsRole, "cells"}};
}

// Read when it is asked for: most runs of the program never show it.
void GuideModel::load() {
  const QString wanted = QLocale().name().section(u'_', 0, 0);
  const QString language =
      QFile::exists(pathOf(wanted, files().constFirst())) ? wanted : QString(kEnglish);
  if (language == m_language) return;
  m_language = language;
  m_isForeign = language != wanted && QLocale().language() != QLocale::C;
  m_guide.clear();
  m_titles.clear();
  for (const QString& name : files()) {
    QFile file(pathOf(language, name));
    if (!file.open(QIODevice::ReadOnly)) continue;
    m_guide.push_back(
        guideChapter(QString::fromUtf8(file.readAll()), [&name](const QString& target) -> QString {
          if (isWeb(target)) return target;
          if (target.startsWith(u'#')) return name + target;
          // What else lies beside the source is not in the program.
          return files().contains(target.section(u'#', 0, 0)) ? target : QString();
        }));
    m_titles.append(m_guide.back().title);
  }
  emit chaptersChanged();
}

void GuideModel::open(int chapter) {
  beginResetModel();
  load();
  m_chapter = std::clamp(chapter, 0, std::max(0, static_cast<int>(m_guide.size()) - 1));
  endResetModel();
  emit chapterChanged();
}

void GuideModel::follow(const QString& link) {
  if (isWeb(link)) {
    m_browser(QUrl(link));
    return;
  }
  const qsizetype at = files().indexOf(link.section(u'#', 0, 0));
  if (at < 0) return;
  if (at != m_chapter) open(static_cast<int>(at));
  const QString anchor = link.section(u'#', 1);
  for (int row = 0; row < rowCount(); ++row) {
    const GuideBlock& block =
        m_guide[static_cast<std::size_t>(m_chapter)].blocks[static_cast<std::size_t>(row)];
    if (block.kind == GuideBlock::Heading && block.anchor == anchor) {
      emit headingWanted(row);
      return;
    }
  }
}

QStringList GuideModel::linksIn(const QString& html) const {
  static const QRegularExpression kLink(QStringLiteral("<a href=\"([^\"]*)\">"));
  QStringList links;
  for (auto each = kLink.globalMatch(html); each.hasNext();) {
    // Only & is written another way in an address.
    links.append(each.next().captured(1).replace(QLatin1String("&amp;"), QLatin1String("&")));
  }
  return links;
}

QString GuideModel::wordsOf(const QString& html) const {
  return QTextDocumentFragment::fromHtml(html).toPlainText();
}

void GuideModel::retranslate() {
  if (m_language.isEmpty()) return;
  m_language.clear();
  open(m_chapter);
}

}  // namespace foyer::app
