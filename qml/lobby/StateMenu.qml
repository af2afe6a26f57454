// How others see this person: available, not to be disturbed, or not at all; and away by itself.
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

NamedPopup {
  id: root

  required property IdentityPresenter identity
  required property AwayWatch away

  label: qsTr("How others see you")
  // `reason`: who came by keys sees where the focus is.
  function show(reason: int): void {
    open();
    (identity.invisible ? hidden : identity.doNotDisturb ? quiet : available).forceActiveFocus(reason);
  }
  function choose(isQuiet: bool, isHidden: bool): void {
    close();
    identity.doNotDisturb = isQuiet;
    identity.invisible = isHidden;
  }

  // Stays inside the window.
  margins: 8
  width: 300
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
      leading: true
      glyph: checked ? "check" : ""
      text: qsTr("Available")
      checkable: true
      checked: !root.identity.doNotDisturb && !root.identity.invisible
      KeyNavigation.down: quiet
      onClicked: root.choose(false, false)
    }
    PushButton {
      id: quiet
      width: parent.width
      kind: PushButton.Quiet
      leading: true
      glyph: root.identity.doNotDisturb ? "check" : "moon"
      text: qsTr("Do not disturb")
      checkable: true
      checked: root.identity.doNotDisturb
      KeyNavigation.up: available
      KeyNavigation.down: hidden
      Accessible.description: note.text
      onClicked: root.choose(true, false)
    }
    Words {
      id: note
      width: parent.width
      text: qsTr("Others see it. Calls that still come in do not ring; you find them in History as missed.")
      color: Theme.text2
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
      leftPadding: 38
      rightPadding: 14
      Accessible.ignored: true
    }
    PushButton {
      id: hidden
      width: parent.width
      kind: PushButton.Quiet
      leading: true
      glyph: root.identity.invisible ? "check" : "person"
      text: qsTr("Invisible")
      checkable: true
      checked: root.identity.invisible
      KeyNavigation.up: quiet
      Accessible.description: hiddenNote.text
      onClicked: root.choose(false, true)
    }
    Words {
      id: hiddenNote
      width: parent.width
      text: qsTr("Nobody sees you in the lobby, so nobody can call you; you can call others. If you are in a call, it starts when the call ends. The relay still knows that you are connected.")
      color: Theme.text2
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
      leftPadding: 38
      rightPadding: 14
      Accessible.ignored: true
    }
    Rectangle {
      width: parent.width
      height: 1
      color: Theme.line
    }
    Words {
      text: qsTr("Set me to away after (minutes)")
      font.weight: Font.Medium
      leftPadding: 14
      topPadding: 4
      Accessible.ignored: true
    }
    Segments {
      label: qsTr("Set me to away after (minutes)")
      names: root.away.choices
      current: root.away.choice
      onChosen: index => root.away.choice = index
    }
    Words {
      width: parent.width
      text: root.away.sentence
      color: Theme.text2
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
      leftPadding: 14
      rightPadding: 14
    }
  }
}
