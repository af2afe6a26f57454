// Verified, not yet, or changed: a glyph, a word, a colour, in this order of weight.
import QtQuick
import Foyer.Theme

Row {
  id: root

  required property string word
  property bool verified: false
  property bool changed: false
  property bool blocked: false
  property bool hall: false
  property bool faint: false
  readonly property color ink: faint && !changed ? Theme.text3 : changed ? (hall ? Theme.hallDanger : Theme.danger) : verified ? (hall ? Theme.hallOk : Theme.ok) : hall ? Theme.hallText2 : Theme.text2

  spacing: 6

  Icon {
    anchors.verticalCenter: parent.verticalCenter
    name: root.changed ? "warning" : root.blocked ? "block" : root.verified ? "verified" : "unverified"
    colour: root.ink
  }
  Words {
    anchors.verticalCenter: parent.verticalCenter
    text: root.word
    color: root.ink
    font.pixelSize: Theme.small
    font.weight: root.changed || root.verified ? Font.Medium : Font.Normal
  }
}
