// One line of text. The label stands above it; a placeholder is never the name.
import QtQuick
import QtQuick.Templates as T
import Foyer.Theme

T.TextField {
  id: root

  required property string label
  property string glyph: ""
  property string hint: ""

  implicitHeight: 40
  implicitWidth: 200
  leftPadding: glyph.length > 0 ? 38 : 12
  rightPadding: hintText.visible ? hintText.implicitWidth + 20 : 12
  verticalAlignment: TextInput.AlignVCenter
  color: Theme.text
  selectionColor: Theme.accent
  selectedTextColor: Theme.accentInk
  font.family: Theme.family
  font.pixelSize: Theme.body
  selectByMouse: true
  Accessible.name: label

  background: Rectangle {
    radius: Theme.radius
    color: Theme.surface
    border.width: root.activeFocus ? 2 : 1
    border.color: root.activeFocus ? Theme.accent : Theme.lineStrong
    Icon {
      x: 12
      anchors.verticalCenter: parent.verticalCenter
      visible: root.glyph.length > 0
      name: root.glyph
      colour: Theme.text2
      size: 18
    }
    Words {
      x: root.leftPadding
      width: root.width - root.leftPadding - root.rightPadding
      anchors.verticalCenter: parent.verticalCenter
      visible: root.length === 0 && root.preeditText.length === 0
      text: root.placeholderText
      color: Theme.text3
      Accessible.ignored: true
    }
    Words {
      id: hintText
      anchors.right: parent.right
      anchors.rightMargin: 12
      anchors.verticalCenter: parent.verticalCenter
      visible: root.hint.length > 0 && root.length === 0
      text: root.hint
      color: Theme.text2
      font.pixelSize: Theme.cap
      Accessible.ignored: true
    }
  }
}
