#include "app/foyer/identity_presenter.h"

#include <pwd.h>
#include <unistd.h>

#include "app/foyer/error_text.h"
#include "app/foyer/text.h"

namespace foyer::app {
namespace {

// The full name of the account, or nothing: the login name says less than the alias.
QString fullNameOfAccount() {
  const passwd* entry = ::getpwuid(::getuid());
  if (entry == nullptr || entry->pw_gecos == nullptr) return {};
  const QString name = QString::fromLocal8Bit(entry->pw_gecos).section(u',', 0, 0).simplified();
  const QString login = QString::fromLocal8Bit(entry->pw_name);
  return name.compare(login, Qt::CaseInsensitive) == 0
             ? QString()
             : name.left(IdentityPresenter::kMaxNameLength);
}

}  // namespace

IdentityPresenter::IdentityPresenter(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine), m_accountName(fullNameOfAccount()) {
  connect(&m_engine, &engine::EngineInterface::identityChanged, this, &IdentityPresenter::refresh);
  refresh();
}

void IdentityPresenter::refresh() {
  m_view = m_engine.identity();
  m_isFirstStart = m_engine.isFirstStart() && !m_hasEntered;
  emit changed();
}

QString IdentityPresenter::name() const { return fromUtf8(m_view.alias); }
QString IdentityPresenter::initialsText() const { return initials(name()); }
int IdentityPresenter::hue() const { return hueOf(m_view.fingerprint); }
QString IdentityPresenter::keyLine() const { return keyText(m_view.fingerprint); }

QString IdentityPresenter::seedHomeText() const {
  return m_view.seedHome == "file"
             ? tr("Your key is made on this computer and kept in a file that only you can "
                  "read: there is no key ring here.")
             : tr("Your key is made on this computer and stays here.");
}

QString IdentityPresenter::blockedTitle() const {
  return m_view.blocked ? textOf(*m_view.blocked).title : QString();
}

QString IdentityPresenter::blockedAdvice() const {
  return m_view.blocked ? textOf(*m_view.blocked).advice : QString();
}

bool IdentityPresenter::resettable() const {
  return m_view.blocked && m_view.blocked->stage == "identity";
}

QString IdentityPresenter::initialsOf(const QString& name) const { return initials(name); }

void IdentityPresenter::enterLobby(const QString& name) {
  const QString chosen = name.simplified().left(kMaxNameLength);
  m_hasEntered = true;  // the window does not wait for the disk
  m_engine.finishFirstStart(chosen.isEmpty() ? fromUtf8(m_view.alias) : chosen);
  refresh();
}

void IdentityPresenter::resetIdentity() { m_engine.resetIdentity(); }

}  // namespace foyer::app
