// How others see this person: available, or not to be disturbed.
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

T.Popup {
  id: root

  required property IdentityPresenter identity

  // `reason`: who came by keys sees where the focus is.
  function show(reason: int): void {
    open();
    (identity.doNotDisturb ? quiet : available).forceActiveFocus(reason);
  }
  function choose(isQuiet: bool): void {
    close();
    identity.doNotDisturb = isQuiet;
  }

  // Stays inside the window.
  margins: 8
  width: 232
  height: choices.implicitHeight + 16
  padding: 8
  focus: true
  closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
  background: Rectangle {
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.line
  }
  contentItem: Column {
    id: choices
    spacing: 4
    PushButton {
      id: available
      width: parent.width
      kind: PushButton.Quiet
      glyph: root.identity.doNotDisturb ? "" : "check"
      text: qsTr("Available")
      checkable: true
      checked: !root.identity.doNotDisturb
      KeyNavigation.down: quiet
      onClicked: root.choose(false)
    }
    PushButton {
      id: quiet
      width: parent.width
      kind: PushButton.Quiet
      glyph: root.identity.doNotDisturb ? "check" : "moon"
      text: qsTr("Do not disturb")
      checkable: true
      checked: root.identity.doNotDisturb
      KeyNavigation.up: available
      Accessible.description: note.text
      onClicked: root.choose(true)
    }
    Words {
      id: note
      width: parent.width
      text: qsTr("Others see it. Calls that come all the same do not ring; History lists them as missed.")
      color: Theme.text2
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
      leftPadding: 8
      rightPadding: 8
      Accessible.ignored: true
    }
  }
}
