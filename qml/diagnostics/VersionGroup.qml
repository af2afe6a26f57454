// A few versions under one heading; each row is read out as a whole.
pragma ComponentBehavior: Bound
import QtQuick
import Foyer.Controls
import Foyer.Theme

Column {
  id: root

  required property string title
  required property list<string> cells  // name, value, name, value …

  spacing: 6
  topPadding: 8

  Words {
    text: root.title
    font.weight: Font.DemiBold
    Accessible.role: Accessible.Heading
  }
  Rectangle {
    width: parent.width
    height: column.height + 16
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.line
    Column {
      id: column
      x: 12
      y: 8
      width: parent.width - 24
      Repeater {
        // A number: rows stay while their text changes.
        model: root.cells.length / 2
        Item {
          id: row

          required property int index
          readonly property string name: root.cells[2 * row.index]
          readonly property string value: root.cells[2 * row.index + 1]

          width: column.width
          height: 24
          Accessible.role: Accessible.StaticText
          Accessible.name: row.name + ": " + row.value
          Words {
            y: 3
            width: Math.min(240, parent.width * 0.45)
            text: row.name
            color: Theme.text2
            font.pixelSize: Theme.small
            Accessible.ignored: true
          }
          Words {
            x: Math.min(248, parent.width * 0.45 + 8)
            y: 3
            width: parent.width - x
            text: row.value
            font.pixelSize: Theme.small
            Accessible.ignored: true
          }
        }
      }
    }
  }
}
