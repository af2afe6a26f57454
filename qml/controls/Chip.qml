// A state in one or two words: glyph, word, detail.
import QtQuick
import Foyer.Theme

Rectangle {
  id: root

  required property string glyph
  required property string word
  property string detail: ""
  property real maximumWidth: 10000
  property color ink: Theme.text2
  property color fill: Theme.sunken

  implicitHeight: 28
  implicitWidth: Math.min(maximumWidth, 46 + wordText.implicitWidth + (detail.length > 0 ? rest.implicitWidth + 6 : 0))
  radius: height / 2
  color: fill

  Row {
    id: row
    x: 12
    anchors.verticalCenter: parent.verticalCenter
    spacing: 6
    Icon {
      anchors.verticalCenter: parent.verticalCenter
      name: root.glyph
      colour: root.ink
    }
    Words {
      anchors.verticalCenter: parent.verticalCenter
      id: wordText
      width: Math.min(implicitWidth, Math.max(40, root.width - 46 - (rest.visible ? rest.implicitWidth + 6 : 0)))
      text: root.word
      color: root.ink
      font.pixelSize: Theme.small
      font.weight: Font.Medium
    }
    Words {
      id: rest
      anchors.verticalCenter: parent.verticalCenter
      visible: root.detail.length > 0
      text: root.detail
      color: root.ink
      font.pixelSize: Theme.small
    }
  }
}
