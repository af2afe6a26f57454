// A key to be chosen by pressing it. Esc leaves it as it was.
import QtQuick

PushButton {
  id: root

  required property string label
  required property string key
  property bool waiting: false

  signal chosen(int key, int modifiers)

  text: waiting ? qsTr("Press the key…") : key
  Accessible.name: waiting ? qsTr("%1: press the key, or Esc").arg(label) : qsTr("%1: %2, change").arg(label).arg(key)
  onClicked: waiting = !waiting
  onActiveFocusChanged: waiting = waiting && activeFocus
  // The window's own shortcuts wait meanwhile.
  Keys.onShortcutOverride: event => event.accepted = root.waiting
  Keys.priority: Keys.BeforeItem
  Keys.onPressed: event => {
    if (!root.waiting)
      return;
    event.accepted = true;
    switch (event.key) {
    case Qt.Key_Control:
    case Qt.Key_Alt:
    case Qt.Key_Shift:
    case Qt.Key_Meta:
    case Qt.Key_AltGr:
      return;   // the key itself comes next
    case Qt.Key_Escape:
      root.waiting = false;
      return;
    }
    root.waiting = false;
    root.chosen(event.key, event.modifiers);
  }
}
