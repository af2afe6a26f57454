// A level as slats on a track of its own; the word beside it says what it means.
pragma ComponentBehavior: Bound
import QtQuick
import Foyer.Theme

Rectangle {
  id: root

  required property string label
  property int value: 0
  property int count: 24
  property string word: ""
  property bool bare: false       // on a hall surface there is no need for a track
  readonly property real inset: bare ? 0 : 5
  readonly property real pitch: (width - 2 * inset + 2) / count

  implicitHeight: bare ? 10 : 22
  radius: 7
  color: bare ? "transparent" : Theme.hall
  Accessible.role: Accessible.ProgressBar
  Accessible.name: label + (word.length > 0 ? ": " + word : "")

  Repeater {
    model: root.count
    Rectangle {
      required property int index

      x: root.inset + index * root.pitch
      y: root.inset
      width: root.pitch - 2
      height: root.height - 2 * root.inset
      radius: 2
      color: index >= root.value ? Theme.hallLine : index >= root.count - 3 ? Theme.hallDanger : Theme.lamp
    }
  }
}
