// The desktop's own dialog for choosing a file (org.freedesktop.portal.FileChooser): one at a time,
// asked without waiting, its answer told to the control that asked while that is still shown. A
// desktop without that portal is asked nothing. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QPointer>
#include <QQuickItem>
#include <QString>
#include <QVariantMap>

#include "app/foyer/portal_question.h"

namespace foyer::app {

class FilePortal : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(bool available READ available NOTIFY changed)

 public:
  // What a file to open is to be; the dialog shows those, and all others when told to.
  enum Kind { Picture, Backup, Contacts };
  Q_ENUM(Kind)

  explicit FilePortal(QObject* parent = nullptr);

  // Asks once whether the desktop has such dialogs. `hasX11`: the window is on an X11 screen, where
  // the dialog can be told which window it belongs to.
  void start(bool hasX11);
  [[nodiscard]] bool available() const { return m_isAvailable; }
  // What the desktop has answered.
  void setAvailable(bool isAvailable);

  // `typed` is what stands in the field, as BackupPresenter::pathOf takes it: the dialog begins
  // there, and goes when `asker` is hidden or gone. While another question is open nothing is
  // asked.
  Q_INVOKABLE void open(QQuickItem* asker, int kind, const QString& title, const QString& typed);
  Q_INVOKABLE void save(QQuickItem* asker, const QString& title, const QString& typed);
  // What was dropped onto a field, as a path.
  Q_INVOKABLE static QString pathOf(const QString& dropped);

 Q_SIGNALS:
  void changed();
  void chosen(QQuickItem* asker, const QString& path);
  void refused(QQuickItem* asker, const QString& sentence);  // of nobody who cancels

 private:
  void ask(const QString& method, QQuickItem* asker, const QString& title, QVariantMap options);
  void followAsker();
  void withdraw();
  void answered(uint response, const QVariantMap& results);
  void refuse(const QString& sentence);
  [[nodiscard]] QString parentWindow(const QQuickItem& asker) const;

  PortalQuestion m_question;
  QPointer<QQuickItem> m_asker;
  bool m_isAsking = false;
  bool m_isAvailable = false;
  bool m_hasX11 = false;
};

}  // namespace foyer::app
