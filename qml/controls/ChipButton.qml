// A state in one or two words that opens more about it.
import QtQuick
import QtQuick.Templates as T
import QtQuick.Window
import Foyer.Theme

T.AbstractButton {
  id: root

  required property string word
  required property string label
  property string glyph: ""
  property string detail: ""
  property string tip: ""           // while the pointer rests on it
  property real maximumWidth: 10000
  property color ink: Theme.text2
  property color fill: Theme.sunken

  implicitHeight: 36
  implicitWidth: chip.implicitWidth
  hoverEnabled: true
  focusPolicy: Qt.StrongFocus
  Accessible.role: Accessible.Button
  Accessible.name: label
  Keys.onReturnPressed: root.clicked()
  Keys.onEnterPressed: root.clicked()

  background: Item {
    FocusRing {
      visible: root.visualFocus
    }
  }
  contentItem: Item {
    Chip {
      id: chip
      anchors.verticalCenter: parent.verticalCenter
      maximumWidth: root.maximumWidth
      glyph: root.glyph
      word: root.word
      detail: root.detail
      ink: root.ink
      fill: root.hovered || root.down ? Qt.darker(root.fill, 1.06) : root.fill
      Accessible.ignored: true
    }
  }
  Rectangle {
    readonly property real room: root.hovered ? root.Window.width - root.mapToItem(null, 0, 0).x - 12 : 420

    visible: root.hovered && !root.down && root.tip.length > 0
    z: 10
    anchors.top: parent.bottom
    anchors.topMargin: 2
    width: hint.width + 16
    height: hint.height + 12
    radius: 4
    color: Theme.hall
    Words {
      id: hint
      anchors.centerIn: parent
      width: Math.min(implicitWidth, 420, parent.room - 16)
      wrapMode: width < implicitWidth ? Text.Wrap : Text.NoWrap
      text: root.tip
      color: Theme.hallText
      font.pixelSize: Theme.cap
      Accessible.ignored: true
    }
  }
}
