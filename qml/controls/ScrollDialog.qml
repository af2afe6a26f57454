// A question of several lines in the middle of the window; scrolls where the window is too low.
import QtQuick
import QtQuick.Templates as T
import Foyer.Theme

NamedPopup {
  id: root

  property int widest: 600
  default property alias content: column.data
  readonly property Item room: T.Overlay.overlay
  readonly property int ring: 4  // what the focus draws around a control, inside of what is cut off

  anchors.centerIn: room
  width: Math.min(widest, (room ? room.width : 480) - 32)
  height: Math.min(column.implicitHeight + 40, (room ? room.height : 480) - 32)
  padding: 20 - ring
  rightPadding: padding - 10  // the bar stands in it
  modal: true
  focus: true
  T.Overlay.modal: Rectangle {
    color: Qt.alpha(Theme.sunken, 0.6)
  }
  background: Rectangle {
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.lineStrong
  }
  contentItem: Flickable {
    id: page
    contentHeight: column.implicitHeight + 2 * root.ring
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    T.ScrollBar.vertical: ScrollTrack {}

    FollowFocus {
      flickable: page
    }
    Column {
      id: column
      x: root.ring
      y: root.ring
      width: parent.width - 2 * root.ring - 10
      spacing: 10
    }
  }
}
