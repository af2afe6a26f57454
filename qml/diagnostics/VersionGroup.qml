// A few versions under one heading; each row is read out as a whole.
pragma ComponentBehavior: Bound
import QtQuick
import Foyer.Controls
import Foyer.Theme

Column {
  id: root

  required property string title
  required property list<var> rows
  // Rows stay while their text changes.
  readonly property int rowCount: rows.length

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
        model: root.rowCount
        Item {
          id: row

          required property int index
          readonly property list<string> cells: root.rows[row.index]

          width: column.width
          height: 24
          Accessible.role: Accessible.StaticText
          Accessible.name: row.cells[0] + ": " + row.cells[1]
          Words {
            y: 3
            width: Math.min(240, parent.width * 0.45)
            text: row.cells[0]
            color: Theme.text2
            font.pixelSize: Theme.small
            Accessible.ignored: true
          }
          Words {
            x: Math.min(248, parent.width * 0.45 + 8)
            y: 3
            width: parent.width - x
            text: row.cells[1]
            font.pixelSize: Theme.small
            Accessible.ignored: true
          }
        }
      }
    }
  }
}
