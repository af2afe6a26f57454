// For whom it is asked at each call: may it go directly, or does it stay on the relay? The way that
// tells nothing has the focus.
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

NamedPopup {
  id: root

  required property LobbyPresenter lobby

  label: title.text
  anchors.centerIn: T.Overlay.overlay
  width: Math.min(440, (T.Overlay.overlay ? T.Overlay.overlay.width : 480) - 32)
  height: column.implicitHeight + 40
  padding: 20
  modal: true
  focus: true
  visible: true
  onOpened: relayed.forceActiveFocus(Qt.TabFocusReason)
  onClosed: root.lobby.dropAsk()
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
      text: qsTr("Call %1 directly or through the relay?").arg(root.lobby.askedName)
      font.pixelSize: Theme.banner
      font.weight: Font.DemiBold
      wrapMode: Text.WordWrap
      Accessible.role: Accessible.Heading
    }
    Words {
      width: parent.width
      text: qsTr("Direct calls can be quicker, but each of you sees the other’s network address. Through the relay both stay hidden.")
      color: Theme.text2
      wrapMode: Text.WordWrap
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
        id: relayed
        kind: PushButton.Primary
        glyph: "path-relay"
        text: qsTr("Through the relay")
        onClicked: root.lobby.callAsked(true)
      }
      PushButton {
        glyph: "direct"
        text: qsTr("Directly")
        onClicked: root.lobby.callAsked(false)
      }
      PushButton {
        kind: PushButton.Quiet
        text: qsTr("Don’t call")
        onClicked: root.lobby.dropAsk()
      }
    }
  }
}
