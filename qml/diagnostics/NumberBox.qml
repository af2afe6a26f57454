// A number with its name above it; what is in force is shown until it is typed over.
import QtQuick
import Foyer.Controls
import Foyer.Theme

Column {
  id: root

  required property string label
  property string shown: ""
  property alias text: box.text

  signal accepted

  spacing: 4
  onShownChanged: box.text = shown

  Words {
    width: parent.width
    text: root.label
    font.pixelSize: Theme.small
    font.weight: Font.Medium
    Accessible.ignored: true
  }
  TextBox {
    id: box
    width: parent.width
    label: root.label
    placeholderText: qsTr("none")
    text: root.shown
    maximumLength: 8
    inputMethodHints: Qt.ImhFormattedNumbersOnly
    onAccepted: root.accepted()
  }
}
