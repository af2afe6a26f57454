// A message that pushes the content down: a glyph, what happened, what to do, actions at the right
// (below where it is narrow).
import QtQuick
import Foyer.Theme

Rectangle {
  id: root

  required property string glyph
  required property string title
  property string advice: ""
  property bool hall: false
  property color ink: hall ? Theme.hallText : Theme.text
  property color mark: ink
  default property alias actions: actionRow.data
  readonly property bool stacked: width < 620

  implicitHeight: stacked ? 14 + texts.height + (actionRow.width > 0 ? 48 : 0) + 12 : Math.max(64, texts.height + 24)
  radius: Theme.radiusCard
  color: hall ? Theme.hallRaised : Theme.surface

  Icon {
    x: 18
    y: root.stacked ? 18 : (root.height - height) / 2
    name: root.glyph
    size: 20
    colour: root.mark
  }
  Column {
    id: texts
    x: 56
    y: root.stacked ? 14 : (root.height - height) / 2
    width: root.width - x - 16 - (root.stacked ? 0 : actionRow.width + 16)
    spacing: 2
    Words {
      width: parent.width
      text: root.title
      color: root.ink
      font.weight: Font.DemiBold
      wrapMode: Text.WordWrap
    }
    Words {
      width: parent.width
      visible: text.length > 0
      text: root.advice
      color: root.hall ? Theme.hallText2 : Theme.text2
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
    }
  }
  Row {
    id: actionRow
    spacing: 8
    x: root.stacked ? Math.max(16, Math.min(56, root.width - width - 16)) : root.width - width - 14
    y: root.stacked ? texts.y + texts.height + 8 : (root.height - height) / 2
  }
}
