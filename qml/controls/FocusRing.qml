// Two pixels, two off, around what has the keyboard.
import QtQuick
import Foyer.Theme

Rectangle {
  property bool hall: false

  anchors.fill: parent
  anchors.margins: -4
  radius: 12
  color: "transparent"
  border.width: 2
  border.color: hall ? Theme.hallFocus : Theme.accent
}
