// A link to somebody who is not known here: what it has, and joining the relay that it names.
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

NamedPopup {
  id: root

  required property PersonLinkPresenter link

  label: title.text
  anchors.centerIn: T.Overlay.overlay
  width: Math.min(480, (T.Overlay.overlay ? T.Overlay.overlay.width : 480) - 32)
  height: column.implicitHeight + 40
  padding: 20
  modal: true
  focus: true
  visible: true
  onOpened: closeButton.forceActiveFocus(Qt.TabFocusReason)
  onClosed: root.link.close()
  T.Overlay.modal: Rectangle {
    color: Qt.alpha(Theme.sunken, 0.6)
  }
  background: Rectangle {
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.lineStrong
  }
  contentItem: Column {
    id: column
    spacing: 10
    Words {
      id: title
      width: parent.width
      text: root.link.shown.title
      font.pixelSize: Theme.banner
      font.weight: Font.DemiBold
      wrapMode: Text.WordWrap
      Accessible.role: Accessible.Heading
    }
    Words {
      text: qsTr("Key")
      font.pixelSize: Theme.small
      font.weight: Font.Medium
      Accessible.ignored: true
    }
    KeyGroups {
      width: parent.width
      label: qsTr("Key in the link")
      groups: root.link.shown.key
    }
    Words {
      width: parent.width
      text: root.link.shown.sentence
      color: Theme.text2
      wrapMode: Text.WordWrap
      Accessible.role: Accessible.AlertMessage
    }
    Item {
      width: 1
      height: 8
    }
    Flow {
      width: parent.width
      spacing: 8
      layoutDirection: Qt.RightToLeft
      PushButton {
        visible: root.link.shown.here
        kind: PushButton.Primary
        glyph: "person"
        text: qsTr("Show this person")
        onClicked: root.link.showPerson()
      }
      PushButton {
        visible: root.link.shown.joinable
        kind: PushButton.Primary
        glyph: "relay"
        text: qsTr("Join the relay")
        onClicked: root.link.join()
      }
      PushButton {
        id: closeButton
        text: qsTr("Close")
        hint: qsTr("Esc")
        onClicked: root.link.close()
      }
    }
  }
}
