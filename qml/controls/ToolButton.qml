// A glyph alone, where a row of tools has no room for words: named for screen readers, and in words
// while the pointer rests on it.
import QtQuick
import QtQuick.Templates as T
import Foyer.Theme

T.AbstractButton {
  id: root

  required property string glyph
  required property string label
  property bool opened: false       // what it opens stands there: no hint over it

  implicitWidth: 36
  implicitHeight: 36
  hoverEnabled: true
  focusPolicy: Qt.StrongFocus
  Accessible.role: Accessible.Button
  Accessible.name: label
  Keys.onReturnPressed: root.clicked()

  background: Rectangle {
    radius: Theme.radius
    color: root.hovered || root.down || root.checked ? Theme.sunken : "transparent"
    FocusRing {
      visible: root.visualFocus
    }
  }
  contentItem: Item {
    Icon {
      anchors.centerIn: parent
      name: root.glyph
      size: 18
      colour: Theme.text
    }
  }
  Rectangle {
    visible: root.hovered && !root.down && !root.opened
    z: 10
    anchors.top: parent.bottom
    anchors.topMargin: 2
    anchors.right: parent.right
    width: hint.implicitWidth + 16
    height: 26
    radius: 4
    color: Theme.hall
    Words {
      id: hint
      anchors.centerIn: parent
      text: root.label
      color: Theme.hallText
      font.pixelSize: Theme.cap
      Accessible.ignored: true
    }
  }
}
