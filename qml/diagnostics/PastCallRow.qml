// One past call: whom with, how it sounded, when and how long. Read out as a whole.
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Theme

T.ItemDelegate {
  id: root

  required property int index
  required property string name
  required property string when
  required property string length
  required property string sounded
  required property string description
  readonly property bool chosen: ListView.isCurrentItem

  implicitHeight: 52
  focusPolicy: Qt.NoFocus
  Accessible.role: Accessible.ListItem
  Accessible.name: description
  Accessible.selected: chosen

  background: Rectangle {
    radius: 6
    color: root.chosen ? Theme.accentSoft : root.hovered ? Theme.hover : "transparent"

    // The chosen one is told by its shape too.
    Rectangle {
      visible: root.chosen
      y: 10
      width: 3
      height: parent.height - 20
      radius: 1
      color: Theme.accent
    }
  }
  contentItem: Item {
    Words {
      x: 12
      y: 6
      width: how.x - x - 8
      text: root.name
      font.weight: Font.Medium
      Accessible.ignored: true
    }
    Words {
      id: how
      x: parent.width - width - 12
      y: 7
      text: root.sounded
      color: Theme.text2
      font.pixelSize: Theme.small
      Accessible.ignored: true
    }
    Words {
      x: 12
      y: 28
      width: lasted.x - x - 8
      text: root.when
      color: Theme.text2
      font.pixelSize: Theme.small
      Accessible.ignored: true
    }
    Words {
      id: lasted
      x: parent.width - width - 12
      y: 28
      text: root.length
      color: Theme.text2
      font.pixelSize: Theme.small
      Accessible.ignored: true
    }
  }
}
