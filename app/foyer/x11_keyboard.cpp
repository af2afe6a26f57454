#include "app/foyer/x11_keyboard.h"

#include <xcb/xcbext.h>

#include <array>
#include <cstdlib>
#include <utility>

namespace foyer::app {
namespace {

constexpr std::uint8_t kEventMask = 0x7f;  // the highest bit says that a client sent it
// A grab is for exactly these modifiers, and the locks count among them: Caps Lock, and Num Lock,
// which is Mod2 on every layout of the last decades.
constexpr std::array<std::uint16_t, 4> kLocks{0, XCB_MOD_MASK_LOCK, XCB_MOD_MASK_2,
                                              XCB_MOD_MASK_LOCK | XCB_MOD_MASK_2};

std::uint16_t maskOf(Qt::KeyboardModifiers modifiers) {
  unsigned mask = 0;
  if (modifiers.testFlag(Qt::ControlModifier)) mask |= XCB_MOD_MASK_CONTROL;
  if (modifiers.testFlag(Qt::AltModifier)) mask |= XCB_MOD_MASK_1;
  if (modifiers.testFlag(Qt::ShiftModifier)) mask |= XCB_MOD_MASK_SHIFT;
  if (modifiers.testFlag(Qt::MetaModifier)) mask |= XCB_MOD_MASK_4;
  return static_cast<std::uint16_t>(mask);
}

// MIT-SCREEN-SAVER's one question, written out so that no library is needed for it
// (screensaver protocol 1.1, ScreenSaverQueryInfo).
xcb_extension_t screenSaver{"MIT-SCREEN-SAVER", 0};
struct IdleQuestion {
  std::uint8_t major = 0, minor = 0;  // filled in by xcb
  std::uint16_t length = 0;
  xcb_drawable_t drawable = 0;
};
struct IdleAnswer {
  std::uint8_t type, state;
  std::uint16_t sequence;
  std::uint32_t length;
  xcb_window_t window;
  std::uint32_t msUntilServer, msSinceInput, eventMask;
};
constexpr std::uint8_t kQueryInfo = 1;

}  // namespace

X11Keyboard::X11Keyboard(const QByteArray& display, QObject* parent) : QObject(parent) {
  int screen = 0;
  m_connection = ::xcb_connect(display.isEmpty() ? nullptr : display.constData(), &screen);
  if (!isConnected()) return;
  auto screens = ::xcb_setup_roots_iterator(::xcb_get_setup(m_connection));
  for (; screen > 0 && screens.rem > 1; --screen) ::xcb_screen_next(&screens);
  m_root = screens.data->root;
  m_notifier = std::make_unique<QSocketNotifier>(::xcb_get_file_descriptor(m_connection),
                                                 QSocketNotifier::Read);
  connect(m_notifier.get(), &QSocketNotifier::activated, this, &X11Keyboard::readEvents);
}

X11Keyboard::~X11Keyboard() {
  m_notifier.reset();
  ::xcb_disconnect(m_connection);  // the server gives the key back
}

bool X11Keyboard::isConnected() const { return ::xcb_connection_has_error(m_connection) == 0; }

xcb_keycode_t X11Keyboard::keycodeOf(std::uint32_t keysym) {
  const xcb_setup_t* setup = ::xcb_get_setup(m_connection);
  const auto first = setup->min_keycode;
  const auto count = static_cast<std::uint8_t>(setup->max_keycode - first + 1);
  const std::unique_ptr<xcb_get_keyboard_mapping_reply_t, Freer> mapping(
      ::xcb_get_keyboard_mapping_reply(
          m_connection, ::xcb_get_keyboard_mapping(m_connection, first, count), nullptr));
  if (!mapping) return 0;
  const xcb_keysym_t* keysyms = ::xcb_get_keyboard_mapping_keysyms(mapping.get());
  // What the key gives by itself comes before what it gives with Shift or in another layout.
  for (int column = 0; column < mapping->keysyms_per_keycode; ++column) {
    for (int at = 0; at < count; ++at) {
      if (keysyms[at * mapping->keysyms_per_keycode + column] == keysym)
        return static_cast<xcb_keycode_t>(first + at);
    }
  }
  return 0;
}

X11Keyboard::Grab X11Keyboard::grab(const HotKey& key) {
  release();
  if (!isConnected()) return Grab::NoServer;
  const xcb_keycode_t keycode = keycodeOf(key.keysym());
  if (keycode == 0) return isConnected() ? Grab::NoKey : Grab::NoServer;
  std::array<xcb_void_cookie_t, kLocks.size()> cookies{};
  for (std::size_t at = 0; at < kLocks.size(); ++at) {
    const auto mask = static_cast<std::uint16_t>(maskOf(key.modifiers) | kLocks[at]);
    cookies[at] = ::xcb_grab_key_checked(m_connection, 0, m_root, mask, keycode,
                                         XCB_GRAB_MODE_ASYNC, XCB_GRAB_MODE_ASYNC);
  }
  bool isTaken = false;
  for (const auto cookie : cookies) {
    const std::unique_ptr<xcb_generic_error_t, Freer> error(
        ::xcb_request_check(m_connection, cookie));
    isTaken = isTaken || error != nullptr;
  }
  m_key = key;
  m_keycode = keycode;
  if (isTaken || !isConnected()) {
    release();
    return isConnected() ? Grab::Taken : Grab::NoServer;
  }
  readEvents();
  return Grab::Done;
}

void X11Keyboard::release() {
  if (!m_key) return;
  if (isConnected()) {
    for (const std::uint16_t lock : kLocks)
      ::xcb_ungrab_key(m_connection, m_keycode, m_root,
                       static_cast<std::uint16_t>(maskOf(m_key->modifiers) | lock));
    ::xcb_flush(m_connection);
  }
  m_key.reset();
  letGo();
}

void X11Keyboard::letGo() {
  if (std::exchange(m_isDown, false)) emit released();
}

bool X11Keyboard::isHeld() {
  const std::unique_ptr<xcb_query_keymap_reply_t, Freer> keys(
      ::xcb_query_keymap_reply(m_connection, ::xcb_query_keymap(m_connection), nullptr));
  return keys && (keys->keys[m_keycode / 8] & (1U << (m_keycode % 8))) != 0;
}

void X11Keyboard::readEvents() {
  // Answers that were waited for may have brought events with them, so this reads what is there
  // and not what the socket has.
  while (true) {
    const std::unique_ptr<xcb_generic_event_t, Freer> event(::xcb_poll_for_event(m_connection));
    if (!event) break;
    const auto type = event->response_type & kEventMask;
    if (type == XCB_MAPPING_NOTIFY && m_key) {
      // Another layout: the key may have moved. Who holds it has to press it again.
      const HotKey key = *m_key;
      if (grab(key) != Grab::Done) emit lost();
      continue;
    }
    if (type != XCB_KEY_PRESS && type != XCB_KEY_RELEASE) continue;
    if (!m_key || reinterpret_cast<const xcb_key_press_event_t&>(*event).detail != m_keycode)
      continue;
    if (type == XCB_KEY_PRESS) {
      if (!std::exchange(m_isDown, true)) emit pressed();
    } else if (isHeld()) {
      ++m_repeats;  // a held key repeats as release and press; the key itself tells them apart
    } else {
      letGo();
    }
  }
  if (!isConnected()) {
    m_notifier.reset();
    letGo();
  }
}

std::optional<std::int64_t> X11Keyboard::idleMs() {
  if (!isConnected()) return std::nullopt;
  const xcb_query_extension_reply_t* known = ::xcb_get_extension_data(m_connection, &screenSaver);
  if (known == nullptr || known->present == 0) return std::nullopt;
  IdleQuestion question{.drawable = m_root};
  // xcb writes into the two parts before the first one.
  std::array<iovec, 4> parts{};
  parts[2] = {&question, sizeof question};
  const xcb_protocol_request_t request{
      .count = 1, .ext = &screenSaver, .opcode = kQueryInfo, .isvoid = 0};
  const unsigned sequence =
      ::xcb_send_request(m_connection, XCB_REQUEST_CHECKED, &parts[2], &request);
  xcb_generic_error_t* error = nullptr;
  const std::unique_ptr<IdleAnswer, Freer> answer(
      static_cast<IdleAnswer*>(::xcb_wait_for_reply(m_connection, sequence, &error)));
  std::free(error);
  readEvents();
  if (!answer) return std::nullopt;
  return answer->msSinceInput;
}

}  // namespace foyer::app
