// What this computer can do for calls, each with what it means or why it is missing.
pragma ComponentBehavior: Bound
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

ScrollPage {
  id: root

  required property DiagnosticsPresenter diagnostics
  readonly property bool wide: width - gutter >= 700

  above: 4

  Item {
    width: parent.width
    height: Math.max(intro.height, 36) + 8
    Words {
      id: intro
      y: Math.max(0, (36 - height) / 2)
      width: parent.width - again.width - 12
      text: qsTr("What Foyer found on this computer just now.")
      color: Theme.text2
      wrapMode: Text.WordWrap
    }
    PushButton {
      id: again
      x: parent.width - width
      glyph: "refresh"
      text: qsTr("Look again")
      onClicked: root.diagnostics.look()
    }
  }
  Rectangle {
    width: parent.width
    height: rows.height + 12
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.line
    Column {
      id: rows
      x: 12
      y: 4
      width: parent.width - 24
      Repeater {
        // A number: rows stay while their text changes.
        model: root.diagnostics.capabilities.length
        Item {
          id: row

          required property int index
          readonly property list<string> cells: root.diagnostics.capabilities[row.index]
          readonly property string glyph: row.cells[0]
          readonly property string advice: row.cells[4]
          readonly property color ink: glyph === "check" ? Theme.ok : glyph === "warning" ? Theme.caution : Theme.text2

          width: rows.width
          height: words.y + words.height + 10
          Accessible.role: Accessible.StaticText
          Accessible.name: row.cells[1] + ": " + row.cells[2] + ". " + row.cells[3] + " " + row.advice

          Rectangle {
            visible: row.index > 0
            width: parent.width
            height: 1
            color: Theme.line
          }
          Icon {
            x: 4
            y: 13
            name: row.glyph
            colour: row.ink
          }
          Words {
            id: name
            x: 32
            y: 12
            width: root.wide ? 236 : parent.width - x - 116
            text: row.cells[1]
            font.weight: Font.DemiBold
            Accessible.ignored: true
          }
          Words {
            x: root.wide ? 276 : name.x + name.width + 12
            y: 12
            width: root.wide ? 104 : parent.width - x
            text: row.cells[2]
            color: row.ink
            Accessible.ignored: true
          }
          Words {
            id: words
            x: root.wide ? 388 : 32
            y: root.wide ? 12 : name.y + name.height + 3
            width: parent.width - x
            text: row.advice.length > 0 ? row.cells[3] + " " + row.advice : row.cells[3]
            color: Theme.text2
            font.pixelSize: Theme.small
            wrapMode: Text.WordWrap
            Accessible.ignored: true
          }
        }
      }
    }
  }
}
