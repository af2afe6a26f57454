// Four bars for the connection; milliseconds always stand beside them.
pragma ComponentBehavior: Bound
import QtQuick
import Foyer.Theme

Row {
  id: root

  property int bars: 0
  property bool hall: false
  readonly property color lit: bars >= 3 ? (hall ? Theme.hallOk : Theme.ok) : bars === 2 ? (hall ? Theme.hallCaution : Theme.caution) : hall ? Theme.hallDanger : Theme.danger

  spacing: 3
  height: 18
  Accessible.ignored: true

  Repeater {
    model: 4
    Rectangle {
      required property int index

      y: 18 - height
      width: 4
      height: 6 + index * 4
      radius: 2
      color: index < root.bars ? root.lit : root.hall ? Theme.hallLine : Theme.line
    }
  }
}
