// How many wait to be looked at, on the corner of a button. The button says it in words.
import QtQuick
import Foyer.Theme

Rectangle {
  id: root

  property int number: 0

  visible: number > 0
  width: Math.max(16, digits.implicitWidth + 8)
  height: 16
  radius: 8
  color: Theme.danger

  Words {
    id: digits
    anchors.centerIn: parent
    text: root.number > 99 ? qsTr("99+") : root.number
    color: Theme.bg
    font.pixelSize: 11
    font.weight: Font.DemiBold
    Accessible.ignored: true
  }
}
