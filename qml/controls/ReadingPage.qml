// More to read than to press: what scrolls has a place among the Tab stops, and the arrow keys move it.
import QtQuick
import QtQuick.Templates as T

Flickable {
  id: root

  required property string label

  function scroll(by: real): void {
    contentY = Math.max(0, Math.min(contentHeight - height, contentY + by));
  }

  boundsBehavior: Flickable.StopAtBounds
  clip: true
  activeFocusOnTab: contentHeight > height + 1
  T.ScrollBar.vertical: ScrollTrack {}
  Accessible.role: Accessible.Grouping
  Accessible.name: label
  Keys.onUpPressed: scroll(-40)
  Keys.onDownPressed: scroll(40)
  Keys.onPressed: event => {
    if (event.key === Qt.Key_PageUp)
      scroll(-0.9 * height);
    else if (event.key === Qt.Key_PageDown)
      scroll(0.9 * height);
    else
      return;
    event.accepted = true;
  }

  FollowFocus {
    flickable: root
  }
  FocusRing {
    parent: root  // stays while the page goes
    visible: root.activeFocus
    anchors.margins: 0
    z: 1
  }
}
