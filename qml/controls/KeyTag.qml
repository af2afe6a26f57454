// Four letters of the key, where two people have the same name.
import QtQuick
import Foyer.Theme

Rectangle {
  id: root

  required property string tag
  property bool hall: false

  visible: tag.length > 0
  implicitWidth: letters.implicitWidth + 14
  implicitHeight: 20
  radius: 4
  color: hall ? Theme.hallRaised : Theme.sunken

  Words {
    id: letters
    anchors.centerIn: parent
    text: root.tag
    color: root.hall ? Theme.hallText : Theme.text2
    font.pixelSize: Theme.cap
    font.weight: Font.Medium
    font.letterSpacing: 0.4
  }
}
