// One passing sentence at the bottom; stays while the pointer is on it.
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property ToastPresenter toast
  property real room: parent ? parent.width : 400

  visible: opacity > 0
  opacity: toast.text.length > 0 ? 1 : 0
  width: Math.min(words.implicitWidth + dismiss.width + 68, room - 32)
  height: Math.max(48, words.height + 20)
  radius: Theme.radiusCard
  color: Theme.hall
  border.width: Theme.dark ? 1 : 0
  border.color: Theme.hallLine
  Accessible.role: Accessible.AlertMessage
  Accessible.name: toast.text
  Accessible.ignored: toast.text.length === 0

  Behavior on opacity {
    NumberAnimation {
      duration: Theme.quick
    }
  }
  HoverHandler {
    onHoveredChanged: root.toast.held = hovered
  }
  Icon {
    x: 16
    anchors.verticalCenter: parent.verticalCenter
    name: "info"
    size: 18
    colour: Theme.hallText
  }
  Words {
    id: words
    x: 44
    width: root.width - x - dismiss.width - 16
    anchors.verticalCenter: parent.verticalCenter
    text: root.toast.text
    color: Theme.hallText
    wrapMode: Text.WordWrap
    Accessible.ignored: true
  }
  PushButton {
    id: dismiss
    x: root.width - width - 6
    anchors.verticalCenter: parent.verticalCenter
    kind: PushButton.HallQuiet
    text: qsTr("Dismiss")
    onClicked: root.toast.dismiss()
  }
}
