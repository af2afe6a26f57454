// What assistive programs are told of a text field that hides what is typed: its label, never its
// text. Qt 6.4 does the reverse: QQuickAccessibleAttached::name() is empty for passwords, while the
// text itself is handed to whoever asks on the accessibility bus. UI thread.
#pragma once

namespace foyer::app {

// Before the first window is made; more than once does nothing.
void installSecretAccess();

}  // namespace foyer::app
