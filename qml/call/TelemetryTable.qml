// The minute of the curves as rows of five seconds, newest first; each row is read out as a whole.
pragma ComponentBehavior: Bound
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property TelemetryPresenter telemetry
  // Of the columns, in the order of the head.
  readonly property list<real> shares: [0.05, 0.08, 0.08, 0.09, 0.055, 0.1, 0.095, 0.08, 0.14, 0.07, 0.075, 0.085]
  readonly property int rowCount: visible ? telemetry.table.length : 0

  implicitHeight: rows.height + 20
  radius: Theme.radiusCard
  color: Theme.surface
  border.width: 1
  border.color: Theme.line

  Column {
    id: rows
    x: 12
    y: 10
    width: parent.width - 24
    Row {
      Repeater {
        model: root.telemetry.tableHead
        Column {
          id: heading

          required property string modelData
          required property int index
          readonly property string unit: root.telemetry.tableUnits[heading.index]

          width: rows.width * root.shares[heading.index]
          Accessible.role: Accessible.StaticText
          Accessible.name: heading.modelData
          Words {
            width: parent.width
            text: heading.modelData
            color: Theme.text2
            font.pixelSize: Theme.cap
            font.weight: Font.Medium
            Accessible.ignored: true
          }
          Words {
            width: parent.width
            text: heading.unit
            color: Theme.text3
            font.pixelSize: Theme.cap
            Accessible.ignored: true
          }
        }
      }
    }
    Repeater {
      // A number and not the table: rows stay, their text changes.
      model: root.rowCount
      Row {
        id: row

        required property int index
        readonly property list<string> cells: root.telemetry.table[row.index]

        height: 24
        Accessible.role: Accessible.StaticText
        Accessible.name: root.telemetry.spokenRow(row.cells)
        Repeater {
          model: root.shares.length
          Words {
            required property int index
            y: 4
            width: rows.width * root.shares[index]
            text: row.cells[index]
            font.pixelSize: Theme.cap
            Accessible.ignored: true
          }
        }
      }
    }
  }
}
