// Backing up this identity and bringing one back: the 24 words, the encrypted file, and the
// question before an identity is replaced. Secrets are held only while they are shown. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QString>
#include <QStringList>
#include <functional>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class BackupPresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(int open READ open NOTIFY changed)            // which dialog is
  Q_PROPERTY(QStringList words READ words NOTIFY changed)  // empty while hidden
  Q_PROPERTY(bool busy READ busy NOTIFY changed)
  Q_PROPERTY(QString error READ error NOTIFY changed)           // sentences, empty: none
  Q_PROPERTY(QString done READ done NOTIFY changed)             // likewise, what succeeded
  Q_PROPERTY(bool restored READ restored NOTIFY changed)        // `done` is about a restore
  Q_PROPERTY(bool mustConfirm READ mustConfirm NOTIFY changed)  // it would replace an identity
  Q_PROPERTY(QString passphraseAdvice READ passphraseAdvice NOTIFY changed)
  Q_PROPERTY(QString suggestedPath READ suggestedPath CONSTANT)

 public:
  enum Open { Nothing, Backup, Restore };
  Q_ENUM(Open)

  explicit BackupPresenter(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] int open() const { return m_open; }
  [[nodiscard]] const QStringList& words() const { return m_words; }
  [[nodiscard]] bool busy() const { return m_isBusy; }
  [[nodiscard]] const QString& error() const { return m_error; }
  [[nodiscard]] const QString& done() const { return m_done; }
  [[nodiscard]] bool restored() const { return m_isRestored; }
  [[nodiscard]] bool mustConfirm() const { return m_mustConfirm; }
  [[nodiscard]] static QString passphraseAdvice();
  [[nodiscard]] QString suggestedPath() const;

  Q_INVOKABLE void revealWords();
  Q_INVOKABLE void hideWords();
  // `path` may begin with "~/" or be a file:// address that was dropped.
  Q_INVOKABLE void save(const QString& path, const QString& passphrase, const QString& again);
  // The first try asks; `confirmed` is the answer to mustConfirm.
  Q_INVOKABLE void restoreWords(const QString& words, bool confirmed);
  Q_INVOKABLE void restoreFile(const QString& path, const QString& passphrase, bool confirmed);
  // Opens a dialog, or begins it anew: nothing shown or said before holds any more.
  Q_INVOKABLE void begin(int dialog);
  Q_INVOKABLE void close() { begin(Nothing); }
  // The passphrase is long enough, in bytes as the backup counts them, and typed twice.
  Q_INVOKABLE static bool canSave(const QString& path, const QString& passphrase,
                                  const QString& again);
  // "12 of 24 words" of what is being typed; empty when nothing is.
  Q_INVOKABLE static QString countText(const QString& words);
  // All the words are there, right or not.
  Q_INVOKABLE [[nodiscard]] static bool isWhole(const QString& words);
  // What a person may type or drop, as a path.
  static QString pathOf(const QString& typed);

 Q_SIGNALS:
  void changed();

 private:
  void start();
  void say(const QString& error, const QString& done = {});
  void failed(const Fault& fault);
  // Runs `work` only while this object and the dialog that asked are there.
  template <class T>
  std::function<void(Result<T, Fault>)> whileAsked(std::function<void(Result<T, Fault>)> work);
  void restoring(Result<Fingerprint, Fault> result);

  engine::EngineInterface& m_engine;
  QStringList m_words;
  QString m_error, m_done;
  bool m_isBusy = false, m_isRestored = false, m_mustConfirm = false;
  int m_open = Nothing;
  int m_round = 0;  // counts begin(): an answer of an earlier round is dropped
};

}  // namespace foyer::app
