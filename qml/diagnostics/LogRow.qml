// One event: when, how bad, its name and what it tells. Read out as a whole.
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Theme

T.ItemDelegate {
  id: root

  required property string when
  required property int level
  required property string levelText
  required property string roomText
  required property string name
  required property string about
  required property string description
  property bool wide: true
  readonly property bool marked: ListView.isCurrentItem && ListView.view !== null && ListView.view.activeFocus
  readonly property color ink: level === 2 ? Theme.danger : level === 1 ? Theme.caution : Theme.text2

  implicitHeight: tells.y + Math.max(16, tells.height) + 5
  focusPolicy: Qt.NoFocus
  Accessible.role: Accessible.ListItem
  Accessible.name: description

  background: Rectangle {
    radius: 6
    color: root.marked ? Theme.accentSoft : root.hovered ? Theme.hover : "transparent"
  }
  contentItem: Item {
    Words {
      id: time
      x: 8
      y: 5
      width: 92
      text: root.when
      color: Theme.text2
      font.pixelSize: Theme.cap
      Accessible.ignored: true
    }
    Icon {
      x: 104
      y: 5
      visible: root.level > 0
      name: root.level === 2 ? "close" : "warning"
      colour: root.ink
    }
    Words {
      id: how
      x: 124
      y: 5
      width: 62
      text: root.levelText
      color: root.ink
      font.pixelSize: Theme.cap
      Accessible.ignored: true
    }
    Words {
      x: 190
      y: 5
      width: root.wide ? 200 : parent.width - x - 8
      text: root.name
      font.pixelSize: Theme.cap
      font.weight: Font.Medium
      Accessible.ignored: true
    }
    Words {
      id: tells
      x: root.wide ? 396 : 104
      y: root.wide ? 5 : 23
      width: parent.width - x - 8
      text: root.about
      color: Theme.text2
      font.pixelSize: Theme.cap
      wrapMode: Text.Wrap
      lineHeight: 1.0
      Accessible.ignored: true
    }
  }
}
