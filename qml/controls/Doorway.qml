// A person as a door: lit and filled with the key's colour, or closed. The word stands beside it.
import QtQuick
import QtQuick.Window
import Foyer.Theme

Item {
  id: root

  required property string initials
  property int hue: 0
  property bool lit: true
  property bool hall: false
  property int letters: Math.round(width * 0.36)

  implicitWidth: 36
  implicitHeight: 44

  Image {
    anchors.fill: parent
    sourceSize.width: Math.round(width * Screen.devicePixelRatio)
    sourceSize.height: Math.round(height * Screen.devicePixelRatio)
    source: "image://look/door/" + root.width + "/" + root.height + "/"
            + (root.lit ? Theme.hex(Theme.hueBg[root.hue]) : "none") + "/"
            + Theme.hex(root.hall ? Theme.hallText2 : Theme.lineStrong)
    Accessible.ignored: true
  }
  Words {
    anchors.centerIn: parent
    anchors.verticalCenterOffset: root.height * 0.06
    text: root.initials
    color: root.lit ? Theme.hueFg[root.hue] : root.hall ? Theme.hallText2 : Theme.text2
    font.pixelSize: root.letters
    font.weight: Font.DemiBold
    Accessible.ignored: true
  }
}
