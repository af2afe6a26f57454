// The hall panel where there is no room for it: name, level, and the rest behind one button.
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property IdentityPresenter identity
  required property AudioPresenter audio

  signal devicesWanted

  implicitHeight: 64
  color: Theme.hall
  Accessible.role: Accessible.Grouping
  Accessible.name: qsTr("You and your sound")

  Doorway {
    x: 16
    anchors.verticalCenter: parent.verticalCenter
    width: 36
    height: 44
    initials: root.identity.initials
    hue: root.identity.hue
    hall: true
  }
  Column {
    x: 64
    width: verdict.x - x - 8
    anchors.verticalCenter: parent.verticalCenter
    spacing: 2
    Words {
      width: parent.width
      text: root.identity.name
      color: Theme.hallText
      font.weight: Font.DemiBold
    }
    Words {
      text: root.identity.stateText
      color: Theme.hallText2
      font.pixelSize: Theme.small
    }
  }
  Column {
    id: verdict
    x: devices.x - width - 12
    width: 132
    anchors.verticalCenter: parent.verticalCenter
    spacing: 6
    Words {
      width: parent.width
      horizontalAlignment: Text.AlignRight
      text: root.audio.fault.length > 0 ? root.audio.fault : root.audio.verdict
      color: root.audio.troubled || root.audio.fault.length > 0 ? Theme.hallCaution : Theme.hallText
      font.pixelSize: Theme.small
      font.weight: Font.Medium
    }
    LinearMeter {
      anchors.right: parent.right
      width: 112
      implicitHeight: 8
      count: 12
      bare: true
      label: qsTr("Microphone level")
      value: Math.ceil(root.audio.slats / 2)
      word: root.audio.verdict
    }
  }
  PushButton {
    id: devices
    x: parent.width - width - 12
    anchors.verticalCenter: parent.verticalCenter
    kind: PushButton.Hall
    glyph: "devices"
    text: qsTr("You and sound")
    onClicked: root.devicesWanted()
  }
}
