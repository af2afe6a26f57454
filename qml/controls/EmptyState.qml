// What an empty page says, in its middle: a sign, what would be here, and what to do next.
import QtQuick
import Foyer.Theme

Column {
  id: root

  required property string glyph
  required property string text
  default property alias actions: actionRow.data

  spacing: 12

  Icon {
    anchors.horizontalCenter: parent.horizontalCenter
    name: root.glyph
    size: 32
    colour: Theme.text3
  }
  Words {
    anchors.horizontalCenter: parent.horizontalCenter
    width: Math.min(parent.width, 420)
    horizontalAlignment: Text.AlignHCenter
    text: root.text
    color: Theme.text2
    wrapMode: Text.WordWrap
  }
  Grid {
    id: actionRow
    anchors.horizontalCenter: parent.horizontalCenter
    columns: root.width >= 420 ? 2 : 1
    spacing: 8
    horizontalItemAlignment: Grid.AlignHCenter
  }
}
