// One line of text. The label stands above it; a placeholder is never the name.
import QtQuick
import QtQuick.Templates as T
import Foyer.Theme

T.TextField {
  id: root

  required property string label
  property string glyph: ""
  property string hint: ""
  property bool faulty: false  // what is in it was refused; a sentence below says why

  implicitHeight: 40
  implicitWidth: 200
  leftPadding: glyph.length > 0 ? 38 : 12
  rightPadding: hintText.visible ? hintText.implicitWidth + 20 : 12
  verticalAlignment: TextInput.AlignVCenter
  color: enabled ? Theme.text : Theme.text3
  selectionColor: Theme.accent
  selectedTextColor: Theme.accentInk
  font.family: Theme.family
  font.pixelSize: Theme.body
  selectByMouse: true
  Accessible.name: label

  background: Rectangle {
    radius: Theme.radius
    color: root.enabled ? Theme.surface : Theme.sunken
    border.width: root.activeFocus || root.faulty ? 2 : 1
    border.color: root.faulty ? Theme.danger : root.activeFocus ? Theme.accent : root.enabled ? Theme.lineStrong : Theme.line
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
