#include "app/foyer/global_talk_key.h"

#include <utility>

namespace foyer::app {
namespace {

const auto kEverywhere = QStringLiteral("talk_everywhere");
const auto kKey = QStringLiteral("talk_key");
const auto kTalkMode = QStringLiteral("talk_mode");

}  // namespace

GlobalTalkKey::GlobalTalkKey(engine::EngineInterface& engine, CallPresenter& call, QObject* parent)
    : QObject(parent), m_engine(engine), m_call(call) {
  connect(&m_engine, &engine::EngineInterface::settingChanged, this, [this](const QString& key) {
    if (key == kKey) leave();  // asked anew with the other key
    if (key == kEverywhere || key == kKey || key == kTalkMode) refresh();
  });
  connect(&m_call, &CallPresenter::changed, this, &GlobalTalkKey::followCall);
}

GlobalTalkKey::~GlobalTalkKey() = default;

bool GlobalTalkKey::on() const { return m_engine.setting(kEverywhere) == QLatin1String("on"); }

void GlobalTalkKey::setOn(bool isOn) {
  m_engine.setSetting(kEverywhere, isOn ? QStringLiteral("on") : QString());
}

std::optional<HotKey> GlobalTalkKey::hotKey() const {
  const QString text = m_engine.setting(kKey);
  return text.isEmpty() ? std::optional(HotKey{}) : HotKey::parse(text);
}

QString GlobalTalkKey::key() const {
  const auto key = hotKey();
  return key ? key->text() : m_engine.setting(kKey);
}

bool GlobalTalkKey::choosable() const {
  return m_hasX11 && m_way != Portal && m_way != Asking && !m_isRefused;
}

bool GlobalTalkKey::chooseKey(int key, int modifiers) {
  const auto chosen = HotKey::of(key, Qt::KeyboardModifiers::fromInt(modifiers));
  m_keyError = chosen ? QString()
                      : tr("Other programs need that key. Take a function key, Pause, or a letter "
                           "with Ctrl, Alt or the Windows key.");
  if (chosen) m_engine.setSetting(kKey, *chosen == HotKey{} ? QString() : chosen->text());
  emit changed();
  return chosen.has_value();
}

void GlobalTalkKey::start(bool hasX11) {
  m_isStarted = true;
  m_hasX11 = hasX11;
  refresh();
  emit changed();
}

void GlobalTalkKey::setWay(Way way) {
  m_way = way;
  emit changed();
}

void GlobalTalkKey::leave() {
  if (m_portal) m_portal->leave();
  if (m_keyboard) m_keyboard->release();
  m_isGrabbed = m_isRefused = false;
  m_call.talkFromOutside(false);
  m_way = Off;
}

void GlobalTalkKey::refresh() {
  const bool isWanted = m_isStarted && on() && m_engine.setting(kTalkMode) == QLatin1String("push");
  if (!isWanted) {
    leave();
    m_keyboard.reset();
    emit changed();
    return;
  }
  if (m_way != Off) return;
  if (!m_portal) {
    m_portal = std::make_unique<ShortcutPortal>();
    connect(m_portal.get(), &ShortcutPortal::changed, this, &GlobalTalkKey::portalChanged);
    connect(m_portal.get(), &ShortcutPortal::pressed, this,
            [this] { m_call.talkFromOutside(true); });
    connect(m_portal.get(), &ShortcutPortal::released, this,
            [this] { m_call.talkFromOutside(false); });
  }
  m_way = Asking;
  m_portal->ask(tr("Hold to talk"), hotKey().value_or(HotKey{}).trigger());
}

void GlobalTalkKey::portalChanged() {
  switch (m_portal->state()) {
    case ShortcutPortal::State::Idle:
      return;
    case ShortcutPortal::State::Asking:
      return setWay(Asking);
    case ShortcutPortal::State::Bound:
      return setWay(Portal);
    case ShortcutPortal::State::Refused:
      // Who said no to the desktop is not asked for the key by another door.
      m_isRefused = true;
      return setWay(WindowOnly);
    case ShortcutPortal::State::Absent:
      return tryServer();
  }
}

void GlobalTalkKey::tryServer() {
  m_grab = X11Keyboard::Grab::NoServer;
  const auto key = hotKey();
  if (m_hasX11 && key) {
    if (!m_keyboard) {
      m_keyboard = std::make_unique<X11Keyboard>();
      connect(m_keyboard.get(), &X11Keyboard::pressed, this,
              [this] { m_call.talkFromOutside(true); });
      connect(m_keyboard.get(), &X11Keyboard::released, this,
              [this] { m_call.talkFromOutside(false); });
      connect(m_keyboard.get(), &X11Keyboard::lost, this, [this] {
        m_grab = X11Keyboard::Grab::Taken;
        m_isGrabbed = false;
        setWay(WindowOnly);
      });
    }
    m_grab = m_keyboard->grab(*key);
  } else if (m_hasX11) {
    m_grab = X11Keyboard::Grab::NoKey;
  }
  m_isGrabbed = m_grab == X11Keyboard::Grab::Done;
  setWay(m_isGrabbed ? X11 : WindowOnly);
  followCall();
}

void GlobalTalkKey::followCall() {
  const bool isWanted = m_call.shown().pushToTalk;
  const bool wasWanted = std::exchange(m_wasWanted, isWanted);
  // Whoever had the key at the last call may have let go of it.
  if (isWanted && !wasWanted && m_way == WindowOnly && !m_isRefused && m_keyboard) m_way = X11;
  if (m_way != X11 || !m_keyboard) return;
  if (isWanted == m_isGrabbed) return;
  m_isGrabbed = isWanted;
  if (!isWanted) return m_keyboard->release();
  m_grab = m_keyboard->grab(hotKey().value_or(HotKey{}));
  m_isGrabbed = m_grab == X11Keyboard::Grab::Done;
  setWay(m_isGrabbed ? X11 : WindowOnly);  // somebody else may have taken it meanwhile
}

QString GlobalTalkKey::sentence() const {
  switch (m_way) {
    case Off:
      return tr("T and the Talk button work in Foyer’s window.");
    case Asking:
      return tr("Your desktop is being asked for a key.");
    case Portal: {
      const QString words = m_portal->keyWords();
      return words.isEmpty() ? tr("Your desktop watches the key you chose there, in every window.")
                             : tr("Your desktop watches the key, in every window: %1.").arg(words);
    }
    case X11:
      return tr("%1 works in every window. While a call runs, other programs do not get that key.")
          .arg(key());
    case WindowOnly:
      break;
  }
  if (m_isRefused)
    return tr("Your desktop did not allow it. T and the Talk button work in Foyer’s window.");
  switch (m_grab) {
    case X11Keyboard::Grab::Taken:
      return tr("%1 belongs to another program: choose another key. Until then T works in Foyer’s "
                "window.")
          .arg(key());
    case X11Keyboard::Grab::NoKey:
      return tr("This keyboard has no key %1: choose another. Until then T works in Foyer’s "
                "window.")
          .arg(key());
    case X11Keyboard::Grab::Done:
    case X11Keyboard::Grab::NoServer:
      break;
  }
  return tr(
      "This desktop does not support system-wide keys. T and the Talk button work in Foyer’s "
      "window.");
}

}  // namespace foyer::app
