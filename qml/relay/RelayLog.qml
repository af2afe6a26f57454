// The last runs of the relay here: when, how long, how many people at once, why it ended.
pragma ComponentBehavior: Bound
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Column {
  id: root

  required property RelayAccess access

  spacing: 6

  Words {
    text: qsTr("Last runs")
    font.pixelSize: Theme.lead
    font.weight: Font.DemiBold
    bottomPadding: 4
    Accessible.role: Accessible.Heading
  }
  Repeater {
    model: root.access.runs.length
    Row {
      id: run

      required property int index
      readonly property list<string> cells: root.access.runs[index] ?? ["", "info"]

      width: root.width
      spacing: 8
      Icon {
        y: 2
        name: run.cells[1]
        colour: run.cells[1] === "warning" ? Theme.caution : run.cells[1] === "check" ? Theme.ok : Theme.text2
      }
      Words {
        width: parent.width - 24
        text: run.cells[0]
        color: Theme.text2
        font.pixelSize: Theme.small
        wrapMode: Text.WordWrap
      }
    }
  }
  Words {
    width: parent.width
    text: qsTr("The last 20, kept only on this computer.")
    color: Theme.text2
    font.pixelSize: Theme.small
    topPadding: 2
  }
}
