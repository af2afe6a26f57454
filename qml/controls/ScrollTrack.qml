// How much of a page is seen, and where; only while there is more than fits. For the pointer: the
// keyboard brings what it reaches into sight by itself.
import QtQuick
import QtQuick.Templates as T
import Foyer.Theme

T.ScrollBar {
  id: root

  property bool hall: false

  visible: size < 0.999
  implicitWidth: 10
  padding: 2
  minimumSize: 0.1
  hoverEnabled: true
  Accessible.ignored: true

  contentItem: Rectangle {
    implicitWidth: 6
    radius: 3
    color: root.hall ? (root.pressed || root.hovered ? Theme.hallText2 : Theme.hallLine) : root.pressed || root.hovered ? Theme.text3 : Theme.line
  }
}
