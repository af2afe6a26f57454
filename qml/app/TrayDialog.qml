// Closing the window where there is a tray, the first time: what it shall mean from now on.
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Theme

NamedPopup {
  id: root

  signal hideChosen
  signal quitChosen

  label: title.text
  anchors.centerIn: T.Overlay.overlay
  // Not the parent's width: a popup's parent is the Loader that made it, which has none.
  width: Math.min(440, (T.Overlay.overlay ? T.Overlay.overlay.width : 480) - 32)
  height: column.implicitHeight + 40
  padding: 20
  modal: true
  focus: true
  onOpened: stay.forceActiveFocus(Qt.TabFocusReason)
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
      text: qsTr("Keep Foyer running?")
      font.pixelSize: Theme.banner
      font.weight: Font.DemiBold
      Accessible.role: Accessible.Heading
    }
    Words {
      width: parent.width
      text: qsTr("In the tray Foyer keeps running: calls ring, and others see you. If you quit, nobody can call you until you start it again. Foyer asks only once; you can change this in the settings under Window.")
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
        id: stay
        kind: PushButton.Primary
        text: qsTr("Keep running")
        onClicked: {
          root.close();
          root.hideChosen();
        }
      }
      PushButton {
        text: qsTr("Quit Foyer")
        onClicked: {
          root.close();
          root.quitChosen();
        }
      }
    }
  }
}
