// The list as a rail beside a call: who is here, and with whom you talk.
pragma ComponentBehavior: Bound
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property PeopleModel people
  property string current: ""

  implicitWidth: 56
  color: Theme.hallDeep
  Accessible.ignored: true

  Brand {
    x: 15
    y: 15
  }
  ListView {
    y: 60
    width: parent.width
    height: parent.height - y
    clip: true
    interactive: false
    model: root.people
    Accessible.ignored: true
    delegate: Item {
      id: door

      required property string fingerprint
      required property string initials
      required property int hue
      required property bool lit
      required property string tag  // of those who share a name

      width: 56
      height: 56
      Rectangle {
        visible: door.fingerprint === root.current
        y: 4
        width: 3
        height: 40
        color: Theme.lamp
      }
      Doorway {
        x: 12
        y: 4
        width: 32
        height: 39
        initials: door.initials
        hue: door.hue
        lit: door.lit
        hall: true
        letters: 12
      }
      Words {
        anchors.horizontalCenter: parent.horizontalCenter
        y: 43
        text: door.tag
        color: Theme.hallText2
        font.pixelSize: 10
        Accessible.ignored: true
      }
    }
  }
}
